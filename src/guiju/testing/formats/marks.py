"""What a drafter says of a test: right, wrong or unsure, and why."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from guiju.dsl.source import Bilingual


class Judgement(enum.Enum):
    """Whether the expected answer is what the texts say."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


class Written(enum.Enum):
    """The columns that a drafter fills in, each with its head."""

    JUDGEMENT = Bilingual("结论", "judgement")
    REMARK = Bilingual("意见", "remark")


#: The words for each judgement, in a cell and for a reader.
MARKS: Final[Mapping[Judgement, Bilingual]] = {
    Judgement.RIGHT: Bilingual("对", "right"),
    Judgement.WRONG: Bilingual("错", "wrong"),
    Judgement.UNSURE: Bilingual("存疑", "unsure"),
}


@frozen
class Mark:
    """What a drafter says of one test.

    Attributes:
        test: The id of the test.
        judgement: Whether its expected answer is right.
        remark: What the drafter wrote beside it; may be empty.
        row: The row of the sheet, from 1.
    """

    test: str
    judgement: Judgement
    remark: str
    row: int
