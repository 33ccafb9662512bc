"""A machine without enough memory: an answer, or none and status 71, at whatever point it runs out."""

from __future__ import annotations

import sys

import pytest

from faults.commands import Desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds the address space")


@pytest.mark.parametrize(
    "caps", [range(90, 91), pytest.param(range(80, 240, 8), marks=pytest.mark.slow)], ids=["fast", "slow"]
)
@pytest.mark.parametrize("command", ["check", "decide"])
def test_a_command_in_little_memory(desk: Desk, command: str, caps: range) -> None:
    """A whole answer or nothing at all; a native library that dies of it leaves no report either.

    Args:
        caps: MiB; with the least of them it cannot even import all that it needs, with the most it answers.
    """
    case = desk.folder.parent / "case.json"
    case.write_text('{"摊主": {}}', encoding="utf-8")
    ask = ("--case", str(case), "--question", "登记", "--on", "2026-11-22", "--at", "东区")
    arguments = {"check": ("check", "rules.gj"), "decide": ("decide", "rules.gj", *ask)}[command]
    whole = desk.run(*arguments)
    assert whole.returncode == {"check": 0, "decide": 3}[command], whole.stderr
    ended = set()
    for cap in caps:
        found = desk.run(*arguments, "-o", "out.txt", memory=cap << 20, environment={"GUIJU_CACHE_DIR": ""})
        out = desk.folder / "out.txt"
        if out.exists():
            assert (out.read_text(encoding="utf-8"), found.returncode) == (whole.stdout, whole.returncode)
            out.unlink()
            ended.add("answered")
        elif found.returncode == 71:
            assert "Traceback" not in found.stderr
            assert "memory" in found.stderr
            ended.add("no memory")
        else:  # a crash in native code, a canary, an error inside Python: whatever it is, it is no answer
            assert found.returncode not in (0, 1, 2), found
            assert found.returncode != 3 or "failed its own test" in found.stderr
            ended.add("died")
        assert desk.names() == []
    assert len(caps) == 1 or ended >= {"answered", "no memory"}
