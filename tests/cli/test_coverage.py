"""``guiju coverage``: counts, reasons and what is not covered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.checker import coverage
from guiju.checker import load as loading
from guiju.checker.coverage import InstrumentCoverage
from guiju.checker.load import Loaded
from guiju.cli.app import guiju
from report_samples import BROKEN, LOADED

WHOLE = InstrumentCoverage(
    "甲办法",
    "摊位管理办法",
    3,
    ("第三条",),
    (("第一条", "宣示", ""), ("第二条", "定义", "见第三条")),
    (),
    checkable=("第三条",),
)
PART = InstrumentCoverage("乙办法", "夜市管理办法", 2, ("第一条",), (), ("第九条",), partly=("第一条",))


def run(
    monkeypatch: pytest.MonkeyPatch,
    rows: tuple[InstrumentCoverage, ...],
    *arguments: str,
    loaded: Loaded = LOADED,
) -> Result:
    """The command on these rows."""
    monkeypatch.setattr(coverage, "coverage", lambda loaded: rows)

    def load(paths: Iterable[Path], parse_files: object = None) -> Loaded:
        return loaded

    monkeypatch.setattr(loading, "load", load)
    return CliRunner().invoke(guiju, ["coverage", "x.gj", *arguments])


def test_what_is_not_covered_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each omission with its reason; status 1 for what has none."""
    result = run(monkeypatch, (WHOLE, PART))
    assert (
        result.stdout
        == """\
《摊位管理办法》（甲办法）
  条款 3：已编码 1，注明理由 2，遗漏 0
    - 第一条：宣示
    - 第二条：定义 (见第三条)
  可检验 1 条（33%），另有 0 条有待判断或未写全
《夜市管理办法》（乙办法）
  条款 2：已编码 1，注明理由 0，遗漏 1
  可检验 0 条（0%），另有 1 条有待判断或未写全
    ! 第九条：遗漏
共 2 个文件，5 条，遗漏 1 条。
"""
    )
    assert result.exit_code == 1


def test_full_coverage_is_status_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reason is as good as an encoding."""
    assert run(monkeypatch, (WHOLE,)).exit_code == 0


def test_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as data."""
    document = json.loads(run(monkeypatch, (WHOLE, PART), "--format", "json").stdout)
    assert [row["uncovered"] for row in document["instruments"]] == [[], ["第九条"]]
    assert document["instruments"][0]["encoded"] == ["第三条"]
    assert document["instruments"][0]["omitted"][1] == {
        "citation": "第二条",
        "reason": "定义",
        "note": "见第三条",
    }


def test_sources_with_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is counted."""
    assert run(monkeypatch, (), loaded=BROKEN).exit_code == 2
