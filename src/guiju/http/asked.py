"""From the body of a request to a decision, and to what is recorded of it. It runs in a thread."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, Protocol

from attrs import frozen

from guiju.decisions.decision import Decision, plain
from guiju.decisions.log import Entry, Receipt
from guiju.decisions.problems import InvalidInput, Problem, pointer
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual
from guiju.http.problem import Kind, Refused, to_json

#: The members of a body, and whether one must be given.
MEMBERS: Final[Mapping[str, bool]] = {
    "case": True,
    "on": True,
    "at": True,
    "question": False,
    "law_date": False,
    "readings": False,
    "id": False,
}
MAX_ID: Final = 200
#: Unknown members that are named; there may be thousands.
_MOST: Final = 20


class Decides(Protocol):
    """What answers: ``guiju.decisions.corpus.Corpus``."""

    @property
    def digest(self) -> str: ...

    @property
    def engine(self) -> Mapping[str, str]: ...

    def decide(
        self,
        case: Any,
        question: str | None = None,
        *,
        on: Any,
        at: Any,
        law_date: Any = None,
        readings: Any = None,
        solve: bool = True,
    ) -> Decision: ...


@frozen
class Asking:
    """Who asks when, and under which id it is recorded."""

    request_id: str
    caller: str
    at: dt.datetime


@frozen
class Answer:
    """A decision, ready to be recorded and sent.

    Attributes:
        id: The caller's own id of the request.
        question: What was asked, where it was one thing.
        verdict: The verdict on it.
        verdicts: Of every topic that was answered.
        record: The decision as JSON.
        entry: What is recorded of it.
    """

    id: str | int | None
    question: str | None
    verdict: str | None
    verdicts: tuple[str, ...]
    record: str
    entry: Entry

    def to_json(self, receipt: Receipt | None, line: int | None = None) -> bytes:
        """The answer with its place in the log; ``line``: which line of a batch it answers."""
        head = "{" if line is None else f'{{"line":{line},'
        placed = None if receipt is None else {"sequence": receipt.sequence, "digest": receipt.digest}
        return (
            f'{head}"id":{json.dumps(self.id, ensure_ascii=False)},"decision":{self.record},'.encode()
            + b'"receipt":'
            + to_json(placed)
            + b"}"
        )


def answer(corpus: Decides, body: object, asking: Asking) -> Answer:
    """The answer to the request with this ``body``.

    Raises:
        Refused: It has mistakes; all of them are named.
    """
    given, problems = _members(body)
    try:
        decision = _decide(corpus, given, solve=not problems)
    except InvalidInput as error:
        known = {each.path for each in problems}
        problems += (each for each in error.problems if each.path not in known)
        raise Refused(Kind.INVALID, None, problems) from None
    if problems:
        raise Refused(Kind.INVALID, None, problems)
    entry = Entry.of(
        at=asking.at,
        request_id=asking.request_id,
        caller=asking.caller,
        corpus=corpus.digest,
        engine=corpus.engine["guiju"],
        request=plain(given),
        record=decision.to_dict(),
    )
    return Answer(
        id=given.get("id"),
        question=decision.question,
        verdict=None if decision.question is None else decision.verdict.value,
        verdicts=tuple(each.verdict.value for each in decision.answers),
        record=entry.record,
        entry=entry,
    )


def _decide(corpus: Decides, given: Mapping[str, Any], solve: bool) -> Decision:
    return corpus.decide(
        given.get("case"),
        given.get("question"),
        on=given.get("on"),
        at=given.get("at"),
        law_date=given.get("law_date"),
        readings=given.get("readings"),
        solve=solve,
    )


def _members(body: object) -> tuple[Mapping[str, Any], list[Problem]]:
    """The members of ``body``, with what is wrong with them; what they hold is looked at by the corpus.

    Raises:
        Refused: It is no object.
    """
    if not isinstance(body, Mapping):
        message = Bilingual("正文应是一个对象", "the body is an object")
        raise Refused(Kind.INVALID, None, [Problem("", "type", message, "object")])
    problems = [_unknown(name) for name in islice((n for n in body if n not in MEMBERS), _MOST)]
    for name, needed in MEMBERS.items():
        if needed and body.get(name) is None:
            message = Bilingual(f"缺少 {name}", f"{name} is missing")
            problems.append(Problem(pointer(name), "missing", message, _EXPECTED[name]))
    readings = body.get("readings")
    if readings is not None and not isinstance(readings, Mapping):
        message = Bilingual("读法应是一个对象", "readings are an object")
        problems.append(Problem("/readings", "type", message, "object"))
    id_ = body.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int | None) or len(str(id_)) > MAX_ID:
        message = Bilingual(
            f"id 应是文字或整数，至多 {MAX_ID} 个字符",
            f"the id is a text or an integer, at most {MAX_ID} characters",
        )
        problems.append(Problem("/id", "type", message, "text, integer"))
    return body, problems


_EXPECTED: Final[Mapping[str, str]] = {"case": "object", "on": "date YYYY-MM-DD", "at": "the name of a place"}


def _unknown(name: str) -> Problem:
    hint = did_you_mean(name, MEMBERS)
    shown = name if len(name) <= 40 else name[:39] + "…"
    message = Bilingual(
        f"没有成员“{shown}”。{hint.zh if hint else ''}",
        f"there is no member {shown}{f'; {hint.en}' if hint else ''}",
    )
    return Problem(pointer(name), "unknown-member", message, ", ".join(MEMBERS))
