"""``guiju conform``: our own service and programs, right and wrong; every exit status; reports as files."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from guiju.cli.conform import command
from guiju.decisions.decision import plain
from guiju.http import keys
from guiju.testing.conform import command as programs
from guiju.testing.formats.jsonl import to_jsonl
from guiju.testing.running import Member, Said, parse_answer
from guiju.testing.suite import Test
from served import Server, wait_until
from stall_rules import RULES
from testing.sample_suite import sample

TESTS = sample().tests
EXPECTED = {test.id: plain(test.expected) for test in TESTS}
AGE = "市办法.未成年"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """The sample as a file."""
    path = tmp_path / "suite.jsonl"
    path.write_text(to_jsonl(sample()), encoding="utf-8")
    return path


def conform(*arguments: str | Path, **settings: Any) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments), "--lang", "en"], **settings)


# --- Our own service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Our service on the rules of the sample: its address and a key."""
    folder = tmp_path_factory.mktemp("service")
    (folder / "stalls.gj").write_text(RULES, encoding="utf-8")
    key = keys.add(folder / "keys.json", "tester")
    with Server(folder / "stalls.gj", "--keys", str(folder / "keys.json"), "--log", "none") as server:
        yield server.url, key


@pytest.mark.parametrize("level", [(), ("--level", "verdict"), ("--level", "grounds")])
def test_our_service_agrees(suite: Path, service: tuple[str, str], level: tuple[str, ...]) -> None:
    """In everything that is expected."""
    result = conform(suite, "--url", service[0], *level, env={"GUIJU_TOKEN": service[1]})
    assert (result.exit_code, result.stdout) == (0, f"{len(TESTS)} tests: {len(TESTS)} agree.\n")


def test_a_key_is_needed(suite: Path, service: tuple[str, str]) -> None:
    """Without it nobody is asked further; it can come as a header too."""
    result = conform(suite, "--url", service[0])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "answers with status 401; a key is needed: give it in GUIJU_TOKEN" in result.stderr
    header = ("--header", f"Authorization: Bearer {service[1]}")
    assert conform(suite, "--url", service[0], *header).exit_code == 0


def test_a_wrong_address(suite: Path, service: tuple[str, str]) -> None:
    """It is said what to give."""
    result = conform(suite, "--url", f"{service[0]}/v2/decide", env={"GUIJU_TOKEN": service[1]})
    assert result.exit_code == 2
    assert "--url is the address of a service" in result.stderr


