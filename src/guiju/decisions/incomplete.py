"""One question in a case of which something is unknown, as conditions on the unknown alone.

The analyses of incomplete cases start here: what each verdict takes, when each norm stands, what is assumed
of the world, all of it with the known worked in. ``asking`` goes on from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.compiler import formulas, smt
from guiju.compiler.combining import combined
from guiju.compiler.cone import Cone, symbols
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Boolean,
    Case,
    Context,
    Corpus,
    Enumeration,
    Expr,
    Integer,
    Norm,
    Position,
    Question,
    Span,
    Today,
    Type,
    Value,
    WhichValue,
    binds,
)
from guiju.compiler.partial import Partial, with_cells, with_rows_completed
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, Resolution, resolve
from guiju.compiler.verdicts import Conditions, Verdict, possible, verdict
from guiju.decisions.replies import Reply, Shown, constants, same_values, shown_values


@frozen
class Incomplete:
    """What is left of one question in an incomplete case.

    Attributes:
        question, corpus, defeats, context: What is asked, as it was given.
        wide: The corpus with a fact for each field that a row of the case lacks.
        norms: The norms of the question that may apply, with the known worked into guards and positions.
        verdicts: The condition of each verdict that is not excluded by what is known.
        shown: Of an outcome, when the answer shows which value.
        assumed: What the assumptions of the corpus leave to be true; one that the case contradicts is FALSE.
    """

    question: Question
    corpus: Corpus
    defeats: Defeats
    context: Context
    wide: Corpus
    norms: tuple[Norm, ...]
    verdicts: Mapping[Verdict, Expr]
    shown: Shown
    assumed: tuple[Expr, ...]
    _conditions: Conditions
    _partial: Partial
    _cone: Cone = field(init=False)

    @_cone.default
    def _of_assumptions(self) -> Cone:
        return Cone.of(self.assumed)

    def bearing(self, *conditions: Expr) -> list[Expr]:
        """What is assumed and linked to ``conditions``: the rest can hold whatever these say (§9.7)."""
        return self._cone.above(conditions)

    def telling(self) -> tuple[Expr, ...]:
        """All that the answer depends on: what each verdict takes, and when which value is shown."""
        return (*self.verdicts.values(), *(expr for each in self.shown for expr in each.exprs()))

    def shows(self, values: Iterable[Value | None]) -> Expr:
        """The condition under which these values are shown and no others."""
        if not isinstance(self.question, WhichValue):
            return TRUE
        return same_values(self.shown, self.constant(values))

    def constant(self, values: Iterable[Value | None]) -> Shown:
        """``values`` of the outcome that is asked for, as what an answer shows."""
        assert isinstance(self.question, WhichValue)
        return constants(values, self.corpus.outcomes[self.question.outcome].type)

    def stands(self, norm: Norm) -> Expr:
        """The condition under which one of ``norms`` stands."""
        return self._partial.of(self._conditions.stands(norm))

    def applies(self, norm: Norm) -> Expr:
        """The condition under which one of ``norms`` applies."""
        return self._partial.of(self._conditions.applies(norm))

    def contradicted(self) -> tuple[str, ...]:
        """The labels of assumptions that no completion satisfies, each by itself, by what is known."""
        return tuple(a.label for a in self.corpus.assumptions if self._partial.of(a.expr) == FALSE)

    def dated(self, witness: Context) -> Context:
        """The case and, where it is open, the date of ``witness``; the rest as it is known."""
        today = witness.today if self._partial.today_open else self.context.today
        return evolve(self.context, case=witness.case, today=today)

    def completed(self, witness: Context) -> Context:
        """The complete context that has what is known, then what ``witness`` says, then any value.

        For a witness of conditions on the unknown; what it does not say is of no account to them.
        """
        known = self.context.case
        told = {**witness.case.facts, **known.facts}
        facts = {
            n: told.get(n, any_value(f.type, self.corpus, f.default)) for n, f in self.corpus.facts.items()
        }
        cells = {
            n: told.get(n, any_value(f.type, self.corpus))
            for n, f in self.wide.facts.items()
            if n not in self.corpus.facts
        }
        records = with_rows_completed(self.context, self.corpus, cells).records
        return evolve(
            self.context, case=Case(facts, {**self._rows_of(witness), **records}), today=witness.today
        )

    def resolved(self, witness: Context) -> Resolution:
        """The reference answer in the completion that ``witness`` describes."""
        return resolve(self.question, self.corpus, self.defeats, self.completed(witness))

    def verdict(self, witness: Context) -> Verdict:
        """The reference verdict there."""
        return self.reply(witness).verdict

    def reply(self, witness: Context) -> Reply:
        """The reference verdict there and, of an outcome, the values."""
        norms = {norm.id: norm for norm in self.corpus.norms if norm.question == self.question}
        resolution = self.resolved(witness)
        said = verdict(resolution, norms)
        if not isinstance(self.question, WhichValue):
            return Reply(said)
        positions = combined(dict(resolution.standing).values(), self.question, self.corpus)
        return Reply(said, tuple(each.value for each in positions if isinstance(each, EvaluatedAnswer)))

    def _rows_of(self, witness: Context) -> dict[str, tuple[Mapping[str, Value], ...]]:
        found: dict[str, tuple[Mapping[str, Value], ...]] = {}
        for name, record in self.corpus.records.items():
            blank = {each: any_value(held, self.corpus) for each, held in record.fields.items()}
            found[name] = tuple({**blank, **row} for row in witness.case.records.get(name, ()))
        return found


def incomplete(
    question: Question, corpus: Corpus, defeats: Defeats, context: Context, today_open: bool = False
) -> Incomplete:
    """What ``context`` leaves open of ``question``; ``today_open``: the date as well.

    Raises:
        OutOfCalendar: a day outside 1901..2099 was reached.
    """
    wide = with_cells(corpus, context)
    partial = Partial(wide, context, today_open)
    norms = [
        left
        for norm in corpus.norms
        if norm.question == question and binds(norm)
        if (left := _left(norm, wide, partial)).guard != FALSE
    ]
    # Force, territory and law date are part of these guards now.
    instruments = {name: evolve(each, start=None, end=None) for name, each in corpus.instruments.items()}
    conditions = Conditions(question, evolve(wide, norms=tuple(norms), instruments=instruments), defeats)
    verdicts = {each: partial.of(conditions.of(each)) for each in possible(question)}
    shown: Shown = ()
    if isinstance(question, WhichValue):
        combination = corpus.combination(question)
        shown = shown_values(norms, lambda norm: partial.of(conditions.stands(norm)), combination)
    assumed = [partial.of(assumption.expr) for assumption in corpus.assumptions]
    return Incomplete(
        question,
        corpus,
        defeats,
        context,
        wide,
        tuple(norms),
        {each: condition for each, condition in verdicts.items() if condition != FALSE},
        shown,
        tuple(each for each in dict.fromkeys(assumed) if each != TRUE),
        conditions,
        partial,
    )


def _left(norm: Norm, corpus: Corpus, partial: Partial) -> Norm:
    """``norm`` with what is left of its applicability as its guard."""
    applies = partial.of(formulas.applicable(norm, corpus, partial.context.law_date))
    return evolve(norm, guard=applies, position=_position(norm.position, partial), law_date=Today())


def _position(position: Position, partial: Partial) -> Position:
    match position:
        case Answer(value) if value is not None:
            return Answer(partial.of(value))
        case Span(start, end):
            return Span(partial.of(start), partial.of(end))
        case _:
            return position


def any_value(type_: Type, corpus: Corpus, default: Value | None = None) -> Value:
    """Some value of ``type_``, the default where there is one."""
    if default is not None:
        return default
    match type_:
        case Boolean():
            return False
        case Integer(low=low):
            return low
        case Enumeration(members=members):
            return members[0]
        case _:
            return corpus.horizon[0]


# --- What a query can speak of --------------------------------------------------------------------------


def twin(name: str) -> str:
    """What a fact or record is called in a second case; no name of the language is spelt so."""
    return f"{name}′"


def twofold(corpus: Corpus) -> Corpus:
    """``corpus`` with each fact and record twice, so that a query can speak of two cases."""
    facts = {twin(name): evolve(fact, name=twin(name)) for name, fact in corpus.facts.items()}
    records = {twin(name): evolve(record, name=twin(name)) for name, record in corpus.records.items()}
    return evolve(corpus, facts={**corpus.facts, **facts}, records={**corpus.records, **records})


def backend_for(corpus: Corpus, budget: int) -> smt.Backend:
    """A backend for questions on incomplete cases; one serves any number of them on ``corpus``.

    It assumes nothing by itself: what is left of the assumptions stands in the queries.
    """
    return smt.Backend(twofold(corpus), budget, assumptions=())


def unknowns(exprs: Sequence[Expr]) -> frozenset[str]:
    """The facts and records that ``exprs`` speak of."""
    return frozenset(name for kind, name in symbols(exprs) if kind in ("fact", "record"))
