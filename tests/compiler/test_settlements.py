"""Which of two norms prevails, by what and how firmly: each rule of the doctrine, and where it stops."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.compiler.doctrine import Clash, Defeat, Dispute, Doctrine, Grade, Settlement, settle
from guiju.compiler.kernel import (
    TRUE,
    Authority,
    Const,
    Corpus,
    Date,
    Deed,
    Instrument,
    MayDo,
    Modality,
    Norm,
    Override,
    Precedence,
    Rank,
    RollToWorkday,
    Today,
)
from strategies import VOCABULARY

AUTHORITIES = {
    "assembly": Authority("assembly", "statutes", None, "country"),
    "ministry": Authority("ministry", "rules", "assembly", "country"),
    "bureau": Authority("bureau", "notices", "ministry", "south"),
    "desk": Authority("desk", None, None, None, department_of="bureau"),
    "other": Authority("other", "notices", "ministry", "south"),
}
RANKS = {
    "statutes": Rank("statutes", 9, True),
    "rules": Rank("rules", 3, True),
    "notices": Rank("notices", 1, False),
}
OLD, NEW = dt.date(2019, 12, 31), dt.date(2020, 1, 1)


def issued(name: str, issuer: str = "bureau", day: dt.date | None = NEW, **said: object) -> Instrument:
    """An instrument that is in force from ``day``; None: nobody knows from when."""
    start = None if day is None else Const(day, Date())
    return evolve(Instrument(name, name, issuer, "south", start=start), **said)


def norm(instrument: str, name: str = "n") -> Norm:
    deed = MayDo(Deed("party", "practise"))
    id_ = f"{instrument}.{name}"
    return Norm(id_, id_, instrument, (), TRUE, deed, Modality.FORBIDDEN, "south", Today())


def corpus_of(*instruments: Instrument, overrides: tuple[Override, ...] = ()) -> Corpus:
    return evolve(
        VOCABULARY,
        authorities=AUTHORITIES,
        ranks=RANKS,
        instruments={i.id: i for i in instruments},
        overrides=overrides,
    )


def settled(corpus: Corpus, one: Norm, other: Norm, *narrower: Norm, open_: bool = False) -> Settlement:
    """The settlement, the same in both orders; the guard of each norm ``narrower`` implies the other's."""

    def implies(m: Norm, n: Norm) -> bool | None:
        return None if open_ else m in narrower

    found = settle(one, other, corpus, implies)
    assert found == settle(other, one, corpus, implies)
    return found


def superior(winner: Norm, loser: Norm, grade: Grade, basis: str) -> Defeat:
    return Defeat(winner.id, loser.id, Doctrine.SUPERIOR, grade, basis)


A, B = norm("a"), norm("b")


# --- The text says so -------------------------------------------------------------------------------------


def test_a_rule_that_says_it_prevails_does() -> None:
    """Over the rule that it names, and with the provision that says so; over nothing else."""
    over = (Override(A.rule, B.rule, "art. 7"),)
    corpus = corpus_of(issued("a"), issued("b", "other"), overrides=over)
    assert settled(corpus, A, B) == Defeat(A.id, B.id, Doctrine.TEXT, Grade.TEXT, "art. 7")
    assert settled(corpus, norm("a", "m"), B) is None
    assert settled(corpus, A, norm("b", "m")) is None


@pytest.mark.parametrize(
    ("clause", "holds"),
    [
        (Precedence(("other",), (), "art. 8"), True),
        (Precedence(("ministry", "other"), (), "art. 8"), True),
        (Precedence(("other",), ("noise", "waste"), "art. 8"), True),
        (Precedence(("other",), ("noise",), "art. 8"), False),
        (Precedence(("ministry",), (), "art. 8"), False),
    ],
)
def test_a_clause_over_earlier_documents_reaches_no_further_than_it_says(
    clause: Precedence, holds: bool
) -> None:
    """Those issuers, those topics or any, and only documents that came before."""
    topics = ("waste",)
    earlier = issued("b", "other", OLD, topics=topics)
    said = Defeat(A.id, B.id, Doctrine.TEXT, Grade.TEXT, "art. 8")
    claimant = issued("a", precedences=(clause,))
    assert settled(corpus_of(claimant, earlier), A, B) == (said if holds else None)
    for day in (NEW, None):
        assert settled(corpus_of(claimant, issued("b", "other", day, topics=topics)), A, B) is None


@pytest.mark.parametrize("issuer", ["ministry", "assembly"])
def test_a_savings_clause_yields_to_every_authority_above(issuer: str) -> None:
    """At any distance, from a department too; not to one beside it, nor to its own authority's equals."""
    for of in ("bureau", "desk"):
        corpus = corpus_of(issued("a", issuer), issued("b", of, yields_upward="art. 9"))
        assert settled(corpus, A, B) == Defeat(A.id, B.id, Doctrine.TEXT, Grade.TEXT, "art. 9")
    corpus = corpus_of(issued("a", "other"), issued("b", "bureau", yields_upward="art. 9"))
    assert settled(corpus, A, B) is None


