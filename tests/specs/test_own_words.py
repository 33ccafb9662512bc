"""The corpus is written in its own words: no sentence of a regulation is copied into it.

Compares with the texts of the regulations where they are at hand, and is skipped where they are not.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from guiju.dsl.lexer import tokens
from guiju.dsl.source import Source

ROOT = Path(__file__).parents[2]
TEXTS = Path(os.environ.get("GUIJU_SOURCES", ROOT.parent / "shared" / "sources"))
#: Runs of at most so many characters are terms and figures; a longer one is somebody's sentence.
LONGEST = 13
#: Titles are names: they are quoted as they are.
TITLES = {"_TITLE", "_BASIS", "_ANNEX", "_CALLED", "_REPEALS", "_REFERS", "_RENAMED", "NUMBER"}


def bare(text: str) -> str:
    """``text`` without spaces and punctuation."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the regulations are not here")
@pytest.mark.parametrize("path", sorted((ROOT / "specs").rglob("*.gj")), ids=lambda path: path.stem)
def test_no_sentence_is_copied(path: Path) -> None:
    """No text or comment of a spec shares a long run of characters with a regulation, titles apart."""
    regulations = bare("".join(f.read_text(encoding="utf-8") for f in sorted(TEXTS.glob("*.txt"))))
    found = list(tokens(Source(path.name, path.read_text(encoding="utf-8")), comments=True))
    follows = [("", found[0]), *((a.terminal, b) for a, b in pairwise(found))]
    titles = {bare(token.text) for before, token in follows if before in TITLES}
    copied = []
    for _, token in follows:
        text = bare(token.text)
        if token.terminal in ("STRING", "COMMENT") and text not in titles:
            runs = (text[i : i + LONGEST + 1] for i in range(len(text) - LONGEST))
            copied += [(token.line, run) for run in runs if run in regulations]
    assert copied == []
