"""The four backends on random cases of a corpus: reference evaluator, Z3, generated Python, SQL on DuckDB.

    python benchmarks/agreement.py [CASES] [PATH] [SEED]

Each case is asked one question, at random among those of the corpus, with complete facts near the edges of
the norms. All four must find the same norms applicable and come to the same verdict; a disagreement is
printed, and the exit status is 1. CPU seconds are per backend.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
from attrs import evolve, field, frozen

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
from guiju.compiler.sampling import sampler
from guiju.compiler.table import Columns, PlaceColumn
from guiju.compiler.table import compile_question as table
from guiju.compiler.verdicts import Conditions, Verdict, verdict
from guiju.decisions.loading import load
from guiju.decisions.topics import topics

Answer = tuple[frozenset[str], str]  # which norms apply, and the verdict


@frozen
class Run:
    """The cases of one corpus and what came of them."""

    corpus: Corpus
    defeats: Mapping
    random: Random
    seconds: Counter[str] = field(factory=Counter)
    verdicts: Counter[str] = field(factory=Counter)
    differences: list[str] = field(factory=list)

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
            by_solver = self._solver(question, small, contexts, expected)
        for context, said, one, other, agrees in zip(
            contexts, expected, by_native, by_table, by_solver, strict=True
        ):
            self.verdicts[said[1]] += 1
            for backend, found in (("generated Python", one), ("SQL on DuckDB", other)):
                if found != said:
                    self.differences.append(f"{backend}: {question}: {found} != {said} in {context}")
            if not agrees:
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


def main() -> int:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[1] / "specs"
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    asked = load(path)
    corpus = asked.kernel
    run = Run(corpus, asked.artifact.head.defeats, Random(seed))
    questions: dict[Question, list[Norm]] = {}
    for _, norms in topics(corpus).values():
        for norm in norms:
            if binds(norm):
                questions.setdefault(norm.question, []).append(norm)
    # Questions with more norms are asked more often: there the backends have more to disagree on.
    weights = [len(norms) for norms in questions.values()]
    total, done, applied = sum(weights), 0, 0
    for (question, norms), weight in zip(questions.items(), weights, strict=True):
        count = max(1, round(cases * weight / total))
        applied += run.ask(question, norms, count)
        done += count
    print(f"{done} cases, {len(questions)} questions, {applied} times that a norm applied, seed {seed}")
    print("verdicts: " + ", ".join(f"{word} {n}" for word, n in run.verdicts.most_common()))
    for backend, seconds in run.seconds.most_common():
        print(f"{backend:>18}: {seconds:8.1f} s CPU, {1e6 * seconds / done:8.0f} µs a case")
    print(f"disagreements: {len(run.differences)}")
    for each in run.differences[:5]:
        print(each)
    return 1 if run.differences else 0


if __name__ == "__main__":
    sys.exit(main())
