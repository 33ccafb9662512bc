"""What a question is answered in a complete case: the verdict, and of an outcome the values as well.

Two answers are the same if both are: a value that depends on what is unknown is not known, though it is
certain that there is one. ``Shown`` says in the kernel which values an answer shows; it is the counterpart of
``guiju.compiler.combining``, as ``verdicts.Conditions`` is of ``verdicts.verdict``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Combination,
    Compare,
    Const,
    Expr,
    Norm,
    Order,
    Type,
    Value,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.verdicts import Verdict


@frozen
class Reply:
    """The answer in one complete case. ``values``: of an outcome, each once; None: left open by the text."""

    verdict: Verdict
    values: tuple[Value | None, ...] = ()

    def agrees(self, other: Reply) -> bool:
        """Whether both say the same; the order of values does not matter."""
        return self.verdict is other.verdict and set(self.values) == set(other.values)


@frozen
class Showing:
    """A value that an answer shows where ``condition`` holds; None: one that is left open by the text."""

    condition: Expr
    value: Expr | None

    def mapped(self, change: Callable[[Expr], Expr]) -> Showing:
        """The same of another case, or with more worked in: ``change`` is done to each expression."""
        return Showing(change(self.condition), None if self.value is None else change(self.value))

    def exprs(self) -> tuple[Expr, ...]:
        """The condition, and the term of the value."""
        return (self.condition,) if self.value is None else (self.condition, self.value)


#: All that the answer to one question may show.
Shown = tuple[Showing, ...]


def shown_values(norms: Iterable[Norm], stands: Callable[[Norm], Expr], combination: Combination) -> Shown:
    """When the answer shows the value of each of ``norms``, which answer one outcome.

    Args:
        norms: With their positions.
        stands: The condition under which each stands.
        combination: How their answers combine: along a scale, only one is shown unless one is left open.
    """
    standing = tuple(
        Showing(condition, norm.position.value)
        for norm in norms
        if isinstance(norm.position, Answer) and (condition := stands(norm)) != FALSE
    )
    if combination not in (Combination.STRICTEST, Combination.MILDEST):
        return standing
    left_open = disjunction(*(each.condition for each in standing if each.value is None))
    return tuple(
        Showing(
            conjunction(each.condition, disjunction(left_open, _outdoes(each, standing, combination))), value
        )
        for each in standing
        for value in [each.value]
    )


def constants(values: Iterable[Value | None], type_: Type) -> Shown:
    """What an answer with these values shows."""
    return tuple(Showing(TRUE, None if value is None else Const(value, type_)) for value in values)


def same_values(one: Shown, other: Shown) -> Expr:
    """The condition under which both show the same values."""
    return conjunction(*(_among(each, other) for each in one), *(_among(each, one) for each in other))


def another_value(shown: Shown, known: Shown) -> Expr:
    """The condition under which something is shown that is not among ``known``, which always are."""
    return disjunction(*(negation(_among(each, known)) for each in shown))


def _among(showing: Showing, others: Sequence[Showing]) -> Expr:
    """If it is shown, one of ``others`` is that has the same value."""
    alike = (conjunction(each.condition, _equal(showing.value, each.value)) for each in others)
    return disjunction(negation(showing.condition), *alike)


def _equal(one: Expr | None, other: Expr | None) -> Expr:
    if one is None or other is None:
        return TRUE if one is other else FALSE
    if isinstance(one, Const) and isinstance(other, Const):
        return TRUE if one.value == other.value else FALSE
    return Compare(Order.EQ, one, other)


def _outdoes(showing: Showing, standing: Shown, combination: Combination) -> Expr:
    """No other that stands lies beyond it on the scale."""
    return conjunction(
        *(
            disjunction(negation(each.condition), _not_beyond(each.value, showing.value, combination))
            for each in standing
            if each is not showing
        )
    )


def _not_beyond(one: Expr | None, other: Expr | None, combination: Combination) -> Expr:
    if one is None or other is None:
        return FALSE  # compared with nothing; what is left open is looked at before
    low, high = (one, other) if combination is Combination.STRICTEST else (other, one)
    return TRUE if low == high else Compare(Order.LE, low, high)
