"""What a comparison of two versions says, as data."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from attrs import field, frozen

from guiju.compiler.kernel import Context, Corpus, Norm, Question
from guiju.decisions.topics import Topic
from guiju.dsl.source import Bilingual
from guiju.testing.diff.declared import Declared
from guiju.testing.diff.grounds import Resettled
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.matching import Unmatched
from guiju.testing.diff.merging import Version
from guiju.testing.diff.names import Renamed
from guiju.testing.scope import Scope
from guiju.testing.suite import Expected


class Status(enum.Enum):
    """How the comparison of one topic ended.

    SAME: both say the same, by what is written. EQUIVALENT: proved by the solver to answer alike in every
    case. DIFFERENT: there are cases that show how. RESETTLED: no other answers are known, but one norm gives
    way to another on other grounds than before. INCOMPARABLE: it depends on what is no longer of one type.
    UNDECIDED: the solver's budget ended first.
    """

    SAME = "same"
    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    RESETTLED = "resettled"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"


class Presence(enum.Enum):
    """Which versions have rules on a topic."""

    BOTH = "both"
    ADDED = "added"
    REMOVED = "removed"


@frozen(eq=False)
class Said:
    """The answer of one version to a case, and the norms that it speaks of."""

    expected: Expected
    norms: Mapping[str, Norm]
    titles: Mapping[str, str]  # of instruments, by id


@frozen(eq=False)
class Change:
    """A case that two versions answer differently, or on other grounds.

    Attributes:
        kind: How.
        question: The topic's own question, or the one about its days or terms.
        context: The case, complete, with the day and the place.
        telling: What in it is not as in an unremarkable case and a norm asks for: names of facts and records.
        readings: The readings that are not those taken by default.
        before, after: The answers.
        settled: The pairs of norms that are settled on other grounds, of the kind ``GROUNDS``.
    """

    kind: Kind
    question: Question
    context: Context
    telling: tuple[str, ...]
    readings: Mapping[str, str]
    before: Said
    after: Said
    settled: tuple[Resettled, ...] = ()


@frozen(eq=False)
class Compared:
    """What came of one topic.

    Attributes:
        topic: What is asked, in the words of the new version.
        presence: Which versions have rules on it.
        changes: A case for each kind of change of the answer that is possible.
        resettled: Cases in which norms give way to others on other grounds than before.
        unmatched: Norms that give way or prevail and are not found in the other version.
        impossible: The kinds of change of which it is proved that no case has them.
        undecided: What is not known, in words.
        incomparable: Why it could not be compared.
        same: Both say the same, so that nothing had to be asked.
        scope: What its cases tell; None where no case was looked for.
    """

    topic: Topic
    presence: Presence
    changes: tuple[Change, ...] = ()
    resettled: tuple[Change, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    impossible: tuple[Kind, ...] = ()
    undecided: tuple[Bilingual, ...] = ()
    incomparable: tuple[Bilingual, ...] = ()
    same: bool = False
    scope: Scope | None = None

    @property
    def status(self) -> Status:
        """How it ended; what was found counts before what is not known."""
        if self.changes:
            return Status.DIFFERENT
        if self.resettled:
            return Status.RESETTLED
        if self.incomparable:
            return Status.INCOMPARABLE
        if self.undecided:
            return Status.UNDECIDED
        return Status.SAME if self.same else Status.EQUIVALENT


@frozen(eq=False)
class Assumed:
    """How what is assumed of all cases changed.

    Attributes:
        excluded: A case that only the old version allows, with the new assumptions that it contradicts.
        admitted: A case that only the new version allows, with the old assumptions likewise.
        undecided: What is not known, in words.
        same: The assumptions are the same as they are written.
    """

    excluded: tuple[Context, tuple[str, ...]] | None = None
    admitted: tuple[Context, tuple[str, ...]] | None = None
    undecided: tuple[Bilingual, ...] = ()
    same: bool = False

    @property
    def changed(self) -> bool:
        """Whether there is a case that only one version allows."""
        return self.excluded is not None or self.admitted is not None


@frozen(eq=False)
class Difference:
    """What is different between two versions.

    Attributes:
        frame: The declarations of both.
        old, new: The versions over these.
        renamed: What was taken for the same under another name.
        declared: What is declared otherwise.
        assumed: How what is assumed changed.
        topics: Every topic that was compared, in the order of the new version, the removed ones at the end.
        readings: Those that were fixed.
    """

    frame: Corpus
    old: Version
    new: Version
    renamed: tuple[Renamed, ...]
    declared: tuple[Declared, ...]
    assumed: Assumed
    topics: tuple[Compared, ...]
    readings: Mapping[str, str] = field(factory=dict)

    @property
    def different(self) -> bool:
        """Whether anything is known to be different."""
        return (
            self.assumed.changed
            or any(each.matters for each in self.declared)
            or any(each.changes or each.resettled for each in self.topics)
        )

    @property
    def open(self) -> bool:
        """Whether anything is neither known to be different nor proved to be the same."""
        not_known = (Status.INCOMPARABLE, Status.UNDECIDED)
        return bool(self.assumed.undecided) or any(
            each.undecided or each.status in not_known for each in self.topics
        )
