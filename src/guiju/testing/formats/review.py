"""What came of a review: which tests a drafter holds for wrong, and which rules to look at for each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from attrs import frozen

from guiju.decisions.decision import plain
from guiju.testing.formats.marks import Judgement, Mark
from guiju.testing.formats.review_input import Marked
from guiju.testing.formats.words import rules_of
from guiju.testing.suite import Expected, Suite, Test


@frozen
class Judged:
    """A test as the drafter saw it, and what was said of it.

    ``now``: what the suite expects since, where that is something else; None: the same, or the test is gone.
    """

    mark: Mark
    test: Test
    now: Expected | None = None


@frozen
class Review:
    """The marks of a workbook, against a suite.

    Attributes:
        wrong, unsure, right: What is said of tests that expect what they did.
        changed: What is said of tests that expect something else since: they are to be looked at again.
        gone: What is said of tests that the suite has no more.
        unmarked: The tests of the suite of which nothing is said.
    """

    wrong: tuple[Judged, ...]
    unsure: tuple[Judged, ...]
    right: tuple[Judged, ...]
    changed: tuple[Judged, ...]
    gone: tuple[Judged, ...]
    unmarked: tuple[Test, ...]

    def judged(self) -> list[tuple[str, Judged]]:
        """All marks in the order of the rows; with each, how the test stands: current, changed or gone."""
        current = chain(self.wrong, self.unsure, self.right)
        groups = (("current", current), ("changed", self.changed), ("gone", self.gone))
        return sorted(
            ((word, each) for word, group in groups for each in group), key=lambda it: it[1].mark.row
        )


def reviewed(marked: Marked, suite: Suite | None = None) -> Review:
    """What came of the review.

    Args:
        marked: The workbook.
        suite: The suite as it is now; None: as it was when the workbook was made.
    """
    then = {test.id: test for test in marked.kept.suite.tests}
    now = then if suite is None else {test.id: test for test in suite.tests}
    said: dict[Judgement, list[Judged]] = {each: [] for each in Judgement}
    changed: list[Judged] = []
    gone: list[Judged] = []
    for mark in marked.marks:
        test, current = then[mark.test], now.get(mark.test)
        if current is None:
            gone.append(Judged(mark, test))
        elif current.expected != test.expected:
            changed.append(Judged(mark, test, current.expected))
        else:
            said[mark.judgement].append(Judged(mark, test))
    names = {mark.test for mark in marked.marks}
    return Review(
        wrong=tuple(said[Judgement.WRONG]),
        unsure=tuple(said[Judgement.UNSURE]),
        right=tuple(said[Judgement.RIGHT]),
        changed=tuple(changed),
        gone=tuple(gone),
        unmarked=tuple(test for test in now.values() if test.id not in names),
    )


def to_jsonl(review: Review) -> str:
    """A line of JSON for each mark, in the order of the rows."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(review))


def _lines(review: Review) -> Iterator[dict[str, object]]:
    for word, each in review.judged():
        yield {
            "test": each.mark.test,
            "row": each.mark.row,
            "judgement": each.mark.judgement.value,
            "remark": each.mark.remark,
            "state": word,
            "question": each.test.question,
            "on": each.test.on.isoformat(),
            "at": each.test.at,
            "rules": list(rules_of(each.test)),
            "citations": plain(each.test.citations),
            "expected": plain(each.test.expected),
            "now": plain(each.now),
        }
