"""What a program says when the case does not tell what it needs to know."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.native.nodes import Node, Op


class Missing(Exception):
    """A fact, record or field that the case does not give was needed.

    Attributes:
        name: Its full name (``record.field`` of a field), where that is known.
    """

    def __init__(self, name: str | None) -> None:
        super().__init__(f"not given: {name}")
        self.name = name


def field_names(nodes: Iterable[Node]) -> dict[str, str]:
    """The full name of each field that ``nodes`` read, by its own; only those that no two records have."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for node in nodes:
        match node.op, node.data:
            case (Op.FIELD, (record, name)) | (Op.EXTREME, (_, record, name)):
                full = f"{record}.{name}"
                if found.setdefault(str(name), full) != full:
                    several.add(str(name))
            case _:
                pass
    return {name: full for name, full in found.items() if name not in several}
