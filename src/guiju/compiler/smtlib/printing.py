"""SMT-LIB 2.6 text of a query: constants, shared terms once and in the order they were built, statements."""

from __future__ import annotations

from guiju.compiler.smtlib.terms import Formula, Node, Terms


def printed(terms: Terms, conditions: list[Formula]) -> str:
    """The script that asks whether the statements of ``terms`` and ``conditions`` can hold together.

    A node that stands in several places is named by a constant that is asserted to equal it, and not by a
    ``define-fun``: so what a proof assumes are assertions of the script, and a proof checker finds them.
    """
    asserted = [*terms.statements, *conditions]
    order, uses = _reached(asserted)
    names: dict[Node, str] = {}
    texts: dict[Node, str] = {}
    lines = ["(set-info :smt-lib-version 2.6)", "(set-logic QF_LIA)"]
    lines += [f"(declare-const {made.op} {'Bool' if made.truth else 'Int'})" for made in terms.constants]

    def text(term: Node | int) -> str:
        if isinstance(term, bool):
            return "true" if term else "false"
        if isinstance(term, int):
            return str(term) if term >= 0 else f"(- {-term})"
        return names.get(term) or texts[term]

    for node in order:
        if not node.args:
            names[node] = node.op
            continue
        written = f"({node.op} {' '.join(text(arg) for arg in node.args)})"
        if uses[node] == 1:
            texts[node] = written
        else:
            names[node] = f"t.{len(names)}"
            lines.append(f"(declare-const {names[node]} {'Bool' if node.truth else 'Int'})")
            lines.append(f"(assert (= {names[node]} {written}))")
    lines += [f"(assert {text(each)})" for each in dict.fromkeys(asserted) if each is not True]
    return "\n".join([*lines, "(check-sat)", ""])


def _reached(asserted: list[Formula]) -> tuple[list[Node], dict[Node, int]]:
    """The nodes that ``asserted`` are made of, parts first, and in how many places each stands."""
    order: list[Node] = []
    uses: dict[Node, int] = {}
    for formula in dict.fromkeys(asserted):
        pending: list[tuple[Node | int, bool]] = [(formula, False)]
        while pending:
            node, done = pending.pop()
            if not isinstance(node, Node):
                continue
            if done:
                order.append(node)
                continue
            uses[node] = uses.get(node, 0) + 1
            if uses[node] == 1:
                pending.append((node, True))
                pending.extend((arg, False) for arg in reversed(node.args))
    return order, uses
