"""The proofs, compiled once for all tests that ask something of them."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

PROOFS = Path(__file__).parents[2] / "proofs"
HEADER = """From Coq Require Import ZArith List Bool.
From Guiju Require Import {modules}.
Import ListNotations.
Open Scope Z_scope.
Set Printing Depth 1000000.
Set Printing Width 1000000.
"""

Ask = Callable[[str], str]
Evaluate = Callable[[Sequence[str]], list[Any]]


def modules() -> list[str]:
    """The files of proofs, each after those that it imports."""
    listed = (PROOFS / "_CoqProject").read_text(encoding="utf-8").split()
    return [name.removesuffix(".v") for name in listed if name.endswith(".v")]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled proofs are: compiled by whichever process of the run comes first."""
    if shutil.which("coqc") is None:
        pytest.skip("coqc is not installed: see proofs/README.md")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    place, done = shared / "proofs", shared / "proofs.done"
    with (shared / "proofs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            place.mkdir()
            for module in modules():
                shutil.copy(PROOFS / f"{module}.v", place)
                run(place, f"{module}.v")
            done.touch()
    return place


def run(library: Path, file: str) -> str:
    """What ``coqc`` prints on ``file``, which it must accept."""
    command = ["coqc", "-q", "-Q", str(library), "Guiju", file]
    ended = subprocess.run(command, cwd=library, capture_output=True, text=True)
    assert ended.returncode == 0, f"{file}:\n{ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.fixture
def ask(library: Path, request: pytest.FixtureRequest) -> Ask:
    """Puts commands to the proof assistant, over the compiled proofs, and gives what it prints."""

    def asked(commands: str) -> str:
        file = f"Asked_{re.sub('[^a-z0-9_]', '_', request.node.name)}.v"
        text = HEADER.format(modules=" ".join(modules())) + commands
        (library / file).write_text(text, encoding="utf-8")
        return run(library, file)

    return asked


@pytest.fixture
def evaluated(ask: Ask) -> Evaluate:
    """The values of terms, which are numbers or lists of lists of them."""

    def values(terms: Sequence[str]) -> list[Any]:
        printed = ask("".join(f"Eval vm_compute in {term}.\n" for term in terms))
        found = re.findall(r"=\s*(.*?)\s*:\s", printed, re.DOTALL)
        assert len(found) == len(terms)
        return [json.loads(value.replace(";", ",")) for value in found]

    return values
