"""A small corpus, and services on it that end with the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load_texts
from guiju.http.service import service
from guiju.http.settings import Settings
from served import RULES, Client, clock


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The rules above, compiled."""
    return load_texts({"rules.gj": RULES})


@pytest.fixture
def start(corpus: Corpus, tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Starts a service with these settings, and gives a client of it; it ends with the test."""
    with ExitStack() as stack:

        def started(parts: dict[str, Any] | None = None, **settings: Any) -> Client:
            settings.setdefault("log", str(tmp_path / "log.sqlite"))
            settings.setdefault("paths", (tmp_path,))
            given = {"corpus": corpus, "clock": clock, **(parts or {})}
            return stack.enter_context(Client(service(Settings(**settings), **given)))

        yield started


@pytest.fixture
def client(start: Callable[..., Client]) -> Client:
    """A client of a service with the settings that it has by itself."""
    return start()
