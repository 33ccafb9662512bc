"""A corpus made ready to decide: what needs the parser and the solver is done, once, and kept as bytes.

The defeats among the norms and the doubts about them are found by the solver; they, the declarations and the
norms of each topic are stored apart, so that the first answer reads only what it needs. What is read back is
data: only the classes of these values are made, and nothing that is stored is ever run.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from guiju.compiler.kernel import Corpus, Norm
from guiju.compiler.resolve import Defeats
from guiju.decisions.decision import Doubt
from guiju.decisions.topics import Topic
from guiju.dsl.pickled import UnreadableError, loads

_FORMAT = 2


class Unreadable(ValueError):
    """The bytes are no compiled corpus of this version of guiju."""


@frozen
class Head:
    """Everything but the norms.

    Attributes:
        digest: Of the corpus, as a check's report gives it.
        engine: The versions of what made it.
        frame: The declarations; its norms and examples are stored apart.
        topics: What can be asked, by name.
        defeats: Which norms prevail over which.
        doubts: What the check found against norms, by their id.
    """

    digest: str
    engine: Mapping[str, str]
    frame: Corpus
    topics: Mapping[str, Topic]
    defeats: Defeats
    doubts: Mapping[str, tuple[Doubt, ...]]


@frozen(eq=False)
class Artifact:
    """A compiled corpus in memory; the norms of a topic are read when they are first asked for."""

    head: Head
    _topics: Mapping[str, bytes]
    _rest: bytes
    _norms: dict[str, tuple[Norm, ...]] = field(factory=dict)
    _whole: list[Corpus] = field(factory=list)

    def norms(self, topic: str) -> tuple[Norm, ...]:
        """The norms of one topic, in the order of the corpus."""
        found = self._norms.get(topic)
        if found is None:
            found = self._norms[topic] = _read(self._topics[topic])
        return found

    def corpus(self) -> Corpus:
        """The whole corpus, for the solver and for analyses."""
        if not self._whole:
            norms, examples = _read(self._rest)
            self._whole.append(evolve(self.head.frame, norms=norms, examples=examples))
        return self._whole[0]


def to_bytes(head: Head, topics: Mapping[str, tuple[Norm, ...]], corpus: Corpus) -> bytes:
    """The artifact of ``corpus`` as bytes."""
    parts = (
        _FORMAT,
        _write(head),
        {name: _write(norms) for name, norms in topics.items()},
        _write((corpus.norms, corpus.examples)),
    )
    return _write(parts)


def from_bytes(data: bytes) -> Artifact:
    """The artifact in ``data``.

    Raises:
        Unreadable: It is cut short, altered, of another version, or something else.
    """
    try:
        parts = loads(data, _is_of_a_corpus)
        version, head, topics, rest = parts
        if version != _FORMAT:
            raise Unreadable(f"format {version}, not {_FORMAT}")
        found = loads(head, _is_of_a_corpus)
    except (UnreadableError, TypeError, ValueError) as error:
        raise Unreadable("not a compiled corpus") from error
    if not isinstance(found, Head):
        raise Unreadable("not a compiled corpus")
    return Artifact(found, topics, rest)


def _write(value: object) -> bytes:
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def _read(data: bytes) -> Any:
    try:
        return loads(data, _is_of_a_corpus)
    except UnreadableError as error:
        raise Unreadable("not a compiled corpus") from error


def _is_of_a_corpus(module: str, name: str) -> bool:
    if module == "datetime":
        return name == "date"
    if module.startswith("guiju.compiler.kernel."):
        return True
    return (module, name) in {
        ("guiju.compiler.doctrine", "Defeat"),
        ("guiju.compiler.doctrine", "Doctrine"),
        ("guiju.compiler.doctrine", "Grade"),
        ("guiju.decisions.artifact", "Head"),
        ("guiju.decisions.decision", "Doubt"),
        ("guiju.decisions.topics", "Topic"),
        ("guiju.dsl.source", "Bilingual"),
        ("guiju.dsl.source", "Place"),
        ("guiju.dsl.standing", "Standing"),
        ("guiju.dsl.types", "Boolean"),
        ("guiju.dsl.types", "Date"),
        ("guiju.dsl.types", "Enumeration"),
        ("guiju.dsl.types", "Integer"),
    }
