"""Two versions of a corpus over one set of declarations, so that one case can be put to both.

What both declare is as wide as either declares it; what only one declares is there for that one. No question
that depends on what cannot be made one is compared. Instruments and how answers combine stay each one's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from guiju.compiler.cone import symbols
from guiju.compiler.kernel import (
    Assumption,
    Corpus,
    InTerritory,
    Norm,
    Outcome,
    RollToWorkday,
    ShiftWorkdays,
    Type,
    walk,
)
from guiju.compiler.resolve import Defeats
from guiju.decisions.corpus import Corpus as Deciding
from guiju.decisions.topics import Topic, topics
from guiju.dsl.source import Bilingual
from guiju.testing.bearing import terms
from guiju.testing.diff import declared
from guiju.testing.diff.declared import Declared
from guiju.testing.diff.names import ACTION, FACT, OUTCOME, READING, RECORD, TERRITORY, Renamed, paired
from guiju.testing.diff.rewriting import Rewriter
from guiju.testing.diff.shared import shared


@frozen(eq=False)
class Version:
    """One version over the shared declarations.

    Attributes:
        digest: That of the corpus as it was loaded.
        corpus: Its norms, instruments and ways to combine answers, and the shared declarations.
        defeats: Which of its norms prevail over which.
        topics: What it answers, by name, with the norms that do.
        assumptions: Its own.
        facts, fields, readings, territories: What it declares itself, under the shared names: the types of
            facts, of fields by record and name, the choices of readings, the places.
    """

    digest: str
    corpus: Corpus
    defeats: Defeats
    topics: Mapping[str, tuple[Topic, tuple[Norm, ...]]]
    assumptions: tuple[Assumption, ...]
    facts: Mapping[str, Type]
    fields: Mapping[tuple[str, str], Type]
    readings: Mapping[str, tuple[str, ...]]
    territories: frozenset[str]


@frozen(eq=False)
class Merged:
    """Both versions over one set of declarations.

    Attributes:
        frame: The shared declarations, with the assumptions of both.
        old, new: The versions.
        renamed: What was taken for the same under another name.
        declared: What is declared otherwise.
        apart: What cannot be compared, by what it is and its name, and why.
    """

    frame: Corpus
    old: Version
    new: Version
    renamed: tuple[Renamed, ...]
    declared: tuple[Declared, ...]
    apart: Mapping[tuple[str, str], Bilingual] = field(factory=dict)

    def incomparable(self, topic: str) -> tuple[Bilingual, ...]:
        """Why the answers to ``topic`` cannot be compared; empty where they can."""
        found: list[Bilingual] = []
        for version in (self.old, self.new):
            norms = version.topics[topic][1] if topic in version.topics else ()
            exprs = [e for norm in norms for e in terms(norm, version.corpus)]
            outcome = version.corpus.outcomes.get(topic)
            exprs += [outcome.domain] if outcome is not None and outcome.domain is not None else []
            spoken_of = {*symbols(exprs), (OUTCOME, topic), *(("place", n.territory) for n in norms)}
            parts = [part for expr in exprs for part in walk(expr)]
            spoken_of |= {("place", part.territory) for part in parts if isinstance(part, InTerritory)}
            if any(isinstance(part, ShiftWorkdays | RollToWorkday) for part in parts):
                spoken_of.add(("calendar", ""))
            found += [why for what, why in self.apart.items() if what in spoken_of]
        return tuple(dict.fromkeys(found))


def merged(old: Deciding, new: Deciding, given: Mapping[str, str]) -> Merged:
    """Both versions over one set of declarations.

    Args:
        old, new: The versions, loaded.
        given: What has another name now, as the user says: old name to new.

    Raises:
        UnknownName: ``given`` speaks of what is not there.
        NothingShared: No day lies in the horizons of both.
    """
    then, now = old.declarations, new.declarations
    names, renamed = paired(then, now, given)
    both = shared(then, now, names)
    return Merged(
        frame=both.frame,
        old=_version(old, both.before, both.frame, both.outcomes[0]),
        new=_version(new, both.after, both.frame, both.outcomes[1]),
        renamed=renamed,
        declared=tuple(declared.changes(then, now, names)),
        apart=both.apart,
    )


def _version(of: Deciding, rewriter: Rewriter, frame: Corpus, outcomes: Mapping[str, Outcome]) -> Version:
    whole = of.kernel
    actions = {rewriter.names.of(ACTION, name): each for name, each in whole.actions.items()}
    norms = tuple(rewriter.norm(norm) for norm in whole.norms)
    corpus = evolve(
        frame,
        norms=norms,
        instruments={name: rewriter.instrument(each) for name, each in whole.instruments.items()},
        outcomes={**frame.outcomes, **outcomes},
        actions={**frame.actions, **actions},
        ranks=whole.ranks,
        authorities=whole.authorities,
    )
    names = rewriter.names
    return Version(
        digest=of.digest,
        corpus=corpus,
        defeats=of.artifact.head.defeats,
        topics=topics(corpus),
        assumptions=tuple(rewriter.assumption(each) for each in whole.assumptions),
        facts={names.of(FACT, name): fact.type for name, fact in whole.facts.items()},
        fields={
            (names.of(RECORD, record.name), names.field(record.name, name)): type_
            for record in whole.records.values()
            for name, type_ in record.fields.items()
        },
        readings={names.of(READING, name): each.choices for name, each in whole.readings.items()},
        territories=frozenset(names.of(TERRITORY, name) for name in whole.territories),
    )
