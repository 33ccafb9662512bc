"""Canonical JSON: one text for one value, so that it has one digest.

Members are sorted by the code points of their names; no spaces; UTF-8. In strings only the quotation mark,
the backslash and the controls below the space are escaped: as two characters where JSON has that, else
as ``\\u`` with four lower-case digits. Whole numbers as digits, other numbers as the shortest text that gives
the same binary64, as Python writes it. What JSON cannot say (NaN, infinities, lone surrogates, names that are
no strings) is refused, never replaced.
"""

from __future__ import annotations

import json
import math
from typing import Final, NoReturn

from guiju.decisions.log.problems import NotCanonical

#: How deeply arrays and objects may stand in one another: far from what any parser's stack bears.
MAX_DEPTH: Final = 200


def canonical(value: object) -> str:
    """The canonical JSON of ``value``: None, bool, int, float, str, list, tuple, and dict with str as keys.

    Raises:
        NotCanonical: The value, or one inside it, is something else, or is nested more than ``MAX_DEPTH``.
    """
    if not _is_plain(value):
        _require_json(value)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(
            f"文本中有不成对的代理字符 U+{ord(error.object[error.start]):04X}，不能写成 UTF-8",
            f"a text has the lone surrogate U+{ord(error.object[error.start]):04X}, which UTF-8 cannot say",
        ) from None
    except (TypeError, ValueError) as error:
        _require_json(value)  # says where it is; if it finds nothing, a whole number has thousands of digits
        raise NotCanonical(f"不能写成 JSON：{error}", f"cannot be written as JSON: {error}") from None
    return text


def is_json(text: str) -> bool:
    """Whether ``text`` is one JSON value."""
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _is_plain(value: object) -> bool:
    """Whether ``json.dumps`` neither changes ``value`` silently nor runs out of stack: quickly told."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                if not all(isinstance(key, str) for key in each):
                    return False
                inner += each.values()
            elif isinstance(each, list | tuple):
                inner += each
        if not inner:
            return True
        level = inner
    return not any(isinstance(each, dict | list | tuple) for each in level)


def _require_json(value: object) -> None:
    """Refuse what is no JSON or nested too deeply, with its path."""
    pending: list[tuple[str, int, object]] = [("$", 0, value)]
    while pending:
        path, depth, each = pending.pop()
        match each:
            case None | bool() | int() | str():
                continue
            case float():
                if not math.isfinite(each):
                    raise NotCanonical(f"{path}：JSON 中没有 {each}", f"{path}: JSON has no {each}")
                continue
            case dict():
                for key in each:
                    if not isinstance(key, str):
                        raise NotCanonical(
                            f"{path}：名称 {key!r} 不是文本", f"{path}: the name {key!r} is no string"
                        )
                pending += ((f"{path}.{key}", depth + 1, inner) for key, inner in each.items())
            case list() | tuple():
                pending += ((f"{path}[{n}]", depth + 1, inner) for n, inner in enumerate(each))
            case _:
                kind = type(each).__name__
                raise NotCanonical(f"{path}：{kind} 不是 JSON 的值", f"{path}: {kind} is no value of JSON")
        if depth >= MAX_DEPTH:
            raise NotCanonical(
                f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep"
            )  # also what contains itself
