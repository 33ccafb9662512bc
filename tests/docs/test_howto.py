"""What the pages show is what happens: every file and every command on them, compared with the real ones."""

from __future__ import annotations

import pytest

from shown import PAGES, Page, consoles, outdated, run

COMMANDS = [
    pytest.param(page, text, id=f"{page.path.stem}-{number}")
    for page in PAGES
    for number, text in enumerate(consoles(page), 1)
]


@pytest.mark.parametrize(("page", "text"), COMMANDS)
def test_a_command_prints_what_the_page_shows(page: Page, text: str) -> None:
    """Each command of each page, in a copy of the page's files."""
    assert text == run(text, page.files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.stem)
def test_a_file_holds_what_the_page_shows(page: Page) -> None:
    """Each listing is a part of the file that it names."""
    assert outdated(page) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.stem)
def test_a_page_shows_commands(page: Page) -> None:
    """A page whose blocks were not recognised would pass every other test."""
    assert list(consoles(page))
