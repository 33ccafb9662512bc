"""How fast a service is asked, by a clock that only moves when somebody waits."""

from __future__ import annotations

import asyncio

import pytest

from guiju.testing.conform.pace import LONGEST, Pace, pause


class Clock:
    """Seconds that pass only by waiting."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def pace(self, rate: float | None = None) -> Pace:
        return Pace(rate, self.sleep, lambda: self.now)


def test_without_a_rate_nobody_waits() -> None:
    """Requests go as they come."""
    clock = Clock()
    pace = clock.pace()
    asyncio.run(pace.turn())
    asyncio.run(pace.turn())
    assert clock.waits == []


def test_a_rate_spaces_requests() -> None:
    """Four in a second: a quarter of a second between them; time that has passed counts."""
    clock = Clock()
    pace = clock.pace(4)
    asyncio.run(pace.turn())
    asyncio.run(pace.turn())
    clock.now += 0.125
    asyncio.run(pace.turn())
    clock.now += 5
    asyncio.run(pace.turn())
    assert clock.waits == [0.25, 0.125]


def test_all_wait_while_a_service_rests() -> None:
    """For the longest that was asked for, and no longer than is bearable."""
    clock = Clock()
    pace = clock.pace()
    pace.rest(3)
    pace.rest(2)
    asyncio.run(pace.turn())
    pace.rest(1e9)
    asyncio.run(pace.turn())
    assert clock.waits == [3, LONGEST]


@pytest.mark.parametrize(
    ("attempt", "headers", "seconds"),
    [
        (0, {}, 0.5),
        (3, {}, 4),
        (20, {}, LONGEST),
        (3, {"retry-after": "7"}, 7),
        (3, {"retry-after": "0"}, 0),
        (0, {"retry-after": "99999"}, LONGEST),
        (0, {"retry-after": "soon"}, 0.5),
        (0, {"retry-after": "-1"}, 0.5),
        (0, {"retry-after": "Sun, 22 Nov 2026 08:00:09 GMT", "date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 9),
        (0, {"retry-after": "Sun, 22 Nov 2026 07:00:00 GMT", "date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 0),
        (1, {"retry-after": "Sun, 22 Nov 2026 07:00:00 GMT"}, 1),
    ],
)
def test_how_long_a_pause_is(attempt: int, headers: dict[str, str], seconds: float) -> None:
    """As the service asks; else longer each time."""
    assert pause(attempt, headers) == seconds
