"""What the analysis of chains costs on corpora of many instruments, and how that grows.

Run: ``python benchmarks/chains.py [INSTRUMENTS …]``; by default 100, 1,000 and 10,000. Each size is a process
of its own. An instrument is a chain of five steps with recipients and terms; every tenth has a fault. In one
corpus each instrument speaks of facts of its own; in the other they share a vocabulary of fifty matters, and
fifty instruments are in force at each place. The findings must be the faults, or the run fails.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

from guiju.checker.ask import Asker
from guiju.checker.chains.findings import findings
from guiju.checker.chains.graphs import actor_graph, event_graph
from guiju.checker.chains.links import Links
from guiju.checker.chains.timeline import timeline
from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt
from guiju.compiler.kernel import (
    TRUE,
    Action,
    AtLeast,
    Authority,
    Boolean,
    Combination,
    Const,
    Corpus,
    Date,
    Deed,
    DueBy,
    Expr,
    Fact,
    FactRef,
    Gap,
    HandOver,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Passing,
    Rank,
    Record,
    ShiftWorkdays,
    Span,
    Trace,
)
from guiju.compiler.workdays import chinese_calendar

ROOT = Path(__file__).parents[1]
HORIZON = (dt.date(2018, 1, 1), dt.date(2031, 12, 31))

#: Instruments at each place, and matters of a shared vocabulary.
AT_ONE_PLACE = 50

#: The faults, in turn, of every tenth instrument, and the finding that each is.
EVERY = 10
FAULTS = ("L001", "L002", "L003", "L004", "L005", "L006", "L007", "L008")

#: ``ru_maxrss`` is in kilobytes on Linux and in bytes on macOS.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024

_WORKDAYS = Integer(0, 1000, "workdays")


@frozen
class Draft:
    """A corpus in the making."""

    facts: dict[str, Fact] = field(factory=dict)
    records: dict[str, Record] = field(factory=dict)
    actions: dict[str, Action] = field(factory=dict)
    authorities: dict[str, Authority] = field(factory=dict)
    territories: dict[str, str | None] = field(factory=dict)
    instruments: dict[str, Instrument] = field(factory=dict)
    norms: list[Norm] = field(factory=list)
    hand_overs: list[HandOver] = field(factory=list)
    gaps: list[Gap] = field(factory=list)

    def corpus(self) -> Corpus:
        return Corpus(
            horizon=HORIZON,
            territories=self.territories,
            ranks={"normative": Rank("normative", 1, False)},
            authorities=self.authorities,
            facts=self.facts,
            records=self.records,
            readings={},
            actions=self.actions,
            outcomes={},
            instruments=self.instruments,
            norms=tuple(self.norms),
            hand_overs=tuple(self.hand_overs),
            gaps=tuple(self.gaps),
            entities=("trader",),
            calendar=chinese_calendar(HORIZON[0].year, HORIZON[1].year),
        )

    def truth(self, name: str) -> FactRef:
        self.facts.setdefault(name, Fact(name, Boolean(), default=False))
        return FactRef(name)

    def day(self, name: str) -> FactRef:
        self.facts.setdefault(name, Fact(name, Date()))
        return FactRef(name)

    def place(self, number: int) -> None:
        """A place with a bureau, its office, and a court."""
        self.territories[f"place{number}"] = "country"
        self.authorities[f"bureau{number}"] = Authority(
            f"bureau{number}", "normative", "ministry", f"place{number}"
        )
        self.authorities[f"court{number}"] = Authority(f"court{number}", None, "ministry", f"place{number}")


@frozen
class Chapter:
    """One instrument of a draft, and the matter that it speaks of."""

    draft: Draft
    number: int
    place: int
    matter: str

    @property
    def id(self) -> str:
        return f"i{self.number}"

    def rule(
        self,
        bearer: str,
        deed: str,
        guard: Expr,
        *,
        to: str = "",
        copy: str = "",
        passes: Passing | None = None,
        term: tuple[str, int] | None = None,
        leaves: Trace | None = None,
    ) -> None:
        """``bearer`` must do ``deed``, which brings about the fact of that name and its date."""
        draft, action, rule = self.draft, f"{self.matter}.{deed}", f"{self.id}.{deed}"
        done, done_on = draft.truth(f"{action}.done"), draft.day(f"{action}.on")
        draft.actions[action] = Action(
            action, Combination.SINGLE, done=done, done_on=done_on, passes=passes, leaves=leaves
        )
        asked = Deed(bearer, action)
        self.norm(rule, MayDo(asked), Modality.OBLIGED, guard)
        if term is not None:
            start = draft.day(f"{self.matter}.{term[0]}.on")
            span = Span(start, ShiftWorkdays(start, Const(term[1], _WORKDAYS)))
            self.norm(f"{rule}/2", DueBy(asked), span, guard)
        if to or copy:
            draft.hand_overs.append(HandOver(rule, asked, (to,) if to else (), (copy,) if copy else ()))

    def norm(self, id_: str, question: MayDo | DueBy, position: Modality | Span, guard: Expr) -> None:
        rule = id_.partition("/")[0]
        cited = ("art. 1",)
        self.draft.norms.append(
            Norm(id_, rule, self.id, cited, guard, question, position, f"place{self.place}")
        )

    def done(self, deed: str) -> FactRef:
        return self.draft.truth(f"{self.matter}.{deed}.done")

    def write(self, fault: str | None) -> None:
        """A chain of five steps, with ``fault`` in it or beside it."""
        bureau, court = f"bureau{self.place}", f"court{self.place}"
        self.draft.instruments[self.id] = Instrument(
            self.id, self.id, bureau, f"place{self.place}", "normative", contents=("art. 1",)
        )
        self.rule(bureau, "screen", self.done("found"), term=("found", 10))
        self.rule(bureau, "study", self.done("screen"), term=None if fault == "L007" else ("screen", 20))
        self.rule(bureau, "move", self.done("study"), to=court, passes=Passing.TRANSFER, term=("study", 5))
        self.rule(court, "decide", self.done("move"), to=bureau, passes=Passing.REPORT, term=("move", 10))
        self.rule(bureau, "close", self.done("decide"), term=("decide", 10))
        if fault is not None:
            self.plant(fault, bureau, court)

    def plant(self, fault: str, bureau: str, court: str) -> None:
        """What is found as ``fault``; an open step in the chain itself is ``write``'s."""
        draft, matter = self.draft, self.matter
        match fault:
            case "L001":
                self.rule(bureau, "refer", self.done("heard"), to=court, passes=Passing.TRANSFER)
            case "L002":
                self.rule(bureau, "warn", self.done("noise"))
                self.rule(court, "strike", self.done("warn"))
            case "L003":
                record = f"{matter}.talks"
                draft.records[record] = Record(record, {"on": Date()})
                self.rule(bureau, "talk", self.done("noise"), leaves=Trace(record, TRUE))
                self.rule(court, "expose", AtLeast(2, record, TRUE))
            case "L004":
                ruled = f"{matter}.rule"
                draft.actions[ruled] = Action(ruled, Combination.SINGLE, done=self.done("rule"))
                self.rule(bureau, "enforce", self.done("rule"))
            case "L005":
                trade, rule = f"{matter}.trade", f"{self.id}.bar"
                draft.actions[trade] = Action(trade, Combination.SINGLE, bearer="trader")
                self.norm(rule, MayDo(Deed("trader", trade)), Modality.FORBIDDEN, self.done("blocked"))
                cited = ("art. 1",)
                draft.gaps.append(Gap("term", rule, self.id, cited, trade, modality=Modality.FORBIDDEN))
            case "L006":
                self.rule(bureau, "list", self.done("publish"))
                self.rule(bureau, "publish", self.done("list"))
            case "L008":
                self.rule(bureau, "inform", self.done("heard"), copy="stranger", passes=Passing.COPY)


