"""What is asked of the solver, and beside it the same as the reference evaluator would say it.

The two share the norms and nothing else: the solver is given the checker's formulas, the reference applies
norms, takes positions and compares them by itself (``compiler/resolve``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from attrs import frozen

from guiju.checker.candidates import pairs
from guiju.compiler import formulas
from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, NonValue, Truth, all_hold, evaluate, negated, truth
from guiju.compiler.kernel import (
    Combination,
    Context,
    Corpus,
    Expr,
    Norm,
    Question,
    WhichValue,
    binds,
    conjunction,
    negation,
)
from guiju.compiler.resolve import Defeats, applicable, incompatible, position, resolve
from trust.domains import linked, symbols
from trust.searching import Said


@frozen
class Query:
    """``asked`` of the solver, ``said`` by the reference; ``kind`` and ``about`` say what it is.

    ``shows``: of a context in which all is so, what ``resolve`` must say of it.
    """

    kind: str
    about: str
    asked: tuple[Expr, ...]
    said: tuple[Said, ...]
    shows: tuple[Question, str, frozenset[str]] | None = None


def conflicts(corpus: Corpus) -> Iterator[Query]:
    """Of each two norms that may disagree: whether they ever do. No filter of pairs is trusted."""
    for one, other in pairs(corpus, filtered=False):
        disagree = _disagree(one, other, corpus)
        yield _query(
            "conflict", f"{one.id} × {other.id}", [_applies(one, corpus), _applies(other, corpus), disagree]
        )


def standing_conflicts(corpus: Corpus, defeats: Defeats) -> Iterator[Query]:
    """Of each two norms of which neither prevails: whether they disagree where no third norm silences one."""
    for one, other in pairs(corpus, filtered=False):
        if {(one.id, other.id), (other.id, one.id)} & defeats.keys():
            continue
        if corpus.combination(one.question) is not Combination.SINGLE:
            continue
        third = [_not(_beaten(w, n, corpus)) for n in (one, other) for w in _winners(n, corpus, defeats)]
        if third:
            said = [_applies(one, corpus), _applies(other, corpus), _disagree(one, other, corpus), *third]
            shows = (one.question, "conflict", frozenset((one.id, other.id)))
            yield _query("conflict that stands", f"{one.id} × {other.id}", said, shows)


def dead(corpus: Corpus) -> Iterator[Query]:
    """Of each norm: whether it ever applies."""
    for norm in filter(binds, corpus.norms):
        yield _query("dead", norm.id, [_applies(norm, corpus)])


def shadowed(corpus: Corpus, defeats: Defeats) -> Iterator[Query]:
    """Of each norm over which another prevails: whether it ever stands."""
    for norm in filter(binds, corpus.norms):
        winners = _winners(norm, corpus, defeats)
        if winners and corpus.combination(norm.question) is Combination.SINGLE:
            said = [_applies(norm, corpus), *(_not(_beaten(w, norm, corpus)) for w in winners)]
            shows = (norm.question, "standing", frozenset((norm.id,)))
            yield _query("shadowed", norm.id, said, shows)


def special(corpus: Corpus) -> Iterator[Query]:
    """Of each two norms that may disagree: whether the condition of one can hold without the other's."""
    for pair in pairs(corpus, filtered=False):
        for one, other in (pair, pair[::-1]):
            said = [_condition(one.guard, corpus), _not(_condition(other.guard, corpus))]
            yield _query("special", f"{one.id} ⊃ {other.id}", said)


def gaps(corpus: Corpus) -> Iterator[Query]:
    """Of each outcome that must have an answer: whether ever no norm gives one."""
    for outcome in corpus.outcomes.values():
        if outcome.domain is not None:
            question = WhichValue(outcome.name)
            silent = [_not(_applies(n, corpus)) for n in corpus.norms if n.question == question]
            said = [_condition(outcome.domain, corpus), *silent]
            yield _query("gap", outcome.name, said, (question, "gap", frozenset()))


