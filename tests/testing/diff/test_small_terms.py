"""Days and terms too: where no change is found, random cases are answered alike, whatever an answer shows."""

from __future__ import annotations

import datetime as dt

from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju.compiler.kernel import Case, Context
from guiju.decisions.artifact import from_bytes
from guiju.decisions.compiling import compile_corpus
from guiju.decisions.corpus import Corpus
from guiju.testing.diff.answers import without_names
from guiju.testing.diff.comparing import compare, rules_of
from guiju.testing.diff.difference import Compared, Difference
from guiju.testing.diff.merging import merged
from guiju.testing.expected import expected
from small_rules import HEADERS, KINDS, PLACES, Guard, guards
from with_world import corpus_of

DAYS = [dt.date(2020, month, day) for month in (1, 2, 3) for day in (1, 28, 29)]

EFFECTS = (
    "摊主 不得 经营",
    "摊主 可 经营",
    "摊主 不得 经营 期 1月 自 摊主.处理日",
    "摊主 不得 经营 期 2月 自 摊主.处理日",
    "摊主 不得 经营 期 1月 自 摊主.申请日",
    "摊主 不得 经营 期 未定 自 摊主.处理日",
    "摊主 应 登记 限 10日 自 摊主.申请日",
    "摊主 应 登记 限 1月 自 摊主.申请日",
    "摊主 应 登记 限 5工作日 自 摊主.处理日",
    "摊主 应 登记 限 24小时 自 摊主.申请日",
    "摊主 应 登记",
    "摊主 不得 登记",
)


@frozen
class Rule:
    instrument: str
    guard: Guard
    effect: str


def rules() -> SearchStrategy[tuple[Rule, ...]]:
    one = st.builds(Rule, st.sampled_from(sorted(HEADERS)), guards(), st.sampled_from(EFFECTS))
    return st.lists(one, min_size=1, max_size=4).map(tuple)


def loaded(among: tuple[Rule, ...]) -> Corpus:
    lines: list[str] = []
    for name, header in HEADERS.items():
        lines.append(header)
        lines += [
            f"规则 规{number} 当 {rule.guard.text} 则 {rule.effect}"
            for number, rule in enumerate(among)
            if rule.instrument == name
        ]
    return Corpus(from_bytes(compile_corpus(corpus_of("\n".join(lines)))))


def contexts() -> SearchStrategy[Context]:
    facts = st.fixed_dictionaries(
        {
            "摊主.占道": st.booleans(),
            "摊主.再犯": st.booleans(),
            "摊主.面积": st.sampled_from((9, 10, 11, 19, 20, 21)),
            "摊主.证件": st.sampled_from(KINDS),
            "摊主.处理日": st.sampled_from(DAYS),
            "摊主.申请日": st.sampled_from(DAYS),
        }
    )
    cases = facts.map(Case)
    return st.builds(Context, cases, st.sampled_from(DAYS), st.sampled_from(PLACES))


@st.composite
def versions(draw: st.DrawFn) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Some rules, and the same with one of them otherwise: most of what they say stays."""
    old = draw(rules())
    place = draw(st.integers(0, len(old) - 1))
    (changed, *_) = draw(rules())
    kept = draw(st.sampled_from((old[place].guard, changed.guard)))
    return old, (*old[:place], Rule(old[place].instrument, kept, changed.effect), *old[place + 1 :])


@settings(max_examples=10)
@given(versions(), st.lists(contexts(), min_size=60, max_size=60))
def test_no_change_is_missed(both: tuple[tuple[Rule, ...], tuple[Rule, ...]], cases: list[Context]) -> None:
    """A case that is answered otherwise means that one was found; and nothing is left open."""
    found = compare(merged(loaded(both[0]), loaded(both[1]), {}))
    assert not found.open
    for each in found.topics:
        if not each.changes:
            assert all(_alike(each, found, case) for case in cases)


def _alike(compared: Compared, found: Difference, case: Context) -> bool:
    said = []
    for version in (found.old, found.new):
        rules = rules_of(compared.topic, version)
        corpus = rules.corpus
        said.append(without_names(expected(rules.topic, corpus.norms, corpus, rules.defeats, case)))
    return said[0] == said[1]
