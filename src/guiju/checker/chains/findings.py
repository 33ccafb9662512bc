"""All findings about chains (L0xx)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker.ask import Asker
from guiju.checker.chains import bodies, circles, hand_overs, reach, terms, triggers, windows
from guiju.checker.chains.links import Links
from guiju.checker.chains.timeline import timeline
from guiju.checker.finding import Finding


def findings(asker: Asker) -> Iterator[Finding]:
    """What is wrong with who passes what to whom, and with when."""
    links = Links.of(asker.corpus)
    order = timeline(links)
    yield from hand_overs.dead_ends(links, order, asker)
    yield from hand_overs.missing(links, asker)
    yield from triggers.nobody_acts(links, asker)
    yield from triggers.without_way_back(links, asker)
    yield from circles.circles(links, asker)
    yield from terms.unbounded(order, links, asker)
    yield from windows.outlasted(order, links, asker)
    yield from reach.outside(links, asker)
    yield from reach.beyond(links, asker)
    yield from bodies.bottlenecks(links)
    yield from bodies.doubled(links, asker)
