"""Vacuity: whether the questions of a check are about anything at all.

Where no case is left, every rule is consistent. So before anything else is asked: can the assumptions hold
together, under what the user fixed, and under each choice of the readings that they speak of? And of every
norm: is there a case to which it applies? One that is found is replayed in the reference evaluator; a norm
without one is either dead, which is a finding, or undecided, which is said.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from guiju.checker.ask import Asker, choice_conditions
from guiju.compiler import formulas, smt
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Assumption,
    Compare,
    Const,
    Date,
    Expr,
    Norm,
    Order,
    ReadingRef,
    Today,
    binds,
    distinct,
)
from guiju.dsl.diagnostics import Diagnostic, InternalError
from guiju.dsl.source import Bilingual


def contradictions(asker: Asker) -> tuple[Diagnostic, ...]:
    """Why nothing can be checked: the assumptions leave no case, or none of what is fixed or of a reading."""
    if not asker.corpus.assumptions:
        return ()
    if asker.possible("assumptions", [], pinned=False) is False and (found := _together(asker)):
        return (found,)
    given = fixed(asker)
    if given and asker.possible("assumptions", []) is False:
        words = _words(asker)
        where = Bilingual(f"在所固定的 {'、'.join(words)} 之下", f"with {', '.join(words)} fixed,")
        return (_refuted(asker, given, where),)
    return tuple(_closed_readings(asker))


def _together(asker: Asker) -> Diagnostic | None:
    """That the assumptions contradict each other, unless it is what is fixed that they contradict."""
    if asker.fixed_readings and evolve(asker, fixed_readings={}).possible("assumptions", [], pinned=False):
        return None
    return _refuted(asker, [], Bilingual("", ""))


def _closed_readings(asker: Asker) -> Iterator[Diagnostic]:
    """The choices of readings that the assumptions rule out: nothing that is asked under them has a case."""
    corpus = asker.corpus
    spoken = [e.name for e in distinct([a.expr for a in corpus.assumptions]) if isinstance(e, ReadingRef)]
    for name in sorted(set(spoken) - set(asker.fixed_readings)):
        for choice in corpus.readings[name].choices:
            chosen = choice_conditions({name: choice}, corpus)
            if asker.possible(f"assumptions: {name}={choice}", chosen) is False:
                others = _words(asker)
                where = Bilingual(
                    f"在读法“{name}={choice}”之下" + (f"（{'、'.join(others)}）" if others else ""),
                    f"under the reading {name}={choice}" + (f" ({', '.join(others)})" if others else ""),
                )
                yield _refuted(asker, [*chosen, *fixed(asker)], where)


def _words(asker: Asker) -> list[str]:
    """What the user fixed, as it was written."""
    chosen = [f"{name}={choice}" for name, choice in sorted(asker.fixed_readings.items())]
    return chosen + ([asker.as_of.isoformat()] if asker.as_of is not None else [])


def fixed(asker: Asker) -> list[Expr]:
    """What the user fixed, as conditions: readings and the date."""
    found = choice_conditions(asker.fixed_readings, asker.corpus)
    if asker.as_of is not None:
        found.append(Compare(Order.EQ, Today(), Const(asker.as_of, Date())))
    return found


def _refuted(asker: Asker, given: Sequence[Expr], where: Bilingual) -> Diagnostic:
    """That no case satisfies the assumptions where ``given`` holds, at the first that is too much."""
    bare = smt.Backend(asker.corpus, asker.backend.budget, assumptions=())
    kept: list[Assumption] = []
    for assumption in asker.corpus.assumptions:
        kept.append(assumption)
        if bare.satisfiable([*given, *(a.expr for a in kept)]) is False:
            break
    others = tuple((a.place, Bilingual("与这些假定一起", "together with these")) for a in kept[:-1][-3:])
    return Diagnostic(
        "E414",
        kept[-1].place,
        Bilingual(
            f"{where.zh}{'，' if where.zh else ''}假定互相矛盾：没有任何情形能同时满足",
            f"{where.en}{' ' if where.en else ''}the assumptions contradict each other",
        ),
        Bilingual("请放宽或删去其中一条", "relax or remove one of them"),
        others,
    )


class Reach(enum.Enum):
    """Whether a norm can apply.

    SHOWN: some case was replayed to which it does. ELSEWHEN: likewise, but not on the date that is fixed.
    DEAD: there is provably none. UNDECIDED: neither, and it is noted.
    """

    SHOWN = "shown"
    ELSEWHEN = "elsewhen"
    DEAD = "dead"
    UNDECIDED = "undecided"


@frozen
class Census:
    """Which norms can apply, under the readings that are fixed; ``known`` is filled as they are asked."""

    asker: Asker
    known: dict[str, Reach] = field(factory=dict)

    def of(self, norm: Norm) -> Reach:
        """Whether ``norm``, which binds, can apply."""
        if norm.id not in self.known:
            self.known[norm.id] = self._reach(norm)
        return self.known[norm.id]

    def dead(self, norm: Norm) -> bool:
        """Whether no case of any date satisfies ``norm``."""
        return self.of(norm) is Reach.DEAD

    def statistics(self) -> dict[str, int]:
        """How many rules bind, and how many of them can apply; ``rules_unasked`` where that was not asked.

        ``norms_unreachable`` counts norms, a rule with several requirements having several. A rule none of
        whose norms can apply is a finding, one that is undecided is noted; ``rules_without_effect`` only
        encourage, or are not verified, and are not asked about.
        """
        binding = {norm.rule for norm in self.asker.corpus.norms if binds(norm)}
        idle = len({norm.rule for norm in self.asker.corpus.norms}) - len(binding)
        if binding and not self.known:
            return {"rules_unasked": len(binding)}
        by_rule: dict[str, set[Reach]] = {}
        for norm in self.asker.corpus.norms:
            reach = {self.known[norm.id]} if norm.id in self.known else set()
            by_rule.setdefault(norm.rule, set()).update(reach)
        best = [next(reach for reach in Reach if reach in found) for found in by_rule.values() if found]
        counted = {
            "rules": len(best),
            "rules_reachable": _count(best, (Reach.SHOWN, Reach.ELSEWHEN)),
            "rules_without_effect": idle,
            "norms_unreachable": _count(self.known.values(), (Reach.DEAD,)),
        }
        if self.asker.as_of is not None:
            counted["rules_reachable_on_date"] = _count(best, (Reach.SHOWN,))
        return counted

    def _reach(self, norm: Norm) -> Reach:
        asker, applies = self.asker, formulas.applicable(norm, self.asker.corpus)
        chosen = choice_conditions(asker.fixed_readings, asker.corpus)
        if asker.as_of is not None and self._shown(norm, [applies, *fixed(asker)]):
            return Reach.SHOWN
        if self._shown(norm, [applies, *chosen]):
            return Reach.SHOWN if asker.as_of is None else Reach.ELSEWHEN
        what = f"{norm.id}: dead"
        if asker.possible(what, [applies], (norm,), pinned=False) is False:
            return Reach.DEAD
        asker.note(what, "budget: no witness", (norm,))
        return Reach.UNDECIDED

    def _shown(self, norm: Norm, conditions: Sequence[Expr]) -> bool:
        """Whether the solver gives a case of ``conditions``, which is replayed."""
        try:
            verdict = self.asker.backend.solve(conditions, minimise=False, about=f"{norm.id}: dead")
        except smt.Unsupported:
            return False
        if not isinstance(verdict, smt.Sat):
            return False
        if not all(evaluate(c, self.asker.corpus, verdict.context) is True for c in conditions):
            raise InternalError(f"a witness does not replay: {norm.id}: applies\n{verdict.context}")
        return True


def _count(found: Iterable[Reach], among: Sequence[Reach]) -> int:
    return sum(each in among for each in found)
