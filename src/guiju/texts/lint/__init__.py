"""What is wrong with a text on its face, without any encoding: one module for each kind of slip.

Each rule is a function from a part of a text (an instrument, a notice) to remarks. A rule earns its place by
being right on real texts: what it cannot tell from good drafting it does not say.
"""

from __future__ import annotations

from guiju.texts.lint.annexes import annexes
from guiju.texts.lint.cited import cited
from guiju.texts.lint.days import days
from guiju.texts.lint.definitions import definitions
from guiju.texts.lint.endings import endings
from guiju.texts.lint.enumerations import enumerations
from guiju.texts.lint.mentions import mentions
from guiju.texts.lint.names import names
from guiju.texts.lint.numbers import numbers
from guiju.texts.lint.pairs import pairs
from guiju.texts.lint.selfname import selfname
from guiju.texts.lint.slips import slips
from guiju.texts.provisions import Part, Split
from guiju.texts.remarks import Remark, ordered

_OF_A_PART = (numbers, endings, mentions, selfname, names, definitions, slips, pairs, days, enumerations)
_OF_A_TEXT = (annexes, cited)


def lint(split: Split, part: Part) -> tuple[Remark, ...]:
    """What is noticed in ``part``, in the order of the text."""
    found = [remark for rule in _OF_A_PART for remark in rule(part)]
    found += [remark for rule in _OF_A_TEXT for remark in rule(split, part)]
    return ordered(found)
