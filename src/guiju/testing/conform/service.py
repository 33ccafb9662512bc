"""A suite put to a service over HTTP: each test is a POST, a few of them at a time.

Busy answers (429, 503) and broken connections are tried again after a while; then all others wait as well. An
answer that says no, or none in time, is an error of that test. Needs the extra ``conform``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

import httpx
from attrs import define, field, frozen

from guiju.decisions.json_input import Limits, parse
from guiju.decisions.problems import InvalidInput
from guiju.dsl.source import Bilingual
from guiju.testing.conform.pace import Pace, pause
from guiju.testing.conform.unusable import Unusable, excerpt
from guiju.testing.running import BadAnswer, Failed, Reply, Tell, parse_answer, request
from guiju.testing.suite import Test

_BUSY: Final = (429, 503)
#: What is answered where nobody takes our requests: a wrong address or key.
_NOT_HERE: Final = (401, 403, 404, 405)
#: So often nobody may answer, or none of our requests be taken, before the run ends.
_GIVE_UP: Final = 3
_LIMITS: Final = Limits(size=16_000_000, depth=64, digits=60)


@frozen(eq=False)
class Service:
    """Asks what answers at ``url``.

    Attributes:
        url: Where to post; of an address without a path, ``/v1/decide`` there.
        headers: Sent with each request. Their values are never shown.
        jobs: So many requests are under way at a time.
        rate: So many begin in a second; None: as they can.
        timeout: Seconds until an answer is given up.
        retries: How often a request is sent again.
        transport: What carries requests, instead of a network.
    """

    url: str
    headers: Mapping[str, str] = field(factory=dict)
    jobs: int = 4
    rate: float | None = None
    timeout: float = 30.0
    retries: int = 4
    transport: httpx.AsyncBaseTransport | None = None

    def __call__(self, tests: Sequence[Test], tell: Tell) -> None:
        """Put ``tests`` to the service.

        Raises:
            Unusable: Nobody answers there, or whoever does takes no such requests.
        """
        asyncio.run(_Run(self, tell, Pace(self.rate)).all(tests))

    @property
    def address(self) -> str:
        """Where requests are posted."""
        parts = urlsplit(self.url)
        if parts.path.strip("/"):
            return self.url
        return parts._replace(path="/v1/decide").geturl()

    @property
    def shown(self) -> str:
        """The same without a name and a password, should there be some in it."""
        parts = urlsplit(self.address)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@define(eq=False)
class _Run:
    """One run: what is asked, and whether anybody ever answered."""

    service: Service
    tell: Tell
    pace: Pace
    answered: bool = False
    refusals: int = 0
    refusal: Bilingual | None = None

    async def all(self, tests: Sequence[Test]) -> None:
        waiting = iter(enumerate(tests))
        headers = {"accept": "application/json", **self.service.headers}
        async with httpx.AsyncClient(
            headers=headers,
            timeout=self.service.timeout,
            transport=self.service.transport,
            limits=httpx.Limits(max_connections=self.service.jobs),
        ) as client:
            jobs = [asyncio.create_task(self._job(client, waiting)) for _ in range(self.service.jobs)]
            try:
                await asyncio.gather(*jobs)
            finally:
                for job in jobs:
                    job.cancel()
                await asyncio.gather(*jobs, return_exceptions=True)
        if self.refusal is not None and not self.answered:
            raise Unusable(self.refusal)

    async def _job(self, client: httpx.AsyncClient, waiting: Iterator[tuple[int, Test]]) -> None:
        for number, test in waiting:
            self.tell(number, await self._ask(client, test))

    async def _ask(self, client: httpx.AsyncClient, test: Test) -> Reply:
        body = json.dumps(request(test), ensure_ascii=False).encode("utf-8")
        failed = Failed(Bilingual("没有发出", "not sent"))
        for attempt in range(self.service.retries + 1):
            await self.pace.turn()
            headers: Mapping[str, str] = {}
            try:
                answer = await client.post(
                    self.service.address, content=body, headers={"content-type": "application/json"}
                )
            except httpx.TimeoutException as error:
                if not isinstance(error, httpx.ConnectTimeout):
                    return self._late()
                failed = self._unreachable(error)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                failed = self._unreachable(error)
            else:
                if answer.status_code not in _BUSY:
                    return self._reply(answer, test)
                self.answered = True
                failed, headers = self._status(answer), answer.headers
            self.pace.rest(pause(attempt, headers))
        return failed

    def _reply(self, answer: httpx.Response, test: Test) -> Reply:
        if answer.status_code in _NOT_HERE:
            self._refused(answer)
        elif answer.status_code < 500:
            self.answered = True
        if answer.status_code != 200:
            return self._status(answer)
        try:
            return parse_answer(parse(answer.content, _LIMITS), test)
        except (BadAnswer, InvalidInput) as error:
            why = error.message if isinstance(error, BadAnswer) else error.problems[0].message
            seen = self._seen(answer)
            return Failed(
                Bilingual(f"不是答复：{why.zh}。所见：{seen}", f"no answer: {why.en}. Seen: {seen}")
            )

    def _late(self) -> Failed:
        self.answered = True
        seconds = f"{self.service.timeout:g}"
        return Failed(Bilingual(f"{seconds} 秒内没有答复", f"no answer in {seconds} seconds"))

    def _status(self, answer: httpx.Response) -> Failed:
        seen = self._seen(answer)
        return Failed(
            Bilingual(
                f"状态 {answer.status_code}" + (f"：{seen}" if seen else ""),
                f"status {answer.status_code}" + (f": {seen}" if seen else ""),
            )
        )

    def _unreachable(self, error: Exception) -> Failed:
        """That no connection came about, or that it broke."""
        seen = excerpt(self._hidden(str(error) or type(error).__name__))
        where = self.service.shown
        message = Bilingual(f"连不上 {where}：{seen}", f"cannot reach {where}: {seen}")
        self._count(
            Bilingual(
                f"{message.zh}。请核对 --url，并确认服务已经启动",
                f"{message.en}. Check --url, and that the service is running",
            )
        )
        return Failed(message)

    def _refused(self, answer: httpx.Response) -> None:
        where, status = self.service.shown, answer.status_code
        if status in (401, 403):
            zh = "需要密钥：用环境变量 GUIJU_TOKEN 或 --header 'Authorization: Bearer …' 给出"
            en = "a key is needed: give it in GUIJU_TOKEN or by --header 'Authorization: Bearer …'"
        else:
            zh = "那里不接受请求：--url 应是服务的地址，或者接受 POST 的完整地址"
            en = "requests are not taken there: --url is the address of a service, or all of where to POST"
        self._count(
            Bilingual(f"{where} 答以状态 {status}。{zh}", f"{where} answers with status {status}; {en}")
        )

    def _count(self, message: Bilingual) -> None:
        """Give up where nobody has answered so far, and one more did not.

        Raises:
            Unusable: That was one too many.
        """
        self.refusals, self.refusal = self.refusals + 1, message
        if not self.answered and self.refusals >= _GIVE_UP:
            raise Unusable(message)

    def _seen(self, answer: httpx.Response) -> str:
        """The beginning of what was answered."""
        return excerpt(self._hidden(answer.content.decode("utf-8", errors="replace")))

    def _hidden(self, text: str) -> str:
        """``text`` without what the headers hold, should somebody have sent it back."""
        for value in self.service.headers.values():
            for secret in (value, value.rpartition(" ")[2]):
                if len(secret) > 3:
                    text = text.replace(secret, "…")
        return text
