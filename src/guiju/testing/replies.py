"""From a test to the request that asks it, and from what came back to what was said.

A request is the body of ``POST /v1/decide``. An answer is that of our service, the decision in it, or the
plain form in which a suite lists what it expects, of which anything but the verdict may be left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from guiju.compiler.verdicts import Verdict
from guiju.decisions.decision import plain as to_json
from guiju.dsl.source import Bilingual
from guiju.testing.said import Member, Plain, Said, plain, unordered
from guiju.testing.suite import Test


class BadAnswer(ValueError):
    """What came back is no answer; ``message`` says why, in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


def request(test: Test) -> dict[str, Any]:
    """What asks ``test``, as plain JSON values: the body of ``POST /v1/decide``."""
    found: dict[str, object] = {
        "id": test.id,
        "question": test.question,
        "on": test.on,
        "at": test.at,
        "case": test.case,
    }
    if test.readings:
        found["readings"] = test.readings
    if test.law_date is not None:
        found["law_date"] = test.law_date
    return {name: to_json(value) for name, value in found.items()}


def parse_answer(document: object, test: Test | None = None) -> Said:
    """What ``document``, plain JSON values, says; ``test``: what it must be the answer to, where it names it.

    Raises:
        BadAnswer: It is no answer, or one to something else.
    """
    if not isinstance(document, Mapping):
        raise BadAnswer(Bilingual("答复应是一个对象", "an answer is an object"))
    named = document.get("id")
    if test is not None and isinstance(named, str) and named != test.id:
        raise BadAnswer(
            Bilingual(
                f"这是对 {named[:40]} 的答复，问的是 {test.id}",
                f"this answers {named[:40]}; {test.id} was asked",
            )
        )
    decision = document.get("decision", document)
    if isinstance(decision, Mapping) and "answers" in decision:
        return _Answer(_in_suite_form(decision)).said()
    return _Answer(document).said()


def _in_suite_form(decision: Mapping[str, Any]) -> Mapping[str, Any]:
    """A decision in the form in which a suite lists what it expects."""
    answers = decision["answers"]
    if not isinstance(answers, list | tuple) or len(answers) != 1 or not isinstance(answers[0], Mapping):
        raise BadAnswer(Bilingual("应恰有一个答复（answers）", "one question has one answer (answers)"))
    answer = answers[0]
    norms: dict[str, dict[str, Any]] = {}
    for member, resting in (("grounds", True), ("others", False)):
        for each in _objects(answer.get(member, ()), member):
            id_ = _cited(each, member)
            norms[id_] = {"norm": id_, "ground": resting}
            norms[id_] |= {name: each[name] for name in ("position", "value", "window") if name in each}
    for each in _objects(decision.get("duties", ()), "duties"):
        owed = norms.get(_cited(each.get("ground"), "duties"))
        if owed is not None:
            owed |= {name: each[name] for name in ("due", "hours", "every") if name in each}
    kept = {name: answer[name] for name in ("verdict", "values", "until", "gap") if name in answer}
    defeated = [_cited(each, "defeated") for each in _objects(answer.get("defeated", ()), "defeated")]
    return {**kept, "norms": list(norms.values()), "defeated": list(dict.fromkeys(defeated))}


def _cited(value: object, where: str) -> str:
    """The id of the norm that a ground, a duty or a defeated one cites."""
    cited = value.get("cited") if isinstance(value, Mapping) else None
    id_ = cited.get("norm") if isinstance(cited, Mapping) else None
    if not isinstance(id_, str):
        raise _wrong(where, "每项应有 cited.norm", "each has cited.norm")
    return id_


