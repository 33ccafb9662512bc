"""Entries: what may be one, and the bytes of their digests as another program sees them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re

import attrs
import pytest

from decision_entries import entry
from guiju.decisions.log import START, Entry, NotCanonical, Receipt
from guiju.decisions.log.chain import MAX_LABEL, chained, line

KNOWN = Entry.of(
    at=dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    request_id="r-1",
    caller="k-1",
    corpus="c",
    engine="0.1.0",
    request={"b": 1, "a": "摊"},
    record=None,
)


def test_the_exact_bytes() -> None:
    """They may never change: logs that were written must stay verifiable."""
    body = (
        '{"at":"2026-01-01T19:04:05.000006Z","caller":"k-1","corpus":"c","engine":"0.1.0","format":1,'
        f'"previous":"{"0" * 64}","record":null,"request":{{"a":"摊","b":1}},"request_id":"r-1",'
        '"sequence":1}'
    )
    assert hashlib.sha256(body.encode()).hexdigest() == chained(START, KNOWN).digest


def test_a_line_can_be_verified_without_our_code() -> None:
    """By anybody who can read JSON, and even by taking a few characters out of the line."""
    first = chained(START, entry(1, request={"x": ['"digest":"' + "0" * 64 + '",', 1.5, "é"]}))
    written = line(chained(first.receipt, entry(2)))
    for text, previous in ((line(first), "0" * 64), (written, first.digest)):
        document = json.loads(text)
        digest = document.pop("digest")
        dense = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(dense.encode()).hexdigest() == digest
        cut = re.sub('"digest":"[0-9a-f]{64}",', "", text, count=1)
        assert hashlib.sha256(cut.encode()).hexdigest() == digest
        assert document["previous"] == previous


def test_every_part_counts() -> None:
    """Two entries that differ in one attribute have different digests."""
    parts = attrs.asdict(KNOWN)
    others = [
        attrs.evolve(KNOWN, **{name: "2" if name in ("request", "record") else value + "x"})
        for name, value in parts.items()
    ]
    heads = [Receipt(1, START.digest), Receipt(0, "1" * 64)]
    digests = {chained(START, each).digest for each in (KNOWN, *others)}
    digests |= {chained(head, KNOWN).digest for head in heads}
    assert len(digests) == len(parts) + 3


@pytest.mark.parametrize("label", ["a\nb", "\x1b[31m", "x\ud800", "x" * (MAX_LABEL + 1)])
def test_labels_are_short_and_plain(label: str) -> None:
    """They are shown in terminals and searched for."""
    with pytest.raises(NotCanonical) as caught:
        entry(caller=label)
    assert caught.value.reason.zh.startswith("caller")
    assert entry(caller="窗口 7 🎪").caller == "窗口 7 🎪"


def test_a_moment_needs_a_time_zone() -> None:
    """Without one it is not known when it was."""
    with pytest.raises(ValueError, match="time zone"):
        Entry.of(
            at=dt.datetime(2026, 1, 2),  # noqa: DTZ001 - that is what is tested
            request_id="",
            caller="",
            corpus="",
            engine="",
            request=None,
            record=None,
        )


def test_a_receipt_is_read_as_it_is_written() -> None:
    """With the end of a line that a shell may leave; nothing else is one."""
    receipt = Receipt(12, "0f" * 32)
    assert Receipt.parse(f"{receipt}\n") == receipt
    for wrong in ("", "12", f"-1:{'0f' * 32}", f"01:{'0f' * 32}", f"1:{'0F' * 32}", f"1:{'0f' * 31}", "1:"):
        assert Receipt.parse(wrong) is None
