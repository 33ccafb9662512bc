"""The whole of it: open, read, answer, write, verify; then put the files in their places, or none of them."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from typing import IO

from attrs import evolve, frozen

from guiju.compiler.kernel import Corpus as Kernel
from guiju.decisions.batch import csv_input, jsonl_input, output
from guiju.decisions.batch.brief import Brief, Outcome, Refused
from guiju.decisions.batch.headers import Columns
from guiju.decisions.batch.headers import columns as columns_of
from guiju.decisions.batch.native import Native
from guiju.decisions.batch.output import Answered, Heading, Writer, as_json, text
from guiju.decisions.batch.request import Input, Opening, Request, Summary, Unusable, Watch, is_day
from guiju.decisions.batch.rows import JsonReader, Passed, Reader, TableReader
from guiju.decisions.batch.solving import Solving, bearing
from guiju.decisions.batch.source import Chunk, Line, Source
from guiju.decisions.batch.verification import Sample, Verifying
from guiju.decisions.batch.writing import move, named, staged
from guiju.decisions.corpus import Corpus
from guiju.decisions.engine import Engine
from guiju.decisions.topics import Topic
from guiju.decisions.values import shown
from guiju.dsl.diagnostics import InternalError, did_you_mean

Answering = Callable[[Chunk], list[Outcome]]
#: Below so many rows the programs are as quick as the tables, which have to be compiled first.
_LARGE = 20_000
#: Bytes of a row of CSV, roughly.
_USUAL_ROW = 60


@frozen(eq=False)
class Run:
    """A file, opened and understood, that has not been gone through yet.

    Attributes:
        request: What is asked.
        opening: Where each fact comes from.
    """

    request: Request
    opening: Opening
    _source: Source
    _reader: Reader
    _native: Native
    _answering: Answering
    _topic: Topic
    _heading: Heading

    def go(self, watch: Watch) -> Summary:
        """Answer every row, or say of each that is not answered why not.

        Raises:
            Unusable: The output cannot be written there, or does not fit its format.
            OSError: Reading or writing fails.
            InternalError: The reference evaluator disagrees, or the counts do; then nothing is written.
        """
        request = self.request
        with ExitStack() as stack:
            answers, answers_at = stack.enter_context(staged(request.output))
            rejects, rejects_at = stack.enter_context(staged(request.rejects))
            with named(request.output):
                writer = output.opened(answers, request.output_format, self._heading, self._source.types)
            stack.callback(writer.abandon)
            with named(request.rejects):
                file = rejects.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            side = stack.enter_context(_closing(file))
            counts = self._through(writer, side, watch)
            with named(request.output):
                writer.close()
            with named(request.rejects):
                side.close()
            move(rejects, rejects_at)
            move(answers, answers_at)
        return counts

    def close(self) -> None:
        """Let go of the input."""
        self._source.close()

    def _through(self, writer: Writer, side: IO[str], watch: Watch) -> Summary:
        """Answer the rows, chunk by chunk."""
        sample = Sample(self.request.verify, self.request.seed)
        verdicts: Counter[str] = Counter()
        read = answered = rejected = unsolved = 0
        for chunk in self._source.chunks():
            outcomes = self._answering(chunk)
            good = [index for index, each in enumerate(outcomes) if isinstance(each, Brief)]
            briefs = [each for each in outcomes if isinstance(each, Brief)]
            passed = self._reader.passed(chunk)
            numbers = [read + index + 1 for index in good]
            with named(self.request.output):
                writer.write(Answered(numbers, [passed[index] for index in good], briefs))
            with named(self.request.rejects):
                for index, each in enumerate(outcomes):
                    if isinstance(each, Refused):
                        side.write(self._rejected(chunk.line(index), passed[index], each))
            for index, place in sample.chosen(len(good)):
                sample.take(place, chunk.line(good[index]), briefs[index])
            read += len(chunk)
            answered += len(good)
            rejected += len(outcomes) - len(good)
            verdicts.update(each.verdict for each in briefs)
            unsolved += sum(each.unsolved for each in briefs)
            watch(read, rejected, self._source.total)
        if read != answered + rejected or answered != sum(verdicts.values()):
            raise InternalError(f"internal error: {read} rows read, {answered} answered, {rejected} rejected")
        verified = self._verify(sample)
        return Summary(
            read, answered, rejected, dict(verdicts), verified, self._native.solving.asked, unsolved
        )

    def _verify(self, sample: Sample) -> int:
        engine = self._native.engine
        readings = {**engine.frame.default_readings(), **self.request.readings}
        verifying = Verifying(engine, self._topic, self._reader, readings)
        for line, brief in sample.taken:
            verifying.verify(line, brief)
        return len(sample.taken)

    def _rejected(self, line: Line, passed: Passed, refused: Refused) -> str:
        """A line of the side file."""
        problems = [{"column": self._reader.column(p.path), **p.to_dict()} for p in refused.problems]
        found: dict[str, object] = {"row": line.number, "line": line.place}
        if self._heading.id is not None:
            found["id"] = as_json(passed.id)
        found |= {"values": as_json(self._reader.original(line)), "problems": problems}
        return json.dumps(found, ensure_ascii=False) + "\n"


def opened(corpus: Corpus, request: Request) -> Run:
    """The file that ``request`` names, ready to be gone through.

    Raises:
        Unusable: The file, its columns or what is asked cannot be used.
        InvalidInput: There is no such question, place or reading.
        OSError: The file cannot be read.
    """
    for one in (request.output, request.rejects):
        if one.resolve() == request.input.path.resolve():
            raise Unusable(f"{one} 就是输入文件", f"{one} is the input")
    if request.output.resolve() == request.rejects.resolve():
        raise Unusable("--output 与 --rejects 是同一个文件", "--output and --rejects are the same file")
    place = request.at if request.at in corpus.places else corpus.places[0]
    topic = corpus.prepare(request.question, at=place, readings=request.readings).topic
    request = evolve(request, question=topic.name)
    source = _source(request.input)
    try:
        return _understood(corpus, request, topic, source)
    except BaseException:
        source.close()
        raise


@contextlib.contextmanager
def _closing(file: IO[str]) -> Iterator[IO[str]]:
    """Close ``file`` whatever happens; that it cannot be written is said where it is written."""
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):
            file.close()


def _understood(corpus: Corpus, request: Request, topic: Topic, source: Source) -> Run:
    """A file that is open, with what its columns are."""
    frame = corpus.declarations
    engine = Engine(corpus.artifact)
    mentions = engine.topic(topic.name).mentions
    matters = bearing(mentions, frame)
    columns: Columns | None = None
    if source.header is None:
        on = None if request.on is None else _day(request.on)
        id_ = request.id or "id"
        reader: Reader = JsonReader(frame, corpus.places, on, _place(request.at, corpus), id_, request.keep)
        heading = Heading(id_, request.keep, request.full)
        small = frame
    else:
        columns = columns_of(source.header, request, frame)
        small = _restricted(frame, {*columns.facts, *matters})
        reader = TableReader(columns, small, corpus.places, source.texts)
        heading = Heading(request.id, request.keep, request.full)
    heading.check()
    solving = Solving(corpus, topic.name, request.readings, matters, request.solve, request.full)
    native = Native(corpus, topic.name, request.readings, reader, solving, request.full)
    answering: Answering = native.outcomes
    name = _engine(request, source)
    if name == "table":
        from guiju.decisions.batch.table import Table

        assert columns is not None
        readings = {**frame.default_readings(), **request.readings}
        answering = Table(native, topic, columns, small, source.texts, readings).outcomes
    opening = _opening(name, columns, source, sorted(mentions), frame)
    return Run(request, opening, source, reader, native, answering, topic, heading)


def _source(given: Input) -> Source:
    """The file, opened by what reads its format."""
    try:
        match given.format:
            case "csv":
                return csv_input.opened(given)
            case "jsonl":
                return jsonl_input.opened(given)
            case "xlsx":
                from guiju.decisions.batch import xlsx_input

                return xlsx_input.opened(given)
            case _:
                from guiju.decisions.batch import parquet_input

                return parquet_input.opened(given)
    except ImportError as error:
        extra = "xlsx" if given.format == "xlsx" else "table"
        raise Unusable(
            f"读取 {given.format} 需要 guiju[{extra}]", f"reading {given.format} needs guiju[{extra}]"
        ) from error


def _engine(request: Request, source: Source) -> str:
    """Which of the engines answers."""
    if request.engine == "native":
        return "native"
    columnar = request.input.format in ("parquet", "csv") and not request.full
    there = all(find_spec(name) is not None for name in ("duckdb", "pyarrow", "sqlglot"))
    if request.engine == "table":
        if not columnar:
            raise Unusable(
                "--engine table 只用于 Parquet 和 CSV，且不与 --full 同用",
                "--engine table is for Parquet and CSV, and not for --full",
            )
        if not there:
            raise Unusable("--engine table 需要 guiju[table]", "--engine table needs guiju[table]")
        return "table"
    large = source.total is not None and source.total >= _LARGE
    if source.total is None:
        large = request.input.path.stat().st_size >= _LARGE * _USUAL_ROW
    return "table" if columnar and there and large else "native"


def _opening(
    engine: str, columns: Columns | None, source: Source, mentions: list[str], frame: Kernel
) -> Opening:
    """Where each fact comes from."""
    if columns is None:
        return Opening(engine, None, notes=source.notes)
    absent = [name for name in mentions if name not in columns.facts]
    defaults = {n: frame.facts[n].default for n in absent if n in frame.facts}
    return Opening(
        engine,
        {name: columns.header[index] for name, index in columns.facts.items()},
        {n: text(shown(value, frame.facts[n].type)) for n, value in defaults.items() if value is not None},
        tuple(name for name, value in defaults.items() if value is None),
        tuple(name for name in absent if name in frame.records),
        columns.ignored,
        source.notes,
    )


def _restricted(frame: Kernel, names: set[str]) -> Kernel:
    """The declarations, of facts and records only those called ``names``."""
    return evolve(
        frame,
        facts={name: fact for name, fact in frame.facts.items() if name in names},
        records={name: record for name, record in frame.records.items() if name in names},
    )


def _day(given: str) -> dt.date:
    found = is_day(given)
    if found is None:
        raise Unusable(f"--on {given} 不是日期 YYYY-MM-DD", f"--on {given} is no day YYYY-MM-DD")
    return found


def _place(given: str | None, corpus: Corpus) -> str | None:
    if given is None or given in corpus.places:
        return given
    hint = did_you_mean(given, corpus.places)
    raise Unusable(
        f"没有地域“{given}”。{hint.zh if hint else ''}",
        f"there is no place {given}; {hint.en if hint else ''}",
    )
