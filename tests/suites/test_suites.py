"""The suite of the whole corpus: made anew, complete, agreed on by all that we have, and sharp-eyed.

It takes minutes, so it runs on its own: ``make suites``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import guiju
from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load
from guiju.testing.conform.service import Service
from guiju.testing.formats.jsonl import to_jsonl
from guiju.testing.generate import generate
from guiju.testing.implementations.columns import Columns
from guiju.testing.implementations.decide import Decide
from guiju.testing.implementations.solver import Solver
from guiju.testing.running import Implementation, Level, Results, run
from guiju.testing.suite import Criterion, Suite
from seeded import SLIPS, Slip, seeded
from served import Server

pytestmark = pytest.mark.suites

SPECS = Path(__file__).parents[2] / "specs"
INSTRUMENTS = 7


@pytest.fixture(scope="session")
def rules() -> Corpus:
    return load(SPECS)


@pytest.fixture(scope="session")
def suite(rules: Corpus) -> Suite:
    return generate(rules, jobs=os.cpu_count() or 1).suite


@pytest.fixture(scope="session")
def files(rules: Corpus, suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The rules, compiled, and the suite."""
    folder = tmp_path_factory.mktemp("suite")
    (folder / "suite.jsonl").write_text(to_jsonl(suite), encoding="utf-8")
    command = ["compile", str(SPECS), "--output", str(folder / "rules.gjc"), "--no-progress"]
    subprocess.run([sys.executable, "-m", "guiju", *command], check=True)
    return folder / "rules.gjc", folder / "suite.jsonl"


def test_whatever_is_asked_for_is_met_or_proved_impossible(suite: Suite) -> None:
    assert set(suite.counts) == set(Criterion)
    assert not suite.undecided
    for count in suite.counts.values():
        assert count.met == count.total - count.infeasible > 0
    listed = [each.criterion for each in suite.infeasible if each.criterion is Criterion.MUTANTS]
    assert len(listed) == suite.counts[Criterion.MUTANTS].infeasible


def test_each_of_the_seven_instruments_has_tests(rules: Corpus, suite: Suite) -> None:
    tested = {
        id_.partition(".")[0] for test in suite.tests for reason in test.reasons for id_ in reason.norms
    }
    placed = {name: SPECS.parent / each.place.file for name, each in rules.instruments.items()}
    ours = {name for name, path in placed.items() if path.with_suffix(".lock").exists()}
    assert len(ours) == INSTRUMENTS
    assert ours <= tested


@pytest.mark.parametrize("make", [Decide, Columns, Solver], ids=["programs", "SQL", "Z3"])
def test_our_own_ways_to_an_answer_agree(make: type[Implementation], rules: Corpus, suite: Suite) -> None:
    agreed(run(suite, make(rules)), suite)


def test_the_service_agrees(suite: Suite, files: tuple[Path, Path]) -> None:
    with Server(files[0]) as server:
        agreed(run(suite, Service(server.url, jobs=2), level=Level.GROUNDS), suite)


def agreed(results: Results, suite: Suite) -> None:
    assert len(results.each) == len(suite.tests)
    wrong = [each for each in results.each if not each.agrees]
    assert not wrong, wrong[0]


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of guiju, to make slips in."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(guiju.__file__).parent, folder / "guiju", ignore=ignored)
    return folder


def disagreeing(package: Path, files: tuple[Path, Path]) -> tuple[int, int]:
    command = [sys.executable, str(Path(__file__).parents[1] / "seeded.py"), str(package), *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    wrong, among = ended.stdout.split()
    return int(wrong), int(among)


def test_the_copy_without_a_slip_agrees(copied: Path, files: tuple[Path, Path], suite: Suite) -> None:
    assert disagreeing(copied, files) == (0, len(suite.tests))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_in_the_compiled_backend_is_caught(
    slip: Slip, copied: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    package = tmp_path / "copy"
    shutil.copytree(copied, package)
    seeded(slip, package)
    wrong, _ = disagreeing(package, files)
    assert wrong > 0
