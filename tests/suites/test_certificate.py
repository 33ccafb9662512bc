"""Whatever is clear in the whole corpus is proved again by the second solver, in the other encoding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guiju.checker.certify.certificate import Result
from guiju.checker.certify.certifying import certified
from guiju.checker.certify.proving import DEFAULT_BUDGET
from guiju.checker.certify.watched import Limits
from guiju.checker.check import Options
from guiju.checker.load import load

pytestmark = pytest.mark.suites

SPECS = Path(__file__).parents[2] / "specs"


def test_every_claim_is_proved_again() -> None:
    corpus = load([SPECS]).corpus
    assert corpus is not None
    _, certificate = certified(corpus, Options(), Limits(DEFAULT_BUDGET, jobs=os.cpu_count() or 1))
    others = [each for each in certificate.entries if each.result is not Result.PROVED]
    assert not others
    assert sum(not each.canary for each in certificate.entries) > 500
