"""The layout of sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostics import display_width
from guiju.dsl.formatter import format_source
from guiju.dsl.keywords import BY_SPELLING, PASSINGS
from guiju.dsl.layout import WIDTH
from guiju.dsl.lexer import tokens
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source
from sources import RICH, files, shape


def laid_out(parser: Parser, text: str, lang: str | None = None) -> str:
    """A text without mistakes in its layout; its being stable is checked on the way."""
    formatted = format_source(text, "x.gj", lang=lang, parser=parser)
    assert formatted.diagnostics == ()
    assert formatted.text is not None
    assert formatted.text == format_source(formatted.text, "x.gj", lang=lang, parser=parser).text
    return formatted.text


EXAMPLES = {
    "one clause a line": (
        """
规则 甲 见 “第一条” 当 a 当 b 则 技师 不得 执业 期 3 年 自 c
""",
        """\
规则 甲
  见 "第一条"
  当 a
  当 b
  则 技师 不得 执业 期 3年 自 c
""",
    ),
    "fields stand deeper than facts": (
        """
实体 技师 注 "人" 事实 年龄：整数 0 .. 120 单位 岁 默认 - 3
事实 类别：门类 判断 记录 处分 字段 决定日：日期 字段 重：轻重
""",
        """\
实体 技师 注 "人"
  事实 年龄: 整数 0..120 单位 岁 默认 -3
  事实 类别: 门类 判断
  记录 处分
    字段 决定日: 日期
    字段 重: 轻重
""",
    ),
    "neighbours of one sort stay together": (
        """
法域 中国
法域 江省 属 中国
机关 江省厅 辖 江省


机关 河市局 辖 江省
规则 甲 则 乙 应 丙
规则 丁 则 乙 应 丙
""",
        """\
法域 中国
法域 江省 属 中国

机关 江省厅 辖 江省

机关 河市局 辖 江省

规则 甲
  则 乙 应 丙

规则 丁
  则 乙 应 丙
""",
    ),
    "comments stay with what they are about": (
        """
#head
   # still head


法域 中国   # of the line
# before 甲
规则 甲 # of 甲
        # before 当
  当 a 且 # why
     # and
     b 且 c # of the clause

  # before 则
  则 乙 应 丙
    # end of 甲

# before 丁
规则 丁 则 乙 应 丙
# end of the file
""",
        """\
#head
# still head

法域 中国  # of the line

# before 甲
规则 甲  # of 甲
  # before 当
  当 a 且  # why
      # and
      b 且 c  # of the clause

  # before 则
  则 乙 应 丙
  # end of 甲

# before 丁
规则 丁
  则 乙 应 丙
# end of the file
""",
    ),
    "long conditions break where they are least bound": (
        """
规则 甲 当 技师.过失 至少 一般 且 (技师.类别 = 甲类 或 非 技师.在册
或 任一(技师.处分 其中 程度 = 轻微 且 温差 > -3)) 且 技师.在册
""",
        """\
规则 甲
  当 技师.过失 至少 一般 且
      (技师.类别 = 甲类 或 非 技师.在册 或 任一(技师.处分 其中 程度 = 轻微 且 温差 > -3)) 且
      技师.在册
""",
    ),
    "long effects break before their parts": (
        """
规则 甲 则 技师 应 报告 对 未定 致 河市局, 未定, 一个名字很长的管理部门 抄送 监督处
限 10工作日 自 技师.退出日 每 6月
""",
        """\
规则 甲
  则 技师 应 报告 对 未定 致 河市局, 未定, 一个名字很长的管理部门 抄送 监督处
      限 10工作日 自 技师.退出日 每 6月
""",
    ),
    "conditionals break before their branches": (
        """
规则 甲 则 期限 为 若 技师.年龄 ≥ 60 且 技师.在册 且 技师.缴费 ≠ 0.50 元
则 若 a 则 b 否则 c 否则 若 技师.年龄 ≥ 50 则 轻微 否则 严重
""",
        """\
规则 甲
  则 期限 为 若 技师.年龄 ≥ 60 且 技师.在册 且 技师.缴费 ≠ 0.50元
      则 若 a 则 b 否则 c
      否则 若 技师.年龄 ≥ 50 则 轻微 否则 严重
""",
    ),
    "the arms of a choice stand one a line": (
        """
术语 资历 = 择 替代 {仅职称: 技师.学历 >= 大专 且 (技师.职称 >= 中级 或 有资格), 学历和职称: 技师.学历 >= 大专
且 技师.职称 >= 中级 或 有资格}
""",
        """\
术语 资历 = 择 替代 {仅职称: 技师.学历 >= 大专 且 (技师.职称 >= 中级 或 有资格),
    学历和职称: 技师.学历 >= 大专 且 技师.职称 >= 中级 或 有资格}
""",
    ),
    "contents stay grouped as the author grouped them": (
        """
文件 甲 目录 "第一条" "第二条"
 "第三条(一)"   "第三条(二)"
 "第四条第一款" "第四条第二款" "第四条第三款" "第四条第四款" "第四条第五款" "第四条第六款" "第四条第七款"
 "第五条" # 完
""",
        """\
文件 甲
  目录 "第一条" "第二条"
      "第三条(一)" "第三条(二)"
      "第四条第一款" "第四条第二款" "第四条第三款" "第四条第四款" "第四条第五款" "第四条第六款"
      "第四条第七款"
      "第五条"  # 完
""",
    ),
    "rows are filled in": (
        """
