"""What each construct of the language becomes: norms, gaps and hand-overs, with guards and law dates."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from guiju.compiler import kernel as k
from guiju.compiler.lower import lower
from guiju.compiler.typing import check_corpus
from guiju.dsl.keywords import PASSINGS
from guiju.dsl.parser import Parser
from guiju.dsl.resolve import resolve
from guiju.dsl.source import Place, Source

PARSER = Parser()
WORLD = """
时限 2018-01-01 .. 2031-12-31
法域 市
法域 区 属 市
机关 局 辖 市
部门 科 属 局
阶梯 档次 = {轻 < 中 < 重}
读法 口径 : 宽 | 窄
实体 人
  事实 甲 : 是否 默认 否
  事实 乙 : 是否
  事实 严重 : 是否 判断
  事实 额 : 小数 0..99 精度 2 单位 元
  事实 起 : 日期
  事实 讫 : 日期
  记录 事 字段 时 : 日期
行为 做 主体 人 对 局
行为 报 合并 并处
结果 处理 : 档次
结果 罚 : 小数 0..99 精度 2 单位 元
文件 办法 发布 局 地域 市 施行 2018-01-01
"""
WORLD_TREE = PARSER.parse(Source("world.gj", WORLD)).file

A, B, START = k.FactRef("人.甲"), k.FactRef("人.乙"), k.FactRef("人.起")
SUM, END, AT = k.FactRef("人.额"), k.FactRef("人.讫"), k.FieldRef("人.事", "时")
DOING = k.Deed("人", "做", "局")
BEGUN = k.Compare(k.Order.LE, START, k.Today())


def number(value: int, unit: str) -> k.Const:
    return k.Const(value, k.Integer(value, value, unit))


def corpus_of(text: str) -> k.Corpus:
    """The corpus of ``text`` in an instrument of its own, beside the world; it must be well typed."""
    header = "" if text.lstrip().startswith("文件") else "文件 规 发布 局 地域 市 施行 2018-01-01\n"
    parsed = PARSER.parse(Source("rules.gj", header + text))
    assert parsed.diagnostics == ()
    resolved = resolve([WORLD_TREE, parsed.file])
    assert resolved.diagnostics == ()
    corpus = lower(resolved.program, k.WorkCalendar())
    check_corpus(corpus)
    return corpus


def norms(text: str) -> list[k.Norm]:
    return list(corpus_of(text).norms)


def norm(text: str) -> k.Norm:
    (found,) = norms(text)
    return found


def gaps(text: str) -> list[tuple[str, str]]:
    return [(g.what, g.action) for g in corpus_of(text).gaps]


def ends(day: k.Expr) -> k.Expr:
    return k.Compare(k.Order.LE, k.Today(), day)


# --- Positions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "modality"),
    [("应", k.Modality.OBLIGED), ("不得", k.Modality.FORBIDDEN), ("可", k.Modality.PERMITTED)],
)
def test_a_modality(word: str, modality: k.Modality) -> None:
    """One norm on the deed; the patient is the action's where the rule names none."""
    found = norm(f'规则 一 见 "第一条" "第二条" 当 甲 则 人 {word} 做')
    assert (found.question, found.position) == (k.MayDo(DOING), modality)
    assert (found.id, found.rule, found.instrument) == ("规.一", "规.一", "规")
    assert found.citations == ("第一条", "第二条")
    assert (found.guard, found.territory, found.law_date) == (A, "市", k.Today())


def test_the_patient_and_the_area_of_a_rule() -> None:
    """Said by the rule, they take the place of the action's and the instrument's."""
    found = norm("规则 一 地域 区 当 甲 则 人 不得 做 对 科")
    assert found.question == k.MayDo(k.Deed("人", "做", "科"))
    assert found.territory == "区"


def test_several_effects_are_numbered() -> None:
    """The norms of one rule have ids of their own and share the rule."""
    found = norms("规则 一 当 甲 则 人 不得 做 则 处理 为 重")
    assert [n.id for n in found] == ["规.一/1", "规.一/2"]
    assert {n.rule for n in found} == {"规.一"}


