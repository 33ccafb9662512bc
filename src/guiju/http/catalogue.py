"""What a corpus holds, as JSON: the questions that can be asked of it, and what it is made of."""

from __future__ import annotations

from typing import Any

from guiju.compiler.kernel import Const, Expr, Instrument
from guiju.decisions.corpus import Corpus
from guiju.decisions.decision import plain


def questions(corpus: Corpus) -> dict[str, Any]:
    """The questions by name: whose act it is, or which outcome, and the parties whose facts it asks for."""
    found = []
    for topic in corpus.questions.values():
        deed = topic.deed
        found.append(
            {
                "name": topic.name,
                "kind": "outcome" if deed is None else "act",
                "bearer": deed.bearer or None if deed else None,
                "action": deed.action if deed else None,
                "patient": deed.patient or None if deed else None,
                "outcome": topic.outcome,
                "parties": sorted(topic.entities),
            }
        )
    return {"questions": found}


def corpus(corpus: Corpus) -> dict[str, Any]:
    """The digest, the versions of what answers, the instruments, the places, the readings."""
    first, last = corpus.horizon
    return {
        "digest": corpus.digest,
        "engine": dict(corpus.engine),
        "horizon": {"first": first.isoformat(), "last": last.isoformat()},
        "instruments": [_instrument(each) for each in corpus.instruments.values()],
        "places": list(corpus.places),
        "readings": [
            {
                "name": each.name,
                "choices": list(each.choices),
                "default": each.choices[0],
                "citations": list(each.citations),
                "note": each.note,
            }
            for each in corpus.readings.values()
        ],
    }


def _instrument(each: Instrument) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "number": each.number,
        "issuer": each.issuer,
        "territory": each.territory,
        "rank": each.rank,
        "issued": plain(each.issued),
        "in_force_from": _day(each.start),
        "in_force_until": _day(each.end),
        "standing": each.standing.value,
        "readings": list(each.readings),
    }


def _day(term: Expr | None) -> str | None:
    """A day that is the same under all readings; None where there is none."""
    return term.value.isoformat() if isinstance(term, Const) and hasattr(term.value, "isoformat") else None
