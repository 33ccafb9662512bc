"""Moving by months, fast, is moving by months."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.days import OutOfCalendar, shift_months
from guiju.compiler.kernel import NEVER, Clip
from guiju.compiler.native.months import months_down, months_up

MOVES = pytest.mark.parametrize(("move", "clip"), [(months_down, Clip.DOWN), (months_up, Clip.UP)])


@MOVES
@given(day=st.one_of(draw.dates(), st.just(NEVER)), months=st.integers(-240, 240))
def test_moves_agree(move, clip, day: dt.date, months: int) -> None:  # type: ignore[no-untyped-def]
    """Both move a day, and NEVER, as the calendar of the reference does."""
    assert move(day, months) == shift_months(day, months, clip)


@MOVES
@pytest.mark.parametrize("day", [dt.date(2098, 12, 15), dt.date(2098, 12, 31)])
@pytest.mark.parametrize("months", [13, -2400])
def test_leaving_the_calendar_is_the_same_error(move, clip, day: dt.date, months: int) -> None:  # type: ignore[no-untyped-def]
    """What leaves the calendar is said in the words of the reference."""
    with pytest.raises(OutOfCalendar) as expected:
        shift_months(day, months, clip)
    with pytest.raises(OutOfCalendar) as found:
        move(day, months)
    assert str(found.value) == str(expected.value)
