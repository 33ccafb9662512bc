"""Canaries: known answers are asked in every check, a broken solver is noticed, and nothing else changes."""

from __future__ import annotations

import ctypes
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve

from guiju.checker import ask, boxes, candidates, otherwise
from guiju.checker.bed import Bed
from guiju.checker.canary import Untrustworthy
from guiju.checker.check import Options, check
from guiju.checker.load import load, load_texts
from guiju.compiler import cone
from guiju.compiler.kernel import Corpus, Expr
from guiju.compiler.smt import backend as backends
from guiju.compiler.smt import case, decoder, session
from guiju.dsl.diagnostics import InternalError

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/howto/examples"
FILES = [EXAMPLES / name for name in ("world.gj", "city.gj", "draft-4.gj")]

#: Two territories apart, one in another, an assumption that excludes a case, and no conflict.
SPEC = """\
法域 省
法域 东市 属 省
法域 西市 属 省
机关 东局 辖 东市
机关 西局 辖 西市
实体 人
  事实 甲: 是否
  事实 乙: 是否
行为 做 主体 人
假定 "甲则非乙" 人.甲 蕴含 非 人.乙
文件 东办法 发布 东局 地域 东市 施行 2020-01-01
规则 一 见 "第一条" 当 人.甲 则 人 不得 做
文件 西办法 发布 西局 地域 西市 施行 2020-01-01
规则 二 见 "第二条" 当 人.乙 则 人 应 做
"""

#: Of this family alone nothing is asked that rests on the solver but the canaries themselves.
STILL = Options(families=frozenset({"reference"}))


def corpus_of(text: str) -> Corpus:
    loaded = load_texts({"spec.gj": text})
    assert loaded.corpus is not None, loaded.diagnostics
    return loaded.corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(SPEC)


def names(error: Untrustworthy) -> set[str]:
    return {failure.canary.en for failure in error.failures}


def broken(corpus: Corpus, options: Options = STILL) -> set[str]:
    """The canaries that fail in a check of ``corpus``."""
    with pytest.raises(Untrustworthy) as caught:
        check(corpus, options)
    return names(caught.value)


# --- What a check says of them ---------------------------------------------------------------------


def test_a_check_counts_its_canaries_and_says_nothing_else_of_them(corpus: Corpus) -> None:
    """They are in no finding, no undecided question and no count of norms."""
    report = check(corpus)
    assert report.statistics["canaries"] > 25
    assert report.statistics["norms"] == 2
    assert report.statistics["questions"] == 1
    assert not report.undecided
    assert "canary" not in repr(report.findings)


def test_they_are_asked_whatever_family_is(corpus: Corpus) -> None:
    """Also where no family is: that is how other commands learn whether assumptions hold together."""
    for families in (frozenset[str](), frozenset({"reference"}), frozenset({"chain"})):
        assert check(corpus, Options(families=families)).statistics["canaries"] > 25


def test_names_that_a_user_chose_are_avoided(corpus: Corpus) -> None:
    """A corpus may be called like the canaries."""
    bed = Bed.of(corpus)
    facts = {bed.mark + name: fact for name, fact in corpus.facts.items()}
    hostile = evolve(corpus, facts={**corpus.facts, **facts}, entities=(f"′{bed.mark}",))
    mark = Bed.of(hostile).mark
    assert not any(name.startswith(mark) for name in (*hostile.facts, *hostile.entities))
    assert check(hostile).statistics["canaries"] == check(corpus).statistics["canaries"]


@pytest.mark.parametrize(
    "horizon",
    [
        (dt.date(1901, 1, 1), dt.date(1901, 1, 1)),
        (dt.date(1901, 1, 1), dt.date(1902, 1, 31)),
        (dt.date(2099, 12, 31), dt.date(2099, 12, 31)),
        (dt.date(2024, 2, 29), dt.date(2024, 3, 31)),
        (dt.date(2023, 3, 31), dt.date(2023, 3, 31)),
    ],
)
def test_any_horizon_will_do(corpus: Corpus, horizon: tuple[dt.date, dt.date]) -> None:
    """At the ends of the calendar, on a single day, where months are clipped."""
    assert check(evolve(corpus, horizon=horizon), STILL).statistics["canaries"] > 25


def test_one_territory_has_no_canary_of_territories() -> None:
    """What cannot go wrong is not asked; everything else is."""
    text = SPEC.replace("法域 东市 属 省\n法域 西市 属 省\n", "").replace("东市", "省").replace("西市", "省")
    alone, three = check(corpus_of(text), STILL), check(corpus_of(SPEC), STILL)
    assert alone.statistics["canaries"] == three.statistics["canaries"] - 2


def test_what_is_fixed_is_in_force_with_them() -> None:
    """A date and readings that the user fixed leave the known answers as they are."""
    loaded = load(FILES)
    assert loaded.corpus is not None
    readings = {name: reading.choices[-1] for name, reading in loaded.corpus.readings.items()}
    options = Options(frozenset({"conflict"}), loaded.corpus.horizon[0], readings)
    assert check(loaded.corpus, options).statistics["canaries"] > 20


def test_without_budget_they_are_undecided(corpus: Corpus) -> None:
    """A canary that was not answered is not one that came out wrong, nor one that came out right."""
    report = check(corpus, Options(families=frozenset({"reference"}), budget=1))
    assert any(question.question.startswith("canary: ") for question in report.undecided)
    assert report.statistics["canaries"] < check(corpus, STILL).statistics["canaries"]


# --- A solver that is broken ------------------------------------------------------------------------


