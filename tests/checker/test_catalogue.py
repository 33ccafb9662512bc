"""The catalogue: every code has a page, every page has the same shape in both languages."""

from __future__ import annotations

import pytest

from guiju.checker import catalogue
from guiju.checker.finding import FAMILIES
from guiju.checker.report import words


@pytest.mark.parametrize("code", catalogue.codes())
def test_every_page_is_complete_in_both_languages(code: str) -> None:
    """``parse`` holds the shape; here, that Chinese and English are where they belong."""
    page = catalogue.page(code)
    assert page is not None
    assert page.family in FAMILIES.values()
    for text in (page.title, *(section.text for section in page.sections)):
        assert any("\u4e00" <= c <= "\u9fff" for c in text.zh)
        assert not text.en.startswith(tuple("“《")) or " " in text.en
        assert sum("\u4e00" <= c <= "\u9fff" for c in text.en) < len(text.en) / 4


def test_the_codes() -> None:
    """A code is stable: none is ever taken away or given another meaning."""
    expected = """
        A701 C101 C102 C103 C104 C105 C106 C107 D901 D902 D903 E801 E802 G301 G302 G303 G304 G305
        G306 G307 G308 G309 H501 H502 H503 H504 L001 L002 L003 L004 L005 L006 L007 L008 L009 L010
        L011 Q201 Q202 Q203 Q204 Q205 Q206 Q207 Q208 Q209 R601 R602 R603 R604 R605 R606 R607 T401
        T402 T403 T404 T405 T406 T407 T408
    """
    assert set(expected.split()) <= set(catalogue.codes())


def test_an_unknown_code_has_no_page() -> None:
    """Also when it looks like a path."""
    assert catalogue.page("C999") is None
    assert catalogue.page("../C101") is None


def test_a_page_in_one_language() -> None:
    """The headings and texts of that language only."""
    page = catalogue.page("C101")
    assert page is not None
    lines = page.in_language("en").splitlines()
    assert lines[0] == "# C101 Incompatible positions"
    assert [line for line in lines if line.startswith("## ")] == [
        "## What it does",
        "## Why it matters",
        "## Example",
        "## What to do",
    ]


@pytest.mark.parametrize(
    ("markdown", "reason"),
    [
        ("# C101 题 / Title\n", "1 blocks"),
        ("# C102 题 / Title" + "\n\n## 是什么 / What it does\n\n中\n\nen" * 4, "the title is not"),
        ("# C101 题 / Title" + "\n\n## 是什么 / What it does\n\n中\n\nen" * 4, "instead of '## 为何重要"),
    ],
)
def test_a_page_of_another_shape_is_refused(markdown: str, reason: str) -> None:
    """The message says what to repair."""
    with pytest.raises(ValueError, match=reason):
        catalogue.parse("C101", markdown)


def test_every_family_has_a_name_in_both_languages() -> None:
    """Words for the families are words for all of them."""
    assert sorted(FAMILIES.values()) == sorted(words.FAMILY)
