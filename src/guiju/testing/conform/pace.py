"""How fast an implementation is asked: no faster than is agreed, and not while it asks to be left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from attrs import define, field

#: Nobody is waited for longer than this, in seconds.
LONGEST: Final = 120.0
_FIRST: Final = 0.5

Sleep = Callable[[float], Awaitable[None]]


@define(eq=False)
class Pace:
    """Lets requests go, one after the other.

    Attributes:
        rate: So many in a second; None: as they come.
        sleep: Waits for so many seconds.
        clock: Tells the seconds that have passed.
    """

    rate: float | None = None
    sleep: Sleep = asyncio.sleep
    clock: Callable[[], float] = lambda: asyncio.get_running_loop().time()
    _free: float = field(default=0.0, init=False)

    async def turn(self) -> None:
        """Wait until the next request may go."""
        while (wait := self._free - self.clock()) > 0:
            await self.sleep(wait)
        if self.rate is not None:
            self._free = self.clock() + 1 / self.rate

    def rest(self, seconds: float) -> None:
        """Let nothing go for so long."""
        self._free = max(self._free, self.clock() + min(seconds, LONGEST))


def pause(attempt: int, headers: Mapping[str, str]) -> float:
    """How long to wait after the failed ``attempt``, counted from 0, in seconds.

    What ``Retry-After`` asks for: seconds, or a time, which is held against the ``Date`` of the same
    answer. Else half a second, and twice as long each time.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return min(float(asked), LONGEST)
    try:
        until, now = (parsedate_to_datetime(each) for each in (asked, headers.get("date", "")))
        seconds = (until - now).total_seconds()
    except (TypeError, ValueError):
        return min(_FIRST * 2.0**attempt, LONGEST)
    return min(max(seconds, 0.0), LONGEST)
