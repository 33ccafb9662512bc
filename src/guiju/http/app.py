"""The addresses of the service, and what stands behind each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, TypeVar

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from guiju.decisions.log import LogError, Receipt
from guiju.decisions.problems import InvalidInput
from guiju.http import body, catalogue
from guiju.http.batch import batch
from guiju.http.description import description
from guiju.http.gate import Gate, exchange
from guiju.http.lines import write
from guiju.http.metrics import CONTENT_TYPE
from guiju.http.problem import Kind, Refused, to_json
from guiju.http.service import Service

T = TypeVar("T")

Endpoint = Callable[[Service, Request], Coroutine[Any, Any, Response]]


def application(service: Service, signals: bool = False) -> FastAPI:
    """The ASGI application in front of ``service``.

    Args:
        signals: Reload on SIGHUP; only in the main thread of a process.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with service.running(signals):
            yield

    # Its own description and pages are left out: bodies are read by us, and the pages load scripts from afar.
    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for (method, path), endpoint in ROUTES.items():
        app.add_route(path, _bound(endpoint, service), methods=[method])
    app.add_exception_handler(HTTPException, _passed_on)  # 404, 405: the gate answers
    app.add_middleware(Gate, service=service, paths=frozenset(path for _, path in ROUTES))
    return app


async def _passed_on(request: Request, error: Exception) -> Response:
    raise error


def _bound(endpoint: Endpoint, service: Service) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def respond(request: Request) -> Response:
        return await endpoint(service, request)

    return respond


async def _decide(service: Service, request: Request) -> Response:
    here, settings = exchange(request), service.settings
    body.require_type(request, body.JSON)
    late = Kind.TOO_SLOW
    try:
        async with asyncio.timeout(settings.timeout):
            data = await body.read(request, settings.max_body)
            late = Kind.TIMEOUT
            answer = await service.answered(service.corpus, data, here.request_id, here.caller)
            receipt: Receipt | None = None
            if service.journal is not None:
                (receipt,) = await service.journal.append((answer.entry,))
    except TimeoutError:
        raise Refused(late, headers={"Retry-After": "1"}) from None
    except LogError as error:
        write("log-unavailable", logging.ERROR, error, request_id=here.request_id)
        raise Refused(Kind.NO_LOG, headers={"Retry-After": "1"}) from None
    here.question, here.verdict = answer.question, answer.verdict
    service.count(answer)
    return Response(answer.to_json(receipt), media_type=body.JSON)


async def _batch(service: Service, request: Request) -> Response:
    return batch(request, service)


async def _schema(service: Service, request: Request) -> Response:
    corpus, question = service.corpus, request.query_params.get("question")
    try:
        schema = await _in_time(service, partial(corpus.schema, question))
    except InvalidInput as error:
        raise Refused(Kind.INVALID, None, error.problems) from None
    return Response(to_json(schema), media_type="application/schema+json")


async def _in_time(service: Service, do: Callable[[], T]) -> T:
    """The result of ``do``, called in a thread."""
    try:
        async with asyncio.timeout(service.settings.timeout):
            return await service.workroom.run(do)
    except TimeoutError:
        raise Refused(Kind.TIMEOUT, headers={"Retry-After": "1"}) from None


async def _questions(service: Service, request: Request) -> Response:
    return Response(to_json(catalogue.questions(service.corpus)), media_type=body.JSON)


async def _corpus(service: Service, request: Request) -> Response:
    return Response(to_json(catalogue.corpus(service.corpus)), media_type=body.JSON)


async def _openapi(service: Service, request: Request) -> Response:
    found = await _in_time(service, partial(description, service.corpus, service.settings))
    return Response(to_json(found), media_type=body.JSON)


async def _health(service: Service, request: Request) -> Response:
    return Response(to_json({"status": "ok"}), media_type=body.JSON)


async def _ready(service: Service, request: Request) -> Response:
    wanting = await service.wanting()
    if wanting:
        raise Refused(Kind.NOT_READY, None, wanting, {"Retry-After": "1"})
    return Response(to_json({"status": "ok"}), media_type=body.JSON)


async def _metrics(service: Service, request: Request) -> Response:
    service.metrics.overdue.set(service.workroom.overdue)
    found = await asyncio.to_thread(service.metrics.exposition)
    return Response(found, headers={"Content-Type": CONTENT_TYPE})


ROUTES: Final[dict[tuple[str, str], Endpoint]] = {
    ("POST", "/v1/decide"): _decide,
    ("POST", "/v1/decide/batch"): _batch,
    ("GET", "/v1/schema"): _schema,
    ("GET", "/v1/questions"): _questions,
    ("GET", "/v1/corpus"): _corpus,
    ("GET", "/openapi.json"): _openapi,
    ("GET", "/health"): _health,
    ("GET", "/ready"): _ready,
    ("GET", "/metrics"): _metrics,
}
