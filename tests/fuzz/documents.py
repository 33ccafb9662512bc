"""What other runs wrote: suites, records, baselines, keys, certificates; compiled rules, logs, as bytes."""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
import zlib
from pathlib import Path

from decision_entries import entry
from fuzz.mutating import mutated_bytes, mutated_json
from fuzz.target import Target
from guiju.checker.certify import certificate
from guiju.checker.certify.certificate import Certificate, Entry, Options, Result
from guiju.checker.certify.comparing import differences
from guiju.checker.report.baseline import Unreadable as NoBaseline
from guiju.checker.report.baseline import parse as baseline
from guiju.checker.report.json_report import to_json
from guiju.decisions.artifact import Unreadable, to_bytes
from guiju.decisions.json_input import Limits, parse
from guiju.decisions.loading import read_compiled
from guiju.decisions.log import LogError, open_log
from guiju.decisions.problems import InvalidInput
from guiju.decisions.replay import BadRecord, replay
from guiju.http import keys
from guiju.testing.formats import jsonl
from report_samples import CORPUS, FULL
from stall_rules import stalls
from testing.sample_suite import sample


def readers() -> Target:
    """Each reader of JSON on documents of all sorts: read, or refused with what is wrong."""
    records = [
        stalls().decide({"摊主": {"年龄": 17}}, "出摊", on="2025-01-15", at="市", solve=False).to_dict()
    ]
    records += [{"decision": records[0], "receipt": None}, {"record": records[0], "sequence": 1}]
    with tempfile.TemporaryDirectory() as name:
        keys.add(Path(name) / "keys", "a")
        known = (Path(name) / "keys").read_bytes()
    suite = jsonl.to_jsonl(sample()).encode()
    seeds = [
        suite,
        suite,
        known,
        to_json(FULL, CORPUS).encode(),
        b"0123456789abcdef # a\n",
        b'["0123456789abcdef"]',
    ]
    seeds += [json.dumps(each, ensure_ascii=False).encode() for each in records]
    return Target(tuple(seeds), (mutated_json, mutated_json, mutated_bytes), _read)


def _read(data: bytes) -> str:
    return f"{_suite(data)} / {_record(data)} / {_baseline(data)} / {_keys(data)}"


def _suite(data: bytes) -> str:
    try:
        found = jsonl.read(data, "s.jsonl")
    except InvalidInput as error:
        return " ".join(sorted({each.code for each in error.problems}))
    assert jsonl.read(jsonl.to_jsonl(found), "again") == found
    return "suite"


def _record(data: bytes) -> str:
    try:
        return str(replay(parse(data, Limits(size=100_000_000, depth=64)), stalls()).same)
    except InvalidInput:
        return "no JSON"
    except BadRecord as error:
        return " ".join(sorted({each.code for each in error.problems}))


def _baseline(data: bytes) -> str:
    try:
        found = baseline(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "no UTF-8"
    return "refused" if isinstance(found, NoBaseline) else "baseline"


def _keys(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "keys"
        path.write_bytes(data)
        path.chmod(0o600)
        try:
            return f"{len(keys.read(path))} keys"
        except keys.KeysError:
            return "no keys"


def certificates() -> Target:
    """Certificates: refused, or read as what is written again; and compared with the first."""
    claims = [
        Entry("0" * 64, "甲", Result.PROVED),
        Entry("1" * 64, "乙", Result.UNKNOWN, "budget"),
        Entry("2" * 64, "", Result.DISAGREES, canary=True),
    ]
    engines = {"guiju": "1", "first": "z3 1", "second": "cvc5 1", "second_budget": "9"}
    some = Options(("conflict", "time"), dt.date(2025, 1, 15), {"读法": "甲"}, 1000)
    every = Options(None, None, {}, 7)
    first = Certificate("a" * 64, some, engines, ("0" * 16, "1" * 16), ("丙",), tuple(claims))
    second = Certificate("b" * 64, every, {**engines, "second": "none"}, (), (), tuple(claims[:2]))
    seeds = tuple(certificate.to_json(each).encode() for each in (first, second))
    return Target(seeds, (mutated_json, mutated_json, mutated_bytes), lambda data: _certificate(data, first))


def _certificate(data: bytes, other: Certificate) -> str:
    try:
        found = certificate.from_json(data.decode("utf-8", "replace"))
    except certificate.Unreadable as error:
        return str(error).partition(":")[0]
    assert certificate.from_json(certificate.to_json(found)) == found
    differing = list(differences(found, other))
    return f"taken, {'another' if differing else 'the same'}"


def stored() -> Target:
    """Compiled rules and decision logs of which bytes were changed: never taken for what they were."""
    artifact = stalls().artifact
    topics = {name: artifact.norms(name) for name in artifact.head.topics}
    compiled = zlib.compress(to_bytes(artifact.head, topics, artifact.corpus()))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "log.db"
        with open_log(path) as log:
            log.append_many([entry(n) for n in range(8)])
        database = path.read_bytes()
    return Target((compiled, database), (mutated_bytes,), lambda data: _stored(data, compiled, database))


def _stored(data: bytes, compiled: bytes, database: bytes) -> str:
    if not data.startswith(b"SQLite"[: len(data)]):
        try:
            read_compiled(data)
        except Unreadable:
            return "unreadable"
        same = zlib.decompress(data) == zlib.decompress(compiled)  # a header has marks that mean nothing
        assert same, "altered bytes were taken for a compiled corpus"
        return "compiled"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "log.db"
        path.write_bytes(data)
        said = io.StringIO()
        for read_only in (True, False):
            try:
                with open_log(path, read_only=read_only) as log:
                    found = log.verify()
                    said.write(f"{found.fault.kind.value if found.fault else found.entries} ")
                    if not read_only:
                        log.append(entry(99))
                        said.write("continued ")
            except LogError as error:
                said.write(f"{type(error).__name__} ")
        return said.getvalue()
