"""The clauses of a guard, and when one of them alone decides it."""

from __future__ import annotations

from attrs import evolve, frozen

from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Const,
    Expr,
    If,
    InTerritory,
    Not,
    Or,
    conjunction,
    disjunction,
    negation,
)


@frozen(eq=False)
class Clause:
    """One place in a condition where a clause stands: a part that is no connective.

    Attributes:
        expr: The clause.
        steps: The way to it: which of the parts of each connective, from the outside.
    """

    expr: Expr
    steps: tuple[int, ...]


def clauses(condition: Expr) -> list[Clause]:
    """Every clause of ``condition``, each where it first stands."""
    found: dict[Expr, Clause] = {}
    _gather(condition, (), found)
    return list(found.values())


def _gather(expr: Expr, steps: tuple[int, ...], found: dict[Expr, Clause]) -> None:
    inner = parts(expr)
    if not inner and not isinstance(expr, Const):
        found.setdefault(expr, Clause(expr, steps))
    for number, part in enumerate(inner):
        _gather(part, (*steps, number), found)


def parts(expr: Expr) -> tuple[Expr, ...]:
    """The conditions that a connective joins; none for a clause.

    A choice between two terms is no connective, but one between two conditions is.
    """
    match expr:
        case And(args) | Or(args):
            return args
        case Not(arg):
            return (arg,)
        case If(cond, then, orelse) if is_condition(then) or is_condition(orelse):
            return (cond, then, orelse)
        case _:
            return ()


def is_condition(expr: Expr) -> bool:
    """Whether ``expr`` is known by its form to be a condition."""
    return expr in (TRUE, FALSE) or isinstance(expr, And | Or | Not) or _is_atom(expr)


def _is_atom(expr: Expr) -> bool:
    return isinstance(expr, AtLeast | Compare | InTerritory)


def assumed(condition: Expr, clause: Expr, value: bool) -> Expr:
    """``condition`` where ``clause`` is taken to be ``value``, wherever it stands."""
    if condition == clause:
        return TRUE if value else FALSE
    match condition:
        case And(args):
            return conjunction(*(assumed(arg, clause, value) for arg in args))
        case Or(args):
            return disjunction(*(assumed(arg, clause, value) for arg in args))
        case Not(arg):
            return negation(assumed(arg, clause, value))
        case If(cond, then, orelse) if parts(condition):
            return _chosen(*(assumed(part, clause, value) for part in (cond, then, orelse)))
        case _:
            return condition


def decides(condition: Expr, clause: Expr) -> Expr:
    """When ``clause`` alone decides ``condition``: it holds with the clause and not without, or reversely.

    It is the Boolean derivative. Where the clause stands in one part of a connective, the other parts must
    leave the decision to that part; only where it stands in several is the condition written out twice.
    """
    if condition == clause:
        return TRUE
    inner = parts(condition)
    holding = [number for number, part in enumerate(inner) if _contains(part, clause)]
    if not holding:
        return FALSE
    if len(holding) == 1 and not isinstance(condition, If):
        rest = [part for number, part in enumerate(inner) if number != holding[0]]
        left = rest if isinstance(condition, And) else [negation(part) for part in rest]
        return conjunction(*left, decides(inner[holding[0]], clause))
    with_it, without = assumed(condition, clause, True), assumed(condition, clause, False)
    return disjunction(conjunction(with_it, negation(without)), conjunction(without, negation(with_it)))


def _contains(condition: Expr, clause: Expr) -> bool:
    return condition == clause or any(_contains(part, clause) for part in parts(condition))


def conjuncts(condition: Expr) -> tuple[Expr, ...]:
    """The parts of a conjunction, a negated disjunction taken apart too; ``condition`` alone otherwise."""
    match condition:
        case And(args):
            return tuple(part for arg in args for part in conjuncts(arg))
        case Not(Or(args)):
            return tuple(part for arg in args for part in conjuncts(negation(arg)))
        case _:
            return () if condition == TRUE else (condition,)


def replaced(condition: Expr, steps: tuple[int, ...], by: Expr) -> Expr:
    """``condition`` with ``by`` at the place that ``steps`` lead to."""
    if not steps:
        return by
    inner = list(parts(condition))
    inner[steps[0]] = replaced(inner[steps[0]], steps[1:], by)
    match condition:
        case And() | Or():
            return evolve(condition, args=tuple(inner))
        case Not():
            return Not(inner[0])
        case _:
            assert isinstance(condition, If)
            return If(*inner)


def _chosen(cond: Expr, then: Expr, orelse: Expr) -> Expr:
    if cond in (TRUE, FALSE):
        return then if cond == TRUE else orelse
    return then if then == orelse else If(cond, then, orelse)
