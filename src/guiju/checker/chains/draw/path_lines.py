"""Chains as text: each leg with its provision and its term, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker import wording
from guiju.checker.chains.draw import words
from guiju.checker.chains.draw.paths import Passed
from guiju.checker.chains.draw.timing import Timing
from guiju.checker.chains.terms import Span, in_words
from guiju.checker.chains.timeline import Leg
from guiju.checker.report.layout import Line, Piece
from guiju.compiler.kernel import Corpus
from guiju.dsl.source import Bilingual

_NOBODY = Bilingual("没有规定由谁作出，也没有期限", "no rule says who does it, nor by when")


def of_events(chain: Sequence[Leg], corpus: Corpus, lang: str) -> Iterator[Line]:
    """A chain of events: what it begins and ends with, each leg, the sum of the terms and what has none."""
    yield (Piece(f"{chain[0].start} → {chain[-1].end}", "message"),)
    for number, leg in enumerate(chain, 1):
        yield (
            Piece(f"  {number}. "),
            Piece(leg.end, "provision"),
            Piece(_colon(lang)),
            _term(leg, lang),
        )
        if leg.step is not None:
            who = wording.norm(leg.step.norm, corpus).in_language(lang)
            yield (Piece(f"     {wording.deed(leg.step.deed)}", "dim"), Piece(f"  {who}", "dim"))
    yield (Piece("  "), Piece(_sum(chain).in_language(lang), "label"))


def of_actors(chain: Sequence[Passed], corpus: Corpus, timing: Timing, lang: str) -> Iterator[Line]:
    """A chain of hand-overs: who is in it, and each with its provision and by when."""
    names = [_name(chain[0].start, words.NO_BEARER), *(_name(each.end, words.NO_RECIPIENT) for each in chain)]
    yield (Piece(" → ".join(name.in_language(lang) for name in names), "message"),)
    for number, passed in enumerate(chain, 1):
        norm = passed.step.norm
        due = words.deadline(timing.on(passed.step), corpus) or words.NO_DEADLINE
        role = "value" if due != words.NO_DEADLINE else "warning"
        deed = wording.deed(passed.step.deed)
        yield (
            Piece(f"  {number}. "),
            Piece(f"{deed} → {names[number].in_language(lang)}", "provision"),
            Piece(_colon(lang)),
            Piece(due.in_language(lang), role),
        )
        yield (Piece(f"     {wording.norm(norm, corpus).in_language(lang)}", "dim"),)


def _colon(lang: str) -> str:
    return "：" if lang == "zh" else ": "


def _name(name: str, open_: Bilingual) -> Bilingual:
    return Bilingual(name, name) if name else open_


def _term(leg: Leg, lang: str) -> Piece:
    if leg.due is not None:
        return Piece(words.by_day(leg.due).in_language(lang), "value")
    if leg.bounded:
        return Piece(in_words(Span((leg,))).in_language(lang), "value")
    return Piece((_NOBODY if leg.step is None else words.NO_DEADLINE).in_language(lang), "warning")


def _sum(chain: Sequence[Leg]) -> Bilingual:
    span = Span(tuple(chain))
    total = in_words(span)
    open_ = "、".join(leg.end for leg in span.open_legs)
    count = len(span.open_legs)
    if not count:
        return Bilingual(f"合计：{total.zh}", f"in all: {total.en}")
    plural = "step" if count == 1 else "steps"
    if not span.terms:
        return Bilingual(
            f"合计：没有任何期限（{count} 个环节：{open_}）",
            f"in all: no term at all ({count} {plural}: {open_})",
        )
    return Bilingual(
        f"合计：{total.zh}，另有 {count} 个环节没有期限：{open_}",
        f"in all: {total.en}, and {count} {plural} without a term: {open_}",
    )
