"""Laws on adding: what one more norm, one more assumption, a longer horizon or more rows can change.

What the calculus promises, for norms a and b and a new norm x (docs/semantics.md, 6 to 8): whether a and b
can disagree, and which of them prevails, does not depend on x. Whether their disagreement stands does, but
only where x prevails over one of them: then it may be silenced, and never does x bring one to life.

With one more assumption, what could not happen still cannot. Of *findings* this is not true in full: under an
assumption two conditions may come to the same, so that one of two norms is no longer the special one and no
longer silences the other.
"""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.checker.ask import Asker
from guiju.checker.check import Options, check
from guiju.checker.overlaps import Conflicts, overlaps
from guiju.compiler import smt
from guiju.compiler.kernel import (
    TRUE,
    And,
    Assumption,
    AtLeast,
    Corpus,
    Expr,
    Extreme,
    FactRef,
    Instrument,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    walk,
)
from guiju.compiler.resolve import Defeats
from small_rules import Rule, rule_sets, text
from trust.queries import Query, conflicts, dead, every, standing_conflicts
from with_world import corpus_of

BUDGET = 50_000_000
FEW = settings(max_examples=max(10, settings.default.max_examples // 5))

Pair = frozenset[str]


def found(corpus: Corpus) -> Conflicts:
    asker = Asker(corpus, smt.Backend(corpus, BUDGET))
    conflicts = overlaps(asker)
    assert asker.undecided == []
    return conflicts


def settled(conflicts: Conflicts, among: set[str]) -> dict[Pair, object]:
    """The settlement of each pair that can disagree, of these norms."""
    pairs = {frozenset((o.one.id, o.other.id)): o.settlement for o in conflicts.overlaps}
    return {pair: settlement for pair, settlement in pairs.items() if pair <= among}


def standing(corpus: Corpus, defeats: Defeats) -> set[str]:
    """The pairs that a third norm might silence, and that disagree where none does."""
    return holding(corpus, list(standing_conflicts(corpus, defeats)))


def holding(corpus: Corpus, queries: list[Query]) -> set[str]:
    """What the queries that hold in some case are about."""
    backend = smt.Backend(corpus, BUDGET)
    return {query.about for query in queries if backend.satisfiable(query.asked) is True}


def satisfiable(corpus: Corpus) -> bool:
    return smt.Backend(corpus, BUDGET).satisfiable([]) is True


@FEW
@given(st.data())
def test_a_norm_changes_nothing_between_two_others(data: st.DataObject) -> None:
    """Whether they meet, and who prevails; on random norms, dates, records and readings."""
    question = data.draw(draw.questions(draw.VOCABULARY))
    after = data.draw(draw.corpora(max_norms=5, depth=2, question=question))
    assume(len(after.norms) > 2 and satisfiable(after))
    gone = data.draw(st.sampled_from(after.norms))
    before = evolve(after, norms=tuple(n for n in after.norms if n != gone))
    others = {norm.id for norm in before.norms}
    assert settled(found(before), others) == settled(found(after), others)


_FIT, _HARMFUL = FactRef("party.fit"), FactRef("party.harmful")
_GUARDS = (TRUE, _FIT, _HARMFUL, Not(_FIT), Not(_HARMFUL), And((_FIT, _HARMFUL)), Or((_FIT, _HARMFUL)))


@st.composite
def opposed(draw_: st.DrawFn) -> Corpus:
    """Norms that often meet and disagree: on one deed, always in force, on two facts."""
    taken = draw_(
        st.lists(st.tuples(st.sampled_from(_GUARDS), st.sampled_from(Modality)), min_size=4, max_size=5)
    )
    norms = tuple(
        Norm(f"local.n{n}", f"local.n{n}", "local", (), guard, MayDo(draw.DEEDS[0]), modality, "country")
        for n, (guard, modality) in enumerate(taken)
    )
    instrument = Instrument("local", "local", "bureau", "country")
    return evolve(draw.VOCABULARY, instruments={"local": instrument}, norms=norms)


@FEW
@given(opposed(), st.data())
def test_a_norm_silences_only_what_it_prevails_over(after: Corpus, data: st.DataObject) -> None:
    """Two norms that disagree and stand go on doing so, unless the new norm prevails over one of them."""
    defeats = data.draw(draw.defeats(after))
    gone = data.draw(st.sampled_from(after.norms))
    before = evolve(after, norms=tuple(n for n in after.norms if n != gone))
    fewer = {pair: d for pair, d in defeats.items() if gone.id not in pair}
    silenced = {loser for winner, loser in defeats if winner == gone.id}
    asked = {q.about for q in standing_conflicts(before, fewer)}
    was, is_ = standing(before, fewer), standing(after, defeats)
    for about in asked:
        if not silenced & set(about.split(" × ")):
            assert (about in was) == (about in is_)
        elif about in is_:
            assert about in was


@FEW
@given(rule_sets(most=3), st.data())
def test_a_rule_takes_away_only_findings_about_what_it_prevails_over(
    rules: tuple[Rule, ...], data: st.DataObject
) -> None:
    """The same on texts, of what a check reports."""
    new = evolve(data.draw(st.sampled_from(data.draw(rule_sets()))), name="新", overrides=())
    options = Options(families=frozenset({"conflict"}))
    before = check(corpus_of(text(rules)), options).findings
    after = check(corpus_of(text((*rules, new))), options).findings
    beaten = {f.settled_by.loser for f in after if f.settled_by and f.settled_by.winner == new.id}
    kept = {f.fingerprint for f in after if new.id not in {n.rule for n in f.norms}}
    assert kept <= {f.fingerprint for f in before}
    assert {f.fingerprint for f in before if not beaten & {n.rule for n in f.norms}} <= kept


@FEW
@given(st.data())
def test_an_assumption_makes_nothing_possible(data: st.DataObject) -> None:
    """Fewer pairs disagree, fewer norms apply, whatever is asked."""
    loose = data.draw(draw.corpora(max_norms=3, depth=2))
    more = data.draw(draw.expressions(loose, draw.BOOLEAN, 2))
    tight = evolve(loose, assumptions=(*loose.assumptions, Assumption("more", more)))
    seed = data.draw(st.integers(0, 1_000))
    queries = every(loose, {}, Random(seed), 4)
    assert holding(tight, queries) <= holding(loose, queries)


def test_an_assumption_can_bring_a_conflict_into_the_open() -> None:
    """Where it makes a special norm as general as the other: why the law is about queries, not findings."""
    rules = """
    文件 市办法 发布 市局 地域 市 施行 2020-01-01
    规则 一般 当 占道 则 罚款 为 100元
    规则 特别 当 占道 且 再犯 则 罚款 为 200元
    """
    options = Options(families=frozenset({"conflict"}))
    loose = check(corpus_of(rules), options).findings
    tight = check(corpus_of(rules, "假定 占道 蕴含 再犯"), options).findings
    assert [f.settled_by is not None for f in loose] == [True]
    assert [f.settled_by is not None for f in tight] == [False]


@FEW
@given(st.data())
def test_a_longer_horizon_makes_nothing_impossible(data: st.DataObject) -> None:
    """A case of the shorter one is a case of the longer."""
    longer = data.draw(draw.corpora(max_norms=3, depth=2))
    shorter = evolve(longer, horizon=(dt.date(2022, 3, 1), dt.date(2026, 2, 28)))
    queries = every(longer, {}, Random(data.draw(st.integers(0, 1_000))), 4)
    assert holding(shorter, queries) <= holding(longer, queries)


def _records(exprs: tuple[Expr, ...]) -> set[str]:
    return {e.record for expr in exprs for e in walk(expr) if isinstance(e, AtLeast | Extreme)}


def roomier(whole: Corpus, queries: list[Query], more: int) -> None:
    """With so many rows more, each query has the verdict that it had."""
    close = smt.Backend(whole, BUDGET)
    for query in queries:
        needed = dict.fromkeys(sorted(_records(query.asked)), 6 + more)
        wide = smt.Backend(whole, BUDGET, slots=needed)
        assert close.satisfiable(query.asked) == wide.satisfiable(query.asked), query.about


def test_more_rows_change_no_verdict_on_the_real_corpus(whole: Corpus) -> None:
    """Of some queries that count rows."""
    counting = [q for q in (*dead(whole), *conflicts(whole)) if _records(q.asked)]
    roomier(whole, Random(3).sample(counting, 4), more=2)


@pytest.mark.slow
def test_more_rows_change_no_verdict_of_any_query_that_counts(whole: Corpus) -> None:
    roomier(whole, [q for q in (*dead(whole), *conflicts(whole)) if _records(q.asked)], more=4)


def loosened(whole: Corpus, queries: list[Query]) -> int:
    """Without the assumptions, all that could happen still can; how many queries could be asked."""
    bare, tight = smt.Backend(whole, BUDGET, assumptions=()), smt.Backend(whole, BUDGET)
    for query in queries:
        if tight.satisfiable(query.asked) is True:
            assert bare.satisfiable(query.asked) is True, query.about
    return len(queries)


def test_without_assumptions_nothing_becomes_impossible_on_the_real_corpus(whole: Corpus) -> None:
    assert loosened(whole, Random(5).sample(list(conflicts(whole)), 40)) == 40


@pytest.mark.slow
def test_without_assumptions_nothing_becomes_impossible_anywhere(whole: Corpus) -> None:
    assert loosened(whole, every(whole, {}, Random(5), 300)) > 1_000


@pytest.mark.slow
def test_a_rule_changes_nothing_between_others_on_the_real_corpus(whole: Corpus) -> None:
    """One rule after the other is taken away, each time with all its norms."""
    before = found(whole)
    for rule in Random(2).sample(sorted({norm.rule for norm in whole.norms}), 6):
        without = evolve(whole, norms=tuple(n for n in whole.norms if n.rule != rule))
        others = {norm.id for norm in without.norms}
        assert settled(found(without), others) == settled(before, others), rule
