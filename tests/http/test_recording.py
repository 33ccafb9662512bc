"""What is answered is recorded, and what cannot be recorded is not answered."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx

from guiju.decisions.corpus import Corpus
from guiju.decisions.log import Entry, LogUnavailable, Receipt, open_log
from served import Client, asked, clock, wait_until


class Failing:
    """A log that fails, or waits, when it is told to."""

    def __init__(self, path: str) -> None:
        self.log = open_log(path)
        self.fails = False
        self.groups: list[int] = []
        self.may = threading.Event()
        self.may.set()
        self.begun = threading.Event()

    def append_many(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
        self.begun.set()
        assert self.may.wait(120)
        if self.fails:
            raise LogUnavailable("磁盘已满", "the disk is full")
        self.groups.append(len(entries))
        return self.log.append_many(entries)

    def head(self) -> Receipt:
        if self.fails:
            raise LogUnavailable("磁盘已满", "the disk is full")
        return self.log.head()

    def close(self) -> None:
        self.log.close()


def test_each_answer_is_an_entry(client: Client, corpus: Corpus, tmp_path: Path) -> None:
    """With the request as it was, the decision as it was sent, who asked and when; the chain is whole."""
    answers = []
    for age in (17, 18):
        request = asked(id=age, case={"摊主": {"年龄": age, "应缴": "1.50"}})
        headers = {"X-Request-Id": f"r{age}"}
        answers.append((request, client.post("/v1/decide", json=request, headers=headers).json()))
    client.post("/v1/decide", json=asked(at="火星"))
    with open_log(tmp_path / "log.sqlite", read_only=True) as log:
        assert log.verify().intact
        recorded = list(log.entries())
    assert len(recorded) == 2
    for found, (request, answer) in zip(recorded, answers, strict=True):
        assert answer["receipt"] == {"sequence": found.sequence, "digest": found.digest}
        assert json.loads(found.entry.record) == answer["decision"]
        assert json.loads(found.entry.request) == request
        assert found.entry.request_id == f"r{request['id']}"
        assert found.entry.at == clock().replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        assert (found.entry.corpus, found.entry.caller) == (corpus.digest, "")


def test_a_log_that_fails(start: Callable[..., Client], tmp_path: Path) -> None:
    """503 and no answer, not ready; when it works again, so does the service."""
    log = Failing(str(tmp_path / "failing.sqlite"))
    client = start({"open_log": lambda where: log})
    log.fails = True
    response = client.post("/v1/decide", json=asked())
    assert response.status_code == 503
    assert response.json()["type"] == "urn:guiju:problem:log-unavailable"
    assert "ineligible" not in response.text
    assert "磁盘" not in response.text
    ready = client.get("/ready")
    assert (ready.status_code, [p["code"] for p in ready.json()["problems"]]) == (503, ["log"])
    assert "guiju_log_failures_total 1.0" in client.get("/metrics").text
    lines = b"\n".join([json.dumps(asked()).encode(), b"{"])
    headers = {"Content-Type": "application/jsonl"}
    batch = client.post("/v1/decide/batch", content=lines, headers=headers)
    kinds = [json.loads(each)["problem"]["type"].rpartition(":")[2] for each in batch.text.splitlines()]
    assert kinds == ["log-unavailable", "malformed"]
    log.fails = False
    assert client.get("/ready").status_code == 200
    assert client.post("/v1/decide", json=asked()).json()["receipt"]["sequence"] == 1


def test_what_waits_is_written_together(start: Callable[..., Client], tmp_path: Path) -> None:
    """While one transaction is being written, the entries of others gather for the next."""
    log = Failing(str(tmp_path / "grouping.sqlite"))
    client = start({"open_log": lambda where: log})
    journal = client.service.journal
    assert journal is not None
    log.may.clear()

    def send(number: int) -> Future[httpx.Response]:
        request = client.http.build_request("POST", "/v1/decide", json=asked(id=number))
        return asyncio.run_coroutine_threadsafe(client.http.send(request), client.loop)

    running = [send(0)]
    wait_until(log.begun.is_set)
    running += [send(n) for n in range(1, 20)]
    wait_until(lambda: len(journal._queue) == 19)
    log.may.set()
    answers = [each.result(60).json() for each in running]
    assert sorted(each["receipt"]["sequence"] for each in answers) == list(range(1, 21))
    assert log.groups == [1, 19]
    assert log.log.verify().entries == 20


def test_no_log(start: Callable[..., Client]) -> None:
    """Answers without a receipt; ready all the same."""
    client = start(log=None)
    assert client.post("/v1/decide", json=asked()).json()["receipt"] is None
    assert client.get("/ready").status_code == 200


def test_an_answer_whose_caller_waits_no_longer_is_not_recorded(
    start: Callable[..., Client], tmp_path: Path
) -> None:
    """As long as its turn has not come."""
    log = Failing(str(tmp_path / "late.sqlite"))
    client = start({"open_log": lambda where: log}, timeout=2.0)
    assert client.post("/v1/decide", json=asked()).status_code == 200  # what is slow the first time is over
    log.begun.clear()
    log.may.clear()
    requests = [client.http.build_request("POST", "/v1/decide", json=asked()) for _ in range(3)]

    async def one_and_then_the_others() -> list[Any]:
        first = asyncio.ensure_future(client.http.send(requests[0]))
        while not log.begun.is_set() and not first.done():
            await asyncio.sleep(0.01)
        return [*await asyncio.gather(*(client.http.send(each) for each in requests[1:])), await first]

    found = client.wait(one_and_then_the_others())
    assert [each.status_code for each in found] == [503] * 3
    log.may.set()
    assert client.post("/v1/decide", json=asked()).status_code == 200
    assert log.groups == [1, 1, 1]
