"""``guiju chain``: what each action prints and writes, in both languages, and what happens to wrong input."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import jsonschema
import networkx as nx
import pytest
from click.testing import CliRunner, Result

from chain_rules import RULES
from corpus_files import WORLD
from guiju.checker.chains.draw import dated, document, picture
from guiju.cli.app import guiju


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A file with a chain in it."""
    path = tmp_path / "rules.gj"
    path.write_text(RULES, encoding="utf-8")
    return path


def run(rules: Path, action: str, *arguments: str | Path) -> Result:
    """An action of the command on the world and these rules."""
    return CliRunner().invoke(guiju, ["chain", action, *map(str, arguments), str(WORLD), str(rules)])


def refused(result: Result, *said: str) -> None:
    """Assert that it ended with 2, said this and wrote nothing."""
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert all(each in result.stderr for each in said), result.stderr
    assert "Traceback" not in result.stderr


# --- show ----------------------------------------------------------------------------------------


def test_the_table(rules: Path) -> None:
    """Who passes what to whom, on what it rests and by when; what ends nowhere is marked."""
    result = run(rules, "show")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
《市办法》
  谁                       传递什么            交给谁                   依据、期限、条件
  市局                     移送（移送）        东区局                   第一条
                                                                        至迟案件.立案日后 5 个工作日
                                                                        当案件.已立案
  市局                     抄送（移送）        省府                     第一条
                                                                        至迟案件.立案日后 5 个工作日
                                                                        当案件.已立案
  东区局                   报告（上报）        交给谁未写明             第三条
                                                                        未写明期限
                                                                        当案件.已移送
  由谁做未写明             暂停（停摊）        摊主                     第四条
                                                                        未写明期限
                                                                        当案件.已办

"""
    )


def test_a_dead_end_is_marked(rules: Path) -> None:
    """Where nobody goes on with what was handed over: exactly there where the check says so."""
    alone = "\n".join(line for line in RULES.splitlines() if not line.startswith("规则 上报"))
    rules.write_text(alone, encoding="utf-8")
    assert "【断头" in run(rules, "show").stdout
    written = json.loads(run(rules, "show", "--format", "json").stdout)
    dead = [(edge["from"], edge["to"]) for edge in written["edges"] if edge["dead_end"]]
    found = json.loads(run(rules, "check", "--format", "json").stdout)["findings"]
    assert dead == [("市局", "东区局")]
    assert [finding["norms"][0]["rule"] for finding in found if finding["code"] == "L001"] == ["市办法.移送"]


def test_english(rules: Path) -> None:
    """By --lang, before or after."""
    for result in (run(rules, "show", "--lang", "en"), run(rules, "show", "--events", "--lang", "en")):
        assert result.exit_code == 0
        assert "provision, term" in result.stdout
        assert "未写明" not in result.stdout


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        (["--actor", "省府"], ["copy"]),
        (["--actor", "未定"], ["report", "suspension"]),
        (["--actor", "unspecified", "--kind", "暂停"], ["suspension"]),
        (["--kind", "transfer", "--kind", "copy"], ["transfer", "copy"]),
        (["--event", "已办"], ["suspension"]),
        (["--event", "案件.已移送", "--actor", "东区局"], ["transfer", "report"]),
        (["--instrument", "《市办法》"], ["transfer", "copy", "report", "suspension"]),
    ],
)
def test_what_is_shown_can_be_narrowed(rules: Path, chosen: list[str], kinds: list[str]) -> None:
    """By each of the options, names in full or in short."""
    result = run(rules, "show", *chosen, "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert [edge["kind"] for edge in json.loads(result.stdout)["edges"]] == kinds


@pytest.mark.parametrize("graph", ["--actors", "--events"])
def test_the_formats(rules: Path, tmp_path: Path, graph: str) -> None:
    """To a file as to the standard output."""
    for format in ("mermaid", "graphml", "json", "dot", "table"):
        printed = run(rules, "show", graph, "--format", format)
        assert printed.exit_code == 0, printed.stderr
        output = tmp_path / f"out.{format}"
        assert run(rules, "show", graph, "--format", format, "-o", output).stdout == ""
        assert output.read_text(encoding="utf-8") == printed.stdout
    jsonschema.validate(
        json.loads((tmp_path / "out.json").read_text(encoding="utf-8")), json.loads(document.schema())
    )
    assert len(nx.read_graphml(tmp_path / "out.graphml")) > 3
    assert (tmp_path / "out.mermaid").read_text(encoding="utf-8").startswith("flowchart ")
    assert (tmp_path / "out.dot").read_text(encoding="utf-8").startswith("digraph ")


@pytest.mark.skipif(not picture.available(), reason="pictures need guiju[draw]")
def test_pictures(rules: Path, tmp_path: Path) -> None:
    """An SVG may be printed, a PNG goes to a file."""
    assert run(rules, "show", "--format", "svg").stdout.startswith("<?xml")
    assert run(rules, "show", "--format", "png", "-o", tmp_path / "a.png").exit_code == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_png_needs_a_file_and_a_picture_the_extra(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said before anything is computed; DOT needs neither."""
    refused(run(rules, "show", "--format", "png"), "--output")
    monkeypatch.setattr(picture, "find_spec", lambda name: None)
    refused(run(rules, "show", "--format", "svg"), "guiju[draw]", "--format dot")
    assert run(rules, "show", "--format", "dot").exit_code == 0
    assert importlib.util.find_spec("networkx") is not None


