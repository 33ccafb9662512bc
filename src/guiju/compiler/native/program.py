"""A compiled question: its norms as Python functions, and the answer from what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from attrs import evolve, field, frozen

from guiju.compiler import verdicts
from guiju.compiler.doctrine import Defeat
from guiju.compiler.evaluate import UNKNOWN, all_hold
from guiju.compiler.kernel import Combination, Norm, Question
from guiju.compiler.native.kleene import Kleene, kleene
from guiju.compiler.native.missing import Missing
from guiju.compiler.native.nodes import Op, Operation
from guiju.compiler.native.reasons import Facts, Frame, Records, reasons
from guiju.compiler.native.specialise import Applies
from guiju.compiler.resolve import EvaluatedPosition, Resolution, incompatible
from guiju.compiler.verdicts import Verdict

Answered = tuple[Verdict, tuple[str, ...]]

_REMEMBERED = 4096  # combinations of applying norms whose answer a program remembers


@frozen(eq=False)
class Program:
    """One question, specialised for a setting. It remembers answers, and is otherwise never changed.

    The generated functions know two truth values and evaluate no more than they must, in the order of the
    expressions; touching what the case does not give raises ``Missing``. What they do answer is what
    Kleene's strong tables answer. By induction on the expression: where an evaluation ended, every part that
    was touched has the value that the reference gives it, and no part that was left out matters. A
    conjunction that stopped met a falsity, which decides it whatever the others are, *unknown* included; so
    does a truth for a disjunction, an undefined side for an atom, an undefined argument for a strict term,
    enough counted rows for a threshold; and of a choice the reference takes one branch too. Whether a part is
    left out depends on parts that were touched, hence known. So the answer is the reference's, and by
    ``docs/semantics.md`` §9.3 that of every completion. On a complete case nothing raises ``Missing``.

    The reference evaluates all arguments, so it may raise ``OutOfCalendar`` in a part that is left out here.
    It looks at the force of an instrument before the guard, and here a force that depends on the case comes
    after it, so this program may raise it in a guard that the reference leaves out. Neither happens in what
    the compiler lets through (§9.5). In every other part both raise it alike.

    Facts and fields are of their declared types: nothing is checked here.

    Attributes:
        norms: The norms of the question that can apply at the place and bind, in the order of the corpus.
        source: The generated Python.
        index: Where each of the norms stands among them, by id.
    """

    question: Question
    norms: tuple[Norm, ...]
    source: str
    _combination: Combination
    _defeats: tuple[tuple[int, int, Defeat], ...]  # by loser: (winner, loser) that may contradict each other
    _rivals: tuple[tuple[int, int], ...]  # pairs that may contradict each other
    _conditions: tuple[Applies, ...]
    _constant: tuple[EvaluatedPosition | None, ...]  # the position where it is the same in all cases
    _varying: int  # the bits of the other norms
    _applying: Callable[..., int]
    _positions: Mapping[int, Callable[..., EvaluatedPosition]]  # of the other norms
    _needed: Callable[..., bool] | None  # whether the question must have an answer
    _calls: Mapping[Op, Operation]
    _missing: Callable[[KeyError], Missing]
    index: Mapping[str, int] = field(init=False)
    _answers: dict[int, Answered] = field(factory=dict, init=False)  # by mask, where nothing varies
    _resolutions: dict[int, Resolution] = field(factory=dict, init=False)  # likewise, without a gap
    _three_valued: list[Kleene] = field(factory=list, init=False)  # made when first needed

    @index.default
    def _by_id(self) -> dict[str, int]:
        return {norm.id: number for number, norm in enumerate(self.norms)}

    def applying(
        self, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None = None
    ) -> int:
        """The norms that apply: bit ``i`` is set for ``norms[i]``.

        Args:
            facts: Values by full name; what is absent is unknown.
            records: Rows by record; likewise.
            today: The evaluation date.
            law_date: In a dated setting: the date that overrides each norm's own law date.

        Raises:
            Missing: What the case does not give was needed.
            OutOfCalendar: As the reference evaluator does.
        """
        return self._applying(facts, records, today, law_date)

    def positions(
        self, mask: int, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None = None
    ) -> tuple[EvaluatedPosition, ...]:
        """The positions of the norms in ``mask``, which apply, in their order."""
        taken = self._taken(mask, facts, records, today, law_date)
        return tuple(taken.values())

    def resolve(
        self, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None = None
    ) -> Resolution:
        """What ``guiju.compiler.resolve.resolve`` says; arguments and errors as of ``applying``."""
        mask = self._applying(facts, records, today, law_date)
        found = self._resolutions.get(mask)
        if found is None:
            found = self._resolved(self._taken(mask, facts, records, today, law_date))
            if not mask & self._varying and len(self._resolutions) < _REMEMBERED:
                self._resolutions[mask] = found
        if found.standing or self._needed is None or not self._needed(facts, records, today, law_date):
            return found
        return evolve(found, gap=True)

    def verdict(
        self, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None = None
    ) -> Answered:
        """The verdict and the ids of its grounds; arguments and errors as of ``applying``.

        Its grounds are those that ``verdicts.grounds`` names.
        """
        mask = self._applying(facts, records, today, law_date)
        found = self._answers.get(mask)
        if found is None:
            found = self._answered(self._taken(mask, facts, records, today, law_date))
            if not mask & self._varying and len(self._answers) < _REMEMBERED:
                self._answers[mask] = found
        return found

    def incomplete(
        self, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None = None
    ) -> Resolution:
        """As ``resolve`` where facts are unknown: norms of which the case does not tell are undetermined.

        It is slower, and never raises ``Missing`` but where a position hangs on what is unknown although all
        its choices are the same.
        """
        if not self._three_valued:
            roots = [node for each in self._conditions for node in (each.force, each.rest)]
            self._three_valued.append(kleene(roots, self._calls))
        values = self._three_valued[0].values(facts, records, today, law_date)
        applies = [all_hold(values[at : at + 2]) for at in range(0, len(values), 2)]
        mask = sum(1 << i for i, holds in enumerate(applies) if holds is True)
        found = self._resolved(self._taken(mask, facts, records, today, law_date))
        undetermined = tuple(self.norms[i].id for i, holds in enumerate(applies) if holds is UNKNOWN)
        if undetermined or found.standing or self._needed is None:
            return evolve(found, undetermined=undetermined)
        return evolve(found, gap=bool(self._needed(facts, records, today, law_date)))

    def because(
        self, index: int, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None = None
    ) -> tuple[str, ...]:
        """Names of facts and records that suffice for ``norms[index]`` to apply (or not to).

        They are those that its guard, its law date, the force of its instrument and the terms of its
        position needed, in the order met. Arguments and errors as of ``applying``.
        """
        applies = self._conditions[index]
        frame = Frame(facts, records, today, law_date, self._calls)
        try:
            return reasons((applies.force, applies.rest), frame)
        except KeyError as unknown:
            raise self._missing(unknown) from None

    def _taken(
        self, mask: int, facts: Facts, records: Records, today: dt.date, law_date: dt.date | None
    ) -> dict[int, EvaluatedPosition]:
        """The positions of the norms in ``mask`` by index."""
        taken: dict[int, EvaluatedPosition] = {}
        while mask:
            lowest = mask & -mask
            mask ^= lowest
            i = lowest.bit_length() - 1
            constant = self._constant[i]
            taken[i] = self._positions[i](facts, records, today, law_date) if constant is None else constant
        return taken

    def _defeated(self, taken: Mapping[int, EvaluatedPosition]) -> list[tuple[int, Defeat]]:
        return [
            (loser, defeat)
            for winner, loser, defeat in self._defeats
            if winner in taken and loser in taken and self._clash(taken[winner], taken[loser])
        ]

    def _conflicts(self, standing: Mapping[int, EvaluatedPosition]) -> list[tuple[int, int]]:
        return [
            (one, other)
            for one, other in self._rivals
            if one in standing and other in standing and self._clash(standing[one], standing[other])
        ]

    def _clash(self, one: EvaluatedPosition, other: EvaluatedPosition) -> bool:
        return incompatible(one, other, self._combination)

    def _resolved(self, taken: Mapping[int, EvaluatedPosition]) -> Resolution:
        defeated = self._defeated(taken)
        losers = {loser for loser, _ in defeated}
        standing = {i: found for i, found in taken.items() if i not in losers}
        return Resolution(
            question=self.question,
            applicable=tuple(self.norms[i].id for i in taken),
            defeated=tuple((self.norms[i].id, defeat) for i, defeat in defeated),
            standing=tuple((self.norms[i].id, found) for i, found in standing.items()),
            conflicts=tuple((self.norms[i].id, self.norms[j].id) for i, j in self._conflicts(standing)),
            gap=False,
            undetermined=(),
        )

    def _answered(self, taken: Mapping[int, EvaluatedPosition]) -> Answered:
        resolution, norms = self._resolved(taken), {norm.id: norm for norm in self.norms}
        found = verdicts.verdict(resolution, norms)
        return found, verdicts.grounds(resolution, norms, found)
