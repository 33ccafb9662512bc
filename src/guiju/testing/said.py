"""What an implementation says to a test, and where that is not what is expected.

Answers are compared member by member, in one plain form: numbers by their worth (``"12.50"`` is 12.5), days
as YYYY-MM-DD, what has no order sorted. An implementation need not say everything; what it does not say is
compared only where a level demands it.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from attrs import frozen

from guiju.testing.suite import Expected, Stood

#: Plain JSON values: what members hold, and what is shown of them.
Plain = object


class Level(enum.Enum):
    """What an implementation is held to.

    VERDICT: the verdict. VALUES: as well the values, the last day of a bar, whether the law is silent where
    it must answer, and the duties with their terms, without the provisions that they rest on. GROUNDS: as
    well which norms stand, what each gives, which of them the verdict rests on, and which give way.
    """

    VERDICT = "verdict"
    VALUES = "values"
    GROUNDS = "grounds"


class Member(enum.Enum):
    """The parts of an answer that are compared, each with the least level that demands it."""

    VERDICT = ("verdict", Level.VERDICT)
    VALUES = ("values", Level.VALUES)
    UNTIL = ("until", Level.VALUES)
    GAP = ("gap", Level.VALUES)
    DUTIES = ("duties", Level.VALUES)  # by when each is due, without its norm
    STANDING = ("standing", Level.GROUNDS)
    GROUNDS = ("grounds", Level.GROUNDS)
    DEFEATED = ("defeated", Level.GROUNDS)
    POSITIONS = ("positions", Level.GROUNDS)  # by norm, as are the rest
    GIVEN = ("given", Level.GROUNDS)
    WINDOWS = ("windows", Level.GROUNDS)
    TERMS = ("terms", Level.GROUNDS)

    def __init__(self, word: str, level: Level) -> None:
        self.word = word
        self.level = level


@frozen
class Said:
    """The members of an answer; one that it does not have is not there."""

    members: Mapping[Member, Plain]

    @property
    def verdict(self) -> str | None:
        """The verdict, in one word."""
        found = self.members.get(Member.VERDICT)
        return found if isinstance(found, str) else None

    def to_dict(self) -> dict[str, Plain]:
        """The members by their names, as plain JSON values."""
        return {member.word: self.members[member] for member in Member if member in self.members}


@frozen
class Disagreement:
    """A member that is not as expected; of what is listed by norm, only the norms that differ.

    ``absent``: the level demands it and the answer does not have it.
    """

    member: Member
    expected: Plain
    said: Plain
    absent: bool = False

    @property
    def norms(self) -> tuple[str, ...]:
        """The norms of which something else is said; none where it is about the answer as a whole."""
        match self.expected, self.said:
            case dict() as by_norm, _:
                return tuple(sorted(by_norm))
            case list() as ids, said if self.member in _BY_ID:
                other = said if isinstance(said, list) else []
                return tuple(sorted(set(ids) ^ set(other)))
            case _:
                return ()


_BY_ID = (Member.STANDING, Member.GROUNDS, Member.DEFEATED)
_DUTY = ("due", "hours", "every")


def said(expected: Expected) -> Said:
    """``expected`` as an answer that says everything."""
    obliged = [each for each in expected.norms if each.position == "obliged"]
    return Said(
        {
            Member.VERDICT: expected.verdict,
            Member.VALUES: unordered(plain(each) for each in expected.values),
            Member.UNTIL: plain(expected.until),
            Member.GAP: expected.gap,
            Member.DUTIES: unordered(_duty(each) for each in obliged),
            Member.STANDING: unordered(each.norm for each in expected.norms),
            Member.GROUNDS: unordered(expected.grounds),
            Member.DEFEATED: unordered(expected.defeated),
            Member.POSITIONS: {each.norm: each.position for each in expected.norms},
            Member.GIVEN: {each.norm: plain(each.value) for each in expected.norms},
            Member.WINDOWS: {each.norm: _days(each.window) for each in expected.norms},
            Member.TERMS: {
                each.norm: {"due": _days(each.due), "hours": each.hours, "every": each.every}
                for each in obliged
            },
        }
    )


def compare(expected: Expected, answer: Said, level: Level | None = None) -> tuple[Disagreement, ...]:
    """Where ``answer`` is not as expected, in the order of the members.

    Args:
        expected: What the rules say.
        answer: What was said.
        level: What it is held to: what it lacks of that counts as saying nothing. None: to what it says.
    """
    wanted = said(expected).members
    found: list[Disagreement] = []
    for member in Member:
        if level is None or _RANK[member.level] <= _RANK[level]:
            given = member in answer.members
            if given:
                pair = _apart(member, wanted[member], answer.members[member])
                if pair is not None:
                    found.append(Disagreement(member, *pair))
            elif (level is not None or member is Member.VERDICT) and _tells(wanted[member]):
                found.append(Disagreement(member, wanted[member], None, absent=True))
    return tuple(found)


_RANK = {level: rank for rank, level in enumerate(Level)}


def _apart(member: Member, wanted: Plain, given: Plain) -> tuple[Plain, Plain] | None:
    """What differs of the two, or None."""
    if member is Member.DUTIES and isinstance(wanted, list) and isinstance(given, list):
        told = [name for name in _DUTY if all(name in each for each in given)]
        wanted = unordered({name: each[name] for name in told} for each in wanted)
        given = unordered({name: each[name] for name in told} for each in given)
    elif isinstance(wanted, dict) and isinstance(given, dict):
        both = [norm for norm in wanted if norm in given]
        if member is Member.TERMS:
            wanted = {norm: {name: wanted[norm][name] for name in given[norm]} for norm in both}
        apart = [norm for norm in both if key(wanted[norm]) != key(given[norm])]
        wanted, given = ({norm: each[norm] for norm in apart} for each in (wanted, given))
    return None if key(wanted) == key(given) else (wanted, given)


def _tells(wanted: Plain) -> bool:
    """Whether saying nothing is not the same."""
    if isinstance(wanted, dict):
        return any(_tells(each) for each in wanted.values())
    return wanted not in (None, False, [])


# --- The plain form


_NUMERAL = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?\Z", re.ASCII)
_LONGEST = 60  # digits of a number that is written out


def plain(value: Plain) -> Plain:
    """One value in the form in which values are compared."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str) and not _NUMERAL.match(value):
        return value
    if isinstance(value, int | str | Decimal | float):
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite() or abs(exact.adjusted()) > _LONGEST:
            return str(value)
        return int(exact) if exact == exact.to_integral_value() else f"{exact.normalize():f}"
    return str(value)


def unordered(values: Iterable[Plain]) -> list[Plain]:
    """``values`` in the one order that does not depend on where they come from."""
    return sorted(values, key=key)


key: Callable[[Plain], str] = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _duty(stood: Stood) -> dict[str, Plain]:
    last = stood.due[1] if stood.due is not None else None
    return {"due": plain(last), "hours": stood.hours, "every": stood.every}


def _days(window: tuple[dt.date | None, dt.date | None] | None) -> Plain:
    return None if window is None else [plain(day) for day in window]
