"""A comparison as JSON; ``diff.schema.json`` has the shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from guiju.checker.report.layout import View
from guiju.checker.report.values import in_json
from guiju.checker.wording import subject
from guiju.compiler.kernel import Case, Context, Corpus
from guiju.decisions.decision import plain
from guiju.decisions.summary_words import settled
from guiju.dsl.source import Bilingual
from guiju.testing.diff.difference import Change, Compared, Difference, Said
from guiju.testing.diff.grounds import Resettled, Settled
from guiju.testing.diff.standing import Restated
from guiju.testing.diff.words import KIND

FORMAT: Final = "guiju-diff/1"


def diff_schema() -> str:
    """The schema of a comparison, as text."""
    return files("guiju.testing").joinpath("diff.schema.json").read_text(encoding="utf-8")


def to_json(
    difference: Difference, engine: Mapping[str, str], equal: bool = False, restated: Restated | None = None
) -> str:
    """``difference`` as JSON.

    Args:
        difference: What was found.
        engine: The versions of what found it.
        equal: List the topics too whose answers are the same; otherwise they are only counted.
        restated: What becomes of the tests of a suite.
    """
    corpus = difference.frame
    counts: dict[str, int] = {}
    for each in difference.topics:
        counts[each.status.value] = counts.get(each.status.value, 0) + 1
    document: dict[str, Any] = {
        "format": FORMAT,
        "engine": dict(engine),
        "old": difference.old.digest,
        "new": difference.new.digest,
        "different": difference.different,
        "undecided": difference.open,
        "readings": dict(difference.readings),
        "counts": counts,
        "renamed": [
            {"what": each.what, "old": each.old, "new": each.new, "given": each.given}
            for each in difference.renamed
        ],
        "declared": [
            {"what": each.what, "name": each.name, **_words(each.text), "matters": each.matters}
            for each in difference.declared
        ],
        "assumptions": _assumed(difference, corpus),
        "topics": [
            _topic(each, corpus)
            for each in difference.topics
            if equal or each.status.value not in ("same", "equivalent")
        ],
    }
    if restated is not None:
        document["suite"] = _suite(restated)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _topic(compared: Compared, corpus: Corpus) -> dict[str, Any]:
    return {
        "question": compared.topic.name,
        "status": compared.status.value,
        "presence": compared.presence.value,
        "changes": [_change(each, corpus) for each in compared.changes],
        "resettled": [
            {**_change(each, corpus), "settled": [_resettled(one) for one in each.settled]}
            for each in compared.resettled
        ],
        "unmatched": [
            {
                "norm": each.norm.id,
                "version": "old" if each.old else "new",
                "title": each.title,
                "citations": list(each.norm.citations),
            }
            for each in compared.unmatched
        ],
        "impossible": [each.value for each in compared.impossible],
        "undecided": [_words(each) for each in compared.undecided],
        "incomparable": [_words(each) for each in compared.incomparable],
    }


def _change(change: Change, corpus: Corpus) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        **_words(KIND[change.kind]),
        "about": subject(change.question),
        **_context(change.context, corpus),
        "telling": list(change.telling),
        "readings": dict(change.readings),
        "before": _said(change.before),
        "after": _said(change.after),
    }


def _resettled(pair: Resettled) -> dict[str, Any]:
    return {"before": _settled(pair.before), "after": _settled(pair.after)}


def _settled(each: Settled) -> dict[str, Any]:
    """Both norms, the one that prevails first; why it does, or nothing."""
    norms = (each.one, each.other) if each.first is not False else (each.other, each.one)
    found: dict[str, Any] = {
        "norms": [{"norm": norm.id, "citations": list(norm.citations)} for norm in norms],
        "settled": None,
    }
    if each.defeat is not None:
        doctrine, grade = each.defeat.doctrine, each.defeat.grade
        found["settled"] = {
            "doctrine": doctrine.value,
            "grade": grade.value,
            "basis": each.defeat.basis,
            "zh": settled(doctrine.value, grade.value, View("zh")),
            "en": settled(doctrine.value, grade.value, View("en")),
        }
    return found


def _context(context: Context, corpus: Corpus) -> dict[str, Any]:
    return {"on": context.today.isoformat(), "at": context.place, "case": _case(context.case, corpus)}


def _case(case: Case, corpus: Corpus) -> dict[str, Any]:
    found: dict[str, Any] = {n: in_json(v, corpus.facts[n].type) for n, v in case.facts.items()}
    for record, rows in case.records.items():
        fields = corpus.records[record].fields
        found[record] = [{name: in_json(v, fields[name]) for name, v in row.items()} for row in rows]
    return found


def _said(said: Said) -> dict[str, Any]:
    answer = plain(said.expected)
    assert isinstance(answer, dict)
    citations = {
        norm.id: {"title": said.titles[norm.instrument], "citations": list(norm.citations)}
        for norm in said.norms.values()
    }
    return {**answer, "citations": citations}


def _assumed(difference: Difference, corpus: Corpus) -> dict[str, Any]:
    assumed = difference.assumed
    found: dict[str, Any] = {
        "same": not assumed.changed and not assumed.undecided,
        "undecided": [_words(each) for each in assumed.undecided],
    }
    for name, each in (("excluded", assumed.excluded), ("admitted", assumed.admitted)):
        found[name] = None if each is None else {**_context(each[0], corpus), "assumptions": list(each[1])}
    return found


def _suite(restated: Restated) -> dict[str, Any]:
    return {
        "holding": [test.id for test in restated.holding],
        "changed": [
            {
                "id": each.test.id,
                "question": each.test.question,
                "expected": plain(each.test.expected),
                "now": plain(each.now),
            }
            for each in restated.changed
        ],
        "unaskable": [
            {"id": each.test.id, "question": each.test.question, **_words(each.why)}
            for each in restated.unaskable
        ],
    }


def _words(given: Bilingual) -> dict[str, str]:
    return {"zh": given.zh, "en": given.en}
