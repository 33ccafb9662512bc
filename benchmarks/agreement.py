"""The four backends on random cases of a corpus: reference evaluator, Z3, generated Python, SQL on DuckDB.

    python benchmarks/agreement.py [CASES] [PATH] [--solver-every N] [--seed N]

Each case is asked one question, at random among those of the corpus, with complete facts near the edges of
the norms. All four must find the same norms applicable and come to the same verdict; a disagreement is
printed, and the exit status is 1. CPU seconds are per backend.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
from attrs import evolve, field, frozen
from sampling import sampler

from guiju.compiler import formulas, smt
from guiju.compiler.kernel import (
    Boolean,
    Context,
    Corpus,
    Date,
    Integer,
    Norm,
    Question,
    ReadingRef,
    Type,
    binds,
    negation,
    walk,
)
from guiju.compiler.native import Setting
from guiju.compiler.native import compile_question as native
from guiju.compiler.pinning import pins, within
from guiju.compiler.resolve import resolve
from guiju.compiler.table import Columns, PlaceColumn
from guiju.compiler.table import compile_question as table
from guiju.compiler.verdicts import Conditions, Verdict, verdict
from guiju.decisions.loading import load

#: So many questions are asked in one process: what a solver has used is only given back when it ends.
_AT_ONCE = 12

Answer = tuple[frozenset[str], str]  # which norms apply, and the verdict


@frozen
class Run:
    """The cases of one corpus and what came of them."""

    corpus: Corpus
    defeats: Mapping
    random: Random
    every: int = 1
    seconds: Counter[str] = field(factory=Counter)
    verdicts: Counter[str] = field(factory=Counter)
    differences: list[str] = field(factory=list)
    solved: list[int] = field(factory=lambda: [0])

    @contextmanager
    def timed(self, backend: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds[backend] += time.process_time() - started

    def ask(self, question: Question, norms: Sequence[Norm], count: int) -> int:
        """Ask ``question`` of ``count`` cases of each backend; how many norms were found applicable."""
        small = evolve(self.corpus, norms=tuple(norms))
        readings = {n: self.random.choice(r.choices) for n, r in self.corpus.readings.items()}
        seeds = [e.context for e in self.corpus.examples]
        drawing = sampler(norms, self.corpus, seeds)
        # Mostly where some norm applies, and sometimes anywhere.
        places = [norm.territory for norm in norms] * 4 + list(self.corpus.territories)
        contexts = [drawing.draw(self.random, self.random.choice(places), readings) for _ in range(count)]
        with self.timed("reference"):
            expected = [self._reference(question, small, context) for context in contexts]
        with self.timed("generated Python"):
            by_native = self._native(question, small, contexts, readings)
        with self.timed("SQL on DuckDB"):
            by_table = self._table(question, small, contexts, readings)
        with self.timed("Z3"):
            picked = range(self.random.randrange(self.every), len(contexts), self.every)
            among = [contexts[i] for i in picked], [expected[i] for i in picked]
            by_solver = dict(zip(picked, self._solver(question, small, *among), strict=True))
        self.solved[0] += len(by_solver)
        compared = zip(contexts, expected, by_native, by_table, strict=True)
        for number, (context, said, one, other) in enumerate(compared):
            self.verdicts[said[1]] += 1
            for backend, found in (("generated Python", one), ("SQL on DuckDB", other)):
                if found != said:
                    self.differences.append(f"{backend}: {question}: {found} != {said} in {context}")
            if not by_solver.get(number, True):
                self.differences.append(f"Z3: {question}: not {said} in {context}")
        return sum(len(applying) for applying, _ in expected)

    def _reference(self, question: Question, small: Corpus, context: Context) -> Answer:
        found = resolve(question, small, self.defeats, context)
        assert not found.undetermined
        return frozenset(found.applicable), verdict(found, {n.id: n for n in small.norms}).value

    def _native(
        self, question: Question, small: Corpus, contexts: Sequence[Context], readings: Mapping[str, str]
    ) -> list[Answer]:
        programs = {
            place: native(question, small.norms, small, self.defeats, Setting(place, readings))
            for place in {context.place for context in contexts}
        }
        answers: list[Answer] = []
        for context in contexts:
            program, case = programs[context.place], context.case
            mask = program.applying(case.facts, case.records, context.today)
            applying = frozenset(n.id for bit, n in enumerate(program.norms) if mask >> bit & 1)
            answers.append((applying, program.verdict(case.facts, case.records, context.today)[0].value))
        return answers

    def _table(
        self, question: Question, small: Corpus, contexts: Sequence[Context], readings: Mapping[str, str]
    ) -> list[Answer]:
        columns = Columns(on="on", at=PlaceColumn("at"), key="key")
        compiled = table(question, small.norms, small, self.defeats, columns, readings)
        with duckdb.connect(config={"threads": 1}) as engine:
            engine.register("cases", _rows(small, contexts))
            found = engine.sql(compiled.sql("cases")).to_arrow_table().to_pylist()
        found.sort(key=lambda row: row["key"])
        return [
            (
                frozenset(id_ for bit, id_ in enumerate(compiled.norms) if row["applying"] >> bit & 1),
                row["verdict"],
            )
            for row in found
        ]

    def _solver(
        self, question: Question, small: Corpus, contexts: Sequence[Context], expected: Sequence[Answer]
    ) -> list[bool]:
        """Whether each case can be as the reference says: pinned as it is, it can be in one way only."""
        applies = {norm.id: formulas.applicable(norm, small) for norm in small.norms if binds(norm)}
        verdicts = Conditions(question, small, self.defeats)
        words = {word: verdicts.of(Verdict(word)) for word in {word for _, word in expected}}
        queries = []
        used = {
            e.name
            for each in (*applies.values(), *words.values())
            for e in walk(each)
            if isinstance(e, ReadingRef)
        }
        spoken = evolve(small, readings={name: r for name, r in small.readings.items() if name in used})
        for context, (applying, word) in zip(contexts, expected, strict=True):
            said = [each if id_ in applying else negation(each) for id_, each in applies.items()]
            asked = [*said, words[word]]
            queries.append([*pins(within(context, asked), spoken), *asked])
        solver = smt.Backend(small, 0, assumptions=())
        solver.reserve(queries)
        return [solver.satisfiable(query) is True for query in queries]


def _rows(corpus: Corpus, contexts: Sequence[Context]) -> pa.Table:
    columns = {
        "key": pa.array(range(len(contexts)), pa.int64()),
        "on": pa.array([context.today for context in contexts], pa.date32()),
        "at": pa.array([context.place for context in contexts], pa.string()),
    }
    for name in dict.fromkeys(name for context in contexts for name in context.case.facts):
        held = [context.case.facts.get(name) for context in contexts]
        columns[name] = pa.array(held, _arrow(corpus.facts[name].type))
    for name in dict.fromkeys(name for context in contexts for name in context.case.records):
        fields = [(f, _arrow(held)) for f, held in corpus.records[name].fields.items()]
        given = [list(context.case.records.get(name, ())) for context in contexts]
        columns[name] = pa.array(given, pa.list_(pa.struct(fields)))
    return pa.table(columns)


def _arrow(type_: Type) -> pa.DataType:
    match type_:
        case Boolean():
            return pa.bool_()
        case Integer():
            return pa.int64()
        case Date():
            return pa.date32()
        case _:
            return pa.string()


def chunk(path: Path, first: int, last: int, cases: int, every: int, seed: int) -> tuple[int, int, Run]:
    """The questions ``first`` to ``last`` of the corpus, in a process that ends with the solver's memory."""
    asked = load(path)
    corpus = asked.kernel
    run = Run(corpus, asked.artifact.head.defeats, Random(seed + first), every)
    questions = by_question(corpus)
    total = sum(len(norms) for _, norms in questions)
    done, applied = 0, 0
    for question, norms in questions[first:last]:
        # Questions with more norms are asked more often: there the backends have more to disagree on.
        count = max(1, round(cases * len(norms) / total))
        applied += run.ask(question, norms, count)
        done += count
    return done, applied, evolve(run, corpus=None, defeats={}, random=None)


