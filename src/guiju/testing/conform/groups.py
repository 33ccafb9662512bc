"""Disagreements by the rule that they are about, each group with its smallest case.

One wrong rule shows in many tests, and a test may name several rules. So the groups are as few as explain
all: the rule that most tests name takes these, then the one that most of the others name, and so on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from guiju.decisions.decision import plain
from guiju.testing.running import Result
from guiju.testing.suite import Test


@frozen
class Group:
    """Tests that disagree, about one rule.

    Attributes:
        norm: The rule; None: no rule is expected to stand, and it is about the question as a whole.
        question: Of the smallest case.
        results: All of them, in the order of the suite.
        smallest: The one with the least to look at.
    """

    norm: str | None
    question: str
    results: tuple[Result, ...]
    smallest: Result


def groups(results: Sequence[Result], tests: Sequence[Test]) -> tuple[Group, ...]:
    """The disagreements among ``results``, the largest group first; ``tests``: the whole suite."""
    wrong = [result for result in results if result.disagreements]
    usual = Usual.of(tests)
    named = {id(result): about(result) for result in wrong}
    found = []
    while wrong:
        counted = Counter(subject for result in wrong for subject in named[id(result)])
        subject = min(counted, key=lambda each: (-counted[each], each[0] is None, str(each)))
        taken = [result for result in wrong if subject in named[id(result)]]
        wrong = [result for result in wrong if subject not in named[id(result)]]
        smallest = min(taken, key=lambda result: usual.size(result.test))
        found.append(Group(subject[0], smallest.test.question, tuple(taken), smallest))
    return tuple(found)


Subject = tuple[str | None, str | None]  # a norm, or a question


def about(result: Result) -> list[Subject]:
    """What a disagreement is about: the norms that are said to stand, give or carry something else.

    Where only the outcome was compared: the norms that the expected verdict rests on, else those that are
    expected to stand; where there are none, the question.
    """
    named = list(dict.fromkeys(norm for each in result.disagreements for norm in each.norms))
    expected = result.test.expected
    norms = named or list(expected.grounds) or [each.norm for each in expected.norms]
    return [(norm, None) for norm in norms] or [(None, result.test.question)]


@frozen(eq=False)
class Usual:
    """What the tests of each question mostly have: a case is looked at for what it has otherwise.

    The facts, and the rest of what is asked, by question and name, as JSON.
    """

    _values: Mapping[tuple[str, str], str] = field(factory=dict)

    @staticmethod
    def of(tests: Iterable[Test]) -> Usual:
        counted: dict[tuple[str, str], Counter[str]] = {}
        for test in tests:
            for name, value in _told(test).items():
                counted.setdefault((test.question, name), Counter())[value] += 1
        most = {key: min(values, key=lambda each: (-values[each], each)) for key, values in counted.items()}
        return Usual({key: value for key, value in most.items() if counted[key][value] > 1})

    def unusual(self, test: Test) -> tuple[str, ...]:
        """The names of the facts and records of ``test`` that have another value than usually."""
        return tuple(name for name in test.case if self._differs(test, name, _told(test)[name]))

    def size(self, test: Test) -> tuple[int, int, str]:
        """How much there is to look at: what is unusual, with the rows; then how long it is."""
        told = _told(test)
        unusual = sum(self._differs(test, name, value) for name, value in told.items())
        rows = sum(len(value) for value in test.case.values() if isinstance(value, list | tuple))
        return unusual + rows, sum(map(len, told.values())), test.id

    def _differs(self, test: Test, name: str, value: str) -> bool:
        return self._values.get((test.question, name)) != value


def _told(test: Test) -> dict[str, str]:
    """Everything that ``test`` tells, by name, as JSON."""
    rest = {" on": test.on, " at": test.at, " law": test.law_date, " readings": test.readings}
    return {
        name: json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
        for name, value in {**test.case, **rest}.items()
    }