def test_a_value() -> None:
    """At the outcome's scale, so that equal amounts are equal numbers."""
    assert norm("规则 一 当 甲 则 处理 为 中").question == k.WhichValue("处理")
    position = norm("规则 一 当 甲 则 罚 为 0.5元").position
    assert isinstance(position, k.Answer)
    assert isinstance(position.value, k.Const)
    assert (position.value.value, position.value.type.scale) == (50, 2)  # type: ignore[union-attr]  # an integer


def test_strengths() -> None:
    """可 … 为, 原则上, 鼓励; what is only in principle stays so where it is discretionary too."""
    assert norm("规则 一 当 甲 则 处理 为 中").strength is k.Strength.STRICT
    assert norm("规则 一 当 甲 则 可 处理 为 中").strength is k.Strength.DISCRETIONARY
    assert norm("规则 一 当 甲 则 人 不得 做 原则上").strength is k.Strength.IN_PRINCIPLE
    assert norm("规则 一 当 甲 则 可 处理 为 中 原则上").strength is k.Strength.IN_PRINCIPLE
    assert norm("规则 一 当 甲 则 人 应 做 鼓励").strength is k.Strength.ENCOURAGED


# --- Guards -----------------------------------------------------------------------------------------------


def test_several_conditions_and_exceptions() -> None:
    """Each 当 must hold, no 除非 may."""
    found = norm("规则 一 当 甲 当 严重 除非 乙 除非 位于 区 则 人 不得 做")
    expected = (A, k.FactRef("人.严重"), k.Not(B), k.Not(k.InTerritory("区")))
    assert found.guard == k.And(expected)


def test_a_requirement_is_one_ground_of_refusal_for_each_conjunct() -> None:
    """Forbidden while it is missing; a disjunction is one requirement."""
    missing = norms("规则 一 当 甲 则 人 做 须 乙 且 非 严重 且 位于 区")
    assert [n.position for n in missing] == [k.Modality.FORBIDDEN] * 3
    severe = k.FactRef("人.严重")
    assert [n.guard for n in missing] == [
        k.And((A, k.Not(B))),
        k.And((A, severe)),
        k.And((A, k.Not(k.InTerritory("区")))),
    ]
    assert norm("规则 一 当 甲 则 人 做 须 乙 或 严重").guard == k.And((A, k.Not(k.Or((B, severe)))))
    wanted = [B, k.Not(severe), k.InTerritory("区")]
    assert [n.requirement for n in missing] == [k.Requirement(A, each) for each in wanted]


def test_a_term_is_put_in_its_place() -> None:
    """No name abbreviates an expression in the kernel; a local term hides a shared one."""
    assert norm("术语 条件 = 乙\n规则 一 当 条件 且 甲 则 人 不得 做").guard == k.And((B, A))


def test_counts() -> None:
    """Each comparison with a number becomes one or two thresholds."""
    three, four = k.AtLeast(3, "人.事", k.TRUE), k.AtLeast(4, "人.事", k.TRUE)
    for text, expected in {
        "个数(事) >= 3": three,
        "个数(事) > 3": four,
        "个数(事) < 3": k.Not(three),
        "个数(事) <= 3": k.Not(four),
        "个数(事) = 3": k.And((three, k.Not(four))),
        "个数(事) ≠ 3": k.Or((k.Not(three), four)),
        "3 < 个数(事)": four,
        "个数(事) >= 0": k.TRUE,
        "任一(事)": k.AtLeast(1, "人.事", k.TRUE),
    }.items():
        assert norm(f"规则 一 当 {text} 则 人 不得 做").guard == expected, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("额 + 额 > 额", k.Compare(k.Order.LT, SUM, k.Sum((SUM, SUM)))),
        ("额 - 额 > 额", k.Compare(k.Order.LT, SUM, k.Sum((SUM, k.Times(-1, SUM))))),
        ("3 × 额 > 额", k.Compare(k.Order.LT, SUM, k.Times(3, SUM))),
        ("天数(起, 讫) > 9日", k.Compare(k.Order.LT, number(9, "days"), k.DaysBetween(START, END))),
        ("起 + 3月 < 讫", k.Compare(k.Order.LT, k.ShiftMonths(START, number(3, "months")), END)),
        ("起 + 3日 <= 讫", k.Compare(k.Order.LE, k.ShiftDays(START, number(3, "days")), END)),
        ("起 + 3工作日 >= 讫", k.Compare(k.Order.LE, END, k.ShiftWorkdays(START, number(3, "workdays")))),
        ("若 乙 则 甲 否则 非 甲", k.If(B, A, k.Not(A))),
        ("乙 蕴含 甲", k.Or((k.Not(B), A))),
        (
            "每一(事 其中 时 <= 今日)",
            k.Not(k.AtLeast(1, "人.事", k.Not(k.Compare(k.Order.LE, AT, k.Today())))),
        ),
        ("最晚(事.时) <= 今日", k.Compare(k.Order.LE, k.Extreme(True, "人.事", "时", k.TRUE), k.Today())),
        ("最早(事.时) <= 今日", k.Compare(k.Order.LE, k.Extreme(False, "人.事", "时", k.TRUE), k.Today())),
    ],
)
def test_terms_and_conditions(text: str, expected: k.Expr) -> None:
    """Each operator as the one of the kernel; a greater side becomes the right one."""
    assert norm(f"规则 一 当 {text} 则 人 不得 做").guard == expected


