"""Declarations of the world: one function for each rule of this part of the grammar.

A clause of an action is first a triple of its keyword, its value and its place; ``action`` then gathers them.
"""

from __future__ import annotations

from typing import Any

from guiju.dsl import tree as t
from guiju.dsl.builder.at import At, Children, Note, at_most_once, every, note_of, unit
from guiju.dsl.keywords import BY_SPELLING, BY_TERMINAL
from guiju.dsl.source import Place

_Clause = tuple[str, Any, Place]


def territory(at: At, c: Children) -> t.Territory:
    return t.Territory(c[0], c[1], c[0].place)


def rank(at: At, c: Children) -> t.Rank:
    return t.Rank(c[0], str(c[1]), c[2] is not None, c[0].place)


def authority(at: At, c: Children) -> t.Authority:
    return t.Authority(c[0], c[1], c[2], c[3], c[0].place)


def department(at: At, c: Children) -> t.Department:
    return t.Department(c[0], c[1], c[0].place)


def kind(at: At, c: Children) -> t.Enumeration:
    names = every(c, t.Name)
    return t.Enumeration(names[0], names[1:], False, names[0].place)


def scale(at: At, c: Children) -> t.Enumeration:
    names = every(c, t.Name)
    return t.Enumeration(names[0], names[1:], True, names[0].place)


def entity(at: At, c: Children) -> t.Entity:
    return t.Entity(c[0], every(c, t.Fact), every(c, t.Record), note_of(c), c[0].place)


def fact(at: At, c: Children) -> t.Fact:
    marks = c[2:]
    default = at_most_once(at, [m for m in marks if isinstance(m, tuple)], "默认", "default")
    return t.Fact(
        c[0],
        c[1],
        default,
        "judgement" in marks,
        "background" in marks,
        "gravity" in marks,
        "changeable" in marks,
        note_of(marks),
        c[0].place,
    )


def default(at: At, c: Children) -> tuple[t.Expr, Place]:
    return (c[0], at.place)


def background(at: At, c: Children) -> str:
    return "background"


def gravity(at: At, c: Children) -> str:
    return "gravity"


def changeable(at: At, c: Children) -> str:
    return "changeable"


def judgement(at: At, c: Children) -> str:
    return "judgement"


def record(at: At, c: Children) -> t.Record:
    return t.Record(c[0], every(c, t.Field), note_of(c), c[0].place)


def field_of(at: At, c: Children) -> t.Field:
    return t.Field(c[0], c[1], note_of(c), c[0].place)


def boolean_type(at: At, c: Children) -> t.BooleanType:
    return t.BooleanType(at.place)


def date_type(at: At, c: Children) -> t.DateType:
    return t.DateType(at.place)


def named_type(at: At, c: Children) -> t.NamedType:
    return t.NamedType(c[0], c[0].place)


def integer_type(at: At, c: Children) -> t.NumberType:
    return t.NumberType(c[0], c[1], None, unit(c[2]), at.place)


def decimal_type(at: At, c: Children) -> t.NumberType:
    return t.NumberType(c[0], c[1], str(c[2]), unit(c[3]), at.place)


def signed(at: At, c: Children) -> str:
    return "".join(c)


def action(at: At, c: Children) -> t.Action:
    name = c[0]
    clauses = [("note", t.Text(x.text, x.place), x.place) if isinstance(x, Note) else x for x in c[1:]]

    def only(word: str) -> Any:
        found = [(value, place) for key, value, place in clauses if key == word]
        return at_most_once(at, found, BY_SPELLING[word].zh, word)

    return t.Action(
        name=name,
        bearer=only("by"),
        patient=only("on"),
        legal_class=only("class"),
        combination=only("combine"),
        done=only("done"),
        done_on=only("doneon"),
        undone=only("undone"),
        leaves=only("leaves"),
        passes=only("passes"),
        note=only("note"),
        place=name.place,
    )


def by(at: At, c: Children) -> _Clause:
    return ("by", c[0], at.place)


def patient(at: At, c: Children) -> _Clause:
    return ("on", c[0], at.place)


def legal_class(at: At, c: Children) -> _Clause:
    return ("class", c[0], at.place)


def combined(at: At, c: Children) -> _Clause:
    return ("combine", c[0], at.place)


def done(at: At, c: Children) -> _Clause:
    return ("done", c[0], at.place)


def done_on(at: At, c: Children) -> _Clause:
    return ("doneon", c[0], at.place)


def undone(at: At, c: Children) -> _Clause:
    return ("undone", c[0], at.place)


def leaves(at: At, c: Children) -> _Clause:
    return ("leaves", t.Trace(c[0], c[1], at.place), at.place)


def passes(at: At, c: Children) -> _Clause:
    return ("passes", c[0], at.place)


def copied(at: At, c: Children) -> t.Name:
    """抄送, the one kind of passing on that is a keyword elsewhere."""
    return t.Name(BY_TERMINAL["_COPY"].en, at.place)


def category(at: At, c: Children) -> t.Category:
    return t.Category(c[0], c[1] is not None, note_of(c), c[0].place)


def combination(at: At, c: Children) -> str:
    return str(c[0].type)


def outcome(at: At, c: Children) -> t.Outcome:
    return t.Outcome(c[0], c[1], c[2], c[3], c[4], note_of(c), c[0].place)


def term(at: At, c: Children) -> t.Term:
    return t.Term(c[0], c[2], note_of(c), c[0].place)


def assumption(at: At, c: Children) -> t.Assumption:
    return t.Assumption(c[0], c[1], note_of(c), at.place)


def reading(at: At, c: Children) -> t.Reading:
    names = every(c, t.Name)
    citations = tuple(x for x in c if isinstance(x, t.Text) and not isinstance(x, Note))
    return t.Reading(names[0], names[1:], citations, note_of(c), names[0].place)


def horizon(at: At, c: Children) -> t.Horizon:
    return t.Horizon(c[0], c[1], at.place)


def note(at: At, c: Children) -> Note:
    return Note(c[0].text, c[0].place)
