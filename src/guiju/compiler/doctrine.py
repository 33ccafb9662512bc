"""Defeat: which of two incompatible norms prevails, and by which doctrine of law (design §2).

The default doctrine, in this order: explicit priority in the text, *lex superior*, *lex specialis* (asked of
the ``implies`` oracle, never declared), *lex posterior*. It is a function from two norms to a verdict; another
doctrine is another function. What it trusts: the oracle. Theorems about the order: ``docs/semantics.md``.
"""

from __future__ import annotations

import enum

from attrs import frozen


class Doctrine(enum.Enum):
    TEXT = "text"  # the text itself says so
    SUPERIOR = "lex_superior"
    SPECIAL = "lex_specialis"
    POSTERIOR = "lex_posterior"


class Grade(enum.Enum):
    """How firm a settlement is: said by the text, by statute, or only argued."""

    TEXT = "text"
    STATUTE = "statute"
    ARGUED = "argued"


@frozen
class Defeat:
    """``winner`` prevails over ``loser`` (norm ids) wherever both apply with incompatible positions."""

    winner: str
    loser: str
    doctrine: Doctrine
    grade: Grade
    basis: str = ""  # the citation or ground, in a few words
