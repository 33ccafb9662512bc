"""The tests that a change needs: the cases that are answered otherwise, and the bounds of changed norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from guiju.checker.report.layout import View
from guiju.checker.wording import outcome_type
from guiju.compiler.kernel import Case, Context, Norm
from guiju.decisions.corpus import Corpus
from guiju.decisions.problems import InvalidInput
from guiju.decisions.topics import Topic
from guiju.dsl.source import Bilingual
from guiju.testing.diff.difference import Change, Compared, Difference, Said
from guiju.testing.diff.merging import Version
from guiju.testing.diff.sameness import Digests
from guiju.testing.diff.words import KIND, answer, terms
from guiju.testing.rules import Rules
from guiju.testing.scope import Unanswered
from guiju.testing.suite import Count, Criterion, Infeasible, Reason, Suite, Test
from guiju.testing.topic_tests import Asked, TopicTests, topic_tests
from guiju.testing.written import test_of


@frozen
class NewTests:
    """The suite, and the changes that no test can show: the new version has no words for the case."""

    suite: Suite
    left_out: tuple[str, ...]


def suite_for(
    difference: Difference, new: Corpus, engine: Mapping[str, str], budget: int, bounds: bool = True
) -> NewTests:
    """The tests that ``difference`` calls for, with the answers of ``new``.

    Args:
        difference: What is different.
        new: The new version, as it was loaded.
        engine: The versions of what made the suite.
        budget: The solver's resource limit for each query about bounds; 0: none.
        bounds: Also the cases below, at and above each bound of the norms that changed.
    """
    tests: list[Test] = []
    left_out: list[str] = []
    infeasible: list[Infeasible] = []
    undecided: list[Bilingual] = []
    counts = Count()
    digests = Digests()
    for compared in difference.topics:
        if not compared.changes:
            continue
        found: dict[str, Test] = {}
        for change in compared.changes:
            test = _test(change, compared, difference, new)
            if test is None:
                left_out.append(f"{compared.topic.name}: {change.kind.value}")
            else:
                _add(test, found)
        said = _bounds(compared.topic, difference, new, digests, budget, undecided) if bounds else None
        if said is not None:
            for test in said.tests:
                _add(test, found)
            infeasible += said.infeasible
            undecided += said.undecided
            counts = _sum([counts, *said.counts.values()])
        tests += sorted(found.values(), key=lambda test: test.id)
    suite = Suite(
        corpus=new.digest,
        engine=engine,
        options={"diff": {"old": difference.old.digest, "readings": dict(difference.readings)}},
        tests=tuple(tests),
        counts={Criterion.BOUNDARY: counts} if counts.total else {},
        infeasible=tuple(infeasible),
        undecided=tuple(undecided),
    )
    return NewTests(suite, tuple(left_out))


def reason(change: Change, compared: Compared, difference: Difference) -> Bilingual:
    """Why the case of ``change`` is a test: what was said of it, and what is said now."""
    kind = KIND[change.kind]
    type_ = outcome_type(compared.topic.question, difference.frame)

    def said(each: Said, lang: str) -> str:
        view = View(lang)
        return view.say("，", ", ").join((answer(each, type_, view), *terms(each, view)))

    return Bilingual(
        f"{kind.zh}：此前{said(change.before, 'zh')}；现在{said(change.after, 'zh')}",
        f"{kind.en}: before, {said(change.before, 'en')}; now, {said(change.after, 'en')}",
    )


def _test(change: Change, compared: Compared, difference: Difference, new: Corpus) -> Test | None:
    """The case of ``change`` as a test of ``new``; None where it has no words for it."""
    context = _in_words_of(new, change.context)
    if compared.topic.name not in new.questions or context is None or compared.scope is None:
        return None
    scope = evolve(compared.scope, facts=tuple(context.case.facts), records=tuple(context.case.records))
    try:
        test = test_of(_rules(compared.topic.name, new), scope, context)
    except InvalidInput:
        return None
    norms = tuple(each.norm for each in test.expected.norms)
    # The old version is one that the test tells from the new one, as it would a mistake.
    return evolve(
        test, reasons=(Reason(Criterion.MUTANTS, norms, reason(change, compared, difference)),), kills=1
    )


def _in_words_of(new: Corpus, context: Context) -> Context | None:
    """``context`` without what ``new`` does not declare; None where the place or a choice is among that."""
    declared = new.declarations
    if context.place not in declared.territories:
        return None
    readings = {name: choice for name, choice in context.readings.items() if name in declared.readings}
    if any(choice not in declared.readings[name].choices for name, choice in readings.items()):
        return None
    facts = {name: value for name, value in context.case.facts.items() if name in declared.facts}
    records = {
        name: tuple(
            {field: value for field, value in row.items() if field in declared.records[name].fields}
            for row in rows
        )
        for name, rows in context.case.records.items()
        if name in declared.records
    }
    return evolve(context, case=Case(facts, records), readings=readings)


def _rules(name: str, new: Corpus) -> Rules:
    return Rules(
        new.questions[name],
        evolve(new.kernel, norms=new.artifact.norms(name)),
        new.artifact.head.defeats,
    )


def _bounds(
    topic: Topic,
    difference: Difference,
    new: Corpus,
    digests: Digests,
    budget: int,
    undecided: list[Bilingual],
) -> TopicTests | None:
    """Tests of the bounds of the norms on ``topic`` that changed; None: none did, or not in time."""
    changed = _changed_norms(topic, difference, digests)
    if not changed:
        return None
    try:
        return topic_tests(_rules(topic.name, new), Asked(frozenset({Criterion.BOUNDARY}), changed, budget))
    except Unanswered as error:
        undecided.append(Bilingual(f"{topic.name}：{error}", f"{topic.name}: {error}"))
        return None


def _changed_norms(topic: Topic, difference: Difference, digests: Digests) -> frozenset[str]:
    """The norms of the new version that say what none of the old version says."""
    old, new = difference.old, difference.new
    before = {digests.norm(norm, old) for norm in _norms(topic.name, old)}
    return frozenset(n.id for n in _norms(topic.name, new) if digests.norm(n, new) not in before)


def _norms(topic: str, version: Version) -> tuple[Norm, ...]:
    return version.topics[topic][1] if topic in version.topics else ()


def _add(test: Test, found: dict[str, Test]) -> None:
    """Put ``test`` among ``found``: the same case once, for all the reasons that there are."""
    known = found.get(test.id)
    if known is not None:
        reasons = tuple(dict.fromkeys((*known.reasons, *test.reasons)))
        test = evolve(known, reasons=reasons, kills=max(known.kills, test.kills))
    found[test.id] = test


def _sum(counts: Iterable[Count]) -> Count:
    each = list(counts)
    return Count(
        sum(count.total for count in each),
        sum(count.met for count in each),
        sum(count.infeasible for count in each),
        sum(count.undecided for count in each),
    )
