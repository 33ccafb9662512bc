"""Why one norm gives way to another is compared too: by which doctrine, and how firmly."""

from __future__ import annotations

import json
from functools import cache

import jsonschema
import pytest

from guiju.checker.report.layout import View
from guiju.checker.report.text import join
from guiju.compiler.doctrine import Doctrine, Grade
from guiju.compiler.kernel import BarEnd
from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load_texts
from guiju.testing.diff.answers import shown
from guiju.testing.diff.comparing import compare
from guiju.testing.diff.difference import Change, Compared, Difference, Status
from guiju.testing.diff.grounds import Settled
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.merging import merged
from guiju.testing.diff.new_tests import suite_for
from guiju.testing.diff.report_json import diff_schema, to_json
from guiju.testing.diff.report_markdown import to_markdown
from guiju.testing.diff.report_text import lines
from testing.diff.two_versions import Edit

#: A city's rules with priority over what the district did before, and the district's.
RULES = """\
时限 2018-01-01 .. 2040-12-31
法域 市
法域 东区 属 市
位阶 市文件 级 20
位阶 区文件 级 10
机关 市局 级别 市文件 辖 市
机关 东区局 级别 区文件 上级 市局 辖 东区
实体 摊主
  事实 持证: 是否 默认 否
  事实 占道: 是否 默认 否
  事实 处理日: 日期
行为 夜间经营 主体 摊主
行为 缴费 主体 摊主
行为 出摊 主体 摊主
结果 费用: 小数 0..1000.00 精度 2 单位 元 合并 单一

文件 市办法
  标题 "摊贩办法"
  发布 市局
  级别 市文件
  地域 市
  施行 2022-01-01
  优先 东区局 见 "第九条"

规则 夜间
  见 "第一条"
  当 摊主.持证
  则 摊主 可 夜间经营

规则 收费
  见 "第二条"
  则 费用 为 10.00元

规则 停摊
  见 "第三条"
  当 摊主.占道
  则 摊主 不得 出摊 期 3月 自 摊主.处理日

文件 东区细则
  标题 "东区细则"
  发布 东区局
  级别 区文件
  地域 东区
  施行 2020-01-01

规则 东区夜间
  见 "第一条"
  当 摊主.占道
  则 摊主 不得 夜间经营

规则 东区停摊
  见 "第三条"
  当 摊主.占道
  则 摊主 不得 出摊 期 2月 自 摊主.处理日
"""
PRIORITY: Edit = ('  优先 东区局 见 "第九条"\n', "")
NIGHT = RULES[RULES.index("规则 东区夜间") : RULES.index("规则 东区停摊")]
STATUTE: Edit = ("级 20\n位阶 区文件 级 10\n", "级 20 法定\n位阶 区文件 级 10 法定\n")


@cache
def version(*edits: Edit) -> Corpus:
    text = RULES
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return load_texts({"rules.gj": text})


def difference(old: tuple[Edit, ...], new: tuple[Edit, ...]) -> Difference:
    return compare(merged(version(*old), version(*new), {}))


def topic(found: Difference, name: str) -> Compared:
    return next(each for each in found.topics if each.topic.name == name)


def grounds(change: Change) -> list[tuple[object, object]]:
    """Of each pair doctrine, grade and ground: before, and after."""
    return [(_why(pair.before), _why(pair.after)) for pair in change.settled]


def _why(settled: Settled) -> object:
    defeat = settled.defeat
    return None if defeat is None else (defeat.doctrine, defeat.grade, defeat.basis)


TEXT = (Doctrine.TEXT, Grade.TEXT, "第九条")
LAW = (Doctrine.SUPERIOR, Grade.STATUTE, "市文件 > 区文件")
RANK = (Doctrine.SUPERIOR, Grade.ARGUED, "市文件 > 区文件")


