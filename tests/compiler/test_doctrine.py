"""The doctrine as a function of two norms: it does not depend on their order, and never makes two winners."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.doctrine import Clash, Defeat, Doctrine, Settlement, settle
from guiju.compiler.kernel import Corpus, Deed, Norm, Override, Precedence
from strategies import MayDo, corpora


@st.composite
def disputes(draw: st.DrawFn) -> tuple[Corpus, dict[tuple[str, str], bool | None]]:
    """A corpus whose instruments claim this and that, and what the oracle says of its norms."""
    corpus = draw(corpora(max_norms=3, depth=1, question=MayDo(Deed("party", "practise"))))
    claims = st.lists(
        st.builds(
            Precedence,
            st.sampled_from((("bureau",), ("ministry",), ("bureau", "ministry"))),
            st.sampled_from(((), ("practice",), ("other",))),
            st.just("art. 1"),
        ),
        max_size=1,
    )
    instruments = {
        name: evolve(
            i,
            precedences=tuple(draw(claims)),
            yields_upward=draw(st.sampled_from((None, None, "art. 9"))),
            issuer=draw(st.sampled_from((i.issuer, "bureau"))),
            rank=draw(st.sampled_from((i.rank, i.rank, None, "normative"))),
        )
        for name, i in corpus.instruments.items()
    }
    rules = [n.rule for n in corpus.norms]
    pairs = st.tuples(st.sampled_from(rules), st.sampled_from(rules)).filter(lambda p: p[0] != p[1])
    over = draw(st.lists(pairs, max_size=2)) if len(set(rules)) > 1 else []
    overrides = tuple(Override(winner, loser, "art. 2") for winner, loser in over)
    said = {
        (m.id, n.id): draw(st.sampled_from((True, False, None))) for m in corpus.norms for n in corpus.norms
    }
    return evolve(corpus, instruments=instruments, overrides=overrides), said


def mirrored(settlement: Settlement) -> object:
    """What a settlement says, apart from the place where it was found."""
    match settlement:
        case Defeat(winner, loser, doctrine, grade):
            return winner, loser, doctrine, grade
        case Clash(dispute, special):
            return dispute, special
        case None:
            return None


@given(disputes())
def test_a_settlement_does_not_depend_on_the_order_of_the_two(
    dispute: tuple[Corpus, dict[tuple[str, str], bool | None]],
) -> None:
    """So defeat is asymmetric: of two norms at most one prevails, and never over itself."""
    corpus, said = dispute

    def implies(m: Norm, n: Norm) -> bool | None:
        return said[m.id, n.id]

    for one in corpus.norms:
        for other in corpus.norms:
            if one.id == other.id:
                continue
            found = settle(one, other, corpus, implies)
            assert mirrored(found) == mirrored(settle(other, one, corpus, implies))
            if isinstance(found, Defeat):
                assert {found.winner, found.loser} == {one.id, other.id}


@given(disputes())
def test_what_the_oracle_leaves_open_is_not_settled_by_specialty(
    dispute: tuple[Corpus, dict[tuple[str, str], bool | None]],
) -> None:
    """An undecided implication settles nothing, neither specialty nor what comes after it."""
    corpus, _ = dispute
    for one in corpus.norms:
        for other in corpus.norms:
            found = settle(one, other, corpus, lambda m, n: None)
            if isinstance(found, Defeat):
                assert found.doctrine in (Doctrine.TEXT, Doctrine.SUPERIOR)
