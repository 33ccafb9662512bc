"""The doctrine that is proved to have no circles and the one that settles: the same norm prevails."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

from attrs import frozen

from guiju.compiler.doctrine import Defeat, settle
from guiju.compiler.kernel import TRUE, Authority, Corpus, Deed, Instrument, MayDo, Modality, Norm, Rank

MAY = MayDo(Deed("party", "practise"))
BOUNDS = (dt.date(1901, 1, 1), dt.date(2099, 12, 31))
RANKS = {f"l{level}": Rank(f"l{level}", level, True) for level in range(3)}
#: Two authorities, of which the first has a department: its documents count as the authority's.
AUTHORITIES = {
    "a0": Authority("a0", None, None, None),
    "a1": Authority("a1", None, None, None),
    "a0.office": Authority("a0.office", None, None, None, department_of="a0"),
}
ISSUERS = {"a0": 0, "a1": 1, "a0.office": 0}

Evaluate = Callable[[Sequence[str]], list[Any]]


@frozen
class Asked:
    """Some norms of a few instruments, and which guards imply which."""

    corpus: Corpus
    implied: frozenset[tuple[int, int]]

    def expected(self) -> list[int]:
        """For each ordered pair, whether the first prevails."""

        def implies(m: Norm, n: Norm) -> bool:
            return m.id == n.id or (int(m.id), int(n.id)) in self.implied

        def prevails(m: Norm, n: Norm) -> bool:
            found = settle(m, n, self.corpus, implies)
            return isinstance(found, Defeat) and found.winner == m.id

        return [int(prevails(m, n)) for m, n in permutations(self.corpus.norms, 2)]

    def proof(self) -> str:
        """The same of the proofs' ``Doctrine.prevails``, one number for each pair."""
        held = {norm.id: self.corpus.instruments[norm.instrument] for norm in self.corpus.norms}
        lines = [f"({name}, {_instrument(each)})" for name, each in held.items()]
        default = "(Instrument 99 99 None None)"
        pairs = "; ".join(f"({m}, {n})" for m, n in sorted(self.implied))
        asked = "; ".join(f"({m.id}, {n.id})" for m, n in permutations(self.corpus.norms, 2))
        return (
            f"let of := listed Nat.eqb {default} [{'; '.join(lines)}]%nat in "
            f"let implies m n := Nat.eqb m n || over [{pairs}]%nat m n in "
            f"map (fun p => if prevails of implies (fst p) (snd p) then 1 else 0) [{asked}]%nat"
        )


def _instrument(each: Instrument) -> str:
    level = "None" if each.rank is None else f"(Some {RANKS[each.rank].level}%Z)"
    begins = "None" if each.issued is None else f"(Some {each.issued.toordinal()}%Z)"
    return f"Instrument {each.id} {ISSUERS[each.issuer]} {level} {begins}"


def asked(rng: random.Random) -> Asked:
    instruments = {
        str(index): Instrument(
            str(index),
            str(index),
            rng.choice(list(ISSUERS)),
            "p",
            rank=rng.choice([None, None, *RANKS]),
            issued=rng.choice([None, *(dt.date(2020 + year, 1, 1) for year in range(3))]),
        )
        for index in range(3)
    }
    names = [str(index) for index in range(4)]
    norms = [
        Norm(name, name, rng.choice(list(instruments)), (), TRUE, MAY, Modality.FORBIDDEN, "p")
        for name in names
    ]
    implied = frozenset(pair for pair in permutations(range(4), 2) if rng.random() < 0.3)
    corpus = Corpus(BOUNDS, {"p": None}, RANKS, AUTHORITIES, {}, {}, {}, {}, {}, instruments, tuple(norms))
    return Asked(corpus, implied)


def test_the_doctrine_agrees(evaluated: Evaluate) -> None:
    """Superior, special and posterior, with ranks, dates and implications given or not: 12 pairs a case."""
    rng = random.Random(9)
    cases = [asked(rng) for _ in range(60)]
    wanted = [case.expected() for case in cases]
    assert 100 < sum(map(sum, wanted)) < 600
    terms = ";\n".join(case.proof() for case in cases)
    for case, want, found in zip(cases, wanted, evaluated([f"[{terms}]"])[0], strict=True):
        assert found == want, case
