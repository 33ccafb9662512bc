"""The same query on other engines: each dialect reads back what it prints, Spark answers as DuckDB does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.kernel import Corpus, Question
from guiju.compiler.table import Columns, Compiled, PlaceColumn, compile_question
from table_rows import DATE, KEY, PLACE, answers, table

#: What we print for. DuckDB and Spark run here; for the others only the printing is tested.
DIALECTS = ("duckdb", "spark", "databricks", "trino")

COLUMNS = Columns(DATE, PlaceColumn(PLACE), key=KEY)


def compiled(question: Question, data: st.DataObject) -> tuple[Corpus, Compiled]:
    corpus = data.draw(draw.corpora(max_norms=6, depth=3, question=question))
    found = compile_question(question, corpus.norms, corpus, data.draw(draw.defeats(corpus)), COLUMNS, {})
    return corpus, found


@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@settings(max_examples=10)
def test_each_dialect_prints_what_it_parses(dialect: str, data: st.DataObject) -> None:
    """Nothing is unsupported, and what is printed reads back as a query that prints alike."""
    _, found = compiled(data.draw(draw.questions(draw.VOCABULARY)), data)
    printed = found.query("cases").sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
    again = sqlglot.parse_one(printed, read=dialect)
    assert again.named_selects == found.query("cases").named_selects
    assert sqlglot.parse_one(again.sql(dialect=dialect), read=dialect) == again


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of a local Spark, which is a cluster of one machine; none where it is not installed."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed (it also needs Java)")
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.mark.slow
def test_spark_answers_as_duckdb_does(spark: Any, tmp_path: Path) -> None:
    """Random corpora and cases, complete or not: the same tree printed for Spark gives the same columns."""
    compared: list[int] = []

    @given(data=st.data())
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    def compare(data: st.DataObject) -> None:
        corpus, found = compiled(data.draw(draw.questions(draw.VOCABULARY)), data)
        complete = data.draw(st.booleans())
        cases = data.draw(st.lists(draw.contexts(corpus, complete), min_size=1, max_size=12))
        rows = table(corpus, cases)
        assert on_spark(spark, found, rows, tmp_path) == answers(found, rows)
        compared.append(len(cases))

    compare()
    assert sum(compared) > 60


def on_spark(session: Any, found: Compiled, rows: pa.Table, folder: Path) -> list[dict[str, Any]]:
    path = folder / "cases.parquet"
    pq.write_table(rows, path)
    session.read.parquet(str(path)).createOrReplaceTempView("cases")
    answered = session.sql(found.sql("cases", "spark")).collect()
    return sorted((row.asDict(recursive=True) for row in answered), key=lambda row: int(row[KEY]))
