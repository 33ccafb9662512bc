"""Cases from strangers, alone, in files, in requests: what is wrong is told; an answer can be replayed."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import openpyxl

from fuzz.mutating import mutated_bytes, mutated_json
from fuzz.target import Target
from guiju.decisions.batch import Input, Request, Unusable, opened
from guiju.decisions.json_input import parse
from guiju.decisions.loading import load_texts
from guiju.decisions.log import canonical
from guiju.decisions.problems import InvalidInput
from guiju.decisions.replay import replay
from guiju.http.service import service
from guiju.http.settings import Settings
from served import RULES, Client, asked, clock
from stall_rules import stalls

_STALL: dict[str, Any] = {
    "年龄": 30,
    "面积": "5.00",
    "经营": "果蔬",
    "健康证": True,
    "已登记": True,
    "占道": True,
    "违规日": "2024-11-20",
    "处理日": "2024-11-30",
    "收件日": "2025-01-23",
    "已报回执": False,
    "处罚": [{"日子": "2024-06-01", "档次": "警告"}, {"日子": "2024-11-29", "档次": "停摊"}],
}
_QUESTIONS = ("出摊", "报送回执", "处理", "最高档次", "费用", None)


def cases() -> Target:
    """A case read and decided, without the solver; what is answered is answered so again from its record."""
    asking = [{"question": q, "on": "2025-01-15", "at": "市", "case": {"摊主": _STALL}} for q in _QUESTIONS]
    more = [{**asking[0], "law_date": "2019-06-01"}, {**asking[0], "readings": {"停摊起算": "自违规日"}}]
    flat = {f"摊主.{name}": value for name, value in _STALL.items()}
    return Target(_written([*asking, *more, {**asking[0], "case": flat}]), (mutated_json,), _decided)


def _decided(data: bytes) -> str:
    corpus = stalls()
    try:
        given = parse(data)
        if not isinstance(given, dict):
            return "no object"
        found = corpus.decide(
            given.get("case"),  # type: ignore[arg-type]  # whatever it is
            given.get("question"),  # type: ignore[arg-type]
            on=given.get("on"),  # type: ignore[arg-type]
            at=given.get("at"),  # type: ignore[arg-type]
            law_date=given.get("law_date"),  # type: ignore[arg-type]
            readings=given.get("readings"),  # type: ignore[arg-type]
            solve=False,
        )
    except InvalidInput as error:
        return _codes([{"code": each.code} for each in error.problems])
    document = json.loads(canonical(found.to_dict()))
    again = replay(document, corpus)
    assert again.same, again.differences
    return f"answered {' '.join(each.verdict.value for each in found.answers)}"


def tables() -> Target:
    """Files of cases in every format: each row is answered or rejected, and the counts come out even."""
    header = ["编号", *(f"摊主.{name}" for name in _STALL)]
    row = [
        "1",
        *(json.dumps(v, ensure_ascii=False) if isinstance(v, list) else _cell(v) for v in _STALL.values()),
    ]
    text = io.StringIO()
    csv.writer(text).writerows([header, row, ["2", "17", *row[2:]], ["3", *[""] * (len(row) - 1)]])
    book = openpyxl.Workbook()
    for cells in (header, row, row):
        book.active.append(cells)
    workbook = io.BytesIO()
    book.save(workbook)
    lines = _written(
        [{"编号": "1", "摊主": _STALL}, {"id": "a", "case": {"摊主": _STALL}, "on": "2025-01-15"}]
    )
    seeds = (
        text.getvalue().encode(),
        text.getvalue().encode("gb18030"),
        b"\n".join(lines),
        workbook.getvalue(),
    )
    return Target((*seeds[:3] * 3, seeds[3]), (mutated_bytes, mutated_json), _table)


def _table(data: bytes) -> str:
    kind = "xlsx" if data[:2] == b"PK" else "jsonl" if data.lstrip()[:1] == b"{" else "csv"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"cases.{kind}"
        path.write_bytes(data)
        given = Input(path, kind)
        request = Request(
            "出摊", "2025-01-15", "市", given, folder / "a.jsonl", "jsonl", folder / "r.jsonl", solve=0
        )
        try:
            run = opened(stalls(), request)
            try:
                summary = run.go(lambda read, rejected, total: None)
            finally:
                run.close()
        except Unusable:
            return f"{kind} unusable"
        answers = [json.loads(line) for line in (folder / "a.jsonl").read_bytes().splitlines()]
        rejects = [json.loads(line) for line in (folder / "r.jsonl").read_bytes().splitlines()]
        assert (len(answers), len(rejects)) == (summary.answered, summary.rejected)
        assert summary.read == len(answers) + len(rejects)
        return f"{kind} {bool(answers)} {_codes([p for each in rejects for p in each['problems']])}"


def bodies() -> Target:
    """Requests to the service: an answer or a problem document, and never an internal error."""
    corpus = load_texts({"rules.gj": RULES})
    client = Client(service(Settings(paths=(Path(),)), corpus, clock=clock))
    client.thread.daemon = True  # it serves as long as the process runs
    client.__enter__()
    questions = ("摊主·登记", "摊主·经营", "处理", None)
    given = [asked(question=each) for each in questions]
    given += [asked(case={"摊主": {"占道": True, "应缴": "100.01", "证件": "临时", "申请日": "2026-11-01"}})]
    given += [asked(id="a", law_date="2026-01-01", readings={"大小": "不含十八"})]
    given += [asked(case={"摊主": {"年龄": 18, "违规": [{"时间": "2026-01-01", "档": "暂停"}]}})]
    lines = _written(given)
    return Target((*lines, b"\n".join(lines)), (mutated_json,), lambda data: _sent(client, data))


def _sent(client: Client, data: bytes) -> str:
    one = client.post("/v1/decide", content=data, headers={"Content-Type": "application/json"})
    many = client.post("/v1/decide/batch", content=data, headers={"Content-Type": "application/jsonl"})
    assert one.status_code in (200, 400, 413, 422), (one.status_code, one.text)
    assert many.status_code == 200, many.text
    lines = [json.loads(line) for line in many.content.split(b"\n")[:-1]]
    assert [each["line"] for each in lines] == list(range(1, len(lines) + 1))
    problems = [each["problem"] for each in lines if "problem" in each]
    assert all(each["status"] < 500 for each in problems), problems
    listed = [each for problem in problems for each in problem.get("problems", [])]
    return f"{_problem(one)} / {len(lines) > 1} {_codes(listed)}"


def _problem(response: httpx.Response) -> str:
    document: dict[str, Any] = response.json()
    if response.status_code == 200:
        return f"200 {' '.join(each['verdict'] for each in document['decision']['answers'])}"
    return f"{response.status_code} {_codes(document.get('problems', []))}"


def _codes(problems: list[Mapping[str, Any]] | list[dict[str, str]]) -> str:
    return " ".join(sorted({str(each["code"]) for each in problems}))


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _written(values: list[dict[str, Any]]) -> tuple[bytes, ...]:
    return tuple(json.dumps(each, ensure_ascii=False).encode() for each in values)
