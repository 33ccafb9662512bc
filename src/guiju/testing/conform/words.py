"""Disagreements in words: what was asked, what is expected and on which provisions, what was said."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from attrs import frozen

from guiju.decisions.decision import plain
from guiju.dsl.source import Bilingual
from guiju.testing.running import Disagreement, Result
from guiju.testing.said import Member
from guiju.testing.suite import Test

_LONGEST = 400  # characters of one value that is shown

_NAMES = {
    Member.VERDICT: ("结论", "verdict"),
    Member.VALUES: ("值", "values"),
    Member.UNTIL: ("期限末日", "until"),
    Member.GAP: ("空白", "gap"),
    Member.DUTIES: ("义务", "duties"),
    Member.STANDING: ("成立的规则", "norms that stand"),
    Member.GROUNDS: ("依据", "grounds"),
    Member.DEFEATED: ("让位的规则", "norms that give way"),
    Member.POSITIONS: ("各规则的立场", "positions of norms"),
    Member.GIVEN: ("各规则给出的值", "values of norms"),
    Member.WINDOWS: ("各规则的期间", "windows of norms"),
    Member.TERMS: ("各义务的期限", "terms of duties"),
}


@frozen
class Words:
    """Says things in one language: ``zh`` or ``en``."""

    lang: str

    def say(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.lang == "zh" else en

    def of(self, text: Bilingual) -> str:
        """``text`` in this language."""
        return text.in_language(self.lang)

    def title(self, test: Test) -> str:
        """A test in a line: its id, and the first reason why it is there."""
        return " ".join([test.id, *(self.of(reason.text) for reason in test.reasons[:1])])

    def headline(self, result: Result) -> str:
        """What differs, in a line."""
        return self.say("；", "; ").join(self.apart(result))

    def apart(self, result: Result) -> list[str]:
        """What differs, a member to a line."""
        return [self._apart(each) for each in result.disagreements]

    def result(self, result: Result) -> list[str]:
        """A disagreement, in lines."""
        test = result.test
        return [
            *self.case(test),
            *self.apart(result),
            *self.resting(test),
            *self.reasons(test),
        ]

    def case(self, test: Test, unusual: Collection[str] = ()) -> list[str]:
        """What was asked, in lines; ``unusual``: what to mark."""
        asked = [self.say(f"问题 {test.question}", f"question {test.question}"), str(test.on), test.at]
        if test.law_date is not None:
            asked.append(self.say(f"适用 {test.law_date} 的法", f"law of {test.law_date}"))
        asked += [f"{name} = {choice}" for name, choice in test.readings.items()]
        return [
            self.say("，", ", ").join(asked),
            *(
                f"{'*' if name in unusual else ' '} {name} = {_shown(value)}"
                for name, value in test.case.items()
            ),
        ]

    def resting(self, test: Test) -> Iterator[str]:
        """The provisions that the expected answer rests on."""
        stood = test.expected.norms
        for each in [n for n in stood if n.ground] or stood:
            cited = self.say("、", ", ").join(test.citations.get(each.norm, ()))
            yield self.say(f"依据 {each.norm} {cited}", f"rests on {each.norm} {cited}").rstrip()

    def reasons(self, test: Test) -> Iterator[str]:
        """Why the test is in the suite."""
        for reason in test.reasons:
            yield self.say(f"为何有此测试：{reason.text.zh}", f"why it is tested: {reason.text.en}")

    def _apart(self, each: Disagreement) -> str:
        name = self.say(*_NAMES[each.member])
        said = self.say("没有说", "nothing") if each.absent else self._value(each.said)
        wanted = self._value(each.expected)
        return self.say(f"{name}：应为 {wanted}，答为 {said}", f"{name}: expected {wanted}, said {said}")

    def _value(self, value: object) -> str:
        """What a member holds."""
        match value:
            case None | []:
                return self.say("（无）", "none")
            case [*several]:
                return _cut(self.say("、", ", ").join(map(_shown, several)))
            case dict() as by_norm:
                told = (f"{norm} {_part(each)}" for norm, each in by_norm.items())
                return _cut(self.say("；", "; ").join(told))
            case _:
                return _shown(value)


def _part(value: object) -> str:
    """What a norm gives: a value, the first and the last day of a window, or a term."""
    match value:
        case [first, last]:
            return f"{first or ''}..{last or ''}"
        case _:
            return _shown(value)


def _shown(value: object) -> str:
    match value:
        case str():
            return _cut(value)
        case dict() as term if term.keys() <= {"due", "hours", "every"}:
            told = [f"{name} {_part(each)}" for name, each in term.items() if each is not None]
            return ", ".join(told) or "-"
        case _:
            return _cut(json.dumps(plain(value), ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
