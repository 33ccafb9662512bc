"""From a solver's model back to a context: ``encoder`` in reverse.

Only the parts of the case that the query mentions are read; any other fact does not matter, and is left
out of the case. The date and the place are always there. Nothing is trusted to be right because it was
decoded: whoever shows the context replays it in the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from guiju.compiler.kernel import Case, Context, Value
from guiju.compiler.smt.case import Member, Term, Truth
from guiju.compiler.smt.dates import Day, Whole
from guiju.compiler.smt.definitions import Mention
from guiju.compiler.smt.keys import date_of
from guiju.compiler.smt.session import Session, value_of


def decode(session: Session, model: Any, mentions: Iterable[Mention]) -> Context:
    """The context that ``model`` describes, as far as ``mentions`` goes."""
    case, corpus = session.case, session.corpus
    mentioned = frozenset(mentions)

    def value(term: Term) -> Value:
        return value_in(session, model, term)

    named = {each.name for each in mentioned if each.kind == "fact"}
    facts = {name: value(case.fact(name)) for name in corpus.facts if name in named}
    records = {}
    for record, declared in corpus.records.items():
        fields = [name for name in declared.fields if Mention("field", record, name) in mentioned]
        if fields or Mention("record", record) in mentioned:
            records[record] = tuple(
                {name: value(case.field(record, name, slot)) for name in fields}
                for slot in range(value_of(model, case.rows(record)))
            )
    readings = {
        name: str(value(case.reading(name)))
        for name in corpus.readings
        if Mention("reading", name) in mentioned
    }
    today = date_of(value_of(model, session.dates.key(case.today())))
    place = case.places[value_of(model, case.place())]
    return Context(Case(facts, records), today, place, readings)


def value_in(session: Session, model: Any, term: Term) -> Value:
    """The value of a variable of the case in ``model``."""
    match term:
        case Truth(formula):
            return bool(value_of(model, formula))
        case Whole(number):
            return value_of(model, number)
        case Member(index, members):
            return members[value_of(model, index)]
        case Day():
            return date_of(value_of(model, session.dates.key(term)))
        case _:
            assert_never(term)
