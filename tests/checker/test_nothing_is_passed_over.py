"""Whichever question about conflicts is not decided, it is said which, and about which norms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from corpus_files import WORLD
from guiju.checker import conflicts
from guiju.checker.ask import Asker
from guiju.checker.finding import Finding, NormRef
from guiju.checker.load import load_texts
from guiju.checker.overlaps import overlaps
from guiju.compiler.kernel import Corpus
from guiju.compiler.smt import Backend, Undecided
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

RULES = """
文件 市办法 发布 市局 地域 市 施行 2018-01-01
规则 甲 见 "第一条" 当 占道 则 摊主 不得 经营
规则 乙 见 "第二条" 当 占道 且 再犯 则 摊主 可 经营
规则 丙 见 "第三条" 当 面积 > 10平米 则 证件期 为 3月
规则 丁 见 "第四条" 当 面积 > 20平米 且 再犯 则 证件期 为 6月
文件 省办法 发布 省府 地域 省 施行 2018-01-01
规则 戊 见 "第五条" 当 噪声大 则 摊主 可 经营
规则 己 见 "第六条" 当 噪声大 则 罚款 为 100元
规则 庚 见 "第七条" 当 噪声大 且 再犯 则 罚款 为 300元
"""
PARSER = Parser()


def parsed(sources: list[Source]) -> list[Parsed]:
    return [PARSER.parse(source) for source in sources]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    loaded = load_texts({str(WORLD): WORLD.read_text(encoding="utf-8"), "rules.gj": RULES}, parsed)
    assert loaded.corpus is not None, loaded.diagnostics
    return loaded.corpus


class Forgetful(Backend):
    """A backend that decides every question but one."""

    def __init__(self, corpus: Corpus, forgotten: int | None) -> None:
        super().__init__(corpus, 0)
        self._forgotten = forgotten
        self.asked = 0

    def _forgets(self) -> bool:
        self.asked += 1
        return self.asked - 1 == self._forgotten

    def satisfiable(self, *args: object, **named: object) -> bool | Undecided:
        return Undecided("forgotten") if self._forgets() else super().satisfiable(*args, **named)  # type: ignore[arg-type]  # as they came

    def solve(self, *args: object, **named: object) -> object:  # type: ignore[override]  # as it comes
        return Undecided("forgotten") if self._forgets() else super().solve(*args, **named)  # type: ignore[arg-type]  # as they came


def found(corpus: Corpus, forgotten: int | None) -> tuple[list[Finding], Asker, Forgetful]:
    """What the analysis of conflicts finds when one question is not answered."""
    backend = Forgetful(corpus, forgotten)
    asker = Asker(corpus, backend)
    return list(conflicts.findings(asker, overlaps(asker))), asker, backend


def each_question(corpus: Corpus) -> Iterator[Asker]:
    """The analysis once for each question that it asks, with that one not answered."""
    for forgotten in count():
        _, asker, backend = found(corpus, forgotten)
        if backend.asked <= forgotten:
            return
        yield asker


def test_with_every_answer_there_are_conflicts_and_nothing_is_open(corpus: Corpus) -> None:
    """A deed, a value and amounts; settled by each other's rank and by what is special."""
    findings, asker, _ = found(corpus, None)
    assert {f.code for f in findings} == {"C101", "C102"}
    assert asker.undecided == []


def test_what_is_not_decided_is_said_with_its_question_and_its_norms(corpus: Corpus) -> None:
    """One question that has no answer is one that is named, with the pair that it was asked about."""
    by_rule = {norm.rule: norm for norm in corpus.norms}
    open_ = [asker.undecided for asker in each_question(corpus)]
    assert open_
    for undecided in open_:
        assert undecided
        for each in undecided:
            assert each.reason == "budget: forgotten"
            assert all(norm == NormRef.of(by_rule[norm.rule]) for norm in each.norms)
            pair = " × " in each.question or " ⊃ " in each.question
            assert len(each.norms) == 1 + pair
            assert all(norm.rule in each.question for norm in each.norms)
