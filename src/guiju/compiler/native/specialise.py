"""From kernel expressions to the graph of a program: place, readings and constants folded away.

What is left speaks of the case, the date and, where the setting is dated, the law date. Nothing here recurses
on the depth of an expression.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from guiju.compiler.kernel import (
    And,
    AtLeast,
    Compare,
    Const,
    Corpus,
    DaysBetween,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    InTerritory,
    Norm,
    Not,
    Or,
    Order,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Today,
    children,
    position_terms,
)
from guiju.compiler.native.nodes import QUANTIFIERS, Graph, Node, Op, below, is_endless, months
from guiju.compiler.native.setting import Setting, as_fact

_ASKING = QUANTIFIERS | {Op.FACT}  # what asks the case for something


@frozen
class Applies:
    """When a norm applies: both. ``force`` asks nothing of the case, and many norms have the same."""

    force: Node
    rest: Node


@frozen(eq=False)
class Specialiser:
    """Puts expressions of ``corpus`` into ``graph``. They must live as long as it does."""

    corpus: Corpus
    setting: Setting
    graph: Graph
    _done: dict[int, Node] = field(factory=dict)  # by the identity of the expression

    def of(self, expr: Expr) -> Node:
        """The node of ``expr`` in this setting."""
        done = self._done
        pending = [expr]
        while pending:
            here = pending[-1]
            if id(here) in done:
                pending.pop()
                continue
            parts = children(here)
            left = [part for part in parts if id(part) not in done]
            for part in reversed(left):
                if isinstance(part, (Const, FactRef)):  # most parts are: no need to come back to them
                    done[id(part)] = self._made(part, ())
                else:
                    pending.append(part)
            if pending[-1] is here:
                done[id(here)] = self._made(here, [done[id(part)] for part in parts])
        return done[id(expr)]

    def applies(self, norm: Norm) -> Applies:
        """When ``norm`` applies (``docs/semantics.md`` §5).

        A force that depends on the case is looked at after the guard and not before: a case in which nothing
        of the kind happened does not give the day on which it did.
        """
        if not self.corpus.within(self.setting.place, norm.territory):
            never = self.graph.constant(False)
            return Applies(never, never)
        force = self._force(norm)
        if force.op is Op.CONST and not force.data:
            return Applies(force, force)
        terms = [self.graph.defined(self.of(term)) for term in position_terms(norm.position)]
        guard = self.of(norm.guard)
        if any(node.op in _ASKING for node in below([force])):
            return Applies(self.graph.constant(True), self.graph.conjunction([guard, force, *terms]))
        return Applies(force, self.graph.conjunction([guard, *terms]))

    def _force(self, norm: Norm) -> Node:
        graph, instrument = self.graph, self.corpus.instruments[norm.instrument]
        day = graph.node(Op.LAW_DATE) if self.setting.dated else self.of(norm.law_date)
        start = None if instrument.start is None else self.of(instrument.start)
        end = None if instrument.end is None else self.of(instrument.end)
        bounds = [] if start is None else [graph.comparison(Order.LE, start, day, None)]
        if end is not None and not is_endless(end):
            bounds.append(graph.comparison(Order.LE, day, end, None))
        # A bound is false of an undefined date: without bounds the date itself has to be looked at.
        return graph.conjunction(bounds or [graph.defined(day)])

    def _made(self, expr: Expr, args: Sequence[Node]) -> Node:
        graph = self.graph
        match expr:
            case Const(value):
                return graph.constant(value)
            case FactRef(name):
                return graph.node(Op.FACT, data=name)
            case FieldRef(record, name):
                return graph.node(Op.FIELD, data=(record, name))
            case Compare(order, left):
                members = None if order is Order.EQ else self._scale(left)
                return graph.comparison(order, args[0], args[1], members)
            case Not():
                return graph.negation(args[0])
            case And():
                return graph.conjunction(args)
            case Or():
                return graph.disjunction(args)
            case ReadingRef(name):
                chosen = self.setting.readings.get(name)
                return graph.node(Op.FACT, data=as_fact(name)) if chosen is None else graph.constant(chosen)
            case Today():
                return graph.node(Op.TODAY)
            case InTerritory(territory):
                return graph.constant(self.corpus.within(self.setting.place, territory))
            case If():
                return graph.choice(*args)
            case Sum():
                return graph.strict(Op.SUM, args)
            case Times(factor):
                return graph.strict(Op.TIMES, args, factor)
            case ShiftMonths(clip=clip):
                return graph.strict(months(clip), args)
            case ShiftDays():
                return graph.strict(Op.DAYS, args)
            case ShiftWorkdays():
                return graph.strict(Op.WORKDAYS, args)
            case RollToWorkday():
                return graph.strict(Op.ROLL, args)
            case DaysBetween():
                return graph.strict(Op.BETWEEN, args)
            case AtLeast(threshold, record):
                if threshold == 0:
                    return graph.constant(True)  # whatever the rows are, and also where they are unknown
                return graph.node(Op.AT_LEAST, args, (threshold, record))
            case Extreme(latest, record, name):
                return graph.node(Op.EXTREME, args, (latest, record, name))

    def _scale(self, expr: Expr) -> tuple[str, ...] | None:
        """The members of the scale that the values of ``expr`` belong to; None for another type."""
        while isinstance(expr, If):
            expr = expr.then
        match expr:
            case Const(type=held):
                pass
            case FactRef(name):
                held = self.corpus.facts[name].type
            case FieldRef(record, name):
                held = self.corpus.records[record].fields[name]
            case _:
                return None  # readings have no order
        return held.members if isinstance(held, Enumeration) else None
