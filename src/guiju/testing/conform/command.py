"""A suite put to a program: a request to a line on its standard input, an answer to a line on its output.

The program is started once and asked one test after the other, or anew for each test. One that ends, says
nothing in time or says something else is an error of that test, and is started anew for the next.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from guiju.decisions.json_input import Limits, parse
from guiju.decisions.problems import InvalidInput
from guiju.dsl.source import Bilingual
from guiju.testing.conform.unusable import Unusable, excerpt
from guiju.testing.running import BadAnswer, Failed, Reply, Tell, parse_answer, request
from guiju.testing.suite import Test

#: Of one line of output.
_LONGEST: Final = 16_000_000
_LIMITS: Final = Limits(size=_LONGEST, depth=64, digits=60)
#: So much of what a program says on its error stream is kept.
_KEPT: Final = 4_000
#: A program that fails so often before it first answers is not asked any more.
_GIVE_UP: Final = 5


@frozen(eq=False)
class Command:
    """Asks a program.

    Attributes:
        arguments: The program and its arguments. No shell sees them.
        per_case: Start it anew for each test.
        jobs: With that, so many at a time.
        timeout: Seconds until an answer is given up.
        environment: Of the program. It is told not to keep its output back, where it is Python.
    """

    arguments: Sequence[str]
    per_case: bool = False
    jobs: int = 4
    timeout: float = 30.0
    environment: Mapping[str, str] = field(factory=lambda: dict(os.environ))

    def __call__(self, tests: Sequence[Test], tell: Tell) -> None:
        """Put ``tests`` to the program.

        Raises:
            Unusable: It cannot be started, or fails from the first test on.
        """
        asyncio.run(_Run(self, tell).all(tests))


@define(eq=False)
class _Run:
    command: Command
    tell: Tell
    answered: bool = False
    failures: int = 0

    async def all(self, tests: Sequence[Test]) -> None:
        waiting = iter(enumerate(tests))
        several = self.command.jobs if self.command.per_case else 1
        jobs = [asyncio.create_task(self._job(waiting)) for _ in range(several)]
        try:
            await asyncio.gather(*jobs)
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    async def _job(self, waiting: Iterator[tuple[int, Test]]) -> None:
        """Ask test after test: of one process as long as it answers."""
        pending = next(waiting, None)
        while pending is not None:
            async with self._started() as process:
                while pending is not None:
                    number, test = pending
                    reply = await process.ask(test, last=self.command.per_case)
                    self._count(reply)
                    self.tell(number, reply)
                    pending = next(waiting, None)
                    if self.command.per_case or isinstance(reply, Failed):
                        break

    def _count(self, reply: Reply) -> None:
        """Give up where it has only failed.

        Raises:
            Unusable: That was one too many.
        """
        if not isinstance(reply, Failed):
            self.answered = True
            return
        self.failures += 1
        if not self.answered and self.failures >= _GIVE_UP:
            name, why = self.command.arguments[0], reply.message
            raise Unusable(
                Bilingual(
                    f"{name} 一个测试也没有答出，不再问下去：{why.zh}",
                    f"{name} has answered no test and is not asked any more: {why.en}",
                )
            )

    @contextlib.asynccontextmanager
    async def _started(self) -> AsyncIterator[_Process]:
        arguments = self.command.arguments
        try:
            process = await asyncio.create_subprocess_exec(
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=_LONGEST,
                env={"PYTHONUNBUFFERED": "1", **self.command.environment},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            message = Bilingual(f"无法启动 {arguments[0]}：{why}", f"cannot start {arguments[0]}: {why}")
            raise Unusable(message) from error
        assert process.stderr is not None
        errors = bytearray()
        reading = asyncio.create_task(_keep_end(process.stderr, errors))
        try:
            yield _Process(process, self.command.timeout, reading, errors)
        finally:
            _end(process)
            await process.wait()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


@define(eq=False)
class _Process:
    """A program that runs, with the end of what it said on its error stream."""

    process: asyncio.subprocess.Process
    timeout: float
    reading: asyncio.Task[None]
    errors: bytearray

    async def ask(self, test: Test, last: bool) -> Reply:
        """The reply to ``test``; ``last``: nothing more will be asked."""
        line = json.dumps(request(test), ensure_ascii=False).encode("utf-8") + b"\n"
        try:
            async with asyncio.timeout(self.timeout):
                answer = await self._exchanged(line, last)
        except TimeoutError:
            seconds = f"{self.timeout:g}"
            return self._failed(
                f"{seconds} 秒内没有答复（答复应占一行，写出后应立即 flush）",
                f"no answer in {seconds} seconds (an answer is one line, and is flushed)",
            )
        except ValueError:  # that is how a StreamReader says that a line is too long
            return self._failed(f"一行超过 {_LONGEST} 字节", f"a line longer than {_LONGEST} bytes")
        if not answer:
            return await self._ended()
        try:
            return parse_answer(parse(answer, _LIMITS), test)
        except (BadAnswer, InvalidInput) as error:
            why = error.message if isinstance(error, BadAnswer) else error.problems[0].message
            seen = excerpt(answer.decode("utf-8", errors="replace"))
            return self._failed(f"不是答复：{why.zh}。所见：{seen}", f"no answer: {why.en}. Seen: {seen}")

    async def _exchanged(self, line: bytes, last: bool) -> bytes:
        """The line that answers ``line``; nothing where the program ends instead."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        with contextlib.suppress(ConnectionError):  # it may have ended, or not want to hear more
            stdin.write(line)
            await stdin.drain()
            if last:
                stdin.close()
        while (answer := await stdout.readline()) and not answer.strip():
            pass
        return answer

    async def _ended(self) -> Failed:
        """That it closed its output without an answer, and how it ended."""
        try:
            async with asyncio.timeout(self.timeout):
                status = await self.process.wait()
                await self.reading
        except TimeoutError:
            return self._failed("关闭了输出而没有答复", "closed its output without an answer")
        if status < 0:
            name = signal.strsignal(-status) or str(-status)
            return self._failed(
                f"被信号终止（{name}）而没有答复", f"ended by a signal ({name}) without an answer"
            )
        return self._failed(
            f"以状态 {status} 结束而没有答复", f"ended with status {status} without an answer"
        )

    def _failed(self, zh: str, en: str) -> Failed:
        said = excerpt(self.errors.decode("utf-8", errors="replace"), end=True)
        if not said:
            return Failed(Bilingual(zh, en))
        return Failed(Bilingual(f"{zh}。标准错误：{said}", f"{en}. Standard error: {said}"))


async def _keep_end(stream: asyncio.StreamReader, kept: bytearray) -> None:
    """Read ``stream`` to its end, so that nobody has to wait for room in it."""
    while data := await stream.read(65_536):
        kept += data
        del kept[:-_KEPT]


def _end(process: asyncio.subprocess.Process) -> None:
    """End the program and what it started: they are a group of their own."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