# --- Windows and deadlines ----------------------------------------------------------------------------------


def test_a_window_is_two_norms() -> None:
    """It forbids from the start to the end, both included, and it says when it ends."""
    forbids, says = norms("规则 一 当 甲 则 人 不得 做 期 3年 自 起")
    end = k.ShiftMonths(START, k.Const(36, k.Integer(36, 36, "months")))
    assert forbids.guard == k.And((A, BEGUN, ends(end)))
    assert (forbids.question, forbids.position) == (k.MayDo(DOING), k.Modality.FORBIDDEN)
    assert (says.question, says.guard) == (k.BarEnd(DOING), A)
    up = k.ShiftMonths(START, k.Const(36, k.Integer(36, 36, "months")), k.Clip.UP)
    assert says.position == k.Span(START, end, up)
    assert forbids.law_date == says.law_date == START


@pytest.mark.parametrize(
    ("amount", "end"),
    [
        ("10日", k.ShiftDays(START, k.Const(10, k.Integer(10, 10, "days")))),
        ("2周", k.ShiftDays(START, k.Const(14, k.Integer(14, 14, "days")))),
        ("5工作日", k.ShiftWorkdays(START, k.Const(5, k.Integer(5, 5, "workdays")))),
        ("无期限", k.Const(k.NEVER, k.Date())),
    ],
)
def test_other_windows(amount: str, end: k.Expr) -> None:
    """Only months round two ways; 无期限 never ends."""
    _, says = norms(f"规则 一 当 甲 则 人 不得 做 期 {amount} 自 起")
    assert says.position == k.Span(START, end)


def test_a_window_that_the_text_leaves_open() -> None:
    """It forbids as long as the text lets one tell; what is missing is a gap; there is no end to compare."""
    open_start, open_end = "规则 一 当 甲 则 人 不得 做 期 3年", "规则 一 当 甲 则 人 不得 做 期 未定 自 起"
    assert (norm(open_start).guard, norm(open_start).law_date) == (A, k.Today())
    assert gaps(open_start) == [("start", "做")]
    assert (norm(open_end).guard, norm(open_end).law_date) == (k.And((A, BEGUN)), START)
    assert gaps(open_end) == [("term", "做")]


def test_a_deadline_is_a_duty_and_its_last_day() -> None:
    """In days, workdays or months; counted from where the text says."""
    duty, due = norms("规则 一 当 甲 则 人 应 做 限 10日 自 起")
    assert (duty.question, duty.position, duty.guard) == (k.MayDo(DOING), k.Modality.OBLIGED, A)
    assert due.question == k.DueBy(DOING)
    assert due.position == k.Span(START, k.ShiftDays(START, k.Const(10, k.Integer(10, 10, "days"))))
    assert duty.law_date == due.law_date == START


def test_a_deadline_in_hours() -> None:
    """Hours are finer than days: they are an answer of their own."""
    duty, due = norms("规则 一 当 甲 则 人 应 做 限 24小时 自 起")
    assert due.question == k.DueWithin(DOING)
    assert duty.law_date == due.law_date == START
    assert norms("规则 一 当 甲 则 人 应 做 限 24小时")[1].law_date == k.Today()
    assert due.position == k.Answer(k.Const(24, k.Integer(24, 24, "hours")))


