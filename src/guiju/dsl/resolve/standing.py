"""Which word says how well a norm is known (``核实``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.dsl import tree as t
from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.source import Bilingual
from guiju.dsl.typed import Standing

#: One Chinese and one English word each.
STANDINGS: Mapping[str, Standing] = {
    "已读": Standing.READ,
    "read": Standing.READ,
    "转述": Standing.SECOND_HAND,
    "secondhand": Standing.SECOND_HAND,
    "未核实": Standing.UNVERIFIED,
    "unverified": Standing.UNVERIFIED,
}


def standing(verified: t.Verified | None, otherwise: Standing, bag: Bag) -> Standing:
    """What ``verified`` says; ``otherwise`` where it is not there or, after a report, not a word we know."""
    if verified is None:
        return otherwise
    found = STANDINGS.get(verified.word.text)
    if found is None:
        bag.error(
            "E201",
            verified.word.place,
            f"没有“{verified.word.text}”这种核实程度",
            f"{verified.word.text} does not say how well a norm is known",
            did_you_mean(verified.word.text, STANDINGS)
            or Bilingual("可用：已读、转述、未核实", "use read, secondhand or unverified"),
        )
        return otherwise
    return found


def standing_of(clauses: Iterable[object], bag: Bag) -> Standing:
    """The standing that the header of an instrument gives to all its rules; a second one is reported."""
    found = [c for c in clauses if isinstance(c, t.Verified)]
    for again in found[1:]:
        bag.error("E105", again.place, "文件头中此项重复", "this clause stands twice in the header")
    return standing(found[0] if found else None, Standing.READ, bag)
