"""What becomes of the tests of a suite: which still hold under the new version, and which do not."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from guiju.compiler.kernel import Context
from guiju.compiler.resolve import resolve
from guiju.decisions.cases import Reader
from guiju.decisions.corpus import Corpus
from guiju.decisions.problems import InvalidInput
from guiju.decisions.topics import UnknownTopic, find
from guiju.dsl.source import Bilingual
from guiju.testing.diff.answers import without_names
from guiju.testing.expected import expected
from guiju.testing.suite import Expected, Test


@frozen
class Changed:
    """A test that gets another answer: the one that it expects, and the one that the rules now give."""

    test: Test
    now: Expected


@frozen
class Unaskable:
    """A test that can no longer be asked, and why."""

    test: Test
    why: Bilingual


@frozen
class Restated:
    """The tests of a suite: those whose answer is the same but for the names of norms, and the others."""

    holding: tuple[Test, ...]
    changed: tuple[Changed, ...]
    unaskable: tuple[Unaskable, ...]


def restated(tests: Sequence[Test], new: Corpus) -> Restated:
    """What ``new`` says to ``tests``, by the reference evaluator."""
    holding: list[Test] = []
    changed: list[Changed] = []
    unaskable: list[Unaskable] = []
    for test in tests:
        now = _answered(test, new)
        if isinstance(now, Bilingual):
            unaskable.append(Unaskable(test, now))
        elif without_names(now) == without_names(test.expected):
            holding.append(test)
        else:
            changed.append(Changed(test, now))
    return Restated(tuple(holding), tuple(changed), tuple(unaskable))


def _answered(test: Test, new: Corpus) -> Expected | Bilingual:
    """The answer, or why there is none."""
    try:
        topic = find(test.question, new.questions)
        given = Reader(new.declarations).read(test.case)
    except UnknownTopic as error:
        return error.message
    except InvalidInput as error:
        first = error.problems[0]
        return Bilingual(f"{first.path}：{first.message.zh}", f"{first.path}: {first.message.en}")
    if test.at not in new.declarations.territories:
        return Bilingual(f"没有地域“{test.at}”", f"there is no place {test.at}")
    for name, choice in test.readings.items():
        if name not in new.readings or choice not in new.readings[name].choices:
            return Bilingual(f"没有读法 {name}={choice}", f"there is no reading {name}={choice}")
    first_day, last_day = new.horizon
    if not first_day <= test.on <= last_day:
        return Bilingual(f"{test.on} 不在时限之内", f"{test.on} is outside of the horizon")
    norms = new.artifact.norms(topic.name)
    readings = {**new.declarations.default_readings(), **test.readings}
    context = Context(given.case, test.on, test.at, readings, test.law_date)
    corpus = new.kernel
    defeats = new.artifact.head.defeats
    for question in dict.fromkeys(norm.question for norm in norms):
        if resolve(question, corpus, defeats, context).undetermined:
            return Bilingual(
                "新版的答复还取决于这个情形没有给出的事实",
                "the new answer also depends on facts that the case does not give",
            )
    return expected(topic, norms, corpus, defeats, context)
