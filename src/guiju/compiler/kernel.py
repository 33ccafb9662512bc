"""The kernel: the small calculus that every construct of the language is lowered to.

This module is only data. Its meaning is stated in ``docs/semantics.md``; ``evaluate`` executes that
document and ``smt`` encodes it. The classes here trust that they were built by ``lower`` from a tree that
type-checked; ``typing`` re-checks an expression and is used by the tests.

Three kinds of value can stand where a term is expected:

* an ordinary value (``bool``, ``int``, ``str`` for a member of an enumeration, ``datetime.date``),
* *undefined*: the earliest or latest of no rows; an atom over an undefined term is false,
* *unknown*: a fact that the case does not give; the connectives follow Kleene's strong tables.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping

import attrs
from attrs import field, frozen

from guiju.dsl.source import Place as Place
from guiju.dsl.types import DURATION_UNITS as DURATION_UNITS
from guiju.dsl.types import FIRST_YEAR as FIRST_YEAR
from guiju.dsl.types import LAST_YEAR as LAST_YEAR
from guiju.dsl.types import Boolean as Boolean
from guiju.dsl.types import Date as Date
from guiju.dsl.types import Enumeration as Enumeration
from guiju.dsl.types import Integer as Integer
from guiju.dsl.types import Type as Type
from guiju.dsl.types import Value as Value

#: The date that stands for "no end": later than every date that a case can hold.
NEVER = dt.date.max


# --- Expressions ---------------------------------------------------------------------------------
# Expressions are looked up by value all the time: they compute their hash once.


@frozen(cache_hash=True)
class Const:
    """A literal. ``type`` tells a member of an enumeration from another's, and an integer's unit."""

    value: Value
    type: Type


@frozen
class FactRef:
    """The value of a declared fact, by its full name (``申请人.年龄``)."""

    name: str


@frozen
class FieldRef:
    """A field of the row that the enclosing ``AtLeast`` or ``Extreme`` ranges over."""

    record: str
    field: str


@frozen
class ReadingRef:
    """The choice that the context makes for a declared reading."""

    name: str


@frozen
class Today:
    """The evaluation date ``t``."""


@frozen
class InTerritory:
    """The place ``p`` is the named territory or lies inside it."""

    territory: str


@frozen(cache_hash=True)
class Not:
    arg: Expr


@frozen(cache_hash=True)
class And:
    args: tuple[Expr, ...]


@frozen(cache_hash=True)
class Or:
    args: tuple[Expr, ...]


class Order(enum.Enum):
    """The comparisons of the kernel; the others are these with the sides exchanged or under ``Not``."""

    EQ = "="
    LT = "<"
    LE = "<="


@frozen(cache_hash=True)
class Compare:
    """An atom. False when either side is undefined. ``LT`` and ``LE`` need numbers, dates or a scale."""

    order: Order
    left: Expr
    right: Expr


@frozen(cache_hash=True)
class If:
    """``then`` where ``cond`` holds, else ``orelse``; both of one type. An atom or a term."""

    cond: Expr
    then: Expr
    orelse: Expr


@frozen(cache_hash=True)
class Sum:
    """The sum of integers of one unit and scale."""

    args: tuple[Expr, ...]


@frozen(cache_hash=True)
class Times:
    """An integer times a literal factor; the result is held with ``digits`` more decimals than ``arg``.

    ``Times(100, e, 2)`` is the amount ``e`` itself, two decimals finer.
    """

    factor: int
    arg: Expr
    digits: int = 0


class Clip(enum.Enum):
    """What a date shifted by months becomes when that month has no such day.

    ``DOWN``: the month's last day (Civil Code art. 202); ``UP``: the first of the next month.
    """

    DOWN = "down"
    UP = "up"


@frozen(cache_hash=True)
class ShiftMonths:
    """``date`` moved by ``amount`` months (negative: back)."""

    date: Expr
    amount: Expr
    clip: Clip = Clip.DOWN


@frozen(cache_hash=True)
class ShiftDays:
    """``date`` moved by ``amount`` calendar days."""

    date: Expr
    amount: Expr


@frozen(cache_hash=True)
class ShiftWorkdays:
    """The ``amount``-th working day after ``date`` (``amount`` >= 0; 0 is ``date`` itself)."""

    date: Expr
    amount: Expr


@frozen(cache_hash=True)
class RollToWorkday:
    """``date`` if it is a working day, else the next one that is (Civil Code art. 203)."""

    date: Expr


@frozen(cache_hash=True)
class DaysBetween:
    """The number of calendar days from ``start`` to ``end`` (an integer with unit ``days``)."""

    start: Expr
    end: Expr


@frozen(cache_hash=True)
class AtLeast:
    """At least ``threshold`` rows of ``record`` satisfy ``where``. Any, every and count become this."""

    threshold: int
    record: str
    where: Expr


@frozen(cache_hash=True)
class Extreme:
    """The earliest (or latest) value of date field ``field`` among the rows that satisfy ``where``.

    Undefined when no row does.
    """

    latest: bool
    record: str
    field: str
    where: Expr


Expr = (
    Const
    | FactRef
    | FieldRef
    | ReadingRef
    | Today
    | InTerritory
    | Not
    | And
    | Or
    | Compare
    | If
    | Sum
    | Times
    | ShiftMonths
    | ShiftDays
    | ShiftWorkdays
    | RollToWorkday
    | DaysBetween
    | AtLeast
    | Extreme
)

TRUE = Const(True, Boolean())
FALSE = Const(False, Boolean())


# --- Questions and positions -----------------------------------------------------------------------


@frozen(order=True)
class Deed:
    """Who does what to whom: the key of the questions about an action. ``patient`` may be empty."""

    bearer: str
    action: str
    patient: str = ""


@frozen(order=True)
class MayDo:
    """May this bearer do this (to this patient)? Answered by a ``Modality``."""

    deed: Deed


@frozen(order=True)
class BarEnd:
    """On which day does a bar that started on a given day end? Answered by a ``Span``.

    ``modality`` tells the end of a bar from that of a permission or a duty: they are not compared.
    """

    deed: Deed
    modality: str = "forbidden"


@frozen(order=True)
class DueBy:
    """By which day is a duty that arose on a given day due? Answered by a ``Span``."""

    deed: Deed


@frozen(order=True)
class DueWithin:
    """Within how many hours is a duty due? Answered by an ``Answer`` in hours."""

    deed: Deed


@frozen(order=True)
class Recurs:
    """How often does a duty recur? Answered by an ``Answer`` in months, days, ...; ``unit`` names which."""

    deed: Deed
    unit: str


@frozen(order=True)
class WhichValue:
    """Which value does this outcome take? Answered by an ``Answer``."""

    outcome: str


Question = MayDo | BarEnd | DueBy | DueWithin | Recurs | WhichValue


class Modality(enum.Enum):
    OBLIGED = "obliged"
    FORBIDDEN = "forbidden"
    PERMITTED = "permitted"


@frozen
class Answer:
    """A value given to an outcome. ``value`` is None where the text leaves it open (unspecified)."""

    value: Expr | None


@frozen
class Span:
    """A window or a term: from ``start`` to its last day ``end`` (``NEVER``: open-ended).

    Two spans disagree only where they start on the same day and end on different ones. ``end_up`` is
    the end under the other clipping of month arithmetic, for the analysis of calendar ambiguity.
    """

    start: Expr
    end: Expr
    end_up: Expr | None = None


Position = Modality | Answer | Span


class Strength(enum.Enum):
    """How firmly a norm binds.

    STRICT binds; IN_PRINCIPLE (原则上) and DISCRETIONARY (可) leave room; ENCOURAGED has no legal effect.
    """

    STRICT = "strict"
    DISCRETIONARY = "discretionary"
    IN_PRINCIPLE = "in_principle"
    ENCOURAGED = "encouraged"


class Combination(enum.Enum):
    """How several answers to one question combine.

    SINGLE: they must agree. ALL: cumulative. STRICTEST, MILDEST: along the scale. UNSTATED: the law does
    not say, which is itself a finding where two answers meet.
    """

    SINGLE = "single"
    ALL = "all"
    STRICTEST = "strictest"
    MILDEST = "mildest"
    UNSTATED = "unstated"


# --- Norms and the corpus --------------------------------------------------------------------------


@frozen
class Norm:
    """One position on one question, under a guard.

    Applicable at ``(case, t, place, reading)`` iff its instrument is in force on ``law_date``, ``territory``
    covers the place, ``guard`` holds, and the position's terms and ``law_date`` are defined.
    ``law_date`` is the date of the facts that the norm is about, or ``Today``.
    """

    id: str  # "instrument.rule" or "instrument.rule/k" for the k-th norm of a rule with several
    rule: str  # "instrument.rule"
    instrument: str
    citations: tuple[str, ...]
    guard: Expr
    question: Question
    position: Position
    territory: str
    law_date: Expr = Today()
    strength: Strength = Strength.STRICT
    judgements: tuple[str, ...] = ()  # the open-textured facts that its guard rests on
    readings: tuple[str, ...] = ()  # the readings that its guard, value, law date or force depend on
    place: Place = Place("", 0)
    note: str = ""


@frozen
class Rank:
    """A place in the hierarchy of instruments; higher ``level`` prevails.

    ``statutory``: the Legislation Law itself ranks it; below, superiority is only an argument.
    """

    name: str
    level: int
    statutory: bool


@frozen
class Authority:
    name: str
    rank: str | None
    superior: str | None
    territory: str | None
    department_of: str | None = None


@frozen
class Precedence:
    """The text says that this instrument prevails over earlier documents of ``issuers`` on ``topics``.

    Its reach is exactly that: no other issuer's documents, no other matter (empty ``topics``: any).
    """

    issuers: tuple[str, ...]
    topics: tuple[str, ...]
    citation: str


@frozen
class Annex:
    number: str
    title: str
    mentioned_as: str | None = None  # the name that the text uses for it, where it differs
    missing: bool = False
    place: Place = Place("", 0)


@frozen
class Basis:
    """A legal basis that the instrument cites; ``repealed`` is the day from which it no longer applied."""

    title: str
    repealed: dt.date | None = None
    place: Place = Place("", 0)


@frozen
class Instrument:
    """A document with its header. ``start``/``end`` (first and last day in force) may depend on readings.

    ``start`` None: the text does not give it (then it is taken to be in force, and findings say so);
    ``end`` None: no end.
    """

    id: str
    title: str
    issuer: str
    territory: str
    rank: str | None = None
    number: str | None = None
    issued: dt.date | None = None
    start: Expr | None = None
    end: Expr | None = None
    topics: tuple[str, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    yields_upward: str | None = None  # citation of a savings clause in favour of higher authorities
    bases: tuple[Basis, ...] = ()
    annexes: tuple[Annex, ...] = ()
    readings: tuple[str, ...] = ()  # that start and end depend on
    place: Place = Place("", 0)


@frozen
class Fact:
    """A declared fact of a case.

    ``judgement``: open texture that only an official can settle. ``background``: it tells who the party is or
    where a procedure stands, not what was done: two norms that share only it are not about the same facts.
    """

    name: str
    type: Type
    judgement: bool = False
    default: Value | None = None
    place: Place = Place("", 0)
    background: bool = False


@frozen
class Record:
    name: str
    fields: Mapping[str, Type]
    place: Place = Place("", 0)


@frozen
class Reading:
    """A point of ambiguity; ``choices[0]`` is the default."""

    name: str
    choices: tuple[str, ...]
    citations: tuple[str, ...] = ()
    note: str = ""
    place: Place = Place("", 0)


@frozen
class Assumption:
    """A statement about the world under which the analyses run."""

    label: str
    expr: Expr
    place: Place = Place("", 0)


@frozen
class Outcome:
    name: str
    type: Type
    combination: Combination
    domain: Expr | None = None  # where the outcome must have an answer
    place: Place = Place("", 0)


@frozen
class Action:
    name: str
    combination: Combination  # of the ends of the windows on it
    legal_class: str | None = None
    place: Place = Place("", 0)


@frozen
class Override:
    """Explicit priority in the text between two rules (by rule id)."""

    winner: str
    loser: str
    citation: str
    place: Place = Place("", 0)


@frozen
class Claim:
    """A statement that the text makes of itself and that can be checked (a total, a count)."""

    label: str
    expr: Expr
    instrument: str
    citations: tuple[str, ...]
    place: Place = Place("", 0)


@frozen
class Gap:
    """Something that the text leaves open: ``what`` is recipient, deadline, term, bearer, value or period."""

    what: str
    rule: str
    instrument: str
    citations: tuple[str, ...]
    action: str
    place: Place = Place("", 0)
    note: str = ""
    modality: Modality | None = None  # of the effect, where it is about an action


@frozen
class HandOver:
    """A duty's recipients: the raw material of the chains (design §6)."""

    rule: str
    deed: Deed
    to: tuple[str, ...]
    copy: tuple[str, ...]


