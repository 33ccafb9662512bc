"""The public interface of the package: what ``import guiju`` gives, and when it is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import guiju

SRC = Path(__file__).parents[1] / "src"


def test_the_names_are_there() -> None:
    """Each is the one of its module."""
    from guiju.checker.check import Options, check
    from guiju.decisions.loading import load

    assert (guiju.Options, guiju.check, guiju.load) == (Options, check, load)
    assert all(getattr(guiju, name) is not None for name in guiju.__all__)
    assert set(guiju.__all__) <= set(dir(guiju))
    assert isinstance(guiju.__version__, str)


def test_another_name_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="no_such_name"):
        guiju.no_such_name  # noqa: B018  the access is the test


def test_importing_loads_nothing() -> None:
    """Who needs one part does not pay for the others."""
    code = "import sys, guiju; print(any(n.startswith('guiju.') for n in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={"PYTHONPATH": str(SRC)}, check=True
    )
    assert done.stdout.strip() == b"False"
