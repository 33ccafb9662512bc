"""A suite put to an implementation: what it answered to each test, and where it disagrees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from attrs import frozen

from guiju.dsl.source import Bilingual
from guiju.testing.replies import BadAnswer, parse_answer, request
from guiju.testing.said import Disagreement, Level, Member, Said, compare
from guiju.testing.suite import Suite, Test

__all__ = [
    "BadAnswer",
    "Disagreement",
    "Failed",
    "Implementation",
    "Level",
    "Member",
    "Reply",
    "Result",
    "Results",
    "Said",
    "compare",
    "parse_answer",
    "request",
    "run",
]


@frozen
class Failed:
    """A test that got no answer, and what was seen instead."""

    message: Bilingual


Reply = Said | Failed
Tell = Callable[[int, Reply], None]


class Implementation(Protocol):
    """Whatever answers tests: it calls ``tell`` with the place of each and the reply to it, in any order."""

    def __call__(self, tests: Sequence[Test], tell: Tell, /) -> None: ...


@frozen
class Result:
    """What came of one test.

    Attributes:
        test: What was asked.
        reply: What came back.
        disagreements: Where that is not what is expected; empty too where nothing was answered.
    """

    test: Test
    reply: Reply
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether it was answered as expected."""
        return isinstance(self.reply, Said) and not self.disagreements


@frozen
class Results:
    """What came of a suite.

    Attributes:
        suite: What was asked.
        each: One for each test that got so far, in the order of the suite.
        interrupted: Whether it was broken off: then tests are missing.
    """

    suite: Suite
    each: tuple[Result, ...]
    interrupted: bool = False

    @property
    def disagreeing(self) -> tuple[Result, ...]:
        """Those that were answered otherwise than expected."""
        return tuple(result for result in self.each if result.disagreements)

    @property
    def failed(self) -> tuple[Result, ...]:
        """Those that were not answered."""
        return tuple(result for result in self.each if isinstance(result.reply, Failed))

    @property
    def agreeing(self) -> int:
        """How many were answered as expected."""
        return sum(result.agrees for result in self.each)

    @property
    def missing(self) -> tuple[Test, ...]:
        """The tests that it did not come to."""
        asked = {result.test.id for result in self.each}
        return tuple(test for test in self.suite.tests if test.id not in asked)


def run(
    suite: Suite,
    implementation: Implementation,
    level: Level | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Results:
    """What ``implementation`` makes of ``suite``. Ctrl-C ends it with what was found so far.

    Args:
        suite: The tests.
        implementation: What is asked.
        level: What it is held to; None: to everything that it says.
        progress: Told how many tests are answered, of how many.
    """
    replies: dict[int, Reply] = {}
    total = len(suite.tests)

    def tell(number: int, reply: Reply) -> None:
        replies[number] = reply
        if progress is not None:
            progress(len(replies), total)

    interrupted = False
    try:
        implementation(suite.tests, tell)
    except KeyboardInterrupt:
        interrupted = True
    found = (_result(suite.tests[number], replies[number], level) for number in sorted(replies))
    return Results(suite, tuple(found), interrupted)


def _result(test: Test, reply: Reply, level: Level | None) -> Result:
    disagreements = compare(test.expected, reply, level) if isinstance(reply, Said) else ()
    return Result(test, reply, disagreements)
