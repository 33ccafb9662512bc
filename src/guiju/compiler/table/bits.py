"""Sets of norms as bits: the ``n``-th norm of a question is bit ``n`` of a BIGINT, or of a further one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen
from sqlglot import exp

from guiju.compiler.table import sql
from guiju.compiler.table.sql import Sql, case, compared, literal

WORD = 62  # bits in a column: a sum of them stays positive
_AT_ONCE = 3  # norms whose lists are looked up together


@frozen
class Sets:
    """Columns that hold sets of ``count`` norms: of one name, or of several where they need more words."""

    count: int

    def words(self) -> range:
        return range(max(1, -(-self.count // WORD)))

    def columns(self, name: str) -> list[str]:
        """The columns of the set ``name``: itself, and numbered ones for further words."""
        return [name if word == 0 else f"{name}_{word}" for word in self.words()]

    def meets(self, name: str, members: Iterable[int]) -> Sql:
        """The set in the columns of ``name`` has one of ``members``."""
        found = [
            compared(exp.NEQ, _common(column, mask), literal(0))
            for column, mask in zip(self.columns(name), self._masks(members), strict=True)
            if mask
        ]
        return sql.any_of(found) if found else exp.false()

    def part(self, name: str, members: Iterable[int]) -> list[Sql]:
        """What the set ``name`` has of ``members``, by words."""
        masks = self._masks(members)
        return [_common(column, mask) for column, mask in zip(self.columns(name), masks, strict=True)]

    def of(self, holds: Callable[[int], Sql]) -> list[Sql]:
        """The set of those for which ``holds``, by words; NULL is not in it."""
        return [
            sql.total([_bit(holds(norm), norm) for norm in self._in_word(word) if holds(norm) != exp.false()])
            for word in self.words()
        ]

    def listed(self, name: str, items: Sequence[Sql], type_: str) -> Sql:
        """The items of the set's members, in their order. Literals are looked up several at once."""
        found: list[Sql] = []
        for word, column in enumerate(self.columns(name)):
            pending: list[int] = []
            for norm in self._in_word(word):
                if _is_fixed(items[norm]):
                    pending.append(norm)
                if len(pending) == _AT_ONCE or not _is_fixed(items[norm]):
                    found.extend(_looked_up(column, pending, items))
                    pending = []
                if not _is_fixed(items[norm]):
                    there = compared(exp.NEQ, _common(column, 1 << norm % WORD), literal(0))
                    found.append(case((there, sql.array([items[norm].copy()])), orelse=sql.array([])))
            found.extend(_looked_up(column, pending, items))
        joined = (
            found[0]
            if len(found) == 1
            else exp.ArrayConcat(this=found[0], expressions=found[1:])
            if found
            else sql.array([])
        )
        return exp.cast(joined, f"array<{type_}>")

    def _masks(self, members: Iterable[int]) -> list[int]:
        masks = [0 for _ in self.words()]
        for norm in members:
            masks[norm // WORD] |= 1 << norm % WORD
        return masks

    def _in_word(self, word: int) -> range:
        return range(word * WORD, min(self.count, (word + 1) * WORD))


def _looked_up(column: str, norms: Sequence[int], items: Sequence[Sql]) -> list[Sql]:
    """The list of the items of those of ``norms`` that are in the set: one literal for each part of them."""
    if not norms:
        return []
    lists: dict[int, list[Sql]] = {0: []}
    for norm in norms:
        lists |= {mask | 1 << norm % WORD: [*there, items[norm]] for mask, there in lists.items()}
    everything = max(lists)
    found = exp.Case(
        this=exp.Paren(this=_common(column, everything)),
        ifs=[
            exp.If(this=literal(mask), true=sql.array([item.copy() for item in there]))
            for mask, there in lists.items()
        ],
    )
    return [found]


def _common(column: str, mask: int) -> Sql:
    return exp.BitwiseAnd(this=exp.column(column), expression=literal(mask))


def _bit(holds: Sql, norm: int) -> Sql:
    bit = literal(1 << norm % WORD)
    return bit if holds == exp.true() else case((holds, bit), orelse=literal(0))


def _is_fixed(item: Sql) -> bool:
    return item.find(exp.Column) is None
