"""A report as JSON, for programs. The shape is ``findings.schema.json``, which is shipped beside this file.

A corpus that could not be loaded gives another document, with ``diagnostics`` and without ``findings``: a
program that looks for findings fails instead of reading that there are none. So does a check that cannot be
believed, with ``failed_canaries``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files

from guiju.checker.finding import Finding, NormRef, Report, Undecided, Untrustworthy, Witness
from guiju.checker.report.baseline import Comparison
from guiju.checker.report.values import fact_order, fact_type, field_type, in_json
from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place

#: The version of the documents' shape; it grows whenever the shape changes.
VERSION = 1


def to_json(report: Report, corpus: Corpus | None = None, comparison: Comparison | None = None) -> str:
    """``report`` as a JSON document ending with a newline.

    Args:
        report: what a check found.
        corpus: where it was found; decimals are then written exactly and facts in declaration order.
        comparison: what a baseline made of the report, when there was one.
    """
    document: dict[str, object] = {
        "version": VERSION,
        "engine": dict(report.engine),
        "corpus_digest": report.corpus_digest,
        "statistics": dict(report.statistics),
        "findings": [_finding(finding, corpus) for finding in report.findings],
        "undecided": [_undecided(question) for question in report.undecided],
    }
    if comparison is not None:
        document["baseline"] = {"known": comparison.known, "gone": list(comparison.gone)}
    return _dump(document)


def diagnostics_to_json(diagnostics: Iterable[Diagnostic], engine: Mapping[str, str]) -> str:
    """What is wrong with the input, as a JSON document ending with a newline."""
    found = [_diagnostic(diagnostic) for diagnostic in diagnostics]
    return _dump({"version": VERSION, "engine": dict(engine), "diagnostics": found})


def failed_canaries_to_json(error: Untrustworthy) -> str:
    """Why nothing that a check says may be believed, as a JSON document ending with a newline."""
    failed = [{"canary": _bilingual(f.canary), "reason": _bilingual(f.reason)} for f in error.failures]
    return _dump({"version": VERSION, "engine": dict(error.engine), "failed_canaries": failed})


def schema() -> str:
    """The JSON Schema of the documents."""
    return files("guiju.checker.report").joinpath("findings.schema.json").read_text(encoding="utf-8")


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, corpus: Corpus | None) -> dict[str, object]:
    return {
        "code": finding.code,
        "family": finding.family,
        "severity": finding.severity.word,
        "message": _bilingual(finding.message),
        "subject": finding.subject,
        "norms": [_norm(norm) for norm in finding.norms],
        "place": _place(finding.where),
        "witness": _witness(finding.witness, corpus) if finding.witness is not None else None,
        "settled_by": _defeat(finding.settled_by) if finding.settled_by is not None else None,
        "readings": [dict(sorted(way.items())) for way in finding.readings],
        "by_default": finding.by_default,
        "proved_by": finding.proved_by.value,
        "details": dict(sorted(finding.details.items())),
        "fingerprint": finding.fingerprint,
    }


def _norm(norm: NormRef) -> dict[str, object]:
    return {
        "instrument": norm.instrument,
        "rule": norm.rule,
        "citation": "、".join(norm.citations),
        "citations": list(norm.citations),
        "file": norm.place.file,
        "line": norm.place.line,
    }


def _witness(witness: Witness, corpus: Corpus | None) -> dict[str, object]:
    case = witness.case
    facts = {name: in_json(case.facts[name], fact_type(corpus, name)) for name in fact_order(case, corpus)}
    records = {
        record: [
            {name: in_json(row[name], field_type(corpus, record, name)) for name in sorted(row)}
            for row in case.records[record]
        ]
        for record in sorted(case.records)
    }
    return {
        "case": {"facts": facts, "records": records},
        "date": witness.date.isoformat(),
        "place": witness.place,
        **({"elsewhere": witness.elsewhere} if witness.elsewhere else {}),
        "readings": dict(sorted(witness.readings.items())),
    }


def _defeat(defeat: Defeat) -> dict[str, str]:
    return {
        "doctrine": defeat.doctrine.value,
        "grade": defeat.grade.value,
        "winner": defeat.winner,
        "loser": defeat.loser,
        "basis": defeat.basis,
    }


def _undecided(question: Undecided) -> dict[str, object]:
    norms = [_norm(norm) for norm in question.norms]
    return {"question": question.question, "reason": question.reason, "norms": norms}


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    related = [{"place": _place(at), "message": _bilingual(text)} for at, text in diagnostic.related]
    return {
        "code": diagnostic.code,
        "place": _place(diagnostic.place),
        "message": _bilingual(diagnostic.message),
        "hint": _bilingual(diagnostic.hint) if diagnostic.hint is not None else None,
        "related": related,
    }


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column, "length": place.length}


def _bilingual(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
