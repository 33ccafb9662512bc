"""SIGKILL at a random moment: what was acknowledged is there, and nothing half-written has a final name."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from random import Random

import httpx
import pytest

from faults.commands import Desk, told
from guiju.decisions.log import Receipt, open_log
from served import RULES, Server, asked, wait_until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is no such signal there")

ASK = ("--question", "经营", "--on", "2026-11-22", "--at", "东区")
ROWS = 3_000


@pytest.mark.parametrize(
    ("seed", "times"), [(1, 3), pytest.param(2, 50, marks=pytest.mark.slow)], ids=["fast", "slow"]
)
def test_a_batch_that_is_killed(desk: Desk, seed: int, times: int) -> None:
    """The answers of yesterday are there, or all of today; the next run is not hindered."""
    line = json.dumps({"摊主": {"年龄": 30, "占道": False}}, ensure_ascii=False)
    (desk.folder / "cases.jsonl").write_text(f"{line}\n" * ROWS, encoding="utf-8")
    arguments = ("decide", "rules.gj", *ASK, "--input", "cases.jsonl", "--output", "answers.jsonl")
    whole = desk.run(*arguments, "--verify", "0")
    told(whole, 0)
    answers, random = desk.folder / "answers.jsonl", Random(seed)
    today = answers.read_bytes()
    for _ in range(times):
        answers.write_text("yesterday", encoding="utf-8")
        process = desk.start(*arguments)
        begun = _until_begun(desk.folder, process)
        time.sleep(random.random() * 0.2 if begun else 0)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert answers.read_bytes() in (b"yesterday", today)
    told(desk.run(*arguments), 0)
    assert answers.read_bytes() == today


def _until_begun(folder: Path, process: subprocess.Popen[str]) -> bool:
    """Wait until the run writes, which it does under another name, or is over."""
    while process.poll() is None:
        if any(each.name.startswith(".answers") for each in folder.iterdir()):
            return True
        time.sleep(0.005)
    return False


@pytest.mark.parametrize(
    ("seed", "times"), [(1, 3), pytest.param(2, 50, marks=pytest.mark.slow)], ids=["fast", "slow"]
)
def test_a_service_that_is_killed(tmp_path: Path, seed: int, times: int) -> None:
    """Every receipt that a caller has is in the log; each start goes on with the chain where it ended."""
    rules, random = tmp_path / "rules.gj", Random(seed)
    rules.write_text(RULES, encoding="utf-8")
    receipts: list[dict[str, object]] = []
    for number in range(times):
        with Server(rules, "--log", "log.sqlite") as server:
            _asked_until_killed(server, random.randint(0, 80), receipts)
        with open_log(tmp_path / "log.sqlite", read_only=number % 2 == 0) as log:
            kept = {each.sequence: each.digest for each in log.entries()}
            result = log.verify(_last(receipts))
        assert (result.intact, result.anchored) == (True, bool(receipts)), result
        assert all(kept[each["sequence"]] == each["digest"] for each in receipts)
    assert receipts


def _asked_until_killed(server: Server, count: int, receipts: list[dict[str, object]]) -> None:
    """Ask from several sides, alone and in batches, and kill the process after so many answers."""
    batch = b"".join(json.dumps(asked(id=n)).encode() + b"\n" for n in range(100))

    def ask(many: bool) -> None:
        with httpx.Client(base_url=server.url, timeout=30) as client:
            try:
                while True:
                    if many:
                        headers = {"Content-Type": "application/jsonl"}
                        with client.stream(
                            "POST", "/v1/decide/batch", content=batch, headers=headers
                        ) as lines:
                            receipts.extend(json.loads(line)["receipt"] for line in lines.iter_lines())
                    else:
                        receipts.append(client.post("/v1/decide", json=asked()).json()["receipt"])
            except httpx.HTTPError:  # it is dead
                pass
            except json.JSONDecodeError:  # a line that was torn: it counts as none
                assert many

    asking = [threading.Thread(target=ask, args=(many,)) for many in (False, False, True)]
    for each in asking:
        each.start()
    known = len(receipts)
    wait_until(lambda: len(receipts) >= known + count)
    server.process.send_signal(signal.SIGKILL)
    for each in asking:
        each.join()


def _last(receipts: list[dict[str, object]]) -> Receipt | None:
    """The last entry that somebody knows of."""
    known = [Receipt(int(str(each["sequence"])), str(each["digest"])) for each in receipts]
    return max(known, key=lambda each: each.sequence, default=None)


def test_a_log_whose_last_record_is_torn(tmp_path: Path) -> None:
    """What was being written when the power went is not there; all before it is, and the log goes on."""
    from decision_entries import entry

    path, torn = tmp_path / "log.db", tmp_path / "torn.db"
    with open_log(path) as log:
        log.append_many([entry(n) for n in range(3)])
        first = log.head()
        before = path.with_name("log.db-wal").stat().st_size
        log.append(entry(3))
        ahead = path.with_name("log.db-wal").read_bytes()
        data = path.read_bytes()
    for cut in range(before + 1, len(ahead), max(1, (len(ahead) - before) // 40)):
        torn.write_bytes(data)
        torn.with_name("torn.db-wal").write_bytes(ahead[:cut])
        torn.with_name("torn.db-shm").unlink(missing_ok=True)
        with open_log(torn) as log:
            result = log.verify(first)
            assert (result.intact, result.entries) == (True, 3)
            log.append(entry(4))
            assert log.verify(first).entries == 4
