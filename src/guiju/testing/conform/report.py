"""What came of a run: as text for a person, and as JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from guiju.decisions.decision import plain
from guiju.testing.conform.groups import Group, Usual, groups
from guiju.testing.conform.words import Words
from guiju.testing.running import Disagreement, Failed, Result, Results, Said, request
from guiju.testing.suite import Test

_VERSION: Final = 1


def to_text(results: Results, words: Words, shown: int) -> list[str]:
    """``results`` in lines; of the groups and of the errors at most ``shown``."""
    usual = Usual.of(results.suite.tests)
    found = groups(results.each, results.suite.tests)
    lines: list[str] = []
    for number, group in enumerate(found[:shown], 1):
        lines += [*_group(number, group, usual, words), ""]
    if len(found) > shown:
        more = len(found) - shown
        en = "1 more group is not shown." if more == 1 else f"{more} more groups are not shown."
        lines += [words.say(f"另有 {more} 组未列出。", en), ""]
    if results.failed:
        lines += [*_errors(results, words, shown), ""]
    return [*lines, *_sum(results, len(found), words)]


def to_json(results: Results) -> dict[str, Any]:
    """``results`` as plain JSON values, whole."""
    return {
        "version": _VERSION,
        "corpus": results.suite.corpus,
        "tests": len(results.suite.tests),
        "agree": results.agreeing,
        "disagree": len(results.disagreeing),
        "errors": len(results.failed),
        "not_asked": [test.id for test in results.missing],
        "interrupted": results.interrupted,
        "groups": [
            {
                "norm": group.norm,
                "question": group.question,
                "count": len(group.results),
                "smallest": _result(group.smallest),
                "tests": [result.test.id for result in group.results],
            }
            for group in groups(results.each, results.suite.tests)
        ],
        "disagreements": [
            {"test": result.test.id, "members": [_apart(each) for each in result.disagreements]}
            for result in results.disagreeing
        ],
        "failed": [
            {"test": each.test.id, "message": {"zh": each.reply.message.zh, "en": each.reply.message.en}}
            for each in results.failed
            if isinstance(each.reply, Failed)
        ],
    }


def _group(number: int, group: Group, usual: Usual, words: Words) -> Iterator[str]:
    test, count = group.smallest.test, len(group.results)
    about = group.norm or group.question
    cited = words.say("、", ", ").join(test.citations.get(group.norm or "", ()))
    named = f"{about} {cited}".rstrip()
    counted = "1 test disagrees" if count == 1 else f"{count} tests disagree"
    yield words.say(f"{number}. {named}：{count} 个测试不符", f"{number}. {named}: {counted}")
    yield words.say(f"   最小的情形 {test.id}：", f"   the smallest case, {test.id}:")
    unusual = usual.unusual(test)
    if len(unusual) == len(test.case):
        unusual = ()  # nothing is usual here
    for line in words.case(test, unusual):
        yield f"     {line}"
    if unusual:
        yield words.say("     （* 与同题多数测试不同）", "     (* not as in most tests of the question)")
    for line in (*words.apart(group.smallest), *words.resting(test), *words.reasons(test)):
        yield f"   {line}"


def _errors(results: Results, words: Words, shown: int) -> Iterator[str]:
    yield words.say("未能得到答复的测试：", "Tests that got no answer:")
    alike: dict[str, list[Test]] = {}
    for each in results.failed:
        if isinstance(each.reply, Failed):
            alike.setdefault(words.of(each.reply.message), []).append(each.test)
    for message, tests in list(alike.items())[:shown]:
        first = tests[0]
        more = words.say(f" 等 {len(tests)} 个", f" and {len(tests) - 1} more") if len(tests) > 1 else ""
        yield f"  {first.id}{more} ({first.question}): {message}"
    if len(alike) > shown:
        rest = len(alike) - shown
        yield words.say(f"  另有 {rest} 种未列出。", f"  {rest} more kinds are not shown.")


def _sum(results: Results, count: int, words: Words) -> Iterator[str]:
    total, agree = len(results.suite.tests), results.agreeing
    disagree, errors, missing = len(results.disagreeing), len(results.failed), len(results.missing)
    zh, en = f"{total} 个测试：相符 {agree}", f"{total} tests: {agree} agree"
    if disagree:
        counted = "1 group" if count == 1 else f"{count} groups"
        zh, en = f"{zh}，不符 {disagree}（{count} 组）", f"{en}, {disagree} disagree ({counted})"
    if errors:
        zh, en = f"{zh}，未得到答复 {errors}", f"{en}, {errors} got no answer"
    if missing:
        zh, en = f"{zh}，没有问到 {missing}", f"{en}, {missing} were not asked"
    yield words.say(f"{zh}。", f"{en}.")


def _result(result: Result) -> dict[str, Any]:
    """One disagreement, with all that is needed to look into it."""
    test = result.test
    return {
        "test": test.id,
        "request": request(test),
        "expected": plain(test.expected),
        "citations": plain(test.citations),
        "said": result.reply.to_dict() if isinstance(result.reply, Said) else None,
        "members": [_apart(each) for each in result.disagreements],
        "reasons": [
            {"criterion": each.criterion.value, "zh": each.text.zh, "en": each.text.en}
            for each in test.reasons
        ],
    }


def _apart(each: Disagreement) -> dict[str, Any]:
    return {
        "member": each.member.word,
        "expected": each.expected,
        "said": each.said,
        "absent": each.absent,
        "norms": list(each.norms),
    }
