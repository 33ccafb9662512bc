"""A request's body: only as much of it as is allowed, only JSON, and read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from guiju.decisions import json_input
from guiju.decisions.json_input import Limits
from guiju.decisions.problems import InvalidInput, Problem, pointer
from guiju.dsl.source import Bilingual
from guiju.http.problem import Kind, Refused

if TYPE_CHECKING:
    from starlette.requests import Request

JSON: Final = "application/json"
JSON_LINES: Final = ("application/jsonl", "application/x-ndjson", "application/json-lines")


async def read(request: Request, most: int) -> bytes:
    """The body of ``request``, counted while it arrives.

    Raises:
        Refused: It is longer than ``most`` bytes; no more than that is ever held.
    """
    require_length(request, most)
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most:
            raise too_large(most)
    return bytes(data)


def require_length(request: Request, most: int) -> None:
    """Refuse a body that says itself that it is longer than ``most`` bytes, before any of it is read."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise too_large(most)


def require_type(request: Request, *accepted: str) -> None:
    """Refuse a body of another type, of another encoding of characters, or compressed."""
    given = request.headers.get("content-type", "")
    media, *parameters = (part.strip().lower() for part in given.split(";"))
    charset = [p.partition("=")[2].strip('" ') for p in parameters if p.startswith("charset=")]
    coding = request.headers.get("content-encoding", "identity").lower()
    if media in accepted and charset in ([], ["utf-8"], ["utf8"]) and coding == "identity":
        return
    listed = ", ".join(accepted)
    message = Bilingual(
        f"内容类型应是 {listed}，UTF-8，不压缩", f"the type of content is {listed}, in UTF-8, not compressed"
    )
    raise Refused(Kind.MEDIA, message, headers={"Accept": listed})


def too_large(most: int) -> Refused:
    """The refusal of a body of more than ``most`` bytes."""
    message = Bilingual(f"正文至多 {most} 字节", f"a body has at most {most} bytes")
    problem = Problem("", "too-large", message, f"at most {most} bytes")
    return Refused(Kind.TOO_LARGE, message, [problem])


def parse(data: bytes, limits: Limits, most: int) -> object:
    """The JSON value in ``data``.

    Args:
        limits: How much is read.
        most: The most values in it: an answer takes longer, the more there are. Counted by the commas.

    Raises:
        Refused: It is none that is accepted.
    """
    try:
        if len(data) <= limits.size and data.count(b",") >= most:
            message = Bilingual(f"超过 {most} 个值", f"more than {most} values")
            raise InvalidInput([Problem("", "too-many-values", message, f"at most {most} values")])
        value = json_input.parse(data, limits)
        if b"\\u" in data:  # no other way to write half a character
            _refuse_lone_surrogates(value)
    except InvalidInput as error:
        if any(each.code == "too-large" for each in error.problems):
            raise too_large(limits.size) from None
        raise Refused(Kind.MALFORMED, None, error.problems) from None
    return value


def _refuse_lone_surrogates(value: object) -> None:
    for path, text in _texts(value, ()):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            place = pointer(*path).encode("utf-8", "replace").decode()
            message = Bilingual("文字中有半个字符", "a text has half a character: a lone surrogate")
            raise InvalidInput([Problem(place, "encoding", message, "UTF-8")]) from None


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a JSON value, also the names, with its place."""
    match value:
        case str():
            yield path, value
        case Mapping():
            for name, each in value.items():
                yield path, name
                yield from _texts(each, (*path, name))
        case list():
            for index, each in enumerate(value):
                yield from _texts(each, (*path, index))
        case _:
            return