@frozen
class Case:
    """Facts by full name and rows by record. A fact or field that is absent is unknown."""

    facts: Mapping[str, Value] = field(factory=dict)
    records: Mapping[str, tuple[Mapping[str, Value], ...]] = field(factory=dict)


@frozen
class Context:
    """A case at a date and a place, under a choice for each reading (absent: the default)."""

    case: Case
    today: dt.date
    place: str
    readings: Mapping[str, str] = field(factory=dict)
    law_date: dt.date | None = None  # overrides each norm's own law date


@frozen
class Expectation:
    """What an example expects of one question: ``positions`` (empty: no answer), or a conflict."""

    question: Question
    position: Position | None
    conflict: bool = False
    place: Place = Place("", 0)


@frozen
class Example:
    label: str
    instrument: str | None
    context: Context
    expectations: tuple[Expectation, ...]
    place: Place = Place("", 0)


@frozen
class WorkCalendar:
    """Working days: Monday to Friday, but for these days off and these made-up working days.

    Exact for the years in ``published``; for another year the plain week is used and an answer that
    depends on it is provisional.
    """

    days_off: frozenset[dt.date] = frozenset()
    made_up: frozenset[dt.date] = frozenset()
    published: tuple[int, int] | None = None  # first and last year

    def is_workday(self, day: dt.date) -> bool:
        return day in self.made_up or (day.weekday() < 5 and day not in self.days_off)


