"""A test in words, for whoever knows the texts: the case, the answer, what it rests on, why it was chosen.

Everything that has several parts is given as lines; how they are joined is for the format to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from guiju.checker.report.layout import View
from guiju.checker.report.values import fact_type, field_type
from guiju.compiler.kernel import Corpus, Integer, Type
from guiju.compiler.verdicts import Verdict
from guiju.decisions import summary_words
from guiju.decisions.decision import Window
from guiju.dsl.source import Bilingual
from guiju.testing.conform.groups import Usual
from guiju.testing.suite import Criterion, Expected, Reason, Stood, Suite, Test

CRITERION: Final[Mapping[Criterion, Bilingual]] = {
    Criterion.RULE: Bilingual("规则适用与不适用", "each rule applies, and does not"),
    Criterion.CLAUSE: Bilingual("条件成立与不成立", "each clause true, and false"),
    Criterion.MASKING: Bilingual("条件独自起决定作用（MC/DC，掩蔽）", "each clause decides (masking MC/DC)"),
    Criterion.UNIQUE_CAUSE: Bilingual(
        "条件独自起决定作用（MC/DC，唯一原因）", "each clause decides (unique-cause MC/DC)"
    ),
    Criterion.BOUNDARY: Bilingual("边界", "boundaries"),
    Criterion.PAIRS: Bilingual("两条规则同时适用", "two rules apply together"),
    Criterion.DEFEATS: Bilingual("优先与让位", "one rule gives way to another"),
    Criterion.READINGS: Bilingual("读法改变答案", "the reading changes the answer"),
    Criterion.PAIRWISE: Bilingual("取值两两相遇", "each two values meet"),
    Criterion.MUTANTS: Bilingual("写错了看得出", "small mistakes are noticed"),
}

#: So many reasons are told; a case may be there for dozens.
_MOST_REASONS = 6
#: So many facts that are false are told in one line.
_MANY = 4
_NUMERAL = re.compile(r"-?\d+(\.\d+)?(E[+-]\d+)?", re.ASCII)
_WITH_UNIT = re.compile(r"-?\d+ \S+", re.ASCII)


@frozen
class Words:
    """How tests are told.

    Attributes:
        lang: The language.
        titles: The titles of the instruments, by their names.
        corpus: The declarations, for units and the order of facts; None: numbers are told without units.
        usual: What the tests have in common: of a case, what is otherwise is told first.
    """

    lang: str
    titles: Mapping[str, str]
    corpus: Corpus | None = None
    usual: Usual = field(factory=Usual)

    @staticmethod
    def of(suite: Suite, corpus: Corpus, lang: str) -> Words:
        """How the tests of ``suite`` are told, whose rules are those of ``corpus``."""
        return Words(lang, titles(corpus), corpus, Usual.of(suite.tests))

    @property
    def view(self) -> View:
        """The same for what reports tell."""
        return View(self.lang, corpus=self.corpus)

    def say(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.lang == "zh" else en


def titles(corpus: Corpus) -> dict[str, str]:
    """The titles of the instruments, by their names."""
    return {name: each.title for name, each in corpus.instruments.items()}


def facts(test: Test, words: Words) -> Iterator[str]:
    """The case: a fact, or the rows of a record, to a line; first what the test has otherwise than most.

    Where much is false as usual, that is told in one line at the end.
    """
    unusual = words.usual.unusual(test)
    names = sorted(_in_order(test, words.corpus), key=lambda name: name not in unusual)
    false = [name for name in names if test.case[name] is False and name not in unusual]
    gathered = false if len(false) >= _MANY else []
    for name in names:
        if name not in gathered:
            yield f"{name}{words.say('：', ': ')}{_told(name, test.case[name], words)}"
    if gathered:
        yield words.say(f"均为否：{'、'.join(gathered)}", f"all no: {', '.join(gathered)}")


def answer(test: Test, words: Words) -> Iterator[str]:
    """What is expected: the verdict, the values, until when, the duties with their days."""
    said = test.expected
    yield words.view.word(summary_words.VERDICT[Verdict(said.verdict)])
    if said.values:
        type_ = _outcome_type(test, words.corpus)
        told = words.say("、", ", ").join(_value(each, type_, words) for each in said.values)
        yield words.say(f"取值：{told}", f"values: {told}")
    if said.until is not None:
        yield words.say(f"至 {said.until} 止", f"until {said.until}")
    if said.gap:
        yield words.say("应有规定而没有", "the law must answer, and nothing does")
    yield from dict.fromkeys(_given(each, None, words) for each in said.norms if each.position == "obliged")


def grounds(test: Test, words: Words) -> Iterator[str]:
    """What stands with what it gives, first what the verdict rests on; then what gives way."""
    type_ = _outcome_type(test, words.corpus)
    for stood in sorted(test.expected.norms, key=lambda each: not each.ground):
        beside = "" if stood.ground else words.say("另有：", "beside it: ")
        norm = provision(test, stood.norm, words)
        yield f"{beside}{norm}{words.say('：', ': ')}{_given(stood, type_, words)}"
    for norm in test.expected.defeated:
        yield f"{words.say('让位：', 'gives way: ')}{provision(test, norm, words)}"


def provision(test: Test, norm: str, words: Words) -> str:
    """A norm as a reader finds it, with its id."""
    return cited(norm, test.citations.get(norm, ()), words)


def cited(norm: str, citations: tuple[str, ...], words: Words) -> str:
    """A norm by its id, with the title of its instrument and its provisions."""
    instrument = norm.partition(".")[0]
    title = words.titles.get(instrument)
    named = f"《{title}》" if title is not None else f"{instrument} "
    return (named + "、".join(citations)).rstrip() + words.say(f"（规则 {norm}）", f" (rule {norm})")


def reasons(test: Test, words: Words) -> Iterator[str]:
    """Why the case is in the suite: the most telling reasons, and how many more there are."""
    for each in test.reasons[:_MOST_REASONS]:
        yield reason(each, words)
    more = len(test.reasons) - _MOST_REASONS
    if more > 0:
        yield words.say(f"另有 {more} 条", f"and {more} more")


def reason(given: Reason, words: Words) -> str:
    """One reason: which criterion asks for the case, and the case in a few words."""
    criterion = words.view.word(CRITERION[given.criterion])
    return f"{criterion}{words.say('：', ': ')}{words.view.word(given.text)}"


def readings(test: Test, words: Words) -> str:
    """The readings that are not the defaults."""
    return summary_words.readings(test.readings, words.view)


def day(test: Test, words: Words) -> Iterator[str]:
    """The day that is asked about, and whose law is applied where it is not each norm's own."""
    yield test.on.isoformat()
    if test.law_date is not None:
        yield words.say(f"适用 {test.law_date} 的规定", f"by the law of {test.law_date}")


