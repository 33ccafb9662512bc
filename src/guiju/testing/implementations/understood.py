"""Tests as contexts of the kernel, and those together that can be asked in one go."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from attrs import frozen

from guiju.compiler.kernel import Context
from guiju.decisions.corpus import Corpus
from guiju.decisions.problems import InvalidInput, Problem
from guiju.decisions.topics import Topic, UnknownTopic, find
from guiju.dsl.source import Bilingual
from guiju.testing.running import Failed, Tell
from guiju.testing.suite import Test

K = TypeVar("K", bound=Hashable)


@frozen(eq=False)
class Understood:
    """A test and its place in the suite, with its case as the kernel has it and every reading chosen."""

    number: int
    test: Test
    topic: Topic
    context: Context


def understood(rules: Corpus, tests: Sequence[Test], tell: Tell) -> list[Understood]:
    """``tests`` as ``rules`` read them; of one that they cannot read it is told why."""
    default = {name: reading.choices[0] for name, reading in rules.readings.items()}
    found: list[Understood] = []
    for number, test in enumerate(tests):
        try:
            case = rules.read_case(test.case).case
            topic = find(test.question, rules.questions)
        except InvalidInput as error:
            tell(number, refused(error.problems))
            continue
        except UnknownTopic as error:
            tell(number, Failed(error.message))
            continue
        context = Context(case, test.on, test.at, {**default, **test.readings}, test.law_date)
        found.append(Understood(number, test, topic, context))
    return found


def together(asked: Iterable[Understood], key: Callable[[Understood], K]) -> dict[K, list[Understood]]:
    """``asked`` by ``key``, in order."""
    found: dict[K, list[Understood]] = {}
    for each in asked:
        found.setdefault(key(each), []).append(each)
    return found


def refused(problems: Iterable[Problem]) -> Failed:
    """That a test is refused, and why."""
    listed = list(problems)
    return Failed(
        Bilingual(
            "；".join(f"{each.path} {each.message.zh}".strip() for each in listed),
            "; ".join(f"{each.path} {each.message.en}".strip() for each in listed),
        )
    )
