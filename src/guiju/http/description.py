"""The OpenAPI description: what can be sent, taken from the corpus, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from guiju._version import version
from guiju.decisions import patterns
from guiju.decisions.corpus import Corpus
from guiju.decisions.schema import decision_schema
from guiju.http import body, problem
from guiju.http.asked import MAX_ID
from guiju.http.metrics import CONTENT_TYPE
from guiju.http.problem import Kind
from guiju.http.settings import Settings

_SCHEMAS: Final = "#/components/schemas/"
_ANYWHERE: Final = (Kind.UNAUTHORIZED, Kind.INTERNAL, Kind.BUSY, Kind.NO_KEYS, Kind.STOPPING)
_TEXT: Final = {"type": "string"}
_STRINGS: Final = {"type": "array", "items": _TEXT}


def description(corpus: Corpus, settings: Settings) -> dict[str, Any]:
    """The description of the service that answers by ``corpus``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Guiju",
            "version": version(),
            "summary": "Decisions on single cases, by rules, with their grounds",
            "description": f"Corpus {corpus.digest}. 规矩：按条文对个案作出决定，并说明依据。",
        },
        "paths": _paths(corpus, settings),
        "components": {
            "schemas": _components(corpus),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
        "security": [{"bearer": []}, {"header": []}] if settings.keys is not None else [],
    }


def _paths(corpus: Corpus, settings: Settings) -> dict[str, Any]:
    body_kinds = (Kind.MALFORMED, Kind.TOO_SLOW, Kind.TOO_LARGE, Kind.MEDIA, Kind.INVALID)
    lines = {body.JSON_LINES[0]: {"schema": {"type": "string", "description": "one Request a line"}}}
    answers = {"application/jsonl": {"schema": {"type": "string", "description": "one BatchLine a line"}}}
    question = {
        "name": "question",
        "in": "query",
        "required": False,
        "description": "The name of a question; without it, the schema of any case.",
        "schema": {"type": "string", "enum": list(corpus.questions)},
    }
    return {
        "/v1/decide": {
            "post": {
                "operationId": "decide",
                "summary": "Decide one case",
                "description": f"The body has at most {settings.max_body} bytes.",
                "requestBody": {"required": True, "content": {body.JSON: {"schema": _ref("Request")}}},
                "responses": _responses(
                    "The decision, and its place in the log",
                    {body.JSON: {"schema": _ref("Answer")}},
                    (*body_kinds, Kind.TIMEOUT, Kind.NO_LOG),
                ),
            }
        },
        "/v1/decide/batch": {
            "post": {
                "operationId": "decideBatch",
                "summary": "Decide many cases: a line in, a line out, in the same order",
                "description": (
                    f"At most {settings.max_lines} lines and {settings.max_batch} bytes, each line at most "
                    f"{settings.max_body} bytes. A line that cannot be answered gets one with `problem`."
                ),
                "requestBody": {"required": True, "content": lines},
                "responses": _responses("The answers", answers, (Kind.TOO_LARGE, Kind.MEDIA)),
            }
        },
        "/v1/schema": {
            "get": {
                "operationId": "schema",
                "summary": "The JSON Schema of a case",
                "parameters": [question],
                "responses": _responses(
                    "JSON Schema 2020-12",
                    {"application/schema+json": {"schema": {"type": "object"}}},
                    (Kind.INVALID, Kind.TIMEOUT),
                ),
            }
        },
        "/v1/questions": _get("questions", "What can be asked", "Questions"),
        "/v1/corpus": _get("corpus", "What the answers rest on", "Corpus"),
        "/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "This description",
                "responses": _responses("OpenAPI 3.1", {body.JSON: {"schema": {"type": "object"}}}),
            }
        },
        "/health": _open("health", "Whether the process answers at all"),
        "/ready": _open("ready", "Whether it can decide: corpus loaded, log writable", (Kind.NOT_READY,)),
        "/metrics": {
            "get": {
                "operationId": "metrics",
                "summary": "Counts and times, for Prometheus",
                "responses": _responses("Metrics", {CONTENT_TYPE: {"schema": _TEXT}}),
            }
        },
    }


def _get(name: str, summary: str, schema: str) -> dict[str, Any]:
    content = {body.JSON: {"schema": _ref(schema)}}
    return {"get": {"operationId": name, "summary": summary, "responses": _responses(summary, content)}}


def _open(name: str, summary: str, kinds: Iterable[Kind] = ()) -> dict[str, Any]:
    """An address that needs no key."""
    content = {body.JSON: {"schema": _ref("Status")}}
    responses = _responses(summary, content, kinds)
    return {"get": {"operationId": name, "summary": summary, "responses": responses, "security": []}}


