"""The tests of a suite as rows of a table, in words: what a drafter reads, whatever the format."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

from attrs import frozen

from guiju.dsl.source import Bilingual
from guiju.testing.formats import words as told
from guiju.testing.formats.words import Words
from guiju.testing.suite import Suite, Test


class Column(enum.Enum):
    """The columns, each with its head."""

    NUMBER = Bilingual("序号", "number")
    ID = Bilingual("编号", "id")
    QUESTION = Bilingual("问题", "question")
    DAY = Bilingual("日期", "day")
    PLACE = Bilingual("地域", "place")
    READINGS = Bilingual("读法", "readings")
    CASE = Bilingual("案情", "case")
    EXPECTED = Bilingual("预期答案", "expected answer")
    GROUNDS = Bilingual("依据", "grounds")
    REASONS = Bilingual("选入的理由", "why it is here")
    KILLS = Bilingual("看得出的错误数", "mistakes noticed")

    def head(self, lang: str) -> str:
        """The head in one language."""
        return self.value.in_language(lang)


@frozen
class Row:
    """A test, and the lines of each of its cells."""

    test: Test
    cells: Mapping[Column, tuple[str, ...]]


def rows(suite: Suite, words: Words) -> Iterator[Row]:
    """A row for each test."""
    for number, test in enumerate(suite.tests, 1):
        yield Row(
            test,
            {
                Column.NUMBER: (str(number),),
                Column.ID: (test.id,),
                Column.QUESTION: (test.question,),
                Column.DAY: tuple(told.day(test, words)),
                Column.PLACE: (test.at,),
                Column.READINGS: (told.readings(test, words),),
                Column.CASE: tuple(told.facts(test, words)),
                Column.EXPECTED: tuple(told.answer(test, words)),
                Column.GROUNDS: tuple(told.grounds(test, words)),
                Column.REASONS: tuple(told.reasons(test, words)),
                Column.KILLS: (str(test.kills),),
            },
        )
