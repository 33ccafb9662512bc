"""A suite for a corpus, topic by topic, in as many processes as are given: the same whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Final

from attrs import frozen

from guiju._version import version
from guiju.checker.check import DEFAULT_BUDGET as CHECK_BUDGET
from guiju.decisions.artifact import Artifact, from_bytes, to_bytes
from guiju.decisions.corpus import Corpus
from guiju.decisions.topics import UnknownTopic, find
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual
from guiju.testing.narrow import Narrow
from guiju.testing.suite import Criterion, Suite
from guiju.testing.topic_tests import Asked, TopicTests, merged, topic_tests

#: More than for a check: a suite that leaves something open is not enough, and few searches need so much.
DEFAULT_BUDGET: Final = 10 * CHECK_BUDGET

#: Told how many topics are done, of how many.
Progress = Callable[[int, int], None]

#: The corpus of a process that makes tests, set when it starts.
_CORPUS: list[Narrow] = []


class UnknownName(ValueError):
    """There is no question, instrument, rule or norm of this name; ``message`` says so in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


@frozen(eq=False)
class Generated:
    """A suite, and what it took to make it.

    Attributes:
        suite: The tests.
        topics: What came of each topic, in the order of the corpus.
    """

    suite: Suite
    topics: tuple[TopicTests, ...]


def generate(
    corpus: Corpus,
    *,
    criteria: Collection[Criterion] = tuple(Criterion),
    about: Sequence[str] = (),
    budget: int = DEFAULT_BUDGET,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Generated:
    """Tests for the rules of ``corpus``: as few cases as cover all that can be covered.

    Args:
        corpus: The rules.
        criteria: What to cover.
        about: Names of questions, instruments (or their titles), rules and norms; none: everything.
        budget: The solver's resource limit for each query.
        jobs: In how many processes.
        progress: Told how far it is.

    Raises:
        UnknownName: A name in ``about`` is not known.
    """
    wanted = topics_for(corpus, about)
    tasks = [
        (name, Asked(frozenset(criteria), norms, budget))
        for name, norms in wanted.items()
        if norms is None or norms
    ]
    done: dict[str, TopicTests] = {}
    for found in _run(corpus.artifact, tasks, jobs):
        done[found.topic] = found
        if progress is not None:
            progress(len(done), len(tasks))
    topics = tuple(done[name] for name, _ in tasks)
    suite = Suite(
        corpus=corpus.digest,
        engine={"guiju": version(), **corpus.artifact.head.engine},
        options={
            "criteria": [each.value for each in Criterion if each in criteria],
            "for": list(about),
            "budget": budget,
        },
        tests=tuple(test for each in topics for test in each.tests),
        counts=merged([each.counts for each in topics]),
        infeasible=tuple(each for topic in topics for each in topic.infeasible),
        undecided=tuple(each for topic in topics for each in topic.undecided),
    )
    return Generated(suite, topics)


def _run(artifact: Artifact, tasks: Sequence[tuple[str, Asked]], jobs: int) -> Iterator[TopicTests]:
    if jobs <= 1 or len(tasks) <= 1:
        rules = Narrow(artifact)
        for name, asked in tasks:
            yield topic_tests(rules.rules(name), asked)
        return
    head = artifact.head
    data = to_bytes(head, {name: artifact.norms(name) for name in head.topics}, artifact.corpus())
    # The topics with most to do first, so that no process is left alone with one of them at the end.
    ordered = sorted(tasks, key=lambda task: -_size(artifact, task[0]))
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (data,)) as pool:
        for task in as_completed([pool.submit(_in_process, each) for each in ordered]):
            yield task.result()


def _size(artifact: Artifact, topic: str) -> int:
    return sum(len(repr(norm.guard)) for norm in artifact.norms(topic))


def _start(data: bytes) -> None:
    _CORPUS.append(Narrow(from_bytes(data)))


def _in_process(task: tuple[str, Asked]) -> TopicTests:
    name, asked = task
    return topic_tests(_CORPUS[0].rules(name), asked)


# --- What it is for


def topics_for(corpus: Corpus, about: Iterable[str]) -> dict[str, frozenset[str] | None]:
    """The topics to make tests for, each with the norms that they are about; None: all of them.

    Raises:
        UnknownName: A name in ``about`` is not known.
    """
    artifact = corpus.artifact
    names = list(about)
    if not names:
        return dict.fromkeys(corpus.questions)
    found: dict[str, frozenset[str] | None] = dict.fromkeys(corpus.questions, frozenset())
    for name in names:
        for topic, norms in _named(name.strip(), corpus, artifact):
            before = found[topic]
            found[topic] = None if norms is None or before is None else before | norms
    return found


def _named(name: str, corpus: Corpus, artifact: Artifact) -> list[tuple[str, frozenset[str] | None]]:
    titles = {each.title: id_ for id_, each in corpus.instruments.items()}
    bare = name.removeprefix("《").removesuffix("》")
    instrument = bare if bare in corpus.instruments else titles.get(bare)
    found: list[tuple[str, frozenset[str] | None]] = []
    for topic in corpus.questions:
        norms = frozenset(
            norm.id
            for norm in artifact.norms(topic)
            if norm.instrument == instrument or name in (norm.rule, norm.id)
        )
        if norms:
            found.append((topic, norms))
    if found:
        return found
    try:
        return [(find(name, corpus.questions).name, None)]
    except UnknownTopic as error:
        if name in {topic.deed.action for topic in corpus.questions.values() if topic.deed is not None}:
            raise UnknownName(error.message) from None
    raise UnknownName(_unknown(name, corpus, artifact))


def _unknown(name: str, corpus: Corpus, artifact: Artifact) -> Bilingual:
    rules = (norm.rule for topic in corpus.questions for norm in artifact.norms(topic))
    acts = (topic.deed.action for topic in corpus.questions.values() if topic.deed is not None)
    known = dict.fromkeys((*corpus.questions, *acts, *corpus.instruments, *rules))
    hint = did_you_mean(name, known)
    return Bilingual(
        f"没有名为“{name}”的问题、文件或者规则。{hint.zh if hint else 'guiju schema --list 列出可问的问题'}",
        f"there is no question, instrument or rule {name};"
        f" {hint.en if hint else 'guiju schema --list shows the questions'}",
    )
