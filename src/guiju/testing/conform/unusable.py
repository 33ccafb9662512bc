"""What ends a run: nothing can be asked here at all."""

from __future__ import annotations

from typing import Final

from guiju.dsl.source import Bilingual

_SHOWN: Final = 300


class Unusable(Exception):
    """The implementation cannot be asked; ``message`` says why and what to do, in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


def excerpt(seen: str, end: bool = False) -> str:
    """The beginning, or the ``end``, of what was seen, on one line, to be quoted in a message."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in seen).split())
    if len(flat) <= _SHOWN:
        return flat
    return "…" + flat[1 - _SHOWN :] if end else flat[: _SHOWN - 1] + "…"