def test_a_one_off_date() -> None:
    """Whenever one asks, it is due on that day."""
    _, due = norms("规则 一 当 甲 则 人 应 做 截至 2025-12-31")
    assert due.position == k.Span(k.Today(), k.Const(dt.date(2025, 12, 31), k.Date()))


def test_a_duty_that_recurs() -> None:
    """Its period is an answer in its unit: months and days are different questions."""
    _, every = norms("规则 一 当 甲 则 人 应 做 每 1年")
    assert every.question == k.Recurs(DOING, "months")
    assert every.position == k.Answer(k.Const(12, k.Integer(12, 12, "months")))
    assert norms("规则 一 当 甲 则 人 应 做 每 30日")[1].question == k.Recurs(DOING, "days")


def test_a_duty_that_lasts_keeps_its_deadline_and_its_period() -> None:
    """It recurs while it lasts, and no longer."""
    found = norms("规则 一 当 甲 则 人 应 做 限 3日 自 起 每 1月 期 1年 自 起")
    assert [type(n.question) for n in found] == [k.MayDo, k.BarEnd, k.DueBy, k.Recurs]
    assert found[0].guard == found[3].guard != A
    assert found[2].guard == A


# --- What is left open, and to whom -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ("人 应 报 致 未定", [("recipient", "报")]),
        ("人 应 报 致 局 抄送 未定", [("recipient", "报")]),
        ("人 应 报 限 未定", [("deadline", "报")]),
        ("人 应 报 限 3日", [("start", "报")]),
        ("人 应 报 限 24小时", []),
        ("人 应 报 每 未定", [("period", "报")]),
        ("未定 应 报", [("bearer", "报")]),
        ("未定 做 须 乙", [("bearer", "做")]),
        ("罚 为 未定", [("value", "罚")]),
        ("人 应 报 致 局", []),
    ],
)
def test_gaps(effect: str, expected: list[tuple[str, str]]) -> None:
    """未定 is data for the analyses, and so is a term without a start."""
    assert gaps(f"规则 一 当 甲 则 {effect}") == expected


@pytest.mark.parametrize(
    ("effect", "what", "subject", "modality"),
    [
        ("人 应 报 致 未定", "recipient", "报", k.Modality.OBLIGED),
        ("人 不得 做 期 3年", "start", "做", k.Modality.FORBIDDEN),
        ("人 可 报 期 未定 自 起", "term", "报", k.Modality.PERMITTED),
        ("未定 做 须 乙", "bearer", "做", None),
        ("罚 为 未定", "value", "罚", None),
    ],
)
def test_a_gap_says_where_it_is(effect: str, what: str, subject: str, modality: k.Modality | None) -> None:
    """Of which rule and provision, at which words, of which modality, and what was noted of the rule."""
    (gap,) = corpus_of(f'规则 一 见 "第四条" 注 "存疑"\n 当 甲\n 则 {effect}').gaps
    place = Place("rules.gj", 4, 4, len(effect))
    assert gap == k.Gap(what, "规.一", "规", ("第四条",), subject, place, "存疑", modality)


def test_a_bearer_left_open_is_the_action_s() -> None:
    """So that the norm meets the others on that action."""
    assert norm("规则 一 当 甲 则 未定 不得 做").question == k.MayDo(DOING)
    assert norm("规则 一 当 甲 则 未定 做 须 乙").question == k.MayDo(DOING)
    assert norm("规则 一 当 甲 则 未定 不得 报").question == k.MayDo(k.Deed("", "报"))


def test_an_open_value_is_a_position() -> None:
    """It answers the question, without a value."""
    assert norm("规则 一 当 甲 则 罚 为 未定").position == k.Answer(None)


def test_recipients_are_kept() -> None:
    """For the chains: who must be told, and who gets a copy."""
    (found,) = corpus_of("规则 一 当 甲 则 人 应 做 致 局 抄送 科, 人").hand_overs
    assert found == k.HandOver("规.一", DOING, ("局",), ("科", "人"))


# --- Law dates, judgements, readings --------------------------------------------------------------------


def test_the_law_date() -> None:
    """Today; the start of a term; the day that 事发 names, before all else."""
    assert norm("规则 一 当 甲 则 处理 为 重").law_date == k.Today()
    assert norm("规则 一 当 甲 事发 讫 则 处理 为 重").law_date == k.FactRef("人.讫")
    found = norms("规则 一 当 甲 事发 讫 则 人 不得 做 期 1月 自 起 则 处理 为 重")
    assert [n.law_date for n in found] == [k.FactRef("人.讫")] * 3


