"""Instruments: one function for each rule of this part of the grammar."""

from __future__ import annotations

from guiju.dsl import tree as t
from guiju.dsl.builder.at import At, Children, Note, at_most_once, every, note_of


def instrument(at: At, c: Children) -> t.Instrument:
    clauses = (t.Text(x.text, x.place) if isinstance(x, Note) else x for x in c[1:])
    return t.Instrument(c[0], tuple(clauses), c[0].place)


def version(at: At, c: Children) -> t.Header:
    return t.Header("version", c[0], at.place)


def title(at: At, c: Children) -> t.Header:
    return t.Header("title", c[0], at.place)


def numbered(at: At, c: Children) -> t.Header:
    return t.Header("numbered", c[0], at.place)


def issuer(at: At, c: Children) -> t.Header:
    return t.Header("issuer", c[0], at.place)


def ranked(at: At, c: Children) -> t.Header:
    return t.Header("ranked", c[0], at.place)


def area(at: At, c: Children) -> t.Header:
    return t.Header("area", c[0], at.place)


def issued(at: At, c: Children) -> t.Header:
    return t.Header("issued", c[0], at.place)


def starts(at: At, c: Children) -> t.Header:
    return t.Header("starts", c[0], at.place)


def ends(at: At, c: Children) -> t.Header:
    return t.Header("ends", c[0], at.place)


def repeals(at: At, c: Children) -> t.Header:
    return t.Header("repeals", c[0], at.place)


def basis(at: At, c: Children) -> t.Basis:
    return t.Basis(c[0], c[1].date if c[1] else None, at.place)


def yields(at: At, c: Children) -> t.Yields:
    return t.Yields(c[0], at.place)


def prevails(at: At, c: Children) -> t.Prevails:
    return t.Prevails(c[0], c[1] or (), c[2], at.place)


def topic(at: At, c: Children) -> t.Topics:
    return t.Topics(c[0], at.place)


def annex(at: At, c: Children) -> t.Annex:
    return t.Annex(str(c[0]), c[1], c[2], c[3] is not None, at.place)


def contents(at: At, c: Children) -> t.Contents:
    return t.Contents(tuple(c), at.place)


def refers(at: At, c: Children) -> t.Reference:
    title, provisions, repealed, renamed, (_, citations, _place) = c
    return t.Reference(
        title, provisions or (), repealed.date if repealed else None, renamed, citations, at.place
    )


def provisions(at: At, c: Children) -> tuple[t.Text, ...]:
    return tuple(c)


def variants(at: At, c: Children) -> t.Variants:
    citations = c[-1][1] if c[-1] is not None else ()
    return t.Variants(c[0], tuple(c[1:-1]), citations, at.place)


def verified(at: At, c: Children) -> t.Verified:
    return t.Verified(c[0], at.place)


def power(at: At, c: Children) -> t.Power:
    cited = [x for x in c[2:] if isinstance(x, tuple)]
    rank = c[1] if isinstance(c[1], t.Name) else None
    known = at_most_once(at, [(x, x.place) for x in every(c, t.Verified)], "核实", "verified")
    citations = tuple(text for _, texts, _ in cited for text in texts)
    return t.Power(c[0], rank, citations, known, note_of(c), at.place)


def omit(at: At, c: Children) -> t.Omission:
    reason = next(i for i, x in enumerate(c) if isinstance(x, t.Name))
    return t.Omission(tuple(c[:reason]), c[reason], c[reason + 1], at.place)


def claim(at: At, c: Children) -> t.Claim:
    rest = [x for x in c if x is not None and not isinstance(x, Note)]
    return t.Claim(rest[0], tuple(rest[1:-1]), rest[-1], note_of(c), rest[0].place)
