"""What a suite has to cover: conditions on a case, each with the words that say why one wants such a case."""

from __future__ import annotations

from attrs import frozen

from guiju.compiler.kernel import Expr
from guiju.dsl.source import Bilingual
from guiju.testing.suite import Criterion


@frozen(eq=False)
class Obligation:
    """One case that a criterion asks for: any in which all ``conditions`` hold.

    Attributes:
        criterion: Who asks.
        norms: The ids of the norms that it is about, the first of them first.
        conditions: Closed conditions of the kernel. Kept apart, so that where no case satisfies them it
            can be said which of them contradict each other.
        text: Why one wants the case, in a few words: "the day after the bar ends".
    """

    criterion: Criterion
    norms: tuple[str, ...]
    conditions: tuple[Expr, ...]
    text: Bilingual


@frozen(eq=False)
class Pair:
    """Two cases that differ in one clause of a guard, which alone decides it; all others are as they were.

    Attributes:
        norms: As of an obligation.
        one, other: What holds in the two cases; the clause is true in the first.
        same: The other clauses, each of which has one value in both.
        texts: Why one wants the first case, and the second.
    """

    norms: tuple[str, ...]
    one: tuple[Expr, ...]
    other: tuple[Expr, ...]
    same: tuple[Expr, ...]
    texts: tuple[Bilingual, Bilingual]
