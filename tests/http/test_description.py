"""The OpenAPI description is true: of the addresses, of what is taken and of what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from guiju.decisions.corpus import Corpus
from guiju.http.app import ROUTES
from served import RULES, Client, Server, asked

CHECKED = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]


@pytest.fixture
def found(client: Client) -> dict[str, Any]:
    """The description as it is served."""
    response = client.get("/openapi.json")
    assert response.headers["content-type"] == "application/json"
    document: dict[str, Any] = response.json()
    return document


def validator(found: dict[str, Any], name: str) -> Draft202012Validator:
    """A validator of a component."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": found["components"]})


def test_it_names_each_address(found: dict[str, Any]) -> None:
    """With its method, and no other; each has an id and says how it refuses."""
    described = {(method.upper(), path) for path, item in found["paths"].items() for method in item}
    assert described == set(ROUTES)
    operations = [each for item in found["paths"].values() for each in item.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    for each in operations:
        assert {"200", "401", "500", "503"} <= set(each["responses"])
        for status, response in each["responses"].items():
            assert ("application/problem+json" in response["content"]) == (status != "200")


def test_its_references_lead_somewhere(found: dict[str, Any]) -> None:
    """To components that are valid schemas."""
    text = json.dumps(found)
    for name, schema in found["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert f'"#/components/schemas/{name}"' in text or name == "BatchLine"
    for reference in set(_references(found)):
        assert reference.removeprefix("#/components/schemas/") in found["components"]["schemas"]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for name, each in value.items() if name == "$ref")
        yield from (each for inner in value.values() for each in _references(inner))
    elif isinstance(value, list):
        yield from (each for inner in value for each in _references(inner))


def test_what_comes_back_is_as_described(client: Client, found: dict[str, Any], corpus: Corpus) -> None:
    """Answers, refusals, lines of a batch, and what can be asked."""
    request = asked(
        id=1, question=None, case={"摊主": {"占道": True, "应缴": 200.5, "违规": [{"档": "暂停"}]}}
    )
    validator(found, "Request").validate(request)
    answer = client.post("/v1/decide", json=request)
    validator(found, "Answer").validate(answer.json())
    unknown = client.post("/v1/decide", json=asked(case={"摊主": {"证件": None}}))
    assert unknown.json()["decision"]["answers"][0]["verdict"] == "undetermined"
    validator(found, "Answer").validate(unknown.json())
    refusal = client.post("/v1/decide", json=asked(at="火星"))
    validator(found, "Problem").validate(refusal.json())
    headers = {"Content-Type": "application/jsonl"}
    lines = client.post("/v1/decide/batch", content=json.dumps(request) + "\n{", headers=headers).text
    for line in lines.splitlines():
        validator(found, "BatchLine").validate(json.loads(line))
    validator(found, "Corpus").validate(client.get("/v1/corpus").json())
    validator(found, "Questions").validate(client.get("/v1/questions").json())
    validator(found, "Status").validate(client.get("/health").json())
    assert found["components"]["schemas"]["Case"]["x-corpus"] == corpus.digest


def test_security_is_described_where_there_is_some(start: Callable[..., Client], tmp_path: Any) -> None:
    """With keys every address needs one but the two for those who watch."""
    from guiju.http import keys

    token = keys.add(tmp_path / "k.json", "a")
    headers = {"X-API-Key": token}
    found = start(keys=tmp_path / "k.json").get("/openapi.json", headers=headers).json()
    assert found["security"] == [{"bearer": []}, {"header": []}]
    free = [
        path for path, item in found["paths"].items() for each in item.values() if each.get("security") == []
    ]
    assert free == ["/health", "/ready"]


@schemathesis.serializer("application/jsonl")
def _lines(context: Any, value: Any) -> bytes:
    """A body that is described as a text, and whatever else is put in its place."""
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value).encode()


def fuzz(server: Server, examples: int) -> int:
    """How many requests were made from the description; each answer is as described, and none is a 5xx."""
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    limits = settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    made: list[int] = []

    def fires(checks: list[Any]) -> Callable[..., None]:
        def call(case: Any) -> None:
            made.append(1)
            case.call_and_validate(checks=checks)

        return call

    for operation in schema.get_all_operations():
        for mode in GenerationMode:
            right = mode is GenerationMode.POSITIVE and "batch" not in operation.ok().path
            checks = CHECKS.get_by_names([*CHECKED, *(["positive_data_acceptance"] if right else [])])
            try:
                strategy = operation.ok().as_strategy(generation_mode=mode)
                limits(given(case=strategy)(fires(checks)))()
            except Unsatisfiable:  # nothing about it can be wrong
                continue
    return len(made)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real one: through a socket."""
    rules = tmp_path_factory.mktemp("served") / "rules.gj"
    rules.write_text(RULES, encoding="utf-8")
    with Server(rules) as running:
        yield running


def test_requests_made_from_the_description(server: Server) -> None:
    """A few hundred, right and wrong ones."""
    assert fuzz(server, 50) > 200


@pytest.mark.slow
def test_many_requests_made_from_the_description(server: Server) -> None:
    """Some thousand."""
    assert fuzz(server, 500) > 1_500
