"""What counts as the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.texts.normal import digest, normalised


@given(st.text())
def test_normalising_again_changes_nothing(text: str) -> None:
    """For any text, composed or not."""
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("满１０日，停摊", "满10日,停摊"),
        ("停 摊\u3000\u00a0\n", "停摊"),
        ("“夜市”", '"夜市"'),
        ("〔2024〕5号", "［2024］5号"),
        ("——", "—"),
        ("停\u200b摊", "停摊"),
        ("二〇二四年", "二零二四年"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str) -> None:
    """Widths, spaces, quotes, dashes, invisible characters."""
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"), [("；", "。"), ("十日", "十五日"), ("应当", "可以"), ("、", "，"), ("A", "a")]
)
def test_everything_else_does(one: str, other: str) -> None:
    """A full stop for a semicolon is another text."""
    assert digest(one) != digest(other)
