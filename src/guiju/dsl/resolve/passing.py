"""Which word says what kind of passing on an action is (``流转``)."""

from __future__ import annotations

from guiju.dsl import tree as t
from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.keywords import PASSINGS
from guiju.dsl.source import Bilingual


def passing(word: t.Name, bag: Bag) -> str | None:
    """The English word of the kind that ``word`` names; None after reporting that it names none."""
    found = PASSINGS.get(word.text)
    if found is not None:
        return found.en
    near = did_you_mean(word.text, PASSINGS) or Bilingual("", "")
    kinds = list(dict.fromkeys(PASSINGS.values()))
    bag.error(
        "E201",
        word.place,
        f"没有“{word.text}”这种流转",
        f"{word.text} is not a kind of passing on",
        Bilingual(
            f"{near.zh}可用：{'、'.join(kind.zh for kind in kinds)}",
            f"{near.en} use one of {', '.join(kind.en for kind in kinds)}".lstrip(),
        ),
    )
    return None