@frozen
class Corpus:
    """Everything that a check or a decision needs, as one immutable value."""

    horizon: tuple[dt.date, dt.date]
    territories: Mapping[str, str | None]  # child -> parent
    ranks: Mapping[str, Rank]
    authorities: Mapping[str, Authority]
    facts: Mapping[str, Fact]
    records: Mapping[str, Record]
    readings: Mapping[str, Reading]
    actions: Mapping[str, Action]
    outcomes: Mapping[str, Outcome]
    instruments: Mapping[str, Instrument]
    norms: tuple[Norm, ...]
    assumptions: tuple[Assumption, ...] = ()
    overrides: tuple[Override, ...] = ()
    claims: tuple[Claim, ...] = ()
    gaps: tuple[Gap, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    examples: tuple[Example, ...] = ()
    calendar: WorkCalendar = WorkCalendar()

    def within(self, place: str, territory: str) -> bool:
        """Whether ``place`` is ``territory`` or lies inside it."""
        here: str | None = place
        while here is not None:
            if here == territory:
                return True
            here = self.territories.get(here)
        return False

    def combination(self, question: Question) -> Combination:
        """How answers to ``question`` combine; deontic answers must always agree."""
        match question:
            case WhichValue(outcome):
                return self.outcomes[outcome].combination
            case BarEnd(deed):
                return self.actions[deed.action].combination
            case _:
                return Combination.SINGLE

    def default_readings(self) -> dict[str, str]:
        return {name: reading.choices[0] for name, reading in self.readings.items()}


def may_contradict(one: Norm, other: Norm) -> bool:
    """Whether two norms can contradict each other at all.

    What is only encouraged never does; and two that each only allow a value leave the choice open.
    """
    strengths = {one.strength, other.strength}
    return Strength.ENCOURAGED not in strengths and strengths != {Strength.DISCRETIONARY}


def children(expr: Expr) -> tuple[Expr, ...]:
    """The immediate sub-expressions of ``expr``, in order."""
    match expr:
        case Const() | FactRef() | FieldRef() | ReadingRef() | Today() | InTerritory():
            return ()
        case Not(arg) | Times(arg=arg):
            return (arg,)
        case And(args) | Or(args) | Sum(args):
            return args
        case Compare(left=left, right=right):
            return (left, right)
        case If(cond, then, orelse):
            return (cond, then, orelse)
        case ShiftMonths(date=date, amount=amount) | ShiftDays(date, amount) | ShiftWorkdays(date, amount):
            return (date, amount)
        case RollToWorkday(date):
            return (date,)
        case DaysBetween(start, end):
            return (start, end)
        case AtLeast(where=where) | Extreme(where=where):
            return (where,)


def walk(expr: Expr) -> list[Expr]:
    """``expr`` and all its sub-expressions, parents first."""
    found: list[Expr] = []
    pending = [expr]
    while pending:
        here = pending.pop()
        found.append(here)
        pending.extend(reversed(children(here)))
    return found


def conjunction(*args: Expr) -> Expr:
    """The conjunction of ``args``: nested ones flattened, truths dropped, a falsity decides."""
    flat: list[Expr] = []
    for arg in args:
        flat.extend(arg.args if isinstance(arg, And) else (arg,))
    kept = [arg for arg in dict.fromkeys(flat) if arg != TRUE]
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else And(tuple(kept)) if kept else TRUE


def disjunction(*args: Expr) -> Expr:
    """The disjunction of ``args``: nested ones flattened, falsities dropped, a truth decides."""
    flat: list[Expr] = []
    for arg in args:
        flat.extend(arg.args if isinstance(arg, Or) else (arg,))
    kept = [arg for arg in dict.fromkeys(flat) if arg != FALSE]
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else Or(tuple(kept)) if kept else FALSE


def negation(arg: Expr) -> Expr:
    """The negation of ``arg``; a double one cancels."""
    match arg:
        case Not(inner):
            return inner
        case Const(value=value) if arg in (TRUE, FALSE):
            return FALSE if value else TRUE
        case _:
            return Not(arg)


def position_terms(position: Position) -> tuple[Expr, ...]:
    """The terms inside a position, which must be defined for its norm to apply."""
    match position:
        case Modality():
            return ()
        case Answer(value):
            return () if value is None else (value,)
        case Span(start, end):
            return (start, end)


def digest_ready(value: object) -> object:
    """``value`` as plain lists and strings in a fixed order, for digests and JSON."""
    kind: type = type(value)
    if attrs.has(kind):
        return [kind.__name__, [[f.name, digest_ready(getattr(value, f.name))] for f in attrs.fields(kind)]]
    if isinstance(value, Mapping):
        return [[digest_ready(k), digest_ready(v)] for k, v in value.items()]
    if isinstance(value, (tuple, list)):
        return [digest_ready(v) for v in value]
    if isinstance(value, frozenset):
        return sorted(str(v) for v in value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
