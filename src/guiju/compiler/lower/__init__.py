"""From the typed program to the kernel corpus: every construct of the language reduced to norms.

Trusts that the program resolved without diagnostics. What each construct means is in ``docs/semantics.md``.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler import kernel as k
from guiju.compiler.lower.expressions import Lowering
from guiju.compiler.lower.norms import RuleLowering
from guiju.dsl import typed as y
from guiju.dsl.tree import Modality

__all__ = ["lower"]

_COMBINATIONS = {
    "SINGLE": k.Combination.SINGLE,
    "CUMULATIVE": k.Combination.ALL,
    "STRICTEST": k.Combination.STRICTEST,
    "MILDEST": k.Combination.MILDEST,
    "UNSPECIFIED": k.Combination.UNSTATED,
}
_MODALITIES = {
    Modality.MUST: k.Modality.OBLIGED,
    Modality.MUST_NOT: k.Modality.FORBIDDEN,
    Modality.MAY: k.Modality.PERMITTED,
}


def lower(program: y.Program, calendar: k.WorkCalendar) -> k.Corpus:
    """The kernel corpus that ``program`` means, with the working days of ``calendar``."""
    lowering = Lowering(program.terms)
    instruments = {id_: _instrument(i, lowering) for id_, i in program.instruments.items()}
    judgements = frozenset(name for name, fact in program.facts.items() if fact.judgement)
    lowered = [
        RuleLowering(lowering, instruments[rule.instrument], judgements, program.actions).lower(rule)
        for rule in program.rules
        if rule.instrument in instruments
    ]
    return k.Corpus(
        horizon=program.horizon,
        territories=program.territories,
        ranks={n: k.Rank(r.name, r.level, r.statutory) for n, r in program.ranks.items()},
        authorities={
            n: k.Authority(a.name, a.rank, a.superior, a.territory, a.department_of)
            for n, a in program.authorities.items()
        },
        facts={
            n: k.Fact(f.name, f.type, f.judgement, f.default, f.place, f.background, f.gravity, f.changeable)
            for n, f in program.facts.items()
        },
        records={n: k.Record(r.name, r.fields, r.place) for n, r in program.records.items()},
        readings={
            n: k.Reading(r.name, r.choices, r.citations, r.note, r.place) for n, r in program.readings.items()
        },
        actions={n: _action(a, lowering) for n, a in program.actions.items()},
        outcomes={
            n: k.Outcome(
                o.name,
                o.type,
                _COMBINATIONS[o.combination],
                lowering.lower(o.domain) if o.domain is not None else None,
                o.place,
                o.legal_class,
            )
            for n, o in program.outcomes.items()
        },
        instruments=instruments,
        norms=tuple(n for low in lowered for n in low.norms),
        assumptions=tuple(
            k.Assumption(a.label, lowering.lower(a.expr), a.place) for a in program.assumptions
        ),
        overrides=tuple(_overrides(program.rules)),
        claims=tuple(
            k.Claim(c.label, lowering.lower(c.expr), c.instrument, c.citations, c.place)
            for c in program.claims
        ),
        gaps=tuple(g for low in lowered for g in low.gaps),
        hand_overs=tuple(h for low in lowered for h in low.hand_overs),
        categories={
            n: k.Category(c.name, c.sanction, c.note, c.place) for n, c in program.categories.items()
        },
        powers=tuple(
            k.Power(p.classes, p.rank, p.instrument, p.citations, p.standing, p.note, p.place)
            for p in program.powers
        ),
        entities=program.entities,
        examples=tuple(_example(e, program, lowering) for e in program.examples),
        calendar=calendar,
    )


def _action(a: y.Action, lowering: Lowering) -> k.Action:
    leaves = None
    if a.leaves is not None:
        where = lowering.lower(a.leaves.where) if a.leaves.where is not None else k.TRUE
        leaves = k.Trace(a.leaves.record, where)
    return k.Action(
        name=a.name,
        combination=_COMBINATIONS[a.combination],
        legal_class=a.legal_class,
        place=a.place,
        bearer=a.bearer,
        patient=a.patient,
        done=lowering.lower(a.done) if a.done is not None else None,
        undone=lowering.lower(a.undone) if a.undone is not None else None,
        leaves=leaves,
        done_on=lowering.lower(a.done_on) if a.done_on is not None else None,
        passes=k.Passing(a.passes) if a.passes is not None else None,
    )


def _overrides(rules: Iterable[y.Rule]) -> Iterable[k.Override]:
    for rule in rules:
        for loser in rule.overrides:
            yield k.Override(rule.id, loser, "、".join(rule.citations), rule.place)


def _instrument(i: y.Instrument, lowering: Lowering) -> k.Instrument:
    start = lowering.lower(i.start) if i.start is not None else None
    end = lowering.lower(i.end) if i.end is not None else None
    used = [e for term in (start, end) if term is not None for e in k.walk(term)]
    return k.Instrument(
        id=i.id,
        title=i.title,
        issuer=i.issuer,
        territory=i.territory,
        rank=i.rank,
        number=i.number,
        issued=i.issued,
        start=start,
        end=end,
        end_open=i.end_open,
        topics=i.topics,
        precedences=tuple(k.Precedence(p.issuers, p.topics, p.citation) for p in i.precedences),
        yields_upward=i.yields,
        bases=tuple(k.Basis(b.title, b.repealed, b.place) for b in i.bases),
        annexes=tuple(k.Annex(a.number, a.title, a.called, a.missing, a.place) for a in i.annexes),
        contents=i.contents,
        references=tuple(
            k.Reference(r.title, r.provisions, r.repealed, r.renamed, r.citations, r.place)
            for r in i.references
        ),
        variants=tuple(k.Variants(v.thing, v.names, v.citations, v.place) for v in i.variants),
        standing=i.standing,
        readings=tuple(sorted({e.name for e in used if isinstance(e, k.ReadingRef)})),
        place=i.place,
    )


def _example(example: y.Example, program: y.Program, lowering: Lowering) -> k.Example:
    """Facts that the example does not give take their declared default; without one they are unknown."""
    facts: dict[str, k.Value] = {
        name: fact.default for name, fact in program.facts.items() if fact.default is not None
    }
    facts |= {name: _constant(lowering.lower(value)) for name, value in example.facts.items()}
    records: dict[str, tuple[dict[str, k.Value], ...]] = dict.fromkeys(program.records, ())
    records |= {
        name: tuple({f: _constant(lowering.lower(v)) for f, v in row.items()} for row in rows)
        for name, rows in example.records.items()
    }
    context = k.Context(k.Case(facts, records), example.date, example.territory, example.readings)
    expectations = tuple(_expectation(e, lowering) for e in example.expected)
    return k.Example(example.label, example.instrument, context, expectations, example.place)


def _constant(expr: k.Expr) -> k.Value:
    match expr:
        case k.Const(value):
            return value
        case _:
            from guiju.compiler.evaluate import NonValue, evaluate

            blank = k.Context(k.Case(), k.NEVER, "")
            found = evaluate(expr, _NO_CORPUS, blank)
            assert not isinstance(found, NonValue)
            return found


_NO_CORPUS = k.Corpus(
    horizon=(k.NEVER, k.NEVER),
    territories={},
    ranks={},
    authorities={},
    facts={},
    records={},
    readings={},
    actions={},
    outcomes={},
    instruments={},
    norms=(),
)


def _expectation(e: y.ExpectedPosition, lowering: Lowering) -> k.Expectation:
    deed = k.Deed(e.bearer, e.action, e.patient)
    if e.until is not None and e.modality is not None:
        window = k.BarEnd(deed, _MODALITIES[e.modality].value)
        return k.Expectation(window, None, False, e.place, lowering.lower(e.until))
    if e.due is not None:
        return k.Expectation(k.DueBy(deed), None, False, e.place, lowering.lower(e.due))
    question: k.Question = k.WhichValue(e.outcome) if e.outcome else k.MayDo(deed)
    position: k.Position | None = None
    if e.modality is not None:
        position = _MODALITIES[e.modality]
    elif isinstance(e.value, y.Unstated):
        position = k.Answer(None)
    elif e.value is not None:
        position = k.Answer(lowering.lower(e.value))
    return k.Expectation(question, position, e.conflict, e.place)
