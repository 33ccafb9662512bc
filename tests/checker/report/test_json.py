"""The JSON report: its fields, its schema, and that nothing in it depends on chance."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from guiju.checker.finding import FAMILIES
from guiju.checker.report.baseline import Comparison
from guiju.checker.report.json_report import diagnostics_to_json, schema, to_json
from report_samples import CLEAN, CONFLICT, CORPUS, ENGINE, FULL, MISTAKE, SETTLED, report


def valid(text: str) -> Any:
    """The document in ``text``, after checking it against the published schema."""
    document = json.loads(text)
    validator = jsonschema.Draft202012Validator(
        json.loads(schema()), format_checker=jsonschema.FormatChecker()
    )
    validator.validate(document)
    return document


def test_a_finding_has_everything_that_the_text_shows() -> None:
    """The fields of one finding, one by one."""
    expected = {
        "code": "C101",
        "family": "conflict",
        "severity": "error",
        "message": {"zh": "“营业”既被要求又被禁止", "en": "“营业” is both obliged and forbidden"},
        "subject": "摊主 营业",
        "norms": [
            {
                "instrument": "甲办法",
                "rule": "甲办法.摊主节假日营业",
                "citation": "第五条",
                "citations": ["第五条"],
                "file": "specs/stalls.gj",
                "line": 2,
            },
            {
                "instrument": "乙办法",
                "rule": "乙办法.夜市节假日休市",
                "citation": "第九条(二)、附件一",
                "citations": ["第九条(二)", "附件一"],
                "file": "specs/stalls.gj",
                "line": 4,
            },
        ],
        "place": {"file": "specs/stalls.gj", "line": 2, "column": 8, "length": 7},
        "witness": {
            "case": {
                "facts": {"摊位.夜市": True, "摊位.面积": "12.50", "摊位.类别": "食品", "摊位.期限": 36},
                "records": {
                    "违规": [{"日期": "2025-05-01", "罚款": "200.00"}, {"日期": "2025-06-01"}],
                },
            },
            "date": "2026-10-01",
            "place": "区",
            "readings": {"节假日": "法定"},
        },
        "settled_by": None,
        "readings": [{"节假日": "法定", "试行起算": "自印发日"}, {"节假日": "含周末"}],
        "by_default": False,
        "proved_by": "replayed",
        "details": {"relation": "dominated"},
        "fingerprint": CONFLICT.fingerprint,
    }
    assert [expected] == valid(to_json(report(CONFLICT), CORPUS))["findings"]


def test_a_settlement_names_doctrine_grade_and_both_norms() -> None:
    """What settles a conflict is data, not prose."""
    (finding,) = valid(to_json(report(SETTLED), CORPUS))["findings"]
    expected = {
        "doctrine": "lex_superior",
        "grade": "argued",
        "winner": "甲办法.摊主节假日营业/1",
        "loser": "乙办法.夜市节假日休市/2",
        "basis": "市局是区局的上级",
    }
    assert expected == finding["settled_by"]


def test_the_top_level_carries_engine_digest_and_statistics() -> None:
    """A verdict can be traced to what gave it."""
    document = valid(to_json(FULL))
    assert document["version"] == 1
    assert document["engine"] == ENGINE
    assert document["corpus_digest"] == "0123abcd"
    assert document["statistics"] == {"pairs": 12, "queries": 7}
    assert [f["code"] for f in document["findings"]] == ["C101", "C103", "T402"]
    assert [q["reason"] for q in document["undecided"]] == ["预算用尽"]


def test_a_baseline_adds_what_is_known_and_gone() -> None:
    """The comparison is in the document, so that a job can act on it."""
    document = valid(to_json(CLEAN, comparison=Comparison(CLEAN, 3, ("0" * 16,))))
    assert document["baseline"] == {"known": 3, "gone": ["0" * 16]}


def test_bad_input_has_diagnostics_and_no_findings() -> None:
    """A program that looks for findings must not read that there are none."""
    document = valid(diagnostics_to_json([MISTAKE], ENGINE))
    assert "findings" not in document
    (diagnostic,) = document["diagnostics"]
    assert diagnostic["code"] == "E201"
    assert diagnostic["place"]["line"] == 4
    assert diagnostic["hint"] == {"zh": "换一个名字", "en": "choose another name"}
    assert diagnostic["related"][0]["place"]["line"] == 2


def test_the_schema_refuses_what_is_neither() -> None:
    """The schema would notice a field that was forgotten."""
    document = json.loads(to_json(FULL))
    del document["undecided"]
    with pytest.raises(jsonschema.ValidationError):
        valid(json.dumps(document))


def test_the_schema_knows_every_family() -> None:
    """A family that is added to the findings is added to the schema."""
    listed = json.loads(schema())["$defs"]["finding"]["properties"]["family"]["enum"]
    assert sorted(FAMILIES.values()) == sorted(listed)