def by_question(corpus: Corpus) -> list[tuple[Question, list[Norm]]]:
    """Each question with the norms that answer it."""
    questions: dict[Question, list[Norm]] = {}
    for norm in corpus.norms:
        if binds(norm):
            questions.setdefault(norm.question, []).append(norm)
    return list(questions.items())


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("cases", nargs="?", type=int, default=2_000)
    arguments.add_argument("path", nargs="?", type=Path, default=Path(__file__).parents[1] / "specs")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument(
        "--solver-every", type=int, default=1, help="Z3 is asked about one case in so many"
    )
    given = arguments.parse_args()
    count = len(by_question(load(given.path).kernel))
    done, applied, seconds, verdicts = 0, 0, Counter[str](), Counter[str]()
    solved, differences = 0, list[str]()
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=1) as pool:
        tasks = [
            pool.submit(chunk, given.path, at, at + _AT_ONCE, given.cases, given.solver_every, given.seed)
            for at in range(0, count, _AT_ONCE)
        ]
        for task in as_completed(tasks):
            some, more, run = task.result()
            done, applied = done + some, applied + more
            seconds += run.seconds
            verdicts += run.verdicts
            solved += run.solved[0]
            differences += run.differences
            print(f"{done} cases, {len(differences)} disagreements", file=sys.stderr, flush=True)
    print(f"{done} cases, {solved} of them given to Z3; {count} questions, seed {given.seed}")
    print(f"a norm applied {applied} times; " + ", ".join(f"{w} {n}" for w, n in verdicts.most_common()))
    for backend, spent in seconds.most_common():
        among = solved if backend == "Z3" else done
        print(f"{backend:>18}: {spent:8.1f} s CPU, {1e6 * spent / among:8.0f} µs a case")
    print(f"disagreements: {len(differences)}")
    for each in differences[:5]:
        print(each)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
