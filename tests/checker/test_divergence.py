"""Divergence: what holds of every such finding, whatever the files of the corpus say."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from attrs import evolve

from corpus_files import SpecFile, read, spec_files
from guiju.checker import divergence
from guiju.checker.ask import Asker
from guiju.checker.check import DEFAULT_BUDGET, Options, check
from guiju.checker.differences import anywhere
from guiju.checker.finding import Finding, Severity
from guiju.compiler import smt
from guiju.compiler.kernel import Context, Corpus, Deed, DueBy, MayDo
from guiju.compiler.resolve import resolve
from with_world import corpus_of

FILES = [f for f in spec_files() if f.path.parent.name == "divergence"]
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@cache
def found_in(path: Path) -> tuple[Corpus, tuple[Finding, ...]]:
    """A file's corpus and its divergences."""
    corpus = corpus_of(path.read_text(encoding="utf-8"))
    options = evolve(read(path).options, families=frozenset({"divergence"}))
    return corpus, check(corpus, options).findings


@each_file
def test_a_divergence_is_information_about_two_places(file: SpecFile) -> None:
    """Neither place lies in the other, each is under one of the two instruments, and nothing is settled."""
    corpus, findings = found_in(file.path)
    for finding in findings:
        assert (finding.severity, finding.settled_by) == (Severity.INFO, None)
        assert finding.witness is not None
        here, there = finding.witness.place, finding.witness.elsewhere
        assert not corpus.within(here, there)
        assert not corpus.within(there, here)
        assert len({n.instrument for n in finding.norms}) == 2


@each_file
def test_the_answers_of_the_reference_evaluator_differ(file: SpecFile) -> None:
    """One case, asked about at both places, is not answered alike."""
    corpus, findings = found_in(file.path)
    for finding in findings:
        w = finding.witness
        assert w is not None
        rules = {n.rule for n in finding.norms}
        questions = {n.question for n in corpus.norms if n.rule in rules}
        contexts = [Context(w.case, w.date, place, w.readings) for place in (w.place, w.elsewhere)]
        differing = [
            question
            for question in questions
            if len({frozenset(p for _, p in resolve(question, corpus, {}, c).standing) for c in contexts}) > 1
        ]
        assert differing


@each_file
def test_the_order_of_the_sources_does_not_matter(file: SpecFile) -> None:
    """Which instrument comes first changes who is named first, and nothing else."""
    text = file.path.read_text(encoding="utf-8")
    head, *instruments = text.split("\n文件 ")
    turned = "\n文件 ".join([head, *reversed(instruments)])
    options = evolve(file.options, families=frozenset({"divergence"}))
    other = check(corpus_of(turned), options).findings
    assert {f.fingerprint for f in found_in(file.path)[1]} == {f.fingerprint for f in other}


def test_where_no_two_places_meet_a_question_nothing_is_asked() -> None:
    """Pairs come out of the index by question: one jurisdiction, or questions of one only, cost no query."""
    corpus = corpus_of(
        """
        文件 东办法 发布 东区局 地域 东区 施行 2020-01-01
        规则 甲 见 "第一条" 当 摊主.占道 则 摊主 不得 经营
        规则 乙 见 "第二条" 当 摊主.占道 则 处理 为 暂停
        文件 西办法 发布 西区局 地域 西区 施行 2020-01-01
        规则 甲 见 "第一条" 则 摊主 应 登记
        文件 市办法 发布 市局 地域 市 施行 2020-01-01
        规则 甲 见 "第一条" 则 摊主 可 经营
        """
    )
    asker = Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET))
    assert list(divergence.findings(asker, {})) == []
    assert asker.backend.statistics.queries == 0


def test_three_places_are_compared_in_pairs() -> None:
    """One finding for each pair of instruments that differ."""
    places = ("东", "西", "北")
    texts = [
        f"""
        文件 {p}办法 发布 {p}区局 地域 {p}区 施行 2020-01-01
        规则 甲 见 "第一条" 则 摊主 应 登记 限 {5 * n}日 自 摊主.申请日
        """
        for n, p in enumerate(places, 1)
    ]
    corpus = corpus_of("法域 北区 属 市 机关 北区局 级别 区文件 上级 市局 辖 北区", *texts)
    found = check(corpus, Options(families=frozenset({"divergence"}))).findings
    pairs = {frozenset(n.instrument for n in f.norms) for f in found}
    assert pairs == {frozenset({f"{a}办法", f"{b}办法"}) for a, b in combinations(places, 2)}
    assert [f.code for f in found] == ["D902"] * 3


def test_what_is_undecided_is_noted() -> None:
    """A query whose budget ends is no agreement."""
    text = FILES[0].path.with_name("values.gj").read_text(encoding="utf-8")
    report = check(corpus_of(text), Options(families=frozenset({"divergence"}), budget=1))
    assert report.findings == ()
    assert report.undecided


def test_an_authority_is_left_out_of_a_question() -> None:
    """Who must act at a place is that place's authority; a party is one everywhere."""
    corpus = corpus_of()
    own = DueBy(Deed("东区局", "巡查", "摊主"))
    assert anywhere(own, corpus) == DueBy(Deed("", "巡查", "摊主"))
    assert anywhere(MayDo(Deed("摊主", "经营")), corpus) == MayDo(Deed("摊主", "经营"))
