"""What a drawing consists of: nodes and arrows, each with its kind, its words and what it rests on."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from guiju.compiler.kernel import Passing
from guiju.dsl.source import Bilingual


class Kind(enum.Enum):
    """What a node stands for. UNNAMED: somebody whom a text leaves open."""

    AUTHORITY = "authority"
    DEPARTMENT = "department"
    PARTY = "party"
    UNNAMED = "unnamed"
    EVENT = "event"
    RECORD = "record"
    STEP = "step"


class Tie(enum.Enum):
    """How an event and a step hang together."""

    SETS_OFF = "sets_off"
    SETS_OFF_BY_ABSENCE = "sets_off_by_absence"
    BRINGS_ABOUT = "brings_about"
    ENDS = "ends"


@frozen
class Ground:
    """What a rule says of one step.

    Attributes:
        citations: As the text cites itself.
        obliged: It must be done; otherwise it may.
        conditions: All of which must hold; none where it is always called for.
        deadline: In words; None where nothing says by when.
        amount, unit: The length of a term, where it is a fixed one.
        triggers: The facts and records that set it going by holding.
    """

    rule: str
    instrument: str
    title: str
    citations: tuple[str, ...]
    obliged: bool
    conditions: tuple[Bilingual, ...] = ()
    deadline: Bilingual | None = None
    amount: int | None = None
    unit: str | None = None
    triggers: tuple[str, ...] = ()

    @property
    def cited(self) -> str:
        """The provision by its short name."""
        return f"{self.instrument} {'、'.join(self.citations) or self.rule.partition('.')[2]}"


@frozen
class Node:
    """``id`` tells nodes apart; ``ground`` is that of a step.

    ``unmade``: an event that an act would bring about which no rule has anybody do.
    """

    id: str
    kind: Kind
    label: Bilingual
    ground: Ground | None = None
    unmade: bool = False


@frozen
class Edge:
    """An arrow.

    Attributes:
        start, end: Ids of nodes.
        what: What is passed on, or how the two hang together, in words.
        deed: The act by which it is passed on.
        unnamed: The text leaves open who sends or who receives.
        dead_end: After it no rule makes anything happen.
    """

    start: str
    end: str
    kind: Passing | Tie
    what: Bilingual
    deed: str = ""
    ground: Ground | None = None
    unnamed: bool = False
    dead_end: bool = False


@frozen
class Drawing:
    """Nodes and arrows in a fixed order. ``graph``: ``actors`` or ``events``."""

    graph: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def bundles(self) -> Iterator[Sequence[Edge]]:
        """The arrows, those together that join the same two and mean the same, for a picture."""
        order = sorted(self.edges, key=_bundle)
        for _, alike in groupby(order, key=_bundle):
            yield list(alike)


def _bundle(edge: Edge) -> tuple[str, str, str, bool]:
    return edge.start, edge.end, edge.kind.value, edge.dead_end
