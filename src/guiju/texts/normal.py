"""What makes two texts the same: widths, spaces and typographic variants do not count, every other mark does.

The digests of a lock are taken from texts in this form, so a change here is a change of its format
(``locks.FORMAT``; docs/adr tells what counts as the same and why).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

#: How many hexadecimal digits of SHA-256 a digest keeps: 64 bits tell the provisions of a corpus apart.
DIGITS: Final = 16

_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』〝〞〟＂", '"'),
        **dict.fromkeys("‘’‚‛＇", "'"),
        **dict.fromkeys("‐‑‒–—―─━−⸺", "-"),
        **dict.fromkeys("〔［【", "["),
        **dict.fromkeys("〕］】", "]"),
        **dict.fromkeys("·•‧・∙⋅", "·"),
        **dict.fromkeys("〜∼", "~"),
        "〇": "零",
    }
)
_DASHES = re.compile("-{2,}")


def normalised(text: str) -> str:
    """``text`` in the form in which it is compared; applying it again changes nothing."""
    before = None
    while text != before:  # a space that goes can bring together what composes to one character
        before, text = text, _once(text)
    return text


def _once(text: str) -> str:
    kept = unicodedata.normalize("NFKC", "".join(c for c in text if _counts(c)))
    return _DASHES.sub("-", "".join(c for c in kept.translate(_VARIANTS) if _counts(c)))


def _counts(character: str) -> bool:
    """Whether a character is part of the text: no space, control or format character is."""
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def digest(text: str) -> str:
    """The digest of ``text`` in its normal form."""
    return sha(normalised(text))


def sha(text: str) -> str:
    """The beginning of the SHA-256 of ``text`` as it is."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]
