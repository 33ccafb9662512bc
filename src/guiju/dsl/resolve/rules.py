"""Resolving instruments: headers, rules with their effects, claims, omissions and examples."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.expressions import Scope, reading_type, resolve_record
from guiju.dsl.resolve.symbols import look_up, unknown
from guiju.dsl.resolve.world import actor_name
from guiju.dsl.source import Bilingual, Place


@frozen
class World:
    """What the rules are resolved against."""

    scope: Scope
    actions: dict[str, y.Action]
    outcomes: dict[str, y.Outcome]

    @property
    def bag(self) -> Bag:
        return self.scope.bag


# --- Instruments ---------------------------------------------------------------------------------


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
        home = symbols.authorities[issuer]
        rank = home.rank.text if isinstance(home, t.Authority) and home.rank else None

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
        contents=_distinct_citations(
            (x for c in declaration.clauses if isinstance(c, t.Contents) for x in c.citations), "目录", bag
        ),
        place=declaration.place,
    )


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


def _distinct_citations(citations: Iterable[t.Text], where: str, bag: Bag) -> tuple[str, ...]:
    seen: dict[str, Place] = {}
    for citation in citations:
        if citation.text in seen:
            bag.error(
                "E404",
                citation.place,
                f"{where}中 {citation.text} 出现了两次",
                f"{citation.text} is cited twice",
                related=((seen[citation.text], Bilingual("第一次在这里", "first here")),),
            )
        seen.setdefault(citation.text, citation.place)
    return tuple(seen)


# --- Rules ---------------------------------------------------------------------------------------


def rule(id_: str, home: str, declaration: t.Rule, world: World) -> y.Rule:
    """A rule with what of it could be resolved; the rest was reported."""
    scope, bag = world.scope.within(home), world.bag
    if not declaration.effects:
        bag.error(
            "E407",
            declaration.place,
            f"规则 {declaration.name.text} 没有“则”",
            f"rule {declaration.name.text} has no effect ('then')",
        )
    if declaration.area is not None:
        look_up(declaration.area, scope.symbols.territories, "territory", bag)
    when = [scope.boolean(e) for e in declaration.when]
    unless = [scope.boolean(e) for e in declaration.unless]
    effects = [_effect(e, home, world) for e in declaration.effects]
    return y.Rule(
        id=id_,
        name=declaration.name.text,
        instrument=home,
        citations=_distinct_citations(declaration.citations, "同一规则", bag),
        group=declaration.group.text if declaration.group else None,
        area=declaration.area.text if declaration.area else None,
        when=tuple(e for e in when if e is not None),
        unless=tuple(e for e in unless if e is not None),
        occurred=scope.date(declaration.occurred) if declaration.occurred is not None else None,
        effects=tuple(e for e in effects if e is not None),
        overrides=tuple(o for ref in declaration.overrides for o in _overridden(ref, home, world)),
        strength=declaration.strength,
        note=declaration.note.text if declaration.note else "",
        place=declaration.place,
    )


def _overridden(ref: t.Ref, home: str, world: World) -> Iterable[str]:
    """The ids of the rule, or of the rules of the group, that an override names."""
    rules = world.scope.symbols.rules
    for id_ in (ref.text, f"{home}.{ref.text}"):
        if id_ in rules:
            return [id_]
    instrument_name, _, group = ref.text.rpartition(".")
    members = [
        id_
        for id_, r in rules.items()
        if r.group is not None and r.group.text == group and id_.startswith(f"{instrument_name or home}.")
    ]
    if not members:
        local = [id_.removeprefix(f"{home}.") for id_ in rules]
        unknown(ref, "rule", local, world.bag)
    return members


def _effect(effect: t.Effect, home: str, world: World) -> y.Effect | None:
    scope, bag = world.scope.within(home), world.bag
    match effect:
        case t.Deontic():
            return _deontic(effect, scope, world)
        case t.Valued(ref, value, discretionary, place):
            outcome = _outcome(ref, world)
            if outcome is None:
                return None
            if isinstance(value, t.Unspecified):
                return y.Valued(outcome.name, y.UNSTATED, discretionary, place)
            typed = scope.check(value, outcome.type)
            return y.Valued(outcome.name, typed, discretionary, place) if typed is not None else None
        case t.Required(actor, ref, condition, place):
            action = _action(ref, world)
            if action is None:
                return None
            parts = condition.args if _is_conjunction(condition) else (condition,)  # type: ignore[union-attr]  # a Logic
            conditions = [scope.boolean(part) for part in parts]
            bearer = _bearer(actor, action, ref.place, scope, bag)
            if any(c is None for c in conditions):
                return None
            sound = tuple(c for c in conditions if c is not None)
            return y.Required(bearer, action.name, action.patient or "", sound, place)


def _is_conjunction(expr: t.Expr) -> bool:
    return isinstance(expr, t.Logic) and expr.connective is t.Connective.AND


def _action(ref: t.Ref, world: World) -> y.Action | None:
    found = world.actions.get(ref.text)
    if found is None:
        unknown(ref, "action", world.actions, world.bag)
    return found


def _outcome(ref: t.Ref, world: World) -> y.Outcome | None:
    found = world.outcomes.get(ref.text)
    if found is None and ref.text not in world.scope.symbols.outcomes:
        unknown(ref, "outcome", world.scope.symbols.outcomes, world.bag)
    return found


def _bearer(actor: t.Actor, action: y.Action, place: Place, scope: Scope, bag: Bag) -> str:
    if isinstance(actor, t.Unspecified):
        return ""
    name = actor_name(actor, scope.symbols, bag)
    if name and action.bearer and action.bearer != name and not _part_of(name, action.bearer, scope):
        bag.error(
            "E411",
            place,
            f"行为 {action.name} 的主体是 {action.bearer}，不是 {name}",
            f"the bearer of {action.name} is {action.bearer}, not {name}",
        )
    return name


def _part_of(name: str, whole: str, scope: Scope) -> bool:
    home = scope.symbols.authorities.get(name)
    return isinstance(home, t.Department) and home.authority.text == whole


def _deontic(effect: t.Deontic, scope: Scope, world: World) -> y.Deontic | None:
    bag = world.bag
    action = _action(effect.action, world)
    if action is None:
        return None
    bearer = _bearer(effect.actor, action, effect.actor.place, scope, bag)
    patient = action.patient or ""
    to: list[str] = []
    copy: list[str] = []
    recipient_unstated = False
    within = lasting = None
    due: y.Expr | None = None
    each: y.Amount | None = None
    seen: set[type] = set()
    for part in effect.parts:
        if type(part) in seen and not isinstance(part, t.Recipients):
            bag.error("E105", part.place, "同一效果中此项重复", "this part stands twice in one effect")
        seen.add(type(part))
        match part:
            case t.On(actor):
                patient = actor_name(actor, scope.symbols, bag)
            case t.Recipients(actors, is_copy):
                names = [actor_name(a, scope.symbols, bag) for a in actors]
                (copy if is_copy else to).extend(n for n in names if n)
                recipient_unstated |= any(isinstance(a, t.Unspecified) for a in actors)
            case t.Within(amount, start, place):
                within = y.Term(_amount(amount, scope), _start(start, scope), place)
            case t.Lasting(amount, start, place):
                lasting = y.Term(_amount(amount, scope), _start(start, scope), place)
            case t.Due(date):
                due = scope.date(date)
            case t.Each(period):
                each = _amount(period, scope)
    if effect.modality is not t.Modality.MUST and (within or due or each):
        bag.error(
            "E408",
            effect.place,
            "只有义务（应）才有时限",
            "only a duty (must) has a deadline or a period",
            Bilingual("禁止或许可的期间写作“期 … 自 …”", "the length of a bar is written 'for ... from ...'"),
        )
        return None
    return y.Deontic(
        bearer,
        effect.modality,
        action.name,
        patient,
        tuple(to),
        tuple(copy),
        recipient_unstated,
        within,
        due,
        lasting,
        each,
        effect.place,
    )


def _amount(amount: t.Open, scope: Scope) -> y.Amount:
    match amount:
        case t.Unspecified():
            return y.UNSTATED
        case t.Forever():
            return y.ENDLESS
        case _:
            return scope.duration(amount) or y.UNSTATED


def _start(start: t.Open | None, scope: Scope) -> y.Expr | y.Unstated:
    if start is None or isinstance(start, t.Unspecified):
        return y.UNSTATED
    return scope.date(start) or y.UNSTATED


# --- Claims, assumptions, omissions and examples --------------------------------------------------


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


def example(home: str | None, declaration: t.Example, world: World) -> y.Example | None:
    """An example whose given values fit their facts; None after reporting what does not."""
    scope, bag = world.scope.within(home), world.bag
    symbols = scope.symbols
    if not declaration.expected:
        bag.error(
            "E410",
            declaration.place,
            "例没有写“应得”：什么也没有检验",
            "the example expects nothing: it tests nothing",
        )
        return None
    facts: dict[str, y.Expr] = {}
    records: dict[str, tuple[dict[str, y.Expr], ...]] = {}
    readings: dict[str, str] = {}
    for given in declaration.given:
        if isinstance(given.value, tuple):
            record = resolve_record(given.ref, symbols, bag)
            if record is not None:
                records[record] = tuple(_row(r, record, scope) for r in given.value)
            continue
        if given.ref.text in symbols.readings:
            chosen = scope.check(given.value, reading_type(symbols.readings[given.ref.text]))
            if isinstance(chosen, y.Literal):
                readings[given.ref.text] = str(chosen.value)
            continue
        name = given.ref.text if given.ref.text in symbols.facts else None
        short = symbols.short_facts.get(given.ref.text, [])
        if name is None and len(short) == 1:
            name = short[0]
        if name is None or name not in scope.fact_types:
            unknown(given.ref, "fact", [*symbols.facts, *symbols.short_facts], bag)
            continue
        typed = scope.check(given.value, scope.fact_types[name])
        if typed is not None:
            facts[name] = typed
    if declaration.date is None or declaration.area is None:
        bag.error(
            "E410",
            declaration.place,
            "例须写明日期（于）和地点（地域）",
            "an example needs a date ('asof') and a place ('area')",
        )
        return None
    if look_up(declaration.area, symbols.territories, "territory", bag) is None:
        return None
    expected = [_expected(e, scope, world) for e in declaration.expected]
    return y.Example(
        declaration.label.text,
        home,
        declaration.date,
        declaration.area.text,
        facts,
        records,
        readings,
        tuple(e for e in expected if e is not None),
        declaration.place,
    )


def _row(row: t.Row, record: str, scope: Scope) -> dict[str, y.Expr]:
    found: dict[str, y.Expr] = {}
    fields = scope.field_types[record]
    for name, value in row.fields:
        type_ = look_up(name, fields, "field", scope.bag)
        typed = scope.check(value, type_) if type_ is not None else None
        if typed is not None:
            found[name.text] = typed
    return found


def _expected(expected: t.Expected, scope: Scope, world: World) -> y.ExpectedPosition | None:
    match expected:
        case t.ExpectDeontic(actor, modality, ref, patient, place):
            action = _action(ref, world)
            if action is None:
                return None
            bearer = actor_name(actor, scope.symbols, world.bag)
            on = (
                actor_name(patient, scope.symbols, world.bag) if patient is not None else action.patient or ""
            )
            return y.ExpectedPosition(bearer, action.name, on, "", modality, None, False, place)
        case t.ExpectValue(ref, value, place):
            outcome = _outcome(ref, world)
            typed = scope.check(value, outcome.type) if outcome is not None else None
            if outcome is None or typed is None:
                return None
            return y.ExpectedPosition("", "", "", outcome.name, None, typed, False, place)
        case t.ExpectConflict(ref, place) | t.ExpectSilent(ref, place):
            conflict = isinstance(expected, t.ExpectConflict)
            if ref.text in world.outcomes:
                return y.ExpectedPosition("", "", "", ref.text, None, None, conflict, place)
            action = world.actions.get(ref.text)
            if action is None:
                unknown(ref, "outcome", [*world.outcomes, *world.actions], world.bag)
                return None
            bearer, patient_name = action.bearer or "", action.patient or ""
            return y.ExpectedPosition(bearer, action.name, patient_name, "", None, None, conflict, place)
