"""Remarks as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from guiju.dsl.diagnostics import render
from guiju.dsl.source import Bilingual, Place, Source
from guiju.texts.reading import Reading
from guiju.texts.remarks import Remark, Severity

WORDS: Final = {
    Severity.ERROR: Bilingual("错误", "error"),
    Severity.WARNING: Bilingual("警告", "warning"),
    Severity.INFO: Bilingual("提示", "info"),
}


def shown(remarks: Sequence[Remark], source: Source, lang: str) -> str:
    """Each remark with the line it is about, in the order of the text."""
    return "".join(f"{_one(remark, source, lang)}\n\n" for remark in remarks)


def _one(remark: Remark, source: Source, lang: str) -> str:
    text = render(remark.diagnostic, {source.name: source}, lang)
    if not remark.place.line:  # about the file as a whole
        text = text.replace(f"{remark.place.file}:0:1", remark.place.file, 1)
    return f"{WORDS[remark.severity].in_language(lang)} {text}"


def counted(remarks: Sequence[Remark], lang: str) -> str:
    """How many there are of each severity, on one line."""
    numbers = Counter(remark.severity for remark in remarks)
    parts = [f"{words.in_language(lang)} {numbers[severity]}" for severity, words in WORDS.items()]
    return ("，".join(parts) + "。\n") if lang == "zh" else (", ".join(parts) + ".\n")


def as_data(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks as JSON has them."""
    return [
        {
            "code": remark.code,
            "severity": remark.severity.value,
            "message": _both(remark.diagnostic.message),
            "hint": _both(remark.diagnostic.hint) if remark.diagnostic.hint is not None else None,
            "place": place(remark.place),
            "related": [
                {"place": place(where), "message": _both(words)} for where, words in remark.diagnostic.related
            ],
        }
        for remark in remarks
    ]


def of_reading(reading: Reading) -> dict[str, Any]:
    """How a text was read, as JSON has it."""
    return {
        "file": reading.source.name,
        "format": reading.format,
        "encoding": reading.encoding,
        "notes": [
            {"kind": note.kind, "line": note.line, "column": note.column if note.line is not None else None}
            for note in reading.notes
        ],
        "remarks": as_data(reading.remarks),
    }


def place(where: Place) -> dict[str, Any]:
    return {"file": where.file, "line": where.line, "column": where.column, "length": where.length}


def to_json(document: dict[str, Any]) -> str:
    return json.dumps({"version": 1, **document}, ensure_ascii=False, indent=2) + "\n"


def _both(words: Bilingual) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
