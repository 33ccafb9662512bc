"""Diagnostics: what is wrong with a source text, as values; prose and colour come later.

A diagnostic is a user's mistake. Parsing and resolving never raise for one: they go on and return all they
found. A broken invariant of our own is an ``InternalError`` instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from guiju.dsl.source import Bilingual, Place, Source, visible


class InternalError(Exception):
    """An invariant of ours is broken: not the user's mistake. The message says what to report."""


@frozen
class Diagnostic:
    """One mistake in a source text.

    ``code`` is stable (``E201``); ``expected`` names what could have stood there; ``related`` points to
    other places that matter (a first declaration), each with a few words.
    """

    code: str
    place: Place
    message: Bilingual
    hint: Bilingual | None = None
    related: tuple[tuple[Place, Bilingual], ...] = ()


def interrupted(error: Exception) -> bool:
    """Whether ``error`` is Ctrl-C in disguise: ctypes wraps what is raised while it converts an argument."""
    return type(error).__name__ == "ArgumentError" and "KeyboardInterrupt" in str(error)


def did_you_mean(word: str, known: Iterable[str]) -> Bilingual | None:
    """A hint naming the known words closest to ``word``, or None when none is close."""
    import difflib  # only where something is wrong: it takes as long to import as all of this

    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5)
    if not near:
        return None
    return Bilingual(f"是否想写：{'、'.join(near)}？", f"did you mean {' or '.join(near)}?")


def display_width(text: str) -> int:
    """How many columns ``text`` takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


#: Of a longer line only a part is shown, from so many characters before the place.
_LONGEST = 160
_BEFORE = 60


@frozen
class Excerpt:
    """The line that a diagnostic points at and the caret line under it, aligned for wide characters."""

    line: str
    carets: str

    @classmethod
    def of(cls, source: Source, place: Place) -> Excerpt:
        line = visible(source.line(place.line).replace("\t", " "))
        start = max(0, place.column - 1 - _BEFORE) if len(line) > _LONGEST else 0
        shown = line[start : start + _LONGEST]
        at = place.column - 1 - start
        under = shown[at : at + place.length] or " "
        return cls(shown, " " * display_width(shown[:at]) + "^" * max(1, display_width(under)))


def render(diagnostic: Diagnostic, sources: Mapping[str, Source], lang: str = "zh") -> str:
    """``diagnostic`` as plain text: code and message, place, the line with carets, and the hint."""
    place = diagnostic.place
    message = diagnostic.message.in_language(lang)
    lines = [f"{diagnostic.code}: {message}", f"  --> {place.file}:{place.line}:{place.column}"]
    lines += _excerpt(sources, place)
    for where, words in diagnostic.related:
        lines.append(f"  ... {where.file}:{where.line}:{where.column}: {words.in_language(lang)}")
        lines += _excerpt(sources, where)
    if diagnostic.hint is not None:
        lines.append(f"  = {diagnostic.hint.in_language(lang)}")
    return visible("\n".join(lines))


def _excerpt(sources: Mapping[str, Source], place: Place) -> list[str]:
    source = sources.get(place.file)
    if source is None or not source.line(place.line):
        return []
    excerpt = Excerpt.of(source, place)
    return [f"   | {excerpt.line}", f"   | {excerpt.carets}"]


@frozen
class Bag:
    """Diagnostics gathered while a stage goes on; the only mutable thing that stages share."""

    found: list[Diagnostic] = field(factory=list)

    def error(
        self,
        code: str,
        place: Place,
        zh: str,
        en: str,
        hint: Bilingual | None = None,
        related: tuple[tuple[Place, Bilingual], ...] = (),
    ) -> None:
        self.found.append(Diagnostic(code, place, Bilingual(zh, en), hint, related))

    def sorted(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(set(self.found), key=lambda d: (d.place, d.code, d.message.zh)))
