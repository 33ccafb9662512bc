"""``guiju check --certify`` and ``guiju verify``: what they write, say, and end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from guiju.checker import check as checking
from guiju.checker.certify.certificate import from_json, to_json
from guiju.checker.load import load
from guiju.cli import exits
from guiju.cli.app import guiju
from guiju.compiler.claims import Claim, Claims
from guiju.compiler.kernel import Corpus, FactRef

RULES = """\
时限 2018-01-01 .. 2040-12-31
法域 市
位阶 市文件 级 20
机关 市局 级别 市文件 辖 市
实体 摊主
  事实 年龄: 整数 0..120 单位 岁
  事实 处理日: 日期
  事实 占道: 是否
行为 出摊 主体 摊主
文件 办法
  标题 "办法"
  发布 市局
  地域 市
  施行 2020-01-01
规则 幼
  当 摊主.年龄 < 18岁
  则 摊主 不得 出摊 期 3月 自 摊主.处理日
规则 老
  当 摊主.年龄 >= 18岁
  则 摊主 可 出摊
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.gj"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def certificate(rules: Path) -> Path:
    """A certificate of the rules."""
    path = rules.with_name("certificate.json")
    assert run("check", rules, "--certify", path).exit_code == exits.CLEAN
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(guiju, [*(str(each) for each in arguments), "--lang", "en"])


def test_a_certificate_and_its_verification(rules: Path, certificate: Path) -> None:
    """Every claim is proved; the certificate is the same when it is made again, and verifies."""
    document = json.loads(certificate.read_text(encoding="utf-8"))
    rules_proved, canaries_proved = (document["counts"][part]["proved"] for part in ("rules", "canaries"))
    assert rules_proved > 0
    assert rules_proved + canaries_proved == len(document["claims"])
    assert any("办法.幼/1 × 办法.老" in each["about"] for each in document["claims"])
    again = certificate.with_name("again.json")
    said = run("check", rules, "--certify", again)
    assert f"{rules_proved} claim(s) of the rules, {canaries_proved} canaries;" in said.stderr
    assert f"proved {rules_proved} and {canaries_proved} of them again." in said.stderr
    assert again.read_bytes() == certificate.read_bytes()
    verified = run("verify", certificate, rules)
    assert verified.exit_code == exits.CLEAN
    assert "It is what the certificate says." in verified.stdout


def test_other_rules_are_not_what_was_certified(rules: Path, certificate: Path) -> None:
    """What became of each claim is said."""
    rules.write_text(RULES.replace("18岁", "19岁"), encoding="utf-8")
    verified = run("verify", certificate, rules)
    assert verified.exit_code == exits.FINDINGS
    assert "differs: the corpus is another one" in verified.stdout
    assert verified.stdout.count("办法.幼/1 × 办法.老") == 2


def test_the_options_are_those_of_the_certificate(rules: Path) -> None:
    """A family and a day; a certificate of fewer claims verifies as such."""
    path = rules.with_name("part.json")
    run("check", rules, "--certify", path, "--family", "conflict", "--as-of", "2026-01-01")
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["options"]["families"], document["options"]["as_of"]) == (["conflict"], "2026-01-01")
    verified = run("verify", path, rules)
    assert verified.exit_code == exits.CLEAN
    assert "Only this was checked: families conflict; the date 2026-01-01.\n" in verified.stderr


def test_what_limits_a_check_is_said_with_its_claims(rules: Path, certificate: Path) -> None:
    """By whoever makes the certificate and by whoever verifies it; nothing where nothing limits it."""
    assert "Only this" not in run("verify", certificate, rules).stderr
    rules.write_text(RULES.replace("文件 办法", "读法 甲读: 一 | 二\n文件 办法"), encoding="utf-8")
    path = rules.with_name("part.json")
    limits = ("--family", "reference", "--family", "gap", "--reading", "甲读=二", "--budget", "100000")
    said = (
        "families gap, reference; readings 甲读=二;"
        " with a budget of 100000 for each question (default 20000000).\n"
    )
    assert said in run("check", rules, "--certify", path, *limits).stderr
    assert said in run("verify", path, rules).stderr
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["counts"]["rules"]["proved"] == 0


def test_rules_that_cannot_be_checked_are_not_what_was_certified(rules: Path, certificate: Path) -> None:
    """Assumptions that contradict each other leave nothing to claim: no certificate holds of them."""
    contradictory = '假定 "老" 摊主.年龄 >= 50岁\n假定 "幼" 摊主.年龄 < 40岁\n文件 办法'
    rules.write_text(RULES.replace("文件 办法", contradictory), encoding="utf-8")
    corpus = load([rules]).corpus
    assert corpus is not None
    made_up = evolve(
        from_json(certificate.read_text(encoding="utf-8")), corpus=checking.digest(corpus), entries=()
    )
    certificate.write_text(to_json(made_up), encoding="utf-8")
    verified = run("verify", certificate, rules)
    assert verified.exit_code == exits.BAD_INPUT
    assert "E414" in verified.stderr
    assert not verified.stdout


def test_a_date_that_no_case_has_is_refused(rules: Path, certificate: Path) -> None:
    """As check refuses it, and not as a defect of the solver."""
    outside = certificate.read_text(encoding="utf-8").replace('"as_of": null', '"as_of": "2050-01-01"')
    certificate.write_text(outside, encoding="utf-8")
    verified = run("verify", certificate, rules)
    assert verified.exit_code == exits.BAD_INPUT
    assert "the certificate fixes, 2050-01-01 lies outside the horizon" in verified.stderr


