"""What makes a report worth believing: replayed witnesses, undecided said aloud, one answer for one input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.checker import ask
from guiju.checker.check import Options, check
from guiju.checker.load import load
from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import InternalError

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/howto/examples"
FILES = [EXAMPLES / name for name in ("world.gj", "city.gj", "draft-4.gj")]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The drafter's example, which has conflicts, gaps and a reading."""
    loaded = load(FILES)
    assert loaded.corpus is not None
    return loaded.corpus


def test_a_witness_that_does_not_replay_is_never_shown(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the reference evaluator disagrees with the solver, there is a defect and no finding."""
    monkeypatch.setattr(ask, "evaluate", lambda *_: False)
    with pytest.raises(InternalError, match="does not replay"):
        check(corpus, Options(families=frozenset({"conflict"})))


def test_a_question_without_budget_is_undecided_and_not_clean(corpus: Corpus) -> None:
    """One step of the solver is not enough for anything: nothing is found, and the report says so."""
    report = check(corpus, Options(families=frozenset({"conflict"}), budget=1))
    assert report.findings == ()
    assert report.undecided


def test_the_same_input_gives_the_same_bytes() -> None:
    """In another process, and whatever order Python gives to sets there."""
    assert _json(hash_seed="0") == _json(hash_seed="42")


def _json(hash_seed: str) -> bytes:
    """The report on the files, from a process of its own."""
    files = [str(file.relative_to(ROOT)) for file in FILES]
    command = [sys.executable, "-m", "guiju", "check", *files, "--format", "json", "--fail-on", "never"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout
