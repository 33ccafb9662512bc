"""The SARIF log: the parts of SARIF 2.1.0 that we write, with their required properties and no others."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from guiju.checker import catalogue
from guiju.checker.report.layout import View
from guiju.checker.report.sarif import diagnostics_to_sarif, to_sarif
from report_samples import BROKEN, CLEAN, CONFLICT, CORPUS, ENGINE, FULL, MISTAKE, SOURCES

ZH = View("zh", SOURCES, CORPUS)


def _object(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _array(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


_TEXT: dict[str, object] = {"type": "string", "minLength": 1}
_NUMBER = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _object("text", text=_TEXT, markdown=_TEXT)
_BAG = {"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": True, "items": _TEXT}}}
_REGION = _object("startLine", startLine=_NUMBER, startColumn=_NUMBER, endColumn=_NUMBER)
_ARTIFACT = _object("uri", uri={"type": "string", "pattern": "^[!-~]+$"})
_LOCATION = _object(
    "physicalLocation",
    id={"type": "integer", "minimum": -1},
    physicalLocation=_object("artifactLocation", artifactLocation=_ARTIFACT, region=_REGION),
    logicalLocations=_array(_object("", fullyQualifiedName=_TEXT, kind=_TEXT)),
    message=_MESSAGE,
)
_NOTIFICATION = _object(
    "message", descriptor=_object("id", id=_TEXT), level=_LEVEL, message=_MESSAGE, locations=_array(_LOCATION)
)
_RULE = _object(
    "id", id=_TEXT, shortDescription=_MESSAGE, fullDescription=_MESSAGE, help=_MESSAGE, properties=_BAG
)
_RESULT = _object(
    "message",
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations=_array(_LOCATION),
    relatedLocations=_array(_LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    properties=_BAG,
)
_INVOCATION = _object(
    "executionSuccessful",
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=_array(_NOTIFICATION),
    toolConfigurationNotifications=_array(_NOTIFICATION),
)
_DRIVER = _object("name", name=_TEXT, version=_TEXT, rules=_array(_RULE), properties=_BAG)
_RUN = _object(
    "tool",
    tool=_object(
        "driver", driver=_object("name", name=_TEXT, version=_TEXT, rules=_array(_RULE), properties=_BAG)
    ),
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_array(_INVOCATION),
    results=_array(_RESULT),
    properties=_BAG,
)
_LOG = {
    **_object("version runs", version={"const": "2.1.0"}, runs=_array(_RUN)),
    "patternProperties": {"^\\$schema$": {"type": "string"}},
}


def run_of(text: str) -> Any:
    """The run of a valid log."""
    log = json.loads(text)
    jsonschema.Draft202012Validator(_LOG).validate(log)
    (run,) = log["runs"]
    return run


def test_rules_come_from_the_pages() -> None:
    """Each code that occurs is a rule, explained by its page in the language of the run."""
    rules = run_of(to_sarif(FULL, ZH))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["C101", "C103", "T402"]
    page = catalogue.page("C101")
    assert page is not None
    assert page.title.zh == rules[0]["shortDescription"]["text"]
    assert page.in_language("zh") == rules[0]["help"]["markdown"]


def test_a_result_points_at_the_first_provision_and_relates_the_second() -> None:
    """Location, related location, level, rule and fingerprint of a conflict."""
    result = run_of(to_sarif(FULL, ZH))["results"][0]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("C101", 0, "error")
    assert {"guiju/v1": CONFLICT.fingerprint} == result["partialFingerprints"]
    expected = {
        "physicalLocation": {
            "artifactLocation": {"uri": "specs/stalls.gj"},
            "region": {"startLine": 2, "startColumn": 8, "endColumn": 15},
        },
        "message": {"text": "甲办法 第五条"},
        "logicalLocations": [{"fullyQualifiedName": "甲办法.摊主节假日营业", "kind": "rule"}],
    }
    assert [expected] == result["locations"]
    assert [(at["id"], at["message"]["text"]) for at in result["relatedLocations"]] == [
        (1, "乙办法 第九条(二)、附件一")
    ]
    assert "摊位.面积：12.50 平方米" in result["message"]["markdown"]


def test_info_is_a_note_and_needs_no_provision() -> None:
    """A finding about a header has a location and nothing related."""
    result = run_of(to_sarif(FULL, ZH))["results"][2]
    assert result["level"] == "note"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert "relatedLocations" not in result


def test_what_is_undecided_is_a_notification() -> None:
    """A viewer shows it beside the results."""
    (invocation,) = run_of(to_sarif(FULL, ZH))["invocations"]
    assert invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "未决: 甲办法.摊主节假日营业 是否多余: 预算用尽"


def test_a_clean_run_has_an_empty_list_of_results() -> None:
    """That a check was made and found nothing differs from no check."""
    run = run_of(to_sarif(CLEAN, View("en")))
    assert run["results"] == []
    assert run["language"] == "en"


def test_bad_input_is_an_unsuccessful_run_without_results() -> None:
    """Mistakes in the sources are notifications with their places."""
    run = run_of(diagnostics_to_sarif(BROKEN.diagnostics, ENGINE, ZH))
    assert "results" not in run
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolConfigurationNotifications"]
    assert notification["descriptor"] == {"id": MISTAKE.code}
    assert notification["message"]["text"] == "规则重名"


def test_names_of_files_become_valid_addresses() -> None:
    """Chinese names, spaces and absolute paths."""
    from attrs import evolve

    from guiju.dsl.source import Place

    found = [
        run_of(diagnostics_to_sarif([evolve(MISTAKE, place=Place(name, 1))], ENGINE, ZH))
        for name in ("草案/甲 办法.gj", "/srv/a.gj")
    ]
    uris = [
        run["invocations"][0]["toolConfigurationNotifications"][0]["locations"][0]["physicalLocation"][
            "artifactLocation"
        ]["uri"]
        for run in found
    ]
    assert uris == ["%E8%8D%89%E6%A1%88/%E7%94%B2%20%E5%8A%9E%E6%B3%95.gj", "file:///srv/a.gj"]
