"""Which step leads to which: one brings about what sets the other going, and both can be.

A link counts only where it can be walked: there is a case in which the first is called for, is done, and
the second is called for then. What the first brings about may have been otherwise before it was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from math import prod

from attrs import field, frozen

from guiju.checker.ask import Asker
from guiju.checker.chains.nearby import Nearby
from guiju.checker.chains.steps import Step, same_body, signs, steps
from guiju.checker.sanctions import conduct, mentioned
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    And,
    Boolean,
    Compare,
    Const,
    Corpus,
    Enumeration,
    Expr,
    FactRef,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    Order,
    Today,
    WhichValue,
    binds,
    conjunction,
    disjunction,
    rewritten,
)

#: In more ways than this, what a step brings about and asks for is not told apart: anything may have been.
_MOST_BEFORE = 16


@frozen
class Link:
    """``one`` leads to ``other`` by bringing about ``by``."""

    one: Step
    other: Step
    by: frozenset[str]


@frozen(eq=False)
class Links:
    """The steps of a corpus and what ties them to each other and to its norms.

    Attributes:
        corpus: Whose steps they are.
        steps: In the order of its norms.
        needing: For each fact and record, the norms that it sets going by holding, in their order.
        missing: For each fact, those that it sets going by not holding.
        matters: For each step, by its norm, what it is about.
    """

    corpus: Corpus
    steps: tuple[Step, ...]
    needing: dict[str, list[Norm]]
    missing: dict[str, list[Norm]]
    matters: dict[str, frozenset[Expr]]
    _steps_of: dict[str, Step]
    _set_going: Nearby = field(init=False)
    _alike: Nearby = field(init=False)

    @_set_going.default
    def _by_event(self) -> Nearby:
        """The norms by what sets them going, and whether by holding."""
        asked = [((name, True), n) for name, norms in self.needing.items() for n in norms]
        asked += [((name, False), n) for name, norms in self.missing.items() for n in norms]
        return Nearby.of(self.corpus, asked)

    @_alike.default
    def _by_matter(self) -> Nearby:
        """The steps by their rules and by what they are about."""
        norms = [step.norm for step in self.steps]
        return Nearby.of(self.corpus, ((key, n) for n in norms for key in (n.rule, *self.matters[n.id])))

    @classmethod
    def of(cls, corpus: Corpus) -> Links:
        """The links of ``corpus``."""
        found = steps(corpus)
        of_norm = {step.norm.id: step for step in found}
        needing: dict[str, list[Norm]] = {}
        missing: dict[str, list[Norm]] = {}
        for norm in corpus.norms:
            if not binds(norm) or not isinstance(norm.question, MayDo | WhichValue):
                continue
            step = of_norm.get(norm.id)
            asked = signs(norm.guard)
            holding = asked.holding | mentioned([norm.law_date]) if step is None else step.needs
            for name in sorted(holding):
                needing.setdefault(name, []).append(norm)
            for name in sorted(asked.failing):
                missing.setdefault(name, []).append(norm)
        matters = {name: matter(step.norm, corpus) for name, step in of_norm.items()}
        return cls(corpus, found, needing, missing, matters, of_norm)

    def step_of(self, norm: Norm) -> Step | None:
        """The step that ``norm`` is, if it is one."""
        return self._steps_of.get(norm.id)

    def following(self, step: Step) -> list[Norm]:
        """The norms, on one branch with it, that something which ``step`` brings about sets going."""
        brought = [(name, True) for name in sorted(step.brings)]
        brought += [(name, False) for name in sorted(step.ends)]
        return [norm for norm in self._set_going.meeting(brought, step.norm) if norm.id != step.norm.id]

    def beside(self, step: Step) -> list[Step]:
        """The steps, on one branch with it, of its own rule or on the same matter; it is one of them."""
        keys = (step.norm.rule, *self.matters[step.norm.id])
        return [self._steps_of[norm.id] for norm in self._alike.meeting(keys, step.norm)]

    def candidates(self) -> Iterator[Link]:
        """The pairs of steps of which one brings about what the other needs, whether or not it can be."""
        for step in self.steps:
            for norm in self.following(step):
                other = self.step_of(norm)
                if other is not None:
                    yield Link(step, other, step.brings & other.needs | step.ends & other.shuns)

    def feasible(self, asker: Asker) -> list[Link]:
        """The links that can be walked; those that could not be decided are left out and noted."""
        return [link for link in self.candidates() if leads(link.one, link.other.norm, asker) is True]

    def responses(self, step: Step, to: str, asker: Asker) -> Iterator[Norm]:
        """The norms by which something happens after ``step`` was handed to the authority ``to``.

        Those of its own rule that have the recipient act; those that it sets going: an act of the recipient
        or of nobody in particular, a value, a bar; and duties of the recipient on the same matter. What
        could not be decided counts: nobody is blamed on a guess.
        """
        corpus = self.corpus
        for norm in self.following(step):
            if _is_response(norm, to, corpus) and leads(step, norm, asker) is not False:
                yield norm
        for other in self.beside(step):
            if other.norm.id == step.norm.id or not other.bearer or not _acts(other.norm, to, corpus):
                continue
            if other.norm.rule == step.norm.rule or other.obliged:
                yield other.norm


def leads(step: Step, norm: Norm, asker: Asker) -> bool | None:
    """Whether ``norm`` can be called for after ``step`` was; None, and noted, where that is undecided."""
    what = f"{step.norm.id} → {norm.id}"
    return asker.possible(what, walked(step, norm, asker.corpus), (step.norm, norm))


def walked(step: Step, norm: Norm, corpus: Corpus) -> list[Expr]:
    """The conditions under which ``step`` was called for and done, and ``norm`` is called for then."""
    done = corpus.actions[step.deed.action].done
    return [
        InTerritory(step.norm.territory),
        InTerritory(norm.territory),
        in_turn(step.norm, norm, corpus),
        before(step, corpus),
        TRUE if done is None else done,
        norm.guard,
    ]


def in_turn(one: Norm, other: Norm, corpus: Corpus) -> Expr:
    """That ``other`` can apply once ``one`` does: its instrument has not ended before that of ``one`` begins.

    A norm that goes by the law of an earlier day applies after its instrument has ended.
    """
    start, end = corpus.instruments[one.instrument].start, corpus.instruments[other.instrument].end
    if one.instrument == other.instrument or start is None or end is None or other.law_date != Today():
        return TRUE
    return Compare(Order.LE, start, end)


def at_once(norms: Iterable[Norm], corpus: Corpus) -> Expr:
    """That all of ``norms`` can be in force on one day."""
    return conjunction(*(in_turn(one, other, corpus) for one, other in permutations(norms, 2)))


def before(step: Step, corpus: Corpus) -> Expr:
    """The guard of ``step``, whatever the facts that it brings about or ends were before: see ``_values``."""
    asked = mentioned([step.norm.guard])
    brought = [n for n in sorted((step.brings | step.ends) & asked) if _values(n, corpus)]
    if prod(len(_values(name, corpus)) for name in brought) > _MOST_BEFORE:
        return TRUE
    found = [step.norm.guard]
    for name in brought:
        found = [_with(each, name, value) for each in found for value in _values(name, corpus)]
    return disjunction(*found)


def conjuncts(expr: Expr) -> tuple[Expr, ...]:
    """The parts of ``expr`` that all have to hold."""
    return expr.args if isinstance(expr, And) else (expr,)


def matter(norm: Norm, corpus: Corpus) -> frozenset[Expr]:
    """The conditions of ``norm`` that speak of conduct: what it is about, its background left out."""
    return frozenset(part for part in conjuncts(norm.guard) if conduct([part], corpus))


def _is_response(norm: Norm, to: str, corpus: Corpus) -> bool:
    if isinstance(norm.question, WhichValue) or norm.position is Modality.FORBIDDEN:
        return True
    return _acts(norm, to, corpus)


def _acts(norm: Norm, to: str, corpus: Corpus) -> bool:
    """Whether ``norm`` is about an act of the authority ``to``, or of nobody in particular."""
    if not isinstance(norm.question, MayDo) or norm.position is Modality.FORBIDDEN:
        return False
    bearer = norm.question.deed.bearer
    return not bearer or same_body(bearer, to, corpus)


def _values(name: str, corpus: Corpus) -> tuple[Expr, ...]:
    """What a boolean or a fact of a kind or scale can be; nothing for what has no such few values."""
    match corpus.facts[name].type if name in corpus.facts else None:
        case Boolean():
            return (TRUE, FALSE)
        case Enumeration(members=members) as kind:
            return tuple(Const(member, kind) for member in members)
        case _:
            return ()


def _with(expr: Expr, name: str, value: Expr) -> Expr:
    return rewritten(expr, lambda part: value if part == FactRef(name) else part)


def joint(steps_: Iterable[Step], corpus: Corpus) -> Expr:
    """The condition under which each of ``steps_`` can be called for, whatever it brings about itself."""
    return conjunction(*(before(step, corpus) for step in steps_))