def test_what_the_first_solver_leaves_undecided_is_not_clear(rules: Path) -> None:
    """It is in the certificate, and verifying it does not end as if nothing were open."""
    path = rules.with_name("poor.json")
    assert run("check", rules, "--certify", path, "--budget", "1").exit_code == exits.UNDECIDED
    document = json.loads(path.read_text(encoding="utf-8"))
    undecided = document["undecided"]
    assert any("办法.幼/1 × 办法.老" in each for each in undecided)
    verified = run("verify", path, rules)
    assert verified.exit_code == exits.UNDECIDED
    assert f"{len(undecided)} question(s) more were left undecided" in verified.stderr
    path.write_text(json.dumps({**document, "undecided": undecided[1:]}), encoding="utf-8")
    altered = run("verify", path, rules)
    assert altered.exit_code == exits.FINDINGS
    assert f"differs: undecided now: {undecided[0]}" in altered.stdout


def test_proofs_are_written_with_their_questions(rules: Path) -> None:
    """One for each claim, in either format."""
    for form in ("cpc", "alethe"):
        folder = rules.with_name(form)
        path = rules.with_name("certificate.json")
        run("check", rules, "--certify", path, "--proofs", folder, "--proof-format", form)
        queries = [each["query"] for each in json.loads(path.read_text(encoding="utf-8"))["claims"]]
        assert sorted(each.name for each in folder.iterdir()) == sorted(
            name for query in queries for name in (f"{query}.smt2", f"{query}.{form}")
        )
        assert all(each.stat().st_size for each in folder.iterdir())


def test_a_disagreement_is_kept_and_nothing_is_relied_on(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first solver says that there is no case and there is one."""
    right = checking.check

    def wrong(
        corpus: Corpus,
        options: checking.Options,
        progress: checking.Progress | None = None,
        claims: Claims | None = None,
    ) -> checking.Report:
        assert claims is not None
        claims(Claim("nobody is in the way", corpus, (FactRef("摊主.占道"),)))
        return right(corpus, options, progress, claims)

    monkeypatch.setattr(checking, "check", wrong)
    path = rules.with_name("certificate.json")
    ended = run("check", rules, "--certify", path)
    assert ended.exit_code == exits.UNDECIDED
    assert "the solvers disagree on nobody is in the way" in ended.stderr
    (folder,) = (each for each in rules.parent.iterdir() if each.is_dir())
    assert sorted(each.name for each in folder.iterdir()) == ["first.smt2", "second.smt2"]
    assert json.loads(path.read_text(encoding="utf-8"))["counts"]["rules"]["disagrees"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "it is not valid JSON"),
        (b"[]", "it has no claims"),
        (b"\xff\xfe{", "it is not UTF-8"),
        (b'{"version": 1, "claims": []}', "the certificate is not complete"),
    ],
)
def test_what_is_no_certificate(rules: Path, content: bytes, said: str) -> None:
    path = rules.with_name("certificate.json")
    path.write_bytes(content)
    ended = run("verify", path, rules)
    assert ended.exit_code == exits.BAD_INPUT
    assert said in ended.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--certify", "rules.gj"), "--certify would overwrite"),
        (("--output", "rules.gj"), "--output would overwrite"),
        (("--certify", "link.json"), "--certify would overwrite"),
        (("--certify", "kept.json", "--baseline", "kept.json"), "--certify would overwrite"),
        (
            ("--certify", "new.json", "--output", "here/../new.json"),
            "--output and --certify are the same file",
        ),
        (("--certify", "new", "--proofs", "new"), "--certify and --proofs are the same file"),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_nothing_is_written_onto_what_is_read_or_written(
    rules: Path, options: tuple[str, ...], said: str, named: bool
) -> None:
    """By whatever name, and whether the rules are named or found in a folder; every file stays as it is."""
    folder = rules.parent
    (folder / "here").mkdir()
    (folder / "link.json").symlink_to(rules)
    (folder / "kept.json").write_text("[]", encoding="utf-8")
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    given = (each if each.startswith("--") else folder / each for each in options)
    ended = run("check", rules if named else folder, *given)
    assert ended.exit_code == exits.BAD_INPUT
    assert said in ended.stderr
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == before


def test_a_device_takes_everything(rules: Path) -> None:
    """The report and the certificate, when neither is wanted."""
    null = Path(os.devnull)
    assert run("check", rules, "--certify", null, "--output", null).exit_code == exits.CLEAN


def test_a_report_may_take_the_place_of_its_baseline(rules: Path) -> None:
    """The next one is then held against it."""
    path = rules.with_name("report.json")
    run("check", rules, "--format", "json", "--output", path)
    again = run("check", rules, "--format", "json", "--output", path, "--baseline", path)
    assert again.exit_code == exits.CLEAN


def test_proofs_need_a_certificate(rules: Path) -> None:
    assert run("check", rules, "--proofs", rules.with_name("proofs")).exit_code == exits.BAD_INPUT


def test_without_the_second_solver_nothing_is_checked(rules: Path, tmp_path: Path) -> None:
    """And what to install is said."""
    (tmp_path / "cvc5.py").write_text("raise ImportError('not here')", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "guiju", "check", str(rules), "--certify", str(tmp_path / "c.json")]
    ended = subprocess.run(
        [*command, "--lang", "en"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == exits.BAD_INPUT
    assert "pip install 'guiju[certify]'" in ended.stderr
    assert not (tmp_path / "c.json").exists()
