"""The test of the test: a checker that errs in one thing is caught by the slices of a dozen rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from guiju.checker.ask import Asker
from guiju.checker.overlaps import overlaps
from guiju.compiler import formulas, smt
from guiju.compiler.cone import Cone
from guiju.compiler.kernel import TRUE, Clip, Compare, Corpus, Expr, Norm, Order, conjunction
from guiju.compiler.resolve import Defeats
from guiju.compiler.smt import backend, encoder
from guiju.compiler.smt.case import CaseVariables
from guiju.compiler.smt.dates import Calendar
from guiju.compiler.smt.workdays import Workdays
from trust.comparing import Comparer, Counts
from trust.queries import every
from with_world import corpus_of

RULES = """
假定 "再犯者有前次" 再犯 蕴含 前次 至少 暂停
假定 "有前次，就有过处理" 前次 至少 暂停 蕴含 处理日 < 申请日
文件 市办法 发布 市局 地域 市 施行 2020-01-31 失效 2025-06-30
规则 禁大 当 占道 且 面积 >= 20平米 则 摊主 不得 经营
规则 准小 当 面积 <= 20平米 且 占道 则 摊主 可 经营
规则 禁久 当 占道 且 面积 > 30平米 则 摊主 不得 登记 期 1月 自 处理日
规则 禁再 当 再犯 且 面积 > 30平米 则 摊主 不得 登记 期 30日 自 处理日
规则 五日 当 噪声大 且 面积 > 50平米 则 摊主 应 登记 限 3工作日 自 申请日
规则 七日 当 噪声大 且 面积 > 60平米 则 摊主 应 登记 限 4日 自 申请日
规则 屡犯 当 个数(违规 其中 类别 = 占道经营) 超过 2 则 处理 为 清退
规则 初犯 当 个数(违规) 不满 4 且 任一(违规 其中 类别 = 占道经营) 则 处理 为 警告
规则 前次重 当 前次 超过 警告 且 再犯 则 措施 为 清退
规则 前次轻 当 前次 不满 暂停 且 再犯 则 措施 为 警告
规则 早发 当 最早(违规.时间) < 处理日 则 罚款 为 100元
规则 迟办 当 再犯 且 处理日 >= 申请日 则 摊主 应 停业
规则 未犯 当 非 任一(违规) 且 处理日 < 申请日 则 罚款 为 200元
文件 区办法 发布 东区局 地域 东区 施行 2021-01-01
规则 禁 当 占道 且 噪声大 则 摊主 不得 经营
文件 西区办法 发布 西区局 地域 西区 施行 2021-01-01
规则 准 当 占道 且 噪声大 则 摊主 可 经营
规则 旧法 当 占道 事发 处理日 则 摊主 应 登记
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(RULES)


@pytest.fixture(scope="module")
def defeats(corpus: Corpus) -> Defeats:
    return overlaps(Asker(corpus, smt.Backend(corpus, 0))).defeats


def compared(corpus: Corpus, defeats: Defeats, seed: int = 1) -> Iterator[Counts]:
    """The counts after each comparison; everything that there is to ask about these rules, in any order."""
    random, counts = Random(seed), Counts()
    comparer = Comparer.of(corpus, defeats, 2_000)
    queries = every(corpus, defeats, random, 8)
    random.shuffle(queries)
    for query in queries:
        comparer.compare([query], random, counts)
        yield counts


def test_without_an_error_nothing_is_caught(corpus: Corpus, defeats: Defeats) -> None:
    """And there are queries of every kind, in slices from which nothing was left out."""
    *_, counts = compared(corpus, defeats)
    assert counts.disagreements == []
    assert counts.undecided == 0
    assert counts.whole > 0
    assert {"conflict", "dead", "special", "shadowed", "condition"} <= counts.kinds.keys()


Change = Callable[[Any], Any]

#: What is changed, and into what, given what it was.
SLIPS: dict[str, tuple[Any, str, Change]] = {
    "an applicable norm is applicable anywhere": (
        formulas,
        "InTerritory",
        lambda was: lambda name: conjunction(),
    ),
    "a place lies in every territory": (
        CaseVariables,
        "inside",
        lambda was: lambda self, territory: True,
    ),
    "a place lies in no territory but itself": (
        CaseVariables,
        "inside",
        lambda was: lambda self, territory: self.place() == self.places.index(territory),
    ),
    "the assumptions are forgotten": (
        Cone,
        "above",
        lambda was: lambda self, conditions: [],
    ),
    "an assumption on what an assumption speaks of is forgotten": (
        Cone,
        "above",
        lambda was: lambda self, conditions: was(self, conditions)[:1],
    ),
    "a case has at most one row of a record": (
        backend,
        "row_bound",
        lambda was: lambda exprs: dict.fromkeys(was(exprs), 1),
    ),
    "a term that ends with a month is clipped the other way": (
        Calendar,
        "shift_months",
        lambda was: (
            lambda self, day, amount, clip: was(
                self, day, amount, Clip.UP if clip is Clip.DOWN else Clip.DOWN
            )
        ),
    ),
    "the earliest is the latest": (
        Calendar,
        "extreme",
        lambda was: lambda self, days, selected, latest: was(self, days, selected, not latest),
    ),
    "working days are days": (
        Workdays,
        "shift",
        lambda was: lambda self, day, amount: self._dates.shift_days(day, amount),
    ),
    "at most is less than": (
        encoder,
        "compare_numbers",
        lambda was: lambda order, one, other: was(Order.LT if order is Order.LE else order, one, other),
    ),
    "an instrument ends a day early": (
        formulas,
        "in_force",
        lambda was: (
            lambda norm, corpus, fixed=None: conjunction(
                was(norm, corpus, fixed), _before_the_end(norm, corpus)
            )
        ),
    ),
    "what is opposed is what is the same": (
        formulas,
        "_opposed",
        lambda was: lambda p, q: p is q,
    ),
}


def _before_the_end(norm: Norm, corpus: Corpus) -> Expr:
    end = corpus.instruments[norm.instrument].end
    return TRUE if end is None else Compare(Order.LT, norm.law_date, end)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_caught(
    slip: str, corpus: Corpus, defeats: Defeats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somewhere trying every case finds what the solver denies, or does not find what it claims."""
    where, name, change = SLIPS[slip]
    monkeypatch.setattr(where, name, change(getattr(where, name)))
    assert any(counts.disagreements for counts in compared(corpus, defeats))