def rules_of(test: Test) -> tuple[str, ...]:
    """The norms to look at where the answer is doubted: what stands, what gives way, what it is there for."""
    said: Expected = test.expected
    reasoned = (norm for each in test.reasons for norm in each.norms)
    return tuple(dict.fromkeys((*(each.norm for each in said.norms), *said.defeated, *reasoned)))


# --- Details


def _in_order(test: Test, corpus: Corpus | None) -> list[str]:
    """What the case tells, as it is declared; what is not declared stays where it is, at the end."""
    declared = [] if corpus is None else [*corpus.facts, *corpus.records]
    place = {name: number for number, name in enumerate(declared)}
    return sorted(test.case, key=lambda name: place.get(name, len(declared)))


def _told(name: str, given: object, words: Words) -> str:
    """What the case tells of one fact, or of one record."""
    if not isinstance(given, list | tuple):
        return _value(given, fact_type(words.corpus, name), words)
    count = words.say(f"{len(given)} 条", f"{len(given)} row{'' if len(given) == 1 else 's'}")
    rows = [f"{number}) {_row(name, row, words)}" for number, row in enumerate(given, 1)]
    return words.say("，", ", ").join([count, *rows])


def _row(record: str, row: Mapping[str, object], words: Words) -> str:
    told = (
        f"{name}{words.say('：', ': ')}{_value(each, field_type(words.corpus, record, name), words)}"
        for name, each in row.items()
    )
    return words.say("、", ", ").join(told)


def _value(given: object, type_: Type | None, words: Words) -> str:
    """A value as JSON has it, with its unit; null: not known, or left open by the text."""
    match given:
        case None:
            return words.say("未定", "left open")
        case {"value": number, "unit": unit}:
            return f"{number} {unit}"
        case str() if isinstance(type_, Integer) and type_.scale and _NUMERAL.fullmatch(given):
            return summary_words.value(Decimal(given), type_, words.view)
        case str() if isinstance(type_, Integer) and not (type_.declared and _WITH_UNIT.fullmatch(given)):
            return given
        case str() | int() | Decimal():
            return summary_words.value(given, type_, words.view)
        case _:
            return json.dumps(given, ensure_ascii=False, default=str)


def _outcome_type(test: Test, corpus: Corpus | None) -> Type | None:
    outcome = corpus.outcomes.get(test.question) if corpus is not None else None
    return None if outcome is None else outcome.type


def _given(stood: Stood, type_: Type | None, words: Words) -> str:
    """What a norm gives: the position or the value, and the days."""
    if stood.position == "value" and stood.value is not None:
        parts = [_value(stood.value, type_, words)]
    else:
        parts = [words.view.word(summary_words.POSITION[stood.position])]
    for days in (stood.window, stood.due):
        if days is not None and days != (None, None):
            parts.append(summary_words.window(Window(*days), words.view))
    if stood.hours is not None:
        parts.append(words.say(f"{stood.hours} 小时内", f"within {stood.hours} hours"))
    if stood.every is not None:
        parts.append(summary_words.every(stood.every, words.view))
    return words.say("，", ", ").join(parts)
