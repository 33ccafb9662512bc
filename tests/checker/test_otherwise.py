"""One case and the same otherwise: what differs, what is shared, and what is assumed of both."""

from __future__ import annotations

from corpus_files import WORLD
from guiju.checker.ask import Asker, choice_conditions
from guiju.checker.check import DEFAULT_BUDGET
from guiju.checker.load import load_texts
from guiju.checker.otherwise import Otherwise
from guiju.compiler import formulas, smt
from guiju.compiler.kernel import Corpus, Expr, FactRef, negation
from guiju.compiler.renaming import renamed
from guiju.compiler.resolve import applicable

A, B, C = (FactRef(f"店主.{name}") for name in ("甲", "乙", "丙"))

SPEC = """
实体 店主
  事实 甲: 是否
  事实 乙: 是否
  事实 丙: 是否
假定 "甲则乙" 甲 蕴含 乙
文件 市办法 发布 市局 地域 市 施行 2020-01-01
规则 一 当 甲 且 丙 则 处理 为 警告
"""


def corpus_of(spec: str) -> Corpus:
    loaded = load_texts({str(WORLD): WORLD.read_text(encoding="utf-8"), "spec.gj": spec})
    assert loaded.corpus is not None, loaded.diagnostics
    return loaded.corpus


def beside(spec: str = SPEC) -> Otherwise:
    corpus = corpus_of(spec)
    return Otherwise(Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET)))


def possible(varied: set[str], *conditions: Expr) -> bool | None:
    return beside().possible("test", varied, conditions)


def other(expr: Expr, varied: set[str]) -> Expr:
    return renamed(expr, beside().names(varied))


def test_only_what_varies_can_differ() -> None:
    """The rest of the other case is as in the first."""
    assert possible({A.name}, A, negation(other(A, {A.name}))) is True
    assert possible({A.name}, C, negation(other(C, {A.name}))) is False


def test_the_assumptions_hold_of_the_other_case_too() -> None:
    """To be without what follows from a fact that stays, no case could."""
    assert possible({B.name}, A, negation(other(B, {B.name}))) is False
    assert possible({A.name, B.name}, A, negation(other(B, {A.name, B.name}))) is True


def test_the_cases_come_back_under_their_own_names() -> None:
    """In their order, with what the question speaks of and nothing else."""
    asked = beside()
    norm = asked.asker.corpus.norms[0]
    varied = {A.name}
    applies = formulas.applicable(norm, asked.asker.corpus)
    found = asked.find("test", varied, [applies, negation(other(applies, varied))], (norm,))
    assert found is not None
    first, second, _ = found.contexts
    assert dict(first.case.facts) == {"店主.甲": True, "店主.丙": True}
    assert dict(second.case.facts) == {"店主.甲": False, "店主.丙": True}
    assert found.answered.witness.case == first.case
    assert [applicable(norm, asked.asker.corpus, case) for case in (first, second)] == [True, False]


def test_what_nobody_can_tell_is_not_found() -> None:
    """A case that contradicts itself is none."""
    assert beside().find("test", {A.name}, [A, negation(A)]) is None


MANY = "\n".join(f"读法 读{n}: 一 | 二 | 三" for n in range(6))


def test_a_question_that_can_be_read_in_many_ways_is_read_in_few() -> None:
    """Readings that alone make no difference are kept to; the others are ranged over."""
    asked = beside(f"{MANY}\n{SPEC}")
    corpus = asked.asker.corpus
    second = [choice_conditions({name: "二"}, corpus)[0] for name in corpus.readings]
    found = asked.find("test", {A.name}, [A, *(negation(each) for each in second)])
    assert found is not None
    assert found.answered.by_default
    found = asked.find("test", {A.name}, [A, *second])
    assert found is not None
    assert not found.answered.by_default
    assert [dict.fromkeys(corpus.readings, "二")] == [dict(way) for way in found.answered.under]
