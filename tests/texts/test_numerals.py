"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.texts.numerals import chinese, value


@given(st.integers(0, 9999))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    """``value`` undoes ``chinese``."""
    assert value(chinese(number)) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("一十", 10),
        ("一百零八", 108),
        ("一百〇八", 108),
        ("二〇二五", 2025),
        ("壹佰贰拾", 120),
        ("两", 2),
        ("108", 108),
        ("１０", 10),
        ("①", 1),
        ("⑳", 20),
        ("㉑", 21),
    ],
)
def test_every_way_of_writing(written: str, number: int) -> None:
    """Financial, circled, full-width, read out digit by digit."""
    assert value(written) == number


@pytest.mark.parametrize("written", ["", "二三十", "十百", "甲", "1a", "-1", "9" * 5000])
def test_what_is_no_numeral(written: str) -> None:
    """Nothing is guessed."""
    assert value(written) is None


def test_the_usual_forms() -> None:
    """As a citation writes them."""
    assert [chinese(n) for n in (10, 20, 101, 110, 1001, 1010)] == [
        "十",
        "二十",
        "一百零一",
        "一百一十",
        "一千零一",
        "一千零一十",
    ]


def test_no_numeral_is_made_up() -> None:
    """Outside its range it says so."""
    with pytest.raises(ValueError, match="10000"):
        chinese(10000)
