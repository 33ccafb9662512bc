"""ARCHITECTURE.md describes the tree that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ["dsl", "compiler", "checker", "texts", "decisions", "testing"])
def test_the_map_of_a_room_names_its_modules(room: str) -> None:
    """Each module and folder of the room once, and nothing that is not there."""
    section = TEXT.partition(f"**`{room}/`**")[2].partition("\n**`")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = [
        name.removesuffix("/").removesuffix(".lark") for row in rows for name in re.findall("`(.*?)`", row)
    ]
    inside = {path.stem for path in (ROOT / "src/guiju" / room).iterdir()} - {"__init__", "__pycache__"}
    assert sorted(named) == sorted(inside)


def test_what_holds_an_invariant_exists() -> None:
    """Tests that are named, and contracts of the linter."""
    table = TEXT.partition("## Invariants")[2].partition("\n## ")[0]
    tests = re.findall(r"`(tests/[\w/.]+)`", table)
    assert [name for name in tests if not (ROOT / name).exists()] == []
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = re.findall(r"import-linter `([\w-]+)`", table)
    assert contracts == re.findall(r'^id = "([\w-]+)"$', project, re.MULTILINE)
