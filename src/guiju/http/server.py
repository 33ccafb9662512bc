"""The service as processes: a socket, uvicorn, several workers, signals.

SIGTERM and SIGINT end it gracefully: nothing new is accepted, what runs is finished, up to the time set for
that. SIGHUP loads the corpus anew; the first process passes it on to those that work.
"""

from __future__ import annotations

import os
import signal
import socket
from functools import partial
from tempfile import TemporaryDirectory
from typing import Final

from fastapi import FastAPI
from prometheus_client import multiprocess
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from guiju.decisions.corpus import Corpus
from guiju.http import lines, metrics
from guiju.http.app import application
from guiju.http.service import service
from guiju.http.settings import Settings

#: The most bytes of a request's headers.
_HEADERS: Final = 16_384
#: Seconds that a worker may take to load before it counts as hung.
_PATIENCE: Final = 60


def bind(host: str, port: int) -> socket.socket:
    """A socket at ``host``, where nobody else listens.

    Raises:
        OSError: That is not possible.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere it would let two processes have the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except BaseException:
        made.close()
        raise
    return made


def run(settings: Settings, listening: socket.socket, workers: int, corpus: Corpus) -> None:
    """Serve until a signal ends it.

    Args:
        listening: A socket from ``bind``.
        workers: Processes that answer.
        corpus: The corpus of the settings' paths. Workers of their own load it again.
    """
    # uvicorn raises the signal again when it has ended gracefully: then it is done.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _done)
    config = _config(settings, workers, corpus if workers == 1 else None)
    host, port = listening.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    lines.write("serving", url=url, digest=corpus.digest, workers=workers, log=settings.log is not None)
    if workers == 1:
        Server(config).run([listening])
        return
    with TemporaryDirectory(prefix="guiju-metrics-") as folder:
        os.environ[metrics.FOLDER] = folder  # the workers inherit it
        Supervisor(config, [listening]).run()


def worker(settings: Settings, corpus: Corpus | None = None) -> FastAPI:
    """The application of one process."""
    return application(service(settings, corpus), signals=True)


class Supervisor(Multiprocess):
    """uvicorn's first process, which starts the workers and starts those anew that died."""

    def handle_hup(self) -> None:
        """Let the workers load the corpus anew, instead of ending them: their connections stay."""
        for process in self.processes:
            if process.pid is not None and process.is_ready(timeout=1):  # before that it would end them
                os.kill(process.pid, signal.SIGHUP)

    def keep_subprocess_alive(self) -> None:
        """Also forget what a worker that died said of what it was doing."""
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for gone in before - {process.pid for process in self.processes}:
            multiprocess.mark_process_dead(gone)  # type: ignore[no-untyped-call]


def _config(settings: Settings, workers: int, corpus: Corpus | None) -> Config:
    return Config(
        partial(worker, settings, corpus),
        factory=True,
        workers=workers,
        log_config=lines.CONFIG,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        h11_max_incomplete_event_size=_HEADERS,
        timeout_graceful_shutdown=max(1, round(settings.grace)),
        timeout_worker_healthcheck=_PATIENCE,
    )


def _done(number: int, frame: object) -> None:
    """The signal was heeded already."""
