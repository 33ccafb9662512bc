"""Each two norms on one question are asked to apply together, where some place is under both."""

from __future__ import annotations

from guiju.compiler.resolve import resolve
from guiju.testing.criteria.pairs import obligations
from small_scopes import scope, solved

RULES = """\
实体 摊主
  事实 面积: 整数 0..100 单位 平米
  事实 占道: 是否
行为 出摊 主体 摊主

文件 市办法 发布 市局 地域 市 施行 2020-01-01
规则 大摊 当 摊主.面积 > 10平米 则 摊主 不得 出摊
规则 小摊 当 摊主.面积 < 5平米 则 摊主 不得 出摊
规则 占道 当 摊主.占道 则 摊主 不得 出摊
文件 东区办法 发布 东区局 地域 东区 施行 2020-01-01
规则 东 当 摊主.占道 则 摊主 不得 出摊
文件 西区办法 发布 西区局 地域 西区 施行 2020-01-01
规则 西 当 摊主.占道 则 摊主 不得 出摊
"""


def test_what_can_meet_meets() -> None:
    """A case to which both apply; a proof where the guards exclude each other; districts are not paired."""
    of = scope(RULES, "出摊")
    found = {each.obligation.norms: each for each in solved(of, obligations(of))}
    city = ("市办法.大摊", "市办法.小摊", "市办法.占道")
    pairs = {(one, other) for one in city for other in ("东区办法.东", "西区办法.西")}
    pairs |= {(city[0], city[1]), (city[0], city[2]), (city[1], city[2])}
    assert set(found) == pairs
    assert {norms for norms, each in found.items() if each.context is None} == {(city[0], city[1])}
    for norms, each in found.items():
        if each.context is not None:
            said = resolve(of.topic.question, of.corpus, of.rules.defeats, each.context)
            assert set(norms) <= set(said.applicable)
