"""Findings: what an analysis has to say, as immutable values.

An analysis returns ``Finding`` values; ``report`` turns them into text, JSON or SARIF. A finding carries
either a *witness*, which was replayed in the reference evaluator before the finding was made, or the
statement of what proved it.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import Case, Norm
from guiju.dsl.diagnostics import Diagnostic, InternalError
from guiju.dsl.source import Bilingual, Place


class Severity(enum.IntEnum):
    """How much a finding asks of the drafter: look at it, weigh it, repair it."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class ProvedBy(enum.Enum):
    """Why a finding can be believed.

    REPLAYED: its witness was evaluated by the reference evaluator. UNSATISFIABLE: the solver proved that
    no case contradicts it. STRUCTURE: it can be read off the declarations.
    """

    REPLAYED = "replayed"
    UNSATISFIABLE = "unsatisfiable"
    STRUCTURE = "structure"


@frozen(order=True)
class NormRef:
    """A provision that a finding is about, as the text cites it (``第八条(一)3``)."""

    instrument: str
    rule: str
    citations: tuple[str, ...]
    place: Place = field(default=Place("", 0), order=False)

    @classmethod
    def of(cls, norm: Norm) -> NormRef:
        return cls(norm.instrument, norm.rule, norm.citations, norm.place)


@frozen
class Witness:
    """A concrete case that shows the finding. Facts that are absent do not matter to it."""

    case: Case
    date: dt.date
    place: str
    readings: Mapping[str, str] = field(factory=dict)
    elsewhere: str = ""  # the other place, where a finding is about one case at two


@frozen
class Finding:
    """One thing to tell a drafter.

    ``readings`` lists the choices under which the finding holds, one mapping each, over the readings that
    matter to it; empty when it holds whatever is chosen. ``by_default`` is false when it does not hold under
    the default choices.
    """

    code: str
    severity: Severity
    norms: tuple[NormRef, ...]
    message: Bilingual
    proved_by: ProvedBy
    witness: Witness | None = None
    settled_by: Defeat | None = None
    readings: tuple[Mapping[str, str], ...] = ()
    by_default: bool = True
    subject: str = ""  # the question, outcome, annex, ... that the finding is about
    details: Mapping[str, str] = field(factory=dict)
    place: Place = Place("", 0)  # where to point; the first norm's place when unset

    @property
    def family(self) -> str:
        return FAMILIES[self.code[0]]

    @property
    def where(self) -> Place:
        if self.place.line or not self.norms:
            return self.place
        return self.norms[0].place

    @property
    def fingerprint(self) -> str:
        """Stable across runs, machines, wording, languages and the witness that was found."""
        norms = sorted([n.instrument, n.rule, list(n.citations)] for n in self.norms)
        identity = [self.code, norms, self.subject]
        return hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()[:16]

    def with_severity(self, severity: Severity) -> Finding:
        return evolve(self, severity=severity)


#: The families of findings, by the letter that their codes begin with (design §4).
FAMILIES: Mapping[str, str] = {
    "C": "conflict",
    "Q": "quality",
    "G": "gap",
    "T": "time",
    "H": "hierarchy",
    "R": "reference",
    "A": "ambiguity",
    "E": "example",
    "D": "divergence",
    "L": "chain",
}


@frozen
class Undecided:
    """A question that was not answered: its budget ran out, or it cannot be encoded. Never read as clear."""

    question: str
    reason: str
    norms: tuple[NormRef, ...] = ()


@frozen
class Report:
    """What one check found, in a fixed order, and what it could not decide.

    ``statistics``: what was counted, by name: among others the canaries that came out right, and the rules of
    which it was shown that they can apply.
    ``diagnostics``: why the corpus could not be checked at all (its assumptions contradict each other).
    """

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    statistics: Mapping[str, int] = field(factory=dict)
    corpus_digest: str = ""
    engine: Mapping[str, str] = field(factory=dict)  # versions and budget
    diagnostics: tuple[Diagnostic, ...] = ()


@frozen
class Failure:
    """A canary that came out wrong: which, and what was said instead of what is known."""

    canary: Bilingual
    reason: Bilingual


class Untrustworthy(InternalError):
    """Some canary came out wrong: nothing that this check says may be believed.

    ``engine``: the versions and the budget, as a report would have them.
    """

    def __init__(self, failures: Sequence[Failure], engine: Mapping[str, str]) -> None:
        self.failures = tuple(failures)
        self.engine = dict(engine)
        super().__init__("; ".join(f"canary '{f.canary.en}': {f.reason.en}" for f in failures))
