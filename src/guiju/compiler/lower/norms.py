"""Rules to norms: each effect becomes one position on each question that it answers.

A bar "for 3 years from the listing date" forbids inside the window and gives the window's end: two norms. A
requirement forbids once for each condition that is missing. What the text leaves open becomes a ``Gap``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from guiju.compiler import kernel as k
from guiju.compiler.lower.expressions import Lowering, clipped_up
from guiju.dsl import typed as y
from guiju.dsl.tree import Modality
from guiju.dsl.types import Integer

_MODALITIES = {
    Modality.MUST: k.Modality.OBLIGED,
    Modality.MUST_NOT: k.Modality.FORBIDDEN,
    Modality.MAY: k.Modality.PERMITTED,
}
_STRENGTHS = {
    None: k.Strength.STRICT,
    "normally": k.Strength.IN_PRINCIPLE,
    "encouraged": k.Strength.ENCOURAGED,
}


@frozen
class Lowered:
    """What one rule became."""

    norms: tuple[k.Norm, ...]
    gaps: tuple[k.Gap, ...]
    hand_overs: tuple[k.HandOver, ...]


@frozen
class RuleLowering:
    """Lowers the rules of one instrument."""

    lowering: Lowering
    instrument: k.Instrument
    judgements: frozenset[str]
    actions: Mapping[str, y.Action]

    def lower(self, rule: y.Rule) -> Lowered:
        guard = k.conjunction(
            self.lowering.conjunction(rule.when),
            *(k.negation(self.lowering.lower(e)) for e in rule.unless),
        )
        found = [part for effect in rule.effects for part in self._effect(effect, rule, guard)]
        norms = [p for p in found if isinstance(p, k.Norm)]
        several = len(norms) > 1
        numbered = (evolve(n, id=f"{n.rule}/{i}" if several else n.rule) for i, n in enumerate(norms, 1))
        return Lowered(
            tuple(self._with_sources(n) for n in numbered),
            tuple(p for p in found if isinstance(p, k.Gap)),
            tuple(p for p in found if isinstance(p, k.HandOver)),
        )

    def _with_sources(self, norm: k.Norm) -> k.Norm:
        terms = (norm.guard, norm.law_date, *k.position_terms(norm.position))
        used = [e for term in terms for e in k.walk(term)]
        judgements = {e.name for e in used if isinstance(e, k.FactRef) and e.name in self.judgements}
        readings = {e.name for e in used if isinstance(e, k.ReadingRef)} | set(self.instrument.readings)
        return evolve(norm, judgements=tuple(sorted(judgements)), readings=tuple(sorted(readings)))

    # --- Effects

    def _effect(self, effect: y.Effect, rule: y.Rule, guard: k.Expr) -> Iterator[k.Norm | k.Gap | k.HandOver]:
        match effect:
            case y.Valued():
                yield from self._valued(effect, rule, guard)
            case y.Required():
                yield from self._required(effect, rule, guard)
            case y.Deontic():
                yield from self._deontic(effect, rule, guard)

    def _norm(
        self, rule: y.Rule, guard: k.Expr, question: k.Question, position: k.Position, start: k.Expr | None
    ) -> k.Norm:
        occurred = self.lowering.lower(rule.occurred) if rule.occurred is not None else None
        return k.Norm(
            id=rule.id,
            rule=rule.id,
            instrument=rule.instrument,
            citations=rule.citations,
            guard=guard,
            question=question,
            position=position,
            territory=rule.area or self.instrument.territory,
            law_date=occurred or start or k.Today(),
            strength=_STRENGTHS[rule.strength],
            standing=rule.standing,
            place=rule.place,
            note=rule.note,
        )

    def _gap(self, what: str, rule: y.Rule, subject: str, effect: y.Effect) -> k.Gap:
        modality = _MODALITIES[effect.modality] if isinstance(effect, y.Deontic) else None
        return k.Gap(
            what, rule.id, rule.instrument, rule.citations, subject, effect.place, rule.note, modality
        )

    def _valued(self, effect: y.Valued, rule: y.Rule, guard: k.Expr) -> Iterator[k.Norm | k.Gap]:
        question = k.WhichValue(effect.outcome)
        if isinstance(effect.value, y.Unstated):
            yield self._gap("value", rule, effect.outcome, effect)
            position = k.Answer(None)
        else:
            position = k.Answer(self.lowering.lower(effect.value))
        norm = self._norm(rule, guard, question, position, None)
        if effect.discretionary and norm.strength is k.Strength.STRICT:
            norm = evolve(norm, strength=k.Strength.DISCRETIONARY)
        yield norm

    def _required(self, effect: y.Required, rule: y.Rule, guard: k.Expr) -> Iterator[k.Norm | k.Gap]:
        if not effect.bearer:
            yield self._gap("bearer", rule, effect.action, effect)
        deed = k.Deed(self._bearer(effect), effect.action, effect.patient)
        for condition in effect.conditions:
            wanted = self.lowering.lower(condition)
            missing = k.conjunction(guard, k.negation(wanted))
            norm = self._norm(rule, missing, k.MayDo(deed), k.Modality.FORBIDDEN, None)
            yield evolve(norm, requirement=k.Requirement(guard, wanted))

    def _deontic(
        self, effect: y.Deontic, rule: y.Rule, guard: k.Expr
    ) -> Iterator[k.Norm | k.Gap | k.HandOver]:
        if not effect.bearer:
            yield self._gap("bearer", rule, effect.action, effect)
        deed = k.Deed(self._bearer(effect), effect.action, effect.patient)
        modality = _MODALITIES[effect.modality]
        if effect.recipient_unstated:
            yield self._gap("recipient", rule, effect.action, effect)
        if effect.to or effect.copy or effect.recipient_unstated:
            yield k.HandOver(rule.id, deed, effect.to, effect.copy)
        start: k.Expr | None = None
        if effect.within is not None and not isinstance(effect.within.start, y.Unstated):
            start = self.lowering.lower(effect.within.start)
        if effect.lasting is not None:
            yield from self._lasting(effect, effect.lasting, rule, guard, deed, modality)
        else:
            yield self._norm(rule, guard, k.MayDo(deed), modality, start)
        if effect.within is not None:
            yield from self._within(effect, effect.within, rule, guard, deed, start)
        if effect.due is not None:
            fixed = k.Span(k.Today(), self.lowering.lower(effect.due))
            yield self._norm(rule, guard, k.DueBy(deed), fixed, None)
        if effect.each is not None:
            running = guard if effect.lasting is None else self._running(effect.lasting, guard)
            yield from self._each(effect, effect.each, rule, running, deed)

    def _bearer(self, effect: y.Deontic | y.Required) -> str:
        """Who acts: where the text does not say, the one that the action is declared for."""
        return effect.bearer or self.actions[effect.action].bearer or ""

    def _lasting(
        self,
        effect: y.Deontic,
        lasting: y.Term,
        rule: y.Rule,
        guard: k.Expr,
        deed: k.Deed,
        modality: k.Modality,
    ) -> Iterator[k.Norm | k.Gap]:
        if isinstance(lasting.start, y.Unstated):
            yield self._gap("start", rule, effect.action, effect)
            start = None
        else:
            start = self.lowering.lower(lasting.start)
        if isinstance(lasting.amount, y.Unstated):
            yield self._gap("term", rule, effect.action, effect)
        yield self._norm(rule, self._running(lasting, guard), k.MayDo(deed), modality, start)
        if start is not None and not isinstance(lasting.amount, y.Unstated):
            yield self._norm(
                rule, guard, k.BarEnd(deed, modality.value), self._span(start, lasting.amount), start
            )

    def _running(self, lasting: y.Term, guard: k.Expr) -> k.Expr:
        """``guard`` and, as far as the text gives them, that the window has begun and has not ended."""
        if isinstance(lasting.start, y.Unstated):
            return guard
        start = self.lowering.lower(lasting.start)
        begun = k.conjunction(guard, k.Compare(k.Order.LE, start, k.Today()))
        if isinstance(lasting.amount, y.Unstated):
            return begun
        end = self._span(start, lasting.amount).end
        return k.conjunction(begun, k.Compare(k.Order.LE, k.Today(), end))

    def _within(
        self,
        effect: y.Deontic,
        within: y.Term,
        rule: y.Rule,
        guard: k.Expr,
        deed: k.Deed,
        start: k.Expr | None,
    ) -> Iterator[k.Norm | k.Gap]:
        amount = within.amount
        if isinstance(amount, y.Unstated | y.Endless):
            yield self._gap("deadline", rule, effect.action, effect)
        elif isinstance(amount.type, Integer) and amount.type.unit == "hours":
            answer = k.Answer(self.lowering.lower(amount))
            yield self._norm(rule, guard, k.DueWithin(deed), answer, start)
        elif start is None:
            yield self._gap("start", rule, effect.action, effect)
        else:
            yield self._norm(rule, guard, k.DueBy(deed), self._span(start, amount), start)

    def _each(
        self, effect: y.Deontic, each: y.Amount, rule: y.Rule, guard: k.Expr, deed: k.Deed
    ) -> Iterator[k.Norm | k.Gap]:
        if isinstance(each, y.Unstated | y.Endless):
            yield self._gap("period", rule, effect.action, effect)
            return
        assert isinstance(each.type, Integer)
        assert each.type.unit is not None
        answer = k.Answer(self.lowering.lower(each))
        yield self._norm(rule, guard, k.Recurs(deed, each.type.unit), answer, None)

    def _span(self, start: k.Expr, amount: y.Expr | y.Endless) -> k.Span:
        if isinstance(amount, y.Endless):
            return k.Span(start, k.Const(k.NEVER, k.Date()))
        assert isinstance(amount.type, Integer)
        by = self.lowering.lower(amount)
        match amount.type.unit:
            case "months":
                end: k.Expr = k.ShiftMonths(start, by)
                return k.Span(start, end, clipped_up(end))
            case "workdays":
                return k.Span(start, k.ShiftWorkdays(start, by))
            case _:
                return k.Span(start, k.ShiftDays(start, by))
