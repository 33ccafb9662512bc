"""Values of facts in words and in JSON: 是 and 否, numbers with their unit, exact decimals, dates.

A decimal is held in the kernel as a whole number (``Integer.scale`` digits); it is shown exactly, never
through a float.
"""

from __future__ import annotations

import datetime as dt

from guiju.checker.report.words import DURATION, TRUTH
from guiju.compiler.kernel import Case, Corpus, Integer, Type, Value

JsonValue = bool | int | str


def in_words(value: Value, type_: Type | None, lang: str) -> str:
    """``value`` as a reader of the regulation would write it; ``type_`` None when it is not known."""
    if isinstance(value, bool):
        return TRUTH[value].in_language(lang)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and isinstance(type_, Integer):
        return _number(value, type_, lang)
    return str(value)


def in_json(value: Value, type_: Type | None) -> JsonValue:
    """``value`` for JSON: a day as ``YYYY-MM-DD``, an exact decimal as a string."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and isinstance(type_, Integer) and type_.scale:
        return decimal(value, type_.scale)
    return value


def decimal(value: int, scale: int) -> str:
    """The exact decimal numeral of ``value`` / 10 ** ``scale``.

    >>> decimal(-5, 2), decimal(1250, 2), decimal(7, 0)
    ('-0.05', '12.50', '7')
    """
    if scale == 0:
        return str(value)
    digits = str(abs(value)).rjust(scale + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"


def _number(value: int, type_: Integer, lang: str) -> str:
    """With its unit; a whole number of years as years, none of them where they were declared."""
    numeral = decimal(value, type_.scale)
    if type_.unit is None:
        return numeral
    if type_.unit == "months" and (value or type_.declared) and value % 12 == 0 and not type_.scale:
        years = value // 12
        return f"{years} 年" if lang == "zh" else f"{years} year{'s' if abs(years) != 1 else ''}"
    if type_.unit in DURATION:
        return f"{numeral} {DURATION[type_.unit].in_language(lang)}"
    return f"{numeral} {type_.unit}"


def fact_type(corpus: Corpus | None, name: str) -> Type | None:
    """The declared type of a fact, when the corpus is at hand and declares it."""
    fact = corpus.facts.get(name) if corpus is not None else None
    return fact.type if fact is not None else None


def field_type(corpus: Corpus | None, record: str, name: str) -> Type | None:
    """The declared type of a record's field, when the corpus is at hand and declares it."""
    declared = corpus.records.get(record) if corpus is not None else None
    return declared.fields.get(name) if declared is not None else None


def fact_order(case: Case, corpus: Corpus | None) -> list[str]:
    """The facts of ``case`` in the order of their declaration, undeclared ones by name at the end."""
    declared = list(corpus.facts) if corpus is not None else []
    position = {name: i for i, name in enumerate(declared)}
    return sorted(case.facts, key=lambda name: (position.get(name, len(declared)), name))
