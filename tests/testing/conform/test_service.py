"""A suite put to a service: what is sent, how often, and what becomes of answers that are none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from guiju.decisions.decision import plain
from guiju.testing.conform.service import Service
from guiju.testing.conform.unusable import Unusable
from guiju.testing.running import Failed, Results, request, run
from guiju.testing.suite import Suite
from testing.sample_suite import sample

Answer = Callable[[dict[str, Any], int], httpx.Response]
EXPECTED = {test.id: {**plain(test.expected), "id": test.id} for test in sample().tests}
FIRST = sample().tests[0]


class Fake(httpx.AsyncBaseTransport):
    """Answers requests by a function of the body and of how often it was sent before; else rightly."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer = answer or right
        self.requests: list[httpx.Request] = []
        self.times: dict[str, int] = {}
        self.here = self.most = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.here += 1
        self.most = max(self.most, self.here)
        await asyncio.sleep(0)
        self.here -= 1
        body = json.loads(await request.aread())
        before = self.times.get(body["id"], 0)
        self.times[body["id"]] = before + 1
        return self.answer(body, before)


def right(body: dict[str, Any], before: int) -> httpx.Response:
    return httpx.Response(200, json=EXPECTED[body["id"]])


def first(answer: Answer) -> Answer:
    """``answer`` to the first test, the right one to the others."""
    return lambda body, before: (answer if body["id"] == FIRST.id else right)(body, before)


def status(code: int, text: str = "", **headers: str) -> Answer:
    return lambda body, before: httpx.Response(
        code, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def asked(fake: Fake, suite: Suite | None = None, **settings: Any) -> Results:
    service = Service(settings.pop("url", "http://there:1"), transport=fake, **settings)
    return run(suite or sample(), service)


def failure(results: Results) -> str:
    """What is said of the first test, the only one that got no answer."""
    (failed,) = results.failed
    assert failed.test.id == FIRST.id
    assert isinstance(failed.reply, Failed)
    assert results.agreeing == len(results.suite.tests) - 1
    return failed.reply.message.en


def test_each_test_is_posted_once() -> None:
    """As JSON, to the address of our service, with the headers."""
    fake = Fake()
    results = asked(fake, headers={"authorization": "Bearer abc"})
    assert results.agreeing == len(sample().tests)
    sent = {json.loads(each.content)["id"]: each for each in fake.requests}
    assert {id_: json.loads(each.content) for id_, each in sent.items()} == {
        test.id: request(test) for test in sample().tests
    }
    one = sent[FIRST.id]
    assert (one.method, str(one.url)) == ("POST", "http://there:1/v1/decide")
    assert one.headers["authorization"] == "Bearer abc"
    assert one.headers["content-type"] == "application/json"


def test_an_address_with_a_path_is_taken_as_it_is() -> None:
    """Only one without a path is that of a service like ours."""
    fake = Fake()
    asked(fake, url="http://there/rules/ask?v=1")
    assert {str(each.url) for each in fake.requests} == {"http://there/rules/ask?v=1"}


@pytest.mark.parametrize("jobs", [1, 3])
def test_no_more_than_so_many_at_a_time(jobs: int) -> None:
    """Requests that are under way."""
    fake = Fake()
    asked(fake, jobs=jobs)
    assert fake.most == jobs


@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_service_is_asked_again(code: int) -> None:
    """Until it answers."""
    busy = status(code, Retry_After="0")
    fake = Fake(first(lambda body, before: (busy if before < 2 else right)(body, before)))
    assert asked(fake, retries=2).agreeing == len(sample().tests)
    assert fake.times[FIRST.id] == 3


def test_a_service_that_stays_busy() -> None:
    """That is an error of the test, with what it said."""
    fake = Fake(first(status(503, "come back", Retry_After="0")))
    assert failure(asked(fake, retries=1)) == "status 503: come back"
    assert fake.times[FIRST.id] == 2


def test_a_connection_that_breaks_is_tried_again() -> None:
    """Somebody is there."""

    def answer(body: dict[str, Any], before: int) -> httpx.Response:
        if before == 0:
            raise httpx.ReadError("gone")
        return right(body, before)

    fake = Fake(
        lambda body, before: (
            answer(body, before) if body["id"] == sample().tests[-1].id else right(body, before)
        )
    )
    assert asked(fake, jobs=1).agreeing == len(sample().tests)


def broken(error: Exception) -> Answer:
    def answer(body: dict[str, Any], before: int) -> httpx.Response:
        raise error

    return answer


def test_a_slow_service() -> None:
    """No answer in time is an error of that test; it is not asked again."""
    fake = Fake(first(broken(httpx.ReadTimeout(""))))
    assert failure(asked(fake, timeout=2.5)) == "no answer in 2.5 seconds"
    assert fake.times[FIRST.id] == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (status(200, "<html>"), "no answer: not JSON at line 1, column 1: Expecting value. Seen: <html>"),
        (status(200, "[]"), "no answer: an answer is an object. Seen: []"),
        (status(200, '{"id": "x", "verdict": "eligible"}'), "no answer: this answers x; "),
        (status(422, '{"problems":\n []}'), 'status 422: {"problems": []}'),
        (status(500), "status 500"),
        (status(302, Location="http://elsewhere"), "status 302"),
        (status(400, "x" * 1000), "status 400: " + "x" * 299 + "…"),
    ],
)
def test_what_is_no_answer(answer: Answer, message: str) -> None:
    """An error of that test, with what was seen."""
    assert failure(asked(Fake(first(answer)))).startswith(message)


