"""Claims that are so are proved again; one that is not is found out, and both questions can be kept."""

from __future__ import annotations

import z3
from attrs import evolve

from guiju.checker.bed import Bed
from guiju.checker.certify.certificate import Result
from guiju.checker.certify.certifying import certified
from guiju.checker.certify.proving import prove, queries
from guiju.checker.certify.watched import Limits
from guiju.checker.check import Options
from guiju.checker.load import load_texts
from guiju.compiler.claims import Claim
from guiju.compiler.kernel import FactRef, Not
from guiju.compiler.smtlib.second import ProofFormat
from strategies import VOCABULARY
from with_world import corpus_of

LIMITS = Limits(0)
FIT = FactRef("party.fit")


def test_what_is_so_and_what_is_not() -> None:
    """A claim that a case refutes is a disagreement, whoever made it."""
    right = Claim("right", VOCABULARY, (FIT, Not(FIT)))
    wrong = Claim("wrong", VOCABULARY, (FIT,))
    found = {each.entry.about: each for each in prove(queries([wrong, right]), LIMITS)}
    assert {about: each.entry.result for about, each in found.items()} == {
        "right": Result.PROVED,
        "wrong": Result.DISAGREES,
    }
    solver = z3.Solver()
    solver.from_string(found["wrong"].first_script())
    assert solver.check() == z3.sat
    assert "check-sat" in found["wrong"].script


def test_claims_with_one_script_are_one() -> None:
    """And are named the same in whatever order they were made."""
    one, other = (Claim(about, VOCABULARY, (FIT, Not(FIT))) for about in ("b", "a"))
    for claims in ([one, other], [other, one]):
        (query,) = queries(claims)
        assert query.about == "a"


def test_a_claim_of_the_rules_is_no_canary_where_a_canary_has_the_same_script() -> None:
    """And goes by its own name."""
    bed = Bed.of(VOCABULARY)
    corpus, flag = bed.dug(), bed.fact("flag")
    own, planted = (Claim(about, corpus, (FIT, Not(FIT))) for about in ("own", bed.mark + "one × other"))
    of_facts = Claim("by its facts", corpus, (flag, FIT))
    for claims in ([own, planted, of_facts], [of_facts, planted, own]):
        found = {each.about: each.canary for each in queries(claims, bed)}
        assert found == {"own": False, "by its facts": True}
    assert [each.canary for each in queries([planted], bed)] == [True]


def test_proofs_on_request() -> None:
    claim = Claim("right", VOCABULARY, (FIT, Not(FIT)))
    (without,) = prove(queries([claim]), LIMITS)
    (with_,) = prove(queries([claim]), evolve(LIMITS, proof=ProofFormat.ALETHE))
    assert without.reply.proof is None
    assert with_.reply.proof
    assert with_.entry == without.entry


def test_where_there_are_no_rules_every_claim_is_a_canary() -> None:
    """Whatever the families that ask, and whatever assumption goes with them."""
    certificate = certified(corpus_of('假定 "一" 占道\n'), Options(), LIMITS)[1]
    assert len(certificate.entries) > 10
    assert all(each.canary for each in certificate.entries)


def test_where_there_are_no_territories_everything_can_be_asked() -> None:
    """Every norm then holds everywhere, and no claim is refused for it."""
    corpus = load_texts({"x.gj": "时限 2018-01-01 .. 2040-12-31\n"}).corpus
    assert corpus is not None
    assert not corpus.territories
    certificate = certified(corpus, Options(), LIMITS)[1]
    assert certificate.counts[Result.PROVED] == len(certificate.entries) > 0


def test_a_check_whose_every_clear_is_proved_again() -> None:
    """Also of the pairs that need no query by themselves: that they cannot meet is a claim too."""
    corpus = corpus_of(
        '文件 甲 标题 "甲" 发布 市局 地域 市 施行 2020-01-01\n'
        "规则 一 当 占道 则 摊主 不得 经营\n规则 二 当 非 占道 则 摊主 可 经营\n"
    )
    report, certificate = certified(corpus, Options(), LIMITS)
    assert certificate.counts[Result.PROVED] == len(certificate.entries) > 0
    assert any("甲.一 × 甲.二" in each.about for each in certificate.entries if not each.canary)
    assert not any(
        "甲.一" in each.about or "甲.二" in each.about for each in certificate.entries if each.canary
    )
    assert certificate.corpus == report.corpus_digest
    assert set(certificate.findings) == {each.fingerprint for each in report.findings}
