"""The official working calendar, from the ``holidays`` package.

The State Council's office arranges each year's days off and the weekend days that are worked for them, late
in the year before. What the package gives for a year without an arrangement is an estimate, which we do not
take: such a year keeps the plain week, and is not in ``published``.
"""

from __future__ import annotations

import datetime as dt

from guiju.compiler.kernel import WorkCalendar


def chinese_calendar(first: int, last: int) -> WorkCalendar:
    """The working calendar of mainland China for the years ``first`` to ``last``.

    ``published`` is the part of these years for which the package has an official arrangement, told by its
    made-up working days, which each arrangement since 2001 has had; None where there is no such year. A
    made-up day of an arrangement that falls into the year before is kept when either year was asked for.
    """
    import holidays  # only here: it is slow to import, and a corpus may bring its own calendar

    days_off: set[dt.date] = set()
    made_up: set[dt.date] = set()
    published: list[int] = []
    # One year more at either end: the arrangement of a year also moves days of the Decembers and Januarys
    # next to it.
    for year in range(first - 1, last + 2):
        arranged = holidays.country_holidays("CN", years=year)
        worked = arranged.weekend_workdays
        if not any(day.year == year for day in worked):
            continue
        days_off.update(arranged)
        made_up.update(worked)
        if first <= year <= last:
            published.append(year)
    if not published:
        return WorkCalendar()
    return WorkCalendar(
        frozenset(day for day in days_off if first <= day.year <= last),
        frozenset(day for day in made_up if first <= day.year <= last),
        (published[0], published[-1]),
    )
