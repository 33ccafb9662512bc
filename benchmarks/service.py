"""``guiju serve`` on loopback: start-up, then throughput and latency with 1, 8 and 64 clients.

Run: ``python benchmarks/service.py [SECONDS] [PATH]``: for each number of clients so many seconds (default 3,
after one to warm up), with the decision log and without; PATH is the rules (default ``specs/``). One worker.
The clients are one process of the same machine, which is part of what is measured; the CPU time is the
server's alone. Latencies are those of closed loops: each client waits for its answer before it asks again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
CLIENTS = (1, 8, 64)
ON = dt.date(2026, 11, 22)
CASES = 50  # questions that are asked in turn


def bodies(path: Path) -> list[bytes]:
    """Requests about some questions of the corpus, each with every fact that it needs."""
    from guiju.decisions.loading import load
    from guiju.decisions.schema import example

    corpus = load(path)  # from what was kept, if it was loaded before; so the server's start is a warm one
    questions = list(corpus.questions)
    chosen = questions[:: max(1, len(questions) // CASES)]
    return [
        json.dumps(
            {
                "question": question,
                "case": example(corpus, question, ON),
                "on": ON.isoformat(),
                "at": corpus.places[-1],
            },
            ensure_ascii=False,
        ).encode()
        for question in chosen
    ]


def started(path: Path, folder: str, log: str) -> tuple[subprocess.Popen[str], str, float]:
    """A server, its address, and the seconds until it was ready."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "guiju", "serve", str(path), "--port", "0", "--log", log]
    command += ["--concurrent", "256"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if "url" in (found := json.loads(line)):
            url = found["url"]
        if found["event"] == "Application startup complete.":
            break
    while not ready(url):
        time.sleep(0.01)
    taken = time.perf_counter() - began
    # Its log of requests is written, as it always is, and goes nowhere.
    subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
    return process, url, taken


def ready(url: str) -> bool:
    """Whether the server answers and says that it can decide."""
    try:
        urlopen(f"{url}/ready").close()
    except OSError:
        return False
    return True


async def measure(url: str, sent: list[bytes], clients: int, seconds: float) -> list[float]:
    """The latencies of all answers that ``clients`` get in so many seconds."""
    host, _, port = url.removeprefix("http://").partition(":")
    heads = [
        b"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
        for body in sent
    ]
    latencies: list[float] = []
    end = time.perf_counter() + seconds

    async def client(number: int) -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        turn = number
        while (began := time.perf_counter()) < end:
            turn += 1
            writer.write(heads[turn % len(sent)] + sent[turn % len(sent)])
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200 "):
                raise RuntimeError(head)
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            latencies.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(client(number) for number in range(clients)))
    return latencies


def cpu_seconds(process: subprocess.Popen[str]) -> float:
    """User and system time of the server so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def at(latencies: list[float], share: float) -> float:
    """The latency that ``share`` of the answers do not exceed, in milliseconds."""
    return sorted(latencies)[min(len(latencies) - 1, int(share * len(latencies)))] * 1000


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    path = Path(sys.argv[2] if len(sys.argv) > 2 else "specs").resolve()
    sent = bodies(path)
    load = os.getloadavg()[0]
    print(f"{len(sent)} questions in turn; load of the machine {load:.1f} on {os.cpu_count()} CPUs")
    print(f"{'log':<8}{'clients':>8}{'answers/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'CPU ms/answer':>16}")
    for log in ("none", "log.sqlite"):
        with tempfile.TemporaryDirectory() as folder:
            process, url, taken = started(path, folder, log)
            start = f"ready after {taken:.2f} s, of which {cpu_seconds(process):.2f} s CPU"
            try:
                asyncio.run(measure(url, sent, 4, 1.0))
                for clients in CLIENTS:
                    before, began = cpu_seconds(process), time.perf_counter()
                    found = asyncio.run(measure(url, sent, clients, seconds))
                    cpu = (cpu_seconds(process) - before) / len(found) * 1000
                    rate = len(found) / (time.perf_counter() - began)
                    name = "none" if log == "none" else "sqlite"
                    print(
                        f"{name:<8}{clients:>8}{rate:>12.0f}{at(found, 0.5):>10.1f}{at(found, 0.99):>10.1f}"
                        f"{cpu:>16.2f}"
                    )
            finally:
                process.terminate()
                process.wait(60)
            print(start)


if __name__ == "__main__":
    main()
