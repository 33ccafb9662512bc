"""Canaries: questions of which the answer is known, put to the analyses together with the real ones.

"No conflict" is the solver's word, and nobody sees whether it was asked the right question. So each check
asks what it knows the answer to as well: of norms that are planted into the corpus (``planted``), which of
them disagree and in which case, and which can never apply. They are asked in the session of the real
questions, under the assumptions, the readings and the date of the check: before it, in one batch with its
norms, and after it. A wrong answer means that no answer of the check can be believed. A canary that the
budget cuts short is undecided, like any question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from attrs import evolve, field, frozen

from guiju.checker import conflicts, overlaps, quality
from guiju.checker.ask import Asker
from guiju.checker.bed import Bed, Found, Plant
from guiju.checker.finding import Failure, Finding, Undecided, Untrustworthy
from guiju.checker.otherwise import Otherwise
from guiju.checker.overlaps import Conflicts, Overlap
from guiju.checker.planted import Nursery
from guiju.checker.vacuity import Census, fixed
from guiju.compiler import smt
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Expr, negation
from guiju.compiler.renaming import renamed
from guiju.dsl.diagnostics import interrupted
from guiju.dsl.source import Bilingual

_ASSUMED = Bilingual("各条假定同时成立", "all assumptions together")
_ALL = Bilingual("全部", "all of them")


@frozen
class Canaries:
    """The canaries of a check of the corpus of ``bed``; ``right`` is filled with those that came out so."""

    bed: Bed
    engine: Mapping[str, str] = field(factory=dict)
    right: dict[str, None] = field(factory=dict)
    _pairs: tuple[Plant, ...] = field(init=False)
    _rules: tuple[Plant, ...] = field(init=False)

    @_pairs.default
    def _planted_pairs(self) -> tuple[Plant, ...]:
        return tuple(Nursery(self.bed).pairs())

    @_rules.default
    def _planted_rules(self) -> tuple[Plant, ...]:
        return tuple(Nursery(self.bed).rules())

    def ask(self, asker: Asker, again: bool = False) -> None:
        """Ask all of them by way of ``asker``, whose backend knows what ``bed`` declares.

        ``again``: after the questions of the check, by when the assumptions of the corpus were seen to hold.

        Raises:
            Untrustworthy: Some came out wrong.
        """
        failures = [
            *self._tried(self._pairs, asker, self._disagreeing),
            *self._tried(self._rules, asker, self._reachable),
        ]
        if not again:
            together = (Plant(_ASSUMED, ()),)
            failures += self._tried(together, asker, lambda _, asker: self._together(asker))
        self._judge(failures)

    def ask_without_assumptions(self, asker: Asker) -> None:
        """Ask those that rest on no assumption: of a corpus whose assumptions are said to leave no case.

        Raises:
            Untrustworthy: Some came out wrong, so it need not be the assumptions.
        """
        backend = smt.Backend(self.bed.dug(), asker.backend.budget, assumptions=(), slots=self.bed.slots)
        bare = evolve(asker, backend=backend, fixed_readings={}, as_of=None)
        free = tuple(plant for plant in self._pairs if not plant.assumed)
        self._judge(self._tried(free, bare, self._disagreeing))

    def otherwise(self, asker: Asker) -> Otherwise:
        """Who asks about a case and the same case otherwise, of the corpus and of canaries."""
        return Otherwise(evolve(asker, corpus=self.bed.dug()))

    def ask_otherwise(self, beside: Otherwise) -> None:
        """Ask those about a case and the same case otherwise.

        Raises:
            Untrustworthy: Some came out wrong.
        """
        flag, cause, effect = (self.bed.fact(name) for name in ("flag", "cause", "effect"))
        known = [
            (Bilingual("同一情形另作一样", "the same case otherwise"), "flag", flag, negation(flag), True),
            (Bilingual("其余不变", "all else equal"), "flag", cause, negation(cause), False),
            (
                Bilingual("另一情形的假定", "an assumption about the other case"),
                "cause",
                effect,
                cause,
                False,
            ),
        ]
        failures = [
            failure
            for name, varied, here, there, expected in known
            for failure in self._tried(
                (Plant(name, ()),),
                beside.asker,
                partial(self._of_two, beside, {self.bed.mark + varied}, (here, there), expected),
            )
        ]
        self._judge(failures)

    def beside(self, asker: Asker) -> Asker:
        """Who asks about the corpus with the pairs planted among its norms; ``apart`` sorts what it finds."""
        return evolve(asker, corpus=self.bed.bearing(self._pairs, beside=True), undecided=[])

    def apart(self, found: Conflicts, planted: Asker, asker: Asker) -> Conflicts:
        """What ``planted`` found about the corpus itself, whose open questions go to those of ``asker``.

        Raises:
            Untrustworthy: Of the planted pairs others disagree than are known to.
        """
        own = [o for o in found.overlaps if self.bed.owns(o.one)]
        doubts = [u for u in planted.undecided if any(self.bed.planted(n.instrument) for n in u.norms)]
        asker.undecided.extend(u for u in planted.undecided if u not in doubts and u not in asker.undecided)
        self._judge(self._meeting(self._pairs, own, self._doubted(doubts, asker)))
        return Conflicts(
            tuple(o for o in found.overlaps if not self.bed.owns(o.one)),
            {pair: d for pair, d in found.defeats.items() if not self.bed.planted(pair[0])},
        )

    # --- Asking ---------------------------------------------------------------------------------------------

    def _tried(
        self,
        plants: tuple[Plant, ...],
        asker: Asker,
        ask: Callable[[tuple[Plant, ...], Asker], list[Failure]],
    ) -> list[Failure]:
        """What ``ask`` says of ``plants``; where it breaks down, it is asked of each, to tell which it is."""
        try:
            return ask(plants, asker)
        except MemoryError:
            raise  # the machine's fault, of which the solver is not to be accused
        except Exception as error:
            if interrupted(error):
                raise
            broke = Bilingual(f"分析中断：{error}", f"the analysis broke down: {error}")
            if len(plants) == 1:
                return [Failure(plants[0].name, broke)]
            each = [failure for plant in plants for failure in self._tried((plant,), asker, ask)]
            return each or [Failure(_ALL, broke)]

    def _disagreeing(self, plants: tuple[Plant, ...], asker: Asker) -> list[Failure]:
        """The pairs as a corpus of their own: with the filter of pairs, without it, with their witnesses."""
        own = evolve(asker, corpus=self.bed.bearing(plants), undecided=[], known={})
        every, some = (overlaps.overlaps(own.unpinned(), filtered) for filtered in (False, True))
        doubted = self._doubted(own.undecided, asker)
        failures = [f for found in (every, some) for f in self._meeting(plants, found.overlaps, doubted)]
        if failures:
            return failures
        findings = list(conflicts.findings(own, some))
        return self._compared(plants, findings, self._doubted(own.undecided, asker))

    def _reachable(self, plants: tuple[Plant, ...], asker: Asker) -> list[Failure]:
        """The rules as a corpus of their own: which of them are dead?"""
        own = evolve(asker, corpus=self.bed.bearing(plants), undecided=[], known={})
        findings = list(quality.findings(own, Conflicts((), {}), own, Census(own)))
        return self._compared(plants, findings, self._doubted(own.undecided, asker))

    def _together(self, asker: Asker) -> list[Failure]:
        """Whether the reference evaluator finds all assumptions true in the case that the solver gives."""
        assumed = [a.expr for a in asker.corpus.assumptions]
        asked = [*assumed, *fixed(asker)]
        verdict = asker.backend.solve(asked, minimise=False, about=_ASSUMED.en)
        if isinstance(verdict, smt.Undecided):
            asker.note(f"canary: {_ASSUMED.en}", f"budget: {verdict.reason}", ())
            return []
        if isinstance(verdict, smt.Unsat):
            return [Failure(_ASSUMED, Bilingual("说没有这样的情形", "no such case is said to exist"))]
        false = [
            a.label for a in asker.corpus.assumptions if not evaluate(a.expr, asker.corpus, verdict.context)
        ]
        if false:
            said = Bilingual(
                f"所给情形不合假定“{false[0]}”", f"the case given breaks assumption '{false[0]}'"
            )
            return [Failure(_ASSUMED, said)]
        self.right[_ASSUMED.en] = None
        return []

    def _of_two(
        self,
        beside: Otherwise,
        varied: set[str],
        conditions: tuple[Expr, Expr],
        expected: bool,
        plants: tuple[Plant, ...],
        asker: Asker,
    ) -> list[Failure]:
        """Whether two cases that differ in ``varied`` alone can satisfy one of the conditions each."""
        [plant] = plants
        here, there = conditions
        asked = [here, renamed(there, beside.names(varied))]
        possible = beside.possible(f"canary: {plant.name.en}", varied, asked)
        if possible is None:  # noted by whoever was asked
            return []
        if possible is not expected:
            return [_missed(plant) if expected else _invented(plant)]
        self.right[plant.name.en] = None
        return []

    def _doubted(self, undecided: Iterable[Undecided], asker: Asker) -> frozenset[str]:
        """The rules of undecided canaries, which are noted as questions of the check."""
        rules: set[str] = set()
        for each in undecided:
            rules.update(n.rule for n in each.norms)
            asker.note(f"canary: {'、'.join(n.citations[0] for n in each.norms[:1])}", each.reason, ())
        return frozenset(rules)

    # --- Judging --------------------------------------------------------------------------------------------

    def _meeting(
        self, plants: Iterable[Plant], found: Iterable[Overlap], doubted: frozenset[str]
    ) -> list[Failure]:
        """The canaries whose norms were said to disagree and do not, or the other way round."""
        met = {o.one.rule for o in found}
        wrong: list[Failure] = []
        for plant in plants:
            rule = plant.norms[0].rule
            if (rule in met) is (plant.found is not None) or rule in doubted:
                continue
            wrong.append(_missed(plant) if plant.found is not None else _invented(plant))
        return wrong

    def _compared(
        self, plants: Iterable[Plant], findings: Iterable[Finding], doubted: frozenset[str]
    ) -> list[Failure]:
        """The canaries about which something else was found than is known."""
        by_rule: dict[str, list[Finding]] = {}
        for finding in findings:
            by_rule.setdefault(finding.norms[0].rule, []).append(finding)
        wrong: list[Failure] = []
        for plant in plants:
            rule = plant.norms[0].rule
            found = by_rule.get(rule, [])
            if rule in doubted:
                continue
            if plant.found is None and found:
                wrong.append(_invented(plant))
            elif plant.found is not None and not found:
                wrong.append(_missed(plant))
            elif plant.found is not None and not (
                len(found) == 1 and shows(found[0], plant.found, self.bed.mark)
            ):
                said = Bilingual("情形或者依据与已知的不同", "it was found, but otherwise than is known")
                wrong.append(Failure(plant.name, said))
            else:
                self.right[plant.name.en] = None
        return wrong

    def _judge(self, failures: Sequence[Failure]) -> None:
        if failures:
            raise Untrustworthy(tuple(dict.fromkeys(failures)), self.engine)


def _missed(plant: Plant) -> Failure:
    return Failure(plant.name, Bilingual("应当发现的没有发现", "what is there was not found"))


def _invented(plant: Plant) -> Failure:
    return Failure(plant.name, Bilingual("发现了并不存在的问题", "something was found that is not there"))


def shows(finding: Finding, known: Found, mark: str) -> bool:
    """Whether ``finding`` says what is known: the case, the readings, who prevails."""
    witness = finding.witness
    if finding.code != known.code or (witness is None) is not (known.code == "Q201"):
        return False
    under = () if known.under is None else ({f"{mark}reading": known.under},)
    if finding.readings != under or finding.by_default is not (known.under is None):
        return False
    if (finding.settled_by.winner if finding.settled_by is not None else None) != known.winner:
        return False
    if witness is None:
        return True
    case = witness.case
    rows = len(case.records.get(f"{mark}record", ()))
    return (
        all(case.facts.get(name) == value for name, value in known.facts.items())
        and rows == known.rows
        and known.place in (None, witness.place)
    )
