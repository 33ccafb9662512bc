"""The graph of a program evaluated where facts are unknown: three truth values, and every part looked at.

A generated program gives up at the first unknown fact that it touches. Most cases leave facts unknown that do
not matter; what can be said of them is said here, by the tables of ``docs/semantics.md`` §3, in one pass over
the graph and without generating anything. It is compared with the reference evaluator on random cases.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from guiju.compiler.evaluate import UNDEFINED, UNKNOWN
from guiju.compiler.kernel import Order
from guiju.compiler.native.nodes import QUANTIFIERS, STRICT, Node, Op, Operation, applied, compared

_ORDERS = {Op.EQ: Order.EQ, Op.LT: Order.LT, Op.LE: Order.LE}

#: Values by the number of their node; a value, UNDEFINED or UNKNOWN.
_Values = dict[int, Any]


@frozen(eq=False)
class Kleene:
    """Evaluates ``roots`` and everything below them; ``kleene`` makes one.

    Attributes:
        roots: What is asked for.
        plan: The nodes below them that speak of no row, arguments first.
        filters: For each quantifier, the nodes of its filter that speak of the row, arguments first.
        calls: The functions behind the calls.
    """

    roots: tuple[Node, ...]
    plan: tuple[Node, ...]
    filters: Mapping[int, tuple[Node, ...]]
    calls: Mapping[Op, Operation]
    _fixed: _Values = field(factory=dict)

    def values(
        self,
        facts: Mapping[str, Any],
        records: Mapping[str, Sequence[Mapping[str, Any]]],
        today: dt.date,
        law_date: dt.date | None = None,
    ) -> list[Any]:
        """The value of each root, UNDEFINED or UNKNOWN.

        Raises:
            OutOfCalendar: Some part reached a day outside of the calendar; the reference may not have looked
                at it.
        """
        found = self._fixed.copy()
        for node in self.plan:
            op = node.op
            if op is Op.FACT:
                found[node.number] = facts.get(str(node.data), UNKNOWN)
            elif op in QUANTIFIERS:
                found[node.number] = self._quantified(node, found, records)
            elif op is Op.TODAY:
                found[node.number] = today
            elif op is Op.LAW_DATE:
                found[node.number] = law_date
            else:
                found[node.number] = self._of(node, found)
        return [found[root.number] for root in self.roots]

    def _of(self, node: Node, found: _Values) -> Any:
        """The value of ``node``, whose arguments have theirs."""
        op = node.op
        args = [found[arg.number] for arg in node.args]
        if op is Op.AND or op is Op.OR:
            decisive = op is Op.OR
            if decisive in args:
                return decisive
            return UNKNOWN if UNKNOWN in args else not decisive
        if op is Op.NOT:
            return UNKNOWN if args[0] is UNKNOWN else not args[0]
        if op is Op.IF:
            cond, then, orelse = args
            if cond is UNKNOWN:
                return then if then == orelse else UNKNOWN
            return then if cond else orelse
        if UNDEFINED in args:
            return UNDEFINED if op in STRICT else False
        if UNKNOWN in args:
            return UNKNOWN
        if op in STRICT:
            return applied(op, args, node.data, self.calls)
        if op is Op.IN:
            assert isinstance(node.data, tuple)
            return args[0] in node.data
        if op is Op.DEFINED:
            return True
        return compared(_ORDERS[op], args[0], args[1], node.data)

    def _quantified(
        self, node: Node, found: _Values, records: Mapping[str, Sequence[Mapping[str, Any]]]
    ) -> Any:
        assert isinstance(node.data, tuple)
        if node.op is Op.AT_LEAST:
            threshold, record = node.data
            rows = records.get(str(record))
            if rows is None:
                return UNKNOWN
            holding = [self._holds(node, row, found) for row in rows]
            assert isinstance(threshold, int)
            if sum(each is True for each in holding) >= threshold:
                return True
            return UNKNOWN if sum(each is not False for each in holding) >= threshold else False
        latest, record, name = node.data
        rows = records.get(str(record))
        if rows is None:
            return UNKNOWN
        kept = [(self._holds(node, row, found), row.get(str(name), UNKNOWN)) for row in rows]
        return _extreme(bool(latest), [(holds, day) for holds, day in kept if holds is not False])

    def _holds(self, node: Node, row: Mapping[str, Any], found: _Values) -> Any:
        """Whether ``row`` passes the filter of a quantifier."""
        inside = self.filters[node.number]
        if not inside:
            return found[node.args[0].number]
        here = dict(found)
        for part in inside:
            if part.op is Op.FIELD:
                assert isinstance(part.data, tuple)
                here[part.number] = row.get(str(part.data[1]), UNKNOWN)
            else:
                here[part.number] = self._of(part, here)
        return here[node.args[0].number]


def kleene(roots: Sequence[Node], calls: Mapping[Op, Operation]) -> Kleene:
    """What evaluates ``roots``, nodes of one graph; ``calls`` are that graph's."""
    below = sorted(_below(roots), key=lambda node: node.number)
    plain = [node for node in below if not node.in_row]
    return Kleene(
        roots=tuple(roots),
        plan=tuple(node for node in plain if node.op is not Op.CONST),
        filters={n.number: _filter(n) for n in below if n.op in QUANTIFIERS},
        calls=calls,
        fixed={node.number: node.data for node in below if node.op is Op.CONST},
    )


def _filter(quantifier: Node) -> tuple[Node, ...]:
    inside = [node for node in _below(quantifier.args) if node.in_row]
    return tuple(sorted(inside, key=lambda node: node.number))


def _below(roots: Iterable[Node]) -> set[Node]:
    found = set(roots)
    pending = list(found)
    while pending:
        for arg in pending.pop().args:
            if arg not in found:
                found.add(arg)
                pending.append(arg)
    return found


def _extreme(latest: bool, possible: list[tuple[Any, Any]]) -> Any:
    """The earliest or latest day of the rows that count; each with whether it surely does."""
    if not possible:
        return UNDEFINED
    certain = [day for holds, day in possible if holds is True]
    days = [day for _, day in possible]
    if not certain or UNKNOWN in days:
        return UNKNOWN
    pick = max if latest else min
    found = pick(certain)
    return found if found == pick(days) else UNKNOWN
