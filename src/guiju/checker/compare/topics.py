"""Topics: what may be compared, by name: an action with every question about it, or an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.compiler.kernel import Corpus, Norm, Question, WhichValue


def topic(question: Question) -> str:
    """The name of the action or outcome that ``question`` is about."""
    return question.outcome if isinstance(question, WhichValue) else question.deed.action


def topics(corpus: Corpus) -> tuple[str, ...]:
    """Every action and outcome, in the order of their declarations."""
    return tuple(dict.fromkeys((*corpus.actions, *corpus.outcomes)))


def answered_by(corpus: Corpus) -> Mapping[str, tuple[Norm, ...]]:
    """The norms on each topic that has some, topics and norms in the order of the corpus."""
    found: dict[str, list[Norm]] = {name: [] for name in topics(corpus)}
    for norm in corpus.norms:
        found.setdefault(topic(norm.question), []).append(norm)
    return {name: tuple(norms) for name, norms in found.items() if norms}


def jurisdictions(norms: Iterable[Norm], corpus: Corpus) -> tuple[str, ...]:
    """The territories of the instruments of ``norms``, from wide to narrow."""
    return in_order({corpus.instruments[n.instrument].territory for n in norms}, corpus)


def in_order(territories: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Territories from wide to narrow; those of one width in the order of their declarations."""
    declared = {name: number for number, name in enumerate(corpus.territories)}
    return tuple(sorted(set(territories), key=lambda t: (depth(t, corpus), declared.get(t, 0))))


def depth(territory: str, corpus: Corpus) -> int:
    """How many territories ``territory`` lies in."""
    outer = corpus.territories.get(territory)
    return 0 if outer is None else 1 + depth(outer, corpus)


def shared(corpus: Corpus) -> tuple[str, ...]:
    """The topics that two or more jurisdictions answer."""
    return tuple(name for name, norms in answered_by(corpus).items() if len(jurisdictions(norms, corpus)) > 1)


def matching(word: str, corpus: Corpus) -> tuple[str, ...]:
    """The topics that ``word`` names: the one called so, else those that begin with it, else contain it."""
    known = topics(corpus)
    if word in known:
        return (word,)
    return tuple(n for n in known if n.startswith(word)) or tuple(n for n in known if word in n)