def test_judgements_are_collected() -> None:
    """Wherever a norm speaks of open texture, also by way of a term or in its value."""
    assert norm("规则 一 当 甲 则 处理 为 重").judgements == ()
    assert norm("术语 重大 = 严重\n规则 一 当 甲 除非 重大 则 处理 为 重").judgements == ("人.严重",)
    assert norm("规则 一 当 甲 则 处理 为 若 严重 则 重 否则 轻").judgements == ("人.严重",)


def test_readings_are_collected() -> None:
    """From guard, value, law date, and the time in force of the instrument."""
    assert norm("规则 一 当 甲 则 处理 为 重").readings == ()
    assert norm("规则 一 当 口径 = 宽 则 处理 为 重").readings == ("口径",)
    assert norm("规则 一 当 甲 则 处理 为 择 口径 {宽: 轻, 窄: 重}").readings == ("口径",)
    assert norm("规则 一 当 甲 事发 择 口径 {宽: 起, 窄: 讫} 则 处理 为 重").readings == ("口径",)
    text = "文件 试 发布 局 地域 市 施行 2018-01-01 失效 择 口径 {宽: 2020-01-01, 窄: 无期限}\n"
    assert norm(f"{text}规则 一 当 甲 则 处理 为 重").readings == ("口径",)


# --- Beside the rules -----------------------------------------------------------------------------------


def test_an_instrument() -> None:
    """What is 未定 or not said is None; 从上 and 优先 keep their citation."""
    corpus = corpus_of(
        '文件 试 标题 "试行" 发布 科 地域 区 施行 未定 主题 安全 从上 见 "第九条"'
        ' 优先 局 关于 安全 见 "第八条"'
    )
    found = corpus.instruments["试"]
    assert (found.title, found.issuer, found.territory, found.start, found.end) == (
        "试行",
        "科",
        "区",
        None,
        None,
    )
    assert found.yields_upward == "第九条"
    assert found.precedences == (k.Precedence(("局",), ("安全",), "第八条"),)
    assert corpus.instruments["办法"].yields_upward is None


def test_combinations() -> None:
    """An outcome or action says how its answers combine; unsaid, they must agree."""
    corpus = corpus_of("规则 一 当 甲 则 人 不得 做")
    assert corpus.combination(k.WhichValue("处理")) is k.Combination.SINGLE
    assert corpus.combination(k.BarEnd(k.Deed("人", "报"))) is k.Combination.ALL
    assert corpus.combination(k.MayDo(k.Deed("人", "报"))) is k.Combination.SINGLE


def test_an_action_that_tells_when_it_was_done() -> None:
    """The date stands beside the condition; where the text of an action names none, there is none."""
    corpus = corpus_of("行为 交 主体 人 已作 乙 作于 最晚(事.时) 规则 一 当 甲 则 人 应 交")
    latest = k.Extreme(True, "人.事", "时", k.TRUE)
    assert (corpus.actions["交"].done, corpus.actions["交"].done_on) == (B, latest)
    assert corpus.actions["做"].done_on is None


@pytest.mark.parametrize("kind", k.Passing)
def test_an_action_that_passes_something_on(kind: k.Passing) -> None:
    """Its kind, by the word of either language; no other part of the action hangs on it."""
    (chinese,) = {two.zh for two in PASSINGS.values() if two.en == kind.value}
    for word in (chinese, kind.value):
        corpus = corpus_of(f"行为 交 主体 人 流转 {word} 已作 乙 规则 一 当 甲 则 人 应 交")
        assert corpus.actions["交"].passes is kind
        assert (corpus.actions["交"].bearer, corpus.actions["交"].done) == ("人", B)
    assert corpus.actions["做"].passes is None


def test_every_word_for_passing_on_has_its_kind() -> None:
    """The words of the language and the kinds of the kernel are the same nine."""
    assert {two.en for two in PASSINGS.values()} == {kind.value for kind in k.Passing}
    assert len(PASSINGS) == 2 * len(k.Passing) == 18


