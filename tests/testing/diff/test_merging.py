"""What is called otherwise is the same where only one thing can be meant; what changed its type is not."""

from __future__ import annotations

import pytest

from guiju.testing.diff.difference import Presence, Status
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.names import Renamed, UnknownName
from guiju.testing.diff.shared import NothingShared
from testing.diff.two_versions import Edit, changed, changes, difference, reverse, topic

# --- Other names


@pytest.mark.parametrize(
    ("what", "old", "new", "edits"),
    [
        ("fact", "摊主.已登记", "摊主.登记过", [("已登记", "登记过")]),
        ("record", "摊主.处罚", "摊主.前科", [("处罚", "前科")]),
        ("field", "摊主.处罚.日子", "摊主.处罚.某日", [("日子", "某日")]),
        ("reading", "停摊起算", "起算", [("停摊起算", "起算")]),
        ("action", "出摊", "摆摊", [("出摊", "摆摊")]),
        ("outcome", "费用", "收费额", [("费用", "收费额")]),
        ("entity", "摊主", "经营者", [("摊主", "经营者")]),
        ("kind", "品类", "商品", [("品类", "商品")]),
    ],
)
def test_the_only_thing_that_can_be_meant(what: str, old: str, new: str, edits: list[Edit]) -> None:
    """It is said that it was taken so, and everything is the same under that name."""
    found = difference(*edits)
    assert found.renamed == (Renamed(what, old, new, given=False),)
    assert {each.status for each in found.topics} == {Status.SAME}
    assert found.declared == ()
    assert not found.different
    assert not found.open


TWO = (("已登记", "登记过"), ("占道", "占路"))


def test_two_that_could_be_meant() -> None:
    """Nothing is guessed: the answers seem to depend on other facts, and both are named."""
    found = difference(*TWO)
    assert found.renamed == ()
    assert found.different
    assert {each.name for each in found.declared if each.what == "fact"} == {
        "摊主.已登记",
        "摊主.登记过",
        "摊主.占道",
        "摊主.占路",
    }


def test_said_by_the_user() -> None:
    """One of the two: then the other is the only one left."""
    found = difference(*TWO, renamed={"摊主.占道": "摊主.占路"})
    assert set(found.renamed) == {
        Renamed("fact", "摊主.占道", "摊主.占路", given=True),
        Renamed("fact", "摊主.已登记", "摊主.登记过", given=False),
    }
    assert not found.different


def test_said_not_to_be_renamed() -> None:
    """What was taken away is not what came."""
    found = difference(("已登记", "登记过"), renamed={"摊主.已登记": ""})
    assert found.renamed == ()
    assert changed(found) == {"摊主·夜间经营"}


@pytest.mark.parametrize(
    ("old", "new"), [("摊主.登记", "摊主.登记过"), ("摊主.已登记", "摊主.登"), ("费用", "摊主.登记过")]
)
def test_names_that_are_not_there(old: str, new: str) -> None:
    """An old name that is not there, a new one that is not there, a new one of another kind."""
    with pytest.raises(UnknownName):
        difference(("已登记", "登记过"), renamed={old: new})


# --- Other types


def test_a_fact_that_changed_its_type() -> None:
    """What depends on it is not compared, and not called equal; the rest is."""
    edits = (
        ("整数 0..120 单位 岁", "是否"),
        ("摊主.年龄 < 18岁", "摊主.年龄"),
        ("摊主.年龄 >= 60岁", "非 摊主.年龄"),
    )
    found = difference(*edits)
    assert topic(found, "摊主·出摊").status is Status.INCOMPARABLE
    assert topic(found, "摊主·出摊").incomparable[0].zh == "事实“摊主.年龄”改了类型"
    assert topic(found, "费用").status is Status.SAME
    assert not found.different
    assert found.open


def test_a_field_and_an_outcome_that_changed_their_type() -> None:
    """Likewise; an assumption about the old field is no hindrance."""
    field = difference(
        ("字段 日子: 日期", "字段 日子: 是否"),
        ("日子 >= 摊主.处理日 - 1年", "日子"),
    )
    assert topic(field, "处理").status is Status.INCOMPARABLE
    assert topic(field, "费用").status is Status.SAME
    outcome = difference(
        ("结果 费用: 小数 0..1000.00 精度 2 单位 元", "结果 费用: 整数 0..1000 单位 件"),
        ("12.50元", "12件"),
        ("20.00元", "20件"),
    )
    assert topic(outcome, "费用").status is Status.INCOMPARABLE
    assert topic(outcome, "处理").status is Status.SAME


