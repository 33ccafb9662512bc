"""A case is found for a question exactly where trying every case at every place finds one."""

from __future__ import annotations

from itertools import combinations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.decisions.artifact import from_bytes
from guiju.decisions.compiling import compile_corpus
from guiju.decisions.corpus import Corpus
from guiju.testing.diff.comparing import compare
from guiju.testing.diff.difference import Compared, Difference
from guiju.testing.diff.merging import merged
from small_rules import CASES, PLACES, Case, Rule, defeats, meet, rule_sets, settled, text
from with_world import corpus_of


def loaded(rules: tuple[Rule, ...]) -> Corpus:
    """The rules with the world that they are about."""
    return Corpus(from_bytes(compile_corpus(corpus_of(text(rules)))))


def difference(old: tuple[Rule, ...], new: tuple[Rule, ...]) -> Difference:
    return compare(merged(loaded(old), loaded(new), {}))


def standing(rules: tuple[Rule, ...], fines: bool, case: Case, place: str) -> list[Rule]:
    """What applies and is not defeated, of the rules on one question."""
    over = defeats(rules)
    there = [r for r in rules if r.is_fine == fines and r.applies(case, place)]
    return [r for r in there if not any((o.id, r.id) in over and o.against(r) for o in there)]


def answer(rules: tuple[Rule, ...], fines: bool, case: Case, place: str) -> object:
    """The answer in plain words: whether it conflicts, and what stands."""
    left = standing(rules, fines, case, place)
    conflict = any(one.against(other) for one in left for other in left)
    effects = {rule.effect for rule in left}
    if not fines:
        return conflict, "不得" in effects, "应" in effects, "可" in effects
    return conflict, frozenset(effects)


def differs(old: tuple[Rule, ...], new: tuple[Rule, ...], fines: bool) -> bool:
    return any(
        answer(old, fines, case, place) != answer(new, fines, case, place)
        for case in CASES
        for place in PLACES
    )


@settings(max_examples=15)
@given(rule_sets(), rule_sets())
def test_found_exactly_where_there_is_one(old: tuple[Rule, ...], new: tuple[Rule, ...]) -> None:
    """Between two sets of rules, on what may be done and on what is to be paid."""
    found = {each.topic.name: each for each in difference(old, new).topics}
    for name, fines in (("摊主·经营", False), ("罚款", True)):
        if name in found:
            compared = found[name]
            assert not compared.undecided
            assert bool(compared.changes) == differs(old, new, fines)
            assert all(_shows(compared, old, new, fines))


@st.composite
def with_other_priorities(draw: st.DrawFn) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The same rules twice, with other priorities stated."""
    old = draw(rule_sets())
    over = [draw(st.sampled_from(((), *((other.id,) for other in old if other != each)))) for each in old]
    return old, tuple(evolve(each, overrides=names) for each, names in zip(old, over, strict=True))


@settings(max_examples=15)
@given(with_other_priorities())
def test_grounds_are_found_exactly_where_they_differ(
    versions: tuple[tuple[Rule, ...], tuple[Rule, ...]],
) -> None:
    """Of two that meet: the same prevails for another reason, or another one and the answer stays."""
    old, new = versions
    found = {
        frozenset((pair.before.one.id, pair.before.other.id))
        for compared in difference(old, new).topics
        for change in compared.resettled
        for pair in change.settled
    }
    assert found == {
        frozenset((old[a].id, old[b].id))
        for a, b in combinations(range(len(old)), 2)
        if meet(old[a], old[b]) and _resettled(versions, a, b)
    }


def _resettled(versions: tuple[tuple[Rule, ...], tuple[Rule, ...]], a: int, b: int) -> bool:
    old, new = versions
    before, after = why(old[a], old[b]), why(new[a], new[b])
    if before[0] == after[0]:
        return before != after
    fines = old[a].is_fine
    return any(
        answer(old, fines, case, place) == answer(new, fines, case, place)
        for case in CASES
        for place in PLACES
        if old[a].applies(case, place) and old[b].applies(case, place)
    )


def why(one: Rule, other: Rule) -> tuple[str, str]:
    """Which of two rules that meet prevails, and by what."""
    winner = settled(one, other).winner
    if not winner:
        return "", ""
    first, second = (one, other) if winner == one.id else (other, one)
    if second.id in first.overrides:
        return winner, "text"
    return winner, "rank" if one.instrument != other.instrument else "special"


@settings(max_examples=5)
@given(rule_sets())
def test_the_same_in_another_order(rules: tuple[Rule, ...]) -> None:
    """Rules that stand the other way round are proved to say the same."""
    found = difference(rules, rules[::-1])
    assert not found.different
    assert not found.open


def _shows(compared: Compared, old: tuple[Rule, ...], new: tuple[Rule, ...], fines: bool) -> list[bool]:
    """Whether each case that was found is answered differently, by those plain words."""
    return [
        answer(old, fines, case, change.context.place) != answer(new, fines, case, change.context.place)
        for change in compared.changes
        for case in [_told(change.context.case.facts)]
    ]


def _told(facts: object) -> Case:
    assert isinstance(facts, dict)
    told = {name.partition(".")[2]: value for name, value in facts.items()}
    return {"占道": False, "再犯": False, "面积": 0, "证件": "临时", **told}
