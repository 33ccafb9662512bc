"""From nodes to the source of a Python module: its functions, and the constants that they name.

Each quantifier is a function with a loop. So is a part that is nested too deeply for Python's parser, or
that is long and stands in several places. The source can be read, and names what it means in comments.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from guiju.compiler.native.nodes import QUANTIFIERS, Node, Op
from guiju.compiler.native.scope import ARGUMENTS, Scope, for_roots
from guiju.compiler.native.specialise import Applies

_DEEP = 20  # nodes below one another in one function: Python's parser allows about 100 parentheses
_LONG = 60  # nodes in a part that is not written twice


@frozen(eq=False)
class Writer:
    """Writes the functions of one module, which evaluate ``roots``.

    Attributes:
        outlined: The nodes that are functions of their own, with the names of these.
    """

    outlined: dict[Node, str]
    _constants: dict[str, str] = field(factory=dict)  # by how they are written: the name
    _lines: list[str] = field(factory=list)

    def source(self) -> str:
        """Everything that was written, constants first."""
        constants = [f"{name} = {text}" for text, name in self._constants.items()]
        return "\n".join([*constants, *self._lines, ""])

    def parts(self) -> None:
        """The functions of the outlined nodes, those that others call first."""
        for node in self.outlined:
            if node.op is Op.AT_LEAST:
                self._at_least(node)
            elif node.op is Op.EXTREME:
                self._extreme(node)
            else:
                self._part(node)

    def applying(self, norms: Sequence[tuple[str, Applies]]) -> None:
        """``applying``, which sets a bit for each of ``norms`` (by id) that applies.

        Norms of the same instrument and law date stand together, under one look at its force.
        """
        groups: dict[Node, list[tuple[int, str, Node]]] = {}
        for i, (name, applies) in enumerate(norms):
            groups.setdefault(applies.force, []).append((i, name, applies.rest))

        def write(scope: Scope) -> list[str]:
            lines: list[str] = []
            state = 0
            for force, members in groups.items():
                before = scope.written(force, state)
                certain = force.op is Op.CONST
                indent = "" if certain else "    "
                lines += [] if certain else [f"if {before.text}:"]
                state = before.true
                for i, name, rest in members:
                    found = scope.written(rest, state)
                    lines += [f"{indent}if {found.text}:  # {name!r}", f"{indent}    mask |= {1 << i:#x}"]
                    state = found.true & found.false
                if not certain:
                    state &= before.false
            return lines

        roots = [node for force, members in groups.items() for node in (force, *(m[2] for m in members))]
        scope = for_roots(roots, self.outlined, self.constant, write)
        self._guarded("applying", [*_opening(scope), "mask = 0", *write(scope), "return mask"])

    def returning(self, name: str, nodes: Sequence[Node], frame: str = "{}") -> None:
        """A function that returns the values of ``nodes``, put into the places of ``frame``."""

        def write(scope: Scope) -> list[str]:
            texts: list[str] = []
            state = 0
            for node in nodes:
                part = scope.written(node, state)
                texts.append(part.text)
                state = part.true & part.false
            return [f"return {frame.format(*texts)}"]

        scope = for_roots(nodes, self.outlined, self.constant, write)
        self._guarded(name, [*_opening(scope), *write(scope)])

    def constant(self, value: object) -> str:
        """How ``value`` is written; a date, and the places of a scale's members, by a name."""
        if isinstance(value, dt.date):
            text = f"date({value.year}, {value.month}, {value.day})"
            return self._constants.setdefault(text, f"day_{value:%Y%m%d}")
        if isinstance(value, tuple):
            text = repr({member: place for place, member in enumerate(value)})
            return self._constants.setdefault(text, f"places_{len(self._constants)}")
        return repr(value)

    def _guarded(self, name: str, body: Sequence[str]) -> None:
        self._lines.extend(
            (
                f"def {name}({ARGUMENTS}=None):",
                "    try:",
                *(f"        {line}" for line in body),
                "    except KeyError as unknown:",
                "        raise missing(unknown) from None",
            )
        )

    def _function(self, node: Node, body: Iterable[str]) -> None:
        row = ", row" if node.in_row else ""
        self._lines.append(f"def {self.outlined[node]}({ARGUMENTS}{row}):")
        self._lines.extend(f"    {line}" for line in body)

    def _part(self, node: Node) -> None:
        scope = for_roots([node], self.outlined, self.constant, lambda scope: scope.opened(node), opened=node)
        self._function(node, [*_opening(scope), f"return {scope.opened(node).text}"])

    def _at_least(self, node: Node) -> None:
        assert isinstance(node.data, tuple)
        threshold, record = node.data
        scope = self._filter(node)
        loop = [f"for row in records[{record!r}]:", f"    if {scope.written(node.args[0]).text}:"]
        if threshold == 1:
            body = [*loop, "        return True", "return False"]
        else:
            count = ["        count += 1", f"        if count == {threshold!r}:", "            return True"]
            body = ["count = 0", *loop, *count, "return False"]
        self._function(node, [*_opening(scope), *body])

    def _extreme(self, node: Node) -> None:
        assert isinstance(node.data, tuple)
        latest, record, name = node.data
        scope = self._filter(node)
        body = [
            "found = None",
            f"for row in records[{record!r}]:",
            f"    if {scope.written(node.args[0]).text}:",
            f"        day = row[{name!r}]",
            f"        if found is None or day {'>' if latest else '<'} found:",
            "            found = day",
            "return found",
        ]
        self._function(node, [*_opening(scope), *body])

    def _filter(self, node: Node) -> Scope:
        return for_roots(
            node.args, self.outlined, self.constant, lambda scope: scope.written(node.args[0]), looping=True
        )


def writer(roots: Iterable[Node]) -> Writer:
    """A writer for functions that evaluate ``roots``, with the functions that are behind them written."""
    made = Writer(_outlined(list(roots)))
    made.parts()
    return made


def _outlined(roots: Sequence[Node]) -> dict[Node, str]:
    """The parts of ``roots`` that become functions of their own, those that others call first."""
    uses = Counter(roots)
    nodes = set(roots)
    pending = list(nodes)
    while pending:
        for arg in pending.pop().args:
            uses[arg] += 1
            if arg not in nodes:
                nodes.add(arg)
                pending.append(arg)
    found: dict[Node, str] = {}
    depth: dict[Node, int] = {}  # of what is written in one function
    length: dict[Node, int] = {}
    for node in sorted(nodes, key=lambda node: node.number):
        depth[node] = 1 + max((depth[arg] for arg in node.args), default=0)
        length[node] = 1 + sum(length[arg] for arg in node.args)
        long = length[node] > _LONG and uses[node] > 1
        if node.op in QUANTIFIERS or depth[node] > _DEEP or long:
            found[node] = f"part_{node.number}"
            depth[node] = length[node] = 1
    return found


def _opening(scope: Scope) -> list[str]:
    first = scope.first_line()
    return [] if first is None else [first]
