"""Slips for a copy of the compiled backend, as somebody could make them, and what a suite says of each.

    python seeded.py PACKAGE RULES.gjc SUITE.jsonl

puts the suite to the guiju in the folder PACKAGE and prints how many tests disagree, and how many there are.
"""

from __future__ import annotations

import sys
from pathlib import Path

from attrs import frozen


@frozen
class Slip:
    """``old`` written as ``new`` in one file of the backend."""

    name: str
    file: str
    old: str
    new: str


SLIPS = (
    Slip(
        "a month without such a day is carried into the next",
        "months.py",
        "return shift_months(day, months, Clip.DOWN)",
        "return shift_months(day, months, Clip.UP)",
    ),
    Slip(
        "an instrument is not in force on its first day",
        "specialise.py",
        "graph.comparison(Order.LE, start, day, None)",
        "graph.comparison(Order.LT, start, day, None)",
    ),
    Slip(
        "an instrument is not in force on its last day",
        "specialise.py",
        "graph.comparison(Order.LE, day, end, None)",
        "graph.comparison(Order.LT, day, end, None)",
    ),
    Slip(
        "a step of a scale counts as below itself",
        "nodes.py",
        "return one < other if order is Order.LT else one <= other",
        "return one <= other",
    ),
    Slip('"at most" is written as "less than"', "nodes.py", 'Op.LE = Op("<=")', 'Op.LE = Op("<")'),
    Slip(
        "a count asks for one row too many",
        "writer.py",
        'f"        if count == {threshold!r}:"',
        'f"        if count == {threshold + 1!r}:"',
    ),
    Slip(
        "days off are counted as working days",
        "nodes.py",
        "partial(days.shift_workdays, workdays=calendar)",
        "partial(days.shift_workdays, workdays=WorkCalendar())",
    ),
    Slip(
        "nothing gives way to anything",
        "compiling.py",
        "if (able[i].id, able[j].id) in defeats and may_contradict(able[i], able[j])",
        "if (able[i].id, able[j].id) in defeats and i == j",
    ),
    Slip(
        "a territory does not cover what lies in it",
        "specialise.py",
        "if not self.corpus.within(self.setting.place, norm.territory):",
        "if self.setting.place != norm.territory:",
    ),
    Slip(
        "of a list of kinds only the last counts",
        "nodes.py",
        "joined = dict.fromkeys((*(_values(found[here]) or ()), *values))",
        "joined = dict.fromkeys(values)",
    ),
    Slip(
        "nobody is told of a contradiction",
        "compiling.py",
        "if may_contradict(norms[i], norms[j]) and opposed(norms[i].position, norms[j].position)",
        "if may_contradict(norms[i], norms[j]) and norms[i] is norms[j]",
    ),
    Slip(
        "a term in days begins on the day itself",
        "nodes.py",
        "Op.DAYS: days.shift_days,",
        "Op.DAYS: lambda day, count: days.shift_days(day, count - (count > 0)),",
    ),
)


def seeded(slip: Slip, package: Path) -> None:
    """Make the slip in the copy of guiju in the folder ``package``."""
    path = package / "guiju" / "compiler" / "native" / slip.file
    text = path.read_text(encoding="utf-8")
    if text.count(slip.old) != 1:
        raise LookupError(f"{slip.file}: {text.count(slip.old)} times {slip.old}")
    path.write_text(text.replace(slip.old, slip.new), encoding="utf-8")


def main(package: str, rules: str, suite: str) -> None:
    sys.path.insert(0, package)
    import guiju
    from guiju.testing.formats.jsonl import read
    from guiju.testing.implementations.decide import Decide
    from guiju.testing.running import run

    assert Path(guiju.__file__).is_relative_to(package)
    asked = read(Path(suite).read_bytes(), suite)
    results = run(asked, Decide(guiju.load(rules)))
    sys.stdout.write(f"{sum(not each.agrees for each in results.each)} {len(results.each)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
