"""A case as a caller writes it, to a case of the kernel; every mistake in it is found and placed.

In JSON a case is an object for each party, ``{"摊贩": {"年龄": 18, "处罚": [{"日期": "2025-03-01"}]}}``, or
the same with full names, ``{"摊贩.年龄": 18}``. A fact that is not given takes its declared default; without
one, and where null is given, it is unknown. A record that is not given has no rows; null is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from guiju.compiler.kernel import Case, Corpus, Value
from guiju.decisions.problems import Mistakes, pointer
from guiju.decisions.values import checked, shown

_T = TypeVar("_T")

Path = tuple[str | int, ...]
Rows = tuple[Mapping[str, Value], ...]


@frozen
class Given:
    """A case as it was given.

    Attributes:
        case: With the defaults of facts that were not given; records that were not given are empty.
        facts: The names of the facts and records that were given a value.
        unknown: Those that were given as null: not even a default is taken for them.
        told: The case as it was given, as JSON by full name, so that it can be asked again.
    """

    case: Case
    facts: frozenset[str]
    unknown: frozenset[str]
    told: Mapping[str, Any] = field(eq=False)

    @property
    def entities(self) -> frozenset[str]:
        """The parties that the case tells something of."""
        return frozenset(name.partition(".")[0] for name in (*self.facts, *self.unknown))


@frozen(eq=False)
class Reader:
    """Reads cases of one corpus, of which only the declarations are looked at."""

    corpus: Corpus
    _defaults: Mapping[str, Value] = field(init=False)
    _empty: Mapping[str, Rows] = field(init=False)

    @_defaults.default
    def _of_facts(self) -> dict[str, Value]:
        return {n: fact.default for n, fact in self.corpus.facts.items() if fact.default is not None}

    @_empty.default
    def _of_records(self) -> dict[str, Rows]:
        return dict.fromkeys(self.corpus.records, ())

    def read(self, data: object, at: Path = ()) -> Given:
        """The case that ``data``, plain JSON values, tells.

        Args:
            data: An object of objects, or of full names.
            at: Where ``data`` stands in what the caller sent, for the paths of problems.

        Raises:
            InvalidInput: With every problem that was found.
        """
        mistakes = Mistakes()
        facts: dict[str, Value] = {}
        records: dict[str, Rows] = {}
        unknown: set[str] = set()
        for name, value, path in self._members(data, at, mistakes):
            if name in facts or name in records or name in unknown:
                mistakes.add(path, "duplicate-key", f"“{name}”给出了两次", f"{name} is given twice")
            elif value is None:
                unknown.add(name)
            elif name in self.corpus.facts:
                type_ = self.corpus.facts[name].type
                found = checked(value, type_, self.corpus.horizon, path, mistakes)
                if found is not None:
                    facts[name] = found
            else:
                records[name] = tuple(self._rows(value, name, path, mistakes))
        mistakes.refuse()
        whole = Case({**self._defaults, **facts}, {**self._empty, **records})
        if unknown:
            whole = Case(_without(whole.facts, unknown), _without(whole.records, unknown))
        return Given(
            whole, frozenset({*facts, *records}), frozenset(unknown), self._told(facts, records, unknown)
        )

    def _told(
        self, facts: Mapping[str, Value], records: Mapping[str, Rows], unknown: Iterable[str]
    ) -> dict[str, Any]:
        """What was given, by full name."""
        told: dict[str, Any] = dict.fromkeys(sorted(unknown))
        told |= {name: shown(facts[name], self.corpus.facts[name].type) for name in sorted(facts)}
        for name in sorted(records):
            fields = self.corpus.records[name].fields
            told[name] = tuple(
                {field: shown(value, fields[field]) for field, value in row.items()} for row in records[name]
            )
        return told

    def _members(self, data: object, at: Path, mistakes: Mistakes) -> Iterator[tuple[str, object, str]]:
        """The facts and records in ``data`` by full name, with their paths."""
        corpus = self.corpus
        if not isinstance(data, Mapping):
            mistakes.add(pointer(*at), "type", "案情应是一个对象", "a case is an object", "object")
            return
        for key, value in data.items():
            if not isinstance(key, str):
                mistakes.add(pointer(*at), "type", "名称应是文字", "a name is a text", "text")
                continue
            path = pointer(*at, key)
            if key in corpus.facts or key in corpus.records:
                yield key, value, path
            elif key in corpus.entities and isinstance(value, Mapping):
                for inner, each in value.items():
                    if not isinstance(inner, str):
                        mistakes.add(path, "type", "名称应是文字", "a name is a text", "text")
                        continue
                    full, inside = f"{key}.{inner}", pointer(*at, key, inner)
                    if full in corpus.facts or full in corpus.records:
                        yield full, each, inside
                    else:
                        self._unknown(inside, full, mistakes)
            elif key in corpus.entities:
                mistakes.add(
                    path, "type", f"“{key}”之下应是一个对象", f"below {key} stands an object", "object"
                )
            else:
                self._unknown(path, key, mistakes)

    def _unknown(self, path: str, name: str, mistakes: Mistakes) -> None:
        """Note that there is no such party or fact."""
        names = [*self.corpus.facts, *self.corpus.records]
        entity, dot, _ = name.partition(".")
        if dot:
            code, zh, en = "unknown-fact", "事实", "fact"
            known = [each for each in names if each.startswith(f"{entity}.")] or names
        else:
            code, zh, en = "unknown-entity", "主体", "party"
            known = list(self.corpus.entities)
        hint = mistakes.hint(name, [*known, *names])
        shown = name if len(name) <= 40 else name[:39] + "…"
        listed = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
        mistakes.add(
            path, code, f"没有{zh}“{shown}”。{hint.zh}", f"there is no {en} {shown}{hint.en}", listed
        )

    def _rows(
        self, value: object, record: str, path: str, mistakes: Mistakes
    ) -> Iterator[Mapping[str, Value]]:
        fields = self.corpus.records[record].fields
        if not isinstance(value, list | tuple):
            mistakes.add(path, "type", f"“{record}”应是各行的列表", f"{record} is a list of rows", "array")
            return
        for number, row in enumerate(value):
            here = f"{path}/{number}"
            if not isinstance(row, Mapping):
                mistakes.add(here, "type", "一行应是一个对象", "a row is an object", "object")
                continue
            found: dict[str, Value] = {}
            for name, each in row.items():
                if not isinstance(name, str):
                    mistakes.add(here, "type", "名称应是文字", "a name is a text", "text")
                    continue
                inside = here + pointer(name)
                if name not in fields:
                    hint = mistakes.hint(name, fields)
                    mistakes.add(
                        inside,
                        "unknown-field",
                        f"“{record}”没有字段“{name[:40]}”。{hint.zh}",
                        f"{record} has no field {name[:40]}{hint.en}",
                        ", ".join(fields),
                    )
                elif each is not None:
                    one = checked(each, fields[name], self.corpus.horizon, inside, mistakes)
                    if one is not None:
                        found[name] = one
            yield found


def read(data: object, corpus: Corpus, at: Path = ()) -> Given:
    """``data`` read once; a ``Reader`` does it many times."""
    return Reader(corpus).read(data, at)


def _without(values: Mapping[str, _T], names: set[str]) -> dict[str, _T]:
    return {name: value for name, value in values.items() if name not in names}
