"""A norm gives way to each that prevails over it, in a case in which nothing else defeats it."""

from __future__ import annotations

from attrs import evolve

from guiju.compiler.resolve import resolve
from guiju.testing.criteria.defeats import obligations
from guiju.testing.rules import Rules
from small_scopes import scope, solved

RULES = """\
实体 摊主
  事实 占道: 是否
  事实 夜间: 是否
  事实 持证: 是否
行为 出摊 主体 摊主

文件 市办法 发布 市局 地域 市 施行 2020-01-01
规则 禁止 当 摊主.占道 则 摊主 不得 出摊
规则 夜市 当 摊主.占道 且 摊主.夜间 则 摊主 可 出摊
规则 持证者 当 摊主.占道 且 摊主.持证 则 摊主 可 出摊
"""


def test_each_winner_alone() -> None:
    """Under both exceptions neither would be missed: the case has one of them only."""
    of = scope(RULES, "出摊")
    found = {each.obligation.norms[0]: each for each in solved(of, obligations(of))}
    assert set(found) == {"市办法.夜市", "市办法.持证者"}
    for winner, each in found.items():
        assert each.obligation.norms[1] == "市办法.禁止"
        assert each.context is not None
        said = resolve(of.topic.question, of.corpus, of.rules.defeats, each.context)
        assert [(loser, defeat.winner) for loser, defeat in said.defeated] == [("市办法.禁止", winner)]
        without = {pair: d for pair, d in of.rules.defeats.items() if pair[0] != winner}
        assert "市办法.禁止" in dict(resolve(of.topic.question, of.corpus, without, each.context).standing)


def test_nothing_prevails() -> None:
    """Without defeats nothing is asked."""
    of = scope(RULES, "出摊")
    assert list(obligations(evolve(of, rules=Rules(of.topic, of.corpus, {})))) == []
