"""Columns as they stand in a file to columns of values, in the SQL of DuckDB.

What is written here may refuse more than ``cells`` and ``cases`` do, never less: a value that it gives is the
one that they give, and a row of which it is not sure goes to them. So what is accepted is what they accept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pyarrow as pa  # type: ignore[import-untyped]  # it publishes no types
from attrs import frozen

from guiju.compiler.kernel import Boolean, Date, Enumeration, Integer, Type, Value
from guiju.decisions import units
from guiju.decisions.batch.cells import TRUTHS

_INT64 = range(-(2**63), 2**63)
_EXACT = 2**53  # below it every whole double is exact


@frozen
class Conversion:
    """The value of a cell, and the condition under which that is certain; both are SQL."""

    value: str
    certain: str


def fact(
    raw: str, type_: Type, stored: pa.DataType, texts: bool, horizon: tuple[dt.date, dt.date]
) -> Conversion:
    """The value of a fact in the column ``raw``.

    Args:
        raw: The column.
        type_: What the fact is.
        stored: What the column is.
        texts: Whether it is of a file of texts, where an empty one is empty.
        horizon: The days that a case may name.
    """
    given = f"nullif({raw}, '')" if texts else raw
    found = _value(given, type_, stored, texts, horizon)
    if found is None:
        return Conversion(f"CAST(NULL AS {sql_type(type_)})", f"{given} IS NULL")
    return Conversion(found, f"({given} IS NULL OR {found} IS NOT NULL)")


def record(
    raw: str, fields: Mapping[str, Type], stored: pa.DataType, horizon: tuple[dt.date, dt.date]
) -> Conversion:
    """The rows of a record in the column ``raw``, which is a list of structs or NULL."""
    empty = f"CAST([] AS {record_type(fields)})"
    is_list = pa.types.is_list(stored) or pa.types.is_large_list(stored)
    if not is_list or not pa.types.is_struct(stored.value_type):
        return Conversion(f"CAST(NULL AS {record_type(fields)})", f"{raw} IS NULL")
    there = {one.name: one.type for one in stored.value_type}
    if not there.keys() <= fields.keys():  # a field that is none is wrong in every row
        return Conversion(f"CASE WHEN len({raw}) = 0 THEN {empty} END", f"({raw} IS NULL OR len({raw}) = 0)")
    values: list[str] = []
    wrong = ["row IS NULL"]
    for name, type_ in fields.items():
        cell = f"row.{quoted(name)}"
        found = _value(cell, type_, there[name], False, horizon) if name in there else None
        values.append(f"{quoted(name)} := {found or f'CAST(NULL AS {sql_type(type_)})'}")
        if name in there:
            wrong.append(f"({cell} IS NOT NULL AND {found} IS NULL)" if found else f"{cell} IS NOT NULL")
    rows = f"list_transform({raw}, lambda row: struct_pack({', '.join(values)}))"
    right = f"coalesce(len(list_filter({raw}, lambda row: {' OR '.join(wrong)})), 0) = 0"
    return Conversion(f"CAST({rows} AS {record_type(fields)})", right)


def day(raw: str, stored: pa.DataType, texts: bool, horizon: tuple[dt.date, dt.date]) -> Conversion:
    """The day in the column ``raw``, which must have one."""
    found = _value(raw, Date(), stored, texts, horizon)
    return Conversion(found or "CAST(NULL AS DATE)", f"{found} IS NOT NULL" if found else "FALSE")


def member(raw: str, members: Sequence[str], stored: pa.DataType) -> Conversion:
    """The one of ``members`` that the column ``raw`` must have."""
    found = _value(raw, Enumeration("", tuple(members)), stored, True, (dt.date.min, dt.date.max))
    return Conversion(found or "CAST(NULL AS VARCHAR)", f"{found} IS NOT NULL" if found else "FALSE")


def constant(value: Value) -> str:
    """A value as a literal."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return f"CAST({value} AS BIGINT)"
        case dt.date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return text(value)


def sql_type(type_: Type) -> str:
    """The SQL type of the values of ``type_``."""
    match type_:
        case Boolean():
            return "BOOLEAN"
        case Integer():
            return "BIGINT"
        case Enumeration():
            return "VARCHAR"
        case Date():
            return "DATE"


