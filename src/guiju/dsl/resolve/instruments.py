"""Resolving instruments: headers, claims, assumptions and omissions."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.around import World
from guiju.dsl.resolve.coverage import normalised
from guiju.dsl.resolve.standing import standing, standing_of
from guiju.dsl.resolve.symbols import Symbols, look_up, unknown
from guiju.dsl.source import Bilingual, Place


def instrument(id_: str, declaration: t.Instrument, world: World) -> y.Instrument | None:
    """The header of an instrument, or None when who issued it or where it applies is missing."""
    scope, bag = world.scope.within(id_), world.bag
    symbols = scope.symbols
    single: dict[str, t.Header] = {}
    for clause in declaration.clauses:
        if isinstance(clause, t.Header) and clause.key != "repeals":
            if clause.key in single:
                bag.error("E105", clause.place, "文件头中此项重复", "this clause stands twice in the header")
            single.setdefault(clause.key, clause)

    def text(key: str) -> str | None:
        value = single[key].value if key in single else None
        return value.text if isinstance(value, t.Text | t.Name) else None

    def named(key: str, table: Iterable[str], sort: str) -> str | None:
        value = single[key].value if key in single else None
        if not isinstance(value, t.Name):
            return None
        if value.text in table:
            return value.text
        unknown(value, sort, table, bag)
        return None

    issuer = named("issuer", symbols.authorities, "authority")
    territory = named("area", symbols.territories, "territory")
    for key, zh, value in (("issuer", "发布", issuer), ("area", "地域", territory)):
        if value is None and key not in single:
            bag.error(
                "E405",
                declaration.place,
                f"文件 {declaration.name.text} 缺少“{zh}”",
                f"instrument {declaration.name.text} does not say its {key}",
            )
    if issuer is None or territory is None:
        return None
    rank = named("ranked", symbols.ranks, "rank")
    if rank is None:
        home = _authority(issuer, symbols)
        rank = home.rank.text if home is not None and home.rank else None

    def day(key: str) -> y.Expr | None:
        value = single[key].value if key in single else None
        if value is None or isinstance(value, t.Unspecified | t.Text | t.Name):
            return None
        return scope.date(value)

    issued = single["issued"].value if "issued" in single else None
    return y.Instrument(
        id=id_,
        title=text("title") or declaration.name.text,
        number=text("numbered"),
        issuer=issuer,
        territory=territory,
        rank=rank,
        issued=issued.date if isinstance(issued, t.DateLiteral) else None,
        start=day("starts"),
        end=day("ends"),
        end_open="ends" in single and isinstance(single["ends"].value, t.Unspecified),
        topics=tuple(n.text for c in declaration.clauses if isinstance(c, t.Topics) for n in c.names),
        precedences=tuple(_precedences(declaration, world)),
        yields=next(
            (c.citation.text if c.citation else "" for c in declaration.clauses if isinstance(c, t.Yields)),
            None,
        ),
        bases=tuple(
            y.Basis(c.title.text, c.repealed, c.title.place)
            for c in declaration.clauses
            if isinstance(c, t.Basis)
        ),
        annexes=tuple(
            y.Annex(c.number, c.title.text, c.called.text if c.called else None, c.missing, c.title.place)
            for c in declaration.clauses
            if isinstance(c, t.Annex)
        ),
        contents=distinct_citations(
            (x for c in declaration.clauses if isinstance(c, t.Contents) for x in c.citations), "目录", bag
        ),
        references=tuple(
            y.Reference(
                c.title.text if c.title else None,
                tuple(p.text for p in c.provisions),
                c.repealed,
                c.renamed.text if c.renamed else None,
                tuple(x.text for x in c.citations),
                c.place,
            )
            for c in declaration.clauses
            if isinstance(c, t.Reference)
        ),
        variants=tuple(
            y.Variants(
                c.thing.text, tuple(n.text for n in c.names), tuple(x.text for x in c.citations), c.place
            )
            for c in declaration.clauses
            if isinstance(c, t.Variants)
        ),
        standing=standing_of(declaration.clauses, bag),
        place=declaration.place,
    )


def _authority(name: str, symbols: Symbols) -> t.Authority | None:
    """The authority that ``name`` is, or that it is a department of."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        match symbols.authorities.get(name):
            case t.Authority() as found:
                return found
            case t.Department(_, home):
                name = home.text
            case None:
                return None
    return None


def _precedences(declaration: t.Instrument, world: World) -> Iterable[y.Precedence]:
    for clause in declaration.clauses:
        if isinstance(clause, t.Prevails):
            for issuer in clause.issuers:
                look_up(issuer, world.scope.symbols.authorities, "authority", world.bag)
            yield y.Precedence(
                tuple(n.text for n in clause.issuers),
                tuple(n.text for n in clause.topics),
                clause.citation.text if clause.citation else "",
                clause.place,
            )


def distinct_citations(citations: Iterable[t.Text], where: str, bag: Bag) -> tuple[str, ...]:
    """The texts of ``citations``; one that stands twice is reported."""
    seen: dict[str, Place] = {}
    texts: list[str] = []
    for citation in citations:
        same = normalised(citation.text)
        if same in seen:
            bag.error(
                "E404",
                citation.place,
                f"{where}中 {citation.text} 出现了两次",
                f"{citation.text} is cited twice",
                related=((seen[same], Bilingual("第一次在这里", "first here")),),
            )
        else:
            seen[same] = citation.place
            texts.append(citation.text)
    return tuple(texts)


def power(home: str, declaration: t.Power, header: y.Instrument, world: World) -> y.Power:
    symbols, bag = world.scope.symbols, world.bag
    for name in declaration.classes:
        look_up(name, symbols.categories, "category", bag)
    if declaration.rank is not None:
        look_up(declaration.rank, symbols.ranks, "rank", bag)
    return y.Power(
        classes=tuple(n.text for n in declaration.classes),
        rank=declaration.rank.text if declaration.rank else None,
        instrument=home,
        citations=distinct_citations(declaration.citations, "同一权限", bag),
        standing=standing(declaration.verified, header.standing, bag),
        note=declaration.note.text if declaration.note else "",
        place=declaration.place,
    )


def claim(home: str, declaration: t.Claim, world: World) -> y.Claim | None:
    typed = world.scope.within(home).boolean(declaration.expr)
    citations = tuple(c.text for c in declaration.citations)
    if typed is None:
        return None
    return y.Claim(declaration.label.text, home, citations, typed, declaration.place)


def assumption(home: str | None, declaration: t.Assumption, world: World) -> y.Assumption | None:
    typed = world.scope.within(home).boolean(declaration.expr)
    label = declaration.label.text if declaration.label else ""
    return y.Assumption(label, typed, declaration.place) if typed is not None else None


def omission(home: str, declaration: t.Omission) -> y.Omission:
    citations = tuple(c.text for c in declaration.citations)
    remark = declaration.remark.text if declaration.remark else ""
    return y.Omission(home, citations, declaration.because.text, remark, declaration.place)
