"""The rules on street stalls (``stall_rules``) and the same with something written otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load_texts
from guiju.testing.diff.comparing import compare
from guiju.testing.diff.difference import Change, Compared, Difference
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.merging import merged
from stall_rules import RULES, stalls

Edit = tuple[str, str]


def edited(*edits: Edit) -> str:
    """The rules with each edit made, of which each must find its place."""
    text = RULES
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


@cache
def version(text: str) -> Corpus:
    """A version, compiled once for all tests of a process."""
    return load_texts({"stalls.gj": text})


def difference(
    *edits: Edit,
    renamed: Mapping[str, str] | None = None,
    questions: Sequence[str] | None = None,
    readings: Mapping[str, str] | None = None,
) -> Difference:
    """What is different between the rules and the edited ones."""
    return compare(merged(stalls(), version(edited(*edits)), renamed or {}), questions, readings)


def reverse(*edits: Edit) -> Difference:
    """The same the other way round."""
    return compare(merged(version(edited(*edits)), stalls(), {}))


def topic(found: Difference, name: str) -> Compared:
    """What came of the topic called ``name``."""
    return next(each for each in found.topics if each.topic.name == name)


def changes(found: Difference, name: str) -> dict[Kind, Change]:
    """The changes of one topic by their kinds."""
    return {each.kind: each for each in topic(found, name).changes}


def changed(found: Difference) -> set[str]:
    """The topics that are different."""
    return {each.topic.name for each in found.topics if each.changes}


def verdicts(change: Change) -> tuple[str, str]:
    """The verdict before and after."""
    return change.before.expected.verdict, change.after.expected.verdict
