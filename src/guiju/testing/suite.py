"""A test suite as data: cases with the answers that the rules give, and why each case is there.

A test asks one topic of one case. What is expected was said by the reference evaluator, and what
stands is listed with it, so that an implementation can be held to the verdict alone, to the values and days
as well, or to the provisions that they rest on.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from guiju.decisions.decision import Value, plain
from guiju.dsl.source import Bilingual


class Criterion(enum.Enum):
    """What a suite can be asked to cover.

    RULE: each norm applies and stands in a case, and does not apply in another. CLAUSE: each clause of a
    guard is true and is false. MASKING, UNIQUE_CAUSE: each clause alone decides the guard (MC/DC), either
    way; unique-cause holds all other clauses of the guard as they are. BOUNDARY: numbers and days below, at
    and above each bound, and the edges of the calendar. PAIRS: norms on one question that can apply together.
    DEFEATS: a norm gives way to another, and would have stood without it. READINGS: the reading changes the
    answer. PAIRWISE: each two values of enumerations meet. MUTANTS: each small mistake in a norm is noticed.
    """

    RULE = "rule"
    CLAUSE = "clause"
    MASKING = "masking-mcdc"
    UNIQUE_CAUSE = "unique-cause-mcdc"
    BOUNDARY = "boundary"
    PAIRS = "pairs"
    DEFEATS = "defeats"
    READINGS = "readings"
    PAIRWISE = "pairwise"
    MUTANTS = "mutants"


@frozen
class Stood:
    """A norm that stands in a case, and what it gives.

    Attributes:
        norm: Its id.
        position: ``forbidden``, ``permitted``, ``obliged``, or ``value``.
        ground: Whether the verdict rests on it.
        value: The value given, for an outcome; None where the text leaves it open.
        window: The first and last day of the bar or permission of its rule; the first is None where the text
            names the last day, the last where there is no end.
        due: Of a duty, the first and last day to do it, likewise: those that prevail.
        hours: Of a duty, the term where it is given in hours.
        every: Of a duty, how often it recurs: ``"3 months"``.
    """

    norm: str
    position: str
    ground: bool
    value: Value | None = None
    window: tuple[dt.date | None, dt.date | None] | None = None
    due: tuple[dt.date | None, dt.date | None] | None = None
    hours: int | None = None
    every: str | None = None


@frozen
class Expected:
    """The answer to one topic in one case, by the reference evaluator.

    Attributes:
        verdict: In one word, as ``guiju.Verdict`` says it.
        values: Of an outcome, the values that stand together, each once.
        until: The last day of the bar that ends last, where the verdict is that it may not be done and every
            bar has an end.
        gap: The law must answer here, and nothing does.
        norms: What stands, in the order of the corpus.
        defeated: The norms that apply and give way, also those of whose windows and terms another prevails.
    """

    verdict: str
    values: tuple[Value | None, ...] = ()
    until: dt.date | None = None
    gap: bool = False
    norms: tuple[Stood, ...] = ()
    defeated: tuple[str, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """The norms that the verdict rests on."""
        return tuple(each.norm for each in self.norms if each.ground)


@frozen
class Reason:
    """Why a case is in the suite: what it covers, in words."""

    criterion: Criterion
    norms: tuple[str, ...]
    text: Bilingual


@frozen
class Test:
    """One case with what is expected of it.

    Attributes:
        question: The topic, as ``guiju decide --question`` takes it.
        on, at: The day that is asked about, and the place.
        readings: The choices that are not the defaults.
        case: Facts and rows by full name, plain JSON values.
        expected: The answer.
        reasons: What it covers, the most telling first.
        kills: How many mutants give another answer to it.
        citations: The provisions of the norms in ``expected``, by norm.
        law_date: The date whose law is applied; None: each norm's own.
    """

    __test__ = False  # pytest collects what is called Test…

    question: str
    on: dt.date
    at: str
    readings: Mapping[str, str]
    case: Mapping[str, Any]
    expected: Expected
    reasons: tuple[Reason, ...] = ()
    kills: int = 0
    citations: Mapping[str, tuple[str, ...]] = field(factory=dict)
    law_date: dt.date | None = None

    @property
    def id(self) -> str:
        """A digest of what is asked: the same in every suite that asks it."""
        asked = [self.question, self.on, self.at, self.law_date, self.readings, self.case]
        text = json.dumps(plain(asked), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@frozen
class Count:
    """How the obligations of one criterion, or the mutants, ended.

    Attributes:
        total: All of them.
        met: Those that a test of the suite covers; of mutants, those that a test tells from the original.
        infeasible: Those that are proved to be covered by no case; of mutants, to be equivalent.
        undecided: Those of which the solver's budget did not suffice to tell.
    """

    total: int = 0
    met: int = 0
    infeasible: int = 0
    undecided: int = 0


@frozen
class Infeasible:
    """What no case covers, with the clause that makes it so, in words."""

    criterion: Criterion
    norms: tuple[str, ...]
    text: Bilingual
    because: Bilingual


@frozen
class Suite:
    """Tests of one corpus.

    Attributes:
        corpus: The digest of the rules that said what is expected.
        engine: The versions of what generated it.
        options: What was asked for, as plain JSON values: the same again gives the same suite.
        tests: In the order of the topics and then of their ids.
        counts: How complete it is, by criterion.
        infeasible: What cannot be covered.
        undecided: What may be coverable and is not covered, in words.
    """

    corpus: str
    engine: Mapping[str, str]
    options: Mapping[str, Any]
    tests: tuple[Test, ...]
    counts: Mapping[Criterion, Count] = field(factory=dict)
    infeasible: tuple[Infeasible, ...] = ()
    undecided: tuple[Bilingual, ...] = ()
