"""Baselines: report only what is new since a day on which somebody looked at everything.

A baseline is a JSON report of that day, or a list of fingerprints: a JSON array, or one fingerprint to a line
with ``#`` for remarks. A fingerprint does not depend on wording, line numbers or the witness that was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from attrs import evolve, field, frozen

from guiju.checker.finding import Report
from guiju.dsl.source import Bilingual

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


@frozen
class Baseline:
    """Known findings: the code of each by its fingerprint; the code is empty when the file has none."""

    known: Mapping[str, str] = field(factory=dict)


@frozen
class Unreadable:
    """Why a text is no baseline."""

    reason: Bilingual


@frozen
class Comparison:
    """What a baseline makes of a report: ``report`` has only the new findings."""

    report: Report
    known: int
    gone: tuple[str, ...]


def parse(text: str) -> Baseline | Unreadable:
    """The baseline that ``text`` is, or why it is none."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return _from_lines(text)
    try:
        document: object = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        return Unreadable(Bilingual(f"不是合格的 JSON：{error}", f"it is not valid JSON: {error}"))
    if isinstance(document, list):
        return _from_fingerprints(document)
    findings = document.get("findings") if isinstance(document, dict) else None
    if not isinstance(findings, list):
        return Unreadable(
            Bilingual("其中没有 findings：不是检查报告", "it has no findings: it is no report of a check")
        )
    known: dict[str, str] = {}
    for finding in findings:
        fingerprint = finding.get("fingerprint") if isinstance(finding, dict) else None
        if not _is_fingerprint(fingerprint):
            return Unreadable(Bilingual("有一条结论没有指纹", "one of its findings has no fingerprint"))
        known[str(fingerprint)] = str(finding.get("code", ""))
    return Baseline(known)


def compare(report: Report, baseline: Baseline, families: frozenset[str] | None = None) -> Comparison:
    """Take the findings that ``baseline`` knows out of ``report``, and tell which of them are gone.

    Args:
        report: every finding of the check, before any other selection.
        baseline: the known findings.
        families: the letters of the families that were checked, None for all: a known finding of another
            family was not looked for, so it is not gone.
    """
    found = {finding.fingerprint for finding in report.findings}
    new = tuple(f for f in report.findings if f.fingerprint not in baseline.known)
    gone = sorted(
        fingerprint
        for fingerprint, code in baseline.known.items()
        if fingerprint not in found and (families is None or (code and code[0] in families))
    )
    return Comparison(evolve(report, findings=new), len(report.findings) - len(new), tuple(gone))


def _from_lines(text: str) -> Baseline | Unreadable:
    words = [line.partition("#")[0].strip() for line in text.removeprefix("\ufeff").splitlines()]
    return _from_fingerprints([word for word in words if word])


def _from_fingerprints(words: list[object] | list[str]) -> Baseline | Unreadable:
    for word in words:
        if not _is_fingerprint(word):
            return Unreadable(
                Bilingual(f"{str(word)[:40]!r} 不是指纹", f"{str(word)[:40]!r} is not a fingerprint")
            )
    return Baseline({str(word): "" for word in words})


def _is_fingerprint(word: object) -> bool:
    return isinstance(word, str) and _FINGERPRINT.fullmatch(word) is not None
