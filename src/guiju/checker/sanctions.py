"""Sanctions: which norms impose an adverse consequence, on whom, and because of which facts.

A norm is a sanction iff it binds, the category of its act or outcome is declared as one, and it burdens
somebody: it answers an outcome, bars a party from an act, or has an act done to a party. A condition of
admission bars too but sanctions nothing. The end of a bar's window belongs to the bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from guiju.compiler.kernel import (
    AtLeast,
    Corpus,
    Date,
    Deed,
    Expr,
    Extreme,
    Fact,
    FactRef,
    MayDo,
    Modality,
    Norm,
    Question,
    WhichValue,
    binds,
    walk,
)
from guiju.dsl.source import Bilingual


def is_sanction(norm: Norm, corpus: Corpus) -> bool:
    """Whether ``norm`` imposes an adverse consequence."""
    return binds(norm) and imposes(norm, corpus)


def imposes(norm: Norm, corpus: Corpus) -> bool:
    """The same, also of what does not bind: a text that only may be law."""
    if norm.requirement is not None or not of_a_sanction(norm.question, corpus):
        return False
    match norm.question:
        case WhichValue():
            return True
        case MayDo(deed):
            if norm.position is Modality.FORBIDDEN:
                return deed.bearer in corpus.entities
            return deed.bearer not in corpus.entities or _patient(deed, corpus) not in ("", deed.bearer)
        case _:
            return False


def of_a_sanction(question: Question, corpus: Corpus) -> bool:
    """Whether what ``question`` asks about is of a category that is declared as a sanction."""
    match question:
        case WhichValue(outcome):
            name = corpus.outcomes[outcome].legal_class
        case _:
            name = corpus.actions[question.deed.action].legal_class
    category = corpus.categories.get(name) if name is not None else None
    return category is not None and category.sanction


def sanctioned(norm: Norm, corpus: Corpus) -> frozenset[str]:
    """The parties that a sanction burdens: where it does not say, those whose conduct it is about."""
    if isinstance(norm.question, MayDo):
        deed = norm.question.deed
        barred = norm.position is Modality.FORBIDDEN
        named = deed.bearer if barred else _patient(deed, corpus)
        if named in corpus.entities:
            return frozenset({named})
    return frozenset(entity_of(name) for name in conduct([norm.guard], corpus)) & set(corpus.entities)


def bearer(norm: Norm) -> str:
    """Who is to do or not to do what ``norm`` is about; empty where it is about a value."""
    return "" if isinstance(norm.question, WhichValue) else norm.question.deed.bearer


def entity_of(name: str) -> str:
    """Whose fact or record it is."""
    return name.partition(".")[0]


def conduct(exprs: Iterable[Expr], corpus: Corpus) -> frozenset[str]:
    """The facts and records of conduct that ``exprs`` speak of: neither background nor mere dates."""
    return frozenset(name for name in mentioned(exprs) if _is_conduct(corpus.facts.get(name)))


def mentioned(exprs: Iterable[Expr]) -> frozenset[str]:
    """The facts and records that ``exprs`` speak of."""
    return frozenset(_names(exprs))


def citing(norms: Sequence[Norm]) -> list[Norm]:
    """The first norm of each rule, in order."""
    first: dict[str, Norm] = {}
    for norm in norms:
        first.setdefault(norm.rule, norm)
    return list(first.values())


def listed(rules: Sequence[Norm]) -> Bilingual:
    """The provisions of some rules, the first of many."""
    cited = list(dict.fromkeys(c for n in rules for c in n.citations or (n.rule,)))
    named = cited[:6]
    if len(cited) == len(named):
        return Bilingual("、".join(named), ", ".join(named))
    return Bilingual(
        f"{'、'.join(named)}等 {len(cited)} 处", f"{', '.join(named)} and {len(cited) - len(named)} more"
    )


def _names(exprs: Iterable[Expr]) -> Iterator[str]:
    for expr in exprs:
        for part in walk(expr):
            match part:
                case FactRef(name):
                    yield name
                case AtLeast(record=record) | Extreme(record=record):
                    yield record
                case _:
                    pass


def _is_conduct(fact: Fact | None) -> bool:
    return fact is None or not (fact.background or isinstance(fact.type, Date))


def _patient(deed: Deed, corpus: Corpus) -> str:
    return deed.patient or corpus.actions[deed.action].patient or ""
