"""How a service is run: what it loads, whom it lets in, and how much it takes on. Plain data, so that it can
be sent to other processes.
"""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from guiju.decisions.json_input import Limits


@frozen
class Settings:
    """The settings of a service; each process of it has the same.

    Attributes:
        paths: What the corpus is loaded from.
        keys: The file of keys; None: whoever reaches the service may ask it.
        log: The decision log, as ``guiju.decisions.log.open_log`` takes it; None: nothing is recorded.
        max_body: The most bytes of a request's body.
        max_values: The most values in a body.
        max_depth: How deeply lists and objects may stand in one another.
        max_lines: The most lines of a batch.
        max_batch: The most bytes of a batch; a line has at most ``max_body``.
        timeout: Seconds from a request's first byte to its answer; in a batch, for each line.
        concurrent: Requests that one process works on at a time; the next is told to come again.
        threads: Threads of one process that decide.
        grace: Seconds that running requests get to end when the service is stopped.
        reload_interval: Seconds between two looks at the files of ``paths``; 0: only SIGHUP reloads.
    """

    paths: tuple[Path, ...]
    keys: Path | None = None
    log: str | None = None
    max_body: int = 1_000_000
    max_values: int = 2_000
    max_depth: int = 16
    max_lines: int = 100_000
    max_batch: int = 100_000_000
    timeout: float = 10.0
    concurrent: int = 64
    threads: int = 4
    grace: float = 30.0
    reload_interval: float = 0.0

    @property
    def limits(self) -> Limits:
        """How much of a body is read."""
        return Limits(size=self.max_body, depth=self.max_depth)
