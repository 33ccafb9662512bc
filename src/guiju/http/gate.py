"""What every request passes: its id, the key, how many at a time, the counts, its line in the log.

Whatever happens behind it, the caller gets a problem document or a whole answer, and never a stack trace.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import time
from typing import Final

from attrs import define
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guiju.http.keys import KeysError
from guiju.http.lines import write
from guiju.http.problem import MEDIA_TYPE, Kind, Refused, document, to_json
from guiju.http.service import Service

#: Answered to whoever asks, at any time: for those who watch over the service.
OPEN: Final = frozenset({"/health", "/ready"})
#: Not counted among the requests that are worked on.
ALWAYS: Final = OPEN | {"/metrics"}

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")
_GONE: Final = 499  # the caller went away; as others call it in their logs


@define(eq=False)
class Exchange:
    """What is known of one request, for the log."""

    request_id: str
    caller: str = ""
    read: bool = False  # its body has arrived as a whole
    status: int = 0
    question: str | None = None
    verdict: str | None = None


def exchange(request: Request) -> Exchange:
    """The exchange that ``request`` is part of."""
    found: Exchange = request.scope["guiju"]
    return found


class Gate:
    """The middleware in front of all routes."""

    def __init__(self, app: ASGIApp, service: Service, paths: frozenset[str]) -> None:
        self.app = app
        self.service = service
        self.paths = paths  # those that there are: others are counted as one

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = Headers(scope=scope)
        here = Exchange(_request_id(headers))
        scope["guiju"] = here

        async def received() -> Message:
            message = await receive()
            here.read = here.read or not message.get("more_body", False)
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                here.status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = here.request_id
            await send(message)

        try:
            await self._guarded(scope, headers, here, received, sent)
        finally:
            self._record(scope, here, time.perf_counter() - began)

    async def _guarded(
        self, scope: Scope, headers: Headers, here: Exchange, receive: Receive, send: Send
    ) -> None:
        refused: Refused
        try:
            await self._admitted(scope, headers, here, receive, send)
            return
        except Refused as error:
            refused = error
        except HTTPException as error:  # of the routes: 404, 405
            refused = _of_routes(error)
        except ClientDisconnect:
            here.status = _GONE
            return
        except asyncio.CancelledError as error:
            # Only when the service is stopped and the time for that is over.
            write("cancelled", logging.WARNING, error, request_id=here.request_id)
            refused = Refused(Kind.STOPPING, headers={"Retry-After": "1"})
        except Exception as error:
            write("internal-error", logging.ERROR, error, request_id=here.request_id)
            refused = Refused(Kind.INTERNAL)
        if here.status:  # half of an answer is out: it is broken off, lest it look whole
            raise _BrokenOff
        if not here.read and ("content-length" in headers or "transfer-encoding" in headers):
            refused.headers["Connection"] = "close"  # what is left of the body is not waited for
        await problem(refused, here.request_id)(scope, receive, send)

    async def _admitted(
        self, scope: Scope, headers: Headers, here: Exchange, receive: Receive, send: Send
    ) -> None:
        service = self.service
        if scope["path"] not in OPEN and service.keyring is not None:
            here.caller = _caller(service, headers)
        if scope["path"] in ALWAYS:
            await self.app(scope, receive, send)
            return
        if service.requests >= service.settings.concurrent:
            raise Refused(Kind.BUSY, headers={"Retry-After": "1"})
        service.requests += 1
        service.metrics.running.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            service.requests -= 1
            service.metrics.running.dec()

    def _record(self, scope: Scope, here: Exchange, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        path = scope["path"] if scope["path"] in self.paths else "other"
        self.service.metrics.requests.labels(method, path, str(here.status)).inc()
        self.service.metrics.seconds.labels(path).observe(seconds)
        write(
            "request",
            request_id=here.request_id,
            key=here.caller or None,
            method=scope["method"][:20],
            path=scope["path"][:200],
            status=here.status,
            seconds=round(seconds, 6),
            question=here.question,
            verdict=here.verdict,
        )


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _BrokenOff(Exception):
    """Tells the server to close the connection; why was logged before."""


def problem(refused: Refused, request_id: str) -> Response:
    """The response to a refused request."""
    return Response(
        to_json(document(refused, request_id)),
        status_code=refused.kind.status,
        headers=refused.headers,
        media_type=MEDIA_TYPE,
    )


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.match(given) else secrets.token_hex(16)


def _caller(service: Service, headers: Headers) -> str:
    """The name of whoever holds the key of the request."""
    assert service.keyring is not None
    scheme, _, token = headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    try:
        name = service.keyring.whose(given) if given else None
    except (KeysError, OSError) as error:
        write("keys-unavailable", logging.ERROR, error, reason=str(error))
        raise Refused(Kind.NO_KEYS) from None
    if name is None:
        raise Refused(Kind.UNAUTHORIZED, headers={"WWW-Authenticate": 'Bearer realm="guiju"'})
    return name


def _of_routes(error: HTTPException) -> Refused:
    if error.status_code == 405:
        return Refused(Kind.METHOD, headers=dict(error.headers or {}))
    return Refused(Kind.NOT_FOUND)
