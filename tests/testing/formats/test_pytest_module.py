"""A suite as a module for pytest: run as an integrator runs it, against right and wrong implementations."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.decisions.problems import InvalidInput
from guiju.testing.formats.pytest_module import literal, to_pytest
from guiju.testing.suite import Suite
from stall_rules import stalls
from testing.sample_suite import sample

TESTS = Path(__file__).parents[2]

RIGHT = """
import pytest
from stall_rules import stalls

@pytest.fixture(scope="session")
def guiju_answer():
    def answer(request):
        del request["id"]
        return stalls().decide(request.pop("case"), **request).to_dict()
    return answer
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A folder with the module of the sample."""
    source = to_pytest(sample(), "zh", stalls().declarations)
    (tmp_path / "test_rules.py").write_text(source, encoding="utf-8")
    return tmp_path


def run(folder: Path, conftest: str = "", **settings: str) -> tuple[int, str]:
    """What pytest says of a module there."""
    (folder / "conftest.py").write_text(conftest, encoding="utf-8")
    environment = {name: each for name, each in os.environ.items() if not name.startswith("GUIJU_")}
    cache = {"GUIJU_CACHE_DIR": str(folder / "cache"), "PYTHONUTF8": "1", "PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=folder,
        env={**environment, **cache, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def answering(said: str) -> str:
    """A conftest whose implementation always answers this."""
    return f"import pytest\n\n@pytest.fixture\ndef guiju_answer():\n    return lambda request: {said}\n"


# --- Against implementations


def test_an_implementation_that_is_right_passes(module: Path) -> None:
    """Here guiju itself, whose decisions are taken as they are: verdict, values, days, duties and grounds."""
    status, said = run(module, RIGHT)
    assert status == 0, said
    assert f"{len(sample().tests)} passed" in said


def test_an_implementation_that_is_wrong_fails_and_is_told_why(module: Path) -> None:
    """Question, case, what is expected with its provision, why the case is there."""
    status, said = run(module, answering('{"verdict": "eligible", "until": None}'))
    assert status == 1
    eligible = [each.expected.verdict for each in sample().tests].count("eligible")
    assert f"{len(sample().tests) - eligible} failed, {eligible} passed" in said
    assert "test_answer[rule-90ad42ee4d13]" in said
    for line in (
        "verdict: 应为 'ineligible'，实为 'eligible'",
        "until: 应为 '2025-02-28'，实为 None",
        "摊主·出摊：市，2025-01-15",
        "案情：摊主.占道：是",
        "预期：至 2025-02-28 止",
        "依据：《流动摊贩管理办法》第四条（规则 市办法.占道停摊/1）：不得，2024-11-30 至 2025-02-28",
        "选入的理由：规则适用与不适用：停摊期内",
    ):
        assert line in said


def test_what_an_answer_does_not_give_is_not_compared(module: Path) -> None:
    """The verdict must be there; a value may be a number, a list may be a set in any order."""
    only = "{test['request']['id']: test['expected'] for test in __import__('test_rules').TESTS}"
    verdicts = f"{{'verdict': {only}[request['id']]['verdict']}}"
    assert run(module, answering(verdicts))[0] == 0
    right = f"{only}[request['id']]"
    others = f"{{**{right}, 'values': {{float(v) if v == '12.50' else v for v in {right}['values']}}}}"
    assert run(module, answering(others))[0] == 0
    grounds = f"{{'verdict': {right}['verdict'], 'grounds': []}}"
    status, said = run(module, answering(grounds))
    assert status == 1
    assert "grounds: 应为 ['市办法.未成年']，实为 []" in said


def test_duties_are_compared_by_their_terms(module: Path) -> None:
    """The last day; and an answer without a verdict is none."""
    status, said = run(module, answering('{"duties": [{"due": "2025-02-07", "hours": None, "every": None}]}'))
    assert status == 1
    right, wrong = (f"[{{'due': '2025-02-0{day}', 'hours': None, 'every': None}}]" for day in (6, 7))
    assert f"duties: 应为 {right}，实为 {wrong}" in said
    assert "verdict: 应为 'eligible'，实为 None" in said


def test_nobody_answers(module: Path) -> None:
    """That is no success."""
    status, said = run(module)
    assert status == 1
    assert f"{len(sample().tests)} failed" in said
    assert "没有实现可供检验：写 fixture guiju_answer，或者设 GUIJU_URL" in said


def test_a_fixture_that_is_broken_is_told_as_it_is(module: Path) -> None:
    """It is not taken for one that is missing."""
    broken = "import pytest\n\n@pytest.fixture\ndef guiju_answer(no_such_fixture):\n    return None\n"
    status, said = run(module, broken)
    assert status == 1
    assert "fixture 'no_such_fixture' not found" in said


class _Desk(BaseHTTPRequestHandler):
    """Answers as ``guiju serve`` does, to those who have the key."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != "Bearer open":
            return self._send(401, {"title": "no key"})
        del request["id"]
        try:
            decision = stalls().decide(request.pop("case"), **request)
        except InvalidInput as error:
            return self._send(422, {"title": str(error)})
        return self._send(200, {"id": None, "decision": decision.to_dict(), "receipt": None})

    def _send(self, status: int, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to the terminal."""


@pytest.fixture
def url() -> Iterator[str]:
    """A service that answers by the rules."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/decide"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_service_is_asked(module: Path, url: str) -> None:
    """By the standard library alone; what it refuses is shown."""
    status, said = run(module, GUIJU_URL=url, GUIJU_TOKEN="open")
    assert status == 0, said
    status, said = run(module, GUIJU_URL=url)
    assert status == 1
    assert "401" in said
    assert "no key" in said


def test_a_service_that_is_not_there(module: Path) -> None:
    """Said with its address."""
    status, said = run(module, GUIJU_URL="http://127.0.0.1:9/")
    assert status == 1
    assert "http://127.0.0.1:9/: " in said


# --- The source


def sources() -> list[str]:
    odd = evolve(sample().tests[0], at="""'"\\\x7f@@ask@@""", case={"摊主.年龄": None, "x": True, '"': "'"})
    suites: list[Suite] = [sample(), evolve(sample(), tests=(odd,)), evolve(sample(), tests=())]
    found = [to_pytest(each, lang) for each in suites for lang in ("zh", "en")]
    return [*found, to_pytest(sample(), "en", stalls().declarations)]


def test_the_source_is_what_formatters_and_linters_leave_alone(tmp_path: Path) -> None:
    """In both languages, with odd texts, and without tests."""
    for number, source in enumerate(sources()):
        (tmp_path / f"test_{number}.py").write_text(source, encoding="utf-8")
    for command in (["check", "--select", "E4,E7,E9,F,I,W,B,UP035"], ["format", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_suite_gives_the_same_source() -> None:
    """And nothing in it is left unsaid."""
    assert sources() == sources()
    for source in sources()[:2] + sources()[4:]:
        assert "@@" not in source
        assert sample().corpus in source


def test_the_module_needs_nothing_but_pytest() -> None:
    """And the standard library."""
    tree = ast.parse(sources()[0])
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        )
    }
    assert imported - set(sys.stdlib_module_names) == {"pytest"}


def test_an_empty_suite_is_a_module_too(tmp_path: Path) -> None:
    """Nothing is tested, and nothing fails."""
    source = to_pytest(evolve(sample(), tests=()), "en")
    (tmp_path / "test_rules.py").write_text(source, encoding="utf-8")
    status, said = run(tmp_path)
    assert status == 0
    assert "1 skipped" in said


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_json)
def test_data_is_written_as_it_is(value: object) -> None:
    """Whatever texts there are in it."""
    assert ast.literal_eval(literal(value)) == value
