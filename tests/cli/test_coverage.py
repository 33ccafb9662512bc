"""``guiju coverage``: counts, reasons and what is not covered."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from attrs import frozen
from click.testing import CliRunner, Result

from guiju.checker import load as loading
from guiju.checker.load import Loaded
from guiju.cli.app import guiju
from report_samples import BROKEN, LOADED


@frozen
class Row:
    """The fields of ``InstrumentCoverage`` that the command shows."""

    instrument: str
    title: str
    total: int
    encoded: int
    omitted: tuple[tuple[str, str, str], ...]
    uncovered: tuple[str, ...]


WHOLE = Row("甲办法", "摊位管理办法", 12, 10, (("第一条", "宣示", ""), ("第二条", "定义", "见第三条")), ())
PART = Row("乙办法", "夜市管理办法", 9, 8, (), ("第九条",))


def run(
    monkeypatch: pytest.MonkeyPatch, rows: tuple[Row, ...], *arguments: str, loaded: Loaded = LOADED
) -> Result:
    """The command on these rows."""
    module = ModuleType("guiju.checker.coverage")
    module.coverage = lambda loaded: rows  # type: ignore[attr-defined]  # a module made for the test
    monkeypatch.setitem(sys.modules, "guiju.checker.coverage", module)
    monkeypatch.setattr("guiju.checker.coverage", module, raising=False)

    def load(paths: Iterable[Path]) -> Loaded:
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
  条款 12：已编码 10，注明理由 2，遗漏 0
    - 第一条：宣示
    - 第二条：定义 (见第三条)
《夜市管理办法》（乙办法）
  条款 9：已编码 8，注明理由 0，遗漏 1
    ! 第九条：遗漏
共 2 个文件，21 条，遗漏 1 条。
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
    assert document["instruments"][0]["omitted"][1] == {
        "citation": "第二条",
        "reason": "定义",
        "note": "见第三条",
    }


def test_sources_with_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is counted."""
    assert run(monkeypatch, (), loaded=BROKEN).exit_code == 2
