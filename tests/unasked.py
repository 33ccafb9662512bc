"""Checks without canaries, for tests of something else: a small corpus costs five times as much with them."""

from __future__ import annotations

import pytest

from guiju.checker.canary import Canaries

#: The files that are about them, or about all that a check does.
WITH_THEM = ("test_canary", "test_trust", "test_published", "certify")


@pytest.fixture(autouse=True)
def unasked_canaries(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check without questions of known answers, but in the files that are named."""
    if not any(name in request.node.nodeid for name in WITH_THEM):
        monkeypatch.setattr(Canaries, "ask", lambda self, asker, again=False: None)
        monkeypatch.setattr(Canaries, "ask_without_assumptions", lambda self, asker: None)
