"""The pictures of the README are what is drawn today, and nothing of the report is cut off in them."""

from __future__ import annotations

import html
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

IMAGES = Path(__file__).parents[2] / "docs/images"


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    """The script that draws them."""
    spec = importlib.util.spec_from_file_location("make_pictures", IMAGES / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pictures_are_up_to_date(drawing: ModuleType) -> None:
    """``python docs/images/make_pictures.py`` would change nothing."""
    drawn = drawing.pictures()
    assert drawn == {name: (IMAGES / name).read_text(encoding="utf-8") for name in drawn}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_picture_shows_the_whole_report(drawing: ModuleType, lang: str) -> None:
    """Folded lines lose nothing: the picture has the report's characters, in their order."""
    svg = (IMAGES / f"two-bars.{lang}.svg").read_text(encoding="utf-8")
    texts = re.findall(r"<text class=\"guiju-\w+-r\d+\"[^>]*>(.*?)</text>", svg)
    shown = "".join(html.unescape(text) for text in texts)
    report = "".join(piece.text for line in drawing._report(lang) for piece in line)
    assert _bare(report) in _bare(shown)


def _bare(text: str) -> str:
    return "".join(text.split())


def test_the_picture_of_a_real_chain_says_what_is_drawn_now() -> None:
    """Its words, whatever the engine of today makes of their places."""
    pytest.importorskip("pygraphviz")
    folder = IMAGES.parent / "chains"
    command = ["-m", "guiju", "chain", "show", "specs/vocabulary", "specs/changzhou", "--format", "svg"]
    done = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, check=True)
    assert _words(done.stdout.decode()) == _words((folder / "changzhou.svg").read_text(encoding="utf-8"))


def _words(svg: str) -> list[str]:
    """The texts of a picture, in any order."""
    return sorted(html.unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", svg))
