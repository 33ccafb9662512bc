"""What the documentation points at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.checker import catalogue

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)|<img src=\"([^\"]+)\"")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project names one that exists."""
    targets = [a or b for a, b in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_lists_every_finding(readme: str) -> None:
    """The table has each code once, linked to its page, and no other."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    listed = re.findall(r"\[([A-Z]\d{3})\]\(docs/findings/\1\.md\)", text)
    assert sorted(listed) == list(catalogue.codes())


def test_decisions_are_numbered() -> None:
    """The records of decisions are numbered without a gap."""
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
