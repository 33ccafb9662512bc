"""A cell to the plain JSON value that it stands for. Whether that is a value of the fact, ``cases`` says.

An empty cell is *unknown*, as null is in JSON. Nothing is repaired: what is no value of its type stays what
it is and is refused as such.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from guiju.compiler.kernel import Boolean, Date, Integer, Type
from guiju.decisions.json_input import parse_text

#: The spellings of truth values: those of JSON, of spreadsheets and of data frames.
TRUTHS: Final[Mapping[str, bool]] = {
    spelling: value
    for value in (True, False)
    for spelling in (str(value).lower(), str(value).upper(), str(value))
}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_LONGEST_NUMBER = 40


def from_text(text: str, type_: Type) -> object:
    """What a cell of a text file stands for, where a fact of ``type_`` is expected; None: it is empty.

    >>> from_text("true", Boolean()), from_text("12.50", Integer(0, 10000, "元", 2))
    (True, Decimal('12.50'))
    """
    if not text:
        return None
    match type_:
        case Boolean():
            return TRUTHS.get(text, text)
        case Integer() if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
            return Decimal(text)
        case _:
            return text


def record_from_text(text: str) -> object:
    """The rows that a cell writes as JSON, ``[{"日期": "2025-03-01"}]``.

    Raises:
        InvalidInput: It is not JSON.
    """
    return parse_text(text) if text else None


def from_typed(value: object, type_: Type) -> object:
    """What a cell that has a type of its own stands for: a moment at midnight is that day."""
    if isinstance(type_, Date) and isinstance(value, dt.datetime):
        midnight = value.tzinfo is None and value.time() == dt.time()
        return value.date() if midnight else value
    return value


def record_from_typed(value: object, fields: Mapping[str, Type]) -> object:
    """The rows in a cell: a list of structs, or JSON."""
    if isinstance(value, str):
        return record_from_text(value)
    if not isinstance(value, list):
        return value
    return [
        {name: from_typed(each, fields[name]) if name in fields else each for name, each in row.items()}
        if isinstance(row, Mapping)
        else row
        for row in value
    ]
