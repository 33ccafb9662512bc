"""A batch: a line in, a line out, in the same order, while more lines arrive.

A line that cannot be answered gets a line that says why, and the next one is answered. What comes out of one
go, a few lines, is recorded in one transaction before it is sent; the next go waits until the caller has
taken it. So the memory for a batch of any size is that of a few lines.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Final

from attrs import define, field
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from guiju.decisions.corpus import Corpus
from guiju.decisions.log import LogError, Receipt
from guiju.dsl.source import Bilingual
from guiju.http import body
from guiju.http.asked import Answer
from guiju.http.gate import Exchange, exchange
from guiju.http.lines import write
from guiju.http.problem import Kind, Refused, document, to_json
from guiju.http.service import Service
from guiju.http.spool import Spool

#: Lines that are answered in one go.
GO: Final = 32
MEDIA_TYPE: Final = "application/jsonl"

Outcome = Answer | Refused


def batch(request: Request, service: Service) -> Response:
    """The response to a batch.

    Raises:
        Refused: The body is of another type, or says itself that it is too long.
    """
    body.require_type(request, *body.JSON_LINES)
    body.require_length(request, service.settings.max_batch)
    return Lines(service, service.corpus, exchange(request))


class Lines(Response):
    """A response whose lines are made while the lines of the request arrive."""

    def __init__(self, service: Service, corpus: Corpus, here: Exchange) -> None:
        # The rest of a batch that is too long is not read: the connection could not be used again.
        super().__init__(media_type=MEDIA_TYPE, headers={"Connection": "close"})
        del self.headers["content-length"]
        self.service, self.corpus, self.here = service, corpus, here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        spool = Spool(self.service.settings.max_batch)
        arriving = asyncio.create_task(_fill(spool, receive, self.service.settings.timeout))
        try:
            start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(start)
            async for piece in self._answers(spool):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            arriving.cancel()
            spool.close()

    async def _answers(self, spool: Spool) -> AsyncIterator[bytes]:
        settings = self.service.settings
        number = 0
        while lines := await spool.lines(min(GO, settings.max_lines - number) or 1, settings.max_body):
            if number == settings.max_lines:
                yield self._ended(number, Bilingual(f"一批至多 {number} 行", f"at most {number} lines"))
                return
            outcomes = await self._decided(number, lines)
            yield await self._recorded(number, outcomes)
            number += len(lines)
        if spool.overflown:
            most = settings.max_batch
            yield self._ended(number, Bilingual(f"一批至多 {most} 字节", f"at most {most} bytes"))
        elif spool.lost:
            write("batch-lost", logging.ERROR, request_id=self.here.request_id, answered=number)
            why = Bilingual("没有地方存放尚未作答的行", "there is no room for the lines that wait")
            yield self._refused(number + 1, Refused(Kind.INTERNAL, why))

    async def _decided(self, before: int, lines: Sequence[bytes | None]) -> list[Outcome]:
        """What comes out of ``lines``. A line that takes too long is given up, and the next one is begun."""
        outcomes: list[Outcome] = []
        while len(outcomes) < len(lines):
            go = _Go(self, before + len(outcomes), lines[len(outcomes) :])
            outcomes += await go.outcomes(self.service.settings.timeout)
        return outcomes

    def decide(self, number: int, line: bytes | None) -> Outcome:
        """What comes out of one line; in a thread."""
        try:
            if line is None:
                raise body.too_large(self.service.settings.max_body)
            return self.service.answer(
                self.corpus, line, f"{self.here.request_id}:{number}", self.here.caller
            )
        except Refused as error:
            return error
        except Exception as error:
            write("internal-error", logging.ERROR, error, request_id=self.here.request_id, line=number)
            return Refused(Kind.INTERNAL)

    async def _recorded(self, before: int, outcomes: Sequence[Outcome]) -> bytes:
        """The lines to send; what cannot be recorded is not answered."""
        answers = [each for each in outcomes if isinstance(each, Answer)]
        receipts: list[Receipt | None] = [None] * len(answers)
        unrecorded: Refused | None = None
        if answers and self.service.journal is not None:
            try:
                receipts = list(await self.service.journal.append([each.entry for each in answers]))
            except LogError as error:
                write("log-unavailable", logging.ERROR, error, request_id=self.here.request_id)
                unrecorded = Refused(Kind.NO_LOG)
        pairs = iter(zip(answers, receipts, strict=True))
        found = bytearray()
        for number, outcome in enumerate(outcomes, before + 1):
            if isinstance(outcome, Answer):
                answer, receipt = next(pairs)
                if unrecorded is None:
                    self.service.metrics.lines.labels("answered").inc()
                    self.service.count(answer)
                    found += answer.to_json(receipt, number) + b"\n"
                    continue
                outcome = unrecorded
            found += self._refused(number, outcome)
        return _without_other_ends(found)

    def _refused(self, number: int, refused: Refused) -> bytes:
        self.service.metrics.lines.labels("refused").inc()
        found = to_json({"line": number, "problem": document(refused, self.here.request_id)})
        return _without_other_ends(found) + b"\n"

    def _ended(self, answered: int, why: Bilingual) -> bytes:
        """The last line: nothing after the first ``answered`` lines is answered."""
        return self._refused(answered + 1, Refused(Kind.TOO_LARGE, why))


def _without_other_ends(data: bytes | bytearray) -> bytes:
    """JSON with those characters escaped at which many clients (Python's ``splitlines``) end a line, too."""
    for character in ("\u2028", "\u2029", "\x85"):
        data = data.replace(character.encode(), f"\\u{ord(character):04x}".encode())
    return bytes(data)


@define(eq=False)
class _Go:
    """Some lines, answered one after the other in one thread."""

    response: Lines
    before: int
    lines: Sequence[bytes | None]
    _done: list[Outcome] = field(factory=list, init=False)
    _stop: bool = field(default=False, init=False)

    async def outcomes(self, timeout: float) -> list[Outcome]:
        """What came out; when a line takes longer than ``timeout`` seconds, its refusal is the last."""
        ended = asyncio.ensure_future(self.response.service.workroom.run(self._work))
        before = 0
        try:
            while not (await asyncio.wait({ended}, timeout=timeout))[0]:
                if len(self._done) == before:
                    return [*self._done, Refused(Kind.TIMEOUT)][: len(self.lines)]
                before = len(self._done)
            ended.result()
            return self._done
        finally:
            self._stop = True
            ended.cancel()

    def _work(self) -> None:
        for number, line in enumerate(self.lines, self.before + 1):
            outcome = self.response.decide(number, line)
            if self._stop:
                return
            self._done.append(outcome)


async def _fill(spool: Spool, receive: Receive, timeout: float) -> None:
    """Put aside what arrives; a caller who sends nothing for ``timeout`` seconds has ended the batch."""
    while True:
        try:
            message = await asyncio.wait_for(receive(), timeout)
        except TimeoutError:
            spool.end()
            return
        if message["type"] == "http.disconnect":
            spool.end(gone=True)
            return
        if not spool.write(message.get("body", b"")):
            return
        if not message.get("more_body", False):
            spool.end()
            break
    while (await receive())["type"] != "http.disconnect":
        pass
    spool.end(gone=True)
