"""Mistakes in names, types and structure: each file says beside the line which diagnostics it must get.

``# ! E201 hint=占道`` at the end of a line: that line gets an E201 whose hint names 占道. Several may stand
on one line. What is expected is all that is reported.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import frozen

from corpus_files import ROOT, WORLD
from guiju.checker.check import check
from guiju.checker.load import load, load_texts
from guiju.dsl.diagnostics import Diagnostic, render
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

FILES = sorted((ROOT / "resolve_diagnostics").glob("*.gj"))
PARSER = Parser()


def parsed(sources: list[Source]) -> list[Parsed]:
    return [PARSER.parse(source) for source in sources]


@frozen(order=True)
class Expected:
    line: int
    code: str
    hint: str = ""


def expected(path: Path) -> list[Expected]:
    """What the comments of a file expect, in order."""
    return sorted(
        Expected(number, match[1], match[2] or "")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for match in re.finditer(r"# ! (E\d+)(?: hint=(\S+))?", line)
    )


def reported(path: Path) -> list[Diagnostic]:
    """The diagnostics of a file beside the world of the corpus, also those of its assumptions."""
    loaded = load_texts({str(p): p.read_text(encoding="utf-8") for p in (WORLD, path)}, parsed)
    found = [*loaded.diagnostics, *(check(loaded.corpus).diagnostics if loaded.corpus else ())]
    for diagnostic in found:
        for lang in ("zh", "en"):
            assert diagnostic.code in render(diagnostic, loaded.sources, lang)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_mistake_is_reported_on_its_line(path: Path) -> None:
    """All of them in one run, and nothing else."""
    wanted, found = expected(path), reported(path)
    lines = sorted((d.place.line, d.code) for d in found)
    assert [(e.line, e.code) for e in wanted] == lines, [f"{d.place.line} {d.message.zh}" for d in found]
    for one in (e for e in wanted if e.hint):
        hints = [d.hint.zh for d in found if (d.place.line, d.code) == (one.line, one.code) and d.hint]
        assert any(one.hint in hint for hint in hints), (one, hints)


def test_every_code_is_expected_somewhere() -> None:
    """A diagnostic that no file shows is one that nobody has read."""
    source = Path(__file__).parents[2] / "src" / "guiju" / "dsl" / "resolve"
    codes = {c for p in source.glob("*.py") for c in re.findall(r'"(E[2-4]\d\d)"', p.read_text())} | {"E414"}
    assert codes == {e.code for p in FILES for e in expected(p)} - {"E105"}


# --- Loading ----------------------------------------------------------------------------------------


def codes(*paths: Path) -> list[str]:
    loaded = load(paths)
    assert loaded.corpus is None
    return [d.code for d in loaded.diagnostics]


def test_a_directory_without_specs(tmp_path: Path) -> None:
    """It is named, not passed over: the user expected rules there."""
    (tmp_path / "notes.txt").write_text("x")
    assert codes(tmp_path) == ["E108"]


def test_a_missing_path(tmp_path: Path) -> None:
    """Also when another path is fine."""
    assert codes(tmp_path / "nowhere.gj") == ["E108"]
    assert codes(WORLD, tmp_path / "nowhere.gj") == ["E108"]


def test_another_encoding(tmp_path: Path) -> None:
    """A GBK file is recognised, and said to be one, with the place of the first wrong byte."""
    file = tmp_path / "gbk.gj"
    file.write_bytes("# ok\n法域 市".encode("gbk"))
    (diagnostic,) = load([file]).diagnostics
    assert (diagnostic.code, diagnostic.place.line, diagnostic.place.column) == ("E107", 2, 1)
    assert diagnostic.hint is not None
    assert "GBK" in diagnostic.hint.zh


def test_a_binary_file(tmp_path: Path) -> None:
    """No guess about its encoding is made."""
    file = tmp_path / "image.gj"
    file.write_bytes(bytes(range(256)) * 4)
    (diagnostic,) = load([file]).diagnostics
    assert diagnostic.code == "E107"
    assert diagnostic.hint is not None
    assert "GBK" not in diagnostic.hint.zh


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    file = tmp_path / "bom.gj"
    file.write_bytes(b"\xef\xbb\xbf" + WORLD.read_bytes())
    assert load([file]).diagnostics == ()


@pytest.mark.parametrize("kept", [0.1, 0.35, 0.6, 0.85, 0.97])
def test_a_truncated_file(tmp_path: Path, kept: float) -> None:
    """However it is cut, the answer is a corpus or diagnostics in the file; never a traceback."""
    file = tmp_path / "cut.gj"
    data = WORLD.read_bytes() + (ROOT / "conflict" / "trial_period.gj").read_bytes()
    file.write_bytes(data[: int(len(data) * kept)])
    for diagnostic in load([file]).diagnostics:
        assert diagnostic.place.file == str(file)


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    """A directory and a file in it: its declarations are not declared twice."""
    file = tmp_path / "world.gj"
    file.write_bytes(WORLD.read_bytes())
    assert load([tmp_path, file, file]).diagnostics == ()


def test_a_directory_named_like_a_spec(tmp_path: Path) -> None:
    """Only files are specs."""
    (tmp_path / "folder.gj").mkdir()
    (tmp_path / "folder.gj" / "world.gj").write_bytes(WORLD.read_bytes())
    assert load([tmp_path]).diagnostics == ()
