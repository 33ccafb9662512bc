"""The graph that programs are written from: expressions specialised for a setting, each part held once.

Equal parts are one node, so that a part that several norms share is seen to be shared, and no step after
this one recurses on how deep a text is nested. Making a node simplifies it where the reference evaluator
says the same of both forms, also where facts are unknown (``docs/semantics.md`` §3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import ClassVar

from attrs import field, frozen

from guiju.compiler import days
from guiju.compiler.days import OutOfCalendar
from guiju.compiler.kernel import NEVER, Clip, Order, Value, WorkCalendar
from guiju.compiler.native.months import months_down, months_up


class Op(str):
    """What a node is, named as Python writes it where it does. Its ``data`` is in brackets.

    Not an ``Enum``: in Python 3.11 looking up a member of one costs a call, and a program is written, and
    explained, by asking each node what it is.
    """

    __slots__ = ()

    CONST: ClassVar[Op]  # (its value)
    FACT: ClassVar[Op]  # (its name)
    FIELD: ClassVar[Op]  # (record, field)
    TODAY: ClassVar[Op]
    LAW_DATE: ClassVar[Op]  # the one that the context gives
    NOT: ClassVar[Op]
    AND: ClassVar[Op]
    OR: ClassVar[Op]
    EQ: ClassVar[Op]
    LT: ClassVar[Op]  # (the members in order, of a scale; else None)
    LE: ClassVar[Op]  # likewise
    IN: ClassVar[Op]  # (values)
    DEFINED: ClassVar[Op]
    IF: ClassVar[Op]
    SUM: ClassVar[Op]
    TIMES: ClassVar[Op]  # (factor)
    MONTHS_DOWN: ClassVar[Op]
    MONTHS_UP: ClassVar[Op]
    DAYS: ClassVar[Op]
    WORKDAYS: ClassVar[Op]
    ROLL: ClassVar[Op]
    BETWEEN: ClassVar[Op]
    AT_LEAST: ClassVar[Op]  # (threshold, record)
    EXTREME: ClassVar[Op]  # (latest, record, field)


Op.CONST = Op("constant")
Op.FACT = Op("fact")
Op.FIELD = Op("field")
Op.TODAY = Op("today")
Op.LAW_DATE = Op("law date")
Op.NOT = Op("not")
Op.AND = Op("and")
Op.OR = Op("or")
Op.EQ = Op("==")
Op.LT = Op("<")
Op.LE = Op("<=")
Op.IN = Op("in")
Op.DEFINED = Op("is defined")
Op.IF = Op("if")
Op.SUM = Op("+")
Op.TIMES = Op("*")
Op.MONTHS_DOWN = Op("months_down")
Op.MONTHS_UP = Op("months_up")
Op.DAYS = Op("shift_days")
Op.WORKDAYS = Op("shift_workdays")
Op.ROLL = Op("roll_to_workday")
Op.BETWEEN = Op("days_between")
Op.AT_LEAST = Op("at least")
Op.EXTREME = Op("extreme")

Data = Value | tuple[object, ...] | None

#: The strict terms that are a call; their value is the name of the function.
CALLS = frozenset({Op.MONTHS_DOWN, Op.MONTHS_UP, Op.DAYS, Op.WORKDAYS, Op.ROLL, Op.BETWEEN})
#: The terms that are undefined where an argument is.
STRICT = CALLS | {Op.SUM, Op.TIMES}
QUANTIFIERS = frozenset({Op.AT_LEAST, Op.EXTREME})

_ORDERS = {Order.EQ: Op.EQ, Order.LT: Op.LT, Order.LE: Op.LE}
_CACHED = 4096  # answers about working days that a program remembers


@frozen(eq=False)
class Node:
    """A part of a program; two nodes of one graph are never equal.

    Attributes:
        op, args, data: What it is, of what.
        number: Its place in the graph, after those of its arguments.
        height: How many nodes stand below one another in it.
        partial: Whether it can be undefined.
        in_row: Whether it speaks of the row that a filter looks at.
    """

    op: Op
    args: tuple[Node, ...]
    data: Data
    number: int
    height: int
    partial: bool
    in_row: bool


Operation = Callable[..., Value]


def operations(calendar: WorkCalendar) -> dict[Op, Operation]:
    """The functions behind the calls. What they remember of ``calendar`` lives as long as the mapping."""
    return {
        Op.MONTHS_DOWN: months_down,
        Op.MONTHS_UP: months_up,
        Op.DAYS: days.shift_days,
        Op.WORKDAYS: lru_cache(_CACHED)(partial(days.shift_workdays, workdays=calendar)),
        Op.ROLL: lru_cache(_CACHED)(partial(days.roll_to_workday, workdays=calendar)),
        Op.BETWEEN: days.days_between,
    }


@frozen(eq=False)
class Graph:
    """All the nodes of one program. ``calls``: the functions behind the calls."""

    calls: Mapping[Op, Operation]
    _nodes: dict[tuple[object, ...], Node] = field(factory=dict)

    def nodes(self) -> list[Node]:
        """Every node, arguments first."""
        return list(self._nodes.values())

    def node(self, op: Op, args: Sequence[Node] = (), data: Data = None) -> Node:
        """The node of this content, as it is."""
        key = (op, type(data), data, *(arg.number for arg in args))
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = Node(
                op,
                tuple(args),
                data,
                number=len(self._nodes),
                height=1 + max((arg.height for arg in args), default=0),
                partial=_is_partial(op, args),
                in_row=op is Op.FIELD or (op not in QUANTIFIERS and any(arg.in_row for arg in args)),
            )
        return found

    def constant(self, value: Value) -> Node:
        return self.node(Op.CONST, data=value)

    def negation(self, arg: Node) -> Node:
        if arg.op is Op.NOT:
            return arg.args[0]
        return self.constant(not arg.data) if arg.op is Op.CONST else self.node(Op.NOT, (arg,))

    def conjunction(self, args: Iterable[Node]) -> Node:
        """Falsity decides, wherever it stands, as in Kleene's tables."""
        return self._joined(Op.AND, args, neutral=True)

    def disjunction(self, args: Iterable[Node]) -> Node:
        """Truth decides; equalities of one term with several constants become a question of membership."""
        return self._joined(Op.OR, self._memberships(args), neutral=False)

    def comparison(self, order: Order, left: Node, right: Node, members: tuple[str, ...] | None) -> Node:
        """``members``: those of the scale that both sides belong to, in order; None for another type."""
        if left.op is Op.CONST and right.op is Op.CONST:
            return self.constant(compared(order, left.data, right.data, members))
        if order is Order.EQ:
            return self._equality(left, right)
        if members is not None and right.op is Op.CONST:
            return self._among(left, [m for m in members if compared(order, m, right.data, members)])
        if members is not None and left.op is Op.CONST:
            return self._among(right, [m for m in members if compared(order, left.data, m, members)])
        return self.node(_ORDERS[order], (left, right), members)

    def defined(self, arg: Node) -> Node:
        """A constant and a date of the context are; of another term the case has to tell."""
        known = arg.op in (Op.CONST, Op.TODAY, Op.LAW_DATE)
        return self.constant(True) if known else self.node(Op.DEFINED, (arg,))

    def choice(self, cond: Node, then: Node, orelse: Node) -> Node:
        if cond.op is Op.CONST:
            return then if cond.data else orelse
        return self.node(Op.IF, (cond, then, orelse))

    def strict(self, op: Op, args: Sequence[Node], data: Data = None) -> Node:
        """A strict term; its value where its arguments are constants that it does not lead astray with."""
        if all(arg.op is Op.CONST for arg in args):
            try:
                return self.constant(applied(op, [arg.data for arg in args], data, self.calls))
            except OutOfCalendar:
                pass  # it fails where it is reached, as in the reference
        return self.node(op, args, data)

    def _among(self, term: Node, values: Sequence[Value]) -> Node:
        if len(values) == 1:
            return self.node(Op.EQ, (term, self.constant(values[0])))
        return self.node(Op.IN, (term,), tuple(values))

    def _equality(self, left: Node, right: Node) -> Node:
        if left is right:
            return self.defined(left)
        if left.op is Op.CONST:
            left, right = right, left
        if isinstance(right.data, bool) and right.op is Op.CONST:
            return left if right.data else self.negation(left)
        return self.node(Op.EQ, (left, right))

    def _joined(self, op: Op, args: Iterable[Node], neutral: bool) -> Node:
        flat: list[Node] = []
        for arg in args:
            flat.extend(arg.args if arg.op is op else (arg,))
        kept = [arg for arg in dict.fromkeys(flat) if arg.op is not Op.CONST or arg.data is not neutral]
        if any(arg.op is Op.CONST for arg in kept):
            return self.constant(not neutral)
        if not kept:
            return self.constant(neutral)
        return kept[0] if len(kept) == 1 else self.node(op, kept)

    def _memberships(self, args: Iterable[Node]) -> list[Node]:
        """``args`` with the later tests of a term against constants drawn to the first one."""
        found: list[Node] = []
        place: dict[Node, int] = {}
        for arg in args:
            values = _values(arg)
            if values is None:
                found.append(arg)
                continue
            term = arg.args[0]
            if term not in place:
                place[term] = len(found)
                found.append(arg)
                continue
            here = place[term]
            joined = dict.fromkeys((*(_values(found[here]) or ()), *values))
            found[here] = self.node(Op.IN, (term,), tuple(joined))
        return found


