"""Certificates: which claims a report rests on, and what the second solver said of each.

A claim is that no case satisfies some conditions. Its query is the SMT-LIB text that was put to the second
solver, known by its digest, so that whoever writes the same text has the same query.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

from guiju.dsl.source import Bilingual, visible

VERSION: Final = 1

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class Result(enum.Enum):
    """What the second solver says of a claim. UNKNOWN: its budget ended, or it did; or it cannot be asked."""

    PROVED = "proved"
    DISAGREES = "disagrees"
    UNKNOWN = "unknown"


@frozen(order=True)
class Entry:
    """One claim: the digest of its query, what it is about, and the result with the reason where unknown.

    ``canary``: it says nothing of the rules. It is about norms that a check plants, to see that it finds what
    is known of them.
    """

    query: str
    about: str
    result: Result = field(order=False)
    reason: str = ""
    canary: bool = False


@frozen
class Options:
    """What was checked; ``None``: all families, any date. ``budget``: in units of the first solver, some."""

    families: tuple[str, ...] | None
    as_of: dt.date | None
    readings: Mapping[str, str]
    budget: int


@frozen
class Certificate:
    """What was proved again.

    Attributes:
        corpus: The digest of the corpus.
        options: What was checked.
        engines: Who did it: guiju, the first and the second solver, each with its version; and the budget of
            the second in its own units.
        findings: The fingerprints of what was found.
        undecided: The questions that the first solver did not decide, in order, as often as the report has
            them: nothing is clear of these, and nothing of them was put to the second.
        entries: The claims, in the order of their digests.
    """

    corpus: str
    options: Options
    engines: Mapping[str, str]
    findings: tuple[str, ...]
    undecided: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def counts(self) -> Mapping[Result, int]:
        """How many claims have each result, canaries among them."""
        return _counted(self.entries)

    @property
    def counts_of_rules(self) -> Mapping[Result, int]:
        """How many claims of the rules have each result."""
        return _counted(each for each in self.entries if not each.canary)

    @property
    def counts_of_canaries(self) -> Mapping[Result, int]:
        """How many of the canaries have each result."""
        return _counted(each for each in self.entries if each.canary)


class Unreadable(ValueError):
    """A text is no certificate; ``reason`` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Bilingual(zh, en)


def to_json(certificate: Certificate) -> str:
    """The certificate as JSON (``certificate.schema.json``): the same bytes for the same certificate."""
    options = certificate.options
    document = {
        "version": VERSION,
        "corpus": certificate.corpus,
        "options": {
            "families": None if options.families is None else list(options.families),
            "as_of": None if options.as_of is None else options.as_of.isoformat(),
            "readings": dict(sorted(options.readings.items())),
            "budget": options.budget,
        },
        "engines": dict(certificate.engines),
        "encodings": {"first": "order keys", "second": "day numbers"},
        "counts": _counts(certificate),
        "findings": list(certificate.findings),
        "undecided": list(certificate.undecided),
        "claims": [
            {"query": each.query, "about": each.about, "result": each.result.value}
            | ({"reason": each.reason} if each.reason else {})
            | ({"canary": True} if each.canary else {})
            for each in certificate.entries
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Certificate:
    """The certificate that ``text`` is.

    Raises:
        Unreadable: It is none, or its counts are not those of its claims.
    """
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"不是合格的 JSON：{error}", f"it is not valid JSON: {error}") from error
    if not isinstance(document, dict) or "claims" not in document:
        raise Unreadable("其中没有 claims：不是证书", "it has no claims: it is no certificate")
    if document.get("version") != VERSION:
        raise Unreadable(
            f"证书格式版本应为 {VERSION}", f"the certificate's version should be {VERSION}: make it anew"
        )
    try:
        found = _certificate(document)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"证书不完整：{error}", f"the certificate is not complete: {error}") from error
    if document.get("counts") != _counts(found):
        raise Unreadable("证书中的计数与条目不符", "its counts are not those of its claims: it was altered")
    return found


def _certificate(document: Mapping[str, Any]) -> Certificate:
    options = _object(document["options"])
    families, as_of, budget = options["families"], options["as_of"], _number(options["budget"])
    if families == [] or budget < 1:
        raise ValueError("families" if families == [] else "budget")
    claims = (_object(each) for each in _list(document["claims"]))
    entries = tuple(
        Entry(
            _matching(_DIGEST, each["query"]),
            _text(each["about"]),
            Result(each["result"]),
            _text(each.get("reason", "")),
            _flag(each.get("canary", False)),
        )
        for each in claims
    )
    if [each.query for each in entries] != sorted({each.query for each in entries}):
        raise ValueError("claims")
    undecided = tuple(map(_text, _list(document["undecided"])))
    if list(undecided) != sorted(undecided):
        raise ValueError("undecided")
    return Certificate(
        corpus=_matching(_DIGEST, document["corpus"]),
        options=Options(
            None if families is None else tuple(map(_text, _list(families))),
            None if as_of is None else dt.date.fromisoformat(_text(as_of)),
            {_text(name): _text(choice) for name, choice in _object(options["readings"]).items()},
            budget,
        ),
        engines={_text(name): _text(value) for name, value in _object(document["engines"]).items()},
        findings=tuple(_matching(_FINGERPRINT, each) for each in _list(document["findings"])),
        undecided=undecided,
        entries=entries,
    )


def _counted(entries: Iterable[Entry]) -> Mapping[Result, int]:
    found = Counter(each.result for each in entries)
    return {result: found[result] for result in Result}


def _counts(certificate: Certificate) -> dict[str, dict[str, int]]:
    """The counts as they are written."""
    parts = {"rules": certificate.counts_of_rules, "canaries": certificate.counts_of_canaries}
    return {part: {result.value: count for result, count in found.items()} for part, found in parts.items()}


def _object(given: object) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise TypeError(f"{given!r}")
    return given


def _list(given: object) -> list[object]:
    if not isinstance(given, list):
        raise TypeError(f"{given!r}")
    return given


def _number(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(f"{given!r}")
    return given


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise TypeError(f"{given!r}")
    return given


def _text(given: object) -> str:
    """A text as one line that can be shown: a certificate may come from anybody."""
    if not isinstance(given, str):
        raise TypeError(f"{given!r}")
    return visible(given).replace("\n", " ")


def _matching(pattern: re.Pattern[str], given: object) -> str:
    if pattern.fullmatch(_text(given)) is None:
        raise ValueError(f"{given!r}")
    return _text(given)
