"""Remarks on a text: a code, how much it matters, the place, and the words in both languages."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from attrs import frozen

from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place


class Severity(enum.Enum):
    """How much a remark matters, in the order in which they are shown."""

    ERROR = "error"  # the text contradicts itself: two provisions of one number, a mention of nothing
    WARNING = "warning"  # most probably a slip
    INFO = "info"  # for the drafter to look at


@frozen
class Remark:
    """Something noticed in a text. What it says, and where, is a diagnostic as elsewhere."""

    severity: Severity
    diagnostic: Diagnostic

    @property
    def code(self) -> str:
        return self.diagnostic.code

    @property
    def place(self) -> Place:
        return self.diagnostic.place


def remark(
    code: str,
    severity: Severity,
    place: Place,
    zh: str,
    en: str,
    hint: Bilingual | None = None,
    related: tuple[tuple[Place, Bilingual], ...] = (),
) -> Remark:
    """A remark whose message is ``zh`` and ``en``."""
    return Remark(severity, Diagnostic(code, place, Bilingual(zh, en), hint, related))


def ordered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """``remarks`` in the order of the text, each once."""
    return tuple(sorted(set(remarks), key=lambda r: (r.place, r.code, r.diagnostic.message.zh)))


def at_least(remark: Remark, severity: Severity) -> bool:
    """Whether ``remark`` is of ``severity`` or above."""
    order = list(Severity)
    return order.index(remark.severity) <= order.index(severity)