def test_two_texts_that_each_claim_priority_settle_nothing() -> None:
    """Nor does anything else settle what they dispute."""
    both = (Override(A.rule, B.rule, "art. 1"), Override(B.rule, A.rule, "art. 2"))
    corpus = corpus_of(issued("a", "ministry", rank="rules"), issued("b", rank="notices"), overrides=both)
    assert settled(corpus, A, B, A) == Clash(Dispute.BOTH_TEXTS)


def test_a_lower_instrument_cannot_put_itself_above_a_higher_one() -> None:
    """The higher one may say of itself that it prevails."""
    high, low = issued("a", "ministry", rank="rules"), issued("b", rank="notices")
    claimed = corpus_of(high, low, overrides=(Override(B.rule, A.rule, "art. 1"),))
    assert settled(claimed, A, B) == Clash(Dispute.TEXT_AGAINST_SUPERIOR)
    said = corpus_of(high, low, overrides=(Override(A.rule, B.rule, "art. 1"),))
    assert settled(said, A, B) == Defeat(A.id, B.id, Doctrine.TEXT, Grade.TEXT, "art. 1")


# --- The higher -------------------------------------------------------------------------------------------


def test_the_higher_rank_prevails() -> None:
    """By statute where the statute ranks both; what is special or later in the lower one does not matter."""
    rules, notice = issued("a", "ministry", OLD, rank="rules"), issued("b", rank="notices")
    assert settled(corpus_of(rules, notice), A, B, B) == superior(A, B, Grade.ARGUED, "rules > notices")
    statute = issued("b", "assembly", rank="statutes")
    assert settled(corpus_of(rules, statute), A, B) == superior(B, A, Grade.STATUTE, "statutes > rules")


def test_equal_rank_or_none_does_not_settle_what_two_issuers_say() -> None:
    """Neither does what is special or later: these compare what one issuer said."""
    for rank, another in (("notices", "notices"), ("rules", None), (None, "rules")):
        one, other = issued("a", "bureau", OLD, rank=rank), issued("b", "other", NEW, rank=another)
        assert settled(corpus_of(one, other), A, B, A) is None


# --- Of one issuer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ranks", "grade"),
    [
        (("rules", "rules"), Grade.STATUTE),
        (("notices", "notices"), Grade.ARGUED),
        (("rules", None), Grade.ARGUED),
        ((None, None), Grade.ARGUED),
    ],
)
def test_the_special_norm_prevails(ranks: tuple[str | None, str | None], grade: Grade) -> None:
    """By statute where the statute ranks both instruments; also against a later one that is not general."""
    one, other = issued("a", rank=ranks[0]), issued("b", rank=ranks[1])
    found = settled(corpus_of(one, other), A, B, A)
    assert found == Defeat(A.id, B.id, Doctrine.SPECIAL, grade)
    younger = corpus_of(one, evolve(other, start=Const(OLD, Date())))
    assert settled(younger, A, B, A) == found


def test_a_newer_general_rule_against_an_older_special_one_is_for_the_issuer() -> None:
    """Within one instrument there is no newer one."""
    corpus = corpus_of(issued("a", day=OLD), issued("b"))
    assert settled(corpus, A, B, A) == Clash(Dispute.NEW_GENERAL, A.id)
    counted = evolve(issued("a"), start=RollToWorkday(Const(OLD, Date())))
    assert settled(corpus_of(counted, issued("b")), A, B, A) == Clash(Dispute.NEW_GENERAL, A.id)
    within = norm("a", "m")
    assert settled(corpus, A, within, A) == Defeat(A.id, within.id, Doctrine.SPECIAL, Grade.ARGUED)


@pytest.mark.parametrize("narrower", [(), (A, B)])
def test_of_two_equally_general_the_later_prevails(narrower: tuple[Norm, ...]) -> None:
    """Neither guard implies the other, or both do. The days of issue count where none is in force."""
    posterior = Defeat(B.id, A.id, Doctrine.POSTERIOR, Grade.ARGUED)
    assert settled(corpus_of(issued("a", day=OLD), issued("b")), A, B, *narrower) == posterior
    announced = corpus_of(issued("a", day=None, issued=OLD), issued("b", day=None, issued=NEW))
    assert settled(announced, A, B, *narrower) == posterior
    assert settled(corpus_of(issued("a"), issued("b")), A, B, *narrower) is None
    assert settled(corpus_of(issued("a", day=None), issued("b")), A, B, *narrower) is None
    assert settled(corpus_of(issued("a")), A, norm("a", "m")) is None


def test_a_department_speaks_for_its_authority() -> None:
    """What the two say is compared as what one issuer said."""
    corpus = corpus_of(issued("a", "desk", OLD), issued("b", "bureau"))
    assert settled(corpus, A, B) == Defeat(B.id, A.id, Doctrine.POSTERIOR, Grade.ARGUED)


def test_an_implication_that_is_not_decided_settles_nothing() -> None:
    """Neither specialty nor, after it, time."""
    assert settled(corpus_of(issued("a", day=OLD), issued("b")), A, B, open_=True) is None
