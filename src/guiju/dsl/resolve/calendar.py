"""Whether every shifted date stays where the calendar is exact: a proof would be worthless beyond it.

A date of a case lies in the horizon; each shift moves it by at most the bounds of its amount. What could
leave the exact calendar is refused here, so that no backend ever meets it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Bilingual, Place
from guiju.dsl.types import FIRST_YEAR, LAST_YEAR, Integer

#: At most this many calendar days lie in so many units of an amount (a working day: with long holidays).
_DAYS = {"months": 31, "days": 1, "workdays": 10, "hours": 0}


@frozen
class Reach:
    """By how many days, at most, a date may lie before the first and after the last day of the horizon."""

    before: int = 0
    after: int = 0

    def shifted(self, amount: Integer) -> Reach:
        days = _DAYS.get(amount.unit or "", 0)
        return Reach(self.before + max(0, -amount.low) * days, self.after + max(0, amount.high) * days)


def check(program: y.Program, bag: Bag) -> None:
    """Report each date of the rules, terms and headers that could leave the exact calendar."""
    for expr in _expressions(program):
        _reach(expr, program, bag)
    for rule in program.rules:
        for effect in rule.effects:
            if isinstance(effect, y.Deontic):
                for term in (effect.within, effect.lasting):
                    if term is not None:
                        _term(term, program, bag)


def _expressions(program: y.Program) -> Iterator[y.Expr]:
    for rule in program.rules:
        yield from (*rule.when, *rule.unless)
        if rule.occurred is not None:
            yield rule.occurred
        for effect in rule.effects:
            match effect:
                case y.Valued(value=value) if not isinstance(value, y.Unstated):
                    yield value
                case y.Required(conditions=conditions):
                    yield from conditions
                case y.Deontic(due=due) if due is not None:
                    yield due
                case _:
                    pass
    for instrument in program.instruments.values():
        yield from (day for day in (instrument.start, instrument.end) if day is not None)
    yield from (a.expr for a in program.assumptions)
    yield from (c.expr for c in program.claims)
    yield from (o.domain for o in program.outcomes.values() if o.domain is not None)


def _term(term: y.Term, program: y.Program, bag: Bag) -> None:
    if isinstance(term.start, y.Unstated) or isinstance(term.amount, y.Unstated | y.Endless):
        return
    reach = _reach(term.start, program, bag)
    if isinstance(term.amount.type, Integer):
        _within(reach.shifted(term.amount.type), term.place, program, bag)


def _reach(expr: y.Expr, program: y.Program, bag: Bag) -> Reach:
    match expr:
        case y.TermUse(name):
            return _reach(program.terms[name], program, bag)
        case y.Apply(op, args):
            found = [_reach(arg, program, bag) for arg in args]
            widest = Reach(max(r.before for r in found), max(r.after for r in found))
            if op in (y.Op.SHIFT_MONTHS, y.Op.SHIFT_DAYS, y.Op.SHIFT_WORKDAYS):
                assert isinstance(args[1].type, Integer)
                moved = found[0].shifted(args[1].type)
                return _within(moved, expr.place, program, bag)
            if op is y.Op.DAYS_BETWEEN and any(_endless(e) for a in args for e in y.parts(a, program.terms)):
                bag.error(
                    "E303",
                    expr.place,
                    "到“无期限”没有天数可言",
                    "there is no number of days to 'indefinitely'",
                )
            return widest
        case y.Rows(where=where) if where is not None:
            _reach(where, program, bag)
            return Reach()
        case _:
            return Reach()


def _endless(expr: y.Expr) -> bool:
    return isinstance(expr, y.Literal) and expr.value == dt.date.max


def _within(reach: Reach, place: Place, program: y.Program, bag: Bag) -> Reach:
    first, last = program.horizon
    early = (first.year - FIRST_YEAR) * 365 - reach.before < 0
    late = (LAST_YEAR - last.year) * 365 - reach.after < 0
    if not (early or late):
        return reach
    bag.error(
        "E303",
        place,
        f"日期可能超出历法范围（{FIRST_YEAR} 至 {LAST_YEAR} 年）",
        f"this date may leave the years {FIRST_YEAR} to {LAST_YEAR} in which the calendar is exact",
        Bilingual("请缩短期间，或缩短“时限”", "shorten the length of time, or narrow the horizon"),
    )
    return Reach()
