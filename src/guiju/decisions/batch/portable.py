"""The query that answers a question, for another engine: the SQL that answers files here, in its dialect.

It trusts its table: values are of the types of their facts (``docs/howto/batch.md``). What is read from a
file here is checked; there that is up to whoever fills the table.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from guiju.compiler.kernel import Corpus
from guiju.compiler.table import Columns, OnePlace, PlaceColumn, compile_question, sql
from guiju.decisions.batch.request import Unusable, is_day
from guiju.decisions.corpus import Corpus as AskedCorpus
from guiju.decisions.topics import mentions
from guiju.dsl.diagnostics import did_you_mean


def query(
    corpus: AskedCorpus,
    question: str,
    on: str,
    at: str,
    dialect: str,
    *,
    table: str = "cases",
    columns: Mapping[str, str] | None = None,
    key: str | None = None,
    readings: Mapping[str, str] | None = None,
    there: frozenset[str] | None = None,
) -> str:
    """The query on ``table``.

    Args:
        corpus: What is asked.
        question: A topic.
        on: The day, or a column of days.
        at: The place, or a column of places.
        dialect: One of SQLGlot's: ``spark``, ``trino``, ``bigquery``, ``duckdb``, ...
        table: The name of the table of cases.
        columns: The column of a fact or record, where it is not the full name.
        key: The column that is passed through.
        readings: Choices that differ from the defaults.
        there: The facts and records that have a column; None: all. The others take their defaults.

    Raises:
        Unusable: There is no such dialect.
        InvalidInput: There is no such question, place or reading.
    """
    known = sorted(each.value for each in sqlglot.Dialects if each.value)
    if dialect not in known:
        hint = did_you_mean(dialect, known)
        raise Unusable(
            f"--sql {dialect}：没有这种方言。{hint.zh if hint else '、'.join(known)}",
            f"--sql {dialect}: there is no such dialect; {hint.en if hint else ', '.join(known)}",
        )
    place = at if at in corpus.places else corpus.places[0]
    prepared = corpus.prepare(question, at=place, readings=readings)
    frame, norms = corpus.declarations, corpus.artifact.norms(prepared.topic.name)
    needed = {name for norm in norms if norm.question == prepared.topic.question for name in mentions(norm)}
    absent = sorted(needed - there) if there is not None else []
    given = dict(columns or {})
    unknown = {n: None for n in absent if n in frame.facts and frame.facts[n].default is None}
    day = is_day(on)
    compiled = compile_question(
        prepared.topic.question,
        norms,
        frame,
        corpus.artifact.head.defeats,
        Columns(
            on=on if day is None else day,
            at=OnePlace(at) if at in corpus.places else PlaceColumn(at),
            facts={**{name: column for name, column in given.items() if name in frame.facts}, **unknown},
            records={name: column for name, column in given.items() if name in frame.records},
            key=key,
        ),
        prepared.asked.readings,
    )
    source = _source(frame, table, [name for name in absent if name not in unknown])
    return compiled.query(source).sql(dialect=dialect, pretty=True) + "\n"


def _source(frame: Corpus, table: str, absent: list[str]) -> exp.Expression | str:
    """The table, with columns for what it does not have: defaults, and records without rows."""
    if not absent:
        return table
    added = [exp.alias_(_default(frame, name), name, quoted=True) for name in absent]
    return exp.select(exp.Star(), *added).from_(table)


def _default(frame: Corpus, name: str) -> sql.Sql:
    if name in frame.records:
        fields = [
            exp.ColumnDef(
                this=exp.to_identifier(each, quoted=True), kind=exp.DataType.build(sql.type_name(type_))
            )
            for each, type_ in frame.records[name].fields.items()
        ]
        row = exp.DataType(this=exp.DataType.Type.STRUCT, expressions=fields, nested=True)
        rows = exp.DataType(this=exp.DataType.Type.ARRAY, expressions=[row], nested=True)
        return exp.Cast(this=sql.array([]), to=rows)
    value = frame.facts[name].default
    assert value is not None
    return sql.literal(value)
