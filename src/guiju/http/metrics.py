"""What is counted, for Prometheus. Several processes write their counts to files that any of them adds up."""

from __future__ import annotations

import os
from typing import Final

from attrs import field, frozen
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

#: Names the folder of those files; prometheus-client looks at it when it is imported.
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

_SECONDS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_ENTRIES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)


@frozen(eq=False)
class Metrics:
    """The metrics of one process, in a registry of their own."""

    registry: CollectorRegistry = field(factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    running: Gauge = field(init=False)
    overdue: Gauge = field(init=False)
    verdicts: Counter = field(init=False)
    lines: Counter = field(init=False)
    log_groups: Histogram = field(init=False)
    log_failures: Counter = field(init=False)
    reloads: Counter = field(init=False)

    @requests.default
    def _requests(self) -> Counter:
        labels = ("method", "path", "status")
        return Counter("guiju_requests", "Requests that were answered.", labels, registry=self.registry)

    @seconds.default
    def _seconds(self) -> Histogram:
        text = "Seconds from a request to the end of its answer."
        return Histogram("guiju_request_seconds", text, ("path",), registry=self.registry, buckets=_SECONDS)

    @running.default
    def _running(self) -> Gauge:
        text = "Requests that are being worked on."
        return Gauge("guiju_running_requests", text, registry=self.registry, multiprocess_mode="livesum")

    @overdue.default
    def _overdue(self) -> Gauge:
        text = "Threads at work on what nobody waits for any more."
        return Gauge("guiju_overdue_threads", text, registry=self.registry, multiprocess_mode="livesum")

    @verdicts.default
    def _verdicts(self) -> Counter:
        text = "Verdicts that were given, by verdict."
        return Counter("guiju_verdicts", text, ("verdict",), registry=self.registry)

    @lines.default
    def _lines(self) -> Counter:
        text = "Lines of batches, by whether they were answered."
        return Counter("guiju_batch_lines", text, ("outcome",), registry=self.registry)

    @log_groups.default
    def _log_groups(self) -> Histogram:
        text = "Entries of one transaction of the decision log."
        return Histogram("guiju_log_entries", text, registry=self.registry, buckets=_ENTRIES)

    @log_failures.default
    def _log_failures(self) -> Counter:
        text = "Transactions of the decision log that failed."
        return Counter("guiju_log_failures", text, registry=self.registry)

    @reloads.default
    def _reloads(self) -> Counter:
        text = "Attempts to load the corpus anew, by outcome."
        return Counter("guiju_corpus_reloads", text, ("outcome",), registry=self.registry)

    def exposition(self) -> bytes:
        """The metrics as text, of all processes where there are several."""
        folder = os.environ.get(FOLDER)
        if folder is None:
            return generate_latest(self.registry)
        gathered = CollectorRegistry()
        MultiProcessCollector(gathered, folder)  # type: ignore[no-untyped-call]  # registers itself
        return generate_latest(gathered)
