"""A report as SARIF 2.1.0, the format in which code hosts and editors read the findings of analysers.

The rules come from the pages of the catalogue. The first provision is the location of a result, the others
are its related locations. What is undecided, and what is wrong with the input, is a notification: a run with
diagnostics says that it was not successful. Specification: OASIS, SARIF 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from urllib.parse import quote

from guiju.checker import catalogue
from guiju.checker.finding import Finding, NormRef, Report, Severity, Untrustworthy
from guiju.checker.report.layout import View, finding_lines
from guiju.checker.report.text import join
from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGUAGE = {"zh": "zh-CN", "en": "en"}

JsonObject = dict[str, object]


def to_sarif(report: Report, view: View) -> str:
    """``report`` as a SARIF log with one run, in the language of ``view``, ending with a newline."""
    codes = sorted({finding.code for finding in report.findings})
    notifications = [
        {
            "level": "error",
            "message": {"text": f"{view.say('未决', 'undecided')}: {question.question}: {question.reason}"},
            "locations": [_location(n.place, n) for n in question.norms if n.place.file],
        }
        for question in report.undecided
    ]
    run = _run(report.engine, [_rule(code, view) for code in codes], view)
    run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notifications}]
    run["results"] = [_result(finding, codes.index(finding.code), view) for finding in report.findings]
    run["properties"] = {"corpusDigest": report.corpus_digest, "statistics": dict(report.statistics)}
    return _log(run)


def diagnostics_to_sarif(diagnostics: Iterable[Diagnostic], engine: Mapping[str, str], view: View) -> str:
    """What is wrong with the input, as a SARIF log of a run that was not successful."""
    run = _run(engine, [], view)
    notifications = [
        {
            "descriptor": {"id": diagnostic.code},
            "level": "error",
            "message": {"text": view.word(diagnostic.message)},
            "locations": [_location(diagnostic.place, None)] if diagnostic.place.file else [],
        }
        for diagnostic in diagnostics
    ]
    run["invocations"] = [{"executionSuccessful": False, "toolConfigurationNotifications": notifications}]
    return _log(run)


def failed_canaries_to_sarif(error: Untrustworthy, view: View) -> str:
    """Why nothing that a check says may be believed, as a SARIF log of a run that was not successful."""
    run = _run(error.engine, [], view)
    notifications = [
        {"level": "error", "message": {"text": f"{view.word(failed.canary)}: {view.word(failed.reason)}"}}
        for failed in error.failures
    ]
    run["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": notifications}]
    return _log(run)


def _log(run: JsonObject) -> str:
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(engine: Mapping[str, str], rules: list[JsonObject], view: View) -> JsonObject:
    driver: JsonObject = {"name": "guiju", "rules": rules, "properties": {"engine": dict(engine)}}
    if "guiju" in engine:
        driver["version"] = engine["guiju"]
    return {
        "tool": {"driver": driver},
        "language": _LANGUAGE[view.lang],
        "columnKind": "unicodeCodePoints",
    }


def _rule(code: str, view: View) -> JsonObject:
    page = catalogue.page(code)
    if page is None:
        return {"id": code}
    first, *_ = page.sections
    return {
        "id": code,
        "shortDescription": {"text": view.word(page.title)},
        "fullDescription": {"text": view.word(first.text)},
        "help": {"text": page.in_language(view.lang), "markdown": page.in_language(view.lang)},
        "properties": {"tags": [page.family]},
    }


def _result(finding: Finding, rule: int, view: View) -> JsonObject:
    first = next((n for n in finding.norms if n.place == finding.where), None)
    others = [n for n in finding.norms if n.place.file and n is not first]
    result: JsonObject = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": view.word(finding.message), "markdown": _markdown(finding, view)},
        "locations": [_location(finding.where, first)] if finding.where.file else [],
        "partialFingerprints": {"guiju/v1": finding.fingerprint},
        "properties": {
            "family": finding.family,
            "subject": finding.subject,
            "provedBy": finding.proved_by.value,
            "byDefault": finding.by_default,
            "readings": [dict(sorted(way.items())) for way in finding.readings],
        },
    }
    if others:
        related = [_location(norm.place, norm) for norm in others]
        result["relatedLocations"] = [{"id": i, **location} for i, location in enumerate(related, 1)]
    return result


def _markdown(finding: Finding, view: View) -> str:
    """The whole finding, as the text report shows it: a viewer of SARIF has no other place for a witness."""
    return f"```text\n{join(finding_lines(finding, view)).replace('```', '` ` `')}```"


def _location(place: Place, norm: NormRef | None) -> JsonObject:
    physical: JsonObject = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": max(1, place.column),
            "endColumn": max(1, place.column) + max(0, place.length),
        }
    location: JsonObject = {"physicalLocation": physical}
    if norm is not None:
        location["message"] = {"text": f"{norm.instrument} {'、'.join(norm.citations)}".rstrip()}
        name = norm.rule or norm.instrument
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "rule"}]
    return location


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
