"""The service when the disk is full: no answer that is not recorded, no batch that waits for ever."""

from __future__ import annotations

import json
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults.commands import Desk, told
from guiju.decisions.loading import load_texts
from guiju.decisions.log import open_log
from guiju.http import spool
from guiju.http.service import service
from guiju.http.settings import Settings
from served import RULES, Client, Server, asked, clock

LINES = {"Content-Type": "application/jsonl"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server on small rules, with a log."""
    rules = tmp_path / "rules.gj"
    rules.write_text(RULES, encoding="utf-8")
    with Server(rules, "--log", "log.sqlite") as started:
        yield started


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits another process")
def test_a_log_on_a_full_disk(server: Server, tmp_path: Path) -> None:
    """Nothing is answered while it cannot be recorded; when there is room again the log is whole."""
    assert server.http.post("/v1/decide", json=asked()).status_code == 200
    pid, kind = server.process.pid, resource.RLIMIT_FSIZE
    _, most = resource.prlimit(pid, kind)
    resource.prlimit(pid, kind, ((tmp_path / "log.sqlite-wal").stat().st_size + 5000, most))
    refused = [server.http.post("/v1/decide", json=asked()) for _ in range(20)]
    batch = server.http.post("/v1/decide/batch", content=json.dumps(asked()), headers=LINES)
    answered = [each for each in refused if each.status_code == 200]
    assert len(answered) < 20
    assert {each.json()["type"] for each in refused[len(answered) :]} == {"urn:guiju:problem:log-unavailable"}
    assert json.loads(batch.text)["problem"]["status"] == 503
    resource.prlimit(pid, kind, (most, most))
    assert server.http.post("/v1/decide", json=asked()).json()["receipt"]["sequence"] == len(answered) + 2
    with open_log(tmp_path / "log.sqlite", read_only=True) as log:
        verified = log.verify()
    assert (verified.intact, verified.entries) == (True, len(answered) + 2)
    assert server.all("internal-error") == []


@pytest.mark.parametrize("where", ["rules.gj/log", "none/log"])
def test_a_log_that_cannot_be_there(desk: Desk, where: str) -> None:
    """The service does not start."""
    told(desk.run("serve", "rules.gj", "--port", "0", "--log", where), 2, where)


@pytest.mark.parametrize("fails", ["at once", "in moving to the disk", "in reading back"])
def test_a_batch_that_finds_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    """The last line says that the rest is not answered; the next batch is taken."""
    settings = Settings(paths=(tmp_path,), log=str(tmp_path / "log"))
    corpus = load_texts({"rules.gj": RULES})
    content = b"".join(json.dumps(asked(id=n)).encode() + b"\n" for n in range(50))
    with Client(service(settings, corpus, clock=clock)) as client:
        with monkeypatch.context() as patched:
            patched.setattr(spool, "SpooledTemporaryFile", lambda size: Full(fails))
            lines = client.post("/v1/decide/batch", content=content, headers=LINES).text.splitlines()
        found = [json.loads(line) for line in lines]
        assert [each["line"] for each in found] == list(range(1, len(found) + 1))
        assert len(found) < 50
        assert found[-1]["problem"]["status"] == 500
        assert all("decision" in each for each in found[:-1])
        again = client.post("/v1/decide/batch", content=content, headers=LINES).text.splitlines()
    assert len(again) == 50


class Full(tempfile.SpooledTemporaryFile[bytes]):
    """A file on a disk without room."""

    def __init__(self, fails: str) -> None:
        super().__init__(1 if fails == "in moving to the disk" else 2**20)
        self.fails = fails

    def write(self, data: Any) -> int:
        if self.fails == "at once":
            raise OSError(28, "No space left on device")
        return super().write(data)

    def rollover(self) -> None:
        self._file.truncate(0)  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    def readline(self, *size: Any) -> bytes:
        if self.fails == "in reading back":
            raise OSError(28, "No space left on device")
        return super().readline(*size)
