"""What a decision is: the answers to what was asked of one case, with everything that they rest on.

All of it is data, immutable, and plain JSON by ``to_dict``. Norms are named by their id (``instrument.rule``)
and by the citation that a reader finds them under.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from attrs import field, frozen

from guiju.compiler.kernel import NEVER, Standing, Strength
from guiju.compiler.kernel import Value as KernelValue
from guiju.compiler.verdicts import Verdict
from guiju.dsl.source import Bilingual

#: A value as a caller sees it: exact decimals are decimals, not the kernel's scaled integers.
Value = KernelValue | Decimal


class DutyStatus(enum.Enum):
    """How a duty stands on the day that is asked about.

    NOT_DUE: its term has not begun. DUE: to be done, by the due date where there is one. COMPLIED: done in
    time. LATE: done after the due date. VIOLATED: not done and the due date is past, or known to have been
    left undone. UNDETERMINED: which of these it is depends on what the case does not tell (whether it was
    done, or left undone; on which day; when its term ends), or on a time of day.
    """

    NOT_DUE = "not_due"
    DUE = "due"
    COMPLIED = "complied"
    LATE = "late"
    VIOLATED = "violated"
    UNDETERMINED = "undetermined"


@frozen
class Cited:
    """A norm as a reader finds it: its id, the instrument's title and the provisions it cites."""

    norm: str
    instrument: str
    title: str
    citations: tuple[str, ...]


@frozen
class Window:
    """From the first to the last day, both included.

    ``first`` None: it is a day that the text names, not counted from an event; ``last`` None: without end.
    ``provisional``: it counts working days of a year whose calendar is not published.
    """

    first: dt.date | None
    last: dt.date | None
    provisional: bool = False

    @staticmethod
    def of(first: dt.date | None, last: dt.date, provisional: bool = False) -> Window:
        """The window to ``last``, which may be the date of no end."""
        return Window(first, None if last == NEVER else last, provisional)


@frozen
class Doubt:
    """What the check of the corpus found against a norm, by its code: beyond its issuer's power, say."""

    code: str
    message: Bilingual


@frozen
class Ground:
    """A norm that stands, and why it applies.

    Attributes:
        cited: Which norm.
        position: ``forbidden``, ``permitted``, ``obliged``, or ``value``.
        value: The value given, for an outcome; None where the text leaves it open.
        strength: How firmly it binds.
        standing: How well it is known that the law says so.
        window: From when to when it holds, where it says so; another norm's may prevail (``defeated``).
        because: The facts that suffice for it to apply, with their values (a record: how many rows it has).
        readings: The readings that it hangs on, as they were chosen.
        judgements: Those of the facts that only an official can settle.
        doubts: What the check found against this norm.
    """

    cited: Cited
    position: str
    value: Value | None = None
    strength: Strength = Strength.STRICT
    standing: Standing = Standing.READ
    window: Window | None = None
    because: Mapping[str, Value] = field(factory=dict)
    readings: Mapping[str, str] = field(factory=dict)
    judgements: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@frozen
class Defeated:
    """A norm that applies and does not stand, because ``by`` prevails over it.

    ``position``: as of a ground; ``window`` or ``term`` where the last day that it gives to a bar or a duty
    gives way, while what it forbids or demands may stand. ``doctrine``: text, lex_superior, lex_specialis,
    lex_posterior; ``grade``: text, statute, argued.
    """

    cited: Cited
    position: str
    by: Cited
    doctrine: str
    grade: str
    basis: str
    value: Value | None = None
    window: Window | None = None


@frozen
class Clash:
    """Two norms that stand, are incompatible, and of which no doctrine lets either prevail."""

    one: Cited
    other: Cited
    about: str  # ``position``, or ``window``: the ends of two bars from one day, two due dates


@frozen
class Alternative:
    """What the answer is under other readings: only those that differ from the ones taken are listed.

    ``provisional``: as of an answer.
    """

    readings: Mapping[str, str]
    verdict: Verdict
    grounds: tuple[str, ...]
    values: tuple[Value | None, ...] = ()
    until: dt.date | None = None
    provisional: bool = False


@frozen
class Apart:
    """What the norms of one instrument, without the others, would answer."""

    verdict: Verdict
    values: tuple[Value | None, ...] = ()


@frozen
class Ask:
    """An unknown fact or record that the answer depends on, and the norms through which it does."""

    fact: str
    matters: tuple[Cited, ...]


