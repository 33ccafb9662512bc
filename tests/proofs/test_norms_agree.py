"""The calculus that is proved about and the one that answers: the same norms apply, stand and conflict."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from attrs import frozen

from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.kernel import (
    NEVER,
    Action,
    Answer,
    BarEnd,
    Case,
    Clip,
    Combination,
    Const,
    Context,
    Corpus,
    Date,
    Deed,
    Expr,
    Fact,
    FactRef,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Outcome,
    Position,
    Question,
    ShiftMonths,
    Span,
    Strength,
    Today,
    WhichValue,
)
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, EvaluatedPosition, resolve
from guiju.compiler.verdicts import Verdict, verdict
from guiju.dsl.standing import Standing
from guiju.dsl.types import Boolean
from proofs import written
from proofs.written import FACTS, FIELDS, RECORDS

DEED = Deed("party", "practise")
QUESTIONS: tuple[Question, ...] = (MayDo(DEED), BarEnd(DEED), WhichValue("fine"))
PLACES = {"p0": None, "p1": "p0", "p2": "p0", "p3": "p1", "p4": "p1"}
FINE, MONTHS = Integer(0, 9, "yuan"), Integer(-60, 60, "months")
EVENT = FactRef("event")
COMBINATIONS = {
    Combination.SINGLE: "Single",
    Combination.ALL: "All",
    Combination.STRICTEST: "Strictest",
    Combination.MILDEST: "Mildest",
    Combination.UNSTATED: "Unstated",
}
STRENGTHS = {
    Strength.STRICT: "Strict",
    Strength.DISCRETIONARY: "Discretionary",
    Strength.IN_PRINCIPLE: "InPrinciple",
    Strength.ENCOURAGED: "Encouraged",
}
STANDINGS = {
    Standing.READ: "Read",
    Standing.SECOND_HAND: "SecondHand",
    Standing.UNVERIFIED: "Unverified",
}
MODALITIES = {
    Modality.OBLIGED: "Obliged",
    Modality.FORBIDDEN: "Forbidden",
    Modality.PERMITTED: "Permitted",
}
VERDICTS = (
    Verdict.ELIGIBLE,
    Verdict.INELIGIBLE,
    Verdict.DISCRETIONARY,
    Verdict.ANSWERED,
    Verdict.SILENT,
    Verdict.IN_CONFLICT,
)

Evaluate = Callable[[Sequence[str]], list[Any]]


@frozen
class Term:
    """A date as a kernel term and as a term of the proofs over the situation; ``None``: not given."""

    kernel: Expr | None
    proof: str


@frozen
class Asked:
    corpus: Corpus
    defeats: Defeats
    context: Context
    proof: str  # the corpus and the situation, as arguments of ``answer_report``


def a_date(rng: random.Random) -> Term:
    """A date that is given, told, moved by months, never, or the extreme of rows that there may not be."""
    date = written.any_date(rng)
    match rng.randrange(6):
        case 0:
            return Term(Today(), "(fun C => Some (today C))")
        case 1:
            return Term(EVENT, "(fun C => Some (date_told C))")
        case 2:
            record, field, latest = rng.choice(RECORDS), rng.choice(FIELDS), rng.random() < 0.5
            names = f"{RECORDS.index(record)} {FIELDS.index(field)}"
            where = written.any_filter(rng, record)
            aggregate = written.Aggregate.LATEST if latest else written.Aggregate.EARLIEST
            one = written.Written(written.rows_of(aggregate, record, where, field, Date()), "")
            return Term(one.kernel, f"(found {str(latest).lower()} {names} {where.proof})")
        case 3:
            months, clip = rng.randint(-14, 14), rng.choice(list(Clip))
            moved = ShiftMonths(Const(date, Date()), Const(months, MONTHS), clip)
            day = f"{date.year} {date.month} {date.day}"
            return Term(moved, f"(fixed (moved {clip.name.capitalize()} ({months}) {day}))")
        case 4 if rng.random() < 0.3:
            return Term(Const(NEVER, Date()), f"(fixed {written.number(NEVER)})")
        case _:
            return Term(Const(date, Date()), f"(fixed {written.number(date)})")


def a_bound(rng: random.Random, shift: int) -> Term:
    """The first or last day in force: seldom one that keeps all norms from applying."""
    if rng.random() < 0.7:
        return Term(None, "None")
    if rng.random() < 0.3:
        one = a_date(rng)
        return Term(one.kernel, f"(Some {one.proof})")
    date = written.any_date(rng) + dt.timedelta(days=shift)
    return Term(Const(date, Date()), f"(Some (fixed {written.number(date)}))")


def a_position(rng: random.Random, question: Question) -> tuple[Position, str]:
    match question:
        case MayDo():
            modality = rng.choice(list(Modality))
            return modality, f"(modal {MODALITIES[modality]})"
        case BarEnd():
            start = Term(EVENT, "(fun C => Some (date_told C))") if rng.random() < 0.7 else a_date(rng)
            end = a_date(rng)
            assert start.kernel is not None
            assert end.kernel is not None
            return Span(start.kernel, end.kernel), f"(spanned {start.proof} {end.proof})"
        case _:
            if rng.random() < 0.2:
                return Answer(None), "unspecified"
            fine = rng.randint(1, 3)
            return Answer(Const(fine, FINE)), f"(answered {fine})"


def a_norm(rng: random.Random, index: int, question: int) -> tuple[Norm, Instrument, str]:
    guard = written.any_condition(rng, rng.randint(0, 2), facts=True)
    if rng.random() < 0.6:
        fact = rng.choice(FACTS)
        use = written.typed.FactUse(fact, Boolean(), written.HERE)
        guard = written.Written(use, f"(fact C {FACTS.index(fact)})")
    place, (position, position_proof) = rng.choice(list(PLACES)), a_position(rng, QUESTIONS[question])
    law_date = Term(Today(), "(fun C => Some (today C))") if rng.random() < 0.6 else a_date(rng)
    start, end = a_bound(rng, -30), a_bound(rng, 30)
    strength = rng.choices(list(STRENGTHS), weights=(6, 2, 2, 1))[0]
    standing = rng.choices(list(STANDINGS), weights=(8, 2, 1))[0]
    name = f"n{index}"
    assert law_date.kernel is not None
    norm = Norm(
        name,
        name,
        name,
        (),
        guard.kernel,
        QUESTIONS[question],
        position,
        "p0" if rng.random() < 0.6 else place,
        law_date.kernel,
        strength,
        standing,
    )
    instrument = Instrument(name, name, "issuer", "p0", start=start.kernel, end=end.kernel)
    proof = (
        f"Norm {index} {question} (fun C => asks C {guard.proof}) {position_proof} {norm.territory[1:]} "
        f"{law_date.proof} {start.proof} {end.proof} {STRENGTHS[strength]} {STANDINGS[standing]}"
    )
    return norm, instrument, proof


def asked(rng: random.Random) -> Asked:
    """A few norms, mostly on one question, some of which prevail over others, and a complete situation."""
    main = rng.randrange(3)
    made = [
        a_norm(rng, index, main if rng.random() < 0.8 else rng.randrange(3))
        for index in range(rng.randint(1, 7))
    ]
    norms = tuple(norm for norm, _, _ in made)
    beaten = [(i, j) for i in range(len(norms)) for j in range(len(norms)) if i != j and rng.random() < 0.3]
    pairs = [(norms[i].id, norms[j].id) for i, j in beaten]
    bars, fines = rng.choice(list(Combination)), rng.choice(list(Combination))
    if rng.random() < 0.6:
        bars = fines = Combination.SINGLE
    corpus = Corpus(
        horizon=(dt.date(1901, 1, 1), dt.date(2099, 12, 31)),
        territories=PLACES,
        ranks={},
        authorities={},
        facts={"event": Fact("event", Date()), **{name: Fact(name, Boolean()) for name in FACTS}},
        records={},
        readings={},
        actions={"practise": Action("practise", bars)},
        outcomes={"fine": Outcome("fine", FINE, fines)},
        instruments={instrument.id: instrument for _, instrument, _ in made},
        norms=norms,
    )
    facts = {name: rng.random() < 0.85 for name in FACTS}
    records = {name: written.any_rows(rng, 4) for name in RECORDS}
    event, today, place = written.any_date(rng), written.any_date(rng), rng.choice(list(PLACES))
    law_date = written.any_date(rng) if rng.random() < 0.2 else None
    context = Context(Case({**facts, "event": event}, records), today, place, law_date=law_date)
    parents = "; ".join(f"({child[1:]}, {up[1:]})" for child, up in PLACES.items() if up is not None)
    single, bar, fine = (COMBINATIONS[each] for each in (Combination.SINGLE, bars, fines))
    law = "None" if law_date is None else f"(Some {written.number(law_date)})"
    told = "; ".join(str(facts[name]).lower() for name in FACTS)
    proof = (
        f"(Corpus [{'; '.join(text for _, _, text in made)}] (parents [{parents}]%nat) place law "
        f"(listed Nat.eqb Single [(0, {single}); (1, {bar}); (2, {fine})]%nat) (Nat.eqb 0) "
        f"(over [{'; '.join(f'({i}, {j})' for i, j in beaten)}]%nat)) "
        f"(Situation [{told}] {written.number(event)} {written.number(today)} {place[1:]} {law} "
        f"{written.records_proof(records)})"
    )
    defeats = {pair: Defeat(*pair, Doctrine.POSTERIOR, Grade.STATUTE) for pair in pairs}
    return Asked(corpus, defeats, context, proof)


def expected(case: Asked, question: Question) -> list[list[int]]:
    """What the proofs' ``answer_report`` has to say: who applies, is defeated, stands, and so on."""
    found = resolve(question, case.corpus, case.defeats, case.context)
    assert not found.undetermined
    losers = {loser for loser, _ in found.defeated}
    return [
        _numbers(found.applicable),
        _numbers([name for name in found.applicable if name in losers]),
        _numbers([name for name, _ in found.standing]),
        [number for pair in found.conflicts for number in _numbers(pair)],
        [number for _, position in found.standing for number in _written(position)],
        [VERDICTS.index(verdict(found, {norm.id: norm for norm in case.corpus.norms}))],
    ]


