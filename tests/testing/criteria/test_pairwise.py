"""Each two values of kinds and scales meet, of those that the norms tell apart."""

from __future__ import annotations

from guiju.testing.criteria.pairwise import obligations
from small_scopes import scope, solved

RULES = """\
种类 品类 = {果蔬, 熟食, 百货, 书刊, 花木, 鱼鸟}
种类 区位 = {路口, 广场}
阶梯 档次 = {轻 < 中 < 重}
实体 摊主
  事实 经营: 品类
  事实 在: 区位
  事实 情节: 档次
  事实 占道: 是否
假定 "广场不卖熟食" 非 (摊主.经营 = 熟食 且 摊主.在 = 广场)
行为 出摊 主体 摊主
行为 叫卖 主体 摊主
行为 扩音 主体 摊主

文件 市办法 发布 市局 地域 市 施行 2020-01-01
规则 食品 当 摊主.经营 属于 {果蔬, 熟食} 且 摊主.在 = 路口 则 摊主 不得 出摊
规则 鱼鸟 当 摊主.经营 = 鱼鸟 则 摊主 不得 出摊
规则 叫卖 当 摊主.情节 >= 中 则 摊主 不得 叫卖
规则 扩音 当 摊主.占道 则 摊主 不得 扩音
"""


def test_two_facts() -> None:
    """Of what is named together, and of what is not named, the first; what excludes itself is proved to."""
    of = scope(RULES, "出摊")
    found = solved(of, obligations(of))
    pairs = [(each.fact("摊主.经营"), each.fact("摊主.在")) for each in found if each.context is not None]
    # An assumption names 熟食 alone, so it is not like 果蔬; 百货 stands for 书刊 and 花木 too.
    assert pairs == [
        ("果蔬", "路口"),
        ("果蔬", "广场"),
        ("熟食", "路口"),
        ("百货", "路口"),
        ("百货", "广场"),
        ("鱼鸟", "路口"),
        ("鱼鸟", "广场"),
    ]
    assert [each.text for each in found if each.context is None] == ["摊主.经营为“熟食”，摊主.在为“广场”"]
    assert all(each.obligation.norms == ("市办法.食品", "市办法.鱼鸟") for each in found)


def test_one_fact() -> None:
    """Each member of a scale: what is compared is never taken to be alike."""
    of = scope(RULES, "叫卖")
    assert [each.fact("摊主.情节") for each in solved(of, obligations(of))] == ["轻", "中", "重"]


def test_none() -> None:
    """Nothing is asked where no kind is mentioned."""
    assert list(obligations(scope(RULES, "扩音"))) == []
