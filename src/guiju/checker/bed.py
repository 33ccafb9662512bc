"""Where canaries are planted: declarations of their own in a corpus, under names that nobody else has.

A plant is a few norms of which it is known what must be found. A bed is a corpus with the facts, the record,
the reading, the instruments and the assumption that plants speak of. Nothing that the corpus says itself is
changed: what is asked of it without them is the same question with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from guiju.compiler.days import shift_days
from guiju.compiler.kernel import (
    FIRST_YEAR,
    Action,
    Assumption,
    Boolean,
    Combination,
    Const,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Fact,
    FactRef,
    Instrument,
    Integer,
    MayDo,
    Norm,
    Outcome,
    Override,
    Position,
    Question,
    Reading,
    Record,
    Value,
    WhichValue,
    disjunction,
    negation,
)
from guiju.dsl.source import Bilingual

NUMBER = Integer(0, 10)
KINDS = ("a", "b", "c")
CHOICES = ("first", "second")
#: The rows that the conditions of the plants on records need at most.
_ROWS = 5


@frozen
class Found:
    """What must be found: a finding of this code, shown by these facts and so many rows.

    ``under``: the choice of the planted reading under which alone it holds; ``winner``: which rule prevails.
    """

    code: str = "C101"
    facts: Mapping[str, Value] = field(factory=dict)
    rows: int = 0
    under: str | None = None
    winner: str | None = None
    place: str | None = None


@frozen
class Plant:
    """Norms that are planted together, and what is known of them; ``found`` None: that there is nothing.

    ``assumed``: it rests on assumptions.
    """

    name: Bilingual
    norms: tuple[Norm, ...]
    found: Found | None = None
    assumed: bool = False


@frozen
class Bed:
    """The declarations that plants need, under names that begin with ``mark`` and occur nowhere else."""

    corpus: Corpus
    mark: str

    @classmethod
    def of(cls, corpus: Corpus) -> Bed:
        """A bed in ``corpus``, whatever its names are."""
        mark = "canary "
        names = _names(corpus)
        while any(name.startswith(mark) for name in names):
            mark = f"′{mark}"
        return cls(corpus, mark)

    @property
    def day(self) -> dt.date:
        """A day in the middle of the horizon, from which the plants reckon."""
        first, last = self.corpus.horizon
        return first + (last - first) // 2

    @property
    def step(self) -> int:
        """In which direction a month from ``day`` stays in the calendar."""
        return -1 if self.day.year > FIRST_YEAR else 1

    @property
    def slots(self) -> dict[str, int]:
        """The rows to make room for at once, so that no plant makes a session of the solver grow."""
        return {self.mark + "record": _ROWS}

    # --- What is declared --------------------------------------------------------------------------------

    def dug(self) -> Corpus:
        """The corpus with the declarations for plants, and no plant yet: a solver for both."""
        corpus, record = self.corpus, self.mark + "record"
        facts = {f.name: f for f in self._facts()}
        reading = Reading(self.mark + "reading", CHOICES)
        return evolve(
            corpus,
            facts={**corpus.facts, **facts},
            records={**corpus.records, record: Record(record, {"number": NUMBER, "day": Date()})},
            readings={**corpus.readings, reading.name: reading},
            instruments={**corpus.instruments, **{i.id: i for i in self._instruments()}},
            assumptions=(*corpus.assumptions, self._assumption()),
        )

    def bearing(self, plants: tuple[Plant, ...], beside: bool = False) -> Corpus:
        """The corpus with ``plants``, ``beside`` its own norms or instead of them."""
        corpus, dug = self.corpus, self.dug()
        norms = tuple(n for plant in plants for n in plant.norms)
        actions = {n.question.deed.action for n in norms if isinstance(n.question, MayDo)}
        outcomes = {n.question.outcome for n in norms if isinstance(n.question, WhichValue)}
        return evolve(
            dug,
            norms=(*corpus.norms, *norms) if beside else norms,
            actions={**corpus.actions, **{a: Action(a, Combination.SINGLE) for a in sorted(actions)}},
            outcomes={
                **(corpus.outcomes if beside else {}),
                **{o: Outcome(o, NUMBER, Combination.SINGLE) for o in sorted(outcomes)},
            },
            overrides=(*corpus.overrides, self._override()),
            claims=(),
            gaps=(),
            hand_overs=(),
            powers=(),
            examples=(),
        )

    def planted(self, name: str) -> bool:
        """Whether this is the name of something that was planted."""
        return name.startswith(self.mark)

    def owns(self, norm: Norm) -> bool:
        """Whether ``norm`` was planted."""
        return self.planted(norm.instrument)

    def _facts(self) -> Iterator[Fact]:
        for name in ("flag", "cause", "effect"):
            yield Fact(self.mark + name, Boolean())
        yield Fact(self.mark + "number", NUMBER)
        yield Fact(self.mark + "day", Date())
        yield Fact(self.mark + "kind", self.kind())

    def _instruments(self) -> Iterator[Instrument]:
        root = next(iter(self.corpus.territories), "")
        day, next_ = Const(self.day, Date()), Const(shift_days(self.day, self.step), Date())
        force = {
            "one": (None, None),
            "other": (None, None),
            "until": (None, day),
            "since": (day, None),
            "apart": (None, next_) if self.step < 0 else (next_, None),
        }
        for name, (start, end) in force.items():
            id_ = self.mark + name
            yield Instrument(id_, id_, issuer=id_, territory=root, start=start, end=end)

    def _assumption(self) -> Assumption:
        cause, effect = self.fact("cause"), self.fact("effect")
        return Assumption(self.mark + "assumption", disjunction(negation(cause), negation(effect)))

    def _override(self) -> Override:
        return Override(self.rule("one", "priority"), self.rule("other", "priority"), self.mark)

    # --- What plants are made of -----------------------------------------------------------------------

    def fact(self, name: str) -> Expr:
        """The value of one of the facts that are declared for plants."""
        return FactRef(self.mark + name)

    def kind(self) -> Enumeration:
        """The type of the planted fact ``kind``."""
        return Enumeration(self.mark + "kind", KINDS)

    def rule(self, instrument: str, name: str) -> str:
        """The id of the rule of that name in one of the planted instruments."""
        return f"{self.mark}{instrument}.{name}"

    def norm(self, home: str, name: str, guard: Expr, question: Question, position: Position) -> Norm:
        """A norm of one of the planted instruments, everywhere."""
        rule = self.rule(home, name)
        root = next(iter(self.corpus.territories), "")
        return Norm(rule, rule, self.mark + home, (name,), guard, question, position, territory=root)


def _names(corpus: Corpus) -> set[str]:
    """Every name that a corpus declares."""
    tables = (
        corpus.territories,
        corpus.ranks,
        corpus.authorities,
        corpus.facts,
        corpus.records,
        corpus.readings,
        corpus.actions,
        corpus.outcomes,
        corpus.instruments,
        corpus.categories,
        corpus.entities,
    )
    names = {name for table in tables for name in table}
    return names | {part for norm in corpus.norms for part in (norm.id, norm.rule)}
