"""How a duty stands: what was done, what was left undone, and what the case leaves open of either."""

from __future__ import annotations

from typing import Any

import pytest

from guiju import Decision, DutyStatus
from guiju.decisions.loading import load_texts

#: One duty; what its action declares, and its term, differ.
RULES = """\
法域 湖州
位阶 市级 级 20
机关 市局 级别 市级 辖 湖州
实体 摊主
  事实 收件日: 日期
  事实 已办: 是否
  事实 办理日: 日期
  事实 拖着: 是否
行为 办 主体 摊主 {action}
时限 2015-01-01 .. 2035-12-31
文件 甲办法
  发布 市局
  地域 湖州
  施行 2020-01-01
规则 必办
  见 "第三条"
  则 摊主 应 办 {term}
"""

DONE, DATED, UNDONE = "已作 摊主.已办", "作于 摊主.办理日", "未作 摊主.拖着"
TERM = "限 10日 自 摊主.收件日"

#: The term ends with 11 January.
RECEIVED = {"收件日": "2025-01-01"}


def asked(action: str, term: str, case: dict[str, Any], on: str) -> Decision:
    """What is said of the duty."""
    corpus = load_texts({"a.gj": RULES.format(action=action, term=term)})
    return corpus.decide({"摊主": case}, "办", on=on, at="湖州")


def status(action: str, term: str, case: dict[str, Any], on: str = "2025-01-05") -> DutyStatus:
    """How it stands."""
    (duty,) = asked(action, term, case, on).duties
    return duty.status


@pytest.mark.parametrize(
    ("done", "undone", "expected"),
    [
        (True, True, DutyStatus.COMPLIED),
        (True, False, DutyStatus.COMPLIED),
        (True, None, DutyStatus.COMPLIED),
        (False, True, DutyStatus.VIOLATED),
        (False, False, DutyStatus.DUE),
        (False, None, DutyStatus.UNDETERMINED),
        (None, True, DutyStatus.VIOLATED),
        (None, False, DutyStatus.UNDETERMINED),
        (None, None, DutyStatus.UNDETERMINED),
    ],
)
def test_a_duty_without_a_term(done: bool | None, undone: bool | None, expected: DutyStatus) -> None:
    """Stands as it does whatever the unknown turns out to be, or else it is undetermined.

    What was left undone is not done: where only that is known, it is enough.
    """
    assert status(f"{DONE} {UNDONE}", "", {"已办": done, "拖着": undone}) is expected


@pytest.mark.parametrize(
    ("undone", "expected"),
    [(True, DutyStatus.VIOLATED), (False, DutyStatus.DUE), (None, DutyStatus.UNDETERMINED)],
)
def test_an_action_that_only_tells_when_it_was_left_undone(undone: bool | None, expected: DutyStatus) -> None:
    """Is to be done as long as it surely was not left undone."""
    assert status(UNDONE, "", {"拖着": undone}) is expected


@pytest.mark.parametrize(
    ("done", "undone", "in_time", "afterwards"),
    [
        (False, True, DutyStatus.DUE, DutyStatus.VIOLATED),
        (False, False, DutyStatus.DUE, DutyStatus.VIOLATED),
        (False, None, DutyStatus.DUE, DutyStatus.VIOLATED),
        (True, None, DutyStatus.COMPLIED, DutyStatus.UNDETERMINED),
        (None, None, DutyStatus.UNDETERMINED, DutyStatus.UNDETERMINED),
        (None, True, DutyStatus.DUE, DutyStatus.VIOLATED),
    ],
)
def test_a_duty_with_a_term(
    done: bool | None, undone: bool | None, in_time: DutyStatus, afterwards: DutyStatus
) -> None:
    """What is surely not done is to be done to the last day, and violated from the next day on."""
    case = {**RECEIVED, "已办": done, "拖着": undone}
    assert status(f"{DONE} {UNDONE}", TERM, case, "2025-01-11") is in_time
    assert status(f"{DONE} {UNDONE}", TERM, case, "2025-01-12") is afterwards


@pytest.mark.parametrize("done", [True, False, None])
def test_a_term_whose_first_day_is_unknown(done: bool | None) -> None:
    """Nobody can say whether it is over: nor how the duty stands."""
    assert status(DONE, TERM, {"收件日": None, "已办": done}) is DutyStatus.UNDETERMINED


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-01-11", DutyStatus.DUE), ("2025-01-12", DutyStatus.VIOLATED)]
)
def test_what_was_not_done_by_the_day_that_is_asked_about(on: str, expected: DutyStatus) -> None:
    """The day on which it would be done is still to come: until then it is not done."""
    case = {**RECEIVED, "办理日": "2025-02-01", "已办": None}
    assert status(f"{DONE} {DATED}", TERM, case, on) is expected


def test_a_duty_of_which_the_case_does_not_tell_whether_it_was_left_undone() -> None:
    """Is neither to be done nor violated, though the verdict on the act is clear."""
    rules = f"{DONE} 未作 今日 > 摊主.收件日 + 1月"
    found = asked(rules, "", {"已办": False}, "2025-01-05")
    assert [duty.status for duty in found.duties] == [DutyStatus.UNDETERMINED]
    told = asked(rules, "", {"已办": False, **RECEIVED}, "2025-01-05")
    assert DutyStatus.UNDETERMINED not in [duty.status for duty in told.duties]
