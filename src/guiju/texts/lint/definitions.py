"""Short forms that a text introduces: （以下简称……）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from guiju.dsl.source import Bilingual, Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import Passage, passages
from guiju.texts.provisions import Part
from guiju.texts.remarks import Remark

#: So much of a full form before its short one is compared.
_LEAD: Final = 8
_WORDS: Final = "简称|统称|合称|并称|总称|称"
_INTRODUCED = re.compile(
    rf"[(][^()]{{0,20}}?以下均?(?:{_WORDS})[:为]?\s*[“\"]?(?P<term>[^()”“\",，。;、]{{1,24}})[”\"]?[^()]{{0,12}}[)]"
)
#: A bracket that begins so and has a term in quotes, but not the word that would introduce it.
_MALFORMED = re.compile(
    r"[(]以下(?![一-鿿]{0,4}称)(?P<word>[一-鿿]{1,4})[“\"](?P<term>[^()”\"]{1,24})[”\"][)]"
)


def definitions(part: Part) -> Iterator[Remark]:
    """The short forms of ``part`` that are not used, introduced twice, varied, or not introduced in fact."""
    every = list(passages(part))
    first: dict[str, Place] = {}
    for n, passage in enumerate(every):
        for match in _MALFORMED.finditer(passage.folded):
            yield noticed(
                "S152",
                passage.place(match.start(), len(match[0])),
                f"“以下{match['word']}”不成简称，应为“以下简称”或者“以下统称”",
                f"以下{match['word']} introduces no short form: 以下简称 or 以下统称 is meant",
            )
        for match in _INTRODUCED.finditer(passage.folded):
            term = match["term"].strip()
            place = passage.place(match.start("term"), len(term))
            if term in first:
                yield noticed(
                    "S153",
                    place,
                    f"简称“{term}”前面已经约定",
                    f"the short form {term} is introduced before",
                    related=((first[term], Bilingual("前一处在这里", "here")),),
                )
            elif not _used(term, match.end(), n, every):
                yield noticed(
                    "S151", place, f"简称“{term}”约定之后没有用到", f"the short form {term} is never used"
                )
            if term not in first:
                yield from _varied(passage.folded[: match.start()], term, every)
            first.setdefault(term, place)


def _varied(full: str, term: str, every: Sequence[Passage]) -> Iterator[Remark]:
    """``term`` with a part of its full form before it, as neither the full form nor the short one has it."""
    if not full.endswith(term) or len(term) < 3:
        return
    before = re.sub("^.*[^一-鿿]", "", full[: -len(term)])[-_LEAD:]
    for passage in every:
        for match in re.finditer(f"(?P<lead>[一-鿿]{{2}}){re.escape(term)}", passage.folded):
            lead = match["lead"]
            if lead in before and not before.endswith(lead):
                yield noticed(
                    "S154",
                    passage.place(match.start(), len(match[0])),
                    f"“{match[0]}”既不是全称，也不是约定的简称“{term}”",
                    f"{match[0]} is neither the full name nor the short form {term}",
                )
                return


def _used(term: str, end: int, at: int, every: Sequence[Passage]) -> bool:
    """Whether ``term`` occurs after the place where it is introduced."""
    return term in every[at].folded[end:] or any(term in p.folded for p in every[at + 1 :])
