"""Resolving rules and their effects."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.around import World, action_of, outcome_of
from guiju.dsl.resolve.expressions import Scope
from guiju.dsl.resolve.instruments import distinct_citations
from guiju.dsl.resolve.standing import standing
from guiju.dsl.resolve.symbols import look_up, unknown
from guiju.dsl.resolve.world import actor_name
from guiju.dsl.source import Bilingual, Place
from guiju.dsl.types import Integer


def rule(id_: str, home: str, declaration: t.Rule, header: y.Instrument | None, world: World) -> y.Rule:
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
        citations=distinct_citations(declaration.citations, "同一规则", bag),
        group=declaration.group.text if declaration.group else None,
        area=declaration.area.text if declaration.area else None,
        when=tuple(e for e in when if e is not None),
        unless=tuple(e for e in unless if e is not None),
        occurred=scope.date(declaration.occurred) if declaration.occurred is not None else None,
        effects=tuple(e for e in effects if e is not None),
        overrides=tuple(o for ref in declaration.overrides for o in _overridden(ref, id_, home, world)),
        strength=declaration.strength,
        standing=standing(declaration.verified, y.Standing.READ if header is None else header.standing, bag),
        note=declaration.note.text if declaration.note else "",
        place=declaration.place,
    )


def _overridden(ref: t.Ref, own: str, home: str, world: World) -> Iterable[str]:
    """The ids of the rule, or of the rules of the group, that an override names, in every version of it."""
    rules = world.scope.symbols.rules
    instrument_name, _, name = ref.text.rpartition(".")

    def is_meant(id_: str) -> bool:
        of = id_.rpartition(".")[0]
        return of in (instrument_name or home,) or of.split("@")[0] == instrument_name

    near = [id_ for id_ in rules if is_meant(id_)]
    found = [id_ for id_ in near if id_.rpartition(".")[2] == name]
    if own in found:
        world.bag.error("E415", ref.place, "规则优先于自己", "a rule cannot override itself")
    if not found:
        in_group = [id_ for id_ in near if (group := rules[id_].group) is not None and group.text == name]
        found = [id_ for id_ in in_group if id_ != own]
    if not found:
        local = [id_.removeprefix(f"{home}.") for id_ in rules]
        unknown(ref, "rule", local, world.bag)
    return found


def _effect(effect: t.Effect, home: str, world: World) -> y.Effect | None:
    scope, bag = world.scope.within(home), world.bag
    match effect:
        case t.Deontic():
            return _deontic(effect, scope, world)
        case t.Valued(ref, value, discretionary, place):
            outcome = outcome_of(ref, world)
            if outcome is None:
                return None
            if isinstance(value, t.Unspecified):
                return y.Valued(outcome.name, y.UNSTATED, discretionary, place)
            typed = scope.check(value, outcome.type)
            return y.Valued(outcome.name, typed, discretionary, place) if typed is not None else None
        case t.Required(actor, ref, condition, place):
            action = action_of(ref, world)
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
    action = action_of(effect.action, world)
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
                lasting = y.Term(_days(amount, scope), _start(start, scope), place)
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


def _days(amount: t.Open, scope: Scope) -> y.Amount:
    """The length of a window: a bar begins and ends with a day, so hours cannot measure it."""
    found = _amount(amount, scope)
    if isinstance(found, y.Expr) and isinstance(found.type, Integer) and found.type.unit == "hours":
        scope.bag.error(
            "E304",
            found.place,
            "期间以日起止，不能用小时",
            "a period begins and ends with a day: it cannot be in hours",
            Bilingual(
                "例如 1日；时限（限）可以用小时", "such as 1 days; a deadline ('within') may be in hours"
            ),
        )
    return found


def _start(start: t.Open | None, scope: Scope) -> y.Expr | y.Unstated:
    if start is None or isinstance(start, t.Unspecified):
        return y.UNSTATED
    return scope.date(start) or y.UNSTATED
