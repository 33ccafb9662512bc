"""Rules: one function for each rule of this part of the grammar.

A clause is first a triple of its key, its value and its place; ``rule`` then gathers them.
"""

from __future__ import annotations

from typing import Any

from guiju.dsl import tree as t
from guiju.dsl.builder.at import At, Children, Note, at_most_once
from guiju.dsl.source import Place

_Clause = tuple[str, Any, Place]

_MODALITIES = {"MUST": t.Modality.MUST, "MUST_NOT": t.Modality.MUST_NOT, "MAY": t.Modality.MAY}


def rule(at: At, c: Children) -> t.Rule:
    name, clauses = c[0], [_clause(x) for x in c[1:]]

    def only(key: str, zh: str) -> Any:
        return at_most_once(at, [(value, place) for k, value, place in clauses if k == key], zh, key)

    def all_of(key: str) -> tuple[Any, ...]:
        return tuple(value for k, value, _ in clauses if k == key)

    return t.Rule(
        name=name,
        citations=tuple(x for group in all_of("cites") for x in group),
        group=only("group", "组"),
        area=only("area", "地域"),
        when=all_of("when"),
        unless=all_of("unless"),
        occurred=only("occurred", "事发"),
        effects=all_of("then"),
        overrides=tuple(x for group in all_of("overrides") for x in group),
        strength=only("strength", "原则上、鼓励"),
        verified=only("verified", "核实"),
        note=only("note", "注"),
        place=name.place,
    )


def _clause(built: Any) -> _Clause:
    match built:
        case t.Header():  # the clause that instruments and examples have too
            return (built.key, built.value, built.place)
        case t.Verified():
            return ("verified", built, built.place)
        case Note():
            return ("note", t.Text(built.text, built.place), built.place)
        case _:
            clause: _Clause = built
            return clause


def cites(at: At, c: Children) -> _Clause:
    return ("cites", tuple(c), at.place)


def group(at: At, c: Children) -> _Clause:
    return ("group", c[0], at.place)


def when(at: At, c: Children) -> _Clause:
    return ("when", c[0], at.place)


def unless(at: At, c: Children) -> _Clause:
    return ("unless", c[0], at.place)


def occurred(at: At, c: Children) -> _Clause:
    return ("occurred", c[0], at.place)


def then(at: At, c: Children) -> _Clause:
    return ("then", c[0], at.place)


def overrides(at: At, c: Children) -> _Clause:
    return ("overrides", tuple(c), at.place)


def normally(at: At, c: Children) -> _Clause:
    return ("strength", "normally", at.place)


def encouraged(at: At, c: Children) -> _Clause:
    return ("strength", "encouraged", at.place)


def deontic(at: At, c: Children) -> t.Deontic:
    return t.Deontic(c[0], c[1], c[2], tuple(c[3:]), at.place)


def modality(at: At, c: Children) -> t.Modality:
    return _MODALITIES[c[0].type]


def valued(at: At, c: Children) -> t.Valued:
    return t.Valued(c[0], c[1], False, at.place)


def may_valued(at: At, c: Children) -> t.Valued:
    return t.Valued(c[1], c[2], True, at.place)


def required(at: At, c: Children) -> t.Required:
    return t.Required(c[0], c[1], c[2], at.place)


def actor(at: At, c: Children) -> t.Actor:
    # The tree holds an actor either as a name or as the token of 未定.
    return c[0] if isinstance(c[0], t.Name) else t.Unspecified(at.place)


def actors(at: At, c: Children) -> tuple[t.Actor, ...]:
    return tuple(c)


def unspecified(at: At, c: Children) -> t.Unspecified:
    return t.Unspecified(at.place)


def on(at: At, c: Children) -> t.On:
    return t.On(c[0], at.place)


def to(at: At, c: Children) -> t.Recipients:
    return t.Recipients(c[0], False, at.place)


def copy(at: At, c: Children) -> t.Recipients:
    return t.Recipients(c[0], True, at.place)


def within(at: At, c: Children) -> t.Within:
    return t.Within(c[0], c[1], at.place)


def due(at: At, c: Children) -> t.Due:
    return t.Due(c[0], at.place)


def lasting(at: At, c: Children) -> t.Lasting:
    return t.Lasting(c[0], c[1], at.place)


def each(at: At, c: Children) -> t.Each:
    return t.Each(c[0], at.place)
