"""The pytest plugin: the tests of a suite beside a project's own, against what a fixture answers.

``pytest --guiju-suite FILE`` adds them; the fixture ``guiju_answer`` of the project's ``conftest.py`` is a
function from a request (the body of ``POST /v1/decide``) to the answer. It sees a suite like a test module
that lies where the file does. Without the option nothing of guiju is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo, TerminalRepr

    from guiju.testing.suite import Test

Answer = Callable[[dict[str, Any]], Mapping[str, Any]]

_SUITES: Final = pytest.StashKey[tuple[Path, ...]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("guiju")
    group.addoption(
        "--guiju-suite",
        action="append",
        default=[],
        metavar="FILE",
        help="run the tests of a suite of guiju against the fixture guiju_answer; may be repeated",
    )
    group.addoption(
        "--guiju-level",
        choices=("verdict", "values", "grounds"),
        help="what must be right of an answer; by default whatever it says",
    )


def pytest_configure(config: pytest.Config) -> None:
    given = [config.invocation_params.dir / name for name in config.getoption("guiju_suite")]
    for path in given:
        if not path.is_file():
            raise pytest.UsageError(f"--guiju-suite: 没有文件 / there is no file: {path}")
    config.stash[_SUITES] = tuple(path.resolve() for path in given)
    for path in given:
        if str(path) not in config.args:
            config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    suites = parent.config.stash[_SUITES]
    if suites and file_path.resolve() in suites:
        return SuiteFile.from_parent(parent, path=file_path)
    return None


class SuiteFile(pytest.Module):
    """A suite, where pytest expects a module: fixtures of every scope know how long it lasts."""

    def _getobj(self) -> ModuleType:
        return ModuleType(self.path.stem)

    def collect(self) -> Iterator[pytest.Item]:
        from guiju.decisions.problems import InvalidInput
        from guiju.testing.formats import jsonl

        try:
            suite = jsonl.read(self.path.read_bytes(), str(self.path))
        except InvalidInput as error:
            lines = (f"{each.path} {each.message.in_language(_language())}" for each in error.problems)
            raise self.CollectError("\n".join(lines)) from None
        for test in suite.tests:
            yield SuiteItem.of(self, test)


class SuiteItem(pytest.Function):
    """One test of a suite."""

    @staticmethod
    def of(parent: SuiteFile, test: Test) -> SuiteItem:
        level = parent.config.getoption("guiju_level")

        def agrees(guiju_answer: Answer) -> None:
            _compare(test, guiju_answer, level)

        found: SuiteItem = SuiteItem.from_parent(parent, name=f"{test.question}[{test.id}]", callobj=agrees)
        return found

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name

    def repr_failure(  # type: ignore[override]  # pytest's own function takes no style either
        self, excinfo: ExceptionInfo[BaseException]
    ) -> str | TerminalRepr:
        if isinstance(excinfo.value, Disagrees):
            return str(excinfo.value)
        return super().repr_failure(excinfo)


class Disagrees(AssertionError):
    """An answer is not as expected; the message is for the person who reads the report."""


def _compare(test: Test, answer: Answer, level: str | None) -> None:
    """Ask ``answer`` what ``test`` asks.

    Raises:
        Disagrees: It says something else, or something that is no answer.
    """
    from guiju.decisions.decision import plain
    from guiju.testing.conform.words import Words
    from guiju.testing.running import BadAnswer, Level, Result, compare, parse_answer, request

    words = Words(_language())
    given = answer(request(test))
    try:
        said = parse_answer(plain(given), test)
    except BadAnswer as error:
        why = words.of(error.message)
        raise Disagrees(
            "\n".join([*words.case(test), words.say("不是答复：", "no answer: ") + why])
        ) from None
    apart = compare(test.expected, said, None if level is None else Level(level))
    if apart:
        raise Disagrees("\n".join(words.result(Result(test, said, apart))))


def _language() -> str:
    return "en" if os.environ.get("GUIJU_LANG") == "en" else "zh"
