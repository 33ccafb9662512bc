"""A folder to run commands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.commands import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.at(tmp_path)
