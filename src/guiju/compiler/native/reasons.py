"""Which facts and records make a condition true, or false, in one case: the reasons of a decision.

Of a true conjunction all parts are reasons, of a true disjunction the first true part; of false ones the
other way round. What is named *suffices*: with nothing else known, the reference evaluator still gives the
same answer, because by Kleene's tables one falsity decides a conjunction and one truth a disjunction.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from guiju.compiler.kernel import Value
from guiju.compiler.native.nodes import Node, Op, Operation, applied

Facts = Mapping[str, Value]
Records = Mapping[str, Sequence[Mapping[str, Value]]]

_DEEPEST = 200  # nodes below one another that are taken apart: what is deeper counts with all that it names
_COMPARISONS: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.EQ: operator.eq,
    Op.LT: operator.lt,
    Op.LE: operator.le,
}


@frozen
class Frame:
    """What a program is run on, and the functions behind its calls."""

    facts: Facts
    records: Records
    today: dt.date
    law_date: dt.date | None
    calls: Mapping[Op, Operation]


def reasons(roots: Sequence[Node], frame: Frame) -> tuple[str, ...]:
    """The facts and records that suffice for the conjunction of ``roots`` to be what it is.

    In the order in which they are met, each once. A condition that is nested too deeply to be taken apart
    counts with all facts and records that it names and the case gives.

    Raises:
        KeyError: What was looked at is not given.
        OutOfCalendar: As the reference evaluator does.
    """
    if any(root.height > _DEEPEST for root in roots):
        return tuple(name for name in _named(roots) if name in frame.facts or name in frame.records)
    names: list[str] = []
    _all(roots, True, frame, None, names)
    return tuple(dict.fromkeys(names))


def _value(node: Node, frame: Frame, row: Mapping[str, Value] | None, names: list[str]) -> Value | None:
    """The value of ``node``, None where it is undefined; its reasons are appended to ``names``."""
    match node.op:
        case Op.FACT:
            assert isinstance(node.data, str)
            names.append(node.data)
            return frame.facts[node.data]
        case Op.CONST:
            assert not isinstance(node.data, tuple)
            return node.data
        case Op.FIELD:
            assert row is not None
            assert isinstance(node.data, tuple)
            return row[str(node.data[1])]
        case Op.TODAY:
            return frame.today
        case Op.LAW_DATE:
            return frame.law_date
        case Op.NOT:
            return not _value(node.args[0], frame, row, names)
        case Op.AND:
            return _all(node.args, True, frame, row, names)
        case Op.OR:
            return not _all(node.args, False, frame, row, names)
        case Op.IN:
            assert isinstance(node.data, tuple)
            return _value(node.args[0], frame, row, names) in node.data
        case Op.DEFINED:
            return _value(node.args[0], frame, row, names) is not None
        case Op.IF:
            chosen = node.args[1] if _value(node.args[0], frame, row, names) else node.args[2]
            return _value(chosen, frame, row, names)
        case Op.AT_LEAST:
            return _at_least(node, frame, names)
        case Op.EXTREME:
            return _extreme(node, frame, names)
        case _:
            return _of_terms(node, frame, row, names)


def _all(
    args: Sequence[Node], wanted: bool, frame: Frame, row: Mapping[str, Value] | None, names: list[str]
) -> bool:
    """Whether all of ``args`` are ``wanted``: the reasons are those of all of them, or of the first other."""
    start = len(names)
    for arg in args:
        here = len(names)
        if _value(arg, frame, row, names) is not wanted:
            del names[start:here]
            return False
    return True


def _of_terms(node: Node, frame: Frame, row: Mapping[str, Value] | None, names: list[str]) -> Value | None:
    """A comparison, or a strict term: one undefined argument is reason enough for what comes out."""
    compare = _COMPARISONS.get(node.op)
    start = len(names)
    args: list[Value] = []
    for arg in node.args:
        here = len(names)
        value = _value(arg, frame, row, names)
        if value is None:
            del names[start:here]
            return None if compare is None else False
        args.append(value)
    if compare is None:
        return applied(node.op, args, node.data, frame.calls)
    one, other = args
    if isinstance(node.data, tuple):  # the members of a scale, in order
        return compare(node.data.index(one), node.data.index(other))
    return compare(one, other)


def _at_least(node: Node, frame: Frame, names: list[str]) -> bool:
    """True for the rows that count, false for those that do not: the rows come with the record's name."""
    assert isinstance(node.data, tuple)
    threshold, record = node.data
    assert isinstance(record, str)
    names.append(record)
    counted: list[str] = []
    left_out: list[str] = []
    count = 0
    for row in frame.records[record]:
        found: list[str] = []
        holds = _value(node.args[0], frame, row, found)
        (counted if holds else left_out).extend(found)
        count += bool(holds)
        if count == threshold:
            names.extend(counted)
            return True
    names.extend(left_out)
    return False


def _extreme(node: Node, frame: Frame, names: list[str]) -> Value | None:
    assert isinstance(node.data, tuple)
    latest, record, name = node.data
    assert isinstance(record, str)
    assert isinstance(name, str)
    names.append(record)
    days: list[dt.date] = []
    for row in frame.records[record]:
        if _value(node.args[0], frame, row, names):
            day = row[name]
            assert isinstance(day, dt.date)
            days.append(day)
    if not days:
        return None
    return max(days) if latest else min(days)


def _named(roots: Sequence[Node]) -> list[str]:
    """The facts and records that ``roots`` name, in order."""
    found: dict[str, None] = {}
    seen: set[Node] = set()
    pending = list(reversed(roots))
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        if node.op is Op.FACT:
            found[str(node.data)] = None
        elif isinstance(node.data, tuple) and node.op in (Op.AT_LEAST, Op.EXTREME):
            found[str(node.data[1])] = None
        pending.extend(reversed(node.args))
    return list(found)