def record_type(fields: Mapping[str, Type]) -> str:
    """The SQL type of the rows of a record."""
    return f"STRUCT({', '.join(f'{quoted(name)} {sql_type(type_)}' for name, type_ in fields.items())})[]"


def arrow_type(type_: Type) -> pa.DataType:
    """The same for columns that are made in Python."""
    match type_:
        case Boolean():
            return pa.bool_()
        case Integer():
            return pa.int64()
        case Enumeration():
            return pa.string()
        case Date():
            return pa.date32()


def quoted(name: str) -> str:
    """``name`` as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """``value`` as a literal."""
    return "'" + value.replace("'", "''") + "'"


def _value(
    raw: str, type_: Type, stored: pa.DataType, texts: bool, horizon: tuple[dt.date, dt.date]
) -> str | None:
    """The value, NULL where it is not certain; None: it is certain nowhere."""
    is_text = pa.types.is_string(stored) or pa.types.is_large_string(stored)
    match type_:
        case Boolean() if texts:
            spelled = {truth: [s for s, value in TRUTHS.items() if value is truth] for truth in (True, False)}
            return (
                f"CASE WHEN {raw} IN ({_list(spelled[True])}) THEN TRUE "
                f"WHEN {raw} IN ({_list(spelled[False])}) THEN FALSE END"
            )
        case Boolean():
            return raw if pa.types.is_boolean(stored) else None
        case Enumeration(members=members):
            return f"CASE WHEN {raw} IN ({_list(members)}) THEN {raw} END" if is_text else None
        case Date():
            return _day(raw, stored, is_text, horizon)
        case Integer(low, high):
            if low not in _INT64 or high not in _INT64:
                return None
            number = _number(raw, type_.scale, stored, is_text, texts)
            if number is None:
                return None
            declared = units.of(type_)[0]
            held = number if declared.per == 1 else f"{number} * {declared.per}"
            return f"CASE WHEN {number} BETWEEN {declared.low} AND {declared.high} THEN {held} END"


def _day(raw: str, stored: pa.DataType, is_text: bool, horizon: tuple[dt.date, dt.date]) -> str | None:
    if is_text:
        is_day = f"regexp_full_match({raw}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')"
        found = f"CASE WHEN {is_day} THEN TRY_CAST({raw} AS DATE) END"
    elif pa.types.is_date(stored):
        found = f"CAST({raw} AS DATE)"
    elif pa.types.is_timestamp(stored) and stored.tz is None:
        found = f"CASE WHEN {raw} = date_trunc('day', {raw}) THEN CAST({raw} AS DATE) END"
    else:
        return None
    first, last = (constant(each) for each in horizon)
    return f"CASE WHEN {found} BETWEEN {first} AND {last} THEN {found} END"


def _number(raw: str, scale: int, stored: pa.DataType, is_text: bool, texts: bool) -> str | None:
    """The number in units of its last digit; NULL where it has more digits than those, or is none."""
    if pa.types.is_integer(stored):
        return f"TRY_CAST({raw} AS BIGINT)" if not scale else _scaled(f"CAST({raw} AS VARCHAR)", scale)
    if pa.types.is_float32(stored) or pa.types.is_float64(stored):
        double = f"CAST({raw} AS DOUBLE)"
        if scale:
            return _scaled(f"CAST({double} AS VARCHAR)", scale)
        whole = f"{double} = trunc({double}) AND abs({double}) < {_EXACT}"
        return f"CASE WHEN {whole} THEN CAST({double} AS BIGINT) END"
    if pa.types.is_decimal(stored):
        return _scaled(f"CAST({raw} AS VARCHAR)", scale)
    if is_text and (scale or texts):
        return _scaled(raw, scale)
    return None


def _scaled(numeral: str, scale: int) -> str:
    """A numeral without its point, filled up to ``scale`` digits after it."""
    digits = f"(\\.[0-9]{{1,{scale}}})?" if scale else ""
    is_numeral = f"regexp_full_match({numeral}, '-?(0|[1-9][0-9]{{0,17}}){digits}')"
    parts = f"split_part({numeral}, '.', 1) || rpad(split_part({numeral}, '.', 2), {scale}, '0')"
    return f"CASE WHEN {is_numeral} THEN TRY_CAST({parts if scale else numeral} AS BIGINT) END"


def _list(values: Sequence[str]) -> str:
    return ", ".join(map(text, values))
