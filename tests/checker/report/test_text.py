"""The plain text report: both provisions, the case in plain words, what settles it, and when it holds."""

from __future__ import annotations

from guiju.checker.report.layout import View
from guiju.checker.report.text import to_text
from report_samples import CLEAN, CONFLICT, CORPUS, FULL, HEADER, SETTLED, SOURCES, UNDECIDED, report

ZH = View("zh", SOURCES, CORPUS)
EN = View("en", SOURCES, CORPUS)


def test_a_conflict_shows_both_provisions_the_case_and_when_it_holds() -> None:
    """Each provision has its title, citation, place and line; facts come in declared order, in words."""
    expected = """\
错误 C101：“营业”既被要求又被禁止
  《摊位管理办法》第五条（规则 甲办法.摊主节假日营业）
  --> specs/stalls.gj:2:8
   2 |     规则 摊主节假日营业 依 第五条
     |          ^^^^^^^^^^^^^^
  《夜市管理办法》第九条(二)、附件一（规则 乙办法.夜市节假日休市）
  --> specs/stalls.gj:4:8
   4 |     规则 夜市节假日休市 依 第九条(二)、附件一
     |          ^^^^^^^^^^^^^^
  = 情形：日期：2026-10-01；地点：区
    摊位.夜市：是
    摊位.面积：12.50 平方米
    摊位.类别：食品
    摊位.期限：3 年
    违规：2 条
      1. 日期：2025-05-01；罚款：200.00 元
      2. 日期：2025-06-01
    所取读法：节假日=法定
  = 解决：没有规则可以解决，须修改文本或者由制定机关裁决
  = 读法：仅在下列读法下成立：节假日=法定 且 试行起算=自印发日；或者 节假日=含周末；默认读法下不成立
  = 细节：关系=一方始终更严（或更宽）
  = 依据：上述情形已由参考求值器复核

错误 1，警告 0，提示 0，未决 0。
"""
    assert expected == to_text(report(CONFLICT), ZH)


def test_a_settled_conflict_says_who_prevails_and_how_firmly() -> None:
    """The grade tells a statute from an argument."""
    text = to_text(report(SETTLED), ZH)
    settled = (
        "  = 解决：上位法优于下位法（仅可主张）：甲办法.摊主节假日营业（第五条） 优先于 乙办法.夜市节假日休市"
    )
    assert settled + "（第九条(二)、附件一）；依据：市局是区局的上级\n" in text
    assert "  = 读法：任何读法下都成立\n" in text


def test_the_same_in_english() -> None:
    """English words around names that stay as they are."""
    text = to_text(FULL, EN)
    assert "error C101: “营业” is both obliged and forbidden\n" in text
    assert "  《摊位管理办法》第五条 (rule 甲办法.摊主节假日营业)\n" in text
    assert "    摊位.夜市: yes\n    摊位.面积: 12.50 平方米\n" in text
    assert "    摊位.期限: 3 years\n    违规: 2 rows\n" in text
    assert "  = settled by: the superior instrument prevails (lex superior) (only arguable): " in text
    assert text.endswith("1 error, 1 warning, 1 info, 1 undecided.\n")


def test_a_finding_without_norms_points_at_its_place() -> None:
    """A finding about a header shows the header's line."""
    expected = """\
提示 T402：《夜市管理办法》没有写明施行日期
  --> specs/stalls.gj:3:12
   3 | instrument 乙办法
     |            ^^^^^^
  = 依据：由条文的声明直接可见
"""
    assert to_text(report(HEADER), ZH).startswith(expected)


def test_undecided_questions_are_shown_and_counted() -> None:
    """What was not answered never looks like a clean answer."""
    text = to_text(report(undecided=(UNDECIDED,)), ZH)
    assert text.startswith("未决：甲办法.摊主节假日营业 是否多余\n")
    assert "  = 原因：预算用尽\n" in text
    assert text.endswith("错误 0，警告 0，提示 0，未决 1。\n")


def test_a_clean_report_is_one_line() -> None:
    """Nothing found is said in so many words."""
    assert to_text(CLEAN, ZH) == "错误 0，警告 0，提示 0，未决 0。\n"


def test_without_corpus_and_sources_the_identifiers_are_shown() -> None:
    """A report that was loaded from elsewhere can still be shown."""
    text = to_text(report(CONFLICT), View("zh"))
    assert "  甲办法 第五条（规则 甲办法.摊主节假日营业）\n  --> specs/stalls.gj:2:8\n  乙办法" in text
    assert "    摊位.面积：1250\n" in text


def test_notes_stand_before_the_sum() -> None:
    """What was left out is said next to the sum that leaves it out."""
    assert to_text(CLEAN, ZH, ["另有 2 条。"]).splitlines()[0] == "另有 2 条。"