def test_a_priority_that_is_dropped() -> None:
    """What the text settled is only arguable: shown by a case in which both norms apply, answered alike."""
    found = difference((), (PRIORITY,))
    compared = topic(found, "摊主·夜间经营")
    (change,) = compared.resettled
    assert compared.status is Status.RESETTLED
    assert change.kind is Kind.GROUNDS
    assert grounds(change) == [(TEXT, RANK)]
    assert change.context.place == "东区"
    assert change.telling == ("摊主.持证", "摊主.占道")
    for said in (change.before, change.after):
        assert said.expected.verdict == "eligible"
        assert said.expected.defeated == ("东区细则.东区夜间",)
    assert topic(found, "费用").status is Status.SAME
    assert found.different
    assert not found.open


def test_the_same_of_the_end_of_a_bar() -> None:
    """Both bars stand; whose end prevails is settled otherwise."""
    compared = topic(difference((), (PRIORITY,)), "摊主·出摊")
    (change,) = compared.resettled
    assert isinstance(change.question, BarEnd)
    assert grounds(change) == [(TEXT, RANK)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((), (PRIORITY, STATUTE), (TEXT, LAW)),
        ((PRIORITY, STATUTE), (PRIORITY,), (LAW, RANK)),
        ((PRIORITY,), (), (RANK, TEXT)),
    ],
)
def test_each_grade(old: tuple[Edit, ...], new: tuple[Edit, ...], expected: tuple[object, object]) -> None:
    """By the text, by statute, only arguable: in either direction."""
    (change,) = topic(difference(old, new), "摊主·夜间经营").resettled
    assert grounds(change) == [expected]


@pytest.mark.parametrize("edit", [("第九条", "第十条"), ("市文件", "市级文件")])
def test_only_the_words_of_the_ground(edit: Edit) -> None:
    """Another number of the article, another name of the rank: no difference."""
    keep = () if edit[0] == "第九条" else (PRIORITY,)
    found = difference(keep, (*keep, edit))
    assert {each.status for each in found.topics} == {Status.SAME}
    assert not found.different


def test_norms_that_never_meet() -> None:
    """Without a case in which both apply nothing has to be settled: that there is none is proved."""
    apart = ("行为 夜间经营", '假定 "持证者不占道" 非 (摊主.持证 且 摊主.占道)\n行为 夜间经营')
    compared = topic(difference((), (PRIORITY, apart)), "摊主·夜间经营")
    assert compared.status is Status.EQUIVALENT
    assert Kind.GROUNDS in compared.impossible
    never = difference((apart,), (PRIORITY, apart))
    assert topic(never, "摊主·夜间经营").status is Status.SAME


def test_names_do_not_matter() -> None:
    """The rules, a document and a fact under other names: the same two norms."""
    names = (("规则 夜间\n", "规则 夜市许可\n"), ("东区夜间", "东区宵禁"), ("文件 东区细则", "文件 东区规定"))
    (change,) = topic(difference((), (PRIORITY, *names, ("持证", "有证"))), "摊主·夜间经营").resettled
    assert grounds(change) == [(TEXT, RANK)]
    (pair,) = change.settled
    assert [pair.before.one.id, pair.before.other.id] == ["市办法.夜间", "东区细则.东区夜间"]
    assert [pair.after.one.id, pair.after.other.id] == ["市办法.夜市许可", "东区规定.东区宵禁"]


def test_a_rule_that_was_divided() -> None:
    """Each part is the whole rule where it applies."""
    parts = """\
规则 东区夜间
  见 "第一条"
  当 摊主.占道 且 摊主.流动
  则 摊主 不得 夜间经营

规则 东区夜间二
  见 "第一条"
  当 摊主.占道 且 非 摊主.流动
  则 摊主 不得 夜间经营
"""
    fact = ("  事实 占道", "  事实 流动: 是否 默认 否\n  事实 占道")
    compared = topic(difference((fact,), (fact, PRIORITY, (NIGHT, parts))), "摊主·夜间经营")
    assert [grounds(each) for each in compared.resettled] == [[(TEXT, RANK)], [(TEXT, RANK)]]
    assert {each.context.case.facts["摊主.流动"] for each in compared.resettled} == {True, False}


