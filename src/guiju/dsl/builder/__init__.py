"""From Lark's parse tree to our syntax tree: one function for each rule of ``grammar.lark``.

Trusts that the tree came out of that grammar. What the grammar cannot see (a day that does not exist, a
clause written twice, nesting without end) goes into the bag.
"""

from __future__ import annotations

import datetime as dt
from inspect import isfunction
from types import ModuleType
from typing import Any

from lark import Token, Tree

from guiju.dsl import tree as t
from guiju.dsl.builder import examples, expressions, instruments, rules, world
from guiju.dsl.builder.at import At
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Bilingual, Place

#: Deeper trees are refused: what follows walks them by recursion.
MAX_DEPTH = 100


def build(parsed: Tree[Token], file: str, bag: Bag) -> t.Declaration | None:
    """The declaration that ``parsed`` stands for; None, with a diagnostic, when it is nested too deeply."""
    try:
        declaration: t.Declaration = _build(parsed.children[0], file, bag, 0)
    except _TooDeep as deep:
        too_deep(deep.place, bag)
        return None
    return declaration


def too_deep(place: Place, bag: Bag) -> None:
    """Report that a declaration is nested more deeply than we go."""
    bag.error(
        "E109",
        place,
        "嵌套过深",
        "nested too deeply",
        Bilingual("请用“术语”给其中的部分起名", "give its parts names with 'term'"),
    )


class _TooDeep(Exception):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


def _functions(*modules: ModuleType) -> dict[str, Any]:
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isfunction(value) and value.__module__ == module.__name__
    }


_FUNCTIONS = _functions(world, instruments, rules, examples, expressions)


def _build(node: Tree[Token] | Token | None, file: str, bag: Bag, depth: int) -> Any:
    if isinstance(node, Tree):
        at = At(file, node.meta, bag)
        if depth > MAX_DEPTH:
            raise _TooDeep(at.place)
        return _FUNCTIONS[node.data](at, [_build(child, file, bag, depth + 1) for child in node.children])
    if node is None:
        return None
    place = Place(file, node.line or 1, node.column or 1, max(1, len(node)))
    match node.type:
        case "NAME":
            return t.Name(str(node), place)
        case "STRING":
            return t.Text(node[1:-1].strip(), place)
        case "DATE":
            return _date(node, place, bag)
        case _:
            return node


def _date(token: Token, place: Place, bag: Bag) -> t.DateLiteral:
    try:
        return t.DateLiteral(dt.date.fromisoformat(str(token)), place)
    except ValueError:
        bag.error("E106", place, f"没有 {token} 这一天", f"there is no day {token}")
        return t.DateLiteral(dt.date(2000, 1, 1), place)
