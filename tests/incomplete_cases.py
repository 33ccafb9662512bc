"""Small corpora whose every case can be tried: what their completions are, and what verdicts they get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju.checker.ask import Asker
from guiju.checker.check import DEFAULT_BUDGET
from guiju.checker.overlaps import overlaps
from guiju.compiler import smt
from guiju.compiler.combining import combined
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Case, Context, Corpus, Deed, MayDo, Question, Value, WhichValue
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, resolve
from guiju.compiler.verdicts import Verdict, verdict
from guiju.decisions.incomplete import backend_for
from small_rules import CASES, DAY, rule_sets, text
from with_world import corpus_of

TRADE = MayDo(Deed("摊主", "经营"))
FINE = WhichValue("罚款")

#: Every case, with full names: one for each way in which thresholds can be met.
WHOLE: tuple[Mapping[str, Value], ...] = tuple(
    {f"摊主.{name}": value for name, value in case.items() if isinstance(value, bool | int | str)}
    for case in CASES
)


@frozen
class Ruled:
    """A corpus with who prevails in it, what is asked, and a backend."""

    corpus: Corpus
    defeats: Defeats
    question: Question
    backend: smt.Backend

    def consistent(self, known: Mapping[str, Value], place: str) -> Iterator[Mapping[str, Value]]:
        """The whole cases that have what is known, and in which the assumptions hold."""
        for case in WHOLE:
            if not known.items() <= case.items():
                continue
            context = context_of(case, place)
            if all(evaluate(a.expr, self.corpus, context) for a in self.corpus.assumptions):
                yield case

    def verdict(self, case: Mapping[str, Value], place: str) -> Verdict:
        """The reference verdict in a whole case."""
        found = resolve(self.question, self.corpus, self.defeats, context_of(case, place))
        return verdict(found, {norm.id: norm for norm in self.corpus.norms if norm.question == self.question})

    def reply(self, case: Mapping[str, Value], place: str) -> tuple[Verdict, frozenset[Value | None]]:
        """The reference verdict and, of an outcome, the values in a whole case."""
        if not isinstance(self.question, WhichValue):
            return self.verdict(case, place), frozenset()
        found = resolve(self.question, self.corpus, self.defeats, context_of(case, place))
        positions = combined(dict(found.standing).values(), self.question, self.corpus)
        values = frozenset(each.value for each in positions if isinstance(each, EvaluatedAnswer))
        return self.verdict(case, place), values

    def verdicts(self, cases: Iterable[Mapping[str, Value]], place: str) -> set[Verdict]:
        return {self.verdict(case, place) for case in cases}


def context_of(facts: Mapping[str, Value], place: str, day: dt.date = DAY) -> Context:
    """A context without events in which so much is known."""
    return Context(Case(dict(facts)), day, place)


def ruled(*texts: str, question: Question = TRADE) -> Ruled:
    """The corpus of ``texts`` in the world that the files of ``tests/corpus/`` share."""
    corpus = corpus_of(*texts)
    found = overlaps(Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET)))
    return Ruled(corpus, found.defeats, question, backend_for(corpus, DEFAULT_BUDGET))


@st.composite
def ruled_sets(draw: st.DrawFn) -> Ruled:
    """Corpora of a few random rules, now and then with something assumed of the world."""
    rules = draw(rule_sets())
    assumed = draw(st.sampled_from(("", "再犯 蕴含 占道", "证件 = 临时 蕴含 面积 < 20平米")))
    question = FINE if rules[0].is_fine else TRADE
    return ruled(text(rules), f'假定 "世" {assumed}' if assumed else "", question=question)


def known_parts() -> SearchStrategy[dict[str, Value]]:
    """What is known of a case: some facts of a whole one."""
    return st.sampled_from(WHOLE).flatmap(
        lambda case: st.sets(st.sampled_from(sorted(case))).map(lambda names: {n: case[n] for n in names})
    )
