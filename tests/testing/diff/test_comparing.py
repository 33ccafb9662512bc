"""Each way in which an answer can change is shown by a case, and what answers alike is proved to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from guiju.dsl.formatter import format_source
from guiju.testing.diff.comparing import NoCase, compare
from guiju.testing.diff.difference import Presence, Status
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.merging import merged
from stall_rules import RULES
from testing.diff.two_versions import (
    Edit,
    changed,
    changes,
    difference,
    edited,
    reverse,
    topic,
    verdicts,
    version,
)

AGE: Edit = ("摊主.年龄 < 18岁", "摊主.年龄 <= 18岁")


# --- An act


def test_a_bar_that_reaches_further() -> None:
    """Exactly eighteen, in an otherwise unremarkable case, and nothing else anywhere.

    Who was barred until a day anyway is barred without end.
    """
    found = difference(AGE)
    change, endless = topic(found, "摊主·出摊").changes
    assert endless.kind is Kind.TERM
    assert endless.before.expected.until is not None
    assert endless.after.expected.until is None
    assert change.kind is Kind.BARRED
    assert verdicts(change) == ("eligible", "ineligible")
    assert change.context.case.facts["摊主.年龄"] == 18
    assert change.telling == ("摊主.年龄",)
    assert change.after.expected.grounds == ("市办法.未成年",)
    assert changed(found) == {"摊主·出摊"}
    assert found.different
    assert not found.open


def test_a_bar_that_reaches_less_far() -> None:
    """The same the other way round; what is barred in principle too is left to discretion.

    Every other kind of change is proved to be impossible.
    """
    compared = topic(reverse(AGE), "摊主·出摊")
    assert [each.kind for each in compared.changes] == [Kind.ELIGIBLE, Kind.DISCRETION, Kind.TERM]
    assert {Kind.BARRED, Kind.NEW_TERM} <= set(compared.impossible)


def test_a_shorter_bar() -> None:
    """A day on which the shorter one has ended, and another last day of one that has not."""
    found = changes(difference(("期 3月", "期 2月")), "摊主·出摊")
    ended, other = found[Kind.ELIGIBLE], found[Kind.TERM]
    assert verdicts(ended) == ("ineligible", "eligible")
    until = ended.before.expected.until
    assert until is not None
    assert until - dt.timedelta(days=31) <= ended.context.today <= until
    (before,), (after,) = (
        [s.window for s in each.expected.norms if s.window] for each in (other.before, other.after)
    )
    assert before != after


def test_what_is_left_to_discretion() -> None:
    """A rule that binds only in principle where it bound strictly."""
    edit = ('见 "第一条"\n  当', '见 "第一条"\n  原则上\n  当')
    found = changes(difference(edit), "摊主·出摊")
    assert verdicts(found[Kind.DISCRETION]) == ("ineligible", "discretionary")
    assert verdicts(changes(reverse(edit), "摊主·出摊")[Kind.BARRED]) == ("discretionary", "ineligible")


def test_a_conflict_that_comes_and_goes() -> None:
    """Two rules of one document, neither of which prevails."""
    edit = (
        "规则 夜间\n",
        '规则 夜间许可\n  见 "第九条"\n  当 摊主.占道\n  则 摊主 可 夜间经营\n\n规则 夜间\n',
    )
    came = changes(difference(edit), "摊主·夜间经营")
    assert verdicts(came[Kind.CONFLICT]) == ("ineligible", "in_conflict")
    assert Kind.LEAVE in came
    gone = changes(reverse(edit), "摊主·夜间经营")
    assert verdicts(gone[Kind.NO_CONFLICT]) == ("in_conflict", "ineligible")
    assert Kind.NO_LEAVE in gone


def test_duties_and_their_terms() -> None:
    """A duty that is dropped, one that only binds in principle, one that is due earlier."""
    rule = RULES[RULES.index("规则 回执") : RULES.index("规则 从严")]
    gone = difference((rule, ""))
    assert topic(gone, "摊主·报送回执").presence is Presence.REMOVED
    assert list(changes(gone, "摊主·报送回执")) == [Kind.NO_DUTY]
    assert list(changes(reverse((rule, "")), "摊主·报送回执")) == [Kind.DUTY]
    softer = difference(('第六条"\n  当', '第六条"\n  原则上\n  当'))
    assert Kind.DUTY_OTHERWISE in changes(softer, "摊主·报送回执")
    earlier = changes(difference(("限 5工作日", "限 3工作日")), "摊主·报送回执")
    assert list(earlier) == [Kind.TERM]
    open_ended = changes(difference((" 限 5工作日 自 摊主.收件日", "")), "摊主·报送回执")
    assert Kind.NO_TERM in open_ended
    assert Kind.NEW_TERM in changes(reverse((" 限 5工作日 自 摊主.收件日", "")), "摊主·报送回执")


def test_days_are_compared_where_they_are_shown() -> None:
    """A duty in hours, and how often one recurs."""
    hours = ("限 5工作日 自 摊主.收件日", "限 24小时 自 摊主.收件日")
    found = changes(difference(hours), "摊主·报送回执")
    assert set(found) == {Kind.NO_TERM, Kind.NEW_TERM}
    (stood,) = found[Kind.NEW_TERM].after.expected.norms
    assert stood.hours == 24


def test_a_duty_without_a_term_beside_one_with_a_term() -> None:
    """Nothing changes of the term, and a duty stands that has none."""
    also = ("规则 从严\n", '规则 再报\n  见 "第九条"\n  当 摊主.占道\n  则 摊主 应 报送回执\n\n规则 从严\n')
    for found, duties in ((difference(also), (1, 2)), (reverse(also), (2, 1))):
        change = changes(found, "摊主·报送回执")[Kind.TERM]
        assert (len(change.before.expected.norms), len(change.after.expected.norms)) == duties


def test_a_bar_without_end_beside_one_that_ends() -> None:
    """Every window that was shown is still there, and nobody is barred until a day any more."""
    also = ("规则 从严\n", '规则 一律\n  见 "第九条"\n  当 摊主.占道\n  则 摊主 不得 出摊\n\n规则 从严\n')
    found = changes(difference(also), "摊主·出摊")[Kind.TERM]
    assert found.before.expected.until is not None
    assert found.after.expected.until is None


def test_a_window_that_no_longer_bars_strictly() -> None:
    """The same windows are shown beside two bars, of which the other one is strict now."""

    def bars(short: str, long: str) -> str:
        rule = '规则 {}\n  见 "第九条"\n{}  当 摊主.占道\n  则 摊主 不得 夜间经营 期 {}月 自 摊主.处理日\n\n'
        return rule.format("短", short, 1) + rule.format("长", long, 2)

    softly = "  原则上\n"
    texts = [
        edited(("规则 从严\n", bars(short, long) + "规则 从严\n"))
        for short, long in (("", softly), (softly, ""))
    ]
    found = compare(merged(version(texts[0]), version(texts[1]), {}), ["摊主·夜间经营"])
    change = changes(found, "摊主·夜间经营")[Kind.TERM]
    assert change.before.expected.until != change.after.expected.until


# --- An outcome


def test_another_value() -> None:
    """The old and the new one."""
    (change,) = topic(difference(("12.50元", "13.50元")), "费用").changes
    assert change.kind is Kind.VALUE
    assert change.before.expected.values == (Decimal("12.50"),)
    assert change.after.expected.values == (Decimal("13.50"),)


def test_answered_and_silent() -> None:
    """A value for fewer cases, and for more."""
    edit = ("则 费用 为 12.50元", "当 摊主.占道\n  则 费用 为 12.50元")
    silent = changes(difference(edit), "费用")[Kind.SILENT]
    assert verdicts(silent) == ("answered", "silent")
    assert silent.context.case.facts["摊主.占道"] is False
    assert verdicts(changes(reverse(edit), "费用")[Kind.ANSWERED]) == ("silent", "answered")


def test_a_value_that_is_left_open() -> None:
    """By the text, or to the authority."""
    left = changes(difference(("则 费用 为 12.50元", "则 可 费用 为 12.50元")), "费用")
    assert verdicts(left[Kind.DISCRETION]) == ("answered", "discretionary")
    firm = changes(reverse(("则 费用 为 12.50元", "则 可 费用 为 12.50元")), "费用")
    assert verdicts(firm[Kind.FIRM]) == ("discretionary", "answered")


def test_a_gap() -> None:
    """Silence in a case that now must have an answer."""
    edit = ("精度 2 单位 元 合并 单一", "精度 2 单位 元 合并 单一 必答 当 摊主.占道")
    found = changes(difference(edit), "费用")
    assert list(found) == [Kind.GAP]
    assert found[Kind.GAP].after.expected.gap
    assert list(changes(reverse(edit), "费用")) == [Kind.NO_GAP]


def test_how_values_combine() -> None:
    """The strictest alone, or all of them."""
    found = difference(("结果 最高档次: 措施档次 合并 从重", "结果 最高档次: 措施档次 合并 并处"))
    (change,) = topic(found, "最高档次").changes
    assert change.kind is Kind.VALUE
    assert len(change.before.expected.values) == 1
    assert len(change.after.expected.values) == 2


# --- What is no difference


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_layout_and_words_of_the_language(lang: str) -> None:
    """Formatted, in either language."""
    formatted = format_source(RULES, "stalls.gj", lang=lang).text
    assert formatted is not None
    found = difference((RULES, formatted))
    assert {each.status for each in found.topics} == {Status.SAME}
    assert not found.different
    assert found.declared == ()


def test_other_names_of_rules_and_another_order() -> None:
    """Rules are not compared by their names, nor documents by theirs."""
    first = RULES[RULES.index("规则 未成年") : RULES.index("规则 熟食")]
    found = difference(
        (first, ""),
        ("规则 夜间\n", f"{first}规则 夜间\n"),
        ("未成年", "年龄要求"),
        ("文件 东区细则", "文件 东区规定"),
    )
    assert {each.status for each in found.topics} == {Status.SAME}
    assert not found.different
    assert [(each.what, each.text.zh) for each in found.declared] == [
        ("instrument", "由 东区细则 改为 东区规定")
    ]


def test_the_same_written_otherwise() -> None:
    """Another way to write a bound, and a term for a condition: proved by the solver."""
    found = difference(
        ("当 摊主.年龄 < 18岁", "当 年少"), ("规则 未成年", "术语 年少 = 非 摊主.年龄 > 17岁\n\n规则 未成年")
    )
    compared = topic(found, "摊主·出摊")
    assert compared.status is Status.EQUIVALENT
    assert Kind.BARRED in compared.impossible
    assert not found.different
    assert not found.open


# --- Readings, assumptions, questions


def test_a_difference_under_one_reading_only() -> None:
    """The reading is named where it is not the default; under the other there is a proof."""
    edit = ("自违规日: 摊主.违规日}", "自违规日: 摊主.违规日 + 1月}")
    (first, *_) = topic(difference(edit), "摊主·出摊").changes
    assert first.readings == {"停摊起算": "自违规日"}
    under = difference(edit, readings={"停摊起算": "自处理日"})
    assert topic(under, "摊主·出摊").status is Status.EQUIVALENT


def test_another_default_is_a_difference() -> None:
    """Under each reading the answers are the same, but who names none gets another one."""
    found = difference(("自处理日 | 自违规日", "自违规日 | 自处理日"))
    assert not changed(found)
    assert [(each.name, each.matters) for each in found.declared] == [("停摊起算", True)]
    assert found.different


def test_assumptions() -> None:
    """A case that only one version allows; one written otherwise that allows the same."""
    narrower = ("摊主.违规日 <= 摊主.处理日", "摊主.违规日 < 摊主.处理日")
    assumed = difference(narrower).assumed
    assert assumed.excluded is not None
    context, labels = assumed.excluded
    assert context.case.facts["摊主.违规日"] == context.case.facts["摊主.处理日"]
    assert labels == ("先违规，后处理",)
    assert assumed.admitted is None
    assert reverse(narrower).assumed.admitted is not None
    same = difference(("摊主.违规日 <= 摊主.处理日", "非 摊主.违规日 > 摊主.处理日"))
    # Not the same: of days that are not defined the negation is true. Every day of a case is.
    assert not same.assumed.same
    assert not same.assumed.changed


def test_assumptions_against_each_other() -> None:
    """Where no case is one for both, nothing is said to be the same."""
    with pytest.raises(NoCase):
        difference(("摊主.违规日 <= 摊主.处理日", "摊主.违规日 > 摊主.处理日"))


def test_only_what_is_asked() -> None:
    """One question."""
    found = difference(AGE, questions=["费用"])
    assert [each.topic.name for each in found.topics] == ["费用"]
    assert not found.different


def test_progress() -> None:
    """From nothing to all."""
    from guiju.testing.diff.comparing import compare
    from guiju.testing.diff.merging import merged

    told: list[tuple[int, int]] = []
    one = version(RULES)
    compare(merged(one, one, {}), progress=lambda done, of: told.append((done, of)))
    assert told[0] == (0, 7)
    assert told[-1] == (7, 7)