def test_settled_in_one_version_only() -> None:
    """Where a third norm keeps the two in conflict anyway, only this tells."""
    third = (
        ("机关 东区局", "机关 路政 辖 东区\n机关 东区局"),
        (
            "文件 东区细则",
            """文件 路政规定
  标题 "路政规定"
  发布 路政
  地域 东区
  施行 2021-01-01

规则 占道夜间
  见 "第一条"
  当 摊主.占道
  则 摊主 不得 夜间经营

文件 东区细则""",
        ),
    )
    equals = ("级 20\n位阶 区文件 级 10", "级 20\n位阶 区文件 级 20")
    compared = topic(difference(third, (*third, PRIORITY, equals)), "摊主·夜间经营")
    assert not compared.changes
    (change,) = compared.resettled
    assert grounds(change) == [(TEXT, None)]
    assert change.before.expected.verdict == change.after.expected.verdict == "in_conflict"
    alone = topic(difference((), (PRIORITY, equals)), "摊主·夜间经营")
    assert [each.kind for each in alone.changes] == [Kind.CONFLICT]
    assert not alone.resettled


def test_beside_another_answer() -> None:
    """The changes of answers come first; the case for the grounds is one that is answered alike."""
    edit = ("当 摊主.持证\n  则 摊主 可 夜间经营", "则 摊主 可 夜间经营")
    compared = topic(difference((), (PRIORITY, edit)), "摊主·夜间经营")
    assert compared.status is Status.DIFFERENT
    (change,) = compared.resettled
    assert shown(change.before) == shown(change.after)


def test_a_norm_without_counterpart() -> None:
    """It is named: what it was settled against is not there to be compared."""
    found = difference((), (PRIORITY, (NIGHT, "")))
    (gone,) = topic(found, "摊主·夜间经营").unmatched
    assert gone.norm.id == "东区细则.东区夜间"
    assert gone.old
    assert "《东区细则》第一条（旧版）在另一版没有对应的规定" in join(lines(found, View("zh"), equal=True))


def test_what_is_printed() -> None:
    """Doctrine, grade and ground, before and now, in either language, as Markdown and as JSON."""
    found = difference((), (PRIORITY,))
    text = join(lines(found, View("zh", corpus=found.frame)))
    assert (
        """\
摊主·夜间经营：优先的依据变了
  优先的依据变了
    情形：2022-01-01，东区
      摊主.持证：是
      摊主.占道：是
    此前：可以
      《摊贩办法》第一条优先于《东区细则》第一条：文本明定的优先（由文本自身）；依据：第九条
    现在：可以
      《摊贩办法》第一条优先于《东区细则》第一条：上位法优于下位法（仅可主张）；依据：市文件 > 区文件
"""
        in text
    )
    english = join(lines(found, View("en", corpus=found.frame)))
    assert (
        "《摊贩办法》第一条 over 《东区细则》第一条: priority stated in the text (by the text itself);"
        " basis: 第九条" in english
    )
    assert "3 question(s): the same 1; settled on other grounds 2." in english
    assert "仅可主张" in to_markdown(found, View("zh", corpus=found.frame))
    document = json.loads(to_json(found, {"guiju": "0"}))
    jsonschema.validate(document, json.loads(diff_schema()))
    assert document["different"]
    assert document["counts"] == {"resettled": 2, "same": 1}
    (change,) = document["topics"][0]["resettled"]
    ((before, after),) = [(each["before"], each["after"]) for each in change["settled"]]
    assert [each["norm"] for each in before["norms"]] == ["市办法.夜间", "东区细则.东区夜间"]
    assert [before["settled"]["grade"], after["settled"]["grade"]] == ["text", "argued"]


def test_no_test_can_show_it() -> None:
    """An answer that stays is no test of the change: none is written."""
    new = version(PRIORITY)
    made = suite_for(compare(merged(version(), new, {})), new, {}, 0)
    assert made.suite.tests == ()
    assert made.left_out == ()
