"""From whether each norm applies to the verdict: the last stages of a query, on sets of norms.

The rules are ``docs/semantics.md`` §§6-7. A pair of norms that disagree whatever the case (a prohibition
and a permission, two different literals) is tested on the bits of the sets alone; a pair whose answers have
to be compared has a column for the comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from sqlglot import exp

from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    BarEnd,
    Const,
    Corpus,
    Date,
    DueBy,
    DueWithin,
    Integer,
    MayDo,
    Question,
    Recurs,
    Type,
    WhichValue,
)
from guiju.compiler.table import sql
from guiju.compiler.table.bits import Sets
from guiju.compiler.table.given import Added
from guiju.compiler.table.question import Asked
from guiju.compiler.table.sql import Sql, case, literal
from guiju.compiler.table.terms import Terms
from guiju.compiler.verdicts import Verdict


@frozen(eq=False)
class Answered:
    """The last stages of a question's query, and what it shows."""

    asked: Asked
    sets: Sets
    terms: Terms

    def stages(self) -> list[Added]:
        return [self._norms(), self._applying(), self._standing(), self._colliding(), self._verdict()]

    def shown(self, corpus: Corpus) -> Added:
        """The columns of the result."""
        ids: list[Sql] = [literal(norm.id) for norm in self.asked.norms]
        shown: Added = [
            ("verdict", exp.column("verdict")),
            ("grounds", self.sets.listed("resting", ids, "varchar")),
        ]
        for number, (name, type_) in enumerate(_answers(self.asked.question, corpus)):
            items = [self._item(norm, number) for norm in range(len(ids))]
            shown.append((name, self.sets.listed("resting", items, sql.type_name(type_))))
        return [
            *shown,
            *(
                (c, exp.column(c))
                for name in ("applying", "resting", "unsettled")
                for c in self.sets.columns(name)
            ),
        ]

    def _norms(self) -> Added:
        """Whether each norm applies, its terms, and what has to be compared of two."""
        added = [
            (f"applies{norm}", self.terms.of(applies).value)
            for norm, applies in enumerate(self.asked.applies)
            if applies not in (TRUE, FALSE)
        ]
        for norm, terms in enumerate(self.asked.terms):
            added += [
                (f"term{norm}_{number}", self.terms.of(term).value)
                for number, term in enumerate(terms)
                if not isinstance(term, Const)
            ]
        for (one, other), clash in self.asked.clashes.items():
            if clash != TRUE:
                added.append((f"clash{one}_{other}", self.terms.of(clash).value))
        return added

    def _applying(self) -> Added:
        return [
            *self._set("applying", map(_bigint, self.sets.of(self._applies))),
            *self._set("unsettled", map(_bigint, self.sets.of(self._is_open))),
        ]

    def _standing(self) -> Added:
        """Those that apply and are not beaten by another that applies and disagrees."""
        beaten = self.sets.of(self._is_beaten)
        return self._set(
            "standing",
            [
                exp.column(column)
                if bits == literal(0)
                else exp.Sub(this=exp.column(column), expression=sql.operand(bits))
                for column, bits in zip(self.sets.columns("applying"), beaten, strict=True)
            ],
        )

    def _colliding(self) -> Added:
        """Those that stand and disagree with another that stands."""
        return self._set("colliding", self._collisions())

    def _verdict(self) -> Added:
        """The verdict, and the norms that it rests on."""
        strict, lenient = self.asked.strict(), self.asked.lenient()
        everything = range(len(self.asked.norms))
        modal = isinstance(self.asked.question, MayDo)
        firm, soft, none = (
            (Verdict.INELIGIBLE, Verdict.DISCRETIONARY, Verdict.ELIGIBLE)
            if modal
            else (Verdict.ANSWERED, Verdict.DISCRETIONARY, Verdict.SILENT)
        )
        rungs: list[tuple[Sql, Verdict, list[Sql]]] = [
            (
                self.sets.meets("unsettled", everything),
                Verdict.UNDETERMINED,
                [literal(0) for _ in self.sets.words()],
            ),
            (
                self.sets.meets("colliding", everything),
                Verdict.IN_CONFLICT,
                self.sets.part("colliding", everything),
            ),
            (
                self.sets.meets("standing", strict),
                firm,
                self.sets.part("standing", strict if modal else everything),
            ),
            (
                self.sets.meets("standing", lenient),
                soft,
                self.sets.part("standing", lenient if modal else everything),
            ),
        ]
        rungs = [rung for rung in rungs if rung[0] != exp.false()]
        verdict = case(*((when.copy(), literal(v.value)) for when, v, _ in rungs), orelse=literal(none.value))
        resting = [
            case(*((when.copy(), rests[word]) for when, _, rests in rungs), orelse=exp.column(column))
            for word, column in enumerate(self.sets.columns("standing"))
        ]
        return [("verdict", verdict), *self._set("resting", resting)]

    def _collisions(self) -> list[Sql]:
        """By words, the standing norms that disagree with another; those with the same opponents together."""
        alike: dict[tuple[int, ...], list[int]] = {}
        found: list[list[Sql]] = [[] for _ in self.sets.words()]

        def add(norms: Sequence[int], collides: Sql) -> None:
            for word, part in enumerate(self.sets.part("standing", norms)):
                found[word].append(case((collides.copy(), part), orelse=literal(0)))

        for norm in range(len(self.asked.norms)):
            opponents = {
                other: clash
                for other in self._others(norm)
                if (clash := self.asked.clash(norm, other)) != FALSE
            }
            if opponents and all(clash == TRUE for clash in opponents.values()):
                alike.setdefault(tuple(opponents), []).append(norm)
            elif opponents:
                add([norm], self._any_disagrees("standing", norm, opponents))
        for others, norms in alike.items():
            add(norms, self.sets.meets("standing", others))
        return [sql.total(parts) for parts in found]

    def _is_beaten(self, norm: int) -> Sql:
        winners = self.asked.beaten_by.get(norm, ())
        if not winners:
            return exp.false()
        return sql.both(self.sets.meets("applying", [norm]), self._any_disagrees("applying", norm, winners))

    def _any_disagrees(self, name: str, norm: int, others: Iterable[int]) -> Sql:
        """Some of ``others`` is in the set ``name`` and disagrees with ``norm``, which is in it too."""
        always = [other for other in others if self.asked.clash(norm, other) == TRUE]
        perhaps = [other for other in others if other not in always]
        found = [self.sets.meets(name, always)] if always else []
        for other in perhaps:
            pair = f"clash{min(norm, other)}_{max(norm, other)}"
            found.append(sql.both(self.sets.meets(name, [other]), exp.column(pair)))
        return sql.any_of(found)

    def _others(self, norm: int) -> list[int]:
        return [other for other in range(len(self.asked.norms)) if other != norm]

    def _applies(self, norm: int) -> Sql:
        applies = self.asked.applies[norm]
        return literal(applies == TRUE) if applies in (TRUE, FALSE) else exp.column(f"applies{norm}")

    def _is_open(self, norm: int) -> Sql:
        applies = self._applies(norm)
        return sql.is_null(applies) if isinstance(applies, exp.Column) else exp.false()

    def _item(self, norm: int, number: int) -> Sql:
        terms = self.asked.terms[norm]
        if not terms:
            return exp.null()
        term = terms[number]
        return literal(term.value) if isinstance(term, Const) else exp.column(f"term{norm}_{number}")

    def _set(self, name: str, words: Iterable[Sql]) -> Added:
        return list(zip(self.sets.columns(name), words, strict=True))


def _bigint(bits: Sql) -> Sql:
    return exp.cast(bits, "bigint")


def _answers(question: Question, corpus: Corpus) -> list[tuple[str, Type]]:
    """What the result shows of the norms' positions: a column for each term of theirs."""
    match question:
        case MayDo():
            return []
        case BarEnd() | DueBy():
            return [("starts", Date()), ("ends", Date())]
        case DueWithin() | Recurs():
            return [("answers", Integer(0, 0))]
        case WhichValue(outcome):
            return [("answers", corpus.outcomes[outcome].type)]
