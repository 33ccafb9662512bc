"""A suite as JSON Lines: what it is of in the first line, then a test to a line (``suite.schema.json``).

An exact decimal is a text, as in a decision; a day is YYYY-MM-DD. What is read is what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from guiju.compiler.verdicts import Verdict
from guiju.decisions.decision import plain
from guiju.decisions.json_input import Limits, parse
from guiju.decisions.problems import InvalidInput, Mistakes, Problem
from guiju.dsl.source import Bilingual
from guiju.testing.formats.members import (
    Members,
    Spot,
    day,
    days,
    members,
    named,
    number,
    one_of,
    optional,
    plain_value,
    several,
    text,
    truth,
    value,
)
from guiju.testing.suite import Count, Criterion, Expected, Infeasible, Reason, Stood, Suite, Test

FORMAT: Final = "guiju-suite/1"

#: Of one line. The first lists all that cannot be covered, so it may be long.
_LIMITS = Limits(size=64_000_000, depth=32, digits=40)

_VERDICTS = tuple(each.value for each in Verdict if each is not Verdict.UNDETERMINED)
_POSITIONS = ("forbidden", "permitted", "obliged", "value")


def suite_schema() -> str:
    """The schema of a line, as text."""
    return files("guiju.testing").joinpath("suite.schema.json").read_text(encoding="utf-8")


# --- Writing


def to_jsonl(suite: Suite) -> str:
    """``suite`` as lines of JSON."""
    lines = [{"suite": header(suite)}, *(line(test) for test in suite.tests)]
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)


def header(suite: Suite) -> dict[str, Any]:
    """What a suite says of itself, as plain JSON values."""
    return {
        "format": FORMAT,
        "corpus": suite.corpus,
        "engine": dict(suite.engine),
        "options": plain(suite.options),
        "tests": len(suite.tests),
        "counts": {criterion.value: plain(count) for criterion, count in suite.counts.items()},
        "infeasible": [
            {
                "criterion": each.criterion.value,
                "norms": list(each.norms),
                **_words(each.text),
                "because": _words(each.because),
            }
            for each in suite.infeasible
        ],
        "undecided": [_words(each) for each in suite.undecided],
    }


def line(test: Test) -> dict[str, Any]:
    """A test as plain JSON values."""
    return {
        "id": test.id,
        "question": test.question,
        "on": test.on.isoformat(),
        "at": test.at,
        "law_date": plain(test.law_date),
        "readings": dict(test.readings),
        "case": plain(test.case),
        "expected": plain(test.expected),
        "reasons": [
            {"criterion": each.criterion.value, "norms": list(each.norms), **_words(each.text)}
            for each in test.reasons
        ],
        "kills": test.kills,
        "citations": plain(test.citations),
    }


def _words(given: Bilingual) -> dict[str, str]:
    return {"zh": given.zh, "en": given.en}


# --- Reading


def read(data: str | bytes, name: str) -> Suite:
    """The suite that ``data`` holds.

    Args:
        data: The lines, in UTF-8.
        name: What to call the file in messages.

    Raises:
        InvalidInput: With every mistake; each pointer begins with the line: ``/3/expected/verdict``.
    """
    mistakes = Mistakes()
    lines = list(_lines(data, name, mistakes))
    if not lines:
        message = Bilingual(f"{name} 是空的", f"{name} is empty")
        raise InvalidInput([Problem("", "empty", message, FORMAT)])
    (spot, first), *rest = lines
    head = _head(first, spot)
    tests = tuple(_test(content, where) for where, content in rest)
    _each_once(tests, [where for where, _ in rest])
    many = head.take("tests", number)
    if many != len(tests):
        head.spot.inside("tests").wrong(
            "count",
            f"这里写有 {many} 个测试，文件里有 {len(tests)} 个",
            f"says that there are {many} tests, and there are {len(tests)}",
            str(len(tests)),
        )
    suite = Suite(
        corpus=head.take("corpus", text),
        engine=head.take("engine", named(text)),
        options=head.take("options", named(plain_value)),
        tests=tests,
        counts=head.take("counts", _counts),
        infeasible=head.take("infeasible", several(_infeasible)),
        undecided=head.take("undecided", several(_said_twice)),
    )
    mistakes.refuse()
    return suite


def _lines(data: str | bytes, name: str, mistakes: Mistakes) -> Iterator[tuple[Spot, object]]:
    """What each line that is not empty holds; of one that cannot be read nothing more is noted."""
    given = data.encode("utf-8", errors="surrogatepass") if isinstance(data, str) else data
    for place, content in enumerate(given.split(b"\n"), 1):
        if not content.strip():
            continue
        spot = Spot(Bilingual(f"{name} 第 {place} 行：", f"{name}, line {place}: "), (place,), mistakes)
        try:
            found = parse(content, _LIMITS)
        except InvalidInput as error:
            for each in error.problems:
                spot.wrong(each.code, each.message.zh, each.message.en, each.expected)
            yield spot.muted(), None
        else:
            yield spot, found


def _head(first: object, spot: Spot) -> Members:
    """What the suite says of itself.

    Raises:
        InvalidInput: It is of another format, so that nothing can be said of the lines.
    """
    given = first.get("suite") if isinstance(first, Mapping) else None
    written = given.get("format") if isinstance(given, Mapping) else None
    if written != FORMAT:
        spot.inside("suite", "format").wrong(
            "format",
            "不是测试集的首行" if written is None else f"格式“{written}”不能读",
            "is not the first line of a suite" if written is None else f"the format {written} is not known",
            FORMAT,
        )
        spot.mistakes.refuse()
    whole = members(first, spot, ("suite",))
    return whole.take("suite", lambda each, at: members(each, at, _HEADER))


_HEADER = ("format", "corpus", "engine", "options", "tests", "counts", "infeasible", "undecided")
_TEST = (
    "id",
    "question",
    "on",
    "at",
    "law_date",
    "readings",
    "case",
    "expected",
    "reasons",
    "kills",
    "citations",
)
_criterion = one_of(*(each.value for each in Criterion))
_norms = several(text)


def _test(given: object, spot: Spot) -> Test:
    before = len(spot.mistakes.found)
    found = members(given, spot, _TEST)
    test = Test(
        question=found.take("question", text),
        on=found.take("on", day),
        at=found.take("at", text),
        law_date=found.take("law_date", optional(day)),
        readings=found.take("readings", named(text)),
        case=found.take("case", named(plain_value)),
        expected=found.take("expected", _expected),
        reasons=found.take("reasons", several(_reason)),
        kills=found.take("kills", number),
        citations=found.take("citations", named(_norms)),
    )
    id_ = found.take("id", text)
    if len(spot.mistakes.found) == before and id_ != test.id:
        spot.inside("id").wrong(
            "id",
            f"编号 {id_} 与所问的不符：这一行被改过",
            f"the id {id_} is not that of what is asked: the line was changed",
            test.id,
        )
    return test


def _expected(given: object, spot: Spot) -> Expected:
    found = members(given, spot, ("verdict", "values", "until", "gap", "norms", "defeated"))
    return Expected(
        verdict=found.take("verdict", one_of(*_VERDICTS)),
        values=found.take("values", several(value)),
        until=found.take("until", optional(day)),
        gap=found.take("gap", truth),
        norms=found.take("norms", several(_stood)),
        defeated=found.take("defeated", _norms),
    )


def _stood(given: object, spot: Spot) -> Stood:
    names = ("norm", "position", "ground", "value", "window", "due", "hours", "every")
    found = members(given, spot, names)
    return Stood(
        norm=found.take("norm", text),
        position=found.take("position", one_of(*_POSITIONS)),
        ground=found.take("ground", truth),
        value=found.take("value", value),
        window=found.take("window", optional(days)),
        due=found.take("due", optional(days)),
        hours=found.take("hours", optional(number)),
        every=found.take("every", optional(text)),
    )


def _reason(given: object, spot: Spot) -> Reason:
    found = members(given, spot, ("criterion", "norms", "zh", "en"))
    words = Bilingual(found.take("zh", text), found.take("en", text))
    return Reason(Criterion(found.take("criterion", _criterion)), found.take("norms", _norms), words)


def _infeasible(given: object, spot: Spot) -> Infeasible:
    found = members(given, spot, ("criterion", "norms", "zh", "en", "because"))
    return Infeasible(
        Criterion(found.take("criterion", _criterion)),
        found.take("norms", _norms),
        Bilingual(found.take("zh", text), found.take("en", text)),
        found.take("because", _said_twice),
    )


def _said_twice(given: object, spot: Spot) -> Bilingual:
    found = members(given, spot, ("zh", "en"))
    return Bilingual(found.take("zh", text), found.take("en", text))


def _counts(given: object, spot: Spot) -> dict[Criterion, Count]:
    counted = named(_count)(given, spot)
    return {Criterion(_criterion(name, spot.inside(name))): each for name, each in counted.items()}


def _count(given: object, spot: Spot) -> Count:
    found = members(given, spot, ("total", "met", "infeasible", "undecided"))
    return Count(*(found.take(name, number) for name in ("total", "met", "infeasible", "undecided")))


def _each_once(tests: Sequence[Test], spots: Sequence[Spot]) -> None:
    """Note each test that asks what one before it asks."""
    seen: dict[str, str | int] = {}
    for test, spot in zip(tests, spots, strict=True):
        first = seen.setdefault(test.id, spot.path[0])
        if first != spot.path[0]:
            spot.wrong("duplicate", f"与第 {first} 行所问相同", f"asks what line {first} asks")
