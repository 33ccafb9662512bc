"""Selections: by instrument, by article, between two, by severity."""

from __future__ import annotations

import pytest

from guiju.checker.finding import Finding, Severity, Undecided
from guiju.checker.report.selection import Selection, at_least, cites, select
from report_samples import CONFLICT, FIRST, FULL, HEADER, SETTLED, UNDECIDED, report


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), (CONFLICT, SETTLED, HEADER)),
        (Selection(instruments=("甲办法",)), (CONFLICT, SETTLED)),
        (Selection(instruments=("乙办法",)), (CONFLICT, SETTLED, HEADER)),
        (Selection(instruments=("丙办法",)), ()),
        (Selection(instruments=("丙办法", "乙办法")), (CONFLICT, SETTLED, HEADER)),
        (Selection(article="第九条（二）"), (CONFLICT, SETTLED)),
        (Selection(article="九条"), (CONFLICT, SETTLED)),
        (Selection(article="第十九条"), ()),
        (Selection(instruments=("甲办法",), article="第九条"), ()),
        (Selection(between=("乙办法", "甲办法")), (CONFLICT, SETTLED)),
        (Selection(between=("甲办法.摊主节假日营业", "乙办法")), (CONFLICT, SETTLED)),
        (Selection(between=("甲办法", "丙办法")), ()),
        (Selection(instruments=("甲办法",), between=("甲办法", "乙办法")), (CONFLICT, SETTLED)),
    ],
)
def test_selections(selection: Selection, expected: tuple[Finding, ...]) -> None:
    """Which findings each selection keeps."""
    assert expected == select(FULL, selection).findings


def test_an_undecided_question_about_no_norm_is_always_kept() -> None:
    """It may be about any."""
    unknown = Undecided("?", "budget")
    kept = select(report(undecided=(unknown, UNDECIDED)), Selection(instruments=("乙办法",)))
    assert (unknown,) == kept.undecided


def test_at_least_drops_what_is_milder() -> None:
    """The severity named is included."""
    assert at_least(FULL, Severity.WARNING).findings == (CONFLICT, SETTLED)


@pytest.mark.parametrize(("article", "expected"), [("第五条", True), ("第 五 条", True), ("第十五条", False)])
def test_cites(article: str, expected: bool) -> None:
    """Spaces do not matter; another article does not contain this one."""
    assert expected == cites(FIRST, article)
