"""What ``import guiju.testing`` gives, and when it is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import guiju.testing

SRC = Path(__file__).parents[2] / "src"


def _run(code: str) -> str:
    found = [str(SRC), *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {found!r}\n{code}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_names_are_there() -> None:
    """Each is the one of its module."""
    from guiju.testing.formats.jsonl import read
    from guiju.testing.generate import generate
    from guiju.testing.strategies import cases

    assert guiju.testing.read_suite is read
    assert guiju.testing.generate_suite is generate
    assert guiju.testing.cases is cases
    assert all(getattr(guiju.testing, name) is not None for name in guiju.testing.__all__)
    assert set(guiju.testing.__all__) <= set(dir(guiju.testing))


def test_another_name_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="no_such_name"):
        guiju.testing.no_such_name  # noqa: B018  the access is the test


def test_importing_loads_nothing() -> None:
    """Neither Hypothesis, nor the solver, nor any other part of the package."""
    loaded = _run("import guiju.testing; print(*sorted(n for n in sys.modules if '.' not in n))").split()
    assert "guiju" in loaded
    assert not {"hypothesis", "z3", "lark", "pytest"} & set(loaded)
    mine = _run("import guiju.testing; print(*sorted(n for n in sys.modules if n.startswith('guiju')))")
    assert mine.split() == ["guiju", "guiju.testing"]


def test_reading_and_running_a_suite_needs_no_hypothesis() -> None:
    """Only the strategies do; and they say how to get it."""
    code = """
sys.modules["hypothesis"] = None
from guiju.testing import Suite, generate_suite, parse_answer, read_suite, run
try:
    from guiju.testing import cases
except ImportError as error:
    print(error)
"""
    said = _run(code)
    assert "pip install 'guiju[testing]'" in said
    assert "needs hypothesis" in said or "need hypothesis" in said
