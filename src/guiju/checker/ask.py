"""Asking the solver, and believing only what was replayed.

``Asker`` is the analyses' way to the backend: it pins the readings and the date that the user fixed, ranges
over the readings that a question depends on, keeps a list of what could not be decided, and replays each
witness in the reference evaluator before anyone sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import prod

from attrs import evolve, field, frozen

from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity, Undecided, Witness
from guiju.compiler import smt
from guiju.compiler.cone import Cone
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Enumeration,
    Expr,
    FactRef,
    Norm,
    Order,
    ReadingRef,
    Today,
    conjunction,
    disjunction,
    distinct,
    walk,
)
from guiju.compiler.residue import Residue
from guiju.dsl.diagnostics import InternalError
from guiju.dsl.source import Bilingual

Choices = Mapping[str, str]

#: More combinations of readings than this are not told apart: the question is then undecided.
_MOST = 20_000


@frozen
class Answered:
    """The readings under which a question is satisfiable, and a witness under the first of them.

    ``under`` is empty when it holds whatever is chosen; ``by_default`` tells whether it holds by default.
    """

    witness: Witness
    under: tuple[Choices, ...]
    by_default: bool

    def finding(
        self,
        code: str,
        severity: Severity,
        norms: Iterable[Norm],
        message: Bilingual,
        subject: str,
        proved_by: ProvedBy = ProvedBy.REPLAYED,
    ) -> Finding:
        """The finding about ``norms`` that the witness shows."""
        return Finding(
            code=code,
            severity=severity,
            norms=tuple(dict.fromkeys(NormRef.of(norm) for norm in norms)),
            message=message,
            proved_by=proved_by,
            witness=self.witness,
            readings=self.under,
            by_default=self.by_default,
            subject=subject,
        )


@frozen
class Asker:
    """Asks satisfiability questions about one corpus. ``undecided`` is filled as questions fail."""

    corpus: Corpus
    backend: smt.Backend
    fixed_readings: Choices = field(factory=dict)
    as_of: dt.date | None = None
    undecided: list[Undecided] = field(factory=list)
    _known: dict[frozenset[Expr], bool | smt.Undecided] = field(factory=dict, alias="known", repr=False)
    _cone: Cone = field(init=False)

    @_cone.default
    def _all_assumptions(self) -> Cone:
        return Cone.of([a.expr for a in self.corpus.assumptions])

    def bearing(self, conditions: Sequence[Expr]) -> list[Expr]:
        """The assumptions that ``conditions`` are linked to."""
        return self._cone.above(conditions)

    def possible(
        self, what: str, conditions: Sequence[Expr], norms: Sequence[Norm] = (), pinned: bool = True
    ) -> bool | None:
        """Whether ``conditions`` can hold together under some reading; None (and noted) when undecided.

        Not ``pinned``: on any date, whatever date the user fixed.
        """
        try:
            verdict = self._verdict(what, [*conditions, *self._pins(pinned)])
        except smt.Unsupported as error:
            self.note(what, f"unsupported: {error}", norms)
            return None
        if isinstance(verdict, smt.Undecided):
            self.note(what, f"budget: {verdict.reason}", norms)
            return None
        return verdict

    def find(
        self,
        what: str,
        conditions: Sequence[Expr],
        norms: Sequence[Norm] = (),
        prefer: Sequence[Expr] = (),
        replay: Callable[[Context], bool] | None = None,
    ) -> Answered | None:
        """A witness of ``conditions``, with the readings under which there is one; None when there is none.

        ``replay`` is asked of the witness as well, beside the conditions themselves.
        """
        if not self.possible(what, conditions, norms):
            return None
        read = [a for a in self.bearing(conditions) if any(isinstance(e, ReadingRef) for e in walk(a))]
        choices = self._choices([*conditions, *read])
        if choices is None:
            self.note(what, f"readings: more than {_MOST} combinations", norms)
            return None
        holding = self._holding(what, conditions, read, choices, norms)
        if holding is None:
            return None
        if not holding:
            raise InternalError(f"satisfiable under no reading: {what}")
        pinned = [*conditions, *choice_conditions(holding[0], self.corpus), *self._pins()]
        verdict = self.backend.solve(pinned, prefer=[*prefer, *_past(conditions, self.corpus)])
        if isinstance(verdict, smt.Undecided):
            self.note(what, f"budget: {verdict.reason}", norms)
            return None
        if isinstance(verdict, smt.Unsat):
            raise InternalError(f"satisfiable, then not: {what}")
        context = evolve(verdict.context, readings={**holding[0], **dict(verdict.context.readings)})
        self._replay(what, context, pinned, replay)
        witness = Witness(context.case, context.today, context.place, context.readings)
        return Answered(witness, essential(holding, choices), by_default=holding[0] == choices[0])

    def _holding(
        self,
        what: str,
        conditions: Sequence[Expr],
        read: Sequence[Expr],
        choices: Sequence[Choices],
        norms: Sequence[Norm],
    ) -> list[Choices] | None:
        """Those of ``choices`` under which ``conditions`` can hold, in order; None when undecided.

        There are many combinations and few cases that tell them apart: each case that is found is tried under
        all that are left, and the solver is asked for one under any of these until there is none.
        """
        open_ = dict(enumerate(choices))
        held: set[int] = set()
        while open_:
            among = _one_of(list(open_.values()), len(choices), self.corpus)
            asked = [*conditions, *read, *among, *self._pins()]
            verdict = self.backend.solve(asked, minimise=False, about=what)
            if isinstance(verdict, smt.Undecided):
                self.note(what, f"budget: {verdict.reason}", norms)
                return None
            if isinstance(verdict, smt.Unsat):
                break
            shown = self._shown([*conditions, *read], verdict.context, open_)
            if not shown:
                raise InternalError(f"a witness does not replay: {what}\n{verdict.context}")
            held.update(shown)
            open_ = {number: each for number, each in open_.items() if number not in held}
        return [each for number, each in enumerate(choices) if number in held]

    def _shown(self, conditions: Sequence[Expr], context: Context, open_: Mapping[int, Choices]) -> list[int]:
        """The choices under which this one case satisfies ``conditions``."""
        residue = Residue(self.corpus, context)
        left = [residue.of(condition) for condition in conditions]
        names = sorted(residue.readings(left))
        known: dict[tuple[str, ...], bool] = {}
        shown: list[int] = []
        for number, each in open_.items():
            chosen = tuple(each[name] for name in names)
            if chosen not in known:
                known[chosen] = self._holds(left, evolve(context, readings=each))
            if known[chosen]:
                shown.append(number)
        return shown

    def unpinned(self) -> Asker:
        """The same asker, for any date and any reading: who prevails does not depend on what was asked."""
        return evolve(self, fixed_readings={}, as_of=None)

    # --- Details

    def _verdict(self, what: str, conditions: Sequence[Expr]) -> bool | smt.Undecided:
        """What the backend says, which is asked once: families ask the same of norms and of their grounds."""
        asked = frozenset(conditions)
        if asked not in self._known:
            self._known[asked] = self.backend.satisfiable(conditions, what)
        return self._known[asked]

    def _holds(self, conditions: Sequence[Expr], context: Context) -> bool:
        return all(evaluate(c, self.corpus, context) is True for c in conditions)

    def _pins(self, dated: bool = True) -> list[Expr]:
        pins = choice_conditions(self.fixed_readings, self.corpus)
        if dated and self.as_of is not None:
            pins.append(Compare(Order.EQ, Today(), Const(self.as_of, Date())))
        return pins

    def _choices(self, conditions: Sequence[Expr]) -> list[Choices] | None:
        """Each combination of choices for the readings that matter, the defaults first; None: too many."""
        names = sorted({e.name for c in conditions for e in walk(c) if isinstance(e, ReadingRef)})
        options = [
            (self.fixed_readings[n],) if n in self.fixed_readings else self.corpus.readings[n].choices
            for n in names
        ]
        if prod(len(each) for each in options) > _MOST:
            return None
        return [dict(zip(names, combination, strict=True)) for combination in product(*options)]

    def _replay(
        self,
        what: str,
        context: Context,
        conditions: Sequence[Expr],
        replay: Callable[[Context], bool] | None,
    ) -> None:
        for condition in conditions:
            if evaluate(condition, self.corpus, context) is not True:
                raise InternalError(f"a witness does not replay: {what}\n{condition}\n{context}")
        if replay is not None and not replay(context):
            raise InternalError(f"a witness does not show its finding: {what}\n{context}")

    def note(self, what: str, reason: str, norms: Sequence[Norm]) -> None:
        """Keep a question that was not decided."""
        noted = Undecided(what, reason, tuple(NormRef.of(n) for n in norms))
        if noted not in self.undecided:
            self.undecided.append(noted)


def _past(conditions: Sequence[Expr], corpus: Corpus) -> list[Expr]:
    """What makes a witness plausible: each event that it mentions lies on or before the evaluation date."""
    used = dict.fromkeys(e for c in conditions for e in walk(c) if isinstance(e, FactRef))
    dated = [fact for fact in used if isinstance(corpus.facts[fact.name].type, Date)]
    return [Compare(Order.LE, fact, Today()) for fact in dated]


def _one_of(open_: Sequence[Choices], of: int, corpus: Corpus) -> list[Expr]:
    """The condition that the readings are chosen in one of these ways; nothing where they may be in any."""
    if len(open_) == of:
        return []
    return [disjunction(*(conjunction(*choice_conditions(each, corpus)) for each in open_))]


def essential(holding: Sequence[Choices], choices: Sequence[Choices]) -> tuple[Choices, ...]:
    """The choices under which something holds, over those readings only that make a difference to it.

    Empty when it holds whatever is chosen.
    """
    if len(holding) == len(choices):
        return ()
    names = list(choices[0])
    for name in list(names):
        rest = [n for n in names if n != name]

        def over(each: Choices, kept: Sequence[str] = tuple(rest)) -> tuple[str, ...]:
            return tuple(each[n] for n in kept)

        if {over(c) for c in choices if c in holding} & {over(c) for c in choices if c not in holding}:
            continue
        names = rest
    projected = [{n: c[n] for n in names} for c in holding]
    return tuple(c for i, c in enumerate(projected) if c not in projected[:i])


def reading_type(name: str, corpus: Corpus) -> Enumeration:
    """The type of a reading: an unordered enumeration of its choices."""
    return Enumeration(name, corpus.readings[name].choices)


def choice_conditions(choices: Choices, corpus: Corpus) -> list[Expr]:
    """The conditions that readings have been chosen so."""
    return [
        Compare(Order.EQ, ReadingRef(name), Const(choice, reading_type(name, corpus)))
        for name, choice in sorted(choices.items())
    ]


def defaults(conditions: Iterable[Expr], corpus: Corpus) -> list[Expr]:
    """The conditions that the readings on which ``conditions`` depend are read as they are by default."""
    used = sorted({e.name for e in distinct(conditions) if isinstance(e, ReadingRef)})
    return choice_conditions({name: corpus.readings[name].choices[0] for name in used}, corpus)
