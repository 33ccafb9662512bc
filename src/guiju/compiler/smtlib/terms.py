"""Terms of linear integer arithmetic as shared nodes, built only through constructors that fold constants.

A Boolean term is a ``bool`` or a node, an integer term an ``int`` or a node. Equal nodes are one object, so
a query is a graph and ``printing`` can write each shared node once. An integer node knows bounds of its
value, by which comparisons are decided where they can be; the bounds of a constant are asserted.

Trusted: what is stated about a fresh constant has a solution for all values of the others, so that it
defines and does not restrict. Each caller says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen


@frozen(eq=False)
class Node:
    """A term. ``args`` are nodes or literals; a constant has none. ``low`` and ``high`` bound an integer."""

    op: str
    args: tuple[Node | int, ...]
    truth: bool
    low: int = 0
    high: int = 0


Formula = bool | Node
Number = int | Node


def low(number: Number) -> int:
    """The least value that ``number`` can be seen to have."""
    return number if isinstance(number, int) else number.low


def high(number: Number) -> int:
    """The greatest value that ``number`` can be seen to have."""
    return number if isinstance(number, int) else number.high


class Terms:
    """The nodes, constants and statements of one query."""

    def __init__(self) -> None:
        self.constants: list[Node] = []
        self.statements: list[Formula] = []
        self._nodes: dict[tuple[object, ...], Node] = {}
        self._counts: dict[str, int] = {}

    def state(self, *formulas: Formula) -> None:
        """Say that ``formulas`` hold."""
        self.statements.extend(formulas)

    # --- Constants ---------------------------------------------------------------------------------

    def truth(self, kind: str) -> Node:
        """A fresh Boolean constant. ``kind`` is the first part of its name: letters only."""
        return self._constant(kind, True, 0, 0)

    def integer(self, kind: str, least: int, greatest: int) -> Number:
        """A fresh integer constant between two bounds; the literal where there is only one."""
        if least == greatest:
            return least
        made = self._constant(kind, False, least, greatest)
        self.state(self._node("<=", (least, made), True), self._node("<=", (made, greatest), True))
        return made

    def _constant(self, kind: str, truth: bool, least: int, greatest: int) -> Node:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        made = Node(f"{kind}.{self._counts[kind]}", (), truth, least, greatest)
        self.constants.append(made)
        return made

    def _node(
        self, op: str, args: tuple[Node | int, ...], truth: bool, least: int = 0, greatest: int = 0
    ) -> Node:
        key = (op, *(arg if isinstance(arg, Node) else (type(arg), arg) for arg in args))
        known = self._nodes.get(key)
        if known is None:
            known = self._nodes[key] = Node(op, args, truth, least, greatest)
        return known

    # --- Formulas ----------------------------------------------------------------------------------

    def neg(self, arg: Formula) -> Formula:
        if isinstance(arg, bool):
            return not arg
        inner = arg.args[0] if arg.op == "not" else None
        return inner if isinstance(inner, Node) else self._node("not", (arg,), True)

    def conj(self, *args: Formula) -> Formula:
        return self._joined("and", args, unit=True)

    def disj(self, *args: Formula) -> Formula:
        return self._joined("or", args, unit=False)

    def _joined(self, op: str, args: Sequence[Formula], unit: bool) -> Formula:
        kept: dict[Node, None] = {}
        for arg in args:
            if isinstance(arg, Node):
                kept[arg] = None
            elif arg is not unit:
                return not unit
        if any(self.neg(arg) in kept for arg in kept if arg.op == "not"):
            return not unit
        if len(kept) < 2:
            return next(iter(kept), unit)
        return self._node(op, tuple(kept), True)

    def implies(self, one: Formula, other: Formula) -> Formula:
        return self.disj(self.neg(one), other)

    def same(self, one: Formula, other: Formula) -> Formula:
        """Both hold or neither does."""
        if isinstance(one, bool):
            return other if one else self.neg(other)
        if isinstance(other, bool):
            return one if other else self.neg(one)
        return True if one is other else self._node("=", (one, other), True)

    def either(self, cond: Formula, then: Formula, orelse: Formula) -> Formula:
        """``then`` where ``cond`` holds, else ``orelse``."""
        if isinstance(cond, bool):
            return then if cond else orelse
        if then is orelse:
            return then
        if isinstance(then, bool):
            return self.disj(cond, orelse) if then else self.conj(self.neg(cond), orelse)
        if isinstance(orelse, bool):
            return self.disj(self.neg(cond), then) if orelse else self.conj(cond, then)
        return self._node("ite", (cond, then, orelse), True)

    # --- Numbers -----------------------------------------------------------------------------------

    def choose(self, cond: Formula, then: Number, orelse: Number) -> Number:
        """The number ``then`` where ``cond`` holds, else ``orelse``."""
        if isinstance(cond, bool):
            return then if cond else orelse
        if then is orelse or (isinstance(then, int) and isinstance(orelse, int) and then == orelse):
            return then
        bounds = min(low(then), low(orelse)), max(high(then), high(orelse))
        return self._node("ite", (cond, then, orelse), False, *bounds)

    def total(self, *args: Number) -> Number:
        """The sum of ``args``."""
        literal = sum(arg for arg in args if isinstance(arg, int))
        parts: tuple[Number, ...] = tuple(arg for arg in args if not isinstance(arg, int))
        if literal or not parts:
            parts = (*parts, literal)
        if len(parts) == 1:
            return parts[0]
        return self._node("+", parts, False, sum(map(low, parts)), sum(map(high, parts)))

    def times(self, factor: int, arg: Number) -> Number:
        """A literal multiple of ``arg``."""
        if isinstance(arg, int):
            return factor * arg
        if factor == 0:
            return 0
        if factor == 1:
            return arg
        bounds = sorted((factor * low(arg), factor * high(arg)))
        return self._node("*", (factor, arg), False, *bounds)

    def stepped(self, index: Number, values: Sequence[int], first: int = 0) -> Number:
        """The value at ``index``, the values being those from index ``first`` on: a balanced choice."""
        if isinstance(index, int):
            return values[index - first]
        if len(set(values)) == 1:
            return values[0]
        middle = len(values) // 2
        return self.choose(
            self.lt(index, first + middle),
            self.stepped(index, values[:middle], first),
            self.stepped(index, values[middle:], first + middle),
        )

    # --- Comparisons -------------------------------------------------------------------------------

    def le(self, one: Number, other: Number) -> Formula:
        if one is other or high(one) <= low(other):
            return True
        return False if low(one) > high(other) else self._node("<=", (one, other), True)

    def lt(self, one: Number, other: Number) -> Formula:
        return self.neg(self.le(other, one))

    def eq(self, one: Number, other: Number) -> Formula:
        if one is other or low(one) == high(one) == low(other) == high(other):
            return True
        if high(one) < low(other) or high(other) < low(one):
            return False
        return self._node("=", (one, other), True)

    def between(self, least: int, number: Number, greatest: int) -> Formula:
        """``number`` is one of ``least`` to ``greatest``."""
        return self.conj(self.le(least, number), self.le(number, greatest))

    def among(self, number: Number, values: Iterable[int]) -> Formula:
        """``number`` is one of ``values``: a disjunction over the runs of neighbours among them."""
        runs: list[tuple[int, int]] = []
        for value in sorted(set(values)):
            if runs and runs[-1][1] == value - 1:
                runs[-1] = (runs[-1][0], value)
            else:
                runs.append((value, value))
        return self.disj(*(self.eq(number, a) if a == b else self.between(a, number, b) for a, b in runs))