# --- Somebody else's


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serves the answers of a function from a request to a status, a document and headers."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def served(answer: Callable[[dict[str, Any]], tuple[int, Any, dict[str, str]]]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status, document, headers = answer(body)
                data = json.dumps(document).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield served
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_busy_service(suite: Path, serve: Callable[..., str]) -> None:
    """It is asked again when it says."""
    seen: set[str] = set()

    def answer(body: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        if body["id"] not in seen:
            seen.add(body["id"])
            return 429, {}, {"Retry-After": "0"}
        return 200, EXPECTED[body["id"]], {}

    assert conform(suite, "--url", serve(answer), "--jobs", "2").exit_code == 0


def test_a_slow_answer(suite: Path, serve: Callable[..., str]) -> None:
    """Status 3: an error of that test, and no disagreement."""
    over = threading.Event()

    def answer(body: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        if body["id"] == TESTS[1].id:
            over.wait(20)
        return 200, EXPECTED[body["id"]], {}

    try:
        result = conform(suite, "--url", serve(answer), "--timeout", "0.5")
    finally:
        over.set()
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "Tests that got no answer:",
        f"  {TESTS[1].id} (摊主·出摊): no answer in 0.5 seconds",
        "",
        "11 tests: 10 agree, 1 got no answer.",
    ]


def test_nobody_there(suite: Path) -> None:
    """Status 2, with what to do."""
    result = conform(suite, "--url", "http://127.0.0.1:9", "--retries", "0")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Check --url, and that the service is running" in result.stderr


# --- Programs

PROGRAM = """\
import json, sys
expected = json.load(open({answers!r}))
for line in sys.stdin:
    request = json.loads(line)
    answer = expected[request["id"]]
    {change}
    print(json.dumps(answer))
"""


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], str]:
    """The command of a program that answers as expected, but for one line."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(EXPECTED), encoding="utf-8")

    def written(change: str = "") -> str:
        path = tmp_path / "a program.py"
        path.write_text(PROGRAM.format(answers=str(answers), change=change), encoding="utf-8")
        return shlex.join([sys.executable, "-S", str(path)])

    return written


TOO_YOUNG = 'if request["case"].get("摊主.年龄") == 17: answer = {"verdict": "eligible"}'


@pytest.mark.parametrize("more", [(), ("--per-case",), ("--per-case", "--jobs", "1"), ("--level", "grounds")])
def test_a_program_that_agrees(suite: Path, program: Callable[[str], str], more: tuple[str, ...]) -> None:
    """One process for all tests, or one for each."""
    assert conform(suite, "--command", program(""), *more).exit_code == 0


def test_a_wrong_rule_is_found_and_named(suite: Path, program: Callable[[str], str], tmp_path: Path) -> None:
    """Status 1: its tests are a group, and failures in the JUnit file."""
    junit = tmp_path / "junit.xml"
    result = conform(suite, "--command", program(TOO_YOUNG), "--junit", junit)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == f"1. {AGE} 第一条: 1 test disagrees"
    assert "   verdict: expected ineligible, said eligible" in lines
    assert lines[-1] == "11 tests: 10 agree, 1 disagree (1 group)."
    root = ElementTree.parse(junit).getroot()
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("11", "1", "0")


def test_json_and_output(suite: Path, program: Callable[[str], str], tmp_path: Path) -> None:
    """To a file, in full."""
    output = tmp_path / "results.json"
    result = conform(suite, "--command", program(TOO_YOUNG), "--format", "json", "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    document = json.loads(output.read_text(encoding="utf-8"))
    assert [(group["norm"], group["count"]) for group in document["groups"]] == [(AGE, 1)]


def test_only_one_question(suite: Path, program: Callable[[str], str]) -> None:
    """And one that the suite does not have."""
    result = conform(suite, "--command", program(TOO_YOUNG), "--question", "费用")
    assert (result.exit_code, result.stdout) == (0, "2 tests: 2 agree.\n")
    result = conform(suite, "--command", program(""), "--question", "收费")
    assert result.exit_code == 2
    assert "the suite has no question 收费" in result.stderr


def test_no_group_is_shown(suite: Path, program: Callable[[str], str]) -> None:
    """Only the sum."""
    result = conform(suite, "--command", program(TOO_YOUNG), "--limit-shown", "0")
    assert result.stdout.splitlines()[0] == "1 more group is not shown."


def test_a_program_that_crashes(suite: Path, program: Callable[[str], str]) -> None:
    """Status 3, with what was seen."""
    result = conform(suite, "--command", program('request["case"]["摊主.占道"]; answer = answer'))
    assert result.exit_code == 3
    assert "ended with status 1 without an answer. Standard error: " in result.stdout
    assert "KeyError" in result.stdout


def test_what_disagrees_counts_more_than_what_fails(suite: Path, program: Callable[[str], str]) -> None:
    """Status 1."""
    change = f'{TOO_YOUNG}\n    if "摊主.占道" in request["case"]: sys.exit(1)'
    assert conform(suite, "--command", program(change)).exit_code == 1


# --- Mistakes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give --url or --command"),
        (["--url", "http://x", "--command", "y"], "give --url or --command, and not both"),
        (["--url", "localhost:8000"], "--url: write http:// or https://"),
        (["--url", "http://"], "--url: write http:// or https://"),
        (["--url", "http://x:99999999"], "--url: write http:// or https://"),
        (["--url", "ftp://x"], "--url: write http:// or https://"),
        (["--command", ""], "--command is empty"),
        (["--command", "'"], "--command: No closing quotation"),
        (["--command", "./no-such-program --x"], "cannot start ./no-such-program: No such file"),
        (["--url", "http://x", "--header", "secret"], "--header: write 'Name: value'"),
        (["--url", "http://x", "--header", "X-Key: 秘密"], "a value is ASCII text"),
    ],
)
def test_mistakes_in_the_arguments(suite: Path, arguments: list[str], message: str) -> None:
    """Status 2; a secret is not repeated."""
    result = conform(suite, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "secret" not in result.stderr


def test_a_file_that_is_no_suite(tmp_path: Path) -> None:
    """Status 2, with every mistake and its line."""
    path = tmp_path / "suite.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    result = conform(path, "--command", "true")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}, line 1: " in result.stderr
    assert f"error: {path} is no suite: 1 mistake(s)" in result.stderr


def test_the_suite_on_the_standard_input(program: Callable[[str], str]) -> None:
    """As -."""
    assert conform("-", "--command", program(""), input=to_jsonl(sample())).exit_code == 0


def test_a_suite_without_tests(tmp_path: Path) -> None:
    """Nothing was compared: that must not look like agreement."""
    path = tmp_path / "suite.jsonl"
    head = json.loads(to_jsonl(sample()).splitlines()[0])
    head["suite"]["tests"] = 0
    path.write_text(json.dumps(head) + "\n", encoding="utf-8")
    result = conform(path, "--command", "true")
    assert result.exit_code == 2
    assert "the suite has no tests" in result.stderr


def test_breaking_off(suite: Path, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C: status 130, with what was found so far."""
    calls: list[object] = []

    def answered(document: object, test: Test) -> Said:
        calls.append(document)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return parse_answer(document, test)

    monkeypatch.setattr(programs, "parse_answer", answered)
    result = conform(suite, "--command", program(""))
    assert result.exit_code == 130
    assert result.stdout == "11 tests: 2 agree, 9 were not asked.\n"
    assert "interrupted" in result.stderr


