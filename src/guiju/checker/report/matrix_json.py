"""A comparison as JSON, for programs. The shape is ``comparison.schema.json``, shipped beside this file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files

from guiju.checker.compare.matrix import Column, Matrix
from guiju.checker.compare.provisions import Provision
from guiju.checker.compare.relations import Relation
from guiju.checker.finding import Finding
from guiju.checker.report.matrix_tables import status
from guiju.compiler.kernel import NEVER, Instrument
from guiju.dsl.source import Bilingual

#: The version of the document's shape; it grows whenever the shape changes.
VERSION = 1

_STATUS = {-1: "not_yet", 0: "in_force", 1: "ended"}


def to_json(matrices: Iterable[Matrix], engine: Mapping[str, str]) -> str:
    """The comparisons as one JSON document ending with a newline."""
    document = {"version": VERSION, "engine": dict(engine), "topics": [_topic(m) for m in matrices]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    return files("guiju.checker.report").joinpath("comparison.schema.json").read_text(encoding="utf-8")


def _topic(matrix: Matrix) -> dict[str, object]:
    return {
        "topic": matrix.topic,
        "date": matrix.date.isoformat() if matrix.date is not None else None,
        "instruments": [_column(column, matrix) for column in matrix.columns],
        "relations": [_relation(relation) for relation in matrix.relations],
        "silent": [_instrument(instrument) for instrument in matrix.silent],
        "undecided": [{"question": u.question, "reason": u.reason} for u in matrix.undecided],
    }


def _instrument(instrument: Instrument) -> dict[str, object]:
    return {
        "id": instrument.id,
        "title": instrument.title,
        "number": instrument.number,
        "territory": instrument.territory,
    }


def _column(column: Column, matrix: Matrix) -> dict[str, object]:
    periods = [
        {
            "readings": dict(sorted(chosen.items())),
            "from": period.start.isoformat() if period.start is not None else None,
            "until": period.end.isoformat() if period.end != NEVER else None,
            "status": _STATUS[status(period, matrix.date)] if matrix.date is not None else None,
        }
        for chosen, period in column.periods
    ]
    listed = [_provision(provision) for provision in column.provisions]
    return {**_instrument(column.instrument), "in_force": periods, "provisions": listed}


def _provision(provision: Provision) -> dict[str, object]:
    return {
        "rule": provision.rule,
        "citations": list(provision.citations),
        "territory": provision.territory,
        "positions": [_bilingual(p) for p in provision.positions],
        "conditions": [_bilingual(c) for c in provision.conditions],
        "law_date": _bilingual(provision.law_date) if provision.law_date is not None else None,
        "standing": provision.standing.value,
        "note": provision.note,
        "file": provision.place.file,
        "line": provision.place.line,
    }


def _relation(relation: Relation) -> dict[str, object]:
    return {
        "one": relation.one,
        "other": relation.other,
        "kind": relation.kind.value,
        "findings": [_finding(finding) for finding in relation.findings],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "message": _bilingual(finding.message),
        "by_default": finding.by_default,
        "fingerprint": finding.fingerprint,
    }


def _bilingual(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