@frozen
class TopicAnswer:
    """The answer to one topic.

    Attributes:
        topic: Its name.
        verdict: The answer in one word.
        basis: Of ``eligible``, what that rests on: ``permitted`` (a norm says so), ``not_forbidden`` (norms
            on the topic are in force here, and none forbids), ``no_rule`` (no norm on it is in force here
            and then).
        grounds: The norms that the verdict rests on; none where nothing forbids.
        others: Norms that stand beside them and say something else on the topic (that it is a duty).
        defeated: Norms that apply and are defeated.
        conflicts: Incompatible norms that stand.
        values: Of an outcome, the values that stand, each once.
        until: The last day of the bar that ends last, where the verdict is that it may not be done.
        without_end: Some bar among the grounds has no end.
        apart: Instruments whose norms alone would give another answer, and which.
        alternatives: What the answer is under other readings, where it differs.
        readings_explored: ``all`` combinations, or ``one_at_a_time`` where they are too many.
        undetermined: Norms of which the case does not tell whether they apply.
        possible: The verdicts that the unknown facts leave open, where there are several.
        possible_values: Of an outcome, the values that they leave open; at most eight are listed.
        ask: The smallest set of unknown facts that settles verdict and values, in the order to ask them.
        ask_is_smallest: That it is the smallest is proved; else it suffices, and may be more than needed.
        undecided: Why the solver could not say more: then the verdict may be definite after all.
        gap: The law must answer here, and nothing does.
        provisional: Something that is said here (verdict, grounds, last day, gap), or that no ban was broken,
            rests on working days of a year whose calendar is not published, and may change when it is.
    """

    topic: str
    verdict: Verdict
    basis: str = ""
    grounds: tuple[Ground, ...] = ()
    others: tuple[Ground, ...] = ()
    defeated: tuple[Defeated, ...] = ()
    conflicts: tuple[Clash, ...] = ()
    values: tuple[Value | None, ...] = ()
    until: dt.date | None = None
    without_end: bool = False
    apart: Mapping[str, Apart] = field(factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    readings_explored: str = "all"
    undetermined: tuple[Cited, ...] = ()
    possible: tuple[Verdict, ...] = ()
    possible_values: tuple[Value | None, ...] = ()
    ask: tuple[Ask, ...] = ()
    ask_is_smallest: bool = True
    undecided: tuple[str, ...] = ()
    gap: bool = False
    provisional: bool = False


@frozen
class Duty:
    """Something that somebody must do, and how it stands.

    ``due``: the last day in time, where another norm's prevails that one; ``hours``: the term where it is
    given in hours; ``every``: how often it recurs, with the unit. ``provisional``: that it is one, or how it
    stands, rests on working days of a year whose calendar is not published.
    """

    topic: str
    ground: Ground
    status: DutyStatus
    due: Window | None = None
    hours: int | None = None
    every: str | None = None
    done_on: dt.date | None = None
    provisional: bool = False


@frozen
class Sanction:
    """An adverse consequence that the case draws.

    ``mode``: ``must``; ``may``, where it is left to the authority; ``contested``, where norms on it conflict.
    ``provisional``: that it is drawn, or its mode, rests on working days that are not published.
    """

    topic: str
    ground: Ground
    mode: str = "must"
    provisional: bool = False


@frozen
class Violation:
    """A norm that the case breaks, and the norms that sanction it here: none where the law has none.

    ``open``: sanctions that speak of it and of which the case does not tell whether they apply. That a
    violation draws no sanction does not make it lawful. ``provisional``: that it is one, or what
    sanctions it, rests on working days that are not published.
    """

    topic: str
    ground: Ground
    sanctions: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    provisional: bool = False


@frozen
class Decision:
    """The answers to what was asked of one case, on one day, in one place, under one choice of readings.

    Attributes:
        question: The topic that was asked about; None: all that concern the case.
        on: The day that is asked about.
        at: The place.
        law_date: The date whose law was applied, where it was given; else each norm's own.
        readings: The readings that were chosen by the caller; the others are the defaults.
        case: The case as it was given, as JSON.
        answers: One for each topic.
        assumed: Facts that were not given, could bear on the answer, and were taken to be the default;
            records that were not given, and were taken to have no rows (0).
        duties, sanctions, violations: As their classes say.
        judgements: The judgements that the answers rest on.
        digest: Of the corpus that answered.
        engine: The versions of what answered: guiju, and the solver that told who prevails.
        solve: Whether the solver could be asked about unknown facts.
    """

    question: str | None
    on: dt.date
    at: str
    law_date: dt.date | None
    readings: Mapping[str, str]
    case: Mapping[str, Any]
    answers: tuple[TopicAnswer, ...]
    assumed: Mapping[str, Value]
    duties: tuple[Duty, ...]
    sanctions: tuple[Sanction, ...]
    violations: tuple[Violation, ...]
    judgements: tuple[str, ...]
    digest: str
    engine: Mapping[str, str]
    solve: bool = True

    @property
    def answer(self) -> TopicAnswer:
        """The answer to the question that was asked.

        Raises:
            LookupError: No one question was asked; look at ``answers``.
        """
        if self.question is None:
            raise LookupError("no single question was asked: look at .answers")
        return self.answers[0]

    @property
    def verdict(self) -> Verdict:
        """The verdict on the question that was asked; raises like ``answer``."""
        return self.answer.verdict

    def to_dict(self) -> dict[str, Any]:
        """The decision as plain JSON values: it is also the record that ``replay`` takes."""
        found = plain(self)
        assert isinstance(found, dict)
        return found


def plain(value: object) -> object:
    """``value`` as plain JSON values: dates as YYYY-MM-DD, enumerations by their value."""
    kind: type = type(value)
    if attrs.has(kind):
        return {each.name: plain(getattr(value, each.name)) for each in attrs.fields(kind)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(each) for each in value]
    return value