@frozen(eq=False)
class _Answer:
    """An answer in the form of a suite."""

    given: Mapping[str, Any]

    def said(self) -> Said:
        found: dict[Member, Plain] = {Member.VERDICT: self._verdict()}
        if "norms" in self.given:
            found |= self._norms(list(_objects(self.given["norms"], "norms")))
        if "values" in self.given:
            found[Member.VALUES] = unordered(plain(each) for each in self._list("values"))
        if "until" in self.given:
            found[Member.UNTIL] = _day(self.given["until"], "until")
        if "gap" in self.given:
            if not isinstance(self.given["gap"], bool):
                raise _wrong("gap", "应是 true 或 false", "is true or false")
            found[Member.GAP] = self.given["gap"]
        for member in (Member.STANDING, Member.GROUNDS, Member.DEFEATED):
            if member.word in self.given:
                found[member] = self._ids(member.word)
        if "duties" in self.given:
            found |= _duties(list(_objects(self.given["duties"], "duties")))
        return Said(found)

    def _verdict(self) -> str:
        found = self.given.get("verdict")
        if found not in _VERDICTS:
            known = ", ".join(_VERDICTS)
            raise _wrong("verdict", f"应是 {known} 之一", f"is one of {known}")
        return str(found)

    def _list(self, name: str) -> Sequence[object]:
        found = self.given[name]
        if not isinstance(found, list | tuple):
            raise _wrong(name, "应是列表", "is a list")
        return found

    def _ids(self, name: str) -> list[Plain]:
        found = self._list(name)
        if not all(isinstance(each, str) for each in found):
            raise _wrong(name, "应是规则标识的列表", "is a list of the ids of norms")
        return unordered(set(found))

    def _norms(self, listed: list[Mapping[str, Any]]) -> dict[Member, Plain]:
        """What is said of each norm that stands."""
        by_id = {_id(each, "norms"): each for each in listed}
        found: dict[Member, Plain] = {
            Member.STANDING: unordered(by_id),
            Member.POSITIONS: {id_: plain(n["position"]) for id_, n in by_id.items() if "position" in n},
            Member.GIVEN: {id_: plain(n["value"]) for id_, n in by_id.items() if "value" in n},
            Member.WINDOWS: {id_: _days(n["window"], "norms") for id_, n in by_id.items() if "window" in n},
        }
        if all("ground" in each for each in listed):
            found[Member.GROUNDS] = unordered(id_ for id_, each in by_id.items() if each["ground"] is True)
        if all("position" in each for each in listed):
            obliged = [each for each in listed if each["position"] == "obliged"]
            found |= _duties(obliged)
        return found


_VERDICTS: Final = tuple(each.value for each in Verdict)
_TERM: Final = ("due", "hours", "every")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def _duties(listed: list[Mapping[str, Any]]) -> dict[Member, Plain]:
    """The duties with their terms; by norm as well, where each names its own."""
    terms = [{name: _term(each[name], name) for name in _TERM if name in each} for each in listed]
    found: dict[Member, Plain] = {Member.DUTIES: unordered(map(_without_first, terms))}
    if all("norm" in each for each in listed):
        # A day alone does not say when the term begins: only the end of it is compared.
        found[Member.TERMS] = {
            _id(each, "duties"): {n: v for n, v in term.items() if n != "due" or not isinstance(v, str)}
            for each, term in zip(listed, terms, strict=True)
        }
    return found


def _without_first(term: Mapping[str, Plain]) -> dict[str, Plain]:
    due = term.get("due")
    return {**term, "due": due[1]} if isinstance(due, list) else dict(term)


def _term(value: object, name: str) -> Plain:
    if name != "due":
        return plain(value)
    return _day(value, "due") if isinstance(value, str) else _days(value, "due")


def _days(value: object, where: str) -> Plain:
    """The first and the last day, from a list of both or an object that names them."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        value = [value.get("first"), value.get("last")]
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise _wrong(where, "期间应是首日和末日", "a window is its first and its last day")
    return [_day(each, where) for each in value]


def _day(value: object, where: str) -> str | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and _DATE.match(value):
            return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise _wrong(where, "日期应写作 YYYY-MM-DD", "a day is written as YYYY-MM-DD")


def _objects(value: object, where: str) -> Iterator[Mapping[str, Any]]:
    if not isinstance(value, list | tuple):
        raise _wrong(where, "应是列表", "is a list")
    for each in value:
        if not isinstance(each, Mapping):
            raise _wrong(where, "每项应是一个对象", "each is an object")
        yield each


def _id(value: Mapping[str, Any], where: str) -> str:
    found = value.get("norm")
    if not isinstance(found, str):
        raise _wrong(where, "每项应有 norm", "each has a norm")
    return found


def _wrong(member: str, zh: str, en: str) -> BadAnswer:
    return BadAnswer(Bilingual(f"{member}：{zh}", f"{member}: {en}"))