def test_a_wider_kind() -> None:
    """The old rules hold for the new member too; a case that both can be given is preferred."""
    wider = ("{果蔬, 熟食, 百货}", "{果蔬, 花卉, 熟食, 百货}")
    found = difference(wider)
    assert not found.different
    assert [each.what for each in found.declared] == ["kind"]
    further = changes(difference(wider, ("经营 = 熟食", "经营 属于 {熟食, 花卉}")), "摊主·出摊")
    assert list(further) == [Kind.BARRED, Kind.TERM]
    assert further[Kind.BARRED].context.case.facts["摊主.经营"] == "花卉"
    both = difference(wider, ("经营 = 熟食", "经营 属于 {熟食, 花卉, 百货}"))
    assert changes(both, "摊主·出摊")[Kind.BARRED].context.case.facts["摊主.经营"] == "百货"


def test_a_wider_scale() -> None:
    """New steps between the old ones and at the ends; another order cannot be compared."""
    scale = "{警告 < 停摊 < 清退}"
    assert not difference((scale, "{提醒 < 警告 < 限期 < 停摊 < 清退}")).different
    turned = difference((scale, "{停摊 < 警告 < 清退}"))
    assert topic(turned, "处理").status is Status.INCOMPARABLE
    assert topic(turned, "费用").status is Status.SAME


def test_a_wider_range() -> None:
    """Of a number."""
    found = difference(("0..120 单位 岁", "0..150 单位 岁"), ("摊主.年龄 >= 60岁", "摊主.年龄 >= 130岁"))
    assert [each.text.en for each in found.declared] == ["was 0 岁 to 120 岁, is 0 岁 to 150 岁"]
    assert Kind.ELIGIBLE in changes(found, "摊主·夜间经营")


def test_defaults() -> None:
    """Another default is a difference: who leaves the fact out gets another answer."""
    (found,) = difference(("占道: 是否 默认 否", "占道: 是否 默认 是")).declared
    assert (found.name, found.matters) == ("摊主.占道", True)
    assert difference(("占道: 是否 默认 否", "占道: 是否 默认 是")).different


# --- Places, days, topics


def test_a_new_place() -> None:
    """The rules of the places above hold there; that it is new is said."""
    found = difference(("法域 东区 属 市", "法域 东区 属 市\n法域 西区 属 市"))
    assert not found.different
    assert [(each.what, each.name) for each in found.declared] == [("territory", "西区")]


def test_a_place_that_lies_elsewhere() -> None:
    """What holds in the places that it left is not compared."""
    found = difference(("法域 东区 属 市", "法域 东区 属 省"))
    assert topic(found, "摊主·出摊").status is Status.INCOMPARABLE
    assert found.open


def test_horizons() -> None:
    """The days that both know; none, and there is nothing to compare."""
    assert not difference(("2040-12-31", "2035-12-31")).different
    with pytest.raises(NothingShared):
        difference(("时限 2018-01-01 .. 2040-12-31", "时限 2041-01-01 .. 2045-12-31"))


def test_topics_that_come_and_go() -> None:
    """With a case in which the new one bars, and one in which the old one did."""
    edit = ("规则 从严\n", '规则 夜市\n  见 "第七条"\n  当 摊主.占道\n  则 摊主 不得 夜市\n\n规则 从严\n')
    action = ("行为 夜间经营 主体 摊主\n", "行为 夜间经营 主体 摊主\n行为 夜市 主体 摊主\n")
    came = topic(difference(edit, action), "摊主·夜市")
    assert came.presence is Presence.ADDED
    assert [each.kind for each in came.changes] == [Kind.BARRED]
    gone = topic(reverse(edit, action), "摊主·夜市")
    assert gone.presence is Presence.REMOVED
    assert [each.kind for each in gone.changes] == [Kind.ELIGIBLE]