def test_what_the_headers_hold_is_not_shown() -> None:
    """Though the service sends it back."""
    fake = Fake(first(status(500, "you sent Bearer s3cret-key and s3cret-key")))
    message = failure(asked(fake, headers={"authorization": "Bearer s3cret-key"}))
    assert message == "status 500: you sent … and …"
    cut = Fake(first(status(500, "x" * 290 + " s3cret-key")))  # where an excerpt ends
    message = failure(asked(cut, headers={"authorization": "Bearer s3cret-key"}))
    assert message.endswith("x …")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            broken(httpx.ConnectError("refused")),
            "cannot reach {there}: refused. Check --url",
        ),
        (broken(httpx.ConnectTimeout("")), "cannot reach {there}: ConnectTimeout. Check"),
        (status(401), "{there} answers with status 401; a key is needed"),
        (status(404), "{there} answers with status 404; requests are not taken there"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 4])
def test_nobody_to_ask(answer: Answer, message: str, jobs: int) -> None:
    """The run ends after the first few, with what to do. A password in the address is not shown."""
    fake = Fake(answer)
    with pytest.raises(Unusable) as error:
        asked(fake, jobs=jobs, url="http://me:secret@there:1", retries=0)
    assert error.value.message.en.startswith(message.format(there="http://there:1/v1/decide"))
    assert len(fake.requests) <= jobs + 3


def test_nobody_to_ask_about_a_single_test() -> None:
    """Few tests are no reason to call it an error of theirs."""
    few = Suite("", {}, {}, sample().tests[:1])
    with pytest.raises(Unusable):
        asked(Fake(status(404)), few)


def test_one_test_that_is_not_found_is_an_error_of_that_test() -> None:
    """Others are answered."""
    fake = Fake(first(status(404, "no such question")))
    assert failure(asked(fake)) == "status 404: no such question"


def test_breaking_off() -> None:
    """What was answered before Ctrl-C is kept."""

    def answer(body: dict[str, Any], before: int) -> httpx.Response:
        if body["id"] == sample().tests[4].id:
            raise KeyboardInterrupt
        return right(body, before)

    results = asked(Fake(answer), jobs=1)
    assert results.interrupted
    assert results.agreeing == 4
    assert len(results.missing) == len(sample().tests) - 4
