"""Violations: in which cases a duty, a ban or a requirement is broken.

An action says when it was done and when it was left undone; without that no fact of a case tells that a norm
about it was broken, and there is no such condition.
"""

from __future__ import annotations

from guiju.checker.sanctions import bearer, conduct, imposes, mentioned
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Corpus,
    Expr,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    Standing,
    Strength,
    conjunction,
    negation,
)


def is_duty(norm: Norm, corpus: Corpus) -> bool:
    """Whether ``norm`` asks something of a party: a duty, a ban or a requirement, and no sanction itself."""
    return (
        isinstance(norm.question, MayDo)
        and bearer(norm) in corpus.entities
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


def facts_of(norm: Norm, corpus: Corpus) -> frozenset[str]:
    """The facts that would have to be otherwise: of a requirement what it asks for, else the conduct."""
    assert isinstance(norm.question, MayDo)
    action = corpus.actions[norm.question.deed.action]
    about = [e for e in (action.done, action.undone) if e is not None]
    if norm.requirement is not None:
        about = [norm.requirement.condition]
    return conduct(about, corpus) or mentioned(about)


def is_option(norm: Norm, corpus: Corpus) -> bool:
    """Whether ``norm`` leaves a party the choice: it only encourages, or it permits."""
    if not isinstance(norm.question, MayDo) or bearer(norm) not in corpus.entities:
        return False
    if norm.standing is Standing.UNVERIFIED:
        return False
    return norm.strength is Strength.ENCOURAGED or norm.position is Modality.PERMITTED


def contrary(option: Norm, corpus: Corpus) -> Expr | None:
    """The condition that a party did what ``option`` permits, or not what it encourages to."""
    assert isinstance(option.question, MayDo)
    if option.position is not Modality.PERMITTED:
        return broken(option, corpus)
    if option.strength is Strength.ENCOURAGED:
        return None
    done = corpus.actions[option.question.deed.action].done
    return None if done is None else conjunction(InTerritory(option.territory), option.guard, done)
