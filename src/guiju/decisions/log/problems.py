"""How recording or reading can fail. Whoever answers requests must not answer when one of these is raised."""

from __future__ import annotations

from guiju.dsl.source import Bilingual


class LogError(Exception):
    """Something could not be recorded or read; ``reason`` says why, for the operator."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Bilingual(zh, en)


class NotCanonical(LogError):
    """What is to be recorded has no canonical form: no JSON, or not a label. Nothing was written."""


class LogUnavailable(LogError):
    """The log cannot be opened, written or read: a full disk, a lock, no driver, a newer version, no log."""


class LogDamaged(LogUnavailable):
    """The log is there, but its storage is not as we left it; ``verify`` tells more."""
