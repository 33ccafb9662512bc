"""Topics: what can be asked, under the names that a caller knows.

A topic is an act of somebody or an outcome. An act is asked about as a whole: whether it may be done, until
when a bar holds, by when a duty is due, how often it recurs; in the kernel each is a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from guiju.checker.sanctions import mentioned
from guiju.compiler.kernel import Corpus, Deed, MayDo, Norm, Question, WhichValue, position_terms
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual

_DOT = "·"


class UnknownTopic(ValueError):
    """No topic has this name, or several have; ``message`` says so in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


@frozen
class Topic:
    """An act of somebody (``deed``) or an outcome; exactly one of the two is given.

    ``entities``: the parties whose facts its norms ask for, and its bearer and patient.
    """

    name: str
    deed: Deed | None = None
    outcome: str | None = None
    entities: frozenset[str] = frozenset()

    @property
    def question(self) -> Question:
        """The question whose answer is the verdict."""
        if self.deed is not None:
            return MayDo(self.deed)
        assert self.outcome is not None
        return WhichValue(self.outcome)


def name_of(question: Question) -> str:
    """The name of the topic of ``question``: the bearer, the act and the patient; or the outcome."""
    if isinstance(question, WhichValue):
        return question.outcome
    deed = question.deed
    return _DOT.join(part for part in (deed.bearer, deed.action, deed.patient) if part)


def topics(corpus: Corpus) -> dict[str, tuple[Topic, tuple[Norm, ...]]]:
    """Each topic by its name with its norms, in the order of the corpus."""
    gathered: dict[str, list[Norm]] = {}
    for norm in corpus.norms:
        gathered.setdefault(name_of(norm.question), []).append(norm)
    return {name: (_topic(name, norms), tuple(norms)) for name, norms in gathered.items()}


def find(name: str, known: Mapping[str, Topic]) -> Topic:
    """The topic called ``name``: its full name, or its act alone where only one bearer's is asked about.

    Raises:
        UnknownTopic: There is none, or more than one.
    """
    wanted = name.strip().replace("・", _DOT)
    if wanted in known:
        return known[wanted]
    named = [t for t in known.values() if t.deed is not None and t.deed.action == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        listed = "、".join(t.name for t in named)
        raise UnknownTopic(
            Bilingual(f"“{name}”有几个主体，请写全：{listed}", f"several do {name}; say whose: {listed}")
        )
    raise UnknownTopic(_no_topic(name, known))


def _topic(name: str, norms: Iterable[Norm]) -> Topic:
    given = list(norms)
    question = given[0].question
    entities = {used.partition(".")[0] for norm in given for used in mentions(norm)}
    if isinstance(question, WhichValue):
        return Topic(name, outcome=question.outcome, entities=frozenset(entities))
    deed = question.deed
    parties = {party for party in (deed.bearer, deed.patient) if party}
    return Topic(name, deed=deed, entities=frozenset(entities | parties))


def mentions(norm: Norm) -> frozenset[str]:
    """The facts and records that ``norm`` asks for: in its guard, its law date and its position."""
    return mentioned([norm.guard, norm.law_date, *position_terms(norm.position)])


def _no_topic(name: str, known: Mapping[str, Topic]) -> Bilingual:
    acts = (t.deed.action for t in known.values() if t.deed is not None)
    names = list(dict.fromkeys((*known, *acts)))
    hint = did_you_mean(name, names)
    if hint is not None:
        return Bilingual(f"没有问题“{name}”。{hint.zh}", f"there is no question {name}; {hint.en}")
    return Bilingual(
        f"没有问题“{name}”。guiju schema --list 列出可问的",
        f"there is no question {name}: guiju schema --list",
    )