def _responses(text: str, content: Mapping[str, Any], kinds: Iterable[Kind] = ()) -> dict[str, Any]:
    """The response of a success, and those of the refusals by status."""
    by_status: dict[int, list[Kind]] = {}
    for kind in (*kinds, *_ANYWHERE):
        by_status.setdefault(kind.status, []).append(kind)
    refusals = {
        str(status): {
            "description": "; ".join(f"{kind.slug}: {kind.title.en}" for kind in given),
            "headers": {"X-Request-Id": {"schema": _TEXT}},
            "content": {problem.MEDIA_TYPE: {"schema": _ref("Problem")}},
        }
        for status, given in sorted(by_status.items())
    }
    ok = {
        "description": text,
        "headers": {"X-Request-Id": {"schema": _TEXT}},
        "content": dict(content),
    }
    return {"200": ok, **refusals}


def _components(corpus: Corpus) -> dict[str, Any]:
    return {
        "Case": _case(corpus),
        **_decision(),
        "Request": _request(corpus),
        "Answer": _object({"id": _ID, "decision": _ref("Decision"), "receipt": _nullable("Receipt")}),
        "BatchLine": {
            "oneOf": [
                _object(
                    {
                        "line": _COUNT,
                        "id": _ID,
                        "decision": _ref("Decision"),
                        "receipt": _nullable("Receipt"),
                    }
                ),
                _object({"line": _COUNT, "problem": _ref("Problem")}),
            ]
        },
        "Receipt": _object({"sequence": _COUNT, "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
        "Problem": _object(
            {
                "type": {"type": "string", "enum": [kind.type for kind in Kind]},
                "title": _TEXT,
                "status": {"type": "integer"},
                "detail": _TEXT,
                "request_id": _TEXT,
                "problems": {"type": "array", "items": _ref("Mistake")},
            }
        ),
        "Mistake": _object(
            {
                "path": {"type": "string", "description": "a JSON pointer into what was sent"},
                "code": _TEXT,
                "message": _object({"zh": _TEXT, "en": _TEXT}),
                "expected": _TEXT,
            }
        ),
        "Status": _object({"status": {"const": "ok"}}),
        "Questions": _object({"questions": {"type": "array", "items": _QUESTION}}),
        "Corpus": _CORPUS,
    }


def _request(corpus: Corpus) -> dict[str, Any]:
    first, last = corpus.horizon
    day = {"type": "string", "format": "date", "pattern": patterns.days(first, last)}
    readings = {
        name: {"type": "string", "enum": list(reading.choices)} for name, reading in corpus.readings.items()
    }
    return {
        "type": "object",
        "properties": {
            "question": {"type": ["string", "null"], "enum": [*corpus.questions, None]},
            "case": _ref("Case"),
            "on": {**day, "examples": [last.isoformat()]},
            "at": {"type": "string", "enum": list(corpus.places)},
            "law_date": {**day, "type": ["string", "null"]},
            "readings": {"type": ["object", "null"], "properties": readings, "additionalProperties": False},
            "id": _ID,
        },
        "required": ["case", "on", "at"],
        "additionalProperties": False,
    }


def _case(corpus: Corpus) -> dict[str, Any]:
    return {name: value for name, value in corpus.schema().items() if name != "$schema"}


def _decision() -> dict[str, Any]:
    """The schema of a decision; what it defines beside it becomes components of their own."""
    within = f"{_SCHEMAS}decision."
    schema = json.loads(decision_schema().replace('"#/$defs/', f'"{within}'))
    parts = {f"decision.{name}": each for name, each in schema["$defs"].items()}
    return {"Decision": {"$ref": schema["$ref"]}, **parts}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"{_SCHEMAS}{name}"}


def _nullable(name: str) -> dict[str, Any]:
    return {"anyOf": [_ref(name), {"type": "null"}]}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


_NULLABLE: Final = {"type": ["string", "null"]}
_ID: Final = {"type": ["string", "integer", "null"], "maxLength": MAX_ID}
_COUNT: Final = {"type": "integer", "minimum": 1}
_DAY: Final = {"type": "string", "format": "date"}
_QUESTION: Final = _object(
    {
        "name": _TEXT,
        "kind": {"enum": ["act", "outcome"]},
        "bearer": _NULLABLE,
        "action": _NULLABLE,
        "patient": _NULLABLE,
        "outcome": _NULLABLE,
        "parties": _STRINGS,
    }
)
_CORPUS: Final = _object(
    {
        "digest": _TEXT,
        "engine": {"type": "object", "additionalProperties": _TEXT},
        "horizon": _object({"first": _DAY, "last": _DAY}),
        "instruments": {
            "type": "array",
            "items": _object(
                {
                    "id": _TEXT,
                    "title": _TEXT,
                    "number": _NULLABLE,
                    "issuer": _TEXT,
                    "territory": _TEXT,
                    "rank": _NULLABLE,
                    "issued": {**_DAY, "type": ["string", "null"]},
                    "in_force_from": {**_DAY, "type": ["string", "null"]},
                    "in_force_until": {**_DAY, "type": ["string", "null"]},
                    "standing": _TEXT,
                    "readings": _STRINGS,
                }
            ),
        },
        "places": _STRINGS,
        "readings": {
            "type": "array",
            "items": _object(
                {"name": _TEXT, "choices": _STRINGS, "default": _TEXT, "citations": _STRINGS, "note": _TEXT}
            ),
        },
    }
)
