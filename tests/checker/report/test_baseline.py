"""Baselines: known findings are left out, new ones stay, and those that are gone are counted."""

from __future__ import annotations

import json

import pytest

from guiju.checker.report.baseline import Baseline, Unreadable, compare, parse
from guiju.checker.report.json_report import to_json
from report_samples import CONFLICT, FULL, HEADER, SETTLED, report


def test_a_report_is_its_own_baseline() -> None:
    """Checked against its own JSON, a report has nothing new and nothing gone."""
    baseline = parse(to_json(FULL))
    assert isinstance(baseline, Baseline)
    comparison = compare(FULL, baseline)
    assert comparison.report.findings == ()
    assert (comparison.known, comparison.gone) == (3, ())
    assert FULL.undecided == comparison.report.undecided


def test_new_findings_stay_and_absent_ones_are_gone() -> None:
    """What the baseline does not know is new; what only it knows is gone."""
    baseline = parse(to_json(report(SETTLED, HEADER)))
    assert isinstance(baseline, Baseline)
    comparison = compare(report(CONFLICT, SETTLED), baseline)
    assert comparison.report.findings == (CONFLICT,)
    assert (1, (HEADER.fingerprint,)) == (comparison.known, comparison.gone)


def test_what_was_not_looked_for_is_not_gone() -> None:
    """A check of the conflicts alone says nothing about a finding on time."""
    baseline = parse(to_json(report(SETTLED, HEADER)))
    assert isinstance(baseline, Baseline)
    comparison = compare(report(), baseline, frozenset("C"))
    assert (SETTLED.fingerprint,) == comparison.gone


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([CONFLICT.fingerprint, HEADER.fingerprint]),
        f"{CONFLICT.fingerprint}\n{HEADER.fingerprint}\n",
        f"\ufeff# looked at\r\n{CONFLICT.fingerprint}  # as agreed\r\n\r\n{HEADER.fingerprint}\r\n",
    ],
)
def test_a_list_of_fingerprints_is_a_baseline(text: str) -> None:
    """As a JSON array, or one to a line with remarks."""
    assert Baseline({CONFLICT.fingerprint: "", HEADER.fingerprint: ""}) == parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not valid JSON"),
        ('{"diagnostics": []}', "no findings"),
        ('{"findings": [{"code": "C101"}]}', "no fingerprint"),
        ("hello", "not a fingerprint"),
        ("[1]", "not a fingerprint"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: str, reason: str) -> None:
    """A wrong file must not look like an empty baseline."""
    parsed = parse(text)
    assert isinstance(parsed, Unreadable)
    assert reason in parsed.reason.en


def test_an_empty_file_is_an_empty_baseline() -> None:
    """Nothing known: everything is new."""
    assert Baseline({}) == parse("")
