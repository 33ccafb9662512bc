"""What rests on a solver's word alone: that no case satisfies some conditions.

That there is a case is shown by the case, which is replayed. That there is none is a claim; whoever keeps the
claims can have them proved again by another solver.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from guiju.compiler.kernel import Corpus, Expr


@frozen(eq=False)
class Claim:
    """No case satisfies all of ``conditions``.

    Attributes:
        about: What was asked, in words for a list.
        corpus: What the conditions speak of.
        conditions: With those assumptions that the solver was given.
    """

    about: str
    corpus: Corpus
    conditions: tuple[Expr, ...]


#: Told of each claim as it is made.
Claims = Callable[[Claim], None]
