"""The report as text, Markdown and JSON."""

from __future__ import annotations

import json

import jsonschema
import pytest

from guiju.checker.report.layout import View
from guiju.checker.report.text import join
from guiju.testing.diff.difference import Difference
from guiju.testing.diff.new_tests import suite_for
from guiju.testing.diff.report_json import diff_schema, to_json
from guiju.testing.diff.report_markdown import to_markdown
from guiju.testing.diff.report_text import lines
from guiju.testing.diff.standing import restated
from stall_rules import stalls
from testing.diff.two_versions import Edit, difference, edited, reverse, version

MANY: tuple[Edit, ...] = (
    ("摊主.年龄 < 18岁", "摊主.年龄 <= 18岁"),
    ("期 3月", "期 2月"),
    ("限 5工作日", "限 3工作日"),
    ("已登记", "登记过"),
    ("占道: 是否 默认 否", "占道: 是否 默认 是"),
    ("摊主.违规日 <= 摊主.处理日", "摊主.违规日 < 摊主.处理日"),
    ("自违规日: 摊主.违规日}", "自违规日: 摊主.违规日 + 1月}"),
)


def text(found: Difference, lang: str = "zh", *, equal: bool = False) -> str:
    return join(lines(found, View(lang, corpus=found.frame), equal))


def test_a_case_with_both_answers() -> None:
    """The telling fact first, then what was said and what is said now."""
    assert (
        text(difference(("12.50元", "13.50元")))
        == """\
费用：答复不同
  结果不同
    情形：2022-01-01，市
    此前：有规定：12.50 元
      《流动摊贩管理办法》第八条：12.50 元
    现在：有规定：13.50 元
      《流动摊贩管理办法》第八条：13.50 元

共 7 个问题：相同 6；答复不同 1。
"""
    )
    assert (
        text(difference(("摊主.年龄 < 18岁", "摊主.年龄 <= 18岁")), "en")
        == """\
摊主·出摊: answers differ
  newly barred
    case: 2022-01-01, 市
      摊主.年龄: 18 岁
      the rest: 摊主.经营: 果蔬; 摊主.健康证: no; 摊主.占道: no; 摊主.情节严重: no; 摊主.处理日: 2018-01-01;\
 摊主.违规日: 2018-01-01
    before: eligible
    now: ineligible
      《流动摊贩管理办法》第一条: must not
  other days
    case: 2022-01-01, 市
      摊主.年龄: 18 岁
      摊主.占道: yes
      摊主.处理日: 2021-11-27
      the rest: 摊主.经营: 果蔬; 摊主.健康证: no; 摊主.情节严重: no; 摊主.违规日: 2018-01-01
    before: ineligible, until 2022-02-27
      《流动摊贩管理办法》第四条: must not, 2021-11-27 to 2022-02-27
    now: ineligible
      《流动摊贩管理办法》第一条: must not
      《流动摊贩管理办法》第四条: must not, 2021-11-27 to 2022-02-27

7 question(s): the same 6; answers differ 1.
"""
    )


def test_nothing_changed() -> None:
    """One line; on demand each question with it."""
    found = difference(("规则 未成年", "规则 年龄"))
    assert text(found) == "共 7 个问题：相同 7。\n"
    assert text(found, equal=True).splitlines()[0] == "摊主·夜间经营：相同"


def test_what_is_said_before_the_questions() -> None:
    """New names, other defaults, other assumptions; the readings that a case needs."""
    shown = text(difference(*MANY))
    assert "视为改名：事实 摊主.已登记 → 摊主.登记过\n" in shown
    assert "声明：事实 摊主.占道：默认值由 否 改为 是\n" in shown
    assert "假定：新版不再承认这样的情形（先违规，后处理）\n" in shown
    english = text(reverse(*MANY), "en")
    assert "assumed: the new version now allows this case" in english
    assert "taken as renamed: fact 摊主.登记过 → 摊主.已登记" in english


def test_what_could_not_be_compared() -> None:
    """It is said why."""
    found = difference(
        ("整数 0..120 单位 岁", "是否"), ("摊主.年龄 < 18岁", "摊主.年龄"), ("摊主.年龄 >= 60岁", "摊主.年龄")
    )
    shown = text(found)
    assert "摊主·出摊：不能比较\n  事实“摊主.年龄”改了类型\n" in shown
    assert "事实“摊主.年龄”改了类型" in to_markdown(found, View("zh", corpus=found.frame))


@pytest.mark.parametrize("equal", [False, True])
def test_json_has_the_shape_of_the_schema(equal: bool) -> None:
    """With everything that a report can have."""
    schema = json.loads(diff_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    tests = suite_for(difference(*MANY), version(edited(*MANY)), {}, 0).suite.tests
    silent = difference(("则 费用 为 20.00元", "则 摊主 可 出摊"))
    for found in (difference(*MANY), reverse(*MANY), difference(), silent):
        document = json.loads(to_json(found, {"guiju": "0"}, equal, restated(tests, stalls())))
        validator.validate(document)
        assert document["different"] == found.different
        assert sum(document["counts"].values()) == 7
        assert (len(document["topics"]) == 7) == equal


def test_json_gives_all_of_the_case() -> None:
    """Also what is not telling, as plain values; and what both answers rest on."""
    document = json.loads(to_json(difference(("期 3月", "期 2月")), {}))
    change = document["topics"][0]["changes"][0]
    assert change["kind"] == "eligible"
    assert set(change["telling"]) < set(change["case"])
    assert change["before"]["citations"]["市办法.占道停摊/1"] == {
        "title": "流动摊贩管理办法",
        "citations": ["第四条"],
    }


def test_markdown_is_not_broken_by_what_it_shows() -> None:
    """A bar, a tag: they are text; each table has its three columns."""
    edits = (*MANY, ('"流动摊贩管理办法"', '"流动|摊贩<b>办法"'))
    found = difference(*edits)
    shown = to_markdown(found, View("zh", corpus=found.frame), restated=restated([], stalls()))
    assert "流动\\|摊贩&lt;b&gt;办法" in shown
    tables = [line for line in shown.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables} == {4}
