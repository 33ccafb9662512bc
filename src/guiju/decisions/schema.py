"""JSON Schema (2020-12) of what goes in and what comes out: a case, by the corpus, and a decision.

A case is described by party, ``{"摊贩": {"年龄": 18}}``. Whatever the schema accepts ``cases.read`` accepts,
and the other way round; only the same facts under full names, which ``read`` takes too, are not described.
Marks that begin with ``x-`` say what JSON Schema has no word for:

* ``x-unit``: the unit of a number, as it was declared;
* ``x-needed``: no default is taken for it, so that an answer may depend on its being given;
* ``x-judgement``: only an official can settle it;
* ``x-changeable``: the party can bring about another value;
* ``x-ordered``: the members stand from mildest to gravest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from guiju.checker.sanctions import mentioned
from guiju.compiler.kernel import Boolean, Date, Enumeration, Integer, Type, Value
from guiju.compiler.kernel import Corpus as Frame
from guiju.decisions import patterns, units
from guiju.decisions.decision import plain
from guiju.decisions.problems import InvalidInput, Problem
from guiju.decisions.topics import Topic, UnknownTopic, find, mentions
from guiju.decisions.units import Unit
from guiju.decisions.values import shown

if TYPE_CHECKING:
    from guiju.decisions.corpus import Corpus

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

#: The longest text that is read as a decimal.
_LONGEST: Final = 49


def case_schema(corpus: Corpus, question: str | None = None) -> Schema:
    """The schema of a case.

    Args:
        corpus: What declares the facts.
        question: The name of a question: then only what bears on it is described. None: everything.

    Raises:
        InvalidInput: There is no such question.
    """
    frame = corpus.declarations
    topic = None if question is None else _topic(corpus, question)
    names = {*frame.facts, *frame.records} if topic is None else bearing(corpus, topic)
    parties: dict[str, Schema] = {} if topic else {entity: {} for entity in frame.entities}
    for name in (*frame.facts, *frame.records):
        if name in names:
            party, _, inner = name.partition(".")
            described = _fact(name, frame) if name in frame.facts else _record(name, frame)
            parties.setdefault(party, {})[inner] = described
    of = f"：{topic.name}" if topic else ""
    return {
        "$schema": _DIALECT,
        "title": f"案情{of}",
        "description": "一例：各主体的事实，null 为未知。/ A case: facts by party, null where unknown.",
        "x-corpus": corpus.digest,
        **({"x-question": topic.name} if topic else {}),
        **_object({party: _object(inner) for party, inner in parties.items()}),
    }


def decision_schema() -> str:
    """The schema of ``Decision.to_dict()``, as text: the same for every corpus."""
    return files("guiju.decisions").joinpath("decision.schema.json").read_text(encoding="utf-8")


def bearing(corpus: Corpus, topic: Topic) -> frozenset[str]:
    """The facts and records that bear on the answer to ``topic``.

    Those that its norms ask for, those that tell whether the act was done, and those that are linked to them
    by what is assumed of the world.
    """
    frame = corpus.declarations
    about = _asked_for(corpus, topic)
    if topic.deed is not None:
        action = frame.actions[topic.deed.action]
        about |= mentioned(each for each in (action.done, action.undone, action.done_on) if each is not None)
    return linked(about, frame)


def linked(names: Iterable[str], frame: Frame) -> frozenset[str]:
    """``names`` and all that assumptions link to them."""
    found = set(names)
    spoken = [mentioned([each.expr]) for each in frame.assumptions]
    grown = True
    while grown:
        more = [each for each in spoken if each & found and not each <= found]
        found.update(*more)
        grown = bool(more)
    return frozenset(found)


def needed(corpus: Corpus, question: str) -> tuple[str, ...]:
    """The facts without a default that the norms of ``question`` ask for, as they were declared.

    Raises:
        InvalidInput: There is no such question.
    """
    asked = _asked_for(corpus, _topic(corpus, question))
    facts = corpus.declarations.facts
    return tuple(name for name in facts if name in asked and facts[name].default is None)


def example(corpus: Corpus, question: str) -> dict[str, dict[str, object]]:
    """A small case to start from: something for each fact that ``question`` needs, and no rows.

    It is possible: where what is assumed of the world does not allow the values together, some are null.

    Raises:
        InvalidInput: There is no such question.
    """
    frame, day = corpus.declarations, corpus.horizon[0]
    values: dict[str, object] = {
        name: plain(shown(_some(frame.facts[name].type, day), frame.facts[name].type))
        for name in needed(corpus, question)
    }
    asked = _asked_for(corpus, _topic(corpus, question))
    values |= {name: [] for name in frame.records if name in asked}
    about = {each.label: mentioned([each.expr]) for each in frame.assumptions}
    while True:
        try:
            corpus.decide(values, question, on=day, at=corpus.places[0], solve=False)
            break
        except InvalidInput as error:
            against = [about[p.expected] for p in error.problems if p.code == "impossible-case"]
            doubtful = {name for each in against for name in each if values.get(name) is not None}
            if not doubtful:
                raise
            values |= dict.fromkeys(doubtful)
    return by_party(values)


def by_party(values: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """A case by full names as a case by party."""
    found: dict[str, dict[str, object]] = {}
    for name, value in values.items():
        party, _, inner = name.partition(".")
        found.setdefault(party, {})[inner] = value
    return found


# --- Details


def _asked_for(corpus: Corpus, topic: Topic) -> set[str]:
    """The facts and records that the norms of ``topic`` ask for."""
    return {name for norm in corpus.artifact.norms(topic.name) for name in mentions(norm)}


def _topic(corpus: Corpus, question: str) -> Topic:
    try:
        return find(question, corpus.questions)
    except UnknownTopic as error:
        raise InvalidInput([Problem("/question", "unknown-question", error.message)]) from None


def _fact(name: str, frame: Frame) -> Schema:
    fact = frame.facts[name]
    marks: Schema = {}
    if fact.default is None:
        marks["x-needed"] = True
    else:
        marks["default"] = plain(shown(fact.default, fact.type))
    if fact.judgement:
        marks["x-judgement"] = True
    if fact.changeable:
        marks["x-changeable"] = True
    return {**_described(name, fact.type), **_typed(fact.type, frame), **marks}


def _record(name: str, frame: Frame) -> Schema:
    fields = {
        field: {**_described(field, type_), **_typed(type_, frame)}
        for field, type_ in frame.records[name].fields.items()
    }
    return {"title": name, "type": ["array", "null"], "items": _object(fields), "default": []}


def _described(name: str, type_: Type) -> Schema:
    """The title and, for a number, its unit."""
    if not isinstance(type_, Integer) or type_.unit is None:
        return {"title": name}
    declared = units.of(type_)[0]
    return {
        "title": name,
        "description": f"单位 unit: {declared.word}",
        "x-unit": type_.declared or type_.unit,
    }


def _typed(type_: Type, frame: Frame) -> Schema:
    """What values of ``type_`` are accepted; null always is: unknown."""
    match type_:
        case Boolean():
            return {"type": ["boolean", "null"]}
        case Date():
            return {"type": ["string", "null"], "format": "date", "pattern": patterns.days(*frame.horizon)}
        case Enumeration(members=members, ordered=ordered):
            mark = {"x-ordered": True} if ordered else {}
            return {"enum": [*members, None], **mark}
        case Integer(scale=scale):
            known = units.of(type_)
            bare = _number(known[0], scale)
            texts = [_text(unit) for unit in known] if type_.declared is not None else []
            return {"anyOf": [*bare, *texts, *(_with_unit(unit, scale) for unit in known), {"type": "null"}]}


def _with_unit(unit: Unit, scale: int) -> Schema:
    """An object that says the unit as well."""
    name: Schema = {"const": unit.names[0]} if len(unit.names) == 1 else {"enum": [*unit.names]}
    found = _object({"value": {"anyOf": _number(unit, scale)}, "unit": name})
    return {**found, "required": ["value", "unit"]}


def _text(unit: Unit) -> Schema:
    """A whole number with its unit, as a text: ``18 月``."""
    numeral = patterns.decimals(unit.low, unit.high, 0).removesuffix("$")
    names = "|".join(name for name in unit.names if name is not None)
    return {"type": "string", "pattern": f"{numeral} ({names})$", "maxLength": _LONGEST}


def _number(unit: Unit, scale: int) -> list[Schema]:
    """A number; an exact decimal may be written as a text, too."""
    if not scale:
        return [{"type": "integer", "minimum": unit.low, "maximum": unit.high}]
    low, high, step = (float(Decimal(each).scaleb(-scale)) for each in (unit.low, unit.high, 1))
    numeral = patterns.decimals(unit.low, unit.high, scale)
    return [
        {"type": "number", "minimum": low, "maximum": high, "multipleOf": step},
        {"type": "string", "pattern": numeral, "maxLength": _LONGEST},
    ]


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _some(type_: Type, day: dt.date) -> Value:
    """Some value: the least, the first, or ``day``."""
    match type_:
        case Boolean():
            return False
        case Integer(low=low):
            return low
        case Enumeration(members=members):
            return members[0]
        case Date():
            return day
