"""Canonical JSON: one text for one value, and nothing that JSON cannot say."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.decisions.log import NotCanonical, canonical
from guiju.decisions.log.canonical import MAX_DEPTH, is_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


def test_the_form() -> None:
    """Sorted, dense, and escaped no more than JSON demands."""
    value = {"乙": [1, -0.5, None, True], "a": '"\\/\n\x01é\u2028', "A": {}, "": 10**20}
    expected = '{"":100000000000000000000,"A":{},"a":"\\"\\\\/\\n\\u0001é\u2028","乙":[1,-0.5,null,true]}'
    assert expected == canonical(value)


@given(VALUES)
def test_it_says_the_value(value: object) -> None:
    """And is its own canonical form."""
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text
    assert is_json(text)


@given(st.dictionaries(TEXTS, st.integers(), min_size=2, max_size=5))
def test_the_order_of_members_does_not_matter(value: dict[str, int]) -> None:
    """Nor whether an array was a list or a tuple."""
    backwards = dict(reversed(list(value.items())))
    assert canonical([value]) == canonical((backwards,))


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [0, math.nan]}, "$.a[1]"),
        (math.inf, "$"),
        ({"a": {1: "x"}}, "$.a"),
        ({None: 1}, "$"),
        ([{"a": b"bytes"}], "$[0].a"),
        ({"a": {1, 2}}, "$.a"),
    ],
)
def test_what_json_cannot_say_is_refused_with_its_path(value: object, path: str) -> None:
    """In both languages; ``json.dumps`` would have changed some of these silently."""
    with pytest.raises(NotCanonical) as caught:
        canonical(value)
    assert caught.value.reason.en.startswith(f"{path}: ")
    assert caught.value.reason.zh.startswith(f"{path}：")


def test_a_lone_surrogate_is_refused() -> None:
    """UTF-8 has no bytes for it."""
    with pytest.raises(NotCanonical, match=r"U\+D800"):
        canonical({"a": ["x\ud800"]})


def test_what_is_nested_too_deeply_is_refused() -> None:
    """Also what contains itself; the limit itself is not too deep."""
    value: list[object] = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert canonical(value) == "[" * MAX_DEPTH + "]" * MAX_DEPTH
    with pytest.raises(NotCanonical, match="200 levels"):
        canonical([value])
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(NotCanonical, match="200 levels"):
        canonical(circle)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    """Python does not write it."""
    with pytest.raises(NotCanonical, match="digits"):
        canonical(10**5000)


@pytest.mark.parametrize("text", ["", "{", "NaN", "1 2", '{"a":1}}', '"\x01"', "[" * 100_000])
def test_what_is_no_json(text: str) -> None:
    """Whatever may stand in a row."""
    assert not is_json(text)
