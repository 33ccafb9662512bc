"""Each norm stands in a case that shows it, and does not apply in another where its guard alone fails."""

from __future__ import annotations

import pytest

from guiju.compiler.kernel import binds
from guiju.compiler.resolve import resolve
from guiju.testing.criteria.rules import obligations
from small_scopes import scope, solved
from stall_rules import stalls


@pytest.mark.parametrize("question", ["出摊", "夜间经营", "报送回执", "处理", "最高档次"])
def test_each_norm_stands_and_fails_to(question: str) -> None:
    """What is found is judged by the reference; what stands beside the answer is seen in the answer."""
    of = scope(stalls(), question)
    corpus, defeats = of.corpus, of.rules.defeats
    norms = {norm.id: norm for norm in corpus.norms}
    stood: set[str] = set()
    for each in solved(of, obligations(of)):
        assert each.context is not None
        (id_,) = each.obligation.norms
        norm = norms[id_]
        said = resolve(norm.question, corpus, defeats, each.context)
        if "不满足" in each.text:
            assert id_ not in said.applicable
            continue
        assert id_ in dict(said.standing)
        main = resolve(of.topic.question, corpus, defeats, each.context)
        assert norm.rule in {norms[other].rule for other, _ in main.standing}
        stood.add(id_)
    assert stood == {id_ for id_, norm in norms.items() if binds(norm)}


def test_a_norm_without_a_guard_is_asked_for_once() -> None:
    """It applies wherever it is in force: there is no case in which its guard fails."""
    of = scope(stalls(), "费用")
    assert [each.norms for each in obligations(of)] == [("市办法.收费",), ("东区细则.东区收费",)]


def test_what_never_stands() -> None:
    """Where the city's fee always prevails, no case has the district's."""
    of = scope(stalls(), "费用")
    assert [each.context is None for each in solved(of, obligations(of))] == [False, True]


def test_the_guard_alone_fails() -> None:
    """On a day on which the instrument is in force, at a place that it covers."""
    of = scope(stalls(), "出摊")
    young = [each for each in solved(of, obligations(of)) if each.obligation.norms == ("市办法.未成年",)]
    stands, fails = young
    assert stands.fact("摊主.年龄") < 18 <= fails.fact("摊主.年龄")  # type: ignore[operator]  # both are numbers
    assert fails.context is not None
    assert of.corpus.within(fails.context.place, "市")
    assert fails.context.today.year >= 2020
