"""What every request passes: ids, keys, limits, counts, the log, and failures of our own."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from guiju.decisions.corpus import Corpus
from guiju.http import keys
from guiju.http.lines import LOGGER, Formatter
from served import Client, asked, wait_until


class Slow:
    """A corpus that waits before it answers, until it may."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self.asked, self.may = corpus, threading.Semaphore(0), threading.Event()

    def decide(self, *arguments: Any, **options: Any) -> Any:
        self.asked.release()
        assert self.may.wait(120)
        return self.corpus.decide(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.corpus, name)


class Broken:
    """A corpus with a defect, which shows what it was asked in its message."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def decide(self, case: object, *arguments: Any, **options: Any) -> Any:
        raise RuntimeError(f"secret fact {case}")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.corpus, name)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service writes to its log."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Formatter())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    yield written
    LOGGER.removeHandler(handler)


def lines(log: io.StringIO, event: str) -> list[dict[str, Any]]:
    """The lines of the log about ``event``."""
    return [line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == event]


def post(client: Client, **headers: str) -> httpx.Response:
    """A request that would be answered, with these headers."""
    return client.post(
        "/v1/decide", json=asked(), headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


@pytest.mark.parametrize(
    ("given", "taken"),
    [("abc-1.2_X", True), ("x" * 101, False), ("a b", False), ('a"b', False), ("", False), ("甲", False)],
)
def test_a_request_id_is_taken_over_when_it_is_well_formed(client: Client, given: str, taken: bool) -> None:
    """Otherwise there is a new one."""
    response = client.get("/health", headers={"X-Request-Id": given.encode()})
    found = response.headers["x-request-id"]
    assert (found == given) == taken
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,100}", found)


@pytest.fixture
def ring(tmp_path: Path) -> tuple[Path, str]:
    """A file of keys, and the key of 窗口 in it."""
    path = tmp_path / "keys.json"
    return path, keys.add(path, "窗口")


def test_a_key_lets_in(start: Callable[..., Client], ring: tuple[Path, str]) -> None:
    """In either header; everything but the two addresses for those who watch needs one."""
    client = start(keys=ring[0])
    for path in ("/v1/corpus", "/v1/questions", "/v1/schema", "/openapi.json", "/metrics", "/nothing"):
        assert client.get(path).status_code == 401
    assert client.get("/health").status_code == client.get("/ready").status_code == 200
    assert post(client, Authorization=f"Bearer {ring[1]}").status_code == 200
    assert post(client, X_API_Key=ring[1]).status_code == 200


@pytest.mark.parametrize("wrong", ["", "x", "guiju_" + "A" * 43])
def test_a_wrong_key_does_not(start: Callable[..., Client], ring: tuple[Path, str], wrong: str) -> None:
    """401, which says how to identify oneself, and nothing is recorded."""
    client = start(keys=ring[0])
    for headers in ({"Authorization": f"Bearer {wrong}"}, {"Authorization": wrong}, {"X_API_Key": wrong}, {}):
        response = post(client, **headers)
        assert (response.status_code, response.json()["type"]) == (401, "urn:guiju:problem:unauthorized")
        assert response.headers["www-authenticate"].startswith("Bearer")
    journal = client.service.journal
    assert journal is not None
    assert journal.log.head().sequence == 0


def test_keys_are_heeded_as_they_are_now(start: Callable[..., Client], ring: tuple[Path, str]) -> None:
    """A new key counts at once, a revoked one no longer, and without a readable file nobody gets in."""
    path, first = ring
    client = start(keys=path)
    assert post(client, X_API_Key=first).status_code == 200
    second = keys.add(path, "乙")
    keys.revoke(path, "窗口")
    assert post(client, X_API_Key=second).status_code == 200
    assert post(client, X_API_Key=first).status_code == 401
    path.write_text("{", encoding="utf-8")
    response = post(client, X_API_Key=second)
    assert (response.status_code, response.json()["type"]) == (503, "urn:guiju:problem:keys-unavailable")
    path.unlink()
    assert post(client, X_API_Key=second).status_code == 503


def test_too_many_at_a_time(start: Callable[..., Client], corpus: Corpus) -> None:
    """The next one is told to come again; health is still told."""
    slow = Slow(corpus)
    client = start({"corpus": slow}, concurrent=2)
    requests = [client.http.build_request("POST", "/v1/decide", json=asked()) for _ in range(2)]
    running = [asyncio.run_coroutine_threadsafe(client.http.send(each), client.loop) for each in requests]
    assert slow.asked.acquire(timeout=10)
    assert slow.asked.acquire(timeout=10)
    refused = post(client)
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:guiju:problem:busy")
    assert refused.headers["retry-after"] == "1"
    assert client.get("/health").status_code == 200
    assert "guiju_running_requests 2.0" in client.get("/metrics").text
    slow.may.set()
    assert [each.result().status_code for each in running] == [200, 200]
    assert post(client).status_code == 200
    assert "guiju_running_requests 0.0" in client.get("/metrics").text


def test_a_decision_that_takes_too_long(start: Callable[..., Client], corpus: Corpus) -> None:
    """503, nothing recorded; its thread is not used meanwhile, and when all are held it is not ready."""
    slow = Slow(corpus)
    client = start({"corpus": slow}, timeout=2.0, threads=1)
    response = post(client)
    assert (response.status_code, response.json()["type"]) == (503, "urn:guiju:problem:timeout")
    ready = client.get("/ready")
    assert (ready.status_code, [p["code"] for p in ready.json()["problems"]]) == (503, ["threads"])
    assert "guiju_overdue_threads 1.0" in client.get("/metrics").text
    assert client.service.journal is not None
    assert client.service.journal.log.head().sequence == 0
    slow.may.set()
    wait_until(lambda: not client.service.workroom.overdue)
    assert client.get("/ready").status_code == 200
    assert post(client).status_code == 200


def test_a_body_that_does_not_arrive(start: Callable[..., Client]) -> None:
    """408."""

    async def pieces() -> Any:
        yield b"{"
        await asyncio.sleep(5)
        yield b"}"

    client = start(timeout=0.2)
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/decide", content=pieces(), headers=headers)
    assert (response.status_code, response.json()["type"]) == (408, "urn:guiju:problem:too-slow")


def test_a_defect_of_ours(start: Callable[..., Client], corpus: Corpus, log: io.StringIO) -> None:
    """500 without a word of it; the log has the trace under the request id, and nothing of the case."""
    client = start({"corpus": Broken(corpus)})
    response = post(client, X_Request_Id="mine")
    assert response.status_code == 500
    assert response.json() == {
        "type": "urn:guiju:problem:internal-error",
        "title": "内部错误 / Internal error",
        "status": 500,
        "detail": "内部错误 / Internal error",
        "request_id": "mine",
        "problems": [],
    }
    (line,) = lines(log, "internal-error")
    assert line["request_id"] == "mine"
    assert line["error"][0]["type"] == "builtins.RuntimeError"
    assert any(at.endswith(" decide") for at in line["error"][0]["at"])
    assert "secret" not in log.getvalue()


def test_each_request_is_a_line(
    start: Callable[..., Client], ring: tuple[Path, str], log: io.StringIO
) -> None:
    """With who asked, what came out and how long it took; without the case and the key."""
    client = start(keys=ring[0])
    post(client, X_API_Key=ring[1], X_Request_Id="r1")
    client.get("/nothing", headers={"X-API-Key": ring[1]})
    post(client, X_API_Key="wrong")
    first, second, third = lines(log, "request")
    seconds = first.pop("seconds")
    assert isinstance(seconds, float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first.pop("time"))
    assert isinstance(first.pop("process"), int)
    assert first == {
        "level": "info",
        "event": "request",
        "request_id": "r1",
        "key": "窗口",
        "method": "POST",
        "path": "/v1/decide",
        "status": 200,
        "question": "摊主·登记",
        "verdict": "ineligible",
    }
    assert (second["path"], second["status"], second["verdict"]) == ("/nothing", 404, None)
    assert (third["key"], third["status"]) == (None, 401)
    assert "年龄" not in log.getvalue()
    assert ring[1] not in log.getvalue()


def test_metrics_move(client: Client) -> None:
    """Requests by address and status, verdicts, entries of the log."""
    post(client)
    post(client)
    client.post("/v1/decide", json=asked(at="火星"))
    client.get("/etc/passwd")
    text = client.get("/metrics").text
    for line in (
        'guiju_requests_total{method="POST",path="/v1/decide",status="200"} 2.0',
        'guiju_requests_total{method="POST",path="/v1/decide",status="422"} 1.0',
        'guiju_requests_total{method="GET",path="other",status="404"} 1.0',
        'guiju_verdicts_total{verdict="ineligible"} 2.0',
        "guiju_log_entries_sum 2.0",
        'guiju_request_seconds_count{path="/v1/decide"} 3.0',
    ):
        assert line in text
    assert client.get("/metrics").headers["content-type"].startswith("text/plain")