例 "a" 设 技师.缺席 = [{缺席日: 2025-07-01}, {缺席日: 2025-09-10}, {缺席日: 2025-12-01}, {缺席日: 2026-03-02}]
应得 甲 应 乙
""",
        """\
例 "a"
  设 技师.缺席 = [{缺席日: 2025-07-01}, {缺席日: 2025-09-10}, {缺席日: 2025-12-01},
      {缺席日: 2026-03-02}]
  应得 甲 应 乙
""",
    ),
    "punctuation and quotation marks become ASCII": (
        """
术语 x ＝ （a ＞ １２） 且 b 属于 ｛c、d｝ 注 「“引”文」
不编 “一” 因 定义 「"二"」
""",
        """\
术语 x = (a > 12) 且 b 属于 {c, d} 注 "“引”文"

不编 "一" 因 定义 「"二"」
""",
    ),
    "nothing gives nothing": ("\n\n", ""),
    "comments alone": ("\n\n  # a\n\n\n#b\n", "# a\n\n#b\n"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_layout(parser, name):
    """What the formatter is for, by example."""
    before, after = EXAMPLES[name]
    assert after == laid_out(parser, before)


def test_the_rich_sample_is_laid_out_once(parser):
    """Every construct has its layout, which stays, and no line is too long."""
    assert all(display_width(line) <= WIDTH for line in laid_out(parser, RICH).split("\n"))


def test_keywords_are_translated_both_ways(parser):
    """English and back gives what one started from."""
    chinese = laid_out(parser, RICH, "zh")
    english = laid_out(parser, RICH, "en")
    assert chinese == laid_out(parser, english, "zh")
    assert chinese == laid_out(parser, RICH)
    assert "rule 禁入\n  cites" in english


def test_a_keyword_keeps_its_language(parser):
    """Both in one file are fine."""
    assert laid_out(parser, "rule a 当 b then x 应 y") == "rule a\n  当 b\n  then x 应 y\n"


@pytest.mark.parametrize(("zh", "en"), sorted({(kind.zh, kind.en) for kind in PASSINGS.values()}))
def test_a_kind_of_passing_on_is_translated(parser, zh, en):
    """Behind 流转, also with a comment between them; elsewhere the same word is a name and stays."""
    name = zh if zh not in BY_SPELLING else "甲"
    chinese, english = f"行为 {name} 流转 {zh} 主体 乙\n", f"action {name} passes {en} by 乙\n"
    assert laid_out(parser, chinese) == chinese
    assert laid_out(parser, english) == english
    assert laid_out(parser, chinese, "en") == english
    assert laid_out(parser, english, "zh") == chinese
    assert laid_out(parser, f"action 甲 passes # 注\n  {en}", "zh") == f"行为 甲 流转  # 注\n    {zh}\n"


def test_a_long_action_breaks_before_what_it_passes_on(parser):
    """As before its other clauses."""
    condition = " 或 ".join(f"技师.第{i}种情形" for i in range(5))
    assert laid_out(parser, f"行为 报 主体 技师 已作 {condition} 流转 移送") == (
        f"行为 报 主体 技师\n    已作 {condition}\n    流转 移送\n"
    )


def test_english_units_stand_apart(parser):
    """3 years, but 3年."""
    assert laid_out(parser, "term x = a + 3years") == "term x = a + 3 years\n"


def test_a_source_with_mistakes_is_refused(parser):
    """The diagnostics say why."""
    formatted = format_source("规则 甲 当 当", "x.gj", parser=parser)
    assert formatted.text is None
    assert [d.code for d in formatted.diagnostics] == ["E104"]


def test_a_parser_is_built_when_none_is_given():
    """The name and the text are enough."""
    assert format_source("法域  中国", "x.gj").text == "法域 中国\n"


def words(text: str) -> list[tuple[str, str]]:
    """The names and numbers of a text, and its comments, in order."""
    found = tokens(Source("x", text), comments=True)
    return [
        (t.terminal, t.text.lstrip("#＃").rstrip())
        for t in found
        if t.terminal in ("NAME", "NUMBER", "COMMENT")
    ]


def check_formatted(parser: Parser, text: str, lang: str | None = None) -> None:
    source = Source("x.gj", text)
    parsed = parser.parse(source)
    formatted = format_source(text, "x.gj", lang=lang, parser=parser)
    if parsed.diagnostics:
        assert (None, parsed.diagnostics) == (formatted.text, formatted.diagnostics)
        return
    assert formatted.text is not None
    again = parser.parse(Source("x.gj", formatted.text))
    assert shape(parsed.file) == shape(again.file)
    assert words(text) == words(formatted.text)
    assert formatted.text == format_source(formatted.text, "x.gj", lang=lang, parser=parser).text
    assert not formatted.text or formatted.text.endswith("\n")
    for line in formatted.text.split("\n"):
        assert line == line.rstrip()
        code = line.split("#")[0].rstrip()
        assert display_width(code) <= WIDTH or len(code.split()) < 40


@given(files(), st.sampled_from([None, "zh", "en"]))
def test_formatting_keeps_the_tree_and_the_comments(parser, text, lang):
    """The tree up to places, names, numbers and comments in order; twice is once; lines end cleanly."""
    check_formatted(parser, text, lang)


@pytest.mark.slow
@given(files(), st.sampled_from([None, "zh", "en"]))
def test_formatting_keeps_the_tree_and_the_comments_for_long(parser, text, lang):
    """A longer search."""
    check_formatted(parser, text, lang)
