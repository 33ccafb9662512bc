"""``guiju check``: formats, selections, exit statuses, mistakes; loading and checking are replaced."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from guiju.checker import check as checking
from guiju.checker import load as loading
from guiju.checker.finding import FAMILIES, Report
from guiju.checker.load import Loaded
from guiju.checker.report.json_report import to_json
from guiju.cli import check as command
from guiju.cli.app import guiju
from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import InternalError
from report_samples import BROKEN, CLEAN, CONFLICT, CORPUS, FULL, HEADER, LOADED, SETTLED, UNDECIDED, report


class Desk:
    """Runs the command on what ``load`` and ``check`` are to answer; keeps what they were asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.loaded: Loaded = LOADED
        self.report: Report | Exception = FULL
        self.paths: list[Path] = []
        self.options = checking.Options()
        monkeypatch.setattr(loading, "load", self._load)
        monkeypatch.setattr(checking, "check", self._check)

    def _load(self, paths: Iterable[Path], parse_files: object = None) -> Loaded:
        self.paths = list(paths)
        return self.loaded

    def _check(self, corpus: Corpus, options: checking.Options, progress: object) -> Report:
        self.options = options
        if isinstance(self.report, BaseException):
            raise self.report
        return self.report

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(guiju, ["check", "x.gj", *arguments], env=env)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    return Desk(monkeypatch)


# --- exit statuses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "arguments", "expected"),
    [
        (CLEAN, [], 0),
        (report(CONFLICT), [], 1),
        (report(SETTLED), [], 0),
        (report(SETTLED), ["--fail-on", "warning"], 1),
        (report(HEADER), ["--fail-on", "warning"], 0),
        (report(HEADER), ["--fail-on", "info"], 1),
        (report(CONFLICT), ["--fail-on", "never"], 0),
        (report(undecided=(UNDECIDED,)), [], 3),
        (report(undecided=(UNDECIDED,)), ["--fail-on", "never"], 3),
        (report(CONFLICT, undecided=(UNDECIDED,)), [], 1),
        (report(SETTLED), ["--fail-on", "warning", "--severity", "error"], 1),
        (report(CONFLICT), ["--article", "第九十九条"], 0),
    ],
)
def test_exit_status(desk: Desk, found: Report, arguments: Sequence[str], expected: int) -> None:
    """Findings at the level: 1; else undecided questions: 3; else 0. What is hidden still counts."""
    desk.report = found
    assert expected == desk.run(*arguments).exit_code


# --- formats -------------------------------------------------------------------------------------


def test_text_in_a_pipe_is_plain_and_chinese(desk: Desk) -> None:
    """No colours, no progress, nothing on the error stream."""
    result = desk.run()
    assert result.stdout.startswith("错误 C101：“营业”既被要求又被禁止\n")
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "env"),
    [(["--lang", "en"], {}), ([], {"GUIJU_LANG": "en"}), (["--lang", "en"], {"GUIJU_LANG": "zh"})],
)
def test_english_by_option_or_environment(desk: Desk, arguments: list[str], env: dict[str, str]) -> None:
    """The option wins over the environment."""
    assert desk.run(*arguments, env=env).stdout.startswith("error C101: ")


def test_the_program_s_own_lang_holds_for_its_commands(desk: Desk) -> None:
    """``guiju --lang en check`` is ``guiju check --lang en``."""
    result = CliRunner().invoke(guiju, ["--lang", "en", "check", "x.gj"])
    assert result.stdout.startswith("error C101: ")


def test_json_is_the_report(desk: Desk) -> None:
    """Exactly the document of ``to_json``, whatever the terminal."""
    assert to_json(FULL, CORPUS) == desk.run("--format", "json").stdout


def test_sarif_has_a_result_for_each_finding(desk: Desk) -> None:
    """The log itself is tested with the report."""
    log = json.loads(desk.run("--format", "sarif").stdout)
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["C101", "C103", "T402"]


@pytest.mark.parametrize("format", ["text", "json", "sarif"])
def test_output_goes_to_a_file(desk: Desk, tmp_path: Path, format: str) -> None:
    """The file has what the standard output would have had, and nothing else is left behind."""
    target = tmp_path / "out"
    result = desk.run("--format", format, "--output", str(target))
    assert (result.stdout, result.exit_code) == ("", 1)
    assert desk.run("--format", format).stdout == target.read_text(encoding="utf-8")
    assert [target] == list(tmp_path.iterdir())


