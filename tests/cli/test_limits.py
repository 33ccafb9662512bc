"""A process crashes, is killed, takes too long or needs too much: it is said each time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guiju.cli import exits

RULES = """\
时限 2018-01-01 .. 2040-12-31
法域 市
位阶 市文件 级 20
机关 市局 级别 市文件 辖 市
实体 摊主
  事实 年龄: 整数 0..120 单位 岁
行为 出摊 主体 摊主
文件 办法
  标题 "办法"
  发布 市局
  地域 市
  施行 2020-01-01
规则 幼
  当 摊主.年龄 < 18岁
  则 摊主 不得 出摊
"""

CRASH = "os.kill(os.getpid(), signal.SIGSEGV)"
HANG = "time.sleep(600)"
GROW = "bytearray(1 << 40)"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.gj"
    path.write_text(RULES, encoding="utf-8")
    return path


def command(rules: Path, instead: str, *options: str) -> list[str]:
    """``guiju check`` with ``instead`` in the place of the analyses."""
    code = (
        "import os, signal, sys, time; from guiju.checker import check; import guiju.cli;"
        f"check.check = lambda *_: {instead};"
        f"sys.argv = ['guiju', 'check', {str(rules)!r}, '--lang', 'en', *{list(options)!r}]; guiju.cli.main()"
    )
    return [sys.executable, "-c", code]


def run(rules: Path, instead: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(rules, instead, *options), capture_output=True, text=True, check=False)


def test_a_crash_is_explained(rules: Path) -> None:
    """The system's status for it, no result, and a word in both languages."""
    ended = run(rules, CRASH)
    assert ended.returncode == -signal.SIGSEGV
    assert not ended.stdout
    assert "the solver crashed, or the process was killed" in ended.stderr
    assert "没有给出任何结果" in ended.stderr


def test_being_killed_is_explained(rules: Path, tmp_path: Path) -> None:
    """No report is left behind either."""
    report = tmp_path / "report.json"
    there = tmp_path / "there"
    waiting = f"(open({str(there)!r}, 'w').close(), {HANG})"
    started = command(rules, waiting, "--format", "json", "--output", str(report))
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not there.exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
        _, said = process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert "被终止" in said.decode()
    assert not report.exists()


def test_whoever_hangs_is_ended(rules: Path) -> None:
    """Also where nothing but another thread can still do it."""
    ended = run(rules, HANG, "--time-limit", "1")
    assert ended.returncode == exits.EXHAUSTED
    assert ended.stderr == "error: not done within 1 s: there is no result.\n"
    assert not ended.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not bound memory")
def test_memory_is_bounded(rules: Path) -> None:
    ended = run(rules, GROW, "--memory-limit", "2000")
    assert ended.returncode == exits.EXHAUSTED
    assert "there is not enough memory" in ended.stderr
    assert not ended.stdout


def test_native_code_that_fails_without_a_word(rules: Path) -> None:
    """Under a bound it is the memory; without one it is a defect."""
    silent = "(_ for _ in ()).throw(SystemError('f returned NULL without setting an exception'))"
    assert run(rules, silent, "--memory-limit", "4000").returncode == exits.EXHAUSTED
    assert run(rules, silent).returncode == exits.INTERNAL


def test_within_its_limits_nothing_is_said(rules: Path) -> None:
    """The observer is silent, and so is the clock."""
    options = ["check", str(rules), "--time-limit", "600", "--memory-limit", "4000", "--lang", "en"]
    ended = subprocess.run(
        [sys.executable, "-m", "guiju", *options], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (exits.CLEAN, "")
