"""How well a rule is known to be what the law says."""

from __future__ import annotations

import enum


class Standing(enum.Enum):
    """How well it is known that the law says what a rule says.

    READ: its text was read. SECOND_HAND: taken from an explanation or an excerpt. UNVERIFIED: not known to
    be so; such a norm answers nothing and may only raise a question.
    """

    READ = "read"
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"
