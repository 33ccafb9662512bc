"""The service for tests, in their own process or in one of its own: a small corpus, a client, a request."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx

from guiju.http.app import application
from guiju.http.service import Service

T = TypeVar("T")

RULES = """\
时限 2018-01-01 .. 2031-12-31

法域 省
法域 市 属 省
法域 东区 属 市

位阶 市文件 级 20
机关 市局 级别 市文件 辖 市

种类 证种 = {临时, 正式}
阶梯 档次 = {警告 < 暂停 < 清退}

实体 摊主
  事实 占道: 是否 默认 否
  事实 年龄: 整数 16..120 单位 岁
  事实 应缴: 小数 0..10000 精度 2 单位 元
  事实 证件: 证种
  事实 申请日: 日期
  记录 违规
    字段 时间: 日期
    字段 档: 档次
实体 市场

行为 经营 主体 摊主
行为 登记 主体 摊主
结果 处理: 档次 合并 单一

读法 大小: 含十八 | 不含十八 见 "第三条"

文件 摊位办法 标题 "摊位办法" 发布 市局 地域 市 印发 2019-12-01 施行 2020-01-01
规则 占道 见 "第二条" 当 占道 则 摊主 不得 经营
规则 年龄 见 "第三条" 当 年龄 < 18岁 或 (大小 = 不含十八 且 年龄 = 18岁) 则 摊主 不得 登记
规则 处理 见 "第四条" 当 占道 且 应缴 > 100元 则 处理 为 暂停
规则 屡犯 见 "第五条" 当 个数(违规 其中 档 至少 暂停) 至少 2 则 摊主 不得 登记
"""


class Client:
    """A service that runs in a thread of its own, and requests to it that do not go through a socket."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        transport = httpx.ASGITransport(application(service), raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://test", timeout=60)

    def __enter__(self) -> Client:
        self.thread.start()
        self.life = self.service.running()
        self.wait(self.life.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wait(self.http.aclose())
        self.wait(self.life.__aexit__(None, None, None))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of ``work``, done where the service runs."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET."""
        return self.wait(self.http.get(path, **options))

    def post(self, path: str, **options: Any) -> httpx.Response:
        """POST."""
        return self.wait(self.http.post(path, **options))

    def together(self, *requests: httpx.Request) -> list[httpx.Response]:
        """The responses to requests that are sent at once."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*(self.http.send(each) for each in requests))

        return self.wait(all_of_them())


def wait_until(
    condition: Callable[[], object], said: Callable[[], object] = str, seconds: float = 120
) -> None:
    """Wait until ``condition`` holds; fail with what ``said`` tells when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, said()
        time.sleep(0.02)


def clock() -> dt.datetime:
    """The time in these tests."""
    return dt.datetime(2026, 11, 22, 8, 0, tzinfo=dt.UTC)


def asked(**changes: Any) -> dict[str, Any]:
    """A request that is answered, with these changes."""
    return {
        "question": "摊主·登记",
        "case": {"摊主": {"年龄": 17, "违规": []}},
        "on": "2026-11-22",
        "at": "东区",
        **changes,
    }


class Server:
    """``guiju serve`` as a process, at a port of its own."""

    def __init__(self, rules: Path, *arguments: str) -> None:
        self.rules = rules
        command = [sys.executable, "-m", "guiju", "serve", str(rules), "--port", "0", *arguments]
        environment = {**os.environ, "GUIJU_CACHE_DIR": str(rules.parent / "cache"), "GUIJU_LANG": "en"}
        self.process = subprocess.Popen(
            command, cwd=rules.parent, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.lines: list[dict[str, Any]] = []
        self.other: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.url = str(self.line("serving")["url"])
        self.http = httpx.Client(base_url=self.url, timeout=60)
        self.until(lambda: self._answers("/ready"))

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(60)
        finally:
            self.process.kill()
            self.reader.join()
            assert self.process.stderr is not None
            self.process.stderr.close()

    def line(self, event: str) -> dict[str, Any]:
        """The first line of the log about ``event``, when it is there."""
        self.until(lambda: self.all(event) or self.process.poll() is not None)
        assert self.all(event), (event, self.lines, self.other)
        return self.all(event)[0]

    def all(self, event: str) -> list[dict[str, Any]]:
        """The lines of the log about ``event``."""
        return [each for each in list(self.lines) if each["event"] == event]

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until ``condition`` holds."""
        wait_until(condition, lambda: (self.lines, self.other))

    def _answers(self, path: str) -> bool:
        try:
            return self.http.get(path).status_code == 200
        except httpx.TransportError:
            return False

    def _read(self) -> None:
        assert self.process.stderr is not None
        for text in self.process.stderr:
            try:
                self.lines.append(json.loads(text))
            except ValueError:
                self.other.append(text)
