"""One case at two places: what applies here, and what would apply there if everything but the place stayed.

A query is about one place. To ask about two, each expression is copied with its place put in
(``docs/semantics.md`` §9.4, remark b): that the place lies in a territory becomes true or false. What is left
speaks of the case, the date and the readings, which both places share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    And,
    Answer,
    Corpus,
    Expr,
    InTerritory,
    Not,
    Or,
    Position,
    Span,
    conjunction,
    disjunction,
    negation,
    rewritten,
    walk,
)


@frozen
class TwoPlaces:
    """``here`` and ``there``: neither lies in the other."""

    here: str
    there: str


def at(expr: Expr, place: str, corpus: Corpus) -> Expr:
    """``expr`` as it reads at ``place``: nothing of it asks for the place any more."""

    def change(part: Expr) -> Expr:
        match part:
            case InTerritory(territory):
                return TRUE if corpus.within(place, territory) else FALSE
            case And(args):
                return conjunction(*args)
            case Or(args):
                return disjunction(*args)
            case Not(arg):
                return negation(arg)
            case _:
                return part

    return rewritten(expr, change) if local(expr) else expr


def position(taken: Position, place: str, corpus: Corpus) -> Position:
    """The position ``taken`` as it reads at ``place``."""
    match taken:
        case Answer(value) if value is not None:
            return Answer(at(value, place, corpus))
        case Span(start, end):
            return Span(at(start, place, corpus), at(end, place, corpus))
        case _:
            return taken


def local(expr: Expr) -> bool:
    """Whether ``expr`` asks for the place."""
    return any(isinstance(e, InTerritory) for e in walk(expr))


def places(one: str, other: str, corpus: Corpus, terms: Sequence[Expr]) -> Iterator[TwoPlaces]:
    """The pairs of places, one in each of two territories, that can make a difference to ``terms``.

    First the territories themselves: of the places in a territory it is the one where the fewest norms apply.
    Places inside are worth asking about only where a term names a place.
    """
    yield TwoPlaces(one, other)
    if any(local(term) for term in terms):
        for here in _inside(one, corpus):
            for there in _inside(other, corpus):
                if (here, there) != (one, other):
                    yield TwoPlaces(here, there)


def _inside(territory: str, corpus: Corpus) -> list[str]:
    return [place for place in corpus.territories if corpus.within(place, territory)]