def test_a_solver_that_never_finds_anything(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would call every corpus clear, and the assumptions contradictory."""
    monkeypatch.setattr(session.Session, "check", lambda self, solver: session.Outcome(False))
    assert {"booleans", "numbers", "months", "counts of rows"} <= broken(corpus)


def test_a_solver_that_always_finds_something(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def satisfiable(self: object, conditions: Sequence[Expr], about: str = "") -> bool:
        return True

    monkeypatch.setattr(backends.Backend, "satisfiable", satisfiable)
    assert {"opposite booleans", "months that miss by a day", "assumption 1 甲则非乙"} <= broken(corpus)


def test_a_solver_that_knows_no_territories(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is somewhere is everywhere."""
    monkeypatch.setattr(case.CaseVariables, "inside", lambda self, territory: True)
    assert "territories apart" in broken(corpus)


def test_a_solver_that_is_told_one_assumption_less(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    above = cone.Cone.above
    monkeypatch.setattr(cone.Cone, "above", lambda self, asked: above(self, asked)[1:])
    assert {"assumption 1 甲则非乙", "what an assumption rules out"} <= broken(corpus)


@pytest.mark.parametrize("number", [0, 1])
def test_each_assumption_is_tried(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Of two assumptions about other facts, the one that is lost is named."""
    corpus = corpus_of(SPEC.replace("文件 东办法", '假定 "甲" 人.甲\n文件 东办法', 1))
    lost = corpus.assumptions[number].expr
    above = cone.Cone.above
    monkeypatch.setattr(cone.Cone, "above", lambda self, asked: [a for a in above(self, asked) if a != lost])
    failed = broken(corpus)
    assert [name for name in failed if name.startswith("assumption ")] == [
        f"assumption {number + 1} {corpus.assumptions[number].label}"
    ]


def test_a_filter_that_drops_pairs(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes that call everything disjoint would hide every conflict."""
    monkeypatch.setattr(boxes.Box, "disjoint", lambda self, other: True)
    assert "booleans" in broken(corpus)


def test_an_index_that_loses_the_last_pair(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = candidates.pairs
    monkeypatch.setattr(
        "guiju.checker.overlaps.pairs", lambda corpus, filtered: list(pairs(corpus, filtered))[1:]
    )
    assert "booleans" in broken(corpus)


def test_a_decoder_that_reads_the_wrong_numbers(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The witness is replayed, which breaks the analysis down: of the canary already, and that is named."""
    value_of = decoder.value_of
    monkeypatch.setattr(decoder, "value_of", lambda model, term: value_of(model, term) ^ 1)
    assert "numbers" in broken(corpus)


def test_a_reference_evaluator_that_agrees_with_everything(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor can a wrong witness pass: the case is known as well."""
    monkeypatch.setattr(ask, "evaluate", lambda *_: True)
    monkeypatch.setattr("guiju.checker.conflicts._replays", lambda *_: True)
    value_of = decoder.value_of
    monkeypatch.setattr(decoder, "value_of", lambda model, term: min(1, value_of(model, term)))
    assert "numbers" in broken(corpus)


def test_a_session_that_breaks_in_the_middle(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked after the questions of the check too."""

    def tired(stage: str, done: int, total: int) -> None:
        monkeypatch.setattr(session.Session, "check", lambda self, solver: session.Outcome(False))

    with pytest.raises(Untrustworthy) as caught:
        check(corpus, STILL, tired)
    assert "booleans" in names(caught.value)


def test_a_planted_pair_that_is_lost_in_the_batch(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canaries stand among the norms of the corpus, too: only there is the index of all norms built."""
    pairs = candidates.pairs

    def short(corpus: Corpus, filtered: bool) -> list[candidates.Pair]:
        found = list(pairs(corpus, filtered))
        own = any(not norm.id.startswith("canary ") for norm in corpus.norms)
        return found[:1] if own else found

    monkeypatch.setattr("guiju.checker.overlaps.pairs", short)
    assert "numbers" in broken(corpus, Options(families=frozenset({"conflict"})))


def test_the_same_case_otherwise(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two cases are compared, another corpus is asked about: it has canaries of its own."""
    gaps = Options(families=frozenset({"gap"}))
    assert check(corpus, gaps).statistics["canaries"] == check(corpus, STILL).statistics["canaries"] + 3
    monkeypatch.setattr(otherwise.Otherwise, "_assumed", lambda self, varied, conditions: [])
    assert broken(corpus, gaps) == {"an assumption about the other case"}
    monkeypatch.setattr(otherwise.Otherwise, "names", lambda self, varied, number=1: {})
    assert broken(corpus, gaps) == {"the same case otherwise"}


def test_what_contradicts_itself_is_not_blamed_on_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Assumptions that leave no case are the user's mistake, if the solver finds cases without them."""
    corpus = corpus_of(SPEC.replace("文件 东办法", "假定 人.甲 且 人.乙\n文件 东办法", 1))
    report = check(corpus)
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["E414"]
    assert not report.statistics
    monkeypatch.setattr(session.Session, "check", lambda self, solver: session.Outcome(False))
    assert "booleans" in broken(corpus)


def test_it_is_our_mistake(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls ``check`` gets an exception and no report; it names the canaries and the engine."""
    monkeypatch.setattr(session.Session, "check", lambda self, solver: session.Outcome(False))
    with pytest.raises(InternalError, match="canary 'booleans'") as caught:
        check(corpus)
    assert isinstance(caught.value, Untrustworthy)
    assert caught.value.engine["name"] == "z3"


def test_want_of_memory_is_no_wrong_answer(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends the check as what it is; and so does Ctrl-C, in whatever shape it comes."""
    for raised in (MemoryError(), ctypes.ArgumentError("argument 1: KeyboardInterrupt: ")):

        def broken(*_: object, error: Exception = raised) -> None:
            raise error

        monkeypatch.setattr(backends, "decode", broken)
        with pytest.raises(type(raised)):
            check(corpus, Options())
