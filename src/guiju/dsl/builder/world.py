"""Declarations of the world: one function for each rule of this part of the grammar."""

from __future__ import annotations

from guiju.dsl import tree as t
from guiju.dsl.builder.at import At, Children, Note, at_most_once, every, note_of, unit
from guiju.dsl.source import Place


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
    name, bearer, patient, legal_class, combination, done, done_on, undone, leaves = c[:9]
    return t.Action(
        name, bearer, patient, legal_class, combination, done, done_on, undone, leaves, note_of(c), name.place
    )


def trace(at: At, c: Children) -> t.Trace:
    return t.Trace(c[0], c[1], at.place)


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
