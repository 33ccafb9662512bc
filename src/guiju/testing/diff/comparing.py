"""Comparing two versions: for each topic a case for each way in which its answer changes, or a proof.

The solver is asked whether a change is possible at all. What it finds is believed when the reference
evaluator, put to the same case under each version by itself, gives two answers; what it proves, because the
conditions are those that the check and the decisions rest on too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.checker.ask import choice_conditions
from guiju.compiler import smt
from guiju.compiler.formulas import Incomparable
from guiju.compiler.kernel import FALSE, Context, Corpus, Expr, Norm, Question, disjunction, negation
from guiju.decisions.topics import Topic
from guiju.dsl.source import Bilingual
from guiju.testing.diff.answers import shown
from guiju.testing.diff.assumed import assumed
from guiju.testing.diff.declarable import declarable
from guiju.testing.diff.difference import Change, Compared, Difference, Presence, Said
from guiju.testing.diff.grounds import Resettled, resettled
from guiju.testing.diff.kinds import Kind, Possible, kinds
from guiju.testing.diff.matching import matched, unmatched
from guiju.testing.diff.merging import Merged, Version
from guiju.testing.diff.plainest import plainest, telling
from guiju.testing.diff.sameness import Digests, same
from guiju.testing.expected import expected
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope, Unanswered, scope_of
from guiju.testing.search import Search
from guiju.testing.seen import Seen

#: Told how many of the topics are compared.
Progress = Callable[[int, int], None]

#: Where the old version's instruments stand beside those of the new one.
_OLD = "@old"


class NoCase(ValueError):
    """What the versions assume contradicts each other: no case is one for both."""


def compare(
    both: Merged,
    questions: Iterable[str] | None = None,
    readings: Mapping[str, str] | None = None,
    budget: int = 0,
    progress: Progress | None = None,
) -> Difference:
    """What is different between two versions.

    Args:
        both: The versions over one set of declarations (``merging.merged``).
        questions: The names of the topics to compare, those of ``topics_of``; None: all.
        readings: Choices to compare under; the others are left open.
        budget: The solver's resource limit for each query; 0: none.
        progress: Told how far it is.

    Raises:
        NoCase: There is no case that both allow.
    """
    backend = smt.Backend(both.frame, budget)
    if backend.satisfiable([each.expr for each in both.frame.assumptions]) is False:
        raise NoCase("the assumptions of the versions contradict each other")
    digests = Digests()
    fixed = choice_conditions(readings or {}, both.frame)
    known = topics_of(both)
    work = _Comparing(both, backend, digests, tuple(fixed), known)
    names = list(known) if questions is None else list(questions)
    found: list[Compared] = []
    for number, name in enumerate(names):
        if progress is not None:
            progress(number, len(names))
        found.append(work.topic(name))
    if progress is not None:
        progress(len(names), len(names))
    return Difference(
        frame=both.frame,
        old=both.old,
        new=both.new,
        renamed=both.renamed,
        declared=both.declared,
        assumed=assumed(both, digests, budget),
        topics=tuple(found),
        readings=dict(readings or {}),
    )


def topics_of(both: Merged) -> dict[str, Topic]:
    """The topics of either version by name: in the order of the new one, those removed at the end."""
    known = {name: topic for name, (topic, _) in both.new.topics.items()}
    return {**known, **{name: topic for name, (topic, _) in both.old.topics.items() if name not in known}}


def rules_of(topic: Topic, version: Version) -> Rules:
    """What ``version`` says of ``topic``; it may say nothing."""
    norms = version.topics[topic.name][1] if topic.name in version.topics else ()
    return Rules(topic, evolve(version.corpus, norms=norms), version.defeats)


@frozen(eq=False)
class _Comparing:
    both: Merged
    backend: smt.Backend
    digests: Digests
    fixed: tuple[Expr, ...]
    topics: Mapping[str, Topic]

    def topic(self, name: str) -> Compared:
        both = self.both
        topic = self.topics[name]
        presence = (
            Presence.REMOVED
            if name not in both.new.topics
            else Presence.ADDED
            if name not in both.old.topics
            else Presence.BOTH
        )
        incomparable = both.incomparable(name)
        if incomparable:
            return Compared(topic, presence, incomparable=incomparable)
        if same(name, both.old, both.new, self.digests):
            return Compared(topic, presence, same=True)
        old, new = rules_of(topic, both.old), rules_of(topic, both.new)
        try:
            return _Topic(self, topic, presence, old, new).compared()
        except Incomparable:
            why = Bilingual("两版的值单位不同", "the values of the versions are in different units")
            return Compared(topic, presence, incomparable=(why,))


@frozen(eq=False)
class _Topic:
    """One topic that the versions do not say the same of. What is found is gathered in the lists."""

    work: _Comparing
    topic: Topic
    presence: Presence
    old: Rules
    new: Rules
    changes: list[Change] = field(factory=list)
    resettled: list[Change] = field(factory=list)
    impossible: list[Kind] = field(factory=list)
    undecided: list[Bilingual] = field(factory=list)

    def compared(self) -> Compared:
        asked = list(kinds(self.old, self.new))
        matching = matched(self.old, self.new, self.work.both, self.work.digests)
        pairs = list(resettled(self.old, self.new, matching))
        anything = disjunction(*(each.condition for each in asked))
        if not asked or self.work.backend.satisfiable([anything, *self.work.fixed]) is False:
            self.impossible.extend(each.kind for each in asked)
            asked, anything = [], FALSE
        scope = self._scope() if asked or pairs else None
        if scope is not None:
            for each in asked:
                self._ask(each, scope)
            if pairs:
                self._ask_grounds(pairs, negation(anything), scope)
        return Compared(
            self.topic,
            self.presence,
            changes=tuple(self.changes),
            resettled=tuple(self.resettled),
            unmatched=unmatched(self.old, self.new, matching) if self.presence is Presence.BOTH else (),
            impossible=tuple(dict.fromkeys(self.impossible)),
            undecided=tuple(self.undecided),
            scope=scope,
        )

    def _scope(self) -> Scope | None:
        """What a case of the topic tells; None, and noted, where not even one case was found in time."""
        try:
            return scope_of(self._joint(), self.work.backend)
        except Unanswered as error:
            self.undecided.append(Bilingual(str(error), str(error)))
            return None

    def _ask(self, each: Possible, scope: Scope) -> None:
        try:
            found = self._found([each.condition, *self.work.fixed], declarable(scope, self.work.both), scope)
        except Unanswered as error:
            self._not_known(each.kind, str(error))
            return
        if found is None:
            self.impossible.append(each.kind)
            return
        change = self._change(each.kind, each.question, found, scope)
        if shown(change.before) == shown(change.after):
            self._not_known(each.kind, "the case that was found shows no difference")
            return
        self.changes.append(change)

    def _ask_grounds(self, pairs: Iterable[Resettled], unchanged: Expr, scope: Scope) -> None:
        """Cases for those of ``pairs`` that can meet; one may show several. Best they are answered alike."""
        wishes = [*declarable(scope, self.work.both), unchanged]
        left = [(pair, pair.condition(self.old, self.new, unchanged)) for pair in pairs]
        known = len(self.undecided)
        while left:
            (first, condition), *left = left
            try:
                found = self._found([condition, *self.work.fixed], wishes, scope)
            except Unanswered as error:
                self._not_known(Kind.GROUNDS, str(error))
                continue
            if found is None:
                continue
            seen = Seen(scope.corpus, found)
            also = [pair for pair, when in left if pair.question == first.question and seen.holds(when)]
            left = [each for each in left if each[0] not in also]
            if not all(pair.shown(self.old, self.new, found) for pair in (first, *also)):
                self._not_known(Kind.GROUNDS, "the case that was found shows no difference")
                continue
            change = self._change(Kind.GROUNDS, first.question, found, scope)
            self.resettled.append(evolve(change, settled=(first, *also)))
        if not self.resettled and len(self.undecided) == known:
            self.impossible.append(Kind.GROUNDS)

    def _found(self, conditions: Sequence[Expr], wishes: Sequence[Expr], scope: Scope) -> Context | None:
        """A case as plain as can be; None: it is proved that there is none. Raises ``Unanswered``."""
        search = Search(scope, self.work.backend)
        found = search.find(conditions, wishes)
        if found is None:
            return None
        return plainest(found, [*conditions, *scope.assumptions], wishes, search)

    def _change(self, kind: Kind, question: Question, context: Context, scope: Scope) -> Change:
        first = {name: reading.choices[0] for name, reading in scope.corpus.readings.items()}
        return Change(
            kind=kind,
            question=question,
            context=context,
            telling=telling(context, scope),
            readings={name: choice for name, choice in context.readings.items() if choice != first[name]},
            before=self._said(self.old, context),
            after=self._said(self.new, context),
        )

    def _not_known(self, kind: Kind, reason: str) -> None:
        word = kind.value
        self.undecided.append(Bilingual(f"{word}：{reason}", f"{word}: {reason}"))

    def _said(self, rules: Rules, context: Context) -> Said:
        corpus = rules.corpus
        found = expected(rules.topic, corpus.norms, corpus, rules.defeats, context)
        named = {*(each.norm for each in found.norms), *found.defeated}
        norms = {norm.id: norm for norm in corpus.norms if norm.id in named}
        titles = {norm.instrument: corpus.instruments[norm.instrument].title for norm in norms.values()}
        return Said(found, norms, titles)

    def _joint(self) -> Rules:
        """What either version says: a case tells what bears on any of it."""
        old, new = self.old.corpus, self.new.corpus
        norms: list[Norm] = list(new.norms)
        norms += [evolve(norm, instrument=f"{norm.instrument}{_OLD}") for norm in old.norms]
        for corpus in (old, new):
            outcome = corpus.outcomes.get(self.topic.outcome or "")
            if outcome is not None and outcome.domain is not None:
                norms.append(evolve(norms[0], guard=outcome.domain))  # where an answer must be matters too
        instruments = {**new.instruments, **{f"{n}{_OLD}": each for n, each in old.instruments.items()}}
        frame = self.work.both.frame
        joint: Corpus = evolve(frame, norms=tuple(norms), instruments=instruments, outcomes=new.outcomes)
        return Rules(self.topic, joint, {})