def _numbers(names: Sequence[str]) -> list[int]:
    return [int(name[1:]) for name in names]


def _written(position: EvaluatedPosition) -> list[int]:
    if isinstance(position, Modality):
        return [0, list(MODALITIES).index(position)]
    if isinstance(position, EvaluatedAnswer):
        return [1] if position.value is None else [2, int(str(position.value))]
    return [3, written.number(position.start), written.number(position.end)]


def agree(count: int, seed: int, evaluated: Evaluate) -> None:
    rng = random.Random(seed)
    cases = [asked(rng) for _ in range(count)]
    wanted = [[expected(case, question) for question in QUESTIONS] for case in cases]
    reports = [report for each in wanted for report in each]
    assert {report[-1][0] for report in reports} == set(range(len(VERDICTS)))  # every verdict is there
    assert sum(bool(report[1]) for report in reports) > count // 20  # and enough that is defeated
    terms = ";\n".join(f"let ask := answer_report {case.proof} in map ask [0; 1; 2]%nat" for case in cases)
    for case, want, found in zip(cases, wanted, evaluated([f"[{terms}]"])[0], strict=True):
        assert found == want, case


def test_norms_agree(evaluated: Evaluate) -> None:
    """Small sets of norms with guards, force, territories and priorities, on each kind of question."""
    agree(150, 1, evaluated)


@pytest.mark.slow
def test_many_norms_agree(evaluated: Evaluate) -> None:
    agree(2000, 2, evaluated)