def test_an_output_that_cannot_be_written_is_an_error(desk: Desk, tmp_path: Path) -> None:
    """Named, with the reason; no traceback."""
    result = desk.run("--output", str(tmp_path / "missing" / "out"))
    assert result.exit_code == 2
    assert "错误：" in result.stderr
    assert "missing" in result.stderr


# --- what is asked -------------------------------------------------------------------------------


def test_options_reach_the_check(desk: Desk) -> None:
    """Families, date, readings, budget and filter, as values."""
    desk.run(
        *("--family", "gap", "--family", "conflict", "--as-of", "2026-07-01", "--budget", "5", "--no-filter"),
        *("--reading", "节假日=含周末", "--reading", "试行起算 ＝ 自印发日"),
    )
    options = desk.options
    assert options.families == frozenset({"gap", "conflict"})
    assert str(options.as_of) == "2026-07-01"
    assert options.readings == {"节假日": "含周末", "试行起算": "自印发日"}
    assert (options.budget, options.candidate_filter) == (5, False)


def test_defaults_are_those_of_the_check(desk: Desk) -> None:
    """Without options the command adds nothing of its own."""
    desk.run()
    assert checking.Options() == desk.options
    assert [Path("x.gj")] == desk.paths


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--severity", "error"], ["C101"]),
        (["--severity", "warning"], ["C101", "C103"]),
        (["--instrument", "甲办法"], ["C101", "C103"]),
        (["--instrument", "《夜市管理办法》"], ["C101", "C103", "T402"]),
        (["--article", "第九条（二）"], ["C101", "C103"]),
        (["--between", "甲办法", "夜市管理办法"], ["C101", "C103"]),
        (["--between", "甲办法.摊主节假日营业", "乙办法"], ["C101", "C103"]),
    ],
)
def test_selections(desk: Desk, arguments: list[str], expected: list[str]) -> None:
    """Which findings are shown; an instrument goes by its id or its title."""
    document = json.loads(desk.run("--format", "json", *arguments).stdout)
    assert expected == [finding["code"] for finding in document["findings"]]


def test_what_is_hidden_is_counted(desk: Desk) -> None:
    """A reader is told that there is more."""
    assert "另有 2 条级别较低的结论未显示。\n" in desk.run("--severity", "error").stdout


def test_an_article_that_no_rule_cites_is_noted(desk: Desk) -> None:
    """An empty answer to a mistyped article must not look like a clean one."""
    assert desk.run("--article", "第九十九条").stderr == "注意：没有规则引用 第九十九条。\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--reading", "节假=法定"], ["没有读法 '节假'", "是否想写：节假日？"]),
        (["--reading", "节假日=法"], ["没有节假日 的读法 '法'", "是否想写：法定？"]),
        (["--reading", "节假日=zzz"], ["已有的：法定、含周末"]),
        (["--reading", "节假日"], ["应写作 名称=读法"]),
        (["--reading", "节假日=法定", "--reading", "节假日=含周末"], ["两种读法"]),
        (["--instrument", "丙办法"], ["没有文件 '丙办法'", "是否想写："]),
        (["--between", "甲办法", "zzz"], ["没有文件或者规则 'zzz'"]),
        (["--as-of", "1999-01-01"], ["不在条文的时间范围 2020-01-01 至 2035-12-31"]),
        (["--as-of", "tomorrow"], ["--as-of"]),
        (["--family", "conflicts"], ["--family"]),
        (["--budget", "0"], ["--budget"]),
        (["--formt", "json"], ["--format"]),
    ],
)
def test_arguments_that_mean_nothing_are_refused(desk: Desk, arguments: list[str], words: list[str]) -> None:
    """Status 2, nothing on the standard output, and a hint."""
    result = desk.run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    for word in words:
        assert word in result.stderr


def test_the_families_are_all_there() -> None:
    """The command lists them itself, so that its help does not load the checker."""
    assert sorted(FAMILIES.values()) == sorted(command.FAMILIES)


# --- baselines -----------------------------------------------------------------------------------


