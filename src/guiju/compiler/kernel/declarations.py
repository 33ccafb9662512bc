"""What a corpus declares beside its norms: authorities, instruments, facts, outcomes, gaps."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping

from attrs import frozen

from guiju.compiler.kernel.expressions import Expr
from guiju.compiler.kernel.norms import Combination, Deed, Modality
from guiju.dsl.source import Place
from guiju.dsl.standing import Standing
from guiju.dsl.types import Type, Value


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
class Reference:
    """A reference of an instrument to another (``title`` None: to itself) or to some of its provisions.

    ``repealed``: the day from which what it refers to no longer applied; ``renamed``: its title since.
    """

    title: str | None
    provisions: tuple[str, ...]
    repealed: dt.date | None
    renamed: str | None
    citations: tuple[str, ...]
    place: Place = Place("", 0)


@frozen
class Variants:
    """One thing that an instrument calls by several names."""

    thing: str
    names: tuple[str, ...]
    citations: tuple[str, ...]
    place: Place = Place("", 0)


@frozen
class Category:
    """A class of acts in law; ``sanction``: an adverse consequence for whom it is done to."""

    name: str
    sanction: bool
    note: str = ""
    place: Place = Place("", 0)


@frozen
class Power:
    """Who may decree acts of ``classes``: instruments of ``rank`` and above; nobody where it is None."""

    classes: tuple[str, ...]
    rank: str | None
    instrument: str
    citations: tuple[str, ...]
    standing: Standing = Standing.READ
    note: str = ""
    place: Place = Place("", 0)


@frozen
class Instrument:
    """A document with its header. ``start``/``end`` (first and last day in force) may depend on readings.

    ``start`` None: the text does not give it (then it is taken to be in force, and findings say so);
    ``end`` None: no end; ``end_open``: the text should give one and does not.
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
    end_open: bool = False
    topics: tuple[str, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    yields_upward: str | None = None  # citation of a savings clause in favour of higher authorities
    bases: tuple[Basis, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contents: tuple[str, ...] = ()  # its provisions, as the text cites them
    references: tuple[Reference, ...] = ()
    variants: tuple[Variants, ...] = ()
    standing: Standing = Standing.READ
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
    gravity: bool = False  # it measures how grave the conduct is
    changeable: bool = False  # the party can bring about another value of it


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
    legal_class: str | None = None


@frozen
class Trace:
    """The rows that doing something leaves in ``record``: those that satisfy ``where``."""

    record: str
    where: Expr


class Passing(enum.Enum):
    """What kind of passing on an action is, from one body to another or to the public.

    REPORT: a matter is told to who has to know it. TRANSFER: it is handed over with its file. REFERRAL:
    somebody is sent on to another body. COPY: for information only. APPROVAL: a decision is asked for.
    PUBLICATION: it is made known to everybody. SUSPENSION: it is stopped for a time. REGISTRATION: it is
    entered in a register. DEDUCTION: points are taken off.
    """

    REPORT = "report"
    TRANSFER = "transfer"
    REFERRAL = "referral"
    COPY = "copy"
    APPROVAL = "approval"
    PUBLICATION = "publication"
    SUSPENSION = "suspension"
    REGISTRATION = "registration"
    DEDUCTION = "deduction"


@frozen
class Action:
    """``done``: when a case shows that it was done; ``undone``: that it was left undone, where that is not
    merely the contrary. None where no fact of a case tells. ``done_on``: the date on which it was done, in
    a case that shows that it was. ``passes``: what kind of passing on it is; None where it is none.
    """

    name: str
    combination: Combination  # of the ends of the windows on it
    legal_class: str | None = None
    place: Place = Place("", 0)
    bearer: str | None = None
    patient: str | None = None
    done: Expr | None = None
    undone: Expr | None = None
    leaves: Trace | None = None
    done_on: Expr | None = None
    passes: Passing | None = None


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
