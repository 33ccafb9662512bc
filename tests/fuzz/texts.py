"""Texts of rules: any bytes are a tree or diagnostics; what parses is typed or told; a layout is valid."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from corpus_files import ROOT, WORLD
from fuzz.mutating import exchanged_words, mutated_bytes, mutated_words
from fuzz.target import Target
from guiju.compiler.kernel import WorkCalendar
from guiju.compiler.lower import lower
from guiju.compiler.typing import check_corpus
from guiju.compiler.workdays import chinese_calendar
from guiju.dsl.diagnostics import Diagnostic, render
from guiju.dsl.formatter import format_source
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.resolve import resolve
from guiju.dsl.source import Source
from served import RULES as SERVED
from sources import RICH, shape
from stall_rules import RULES as STALLS

SPECS = Path(__file__).parents[2] / "specs"
_NAME = "x.gj"


def parsing() -> Target:
    """The parser, and the formatter on what it takes."""
    parser = Parser()
    pieces = tuple(piece.encode() for text in _texts(SPECS) for piece in _pieces(text))
    return Target(pieces, (mutated_bytes, mutated_words, mutated_words), lambda d: _parse(parser, d))


def programs() -> Target:
    """Names, types and lowering, of a file beside the world of ``tests/corpus/`` or by itself."""
    parser = Parser()
    world = parser.parse(Source(str(WORLD), WORLD.read_text(encoding="utf-8")))
    calendar = functools.cache(chinese_calendar)

    def run(data: bytes) -> str:
        text = data.decode("utf-8", "replace")
        parsed = parser.parse(Source(_NAME, text))
        if parsed.diagnostics:
            return _told(text, parsed.diagnostics)
        found = _program([world, parsed], text, calendar)
        alone = _program([parsed], text, calendar)
        if "valid" in (found, alone):
            _require_same_meaning(parser, text, parsed)
        return f"{found} | {alone}"

    return Target(
        tuple(text.encode() for text in _texts()), (exchanged_words, exchanged_words, mutated_words), run
    )


def _parse(parser: Parser, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "no UTF-8"
    parsed = parser.parse(Source(_NAME, text))
    if parsed.diagnostics:
        return _told(text, parsed.diagnostics)
    _require_same_meaning(parser, text, parsed)
    return "valid " + " ".join(sorted({type(each).__name__ for each in parsed.file.declarations}))


def _program(parsed: list[Parsed], text: str, calendar: functools._lru_cache_wrapper[WorkCalendar]) -> str:
    resolved = resolve([each.file for each in parsed])
    if resolved.diagnostics:
        return _told(text, resolved.diagnostics)
    first, last = resolved.program.horizon
    check_corpus(lower(resolved.program, calendar(first.year, last.year)))
    return "valid"


def _require_same_meaning(parser: Parser, text: str, parsed: Parsed) -> None:
    """What is laid out, as it is or in either language, is valid and laid out already, and means the same."""
    lang = (None, "zh", "en")[len(text) % 3]
    laid_out = format_source(text, _NAME, lang=lang, parser=parser).text
    assert laid_out is not None
    again = parser.parse(Source(_NAME, laid_out))
    assert again.diagnostics == (), laid_out
    if lang is None:  # else a kind of passing on, which is a word of ours and a name, is translated, too
        assert shape(again.file) == shape(parsed.file), laid_out
    assert format_source(laid_out, _NAME, lang=lang, parser=parser).text == laid_out


def _told(text: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    """The codes; that each can be shown in both languages is tried on the way."""
    for each in diagnostics:
        for lang in ("zh", "en"):
            assert render(each, {_NAME: Source(_NAME, text)}, lang)
    return " ".join(sorted({each.code for each in diagnostics}))


def _texts(*folders: Path) -> list[str]:
    """The texts under ``folders`` and all small ones."""
    files = sorted(path for folder in (ROOT, *folders) for path in folder.rglob("*.gj"))
    return [*(path.read_text(encoding="utf-8") for path in files), RICH, SERVED, STALLS]


def _pieces(text: str) -> Iterator[str]:
    """``text`` cut between declarations, where it is long: a short input is tried more often."""
    piece = ""
    for part in text.split("\n\n"):
        piece += f"{part}\n\n"
        if len(piece) > 500:
            yield piece
            piece = ""
    if piece:
        yield piece
