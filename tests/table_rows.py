"""Cases as rows of a table, and what the reference says of them in the words of the table backend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from guiju.compiler.kernel import (
    Boolean,
    Context,
    Corpus,
    Date,
    Enumeration,
    Integer,
    MayDo,
    Modality,
    Norm,
    Question,
    Strength,
    Type,
)
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, EvaluatedSpan, Resolution, resolve
from guiju.compiler.table import Compiled
from guiju.compiler.verdicts import Verdict, verdict

KEY, DATE, PLACE, LAW_DATE = "the row", "the date", "the place", "the law date"

Row = Mapping[str, Any]


def arrow_type(type_: Type) -> pa.DataType:
    match type_:
        case Boolean():
            return pa.bool_()
        case Integer():
            return pa.int64()
        case Enumeration():
            return pa.string()
        case Date():
            return pa.date32()


def table(corpus: Corpus, contexts: Sequence[Context], facts: Iterable[str] | None = None) -> pa.Table:
    """``contexts`` as rows, with ``facts`` or all; what a case does not give is NULL."""
    columns: dict[str, pa.Array] = {
        KEY: pa.array(range(len(contexts)), pa.int64()),
        DATE: pa.array([context.today for context in contexts], pa.date32()),
        PLACE: pa.array([context.place for context in contexts], pa.string()),
        LAW_DATE: pa.array([context.law_date for context in contexts], pa.date32()),
    }
    for name in corpus.facts if facts is None else facts:
        held = [context.case.facts.get(name) for context in contexts]
        columns[name] = pa.array(held, arrow_type(corpus.facts[name].type))
    for name, record in corpus.records.items():
        fields = [(field, arrow_type(held)) for field, held in record.fields.items()]
        rows = [context.case.records.get(name) for context in contexts]
        whole = [
            None if given is None else [{field: row.get(field) for field, _ in fields} for row in given]
            for given in rows
        ]
        columns[name] = pa.array(whole, pa.list_(pa.struct(fields)))
    return pa.table(columns)


def answers(compiled: Compiled, rows: pa.Table) -> list[Row]:
    """What the query of ``compiled`` gives for each row, in the order of rows."""
    with duckdb.cursor() as engine:
        engine.register("cases", rows)
        found = engine.execute(compiled.sql("cases"))
        names = [column[0] for column in found.description]
        answered = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    return sorted(answered, key=lambda row: int(row[KEY]))


def reference(
    question: Question, compiled: Compiled, corpus: Corpus, defeats: Defeats, context: Context
) -> dict[str, object]:
    """The columns that the table should have for ``context``, but for the key."""
    norms = {norm.id: norm for norm in corpus.norms if norm.question == question}
    resolution = resolve(question, corpus, defeats, context)
    word = verdict(resolution, norms)
    grounds = _grounds(resolution, word, norms)
    taken = dict(resolution.standing)
    found: dict[str, object] = {"verdict": word.value, "grounds": grounds}
    positions = [taken[id_] for id_ in grounds]
    spans = [position for position in positions if isinstance(position, EvaluatedSpan)]
    values = [position.value for position in positions if isinstance(position, EvaluatedAnswer)]
    if not isinstance(question, MayDo):
        found |= {"starts": [span.start for span in spans], "ends": [span.end for span in spans]}
        found |= {"answers": values}
    found |= _bits("applying", compiled, resolution.applicable)
    found |= _bits("resting", compiled, grounds)
    found |= _bits("unsettled", compiled, resolution.undetermined)
    return found


def _grounds(resolution: Resolution, word: Verdict, norms: Mapping[str, Norm]) -> list[str]:
    standing = [id_ for id_, _ in resolution.standing]
    match word:
        case Verdict.UNDETERMINED | Verdict.SILENT:
            return []
        case Verdict.IN_CONFLICT:
            met = {id_ for pair in resolution.conflicts for id_ in pair}
            return [id_ for id_ in standing if id_ in met]
    if not isinstance(resolution.question, MayDo) or word is Verdict.ELIGIBLE:
        return standing
    forbidding = [id_ for id_ in standing if norms[id_].position is Modality.FORBIDDEN]
    firm = word is Verdict.INELIGIBLE
    return [id_ for id_ in forbidding if (norms[id_].strength is Strength.STRICT) is firm]


def _bits(name: str, compiled: Compiled, ids: Iterable[str]) -> dict[str, object]:
    """The columns of a set of norms: 62 in each."""
    bits = sum(1 << compiled.norms.index(id_) for id_ in ids)
    words = range(1 + max(0, len(compiled.norms) - 1) // 62)
    return {f"{name}_{n}" if n else name: bits >> 62 * n & (1 << 62) - 1 for n in words}
