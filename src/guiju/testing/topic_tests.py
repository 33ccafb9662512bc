"""The tests of one topic: cases for all that is asked of them, and of these as few as cover it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt
from guiju.compiler.kernel import Context
from guiju.dsl.source import Bilingual
from guiju.testing.cover import cover
from guiju.testing.criteria import CASES, PAIRS
from guiju.testing.impossible import contradiction, equivalent
from guiju.testing.mutant import Mutant
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.obligations import Obligation, Pair
from guiju.testing.pool import Pool
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope, scope_of
from guiju.testing.search import Search, Unanswered
from guiju.testing.suite import Count, Criterion, Infeasible, Reason, Test
from guiju.testing.written import test_of


@frozen(eq=False)
class Asked:
    """What is asked of a suite.

    Attributes:
        criteria: What to cover.
        norms: The norms that it is about; None: all.
        budget: The solver's resource limit for each query.
    """

    criteria: frozenset[Criterion]
    norms: frozenset[str] | None
    budget: int

    def concerns(self, norms: Collection[str]) -> bool:
        """Whether something about ``norms`` is asked for."""
        return self.norms is None or not self.norms.isdisjoint(norms)


@frozen(eq=False)
class Mutation:
    """How the mutants of a topic ended, beside ``Count``: ``met`` says how many were killed.

    Attributes:
        by_outcome: Killed by another verdict or value, or other days.
        masked: Killed only by the norms that stand; it is proved that no case shows more.
    queries: How often the solver was asked for a case that kills.
    """

    by_outcome: int = 0
    masked: int = 0
    queries: int = 0


@frozen(eq=False)
class TopicTests:
    """What came of one topic.

    Attributes:
        topic: Its name.
        tests: The cases that were chosen.
        counts: By criterion.
        infeasible: What no case covers.
        undecided: What may be coverable and is not covered.
        mutation: How strongly mutants are killed.
        candidates: How many cases were found.
        queries: How often the solver was asked.
        smallest: It is proved that fewer of these cases would not do.
    """

    topic: str
    tests: tuple[Test, ...]
    counts: Mapping[Criterion, Count]
    infeasible: tuple[Infeasible, ...]
    undecided: tuple[Bilingual, ...]
    mutation: Mutation
    candidates: int
    queries: int
    smallest: bool


def topic_tests(rules: Rules, asked: Asked) -> TopicTests:
    """Tests of the topic of ``rules``; the corpus of ``rules`` has its norms and all declarations."""
    try:
        pool = pool_of(rules, asked)
    except Unanswered as error:
        return _nothing(rules.topic.name, error)
    work = _Work(asked, pool)
    work.obligations()
    work.mutants()
    return work.result()


def pool_of(rules: Rules, asked: Asked) -> Pool:
    """A pool without cases yet.

    Raises:
        Unanswered: The solver's budget did not suffice for a case to start from.
    """
    # Without a base there are no tests: it is not for the budget of a query to decide that.
    scope = scope_of(rules, smt.Backend(rules.corpus, max(asked.budget, DEFAULT_BUDGET), assumptions=()))
    return Pool(Search(scope, smt.Backend(rules.corpus, asked.budget, assumptions=())))


def _nothing(topic: str, error: Unanswered) -> TopicTests:
    left = Bilingual(f"{topic}：没有找到起始情形（{error}）", f"{topic}: no case to start from ({error})")
    return TopicTests(topic, (), {}, (), (left,), Mutation(), 0, 0, smallest=False)


@define(eq=False)
class _Tally:
    total: int = 0
    met: int = 0
    infeasible: int = 0
    undecided: int = 0

    def count(self) -> Count:
        return Count(self.total, self.met, self.infeasible, self.undecided)


@frozen(eq=False)
class _Wanted:
    """Something that a chosen case has to cover: its cases, and what is then said of the one chosen."""

    cases: tuple[int, ...]
    reason: Reason


@define(eq=False)
class _Work:
    asked: Asked
    pool: Pool
    tallies: dict[Criterion, _Tally] = field(factory=dict)
    met: list[Obligation] = field(factory=list)
    infeasible: list[Infeasible] = field(factory=list)
    undecided: list[Bilingual] = field(factory=list)
    killed: list[tuple[Mutant, Rules]] = field(factory=list)
    masked: set[str] = field(factory=set)
    hunted: int = 0

    @property
    def scope(self) -> Scope:
        return self.pool.search.scope

    # --- Cases for obligations

    def obligations(self) -> None:
        """Find cases for what the criteria ask for; the most demanding criteria first."""
        for criterion, pairs in PAIRS.items():
            if criterion in self.asked.criteria:
                for pair in pairs(self.scope):
                    if self.asked.concerns(pair.norms):
                        self._pair(criterion, pair)
        for criterion, cases in CASES.items():
            if criterion in self.asked.criteria:
                for obligation in cases(self.scope):
                    if self.asked.concerns(obligation.norms):
                        self._case(obligation)

    def _pair(self, criterion: Criterion, pair: Pair) -> None:
        tally = self._tally(criterion, 2)
        try:
            found = self.pool.pair(pair)
        except Unanswered as error:
            tally.undecided += 2
            self._not_known(criterion, pair.norms, pair.texts[0], error)
            return
        if found is None:
            tally.infeasible += 2
            self._impossible(Obligation(criterion, pair.norms, (*pair.one, *pair.same), pair.texts[0]))
            return
        tally.met += 2
        for conditions, text in zip(found, pair.texts, strict=True):
            self.met.append(Obligation(criterion, pair.norms, conditions, text))

    def _case(self, obligation: Obligation) -> None:
        tally = self._tally(obligation.criterion, 1)
        try:
            found = self.pool.find(obligation.conditions)
        except Unanswered as error:
            tally.undecided += 1
            self._not_known(obligation.criterion, obligation.norms, obligation.text, error)
            return
        if found is None:
            tally.infeasible += 1
            self._impossible(obligation)
        else:
            tally.met += 1
            self.met.append(obligation)

    # --- Cases that kill mutants

    def mutants(self) -> None:
        """Find a case that kills each mutant, by verdict or value where that can be."""
        if Criterion.MUTANTS not in self.asked.criteria:
            return
        before = self.pool.queries
        for mutant in mutants(self.pool.rules):
            if self.asked.concerns(mutant.norms):
                self._mutant(mutant)
        self.hunted = self.pool.queries - before

    def _mutant(self, mutant: Mutant) -> None:
        tally = self._tally(Criterion.MUTANTS, 1)
        wrong = mutant.of(self.pool.rules)
        killed, strongly = self._killed(mutant, wrong)
        try:
            if not killed:
                number = self.pool.search_killing(mutant, wrong)
                if number is None:
                    tally.infeasible += 1
                    self.infeasible.append(equivalent(mutant))
                    return
                killed, strongly = self.pool.told[number].differs(mutant, wrong)
                if not killed:
                    raise Unanswered("the case that was found shows no difference")
            if not strongly and self.pool.search_strongly(mutant, wrong) is None:
                self.masked.add(mutant.id)
        except Unanswered as error:
            if not killed:
                tally.undecided += 1
                self._not_known(Criterion.MUTANTS, mutant.norms, mutant.text, error)
                return
        tally.met += 1
        self.killed.append((mutant, wrong))

    def _killed(self, mutant: Mutant, wrong: Rules) -> tuple[bool, bool]:
        """Whether some case so far kills ``mutant``, and whether one does by verdict or value."""
        any_ = False
        for number in self.pool.touched(mutant, wrong):
            killed, strongly = self.pool.told[number].differs(mutant, wrong)
            if strongly:
                return True, True
            any_ = any_ or killed
        return any_, False

    # --- The choice

    def result(self) -> TopicTests:
        """As few of the cases as cover everything, with what each is for."""
        wanted = [*self._covered(), *self._kills()]
        chosen = cover(each.cases for each in wanted)
        reasons: dict[int, list[Reason]] = {number: [] for number in chosen.chosen}
        kills: dict[int, int] = dict.fromkeys(chosen.chosen, 0)
        for each in wanted:
            number = next(n for n in each.cases if n in reasons)
            reasons[number].append(each.reason)
            if each.reason.criterion is Criterion.MUTANTS:
                for n in each.cases:
                    if n in kills:
                        kills[n] += 1
        tests = [
            evolve(self._test(self.pool.told[n].context), reasons=_distinct(reasons[n]), kills=kills[n])
            for n in chosen.chosen
        ]
        return TopicTests(
            topic=self.scope.topic.name,
            tests=tuple(sorted(tests, key=lambda test: test.id)),
            counts={criterion: tally.count() for criterion, tally in self.tallies.items()},
            infeasible=tuple(self.infeasible),
            undecided=tuple(self.undecided),
            mutation=Mutation(len(self.killed) - len(self.masked), len(self.masked), self.hunted),
            candidates=len(self.pool.told),
            queries=self.pool.queries,
            smallest=chosen.smallest,
        )

    def _covered(self) -> Iterator[_Wanted]:
        for each in self.met:
            reason = Reason(each.criterion, each.norms, each.text)
            yield _Wanted(tuple(self.pool.covering(each.conditions)), reason)

    def _kills(self) -> Iterator[_Wanted]:
        for mutant, wrong in self.killed:
            reason = Reason(Criterion.MUTANTS, mutant.norms, mutant.text)
            touched = sorted(self.pool.touched(mutant, wrong))
            told = [(n, self.pool.told[n].differs(mutant, wrong)) for n in touched]
            strongly = tuple(number for number, (_, strong) in told if strong)
            yield _Wanted(strongly or tuple(number for number, (any_, _) in told if any_), reason)

    def _test(self, context: Context) -> Test:
        return test_of(self.pool.rules, self.scope, context)

    # --- What is said of it

    def _tally(self, criterion: Criterion, more: int) -> _Tally:
        tally = self.tallies.setdefault(criterion, _Tally())
        tally.total += more
        return tally

    def _impossible(self, obligation: Obligation) -> None:
        conditions = obligation.conditions
        try:
            core = self.pool.search.core(conditions)
            self.pool.queries += len(conditions)
        except Unanswered:
            core = tuple(range(len(conditions)))
        because = contradiction([conditions[number] for number in core], self.scope.corpus)
        self.infeasible.append(Infeasible(obligation.criterion, obligation.norms, obligation.text, because))

    def _not_known(
        self, criterion: Criterion, norms: Sequence[str], text: Bilingual, error: Unanswered
    ) -> None:
        about = ", ".join(norms)
        self.undecided.append(
            Bilingual(
                f"{about}：{text.zh}（{criterion.value}：{error}）",
                f"{about}: {text.en} ({criterion.value}: {error})",
            )
        )


def _distinct(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """``reasons``, each text about the same norms once: what one criterion asks for, others do as well."""
    found: dict[tuple[tuple[str, ...], str], Reason] = {}
    for each in reasons:
        found.setdefault((each.norms, each.text.zh), each)
    return tuple(found.values())


def merged(counts: Sequence[Mapping[Criterion, Count]]) -> dict[Criterion, Count]:
    """Counts of several topics together, in the order of the criteria."""
    found: dict[Criterion, Count] = {}
    for criterion in Criterion:
        given = [each[criterion] for each in counts if criterion in each]
        if given:
            found[criterion] = Count(
                sum(c.total for c in given),
                sum(c.met for c in given),
                sum(c.infeasible for c in given),
                sum(c.undecided for c in given),
            )
    return found