def conditions(corpus: Corpus, random: Random, count: int) -> Iterator[Query]:
    """Of norms by chance, on any questions: whether one applies where another does not, or does too."""
    norms = [norm for norm in corpus.norms if binds(norm)]
    for _ in range(count if len(norms) > 1 else 0):
        one, other = random.sample(norms, 2)
        second = _applies(other, corpus)
        said = [_applies(one, corpus), random.choice((second, _not(second)))]
        yield _query("condition", f"{one.id}, {other.id}", said)


def every(corpus: Corpus, defeats: Defeats, random: Random, others: int) -> list[Query]:
    """All of these, with so many conditions by chance."""
    return [
        *conflicts(corpus),
        *standing_conflicts(corpus, defeats),
        *dead(corpus),
        *shadowed(corpus, defeats),
        *special(corpus),
        *gaps(corpus),
        *conditions(corpus, random, others),
    ]


def shown(query: Query, corpus: Corpus, defeats: Defeats, context: Context) -> bool:
    """Whether the answer to the question, worked out whole, is what ``query`` says of ``context``."""
    if query.shows is None:
        return True
    question, what, norms = query.shows
    answer = resolve(question, corpus, defeats, context)
    match what:
        case "conflict":
            return norms in map(frozenset, answer.conflicts)
        case "standing":
            return norms <= {norm for norm, _ in answer.standing}
        case _:
            return answer.gap


# --- Statements: an expression for the solver, and what the reference says ---------------------------------


@frozen
class _Statement:
    expr: Expr
    said: Said


def assumed(query: Query, corpus: Corpus) -> tuple[list[Expr], list[Said]]:
    """The assumptions that bear on ``query``, and the same as the reference says them."""
    exprs = linked(query.asked, corpus)
    return exprs, [_condition(expr, corpus).said for expr in exprs]


def _query(
    kind: str,
    about: str,
    said: Sequence[_Statement],
    shows: tuple[Question, str, frozenset[str]] | None = None,
) -> Query:
    return Query(kind, about, tuple(each.expr for each in said), tuple(each.said for each in said), shows)


def _names(expr: Expr) -> frozenset[str]:
    return frozenset(name for kind, name in symbols([expr]) if kind in ("fact", "record"))


def _condition(expr: Expr, corpus: Corpus) -> _Statement:
    return _Statement(expr, Said(lambda c: truth(evaluate(expr, corpus, c)), _names(expr)))


def _applies(norm: Norm, corpus: Corpus) -> _Statement:
    expr = formulas.applicable(norm, corpus)
    return _Statement(expr, Said(lambda c: applicable(norm, corpus, c), _names(expr)))


def _disagree(one: Norm, other: Norm, corpus: Corpus) -> _Statement:
    def holds(context: Context) -> Truth:
        first, second = position(one, corpus, context), position(other, corpus, context)
        if UNDEFINED in (first, second):
            return False
        if isinstance(first, NonValue) or isinstance(second, NonValue):
            return UNKNOWN
        return incompatible(first, second, Combination.SINGLE)

    expr = formulas.incompatible(one.position, other.position, Combination.SINGLE, corpus)
    return _Statement(expr, Said(holds, _names(expr)))


def _beaten(winner: Norm, loser: Norm, corpus: Corpus) -> _Statement:
    """``winner`` applies and disagrees with ``loser``."""
    applies, disagree = _applies(winner, corpus), _disagree(winner, loser, corpus)
    return _Statement(
        conjunction(applies.expr, disagree.expr),
        Said(
            lambda c: all_hold((applies.said.holds(c), disagree.said.holds(c))),
            applies.said.names | disagree.said.names,
        ),
    )


def _not(one: _Statement) -> _Statement:
    return _Statement(negation(one.expr), Said(lambda c: negated(one.said.holds(c)), one.said.names))


def _winners(norm: Norm, corpus: Corpus, defeats: Defeats) -> list[Norm]:
    over = {winner for winner, loser in defeats if loser == norm.id}
    return [each for each in corpus.norms if each.id in over and each.question == norm.question]
