"""Scopes of small texts, and the cases that the solver finds for what a criterion asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from guiju.compiler import smt
from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import Case, Context, Corpus, Value
from guiju.decisions.corpus import Corpus as Asked
from guiju.decisions.loading import load_texts
from guiju.decisions.topics import find, topics
from guiju.testing.obligations import Obligation
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope, scope_of
from guiju.testing.search import Search

#: Two districts of a city, an office in the city and in one district, a stallholder.
WORLD = """\
时限 2019-01-01 .. 2032-12-31
法域 市
法域 东区 属 市
法域 西区 属 市
位阶 市文件 级 20
位阶 区文件 级 10
机关 市局 级别 市文件 辖 市
机关 东区局 级别 区文件 上级 市局 辖 东区
机关 西区局 级别 区文件 上级 市局 辖 西区
"""


@frozen
class Solved:
    """One obligation and the case that was found; None: it is proved that there is none."""

    obligation: Obligation
    context: Context | None

    @property
    def text(self) -> str:
        return self.obligation.text.zh

    def fact(self, name: str) -> Value:
        assert self.context is not None
        return self.context.case.facts[name]

    def rows(self, name: str) -> tuple[Mapping[str, Value], ...]:
        assert self.context is not None
        return self.context.case.records[name]


def asked(text: str) -> Asked:
    """The rules of ``text`` in the small world."""
    return load_texts({"small.gj": WORLD + text})


def scope(text: str | Asked, question: str) -> Scope:
    """The scope of one topic of ``text``, which may be loaded already."""
    corpus = asked(text) if isinstance(text, str) else text
    topic = find(question, corpus.questions)
    norms = corpus.artifact.norms(topic.name)
    rules = Rules(topic, evolve(corpus.kernel, norms=norms), corpus.artifact.head.defeats)
    return scope_of(rules, smt.Backend(rules.corpus, 20_000_000))


def solved(of: Scope, obligations: Iterable[Obligation]) -> list[Solved]:
    """A case for each of ``obligations``, or none; the solver's budget is always enough here."""
    search = Search(of, smt.Backend(of.corpus, 20_000_000))
    return [Solved(each, search.find(each.conditions)) for each in obligations]


def about(of: Scope, obligations: Iterable[Obligation], norm: str, *words: str) -> list[Solved]:
    """Cases for those of ``obligations`` that are about ``norm`` and have each of ``words`` in their text."""
    asked = [each for each in obligations if each.norms == (norm,)]
    return solved(of, [each for each in asked if all(word in each.text.zh for word in words)])


def drawn_scopes(corpus: Corpus, defeats: Mapping[tuple[str, str], Defeat]) -> list[Scope]:
    """The scopes of all topics of a drawn corpus; their base is an empty case."""
    found: list[Scope] = []
    for topic, norms in topics(corpus).values():
        rules = Rules(topic, evolve(corpus, norms=norms), defeats)
        base = Context(Case(), corpus.horizon[0], next(iter(corpus.territories)))
        readings = tuple(corpus.readings)
        asked = frozenset((*corpus.facts, *corpus.records))
        found.append(Scope(rules, tuple(corpus.facts), tuple(corpus.records), readings, (), asked, base))
    return found
