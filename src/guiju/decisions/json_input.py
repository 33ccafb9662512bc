"""Bytes to plain JSON values, strictly: what another program would silently repair is a mistake here."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from attrs import frozen

from guiju.decisions.problems import InvalidInput, Problem
from guiju.dsl.source import Bilingual


@frozen
class Limits:
    """How much is read. ``digits``: of one number; ``depth``: of lists and objects inside one another."""

    size: int = 1_000_000
    depth: int = 16
    digits: int = 40


def parse(data: bytes, limits: Limits = Limits()) -> object:
    """The JSON value in ``data``: numbers with a point as ``Decimal``, objects without repeated names.

    Raises:
        InvalidInput: Too large, not UTF-8, not JSON, a name given twice, NaN, too deep, a number too long.
    """
    if len(data) > limits.size:
        _refuse(
            "too-large",
            f"超过 {limits.size} 字节",
            f"longer than {limits.size} bytes",
            f"at most {limits.size} bytes",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse("encoding", f"第 {error.start} 字节起不是 UTF-8", f"not UTF-8 at byte {error.start}", "UTF-8")
    return parse_text(text, limits)


def parse_text(text: str, limits: Limits = Limits()) -> object:
    """The same for text that is already decoded."""
    _check_depth(text, limits)

    def number(numeral: str) -> Decimal:
        _check_length(numeral, limits)
        try:
            return Decimal(numeral)
        except InvalidOperation:
            _refuse("number", f"{numeral[:20]} 超出范围", f"{numeral[:20]} is out of range", "a number")

    def integer(numeral: str) -> int:
        _check_length(numeral, limits)
        return int(numeral)

    def constant(name: str) -> NoReturn:
        _refuse("number", f"{name} 不是 JSON 的数", f"{name} is no number in JSON", "a number")

    try:
        found: object = json.loads(
            text,
            parse_float=number,
            parse_int=integer,
            parse_constant=constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        _refuse(
            "json",
            f"第 {error.lineno} 行第 {error.colno} 列不是 JSON",
            f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}",
            "JSON",
        )
    if "\\u" in text:
        _check_characters(found)
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            _refuse(
                "duplicate-key", f"“{name}”给出了两次", f"{name!r} is given twice", "each name at most once"
            )
        found[name] = value
    return found


def _check_characters(value: object) -> None:
    """Half of a pair of surrogates is no character: it could not be written down again."""
    match value:
        case str():
            if any("\ud800" <= char <= "\udfff" for char in value):
                _refuse("encoding", "文字里有半个代理对", "half a surrogate pair in a text", "Unicode text")
        case list():
            for each in value:
                _check_characters(each)
        case dict():
            for name, each in value.items():
                _check_characters(name)
                _check_characters(each)
        case _:
            pass


def _check_length(numeral: str, limits: Limits) -> None:
    if len(numeral) > limits.digits:
        _refuse(
            "number",
            f"数字超过 {limits.digits} 位",
            f"a number of more than {limits.digits} digits",
            f"at most {limits.digits} digits",
        )


def _check_depth(text: str, limits: Limits) -> None:
    """Before the parser sees it: its recursion is not ours to bound."""
    depth, quoted, escaped = 0, False, False
    if text.count("[") + text.count("{") <= limits.depth:
        return
    for char in text:
        if quoted:
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            if depth > limits.depth:
                _refuse(
                    "too-deep",
                    f"嵌套超过 {limits.depth} 层",
                    f"nested more than {limits.depth} deep",
                    f"at most {limits.depth} deep",
                )
        elif char in "]}":
            depth -= 1


def _refuse(code: str, zh: str, en: str, expected: str) -> NoReturn:
    raise InvalidInput([Problem("", code, Bilingual(zh, en), expected)])