def test_what_an_action_passes_on_is_in_the_digest() -> None:
    """Another kind, or none, is another corpus; the word's language is not."""
    rule = "规则 一 当 甲 则 人 应 交"
    clauses = ("", "流转 报告", "流转 移送", "passes report")
    none, report, transfer, english = (
        json.dumps(k.digest_ready(corpus_of(f"行为 交 主体 人 {clause} {rule}")), ensure_ascii=False)
        for clause in clauses
    )
    assert len({none, report, transfer}) == 3
    assert report == english


def test_facts_that_the_party_can_change() -> None:
    """The mark is the fact's own, also beside others."""
    shop = "实体 店 事实 面积 : 整数 0..9 可改 背景 事实 店龄 : 整数 0..9"
    facts = corpus_of(f"{shop} 规则 一 当 甲 则 人 可 做").facts
    marks = [(f.changeable, f.background) for f in (facts["店.面积"], facts["店.店龄"])]
    assert marks == [(True, True), (False, False)]


def test_overrides() -> None:
    """By rule, by group without the rule itself, and in every version of an instrument."""
    corpus = corpus_of(
        '文件 旧 版本 "1.0" 发布 局 地域 市 施行 2018-01-01 失效 2018-12-31 规则 一 当 甲 则 人 可 做\n'
        '文件 旧 版本 "1.0.1" 发布 局 地域 市 施行 2019-01-01 规则 一 当 甲 则 人 可 做\n'
        "文件 新 发布 局 地域 市 施行 2020-01-01\n"
        '规则 一 组 严 见 "第五条" 当 甲 则 人 不得 做 优先于 旧.一, 严\n'
        "规则 二 组 严 当 甲 则 人 可 做"
    )
    assert [(o.winner, o.loser, o.citation) for o in corpus.overrides] == [
        ("新.一", "旧@1.0.一", "第五条"),
        ("新.一", "旧@1.0.1.一", "第五条"),
        ("新.一", "新.二", "第五条"),
    ]


def test_an_example() -> None:
    """Defaults are filled in, records that are not given are empty, values are held as their facts are."""
    (found,) = corpus_of(
        '例 "一" 于 2021-01-01 地域 区 设 额 = 0.5元 设 起 = 2020-01-31 + 1月 设 口径 = 窄'
        " 应得 处理 为 重 应得 人 不得 做 应得 做 不答 应得 罚 冲突"
    ).examples
    assert found.context.case.facts == {"人.甲": False, "人.额": 50, "人.起": dt.date(2020, 2, 29)}
    assert found.context.case.records == {"人.事": ()}
    assert (found.context.today, found.context.place) == (dt.date(2021, 1, 1), "区")
    assert found.context.readings == {"口径": "窄"}
    assert (found.label, found.instrument, found.place.line) == ("一", "规", 2)
    assert [e.place.line for e in found.expectations] == [2] * 4
    first, *_ = found.expectations
    assert first.question == k.WhichValue("处理")
    assert isinstance(first.position, k.Answer)
    assert isinstance(first.position.value, k.Const)
    assert first.position.value.value == "重"
    questions = [(e.question, e.position, e.conflict) for e in found.expectations]
    assert questions[1:] == [
        (k.MayDo(DOING), k.Modality.FORBIDDEN, False),
        (k.MayDo(DOING), None, False),
        (k.WhichValue("罚"), None, True),
    ]


def test_an_example_that_expects_a_last_day() -> None:
    """The question is the end of the window of that modality, or of the deadline, and nothing else."""
    (found,) = corpus_of(
        '例 "一" 于 2021-01-01 地域 区 应得 人 不得 做 至 2021-03-01 应得 人 可 报 对 科 至 无期限'
        " 应得 人 应 做 截至 起 + 1月 应得 罚 为 未定"
    ).examples
    assert not any(e.conflict for e in found.expectations)
    assert [e.place.line for e in found.expectations] == [2] * 4
    assert [(e.question, e.position, e.end) for e in found.expectations] == [
        (k.BarEnd(DOING, "forbidden"), None, k.Const(dt.date(2021, 3, 1), k.Date())),
        (k.BarEnd(k.Deed("人", "报", "科"), "permitted"), None, k.Const(k.NEVER, k.Date())),
        (k.DueBy(DOING), None, k.ShiftMonths(START, k.Const(1, k.Integer(1, 1, "months")))),
        (k.WhichValue("罚"), k.Answer(None), None),
    ]
