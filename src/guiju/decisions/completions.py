"""What can still be said of a case of which something is unknown: the verdicts that its completions get.

A completion counts only if it is consistent with the assumptions of the corpus. That a verdict is possible is
shown by a completion that the reference evaluator resolves to it; that it is not rests on the solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import evolve, field, frozen

from guiju.compiler import smt
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Norm,
    Order,
    Question,
    Span,
    Value,
    WhichValue,
    conjunction,
    negation,
)
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan
from guiju.compiler.typing import check_type
from guiju.compiler.verdicts import Verdict
from guiju.decisions.asking import Solver, Unanswered
from guiju.decisions.incomplete import Incomplete, incomplete
from guiju.decisions.replies import another_value
from guiju.dsl.diagnostics import InternalError

#: More positions than this are not listed for one norm.
_MOST = 8


@frozen
class Possible:
    """The verdicts that the completions of a case get.

    Attributes:
        verdicts: In the order of ``verdicts.possible``; empty: no completion is consistent.
        values: Of an outcome, the values that the answer shows in some completion, at most eight: in their
            order along the scale or in size, where they are the same in all completions in that of the norms.
        one_answer: The values are the same in all completions; True also where no outcome is asked for.
        undecided: Reasons, where the solver's budget ended first: then other verdicts may be possible too.
        contradicted: The labels of assumptions that what is known of the case already contradicts.
    """

    verdicts: tuple[Verdict, ...]
    undecided: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    values: tuple[Value | None, ...] = ()
    one_answer: bool = True

    def definite(self) -> Verdict | None:
        """The verdict, where all completions get it, and with the same values; None: not, or not decided."""
        one = len(self.verdicts) == 1 and self.one_answer and not self.undecided
        return self.verdicts[0] if one else None


@frozen
class Grounds:
    """Which norms stand in the completions of a case, and with what positions.

    Attributes:
        certain: The norms that stand in each completion.
        open: Those that stand in some, and not in all.
        positions: By norm, the positions that it stands with: all of them, but for the norms in ``many``.
        many: The norms with more positions than are listed.
        undecided: Reasons, where the solver's budget ended first: then the rest is incomplete.
    """

    certain: tuple[str, ...]
    open: tuple[str, ...]
    positions: dict[str, tuple[EvaluatedPosition, ...]] = field(factory=dict)
    many: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def possible_verdicts(
    question: Question, corpus: Corpus, defeats: Defeats, context: Context, backend: smt.Backend
) -> Possible:
    """The verdicts on ``question`` that completions of ``context`` get under the assumptions, and the values.

    Args:
        question, corpus, defeats: What is asked, of which norms, and who prevails.
        context: The case; date, place and readings are fixed. Rows may lack fields.
        backend: A backend on ``corpus``, best of ``backend_for``; one serves any number of calls.

    Raises:
        InternalError: The solver's witness is not what the reference evaluator says.
    """
    left = incomplete(question, corpus, defeats, context)
    solver = Solver.of(left, backend)
    found = verdicts_left(solver)
    return _with_values(found, solver) if left.shown and found.verdicts else found


def _with_values(found: Possible, solver: Solver) -> Possible:
    """``found`` with the values that completions get, each confirmed by the reference resolution."""
    left = solver.left
    values: list[Value | None] = []
    try:
        bearing = left.bearing(*left.telling())
        first = solver.find(bearing)
        if first is None:
            raise InternalError(f"internal error: a verdict, and no completion with it on {left.question}")
        values += left.reply(first).values
        differs = negation(left.shows(values))
        other = solver.find([differs, *bearing])
        if other is None:
            return evolve(found, values=tuple(values))
        new = left.reply(other).values
        if set(new) == set(values):
            raise InternalError(f"internal error: no other values: {left.completed(other)}")
        values += [value for value in new if value not in values]
        while len(values) < _MOST:
            other = solver.find([another_value(left.shown, left.constant(values)), *bearing])
            if other is None:
                break
            new = tuple(value for value in left.reply(other).values if value not in values)
            if not new:
                raise InternalError(f"internal error: no other value: {left.completed(other)}")
            values += new
    except Unanswered as reason:
        reasons = tuple(dict.fromkeys((*found.undecided, str(reason))))
        return evolve(found, undecided=reasons, values=_in_order(values, left)[:_MOST], one_answer=False)
    return evolve(found, values=_in_order(values, left)[:_MOST], one_answer=False)


def _in_order(values: Iterable[Value | None], left: Incomplete) -> tuple[Value | None, ...]:
    """Along the scale or in size; what is left open comes last."""
    assert isinstance(left.question, WhichValue)
    type_ = left.corpus.outcomes[left.question.outcome].type
    given = [each for each in values if each is not None]
    members = type_.members if isinstance(type_, Enumeration) else ()
    ordered = sorted(given, key=lambda each: members.index(each) if isinstance(each, str) else each)
    return (*ordered, *(None for each in values if each is None))


def verdicts_left(solver: Solver) -> Possible:
    """As ``possible_verdicts``, of a case that is already worked in, and without the values."""
    found: list[Verdict] = []
    undecided: list[str] = []
    try:
        if not solver.consistent():
            return Possible((), contradicted=solver.left.contradicted())
    except Unanswered as reason:
        undecided.append(str(reason))
    for verdict in solver.left.verdicts:
        try:
            if solver.find_verdict(verdict) is not None:
                found.append(verdict)
        except Unanswered as reason:
            undecided.append(str(reason))
    if not found and not undecided:
        raise InternalError(f"internal error: completions without a verdict on {solver.left.question}")
    return Possible(tuple(found), tuple(dict.fromkeys(undecided)))


def possible_grounds(
    question: Question, corpus: Corpus, defeats: Defeats, context: Context, backend: smt.Backend
) -> Grounds:
    """Which norms stand in all completions, and which in some; arguments as of ``possible_verdicts``."""
    left = incomplete(question, corpus, defeats, context)
    solver = Solver.of(left, backend)
    certain: list[str] = []
    open_: list[str] = []
    many: list[str] = []
    positions: dict[str, tuple[EvaluatedPosition, ...]] = {}
    try:
        if not solver.consistent():
            return Grounds((), ())
        for norm in left.norms:
            stands = left.stands(norm)
            if not solver.can_hold([stands, *left.bearing(stands)]):
                continue
            fails = negation(stands)
            (open_ if solver.can_hold([fails, *left.bearing(fails)]) else certain).append(norm.id)
            taken = tuple(islice(_positions(norm, stands, solver), _MOST + 1))
            positions[norm.id] = taken[:_MOST]
            if len(taken) > _MOST:
                many.append(norm.id)
    except Unanswered as reason:
        return Grounds(tuple(certain), tuple(open_), positions, tuple(many), (str(reason),))
    return Grounds(tuple(certain), tuple(open_), positions, tuple(many))


def _positions(norm: Norm, stands: Expr, solver: Solver) -> Iterator[EvaluatedPosition]:
    """The positions that ``norm`` stands with, one completion after the other."""
    others: list[Expr] = []
    while (witness := solver.find([stands, *others, *solver.left.bearing(stands, *others)])) is not None:
        standing = dict(solver.left.resolved(witness).standing)
        if norm.id not in standing:
            raise InternalError(f"internal error: {norm.id} does not stand: {solver.left.completed(witness)}")
        yield standing[norm.id]
        others.append(negation(_taken(norm, standing[norm.id], solver.left)))


def _taken(norm: Norm, position: EvaluatedPosition, left: Incomplete) -> Expr:
    """The condition under which ``norm`` has that position."""
    match norm.position, position:
        case Answer(value), EvaluatedAnswer(found) if value is not None and found is not None:
            return _is(value, Const(found, check_type(value, left.wide)))
        case Span(start, end), EvaluatedSpan(first, last):
            return conjunction(_is(start, Const(first, Date())), _is(end, Const(last, Date())))
        case _:
            return TRUE


def _is(term: Expr, value: Const) -> Expr:
    if isinstance(term, Const):
        return TRUE if term.value == value.value else FALSE
    return Compare(Order.EQ, term, value)
