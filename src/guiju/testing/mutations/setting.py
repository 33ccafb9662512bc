"""Mistakes in where and when a norm holds: its territory, its instrument's days in force, its law date."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from guiju.compiler.kernel import NEVER, Const, Corpus, Date, Instrument, Norm, Today
from guiju.dsl.source import Bilingual
from guiju.testing.mutations.change import Wrong
from guiju.testing.mutations.literals import neighbours, variants
from guiju.testing.mutations.words import Words, instead


def mistakes(norm: Norm, corpus: Corpus, words: Words) -> Iterator[Wrong]:
    """Every mistake in where and when ``norm`` holds."""
    for territory in _beside(norm.territory, corpus):
        here, there = (Bilingual(name, name) for name in (norm.territory, territory))
        yield Wrong("territory", evolve(norm, territory=territory), instead(here, there))
    instrument = corpus.instruments[norm.instrument]
    for number, (wrong, text) in enumerate(_days_in_force(instrument, words), start=1):
        header = evolve(wrong, id=f"{instrument.id}#{number}")
        yield Wrong("force", evolve(norm, instrument=header.id), text, {header.id: header})
    if norm.law_date != Today():
        yield Wrong("law-date", evolve(norm, law_date=Today()), words.written(norm.law_date, Today()))


def _beside(territory: str, corpus: Corpus) -> Iterator[str]:
    """The territory that this one lies in, and the first that lies in it."""
    parent = corpus.territories[territory]
    if parent is not None:
        yield parent
    child = next((name for name, above in corpus.territories.items() if above == territory), None)
    if child is not None:
        yield child


def _days_in_force(instrument: Instrument, words: Words) -> Iterator[tuple[Instrument, Bilingual]]:
    start, end = instrument.start, instrument.end
    if start is not None:
        for each in variants(start, neighbours):
            said = words.changed(start, each.term, each)
            text = Bilingual(f"施行日：{said.zh}", f"first day in force: {said.en}")
            yield evolve(instrument, start=each.term), text
        yield evolve(instrument, start=None), Bilingual("漏了施行日", "the first day in force left out")
    if end is not None and end != Const(NEVER, Date()):
        for each in variants(end, neighbours):
            said = words.changed(end, each.term, each)
            text = Bilingual(f"失效日：{said.zh}", f"last day in force: {said.en}")
            yield evolve(instrument, end=each.term), text
        yield evolve(instrument, end=None), Bilingual("漏了失效日", "the last day in force left out")