def applied(op: Op, args: Sequence[object], data: Data, calls: Mapping[Op, Operation]) -> Value:
    """The value of a strict term whose arguments have these values."""
    match op:
        case Op.SUM:
            return sum(_number(arg) for arg in args)
        case Op.TIMES:
            return _number(data) * _number(args[0])
        case _:
            return calls[op](*args)


def compared(order: Order, left: object, right: object, members: object) -> bool:
    """The comparison of two values; ``members`` of the scale that they belong to, None for another type."""
    if order is Order.EQ:
        return left == right
    if isinstance(members, tuple):
        left, right = members.index(left), members.index(right)
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return left < right if order is Order.LT else left <= right
    one, other = _number(left), _number(right)
    return one < other if order is Order.LT else one <= other


def months(clip: Clip) -> Op:
    """The operation that moves by months with this clipping."""
    return Op.MONTHS_DOWN if clip is Clip.DOWN else Op.MONTHS_UP


def below(roots: Iterable[Node]) -> list[Node]:
    """The nodes that ``roots`` are made of, themselves included, each once."""
    found = dict.fromkeys(roots)
    pending = list(found)
    while pending:
        for arg in pending.pop().args:
            if arg not in found:
                found[arg] = None
                pending.append(arg)
    return list(found)


def is_endless(node: Node) -> bool:
    """Whether ``node`` is the constant "no end"."""
    return node.op is Op.CONST and node.data == NEVER


def _is_partial(op: Op, args: Sequence[Node]) -> bool:
    if op is Op.EXTREME:
        return True
    if op is Op.IF:
        return args[1].partial or args[2].partial
    return op in STRICT and any(arg.partial for arg in args)


def _values(node: Node) -> tuple[object, ...] | None:
    """The constants that ``node`` tests its term against; None where it is not such a test."""
    if node.op is Op.IN:
        assert isinstance(node.data, tuple)
        return node.data
    if node.op is Op.EQ and node.args[1].op is Op.CONST:
        return (node.args[1].data,)
    return None


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
