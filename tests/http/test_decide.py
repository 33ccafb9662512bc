"""One case over HTTP: what is answered, and every mistake with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from guiju.decisions.corpus import Corpus
from served import Client, asked

JSON = {"Content-Type": "application/json"}


def refused(client: Client, status: int, content: bytes, headers: dict[str, str] = JSON) -> dict[str, Any]:
    """The problem document with which this body is refused."""
    response = client.post("/v1/decide", content=content, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert set(document) == {"type", "title", "status", "detail", "request_id", "problems"}
    assert document["status"] == status
    assert document["request_id"] == response.headers["x-request-id"]
    return document


def mistakes(client: Client, **changes: Any) -> list[tuple[str, str]]:
    """The path and the code of each mistake in a request with these changes."""
    found = refused(client, 422, json.dumps(asked(**changes)).encode())
    assert found["type"] == "urn:guiju:problem:invalid-input"
    assert all(set(each["message"]) == {"zh", "en"} for each in found["problems"])
    return [(each["path"], each["code"]) for each in found["problems"]]


def test_the_answer_is_the_decision(client: Client, corpus: Corpus) -> None:
    """The same as in process, with the caller's own id and its place in the log."""
    request = asked(id="甲-1")
    response = client.post("/v1/decide", json=request)
    assert response.status_code == 200
    expected = corpus.decide(request["case"], request["question"], on="2026-11-22", at="东区")
    answer = response.json()
    assert answer["decision"] == expected.to_dict()
    assert answer["decision"]["answers"][0]["verdict"] == "ineligible"
    assert answer["id"] == "甲-1"
    assert answer["receipt"]["sequence"] == 1


def test_without_a_question_everything_is_answered(client: Client) -> None:
    """All that concerns the parties of the case and has something to say."""
    request = asked(question=None, case={"摊主": {"占道": True, "年龄": 17, "应缴": 200, "违规": []}})
    answers = client.post("/v1/decide", json=request).json()["decision"]["answers"]
    assert {each["topic"]: each["verdict"] for each in answers} == {
        "摊主·经营": "ineligible",
        "摊主·登记": "ineligible",
        "处理": "answered",
    }


def test_readings_and_law_date_are_heeded(client: Client) -> None:
    """A choice of reading changes the verdict; both are in the decision."""
    request = asked(case={"摊主": {"年龄": 18}}, readings={"大小": "不含十八"}, law_date="2020-06-01")
    decision = client.post("/v1/decide", json=request).json()["decision"]
    assert decision["answers"][0]["verdict"] == "ineligible"
    assert (decision["readings"], decision["law_date"]) == ({"大小": "不含十八"}, "2020-06-01")


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"case": {"摊主": {"年龄": "十七"}}}, "/case/摊主/年龄", "type"),
        ({"case": {"摊主": {"年龄": True}}}, "/case/摊主/年龄", "type"),
        ({"case": {"摊主": {"年龄": 17.5}}}, "/case/摊主/年龄", "precision"),
        ({"case": {"摊主": {"年龄": 1e30}}}, "/case/摊主/年龄", "range"),
        ({"case": {"摊主": {"年龄": 10**30}}}, "/case/摊主/年龄", "range"),
        ({"case": {"摊主": {"年龄": {"value": 17, "unit": "月"}}}}, "/case/摊主/年龄", "unit"),
        ({"case": {"摊主": {"证件": "临时的"}}}, "/case/摊主/证件", "enumeration"),
        ({"case": {"摊主": {"申请日": "2025-02-30"}}}, "/case/摊主/申请日", "date"),
        ({"case": {"摊主": {"申请日": "1999-01-01"}}}, "/case/摊主/申请日", "range"),
        ({"case": {"摊主": {"身高": 170}}}, "/case/摊主/身高", "unknown-fact"),
        ({"case": {"店主": {"年龄": 17}}}, "/case/店主", "unknown-entity"),
        ({"case": {"摊主": {"违规": [{"时间": "2025-02-30"}]}}}, "/case/摊主/违规/0/时间", "date"),
        ({"case": {"摊主": {"违规": {}}}}, "/case/摊主/违规", "type"),
        ({"case": []}, "/case", "type"),
        ({"case": None}, "/case", "missing"),
        ({"on": "2025-02-30"}, "/on", "date"),
        ({"on": "1999-01-01"}, "/on", "range"),
        ({"on": 20250101}, "/on", "date"),
        ({"on": None}, "/on", "missing"),
        ({"at": "火星"}, "/at", "unknown-place"),
        ({"at": 7}, "/at", "unknown-place"),
        ({"question": "飞行"}, "/question", "unknown-question"),
        ({"question": 7}, "/question", "type"),
        ({"law_date": "昨天"}, "/law_date", "date"),
        ({"readings": {"大小": "随便"}}, "/readings/大小", "unknown-choice"),
        ({"readings": {"长短": "长"}}, "/readings/长短", "unknown-reading"),
        ({"readings": []}, "/readings", "type"),
        ({"readings": {"大小": ["含十八"]}}, "/readings/大小", "unknown-choice"),
        ({"id": {"a": 1}}, "/id", "type"),
        ({"id": "x" * 201}, "/id", "type"),
        ({"quesiton": "摊主·登记"}, "/quesiton", "unknown-member"),
    ],
)
def test_a_mistake_is_placed(client: Client, changes: dict[str, Any], path: str, code: str) -> None:
    """Each kind of mistake gets 422, its place in what was sent and a code."""
    assert mistakes(client, **changes) == [(path, code)]


