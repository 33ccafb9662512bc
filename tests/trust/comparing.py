"""A query put to the solver and to every context of a slice: where the two say different things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from attrs import define, field, frozen

from guiju.checker.ask import Asker
from guiju.compiler import smt
from guiju.compiler.kernel import Context, Corpus, Expr, conjunction, negation
from guiju.compiler.resolve import Defeats
from trust.domains import slice_of
from trust.lines import Line, lines
from trust.queries import Query, assumed, shown
from trust.searching import Said, Tried, first
from trust.slices import thinned

#: A context with more rows of a record is not looked at more closely: to say each of them takes too long.
_MOST_ROWS = 3


@define
class Counts:
    """What was compared, and what came of it.

    Attributes:
        kinds: Slices by the kind of query.
        whole: Slices from which nothing was left out.
        satisfied: The queries that hold in some context of their slice, by kind and what they are about.
        lines, points: Lines through such contexts (or the solver's), and the contexts on them.
        beyond: Queries that hold somewhere, and nowhere in a slice from which nothing was left out.
        undecided: Queries that the solver did not decide.
        disagreements: One line for each.
    """

    tried: Tried = field(factory=Tried)
    kinds: Counter[str] = field(factory=Counter)
    whole: int = 0
    satisfied: set[tuple[str, str]] = field(factory=set)
    lines: int = 0
    points: int = 0
    beyond: int = 0
    undecided: int = 0
    disagreements: list[str] = field(factory=list)

    @property
    def slices(self) -> int:
        return self.kinds.total()


@frozen
class Comparer:
    """Compares the solver with every context of slices of at most ``limit`` contexts, and on lines.

    ``asker`` is the checker's way to the solver, with whatever assumptions it takes to matter; ``bare`` has
    none: it is given the conditions that the reference is given.
    """

    corpus: Corpus
    defeats: Defeats
    asker: Asker
    bare: smt.Backend
    limit: int
    most_lines: int

    @classmethod
    def of(
        cls, corpus: Corpus, defeats: Defeats, limit: int, most_lines: int = 4, budget: int = 50_000_000
    ) -> Comparer:
        asker = Asker(corpus, smt.Backend(corpus, budget))
        return cls(corpus, defeats, asker, smt.Backend(corpus, budget, assumptions=()), limit, most_lines)

    def compare(self, queries: Iterable[Query], random: Random, counts: Counts) -> None:
        for query in queries:
            for line in self._compared(query, random, counts):
                counts.disagreements.append(f"{query.kind}: {query.about}: {line}")

    def _compared(self, query: Query, random: Random, counts: Counts) -> Iterator[str]:
        exprs, said = assumed(query, self.corpus)
        exprs = [*query.asked, *exprs]
        answer = self.asker.possible(query.about, query.asked)
        verdict = self.bare.solve(exprs, minimise=False)
        if answer is None or isinstance(verdict, smt.Undecided):
            counts.undecided += 1
            return
        if answer != isinstance(verdict, smt.Sat):
            yield f"{answer} with the assumptions that a check takes, {verdict} with those that bear on it"
        around = slice_of(exprs, self.corpus, random)
        witness = verdict.context if isinstance(verdict, smt.Sat) and _few_rows(verdict.context) else None
        kept = witness if random.random() < 0.5 else None
        slice_ = thinned(around, self.limit, random, kept)
        counts.kinds[query.kind] += 1
        counts.whole += slice_.whole
        said = [*query.said, *said]
        context = first(slice_, said, counts.tried)
        within = self.bare.satisfiable([*exprs, *slice_.conditions(self.corpus)])
        if isinstance(within, smt.Undecided):
            counts.undecided += 1
        elif (context is not None) != within:
            yield f"in the slice the solver says {within}, and trying finds {context}"
        if context is None:
            counts.beyond += answer and slice_.whole
        else:
            counts.satisfied.add((query.kind, query.about))
            if not answer:
                yield f"proved to be impossible, and so in {context}"
        through = context or witness
        if through is None:
            return
        if any(each.holds(through) is not True for each in said):
            yield f"satisfied to the solver alone in {through}"
        if not shown(query, self.corpus, self.defeats, through):
            yield f"the answer as a whole is otherwise in {through}"
        if not _few_rows(through):
            return
        for line in lines(through, around, random, self.most_lines):
            yield from self._along(line, exprs, said, counts)

    def _along(
        self, line: Line, exprs: Sequence[Expr], said: Sequence[Said], counts: Counts
    ) -> Iterator[str]:
        """On a line, the solver must say of each context what the reference says of it."""
        holding = [all(each.holds(context) is True for each in said) for context in line.contexts]
        counts.lines += 1
        counts.points += len(holding)
        for wanted, query in ((True, [negation(conjunction(*exprs))]), (False, exprs)):
            among = [c for c, holds in zip(line.contexts, holding, strict=True) if holds is wanted]
            if among and self.bare.satisfiable([*line.conditions(among, self.corpus), *query]) is not False:
                yield f"all of these say {wanted}, but not to the solver: {line.key} in {among}"


def _few_rows(context: Context) -> bool:
    return all(len(rows) <= _MOST_ROWS for rows in context.case.records.values())
