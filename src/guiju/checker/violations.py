"""Violations: in which cases a duty, a ban or a requirement is broken.

An action says when it was done and when it was left undone; without that no fact of a case tells that a norm
about it was broken, and there is no such condition.
"""

from __future__ import annotations

from guiju.checker.sanctions import conduct, imposes, mentioned
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Corpus,
    Expr,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    conjunction,
    negation,
)


def is_duty(norm: Norm, corpus: Corpus) -> bool:
    """Whether ``norm`` asks something of a party: a duty, a ban or a requirement, and no sanction itself."""
    return (
        isinstance(norm.question, MayDo)
        and norm.question.deed.bearer in corpus.entities
        and norm.position in (Modality.OBLIGED, Modality.FORBIDDEN)
        and not imposes(norm, corpus)
    )


def breach(norm: Norm, corpus: Corpus) -> Expr | None:
    """The conduct that breaks ``norm`` where it applies; None where no fact of a case shows it."""
    if not isinstance(norm.question, MayDo):
        return None
    action = corpus.actions[norm.question.deed.action]
    if norm.position is Modality.FORBIDDEN:
        return action.done
    if norm.position is not Modality.OBLIGED:
        return None
    if action.undone is not None:
        return action.undone
    return negation(action.done) if action.done is not None else None


def broken(norm: Norm, corpus: Corpus) -> Expr | None:
    """The condition that the facts break ``norm``, whatever the date.

    A duty is broken while it is in force and answered for later; which of the two ``Today`` is, is left open.
    """
    how = breach(norm, corpus)
    return None if how is None else conjunction(InTerritory(norm.territory), norm.guard, how)


def violated(norm: Norm, corpus: Corpus) -> Expr | None:
    """The condition that ``norm`` applies and is broken; None where no fact of a case shows it."""
    how = breach(norm, corpus)
    return None if how is None else conjunction(formulas.applicable(norm, corpus), how)


def facts_of_the_breach(norm: Norm, corpus: Corpus) -> frozenset[str]:
    """What would have to be otherwise for ``norm`` to be kept: the conduct, what a requirement asks for."""
    how = breach(norm, corpus)
    about = [] if how is None else [how]
    if norm.requirement is not None:
        about.append(norm.requirement.condition)
    return conduct(about, corpus) or mentioned(about)
