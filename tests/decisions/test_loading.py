"""A corpus is compiled once, kept, and read back without parser and solver; nothing kept is trusted."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import zlib
from pathlib import Path

import pytest

import guiju
from guiju.decisions.artifact import Unreadable, from_bytes
from guiju.decisions.compiling import Unsettled, Vacuous, compile_corpus
from guiju.decisions.loading import InvalidSpecs, load, load_texts
from guiju.dsl.store import Store
from stall_rules import RULES, stalls

SRC = Path(__file__).parents[2] / "src"

ASK = """
import sys, guiju
corpus = guiju.load({path!r})
case = {{"摊主": {{"年龄": 17, "经营": "熟食", "违规日": None}}}}
decision = corpus.decide(case, "出摊", on="2025-01-15", at="市")
print(decision.verdict.value, *sorted({{"z3", "lark"}} & sys.modules.keys()))
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules"
    path.mkdir()
    (path / "stalls.gj").write_text(RULES, encoding="utf-8")
    return path


def asked(path: Path, cache: Path) -> str:
    """What a process of its own answers, and which of the heavy packages it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ASK.format(path=str(path)))],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SRC), "GUIJU_CACHE_DIR": str(cache)},
        check=True,
        text=True,
    )
    return done.stdout.strip()


def test_the_second_time_neither_parser_nor_solver_is_loaded(rules: Path, tmp_path: Path) -> None:
    """The first compiles; the second reads what was kept."""
    cache = tmp_path / "cache"
    assert asked(rules, cache) == "ineligible lark z3"
    assert asked(rules, cache) == "ineligible"


def test_a_change_is_seen(rules: Path, tmp_path: Path) -> None:
    """The key is the text: nothing grows old."""
    store = Store(tmp_path / "cache")
    before = load(rules, store)
    assert load(rules, store).digest == before.digest
    file = rules / "stalls.gj"
    file.write_text(RULES.replace("< 18岁", "< 16岁"), encoding="utf-8")
    after = load(rules, store)
    assert after.digest != before.digest
    young = {"摊主": {"年龄": 17, "经营": "果蔬"}}
    assert before.decide(young, "出摊", on="2025-01-15", at="市").verdict is guiju.Verdict.INELIGIBLE
    assert after.decide(young, "出摊", on="2025-01-15", at="市").verdict is guiju.Verdict.ELIGIBLE


def test_what_is_kept_is_not_trusted(rules: Path, tmp_path: Path) -> None:
    """Altered bytes are as good as none."""
    store = Store(tmp_path / "cache")
    load(rules, store)
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(b"\x00" * 40 + entry.read_bytes()[40:])
    again = load(rules, store)
    assert again.questions.keys() == stalls().questions.keys()


def test_a_compiled_file(tmp_path: Path) -> None:
    """It answers as the rules do; what is none is refused, whatever it is."""
    data = compile_corpus(stalls().kernel)
    file = tmp_path / "stalls.gjc"
    file.write_bytes(zlib.compress(data))
    young = {"摊主": {"年龄": 17}}
    found = load(file).decide(young, "出摊", on="2025-01-15", at="市")
    assert found == stalls().decide(young, "出摊", on="2025-01-15", at="市")
    whole = file.read_bytes()
    half = len(whole) // 2
    altered = whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :]
    cut = (whole[:-20], whole[:-1])
    for bad in (b"", b"x", zlib.compress(b"x"), zlib.compress(data[:-9]), altered, *cut, whole + b"\0"):
        file.write_bytes(bad)
        with pytest.raises(Unreadable):
            load(file)


def test_only_data_is_read() -> None:
    """A pickle that would run something is no compiled corpus."""
    with pytest.raises(Unreadable):
        from_bytes(b"cos\nsystem\n(S'true'\ntR.")


def test_rules_with_mistakes(tmp_path: Path) -> None:
    """Every diagnostic, and the sources to show them in."""
    with pytest.raises(InvalidSpecs) as raised:
        load_texts({"a.gj": "规则 一\n  当 无此事实\n"})
    assert raised.value.diagnostics
    assert set(raised.value.sources) == {"a.gj"}
    with pytest.raises(InvalidSpecs):
        load(tmp_path / "nowhere")


def test_assumptions_that_contradict_each_other() -> None:
    """Then there is no case to decide."""
    with pytest.raises(Vacuous):
        load_texts({"a.gj": RULES + '\n假定 "甲" 摊主.占道\n假定 "乙" 非 摊主.占道\n'})


def test_what_the_solver_cannot_settle_is_not_decided() -> None:
    """A budget that does not suffice ends the compilation, not in a guess."""
    with pytest.raises(Unsettled) as raised:
        compile_corpus(stalls().kernel, budget=1)
    assert raised.value.undecided


def test_the_whole_corpus_is_kept_too() -> None:
    """For analyses: norms and all."""
    assert {norm.id for norm in stalls().kernel.norms} >= {"市办法.未成年"}
