"""Defeat: which of two incompatible norms prevails, and by which doctrine of law (design §2).

The default doctrine, in this order: explicit priority in the text, *lex superior*, *lex specialis* (asked
of the ``implies`` oracle, never declared), *lex posterior*. It is a function from two norms to a verdict;
another doctrine is another function. What it trusts: the oracle. The order's theorems: ``docs/semantics.md``.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable

from attrs import frozen

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import NEVER, Case, Context, Corpus, Instrument, Norm


class Doctrine(enum.Enum):
    TEXT = "text"  # the text itself says so
    SUPERIOR = "lex_superior"
    SPECIAL = "lex_specialis"
    POSTERIOR = "lex_posterior"


class Grade(enum.Enum):
    """How firm a settlement is: said by the text, by statute, or only argued."""

    TEXT = "text"
    STATUTE = "statute"
    ARGUED = "argued"


@frozen
class Defeat:
    """``winner`` prevails over ``loser`` (norm ids) wherever both apply with incompatible positions."""

    winner: str
    loser: str
    doctrine: Doctrine
    grade: Grade
    basis: str = ""  # the citation or ground, in a few words


class Dispute(enum.Enum):
    """Why the doctrine leaves two norms unsettled although a rule of it speaks.

    BOTH_TEXTS: each text claims priority over the other. TEXT_AGAINST_SUPERIOR: a lower instrument claims
    priority over a higher one, which it cannot give itself. NEW_GENERAL: a newer general rule against an
    older special one of the same issuer, which the issuer has to decide (Legislation Law art. 105).
    """

    BOTH_TEXTS = "both_texts"
    TEXT_AGAINST_SUPERIOR = "text_against_superior"
    NEW_GENERAL = "new_general"


@frozen
class Clash:
    """The doctrine does not settle these two; ``special`` is the older special norm, where there is one."""

    dispute: Dispute
    special: str | None = None


#: Whether the first norm's guard implies the second's; None when that could not be decided.
Implies = Callable[[Norm, Norm], bool | None]

Settlement = Defeat | Clash | None


def settle(one: Norm, other: Norm, corpus: Corpus, implies: Implies) -> Settlement:
    """Which of two incompatible norms prevails; None when no doctrine speaks.

    ``implies`` is only asked when specialty decides. An undecided implication settles nothing.
    """
    texts = [d for m, n in ((one, other), (other, one)) if (d := by_text(m, n, corpus)) is not None]
    if len(texts) == 2:
        return Clash(Dispute.BOTH_TEXTS)
    if texts:
        claimant, target = (one, other) if texts[0].winner == one.id else (other, one)
        if _by_rank(target, claimant, corpus):
            return Clash(Dispute.TEXT_AGAINST_SUPERIOR)
        return texts[0]
    for m, n in ((one, other), (other, one)):
        if superior := _by_rank(m, n, corpus):
            return superior
    if _issuer(one, corpus) != _issuer(other, corpus):
        return None
    return _same_issuer(one, other, corpus, implies)


def by_text(winner: Norm, loser: Norm, corpus: Corpus) -> Defeat | None:
    """Explicit priority: an override, a clause over earlier documents, or the loser's savings clause."""
    for override in corpus.overrides:
        if override.winner == winner.rule and override.loser == loser.rule:
            return Defeat(winner.id, loser.id, Doctrine.TEXT, Grade.TEXT, override.citation)
    above, below = corpus.instruments[winner.instrument], corpus.instruments[loser.instrument]
    if above.id == below.id:
        return None
    for clause in above.precedences:
        on_topic = not clause.topics or bool(set(clause.topics) & set(below.topics))
        if below.issuer in clause.issuers and on_topic and _earlier(below, above, corpus):
            return Defeat(winner.id, loser.id, Doctrine.TEXT, Grade.TEXT, clause.citation)
    if below.yields_upward is not None and above.issuer in _superiors(below.issuer, corpus):
        return Defeat(winner.id, loser.id, Doctrine.TEXT, Grade.TEXT, below.yields_upward)
    return None


def _by_rank(winner: Norm, loser: Norm, corpus: Corpus) -> Defeat | None:
    """The higher rank prevails, by statute only where the Legislation Law ranks both."""
    above, below = (corpus.instruments[n.instrument] for n in (winner, loser))
    if above.rank is None or below.rank is None:
        return None
    high, low = corpus.ranks[above.rank], corpus.ranks[below.rank]
    if high.level <= low.level:
        return None
    grade = Grade.STATUTE if high.statutory and low.statutory else Grade.ARGUED
    return Defeat(winner.id, loser.id, Doctrine.SUPERIOR, grade, f"{high.name} > {low.name}")


def _same_issuer(one: Norm, other: Norm, corpus: Corpus, implies: Implies) -> Settlement:
    first, second = corpus.instruments[one.instrument], corpus.instruments[other.instrument]
    grade = _grade(first, second, corpus)
    forward, backward = implies(one, other), implies(other, one)
    if forward is None or backward is None:
        return None
    special, general = (one, other) if forward else (other, one)
    if forward != backward:
        old, new = corpus.instruments[special.instrument], corpus.instruments[general.instrument]
        if old.id != new.id and _earlier(old, new, corpus):
            return Clash(Dispute.NEW_GENERAL, special.id)
        return Defeat(special.id, general.id, Doctrine.SPECIAL, grade)
    for m, n in ((one, other), (other, one)):
        later, earlier = corpus.instruments[m.instrument], corpus.instruments[n.instrument]
        if later.id != earlier.id and _earlier(earlier, later, corpus):
            return Defeat(m.id, n.id, Doctrine.POSTERIOR, grade)
    return None


def _grade(first: Instrument, second: Instrument, corpus: Corpus) -> Grade:
    ranked = [i.rank is not None and corpus.ranks[i.rank].statutory for i in (first, second)]
    return Grade.STATUTE if all(ranked) else Grade.ARGUED


def _issuer(norm: Norm, corpus: Corpus) -> str:
    """The authority behind the instrument of ``norm``: a department's is its authority."""
    issuer = corpus.instruments[norm.instrument].issuer
    while (here := corpus.authorities.get(issuer)) is not None and here.department_of is not None:
        issuer = here.department_of
    return issuer


def _superiors(issuer: str, corpus: Corpus) -> set[str]:
    """The authorities above ``issuer``, at any distance."""
    found: set[str] = set()
    here = corpus.authorities.get(issuer)
    while here is not None:
        above = here.department_of or here.superior
        if above is None or above in found:
            break
        found.add(above)
        here = corpus.authorities.get(above)
    return found


def _earlier(one: Instrument, other: Instrument, corpus: Corpus) -> bool:
    """Whether ``one`` surely came before ``other``; false where a date is not known."""
    before, after = _begins(one, corpus), _begins(other, corpus)
    return before is not None and after is not None and before < after


def _begins(instrument: Instrument, corpus: Corpus) -> dt.date | None:
    """The first day in force under the default readings, or the day of issue."""
    if instrument.start is not None:
        found = evaluate(instrument.start, corpus, Context(Case(), NEVER, instrument.territory))
        if isinstance(found, dt.date):
            return found
    return instrument.issued
