"""Many cases: a line for a line, in order, whatever the lines are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from guiju.decisions.corpus import Corpus
from guiju.http.spool import Spool
from served import Client, asked

LINES = {"Content-Type": "application/jsonl"}


def send(client: Client, lines: Iterable[bytes], **headers: str) -> list[dict[str, Any]]:
    """What comes back for these lines."""
    response = client.post("/v1/decide/batch", content=b"\n".join(lines), headers={**LINES, **headers})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/jsonl"
    return [json.loads(line) for line in response.text.splitlines()]


def line(**changes: Any) -> bytes:
    """A line that is answered, with these changes."""
    return json.dumps(asked(**changes)).encode()


def test_a_line_for_a_line(client: Client, corpus: Corpus) -> None:
    """In order, each with its number, the caller's id, the decision and its place in the log."""
    found = send(client, [line(id=f"n{n}", case={"摊主": {"年龄": 16 + n}}) for n in range(100)])
    assert [each["line"] for each in found] == list(range(1, 101))
    assert [each["id"] for each in found] == [f"n{n}" for n in range(100)]
    assert [each["receipt"]["sequence"] for each in found] == list(range(1, 101))
    one = corpus.decide({"摊主": {"年龄": 18}}, "摊主·登记", on="2026-11-22", at="东区")
    assert found[2]["decision"] == one.to_dict()


def test_a_bad_line_is_said_and_the_next_one_answered(start: Callable[..., Client]) -> None:
    """Each in its own way; the number says which."""
    client = start(max_body=1_000)
    lines = [line(), b"{", b"", line(at="火星"), b"\xff", b" " * 1_001, b'{"case": NaN}', b"[1]", line()]
    found = send(client, lines, **{"X-Request-Id": "b1"})
    assert [each["line"] for each in found] == list(range(1, 10))
    kinds = [each["problem"]["type"].rpartition(":")[2] if "problem" in each else "" for each in found]
    assert kinds == [
        "",
        "malformed",
        "malformed",
        "invalid-input",
        "malformed",
        "too-large",
        "malformed",
        "invalid-input",
        "",
    ]
    assert found[3]["problem"]["problems"][0]["path"] == "/at"
    assert {each["problem"]["request_id"] for each in found if "problem" in each} == {"b1"}
    assert [each["receipt"]["sequence"] for each in found if "receipt" in each] == [1, 2]
    text = client.get("/metrics").text
    assert 'guiju_batch_lines_total{outcome="answered"} 2.0' in text
    assert 'guiju_batch_lines_total{outcome="refused"} 7.0' in text


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_an_end_of_line_at_the_end(client: Client, end: bytes) -> None:
    """Is no line of its own."""
    assert len(send(client, [line(), line() + end])) == 2


def test_an_empty_batch(client: Client) -> None:
    """Nothing in, nothing out."""
    assert send(client, []) == []


def test_more_lines_than_are_taken(start: Callable[..., Client]) -> None:
    """Those that are taken are answered, and the last line says that the rest is not."""
    found = send(start(max_lines=40), [line()] * 45)
    assert len(found) == 41
    assert all("decision" in each for each in found[:40])
    assert (found[40]["line"], found[40]["problem"]["status"]) == (41, 413)
    assert len(send(start(max_lines=40), [line()] * 40)) == 40


def test_more_bytes_than_are_taken(start: Callable[..., Client]) -> None:
    """Refused where it says so beforehand; otherwise the lines that fit are answered."""
    client = start(max_batch=10 * (len(line()) + 1) + 5)
    content = b"\n".join([line()] * 20)
    assert client.post("/v1/decide/batch", content=content, headers=LINES).status_code == 413

    async def pieces() -> Any:
        for _ in range(20):
            yield line() + b"\n"

    response = client.post("/v1/decide/batch", content=pieces(), headers=LINES)
    found = [json.loads(each) for each in response.text.splitlines()]
    assert [each["line"] for each in found] == list(range(1, 12))
    assert [each.get("problem", {}).get("status") for each in found] == [None] * 10 + [413]


def test_another_type_of_content(client: Client) -> None:
    """A batch says that it is one."""
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/decide/batch", content=line(), headers=headers)
    assert (response.status_code, response.headers["accept"].split(", ")[0]) == (415, "application/jsonl")


class Stuck:
    """A corpus that needs long for some cases, and has a defect in others."""

    def __init__(self, corpus: Corpus) -> None:
        import threading

        self.corpus, self.may = corpus, threading.Event()

    def decide(self, case: Any, *arguments: Any, **options: Any) -> Any:
        if case["摊主"]["年龄"] == 20:
            assert self.may.wait(30)
        if case["摊主"]["年龄"] == 21:
            raise RuntimeError
        return self.corpus.decide(case, *arguments, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.corpus, name)


def test_a_line_that_takes_too_long(start: Callable[..., Client], corpus: Corpus) -> None:
    """It is given up, the others are answered; a defect is one line's as well."""
    stuck = Stuck(corpus)
    client = start({"corpus": stuck}, timeout=2.0)
    found = send(client, [line(case={"摊主": {"年龄": age}}) for age in (19, 20, 19, 21, 20, 19)])
    stuck.may.set()
    kinds = [each["problem"]["type"].rpartition(":")[2] if "problem" in each else "" for each in found]
    assert kinds == ["", "timeout", "", "internal-error", "timeout", ""]
    assert [each["line"] for each in found] == [1, 2, 3, 4, 5, 6]


def test_what_is_put_aside_is_bounded(start: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are taken from it a few at a time, also when all of them are there already."""
    taken: list[int] = []
    original = Spool.lines

    async def lines(self: Spool, most: int, longest: int) -> list[bytes | None]:
        found = await original(self, most, longest)
        taken.append(len(found))
        return found

    monkeypatch.setattr(Spool, "lines", lines)
    assert len(send(start(), [line()] * 500)) == 500
    assert max(taken) <= 32
    assert sum(taken) == 500


def test_answers_are_recorded_in_few_transactions(client: Client) -> None:
    """All lines of one go in one."""
    send(client, [line()] * 64)
    text = client.get("/metrics").text
    assert "guiju_log_entries_sum 64.0" in text
    count = next(row for row in text.splitlines() if row.startswith("guiju_log_entries_count"))
    assert float(count.split()[1]) <= 64 / 16


def test_an_answer_is_one_line(client: Client) -> None:
    """Whatever is in it, and whatever its reader takes for an end of line."""
    (found,) = send(client, [line(id="a\nb\u2028c\x85d")])
    assert found["id"] == "a\nb\u2028c\x85d"
    (found,) = send(client, [line(at="a\u2029b")])
    assert "a\u2029b" in found["problem"]["problems"][0]["message"]["zh"]