def test_a_baseline_leaves_only_what_is_new(desk: Desk, tmp_path: Path) -> None:
    """Known findings neither show nor count; gone ones are told."""
    baseline = tmp_path / "old.json"
    baseline.write_text(to_json(report(CONFLICT, HEADER)), encoding="utf-8")
    desk.report = report(CONFLICT, SETTLED)
    result = desk.run("--baseline", str(baseline))
    assert result.exit_code == 0
    assert "C101" not in result.stdout
    assert "基线中已有的结论 1 条，未列出；基线中的结论有 1 条不再出现。\n" in result.stdout
    document = json.loads(desk.run("--baseline", str(baseline), "--format", "json").stdout)
    assert document["baseline"] == {"known": 1, "gone": [HEADER.fingerprint]}


@pytest.mark.parametrize("content", [b"{}", b"\xff\xfe\x00", b"nonsense"])
def test_a_baseline_that_is_none_is_refused(desk: Desk, tmp_path: Path, content: bytes) -> None:
    """Named, with the reason."""
    baseline = tmp_path / "old.json"
    baseline.write_bytes(content)
    result = desk.run("--baseline", str(baseline))
    assert result.exit_code == 2
    assert f"错误：基线 {baseline}" in result.stderr


def test_a_missing_baseline_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Silence would make every finding look new."""
    result = desk.run("--baseline", str(tmp_path / "none.json"))
    assert result.exit_code == 2
    assert "none.json" in result.stderr


# --- bad input and defects -----------------------------------------------------------------------


def test_mistakes_in_the_sources_are_shown_with_their_lines(desk: Desk) -> None:
    """On the error stream, with carets and hint; status 2."""
    desk.loaded = BROKEN
    result = desk.run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "E201: 规则重名\n  --> specs/stalls.gj:4:8\n" in result.stderr
    assert "^^^^" in result.stderr
    assert "换一个名字" in result.stderr
    assert result.stderr.endswith("错误：输入中有 1 处错误，没有检查。\n")


@pytest.mark.parametrize("format", ["json", "sarif"])
def test_mistakes_in_the_sources_are_also_data(desk: Desk, format: str) -> None:
    """A program reads them from where the report would have been."""
    desk.loaded = BROKEN
    result = desk.run("--format", format)
    assert result.exit_code == 2
    document: Any = json.loads(result.stdout)
    assert ("findings" in document, "E201" in result.stdout) == (False, True)


def test_a_defect_is_written_to_a_file(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 70, no traceback on the terminal, everything that we need in the file."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    desk.report = InternalError("a norm lost its guard")
    result = desk.run()
    assert (result.exit_code, result.stdout) == (70, "")
    assert "内部错误" in result.stderr
    assert "a norm lost its guard" in result.stderr
    assert "Traceback" not in result.stderr
    (written,) = tmp_path.iterdir()
    assert str(written) in result.stderr
    text = written.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "z3-solver" in text


def test_an_interrupt_ends_quietly(desk: Desk) -> None:
    """Status 130 and no traceback."""
    desk.report = KeyboardInterrupt()  # type: ignore[assignment]  # it is no Exception, and raised all the same
    result = desk.run()
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (130, "", "")


def test_an_interrupt_in_a_call_into_the_solver_ends_quietly(desk: Desk) -> None:
    """ctypes wraps it, so that it looks like a mistake of ours."""
    desk.report = ctypes.ArgumentError("argument 1: KeyboardInterrupt: ")  # type: ignore[assignment]
    result = desk.run()
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (130, "", "")


def test_a_closed_pipe_ends_quietly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """``guiju check | head`` is no error to complain of."""

    def closed(*arguments: object, **settings: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("click.echo", closed)
    result = desk.run()
    assert (result.exit_code, result.stderr) == (141, "")


def test_without_a_path_specs_here_are_checked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The common case first."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    CliRunner().invoke(guiju, ["check"])
    assert [Path("specs")] == desk.paths


def test_help_teaches_by_examples() -> None:
    """In both languages, with each exit status explained."""
    zh = CliRunner().invoke(guiju, ["check", "--help"]).stdout
    en = CliRunner().invoke(guiju, ["check", "--lang", "en", "--help"]).stdout
    assert "例：\n  guiju check " in zh
    assert "Examples:\n  guiju check " in en
    assert "结束状态：0" in zh
    assert "Exit status: 0" in en
    assert "--no-filter" not in zh