def corpus_of(count: int, shared: bool) -> tuple[Corpus, Counter[str]]:
    """A corpus of ``count`` instruments, and how often each finding must be made."""
    draft = Draft()
    draft.territories.update({"country": None, "abroad": None})
    draft.authorities["ministry"] = Authority("ministry", "normative", None, "country")
    draft.authorities["stranger"] = Authority("stranger", None, None, "abroad")
    planted: set[tuple[str, str]] = set()
    for number in range(count):
        place, matter = divmod(number, AT_ONE_PLACE)
        if matter == 0:
            draft.place(place)
        chapter = Chapter(draft, number, place, f"m{matter if shared else number}")
        fault = FAULTS[number // EVERY % len(FAULTS)] if number % EVERY == 0 else None
        chapter.write(fault)
        if fault is not None:  # what nobody does is one finding, however many wait for it
            planted.add((fault, chapter.matter if fault == "L004" else chapter.id))
    return draft.corpus(), Counter(fault for fault, _ in planted)


def measure(count: int, shared: bool) -> Iterator[tuple[str, float]]:
    """CPU seconds by stage, then what was measured."""
    corpus, planted = corpus_of(count, shared)
    clock = time.process_time
    begun = clock()
    links = Links.of(corpus)
    yield "steps", clock() - begun
    begun = clock()
    candidates = sum(1 for _ in links.candidates())
    yield "links", clock() - begun
    begun = clock()
    actor_graph(links)
    event_graph(links)
    yield "graphs", clock() - begun
    begun = clock()
    timeline(links)
    yield "timeline", clock() - begun
    begun = clock()
    backend = smt.Backend(corpus, DEFAULT_BUDGET)
    asker = Asker(corpus, backend)
    found = Counter(each.code for each in findings(asker))
    yield "findings", clock() - begun
    if found != planted or asker.undecided:
        sys.exit(f"found {found}, planted {planted}, undecided {len(asker.undecided)}")
    yield "peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 1e6
    yield "steps found", len(links.steps)
    yield "links found", candidates
    yield "queries", backend.statistics.queries


def main(*sizes: str) -> None:
    if sizes[:1] == ("--one",):
        print(json.dumps(dict(measure(int(sizes[1]), sizes[2] == "shared"))))
        return
    for vocabulary in ("own", "shared"):
        print(f"{vocabulary} vocabulary: CPU seconds for each thousand instruments")
        for size in sizes or ("100", "1000", "10000"):
            command = [sys.executable, __file__, "--one", size, vocabulary]
            told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            stages = ("steps", "links", "graphs", "timeline", "findings")
            costs = "  ".join(f"{stage} {1000 * told[stage] / int(size):7.2f}" for stage in stages)
            print(f"{int(size):>7,}  {costs}  {told['peak']:6.0f} MB", end="")
            print(f"  ({told['steps found']} steps, {told['links found']} links, {told['queries']} queries)")


if __name__ == "__main__":
    main(*sys.argv[1:])