def test_graphviz_that_fails(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own words are passed on."""

    def fails(dot: str, form: str) -> bytes:
        raise picture.Failed("out of memory")

    monkeypatch.setattr(picture, "available", lambda: True)
    monkeypatch.setattr(picture, "draw", fails)
    refused(run(rules, "show", "--format", "svg"), "out of memory")


def test_a_large_drawing_is_not_refused(rules: Path) -> None:
    """But said to be large, with what to narrow it down by."""
    each = '规则 多{n} 见 "第六条" 当 摊主.年龄 = {n} 则 市局 应 上报 致 省府\n'
    many = "".join(each.format(n=n) for n in range(70))
    header = "文件 多办法 发布 市局 地域 市 施行 2020-01-01\n"
    rules.write_text(f"{RULES}{header}{many}", encoding="utf-8")
    result = run(rules, "show", "--format", "mermaid")
    assert result.exit_code == 0
    assert "--instrument" in result.stderr
    assert "多办法 70" in result.stderr


def test_a_corpus_without_chains(tmp_path: Path) -> None:
    """Nothing to show is no mistake, and is said."""
    rules = tmp_path / "rules.gj"
    rules.write_text(
        "文件 办法 发布 市局 地域 市 施行 2020-01-01\n规则 禁 则 摊主 不得 经营\n", encoding="utf-8"
    )
    for format in ("table", "mermaid", "graphml", "json", "dot"):
        result = run(rules, "show", "--format", format)
        assert result.exit_code == 0
        assert "没有合乎所选的环节" in result.stderr
    assert json.loads(run(rules, "show", "--format", "json").stdout)["edges"] == []
    assert run(rules, "check").exit_code == 0
    refused(run(rules, "paths", "--from", "立案日"), "立案日", "条文中没有")
    refused(run(rules, "schedule", "--from", "立案日", "--on", "2026-03-02"), "立案日", "条文中没有")


# --- paths and schedules -------------------------------------------------------------------------


def test_paths_from_an_event(rules: Path) -> None:
    """Each leg with its term, the sum, and what has no term."""
    result = run(rules, "paths", "--from", "案件.立案日", "--to", "办结日")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
案件.立案日 → 案件.办结日
  1. 案件.移送日：5 个工作日
     市局·移送  《市办法》第一条
  2. 案件.定日：没有规定由谁作出，也没有期限
  3. 案件.办结日：10 个工作日
     市局·办理  《市办法》第二条
  合计：5+10 个工作日，另有 1 个环节没有期限：案件.定日

共 1 条链条。
"""
    )


