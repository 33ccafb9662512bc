"""The service as processes: sockets, signals, several workers."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from guiju.decisions.log import open_log
from served import RULES, Server, asked

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are others there")

OLDER = RULES.replace("年龄 < 18岁", "年龄 < 21岁")
LINES = {"Content-Type": "application/jsonl"}
TWENTY = asked(case={"摊主": {"年龄": 20}})


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server on the rules of these tests; it ends with the test."""
    rules = tmp_path / "rules.gj"
    rules.write_text(RULES, encoding="utf-8")
    started: list[Server] = []

    def begin(*arguments: str) -> Server:
        started.append(Server(rules, *arguments))
        return started[-1]

    yield begin
    for each in started:
        with each:
            pass


def verdict(answer: dict[str, Any]) -> str:
    """The verdict in an answer."""
    return str(answer["decision"]["answers"][0]["verdict"])


def memory(server: Server) -> int:
    """The most memory that the process has used, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return 1024 * int(next(row for row in status.splitlines() if row.startswith("VmHWM")).split()[1])


def raw(server: Server, head: bytes, body: Iterator[bytes]) -> bytes:
    """What comes back for these bytes; the client sends on as long as it can."""
    url = httpx.URL(server.url)
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        connection.sendall(head)
        try:
            for piece in body:
                connection.sendall(piece)
        except OSError:  # nobody reads it
            pass
        return received(connection)


def received(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    try:
        while piece := connection.recv(2**16):
            found += piece
    except OSError:
        pass
    return found


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells how much memory was used")
def test_a_body_of_100_megabytes(start: Callable[..., Server]) -> None:
    """Is refused without being held, whether it says how long it is or not."""
    server = start()
    server.http.post("/v1/decide", json=asked())
    before = memory(server)
    head = b"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    piece = b"[" * 1_000_000
    known = raw(server, head + b"Content-Length: 100000000\r\n\r\n", iter([piece] * 100))
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    unknown = raw(server, head + b"Transfer-Encoding: chunked\r\n\r\n", iter([chunk] * 100))
    for found in (known, unknown):
        assert found.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in found
        assert b"urn:guiju:problem:too-large" in found
    assert memory(server) - before < 20_000_000
    assert server.http.post("/v1/decide", json=asked()).status_code == 200


@pytest.mark.parametrize(
    "sent", [b"GARBAGE\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n"]
)
def test_what_is_no_http(start: Callable[..., Server], sent: bytes) -> None:
    """Is refused by the server below us, also headers that are too large; the next request is answered."""
    server = start()
    assert raw(server, sent, iter(())).startswith(b"HTTP/1.1 400 ")
    assert server.http.post("/v1/decide", json=asked()).status_code == 200


def test_a_caller_who_goes_away(start: Callable[..., Server]) -> None:
    """Is no failure of ours: a line in the log, and nothing recorded."""
    server = start("--log", "log.sqlite")
    url = httpx.URL(server.url)
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        head = b"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        connection.sendall(head + b"X-Request-Id: gone\r\nContent-Length: 1000\r\n\r\n{")
    server.until(lambda: [each for each in server.all("request") if each["request_id"] == "gone"])
    (line,) = (each for each in server.all("request") if each["request_id"] == "gone")
    assert line["status"] == 499
    assert server.all("internal-error") == []
    assert server.http.post("/v1/decide", json=asked()).json()["receipt"]["sequence"] == 1


def test_a_client_that_reads_only_after_it_has_sent(start: Callable[..., Server], tmp_path: Path) -> None:
    """Both a large batch and its answers pass: neither waits for the other for ever."""
    server = start("--log", "none")
    line = json.dumps(asked(), ensure_ascii=False).encode() + b"\n"
    count = 6_000
    content = line * count
    head = b"POST /v1/decide/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/jsonl\r\n"
    head += f"Connection: close\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    found = raw(server, head, iter([content]))
    assert len(found) > 5_000_000
    assert found.count(b'"decision":') == count


def test_sigterm_finishes_what_runs(start: Callable[..., Server], tmp_path: Path) -> None:
    """A batch that has begun is answered to its end and recorded; the status is 0."""
    server = start("--log", "log.sqlite")
    content = b"".join(json.dumps(asked(id=n)).encode() + b"\n" for n in range(1_500))
    with server.http.stream("POST", "/v1/decide/batch", content=content, headers=LINES) as response:
        lines = response.iter_lines()
        found = [json.loads(next(lines))]
        server.process.send_signal(signal.SIGTERM)
        server.line("Shutting down")
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.url}/health")
        found += [json.loads(line) for line in lines]
    assert [each["id"] for each in found] == list(range(1_500))
    assert server.process.wait(30) == 0
    with open_log(tmp_path / "log.sqlite", read_only=True) as log:
        assert log.verify().entries == 1_500


def test_what_takes_too_long_is_ended(start: Callable[..., Server]) -> None:
    """After the time for that: a caller who sends no more cannot keep the service up."""
    server = start("--grace", "1", "--timeout", "60")
    url = httpx.URL(server.url)
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        head = b"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        connection.sendall(head + b"Content-Length: 10\r\n\r\n{")
        server.until(lambda: "guiju_running_requests 1.0" in server.http.get("/metrics").text)
        server.process.send_signal(signal.SIGTERM)
        found = received(connection)
    assert found.startswith(b"HTTP/1.1 503 ")
    assert b"urn:guiju:problem:stopping" in found
    assert server.process.wait(30) == 0


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_sighup_reloads_and_drops_nothing(start: Callable[..., Server], workers: int, tmp_path: Path) -> None:
    """While requests run, in each worker; rules with mistakes change nothing. The log is one whole chain."""
    server = start("--workers", str(workers), "--log", "log.sqlite")
    stop = threading.Event()
    answers: list[httpx.Response] = []

    def ask() -> None:
        with httpx.Client(base_url=server.url, timeout=60) as client:
            while not stop.is_set():
                answers.append(client.post("/v1/decide", json=TWENTY))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for each in asking:
        each.start()
    try:
        server.rules.write_text("规则", encoding="utf-8")
        server.process.send_signal(signal.SIGHUP)
        server.until(lambda: len(server.all("corpus-not-reloaded")) == workers)
        server.rules.write_text(OLDER, encoding="utf-8")
        server.process.send_signal(signal.SIGHUP)
        server.until(lambda: len(server.all("corpus-reloaded")) == workers)
        count = len(answers)
        server.until(lambda: len(answers) > count + 30)
    finally:
        stop.set()
        for each in asking:
            each.join()
    assert {each.status_code for each in answers} == {200}
    verdicts = [verdict(each.json()) for each in answers]
    assert verdicts[0] == "eligible"
    assert verdicts[-1] == "ineligible"
    with open_log(tmp_path / "log.sqlite", read_only=True) as log:
        verified = log.verify()
    assert (verified.intact, verified.entries) == (True, len(answers))
    receipts = sorted(each.json()["receipt"]["sequence"] for each in answers)
    assert receipts == list(range(1, len(answers) + 1))


@pytest.mark.slow
def test_workers_count_together_and_are_replaced(start: Callable[..., Server]) -> None:
    """Metrics are those of all; a worker that dies is started anew, and the service goes on."""
    server = start("--workers", "2", "--log", "none")
    for _ in range(20):  # each on a connection of its own, so that either worker may take it
        assert httpx.post(f"{server.url}/v1/decide", json=asked()).status_code == 200
    text = server.http.get("/metrics").text
    assert 'guiju_requests_total{method="POST",path="/v1/decide",status="200"} 20.0' in text
    pids = {each["process"] for each in server.all("Application startup complete.")}
    assert len(pids) == 2
    os.kill(pids.pop(), signal.SIGKILL)
    server.until(lambda: len(server.all("Application startup complete.")) == 3)
    for _ in range(10):
        assert httpx.post(f"{server.url}/v1/decide", json=asked()).status_code == 200
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) == 0
    assert server.other == []
