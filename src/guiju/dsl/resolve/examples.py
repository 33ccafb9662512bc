"""Resolving examples: given values that fit their facts, expectations that name real questions."""

from __future__ import annotations

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.around import World, action_of, outcome_of
from guiju.dsl.resolve.expressions import Scope, reading_type, resolve_record
from guiju.dsl.resolve.symbols import Symbols, look_up, unknown
from guiju.dsl.resolve.world import actor_name
from guiju.dsl.source import Bilingual, Place


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
    given_before: dict[str, Place] = {}
    for given in declaration.given:
        _once(given.ref, symbols, given_before, bag)
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
        if name is None and len(short) > 1:
            scope.ambiguous(given.ref, short)
            continue
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


def _once(ref: t.Ref, symbols: Symbols, before: dict[str, Place], bag: Bag) -> None:
    """Report a fact, record or reading that an example gives twice."""
    short = [*symbols.short_facts.get(ref.text, ()), *symbols.short_records.get(ref.text, ())]
    name = short[0] if len(short) == 1 else ref.text
    if name in before:
        bag.error(
            "E202",
            ref.place,
            f"例中 {ref.text} 给了两次",
            f"the example gives {ref.text} twice",
            related=((before[name], Bilingual("第一次在这里", "first here")),),
        )
    before.setdefault(name, ref.place)


def _row(row: t.Row, record: str, scope: Scope) -> dict[str, y.Expr]:
    found: dict[str, y.Expr] = {}
    fields = scope.field_types[record]
    for name, value in row.fields:
        if name.text in found:
            scope.bag.error("E202", name.place, f"{name.text} 给了两次", f"{name.text} is given twice")
        type_ = look_up(name, fields, "field", scope.bag)
        typed = scope.check(value, type_) if type_ is not None else None
        if typed is not None:
            found[name.text] = typed
    return found


def _expected(expected: t.Expected, scope: Scope, world: World) -> y.ExpectedPosition | None:
    match expected:
        case t.ExpectDeontic(actor, modality, ref, patient, last_day, place):
            action = action_of(ref, world)
            if action is None:
                return None
            bearer = actor_name(actor, scope.symbols, world.bag)
            on = (
                actor_name(patient, scope.symbols, world.bag) if patient is not None else action.patient or ""
            )
            last = scope.date(last_day.date) if last_day is not None else None
            if last_day is not None and (last is None or not _may_end(last_day, modality, world.bag)):
                return None
            until, due = (None, last) if isinstance(last_day, t.Due) else (last, None)
            return y.ExpectedPosition(bearer, action.name, on, "", modality, None, False, place, until, due)
        case t.ExpectValue(ref, value, place):
            outcome = outcome_of(ref, world)
            if outcome is None:
                return None
            if isinstance(value, t.Unspecified):
                return y.ExpectedPosition("", "", "", outcome.name, None, y.UNSTATED, False, place)
            typed = scope.check(value, outcome.type)
            if typed is None:
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


def _may_end(last_day: t.Until | t.Due, modality: t.Modality, bag: Bag) -> bool:
    """Whether such a norm can have that last day: only a duty has a deadline; reported where not."""
    if isinstance(last_day, t.Until) or modality is t.Modality.MUST:
        return True
    bag.error(
        "E408",
        last_day.place,
        "只有义务（应）才有时限",
        "only a duty (must) has a deadline",
        Bilingual(
            "禁止或许可的最后一天写作“至 日期”", "the last day of a bar or permission is written 'until DATE'"
        ),
    )
    return False
