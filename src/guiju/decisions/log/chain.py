"""What an entry is, and the exact bytes that its digest is taken over.

An entry in the chain is the JSON object with the members ``at``, ``caller``, ``corpus``, ``engine``,
``format`` (1), ``previous``, ``record``, ``request``, ``request_id`` and ``sequence``, in canonical JSON (see
``canonical``). Its digest is the SHA-256 of that text in UTF-8, as 64 lower-case hexadecimal digits.
``previous`` is the digest of the entry before, of the first one 64 zeros; sequence numbers begin with 1 and
have no gap. A line of the export is the same object with ``digest`` as one more member.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from typing import Final

from attrs import frozen

from guiju.decisions.log.canonical import canonical
from guiju.decisions.log.problems import NotCanonical

FORMAT: Final = 1

#: The longest label (request id, caller, corpus digest, engine version), in characters.
MAX_LABEL: Final = 200


@frozen
class Entry:
    """What is recorded of one answered request. Make it with ``Entry.of``, which checks it.

    Attributes:
        at: When it was answered, in UTC: ``2026-11-22T06:42:55.000000Z``.
        request_id: The id of the request; it need not be unique.
        caller: The id of the caller's key, never the key; empty where callers are not told apart.
        corpus: The digest of the corpus that answered.
        engine: The version of the engine that answered.
        request: What was asked, as canonical JSON.
        record: The record of the decision, as canonical JSON.
    """

    at: str
    request_id: str
    caller: str
    corpus: str
    engine: str
    request: str
    record: str

    @classmethod
    def of(
        cls,
        *,
        at: dt.datetime,
        request_id: str,
        caller: str,
        corpus: str,
        engine: str,
        request: object,
        record: object,
    ) -> Entry:
        """An entry of plain values.

        Args:
            at: With a time zone.
            request: A value of JSON, as ``json.loads`` gives it.
            record: The same.

        Raises:
            NotCanonical: A value is no JSON; a label is longer than ``MAX_LABEL`` or has control characters.
            ValueError: ``at`` has no time zone.
        """
        return cls(
            at=utc(at),
            request_id=_label("request_id", request_id),
            caller=_label("caller", caller),
            corpus=_label("corpus", corpus),
            engine=_label("engine", engine),
            request=canonical(request),
            record=canonical(record),
        )


@frozen
class Receipt:
    """The place of an entry in the chain. That of the last entry is the *head*: it vouches for all before."""

    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Receipt | None:
        """The receipt that ``str`` gave; None when ``text`` is none."""
        found = re.fullmatch(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})", text.strip())
        return cls(int(found[1]), found[2]) if found else None


#: The head of an empty log.
START: Final = Receipt(0, "0" * 64)


@frozen
class Recorded:
    """An entry in the chain, as it is stored: nothing says that it is intact."""

    sequence: int
    previous: str
    entry: Entry
    digest: str

    @property
    def receipt(self) -> Receipt:
        return Receipt(self.sequence, self.digest)


def chained(head: Receipt, entry: Entry) -> Recorded:
    """``entry`` as the one after ``head``."""
    sequence = head.sequence + 1
    return Recorded(sequence, head.digest, entry, digest(sequence, head.digest, entry))


def digest(sequence: int, previous: str, entry: Entry) -> str:
    """The digest of an entry at its place; of any texts, so that altered ones get one too."""
    text = _object(sequence, previous, entry, "")
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def line(recorded: Recorded) -> str:
    """An entry as canonical JSON with its digest: a line of the export, without the end of line."""
    stored = f'"digest":{_quoted(recorded.digest)},'
    return _object(recorded.sequence, recorded.previous, recorded.entry, stored)


def utc(at: dt.datetime) -> str:
    """A moment as text that sorts by time.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.utcoffset() is None:
        raise ValueError("a moment without a time zone is none")
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _object(sequence: int, previous: str, entry: Entry, stored_digest: str) -> str:
    """The canonical JSON of an entry: its parts are canonical, and the members stand in their order."""
    return (
        f'{{"at":{_quoted(entry.at)},"caller":{_quoted(entry.caller)},"corpus":{_quoted(entry.corpus)},'
        f'{stored_digest}"engine":{_quoted(entry.engine)},"format":{FORMAT},"previous":{_quoted(previous)},'
        f'"record":{entry.record},"request":{entry.request},"request_id":{_quoted(entry.request_id)},'
        f'"sequence":{sequence}}}'
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _label(name: str, text: str) -> str:
    if len(text) > MAX_LABEL:
        raise NotCanonical(
            f"{name} 有 {len(text)} 个字符，最多 {MAX_LABEL} 个",
            f"{name} has {len(text)} characters; {MAX_LABEL} are the most",
        )
    for c in () if text.isprintable() else text:
        if unicodedata.category(c) in ("Cc", "Cs"):
            raise NotCanonical(
                f"{name} 含有控制字符 U+{ord(c):04X}", f"{name} has the control character U+{ord(c):04X}"
            )
    return text