def test_paths_from_an_actor(rules: Path) -> None:
    """Hand-overs, each with its provision."""
    result = run(rules, "paths", "--from", "市局", "--to", "未定", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "市局 → 东区局 → recipient not named"
    assert "within" in result.stdout or "working days" in result.stdout
    assert "no term given" in result.stdout


def test_the_number_of_paths_is_limited(rules: Path) -> None:
    """And that there are more is said."""
    result = run(rules, "paths", "--from", "案件.立案日", "--limit", "1")
    assert result.exit_code == 0
    assert result.stdout.count("合计") == 1
    assert "只列出了前 1 条" in result.stdout


def test_a_schedule(rules: Path) -> None:
    """By the official calendar: the Qingming holiday of 2026 lies between."""
    result = run(rules, "schedule", "--from", "案件.立案日", "--on", "2026-03-27")
    assert result.exit_code == 0
    lines = {line.split()[0]: line.split()[1:3] for line in result.stdout.splitlines() if "2026" in line}
    assert lines["案件.移送日"] == ["2026-03-27", "2026-04-03"]
    assert lines["案件.定日"] == ["2026-03-27", "(2026-04-03)"]
    assert lines["案件.办结日"] == ["2026-03-27", "2026-04-20"]
    assert "案件.定日" in result.stdout.splitlines()[-1]


def test_a_schedule_at_a_place(rules: Path) -> None:
    """By the rules of that place and of those above it: a shorter term elsewhere bounds nothing there."""
    rule = """
文件 西细则 标题 "西细则" 发布 西区局 地域 西区 施行 2021-01-01 目录 "第一条"
规则 移送 见 "第一条" 当 案件.已立案 则 西区局 应 移送 致 市局 限 1工作日 自 案件.立案日
"""
    rules.write_text(rules.read_text(encoding="utf-8") + rule, encoding="utf-8")

    def transferred(*more: str) -> str:
        result = run(rules, "schedule", "--from", "案件.立案日", "--on", "2026-03-27", *more)
        assert result.exit_code == 0
        return next(line.split()[2] for line in result.stdout.splitlines() if "案件.移送日" in line)

    assert [transferred("--at", "西区"), transferred("--at", "东区")] == ["2026-03-30", "2026-04-03"]
    assert transferred() == "2026-03-30"
    arguments = ("schedule", "--from", "案件.立案日", "--on", "2026-03-27", "--at", "南区")
    refused(run(rules, *arguments), "南区", "东区")


def test_a_day_that_the_text_names(rules: Path) -> None:
    """Is shown as the last day, and what is counted from it is firm."""
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("限 5工作日 自 案件.立案日", "截至 2026-03-31"), encoding="utf-8")
    result = run(rules, "schedule", "--from", "案件.立案日", "--on", "2026-03-27")
    assert "至迟 2026-03-31" not in result.stdout  # nothing ties it to the filing any more
    given = ("案件.立案日 <= 案件.移送日", '假定 "先立案，后移送" 案件.立案日 <= 案件.移送日\n文件 市办法')
    rules.write_text(rules.read_text(encoding="utf-8").replace("文件 市办法", given[1], 1), encoding="utf-8")
    dated_ = run(rules, "schedule", "--from", "案件.立案日", "--on", "2026-03-27").stdout
    assert next(line.split()[1:3] for line in dated_.splitlines() if "案件.移送日" in line) == [
        "2026-03-27",
        "2026-03-31",
    ]
    assert "至迟 2026-03-31" in dated_
    assert "案件.移送日：至迟 2026-03-31" in run(rules, "paths", "--from", "案件.立案日").stdout