def test_all_mistakes_are_named_at_once(client: Client) -> None:
    """In the members and in the case."""
    found = mistakes(client, on=None, at="火星", foo=1, case={"摊主": {"年龄": 3, "身高": 1}})
    assert sorted(found) == [
        ("/at", "unknown-place"),
        ("/case/摊主/年龄", "range"),
        ("/case/摊主/身高", "unknown-fact"),
        ("/foo", "unknown-member"),
        ("/on", "missing"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json"),
        (b"{", "json"),
        (b"{'a': 1}", "json"),
        (b'{"case": NaN}', "number"),
        (b'{"case": -Infinity}', "number"),
        (b'{"case": 1e999999999999999999999}', "number"),
        (b'{"id": ' + b"1" * 100 + b"}", "number"),
        (b'{"case": {}, "case": {}}', "duplicate-key"),
        (b'{"case": {"a": {"b": 1, "b": 2}}}', "duplicate-key"),
        (b'{"case": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too-deep"),
        (b'{"case": [' + b"1," * 20_000 + b"1]}", "too-many-values"),
        (b'{"at": "\xff\xfe"}', "encoding"),
        (b'{"at": "\\ud800"}', "encoding"),
        ("{}".encode("utf-16"), "encoding"),
    ],
)
def test_what_is_no_json_for_us(client: Client, content: bytes, code: str) -> None:
    """400, and in what it is none."""
    found = refused(client, 400, content)
    assert [each["code"] for each in found["problems"]] == [code]


@pytest.mark.parametrize("content", [b"[]", b"null", b'"x"', b"7"])
def test_a_body_that_is_no_object(client: Client, content: bytes) -> None:
    """JSON, but no request."""
    assert refused(client, 422, content)["problems"][0]["code"] == "type"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": ""},
        {"Content-Type": "application/json; charset=gbk"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_another_type_of_content(client: Client, headers: dict[str, str]) -> None:
    """415: nothing is guessed from what the bytes look like."""
    assert refused(client, 415, b"{}", headers)["type"] == "urn:guiju:problem:unsupported-media-type"


def test_a_body_that_is_too_large(start: Callable[..., Client]) -> None:
    """413, also when it does not say beforehand how long it is."""
    client = start(max_body=2_000)
    assert refused(client, 413, b" " * 2_001)["problems"][0]["expected"] == "at most 2000 bytes"

    async def pieces() -> Any:
        for _ in range(1_000):
            yield b" " * 100

    response = client.post("/v1/decide", content=pieces(), headers=JSON)
    assert response.status_code == 413


def test_what_can_be_asked(client: Client, corpus: Corpus) -> None:
    """The questions, the corpus and the schema of a case are those of the corpus."""
    questions = client.get("/v1/questions").json()["questions"]
    assert [each["name"] for each in questions] == list(corpus.questions)
    assert questions[0] == {
        "name": "摊主·经营",
        "kind": "act",
        "bearer": "摊主",
        "action": "经营",
        "patient": None,
        "outcome": None,
        "parties": ["摊主"],
    }
    found = client.get("/v1/corpus").json()
    assert (found["digest"], found["engine"]) == (corpus.digest, dict(corpus.engine))
    assert found["places"] == ["省", "市", "东区"]
    assert found["readings"][0]["choices"] == ["含十八", "不含十八"]
    assert found["readings"][0]["citations"] == ["第三条"]
    (instrument,) = found["instruments"]
    assert (instrument["title"], instrument["issued"]) == ("摊位办法", "2019-12-01")
    assert (instrument["in_force_from"], instrument["in_force_until"]) == ("2020-01-01", None)
    assert client.get("/v1/schema").json() == corpus.schema()
    one = client.get("/v1/schema", params={"question": "摊主·登记"})
    assert one.json() == corpus.schema("摊主·登记")
    unknown = client.get("/v1/schema", params={"question": "飞行"})
    assert (unknown.status_code, unknown.json()["problems"][0]["path"]) == (422, "/question")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/v1/decide/", 404),
        ("GET", "/v1/decide", 405),
        ("POST", "/health", 405),
        ("DELETE", "/v1/corpus", 405),
        ("OPTIONS", "/v1/decide", 405),
    ],
)
def test_other_addresses_and_methods(client: Client, method: str, path: str, status: int) -> None:
    """Problem documents as well; 405 says which methods there are."""
    response = client.wait(client.http.request(method, path))
    assert (response.status_code, response.json()["status"]) == (status, status)
    assert response.headers["content-type"] == "application/problem+json"
    assert ("allow" in response.headers) == (status == 405)
