"""Which provisions of an instrument are encoded, marked as omitted, or neither.

Citations are compared after normalising brackets and spaces. A provision of the table of contents is encoded
when a rule, power or claim cites it or something below it (``第八条(一)3`` covers ``第八条(一)``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.resolve.symbols import Symbols
from guiju.dsl.source import Bilingual

#: Why a provision need not be encoded; one Chinese and one English word each.
REASONS: Mapping[str, Bilingual] = {
    word: Bilingual(zh, en)
    for zh, en in (
        ("宣示", "hortatory"),
        ("定义", "definition"),
        ("职权", "competence"),
        ("程序", "procedure"),
        ("库外", "external"),
        ("表式", "form"),
        ("效力", "force"),
        ("范围", "scope"),
    )
    for word in (zh, en)
}


def normalised(citation: str) -> str:
    """``citation`` without spaces and with ASCII brackets."""
    return citation.translate(str.maketrans("（）", "()", " 　"))


def covers(citation: str, provision: str) -> bool:
    """Whether a rule that cites ``citation`` encodes ``provision``: the same place, or one inside it."""
    inner, outer = normalised(citation), normalised(provision)
    return inner == outer or (inner.startswith(outer) and not _another(inner[len(outer)]))


def _another(following: str) -> bool:
    """Whether a citation that goes on so is of another provision: 第八条之一 is no part of 第八条."""
    return following.isdigit() or following == "之"


@frozen
class InstrumentCoverage:
    """Each provision of the contents, sorted by what became of it."""

    instrument: str
    title: str
    total: int
    encoded: tuple[str, ...]
    omitted: tuple[tuple[str, str, str], ...]  # citation, reason, remark
    uncovered: tuple[str, ...]
    checkable: tuple[str, ...] = ()  # encoded by what binds and rests on no judgement and leaves nothing open
    partly: tuple[str, ...] = ()  # encoded by what binds, with a judgement or something left open in it

    @property
    def share(self) -> float:
        """How much of it is checkable, from 0 to 1."""
        return len(self.checkable) / self.total if self.total else 0.0


def coverage(program: y.Program) -> tuple[InstrumentCoverage, ...]:
    """The coverage of each instrument of ``program`` that lists its contents."""
    found = []
    for instrument in program.instruments.values():
        cited = [c for r in program.rules if r.instrument == instrument.id for c in r.citations]
        cited += [c for r in program.claims if r.instrument == instrument.id for c in r.citations]
        cited += [c for r in program.powers if r.instrument == instrument.id for c in r.citations]
        omissions = {
            normalised(c): (c, o.because, o.remark)
            for o in program.omissions
            if o.instrument == instrument.id
            for c in o.citations
        }
        encoded = [p for p in instrument.contents if any(covers(c, p) for c in cited)]
        rest = [p for p in instrument.contents if p not in encoded]
        found.append(
            InstrumentCoverage(
                instrument.id,
                instrument.title,
                len(instrument.contents),
                tuple(encoded),
                tuple(omissions[normalised(p)] for p in rest if normalised(p) in omissions),
                tuple(p for p in rest if normalised(p) not in omissions),
                *_checkable(instrument.id, encoded, program),
            )
        )
    return tuple(found)


def _checkable(
    instrument: str, encoded: Sequence[str], program: y.Program
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the encoded provisions, those that can be checked in full, and those that can in part."""
    sharp = [c for r in program.claims if r.instrument == instrument for c in r.citations]
    sharp += [c for p in program.powers if p.instrument == instrument for c in p.citations]
    blunt: list[str] = []
    for rule in program.rules:
        if rule.instrument == instrument and rule.strength != "encouraged":
            (blunt if rule.strength is not None or _open(rule, program) else sharp).extend(rule.citations)
    full = tuple(p for p in encoded if any(covers(c, p) for c in sharp))
    return full, tuple(p for p in encoded if p not in full and any(covers(c, p) for c in blunt))


def _open(rule: y.Rule, program: y.Program) -> bool:
    """Whether what ``rule`` says depends on a judgement, or the text leaves something of it open."""
    used: list[y.Expr] = [*rule.when, *rule.unless]
    for effect in rule.effects:
        match effect:
            case y.Required(conditions=conditions):
                used += conditions
            case y.Valued(value=value):
                if isinstance(value, y.Unstated):
                    return True
                used.append(value)
            case y.Deontic(within=within, lasting=lasting, each=each):
                terms = [t for t in (within, lasting) if t is not None]
                parts = [x for t in terms for x in (t.amount, t.start)]
                if not effect.bearer or effect.recipient_unstated:
                    return True
                if any(isinstance(x, y.Unstated) for x in (*parts, each)):
                    return True
    facts = {e.name for expr in used for e in y.parts(expr, program.terms) if isinstance(e, y.FactUse)}
    return any(program.facts[name].judgement for name in facts if name in program.facts)


def check(symbols: Symbols, instruments: Mapping[str, y.Instrument], bag: Bag) -> None:
    """Report citations outside the contents, unknown reasons, and provisions both omitted and encoded."""
    cited: dict[str, dict[str, t.Text]] = {}
    for local in symbols.ordered:
        if isinstance(local.declaration, t.Rule | t.Claim | t.Power) and local.instrument is not None:
            for citation in local.declaration.citations:
                _inside(citation, instruments.get(local.instrument), bag)
                cited.setdefault(local.instrument, {}).setdefault(normalised(citation.text), citation)
    omitted: dict[str, dict[str, t.Text]] = {}
    for local in symbols.ordered:
        if not isinstance(local.declaration, t.Omission) or local.instrument is None:
            continue
        because = local.declaration.because
        if because.text not in REASONS:
            bag.error(
                "E201",
                because.place,
                f"没有“{because.text}”这个不编的理由",
                f"{because.text} is not a reason to leave a provision out",
                did_you_mean(because.text, REASONS)
                or Bilingual(
                    f"可用：{'、'.join(list(REASONS)[::2])}", f"use one of {', '.join(list(REASONS)[1::2])}"
                ),
            )
        for citation in local.declaration.citations:
            _inside(citation, instruments.get(local.instrument), bag)
            before = omitted.setdefault(local.instrument, {}).setdefault(normalised(citation.text), citation)
            if before is not citation:
                bag.error(
                    "E404",
                    citation.place,
                    f"{citation.text} 两次标为不编",
                    f"{citation.text} is left out twice",
                    related=((before.place, Bilingual("第一次在这里", "first here")),),
                )
            same = cited.get(local.instrument, {}).get(normalised(citation.text))
            if same is not None:
                bag.error(
                    "E412",
                    citation.place,
                    f"{citation.text} 既编了又标为不编",
                    f"{citation.text} is both encoded and marked as left out",
                    related=((same.place, Bilingual("编在这里", "encoded here")),),
                )


def _inside(citation: t.Text, instrument: y.Instrument | None, bag: Bag) -> None:
    if instrument is None or not instrument.contents:
        return
    if not any(covers(citation.text, p) for p in instrument.contents):
        bag.error(
            "E413",
            citation.place,
            f"{instrument.id} 的目录中没有 {citation.text}",
            f"the contents of {instrument.id} have no {citation.text}",
            did_you_mean(citation.text, instrument.contents),
        )
