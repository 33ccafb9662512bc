"""The official working calendar, against the arrangements that the State Council's office published."""

import datetime as dt

import pytest

from guiju.compiler.kernel import WorkCalendar
from guiju.compiler.workdays import chinese_calendar


@pytest.fixture(scope="module")
def official() -> WorkCalendar:
    """The working calendar of 2025 to 2028."""
    return chinese_calendar(2025, 2028)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


MADE_UP = {
    2025: ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
    2026: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
}

# First and last day of each holiday, weekends included.
HOLIDAYS = [
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]


@pytest.mark.parametrize("year", sorted(MADE_UP))
def test_made_up_days_are_working_days(official: WorkCalendar, year: int) -> None:
    """Exactly the weekend days of the published arrangement are worked."""
    made_up = sorted(worked for worked in official.made_up if worked.year == year)
    assert made_up == [day(text) for text in MADE_UP[year]]
    assert all(map(official.is_workday, made_up))


@pytest.mark.parametrize("year", sorted(MADE_UP))
def test_days_off_are_those_of_the_arrangement(official: WorkCalendar, year: int) -> None:
    """Every day of a holiday is off, and every other weekday is worked."""
    off = {
        day(first) + dt.timedelta(days=i)
        for first, last in HOLIDAYS
        for i in range((day(last) - day(first)).days + 1)
    }
    all_days = (dt.date(year, 1, 1) + dt.timedelta(days=i) for i in range(365))
    for each in all_days:
        expected = each not in off and (each.weekday() < 5 or each in official.made_up)
        assert official.is_workday(each) == expected, each


def test_a_year_without_an_arrangement_keeps_the_plain_week(official: WorkCalendar) -> None:
    """What is only estimated is not taken: such a year is not published, and its weekdays are worked."""
    assert official.published is not None
    last = official.published[1]
    assert official.published[0] == 2025
    assert last >= 2026
    assert {off.year for off in official.days_off} == set(range(2025, last + 1))


def test_the_published_range_begins_with_the_first_arrangement_on_record() -> None:
    """Before 2001 nothing is claimed; the days worked in December 2001 are of the next arrangement."""
    calendar = chinese_calendar(1995, 2002)
    assert calendar.published == (2001, 2002)
    assert min(calendar.days_off).year == 2001
    assert {day("2001-12-29"), day("2001-12-30")} <= calendar.made_up


def test_a_made_up_day_of_the_next_arrangement_counts_in_its_own_year() -> None:
    """A December day that is worked for a holiday in January is kept though that year was not asked for."""
    assert day("2011-12-31") in chinese_calendar(2011, 2011).made_up


def test_years_before_any_arrangement_are_all_plain() -> None:
    """Without a published year there is no day off and no range."""
    assert chinese_calendar(1980, 1985) == WorkCalendar()


def test_no_arrangement_has_reached_further_back_than_29_december() -> None:
    """Days off and days worked in December are all of the next arrangement: this is how early they came."""
    calendar = chinese_calendar(2001, 2026)
    moved = [each for each in calendar.made_up | calendar.days_off if each.month == 12]
    assert min(each.day for each in moved) == 29
    assert {each.year for each in moved if each.day == 29} == {2001, 2007, 2018}


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [
        ("2025-01-01", "2025-12-31", True),
        ("2025-12-25", "2026-01-09", True),
        ("2026-12-01", "2026-12-20", True),
        ("2026-12-01", "2026-12-21", False),
        ("2026-12-31", "2026-12-31", False),
        ("2026-12-31", "2027-01-04", False),
        ("2024-12-31", "2025-01-02", False),
    ],
)
def test_the_end_of_the_last_published_year_is_not_certain(first: str, last: str, covered: bool) -> None:
    """The arrangement of the year after may still move its last days."""
    assert WorkCalendar(published=(2025, 2026)).covers(day(first), day(last)) is covered


def test_nothing_is_certain_without_a_published_year() -> None:
    """Not even a day in May."""
    assert not WorkCalendar().covers(day("2026-05-01"), day("2026-05-01"))