def test_help_is_in_two_languages() -> None:
    """With every option."""
    for lang, word in (("zh", "结束状态"), ("en", "Exit status")):
        result = CliRunner().invoke(command, ["--lang", lang, "--help"])
        assert word in result.stdout
        assert "--limit-shown" in result.stdout


# --- The page

PAGE = (Path(__file__).parents[2] / "docs/howto/conform.md").read_text(encoding="utf-8")


@pytest.fixture
def listings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programs of ``docs/howto/conform.md`` as files, and a suite of what they know."""
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for name, text in zip(("answer.py", "service.py", "conftest.py"), blocks, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    known = evolve(sample(), tests=tuple(test for test in TESTS[:2]))
    (tmp_path / "known.jsonl").write_text(to_jsonl(known), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_the_program_of_the_page(listings: Path, suite: Path) -> None:
    """It agrees in what it knows, and only there."""
    command_ = shlex.join([sys.executable, "answer.py"])
    known = listings / "known.jsonl"
    for more in ((), ("--per-case",)):
        assert conform(known, "--command", command_, *more).exit_code == 0
    assert conform(known, "--command", command_, "--level", "grounds").exit_code == 1
    assert conform(suite, "--command", command_).exit_code == 1


def test_the_service_of_the_page(listings: Path) -> None:
    """It agrees in what it knows."""
    found: dict[str, Any] = {"__name__": "service"}
    exec((listings / "service.py").read_text(encoding="utf-8"), found)
    handler = type("Quiet", (found["Handler"],), {"log_message": lambda *given: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        result = conform(listings / "known.jsonl", "--url", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
    assert (result.exit_code, result.stdout) == (0, "2 tests: 2 agree.\n")


def test_the_fixture_of_the_page(listings: Path) -> None:
    """pytest passes."""
    command_ = [sys.executable, "-m", "pytest", "-p", "guiju.testing.plugin", "-p", "no:cacheprovider", "-q"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    result = subprocess.run(
        [*command_, "--guiju-suite", "known.jsonl"],
        cwd=listings,
        env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert "2 passed" in result.stdout, result.stdout + result.stderr


@pytest.mark.parametrize("member", Member, ids=lambda member: member.word)
def test_the_page_names_what_is_compared(member: Member) -> None:
    """Each part of an answer that can be given by itself, and the statuses."""
    inside_norms = (Member.POSITIONS, Member.GIVEN, Member.WINDOWS, Member.TERMS)
    assert member in inside_norms or f"`{member.word}`" in PAGE


def test_the_report_of_the_page(listings: Path) -> None:
    """Is in the form that is printed."""
    (listings / "answer.py").write_text(
        'import sys\nfor line in sys.stdin: print(\'{"verdict": "eligible"}\')\n', encoding="utf-8"
    )
    printed = conform(listings / "known.jsonl", "--command", shlex.join([sys.executable, "answer.py"])).stdout
    shown = re.search(r"^```\n(1\. .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown is not None
    for line in shown[1].splitlines()[2:]:
        if "*" not in line:
            assert line.replace("  ", " ") in printed.replace("  ", " ")


# --- Ctrl-C


@pytest.mark.skipif(os.name != "posix", reason="it is sent as a signal")
@pytest.mark.parametrize("way", ["program", "service"])
def test_ctrl_c(suite: Path, tmp_path: Path, serve: Callable[..., str], way: str) -> None:
    """While an answer is waited for: what was found is shown, and no process is left behind."""
    waiting, over = tmp_path / "waiting", threading.Event()
    if way == "program":
        lines = (
            "import json, os, pathlib, sys, time",
            "for number, line in enumerate(sys.stdin):",
            "    if number == 2:",
            f"        pathlib.Path({str(waiting)!r}).write_text(str(os.getpid()))",
            "        time.sleep(600)",
            '    print(json.dumps({"verdict": "ineligible"}))',
        )
        (tmp_path / "slow.py").write_text("\n".join(lines), encoding="utf-8")
        asked = ["--command", shlex.join([sys.executable, "-S", str(tmp_path / "slow.py")])]
    else:
        seen: list[object] = []

        def answer(body: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
            seen.append(body)
            if len(seen) == 3:
                waiting.write_text("")
                over.wait(60)
            return 200, {"verdict": "ineligible"}, {}

        asked = ["--url", serve(answer), "--jobs", "1"]
    # What runs in the background of a shell ignores the signal, and so would its children.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heed}; from guiju.cli.conform import command; command()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(suite), *asked, "--lang", "en", "--timeout", "600"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        wait_until(lambda: waiting.exists() and (way == "service" or waiting.read_text()))
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=60)
    finally:
        over.set()
        process.kill()
        process.wait()
    assert process.returncode == 130, errors
    assert printed.splitlines()[-1] == "11 tests: 1 agree, 1 disagree (1 group), 9 were not asked."
    assert errors == "interrupted: this is what was found so far.\n"
    if way == "program":
        with pytest.raises(ProcessLookupError):
            os.kill(int(waiting.read_text()), 0)
