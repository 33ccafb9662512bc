"""The body of one generated function: nodes to Python expressions, with locals for what is used again.

A shared part is put into a local where it is first met, and read from there wherever it has *surely* been
met before: which locals are assigned is followed through ``and``, ``or``, ``not`` and ``if``, as a compiler
proves a variable assigned, apart for the outcomes true and false. So sharing never evaluates anything earlier
than the expression itself would. What is costly and shared is kept in a local in any case, and the local is
looked at first (``...`` stands for: not yet).

The text that comes out holds nothing from outside but constants as ``repr`` gives them; every identifier
is made up here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field, frozen

from guiju.compiler.native.nodes import CALLS, STRICT, Node, Op
from guiju.dsl.diagnostics import InternalError

#: What every generated function is given.
ARGUMENTS = "facts, records, today, law_date"

#: The operations that look whether an argument is undefined before they use it.
_LOOKING = STRICT | {Op.EQ, Op.LT, Op.LE}


class Binding:
    """How firmly the parts of a text hold together: as an operand, a looser one needs parentheses."""

    CHOICE = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    SUM = 5
    PRODUCT = 6
    ATOM = 7


@frozen
class Text:
    """A Python expression, and which locals are assigned after it: where it is true, where it is false."""

    text: str
    binding: int
    true: int
    false: int

    def within(self, binding: int) -> str:
        return f"({self.text})" if self.binding < binding else self.text


@frozen(eq=False)
class Scope:
    """The locals of one function; ``for_roots`` makes one.

    Attributes:
        outlined: The nodes that are functions of their own, with the names of these.
        constant: How a constant is written.
        bits: The nodes that have a local.
        kept: Those of them whose local is looked at first.
        read: Out: the nodes whose local was read after it had surely been assigned.
        met: Out: how often a node with a local was written where that was not sure.
    """

    outlined: Mapping[Node, str]
    constant: Callable[[object], str]
    bits: Mapping[Node, int]
    kept: frozenset[Node]
    read: set[Node] = field(factory=set)
    met: Counter[Node] = field(factory=Counter)

    def first_line(self) -> str | None:
        """The assignment that the function opens with; None where it needs none."""
        names = [self._local(node) for node in self.bits if node in self.kept]
        return " = ".join([*names, "..."]) if names else None

    def written(self, node: Node, state: int = 0) -> Text:
        """``node`` as Python, where the locals in ``state`` are assigned."""
        bit = self.bits.get(node)
        if bit is None:
            return self._plain(node, state)
        name = self._local(node)
        if state & bit:
            self.read.add(node)
            return Text(name, Binding.ATOM, state, state)
        self.met[node] += 1
        inner = self._plain(node, state)
        assigned = f"({name} := {inner.text})"
        if node in self.kept:
            looked_at = f"({name} if {name} is not ... else {assigned})"
            return Text(looked_at, Binding.ATOM, state | bit, state | bit)
        return Text(assigned, Binding.ATOM, inner.true | bit, inner.false | bit)

    def _local(self, node: Node) -> str:
        return f"v{node.number}"

    def _plain(self, node: Node, state: int) -> Text:
        """``node`` as Python, evaluated here."""
        if node in self.outlined:
            row = ", row" if node.in_row else ""
            return _atom(f"{self.outlined[node]}({ARGUMENTS}{row})", state)
        return self.opened(node, state)

    def opened(self, node: Node, state: int = 0) -> Text:
        """``node`` as Python, also where it is a function of its own: this is what that function returns."""
        match node.op:
            case Op.CONST:
                return _atom(self.constant(node.data), state)
            case Op.FACT:
                return _atom(f"facts[{node.data!r}]", state)
            case Op.FIELD:
                assert isinstance(node.data, tuple)
                return _atom(f"row[{node.data[1]!r}]", state)
            case Op.TODAY:
                return _atom("today", state)
            case Op.LAW_DATE:
                return _atom("law_date", state)
            case Op.NOT:
                return self._negation(node.args[0], state)
            case Op.AND:
                return self._joined(node.args, state, Binding.AND)
            case Op.OR:
                return self._joined(node.args, state, Binding.OR)
            case Op.EQ | Op.LT | Op.LE:
                return self._comparison(node, state)
            case Op.IN:
                return self._test(node.args[0], f"in {self._set(node)}", state)
            case Op.DEFINED:
                return self._test(node.args[0], "is not None", state)
            case Op.IF:
                return self._choice(node, state)
            case Op.AT_LEAST | Op.EXTREME:
                raise InternalError(f"internal error: a quantifier without a function: {node.data}")
            case _:
                return self._strict(node, state)

    def _joined(self, args: Sequence[Node], state: int, binding: int) -> Text:
        conjunction = binding is Binding.AND
        parts: list[str] = []
        early = -1  # what is assigned wherever the evaluation stops before the end
        for arg in args:
            part = self.written(arg, state)
            parts.append(part.within(binding + 1))
            state, stopped = (part.true, part.false) if conjunction else (part.false, part.true)
            early &= stopped
        if conjunction:
            return Text(" and ".join(parts), binding, state, early)
        return Text(" or ".join(parts), binding, early, state)

    def _negation(self, arg: Node, state: int) -> Text:
        if arg not in self.bits and arg not in self.outlined:
            if arg.op is Op.IN:
                return self._test(arg.args[0], f"not in {self._set(arg)}", state)
            if arg.op is Op.EQ and not all(side.partial for side in arg.args):
                return self._comparison(arg, state, "!=")
        inner = self.written(arg, state)
        return Text(f"not {inner.within(Binding.NOT)}", Binding.NOT, inner.false, inner.true)

    def _test(self, term: Node, test: str, state: int) -> Text:
        inner = self.written(term, state)
        after = inner.true & inner.false
        return Text(f"{inner.within(Binding.SUM)} {test}", Binding.COMPARISON, after, after)

    def _set(self, node: Node) -> str:
        assert isinstance(node.data, tuple)
        return f"{{{', '.join(map(self.constant, node.data))}}}" if node.data else "()"

    def _comparison(self, node: Node, state: int, sign: str | None = None) -> Text:
        """An atom, false where a side is undefined: ``None`` for Python, which equals only itself."""
        both = node.op is Op.EQ and node.args[0].partial and node.args[1].partial
        looked_at = node.args[:1] if both else () if node.op is Op.EQ else node.args
        guards, early, state = self._guards(looked_at, "is not None", state)
        left = self.written(node.args[0], state)
        right = self.written(node.args[1], left.true & left.false)
        after = right.true & right.false
        one, other = (part.within(Binding.SUM) for part in (left, right))
        if node.data is not None:  # of a scale: the members in order
            places = self.constant(node.data)
            one, other = f"{places}[{one}]", f"{places}[{other}]"
        atom = f"{one} {sign or node.op} {other}"
        if not guards:
            return Text(atom, Binding.COMPARISON, after, after)
        return Text(" and ".join([*guards, atom]), Binding.AND, after, early)

    def _choice(self, node: Node, state: int) -> Text:
        cond = self.written(node.args[0], state)
        then, orelse = self.written(node.args[1], cond.true), self.written(node.args[2], cond.false)
        text = f"{then.within(Binding.OR)} if {cond.within(Binding.OR)} else {orelse.within(Binding.CHOICE)}"
        return Text(text, Binding.CHOICE, then.true & orelse.true, then.false & orelse.false)

    def _strict(self, node: Node, state: int) -> Text:
        """A term that is undefined (``None``) where an argument is."""
        guards, early, state = self._guards(node.args, "is None", state)
        parts: list[str] = []
        inner = Binding.SUM if node.op is Op.SUM else Binding.PRODUCT
        for arg in node.args:
            part = self.written(arg, state)
            parts.append(part.text if node.op in CALLS else part.within(inner))
            state = part.true & part.false
        if node.op in CALLS:
            text, binding = f"{node.op}({', '.join(parts)})", Binding.ATOM
        elif node.op is Op.SUM:
            text, binding = " + ".join(parts), Binding.SUM
        else:
            text, binding = f"{self.constant(node.data)} * {parts[0]}", Binding.PRODUCT
        if not guards:
            return Text(text, binding, state, state)
        return Text(f"None if {' or '.join(guards)} else {text}", Binding.CHOICE, early, early)

    def _guards(self, args: Sequence[Node], test: str, state: int) -> tuple[list[str], int, int]:
        """Looks at those of ``args`` that can be undefined; what is assigned after the first, after all."""
        guards: list[str] = []
        early = -1
        for arg in dict.fromkeys(args):
            if arg.partial:
                look = self._test(arg, test, state)
                guards.append(look.text)
                state = look.true
                early &= state
        return guards, early, state


def for_roots(
    roots: Iterable[Node],
    outlined: Mapping[Node, str],
    constant: Callable[[object], str],
    write: Callable[[Scope], object],
    looping: bool = False,
    opened: Node | None = None,
) -> Scope:
    """The scope of a function that evaluates ``roots``, with the locals that it has a use for.

    Args:
        roots: What the function evaluates.
        outlined: The nodes that are functions of their own.
        constant: How a constant is written.
        write: Writes everything that the function evaluates; it is tried once to see what gets used.
        looping: The roots are evaluated anew for each row.
        opened: The root that is written out although it is a function of its own: this one.
    """

    def lasting(node: Node) -> bool:
        """Whether it is worth looking at a local: costly, and the same for each row."""
        return (node.op in CALLS or node in outlined) and not (looping and node.in_row)

    uses = _uses(list(roots), outlined, opened)
    candidates = [n for n, count in uses.items() if count > 1 or (looping and lasting(n))]
    candidates.sort(key=lambda node: node.number)
    kept = frozenset(filter(lasting, candidates))
    trial = Scope(outlined, constant, {node: 1 << i for i, node in enumerate(candidates)}, kept)
    write(trial)
    kept = frozenset(node for node in kept if looping or trial.met[node] > 1)
    bits = {node: 1 << i for i, node in enumerate(candidates) if node in trial.read or node in kept}
    return Scope(outlined, constant, bits, kept)


def _uses(roots: Sequence[Node], outlined: Mapping[Node, str], opened: Node | None) -> Counter[Node]:
    """How often the nodes written within ``roots`` are read; once more where one is looked at first."""
    uses = Counter(roots)
    seen: set[Node] = set()
    pending = list(roots)
    while pending:
        node = pending.pop()
        if node in seen or (node in outlined and node is not opened):
            continue
        seen.add(node)
        for arg in node.args:
            looked_at = arg.partial and node.op in _LOOKING
            uses[arg] += 2 if looked_at else 1
            pending.append(arg)
    for node in list(uses):
        if node.op in (Op.CONST, Op.TODAY, Op.LAW_DATE, Op.NOT):
            del uses[node]
    return uses


def _atom(text: str, state: int) -> Text:
    return Text(text, Binding.ATOM, state, state)