def test_a_schedule_as_json(rules: Path, tmp_path: Path) -> None:
    """In its published shape, with what has no bound and what rests on it."""
    output = tmp_path / "out.json"
    arguments = ("--from", "案件.立案日", "--on", "2026-03-27", "--format", "json")
    assert run(rules, "schedule", *arguments, "-o", output).exit_code == 0
    written = json.loads(output.read_text(encoding="utf-8"))
    schema = json.loads(dated.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(written, schema)
    known = {each["event"]: each for each in written["events"]}
    assert (known["案件.定日"]["bounded"], known["案件.定日"]["by"]["rule"]) == (False, None)
    settled = known["案件.办结日"]
    assert (settled["late"], settled["bounded"], settled["firm"]) == ("2026-04-20", True, False)
    assert settled["by"]["term"] == {"amount": 10, "unit": "workdays"}
    assert known["案件.立案日"]["by"] is None


def test_a_year_without_a_calendar_is_marked(rules: Path) -> None:
    """Its working days are a guess."""
    result = run(rules, "schedule", "--from", "案件.立案日", "--on", "2031-03-03")
    assert result.exit_code == 0
    assert "日历尚未公布" in result.stdout


def test_the_check_is_that_of_the_family(rules: Path) -> None:
    """The same bytes and status."""
    for more in ([], ["--format", "json"], ["--fail-on", "warning"], ["--lang", "en"]):
        own = run(rules, "check", *more)
        general = CliRunner().invoke(guiju, ["check", "--family", "chain", *more, str(WORLD), str(rules)])
        assert (own.exit_code, own.output) == (general.exit_code, general.output)


# --- Bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unknown_event(rules: Path, lang: str) -> None:
    """With what is near, and what there is."""
    hint = "是否想写" if lang == "zh" else "did you mean"
    for arguments in (("paths",), ("schedule", "--on", "2026-03-02")):
        result = run(rules, *arguments, "--from", "办结曰", "--lang", lang)
        refused(result, "办结曰", hint, "案件.办结日")
    refused(run(rules, "show", "--event", "已移走", "--lang", lang), "已移走", hint)


def test_an_ambiguous_event(rules: Path) -> None:
    """With all that it may mean."""
    for arguments in (("paths",), ("schedule", "--on", "2026-03-02")):
        refused(run(rules, *arguments, "--from", "立案日"), "案件.立案日", "旧案.立案日")


def test_an_unknown_actor_instrument_or_kind(rules: Path) -> None:
    """With what there is."""
    refused(run(rules, "show", "--actor", "东局"), "东局", "东区局")
    refused(run(rules, "show", "--instrument", "市法办"), "市法办", "市办法")
    refused(run(rules, "show", "--kind", "转送"), "转送", "移送")


def test_ends_of_two_sorts(rules: Path) -> None:
    """An event and an actor make no chain."""
    refused(run(rules, "paths", "--from", "案件.立案日", "--to", "东区局"), "--to")


def test_a_day_outside_the_horizon(rules: Path) -> None:
    """Nothing could be dated there."""
    refused(run(rules, "schedule", "--from", "案件.立案日", "--on", "1949-01-01"), "1949-01-01")
    refused(run(rules, "schedule", "--from", "案件.立案日", "--on", "no day"), "no day")


@pytest.mark.skipif(os.name == "nt", reason="a directory that cannot be written to")
@pytest.mark.parametrize("format", ["table", "json", "dot"])
def test_an_output_that_cannot_be_written(rules: Path, tmp_path: Path, format: str) -> None:
    """The path is named."""
    refused(run(rules, "show", "--format", format, "-o", tmp_path / "none" / "a"), "none")


def test_mistakes_in_the_rules(rules: Path) -> None:
    """As in a check, also as JSON."""
    rules.write_text("规则 规则\n", encoding="utf-8")
    refused(run(rules, "show"), "rules.gj")
    result = run(rules, "show", "--format", "json")
    assert result.exit_code == 2
    assert "nodes" not in json.loads(result.stdout)
    assert json.loads(result.stdout)["diagnostics"]


def test_assumptions_that_contradict_each_other(rules: Path) -> None:
    """Nothing can happen under them: no chain is shown."""
    rules.write_text(RULES + "假定 案件.已立案\n假定 非 案件.已立案\n", encoding="utf-8")
    for arguments in (("show",), ("paths", "--from", "案件.立案日")):
        refused(run(rules, *arguments), "E414")


@pytest.mark.parametrize("action", ["show", "paths", "schedule", "check"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_teaches_with_examples(action: str, lang: str) -> None:
    """In either language; the group lists its actions."""
    listed = CliRunner().invoke(guiju, ["--lang", lang, "chain", "--help"]).stdout
    assert f"\n  {action} " in listed
    shown = CliRunner().invoke(guiju, ["chain", action, "--lang", lang, "--help"]).stdout
    assert f"guiju chain {action}" in shown.partition("例：" if lang == "zh" else "Examples:")[2]
