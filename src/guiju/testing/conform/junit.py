"""Results as JUnit XML, for the servers that show tests: a suite for each question, a case for each test."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from guiju.testing.conform.words import Words
from guiju.testing.running import Failed, Result, Results
from guiju.testing.suite import Test

#: What XML 1.0 has no way to write.
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(results: Results, words: Words) -> str:
    """``results`` as a document of JUnit XML. A test that it did not come to is skipped."""
    root = ElementTree.Element("testsuites", name="guiju conform")
    by_question: dict[str, list[Result | Test]] = {}
    found = {result.test.id: result for result in results.each}
    for test in results.suite.tests:
        by_question.setdefault(test.question, []).append(found.get(test.id, test))
    for question, entries in by_question.items():
        _counted(ElementTree.SubElement(root, "testsuite", name=_legal(question)), entries)
        for entry in entries:
            _case(root[-1], entry, words)
    _counted(root, [entry for entries in by_question.values() for entry in entries])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counted(element: ElementTree.Element, entries: list[Result | Test]) -> None:
    results = [each for each in entries if isinstance(each, Result)]
    element.set("tests", str(len(entries)))
    element.set("failures", str(sum(bool(each.disagreements) for each in results)))
    element.set("errors", str(sum(isinstance(each.reply, Failed) for each in results)))
    element.set("skipped", str(len(entries) - len(results)))


def _case(parent: ElementTree.Element, entry: Result | Test, words: Words) -> None:
    test = entry.test if isinstance(entry, Result) else entry
    case = ElementTree.SubElement(
        parent, "testcase", classname=_legal(test.question), name=_legal(words.title(test))
    )
    if isinstance(entry, Test):
        ElementTree.SubElement(case, "skipped", message=words.say("没有问到", "not asked"))
    elif isinstance(entry.reply, Failed):
        message = _legal(words.of(entry.reply.message))
        ElementTree.SubElement(case, "error", message=message).text = _legal("\n".join(words.case(test)))
    elif entry.disagreements:
        shown = ElementTree.SubElement(case, "failure", message=_legal(words.headline(entry)))
        shown.text = _legal("\n".join(words.result(entry)))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("�", text)
