"""Values for some of the unknown under which a condition holds whatever the rest of it is.

Two questions take turns, one for values under which it can hold and one for a completion with them in which
it does not; each such completion must from then on be one in which it holds, or none at all. That it holds
whatever the rest is rests on the solver, and so does that there are no such values.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from guiju.compiler.kernel import Case, Context, Expr, conjunction, disjunction, negation
from guiju.compiler.partial import Partial
from guiju.decisions.asking import Solver, Unanswered

#: More rounds than this are not gone.
_ROUNDS = 40


@frozen
class Chosen:
    """What is to be chosen: these facts and records, and the date where it is open and ``today`` is set."""

    names: frozenset[str]
    today: bool = False


def chosen(
    solver: Solver,
    choice: Chosen,
    goal: Expr,
    assumed: Sequence[Expr],
    wanted: Sequence[Expr] = (),
) -> Context | None:
    """A choice under which ``assumed`` can hold and, wherever they do, ``goal`` holds.

    Args:
        solver: Asks about the case.
        choice: What is chosen; all else that is unknown may be anything.
        goal: What must hold.
        assumed: What is assumed of the world, as far as it is linked to ``goal``.
        wanted: Conditions on the choice alone.

    Returns:
        A case with the choice, and with one completion of the rest; None: there is no such choice.

    Raises:
        Unanswered: The budget, or the bound on the number of rounds, ended first.
    """
    learnt: list[Expr] = []
    for _ in range(_ROUNDS):
        found = solver.find([goal, *assumed, *wanted, *learnt])
        if found is None:
            return None
        with_choice = _with(solver, found, choice, chosen_part=True)
        against = solver.find([negation(with_choice.of(goal)), *(with_choice.of(each) for each in assumed)])
        if against is None:
            return found
        rest = _with(solver, _over(found, against), choice, chosen_part=False)
        learnt.append(disjunction(rest.of(goal), negation(conjunction(*(rest.of(each) for each in assumed)))))
    raise Unanswered(f"rounds: more than {_ROUNDS}")


def _with(solver: Solver, found: Context, choice: Chosen, *, chosen_part: bool) -> Partial:
    """The case with the choice that ``found`` makes, or with all the rest of ``found``."""
    left = solver.left
    known, case = left.context.case, found.case
    facts = {n: v for n, v in case.facts.items() if (n in choice.names) is chosen_part}
    records = {n: rows for n, rows in case.records.items() if (n in choice.names) is chosen_part}
    context = evolve(
        left.context,
        case=Case({**known.facts, **facts}, {**known.records, **records}),
        today=found.today,
    )
    return Partial(left.wide, context, today_open=choice.today and not chosen_part)


def _over(found: Context, against: Context) -> Context:
    """``against``, and what ``found`` says of what ``against`` does not."""
    facts = {**found.case.facts, **against.case.facts}
    return evolve(against, case=Case(facts, {**found.case.records, **against.case.records}))
