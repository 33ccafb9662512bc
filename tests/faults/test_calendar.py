"""A year whose working days are not published: what counts them is said to be provisional."""

from __future__ import annotations

import json

from faults.commands import Desk, told
from guiju.compiler.workdays import chinese_calendar

WORLD = """\
时限 2020-01-01 .. 2040-12-31
法域 市
位阶 市文件 级 20
机关 市局 级别 市文件 辖 市
实体 摊主
"""

RULES = (
    WORLD
    + """\
  事实 收件日: 日期
行为 报送 主体 摊主
文件 办法 发布 市局 地域 市 施行 2021-01-01
规则 报送 见 "第一条" 则 摊主 应 报送 限 10工作日 自 收件日
"""
)


def due(desk: Desk, received: str) -> tuple[dict[str, object], str]:
    """The term of the duty, as data, and what is said of it."""
    (desk.folder / "rules.gj").write_text(RULES, encoding="utf-8")
    (desk.folder / "case.json").write_text(json.dumps({"摊主": {"收件日": received}}), encoding="utf-8")
    ask = ("decide", "rules.gj", "--case", "case.json", "--question", "报送", "--on", received, "--at", "市")
    text = desk.run(*ask)
    found = desk.run(*ask, "--format", "json")
    told(text, found.returncode)
    (duty,) = json.loads(found.stdout)["duties"]
    return duty["due"], text.stdout


def test_a_term_beyond_the_published_calendar(desk: Desk) -> None:
    """The last day is by the plain week, and both the data and the text say that it may move."""
    term, text = due(desk, "2039-06-01")
    assert (term["last"], term["provisional"]) == ("2039-06-15", True)
    assert "provisional" in text


def test_a_term_that_runs_into_such_a_year(desk: Desk) -> None:
    """As soon as one day of it lies there."""
    assert due(desk, "2039-12-28")[0]["provisional"] is True


def test_a_term_into_the_last_days_that_are_published(desk: Desk) -> None:
    """The arrangement of the next year may make working days of them, or days off."""
    calendar = chinese_calendar(2020, 2040)
    assert calendar.published is not None
    year = calendar.published[1]
    assert due(desk, f"{year}-12-11")[0]["provisional"] is True
    assert due(desk, f"{year}-12-01")[0]["provisional"] is False


def test_a_term_in_a_published_year(desk: Desk) -> None:
    """Is firm: ten working days from the last one before the spring festival."""
    term, text = due(desk, "2024-02-09")
    assert (term["last"], term["provisional"]) == ("2024-02-29", False)
    assert "provisional" not in text


def test_the_times_of_a_chain(desk: Desk) -> None:
    """The same where terms are added up."""
    (desk.folder / "rules.gj").write_text(RULES, encoding="utf-8")
    dated = ("chain", "schedule", "rules.gj", "--from", "收件日")
    assert "the calendar of that year is not" in desk.run(*dated, "--on", "2039-06-01").stdout
    assert "the calendar of that year is not" not in desk.run(*dated, "--on", "2024-02-09").stdout


LATE = (
    WORLD
    + """\
  事实 收件日: 日期
  事实 歇业: 是否
行为 入市 主体 摊主
文件 办法 发布 市局 地域 市 施行 2021-01-01
规则 逾期不得 见 "第二条" 当 今日 > 收件日 + 10工作日 且 摊主.歇业 则 摊主 不得 入市
"""
)


def verdict(desk: Desk, received: str, on: str, closed: bool = True) -> tuple[str, bool, str]:
    """The verdict on that day, whether it is provisional, and what is said of it."""
    (desk.folder / "rules.gj").write_text(LATE, encoding="utf-8")
    case = {"摊主": {"收件日": received, "歇业": closed}}
    (desk.folder / "case.json").write_text(json.dumps(case), encoding="utf-8")
    ask = ("decide", "rules.gj", "--case", "case.json", "--question", "入市", "--on", on, "--at", "市")
    text = desk.run(*ask)
    found = desk.run(*ask, "--format", "json")
    told(text, found.returncode)
    (answer,) = json.loads(found.stdout)["answers"]
    return answer["verdict"], answer["provisional"], text.stdout


def test_a_verdict_that_rests_on_such_a_year(desk: Desk) -> None:
    """Is provisional either way: whether the ten days are over may still change."""
    for on, word in (("2039-06-30", "ineligible"), ("2039-06-14", "eligible")):
        found, is_provisional, text = verdict(desk, "2039-06-01", on)
        assert (found, is_provisional) == (word, True)
        assert "provisional" in text


def test_a_verdict_that_rests_on_published_years_or_on_none(desk: Desk) -> None:
    """Is firm: in a published year, and where the rule does not apply whatever the days are."""
    for received, on, closed in (
        ("2024-02-09", "2024-03-30", True),
        ("2024-02-09", "2024-02-12", True),
        ("2039-06-01", "2039-06-30", False),
    ):
        found, is_provisional, text = verdict(desk, received, on, closed)
        assert (found, is_provisional) == ("ineligible" if on == "2024-03-30" else "eligible", False)
        assert "provisional" not in text
