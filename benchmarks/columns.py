"""What a million cases cost in a table, against NumPy by hand and other engines on the same rules.

The twelve rules of ``single_case.py``. Every engine is given the same random columns, dates as its own dates,
and answers with the verdict and the rules that it rests on, as bits; guiju also with all of its columns,
among them lists of ids, and NumPy with tuples of ids. All verdicts and bits are compared before anything is
timed; an engine that is not installed is left out. Nothing is written to a disk.

CPU time of all threads, each engine in turn, the least of the rounds; DuckDB with one thread. OpenFisca is
timed twice: from dates, as the others, and with the dates prepared before, as numbers in which months are 31
apart (``single_case.number``).
Run: ``python benchmarks/columns.py [ROWS] [ROUNDS]``.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from attrs import frozen
from single_case import CREDIT, LENIENT, PERMIT, PERMITTING, QUESTION, START, STRICT, TODAY, loaded, number

from guiju.compiler.table import Columns, OnePlace, compile_question

Table = Mapping[str, np.ndarray]  # by the name of the fact without "stall."
Answer = tuple[np.ndarray, np.ndarray]  # by row: the place of its verdict in WORDS, the bits of its grounds

WORDS = ("eligible", "discretionary", "ineligible")
RULES = (*PERMITTING, *LENIENT, *STRICT)
BIT = {name: 1 << place for place, name in enumerate(RULES)}
ENUMERATIONS = {"permit": PERMIT, "credit": CREDIT}


@frozen
class Engine:
    """A way to answer a table that it has been given, and how to read what it answered."""

    name: str
    ask: Callable[[], Any]
    read: Callable[[Any], Answer]


def table(rows: int) -> Table:
    """Random cases like those of ``single_case.cases``, by columns; members by their place."""
    rng = np.random.default_rng(4)
    today = np.datetime64(TODAY)
    edges = np.array(["2025-08-28", "2025-08-31", "2023-02-28", "2016-02-29", str(START)], "datetime64[D]")

    def seldom() -> np.ndarray:
        return rng.random(rows) < 0.2

    def day() -> np.ndarray:
        near = rng.choice(edges, rows) + rng.integers(-2, 3, rows)
        anywhere = np.datetime64("2010-01-01") + rng.integers(0, 6200, rows)
        return np.where(rng.random(rows) < 0.5, near, anywhere)

    return {
        "age": rng.integers(16, 91, rows),
        "size": rng.integers(1, 61, rows),
        "permit": rng.integers(0, 3, rows).astype(np.int8),
        "credit": rng.choice(np.array([0, 0, 0, 1, 2, 3], np.int8), rows),
        "on_road": seldom(),
        "night_market": rng.random(rows) < 0.5,
        "graver": seldom(),
        "near_school": seldom(),
        "deposit": rng.choice(np.array([0, 199, 200, 500, 1000]), rows),
        "health_until": today + rng.choice(np.array([-1, 0, 1, 100, 200, 300, 400]), rows),
        "warned": seldom(),
        "warned_on": day(),
        "closed": seldom(),
        "closed_on": day(),
        "revoked": seldom(),
        "revoked_on": day(),
    }


# --- Guiju -----------------------------------------------------------------------------------------------


def arrow(given: Table) -> pa.Table:
    """Text for the members of enumerations, as a file of cases would have it."""
    columns = {}
    for name, values in given.items():
        if name in ENUMERATIONS:
            names = np.array(ENUMERATIONS[name], dtype=object)
            columns[f"stall.{name}"] = pa.array(names[values], pa.string())
        else:
            columns[f"stall.{name}"] = pa.array(values)
    return pa.table(columns)


def guiju(given: Table, day: str) -> Iterator[Engine]:
    """Our SQL on DuckDB's own table: with verdicts and bits, and with lists of ids too."""
    corpus, defeats = loaded()
    on: Any = TODAY if day == "one day" else "the date"
    compiled = compile_question(QUESTION, corpus.norms, corpus, defeats, Columns(on, OnePlace("city")), {})
    connection = duckdb.connect(config={"threads": 1})
    connection.register("given", arrow(given))
    connection.execute(f"CREATE TABLE cases AS SELECT *, DATE '{TODAY}' AS \"the date\" FROM given")
    query = compiled.sql("cases")
    names = [id_.split(".")[1].split("/")[0] for id_ in compiled.norms]

    def read(found: pa.Table) -> Answer:
        resting = found.column("resting").to_numpy()
        bits = sum(np.where(resting & (1 << place) != 0, BIT[name], 0) for place, name in enumerate(names))
        words = found.column("verdict").to_numpy()
        return np.select([words == word for word in WORDS], range(len(WORDS)), -1), np.asarray(bits)

    def bits_only() -> pa.Table:
        return connection.sql(f"SELECT verdict, resting FROM ({query})").to_arrow_table()

    yield Engine(f"guiju on DuckDB, {day}, bits", bits_only, read)
    yield Engine(f"guiju on DuckDB, {day}, all columns", lambda: connection.sql(query).to_arrow_table(), read)


# --- By hand ---------------------------------------------------------------------------------------------


def months_later(days: np.ndarray, months: int) -> np.ndarray:
    """Each day ``months`` later; where that month has no such day, its last one."""
    month = days.astype("datetime64[M]")
    later = month + months
    last = (later + 1).astype("datetime64[D]") - 1
    return np.minimum(later.astype("datetime64[D]") + (days - month.astype("datetime64[D]")), last)


def numpy_rules(v: Table) -> dict[str, np.ndarray]:
    today, start = np.datetime64(TODAY), np.datetime64(START)

    def window(day: np.ndarray, months: int) -> np.ndarray:
        return (day >= start) & (day <= today) & (today <= months_later(day, months))

    night = v["night_market"] & (v["size"] <= 12)
    road = v["on_road"] & (v["size"] > 4)
    return {
        "licensed": (v["permit"] > 0) & (v["age"] >= 18) & ~road,
        "night": night,
        "old": (v["age"] > 75) & (v["permit"] == 1),
        "school": v["near_school"] & (v["credit"] > 0),
        "minor": v["age"] < 18,
        "road": road & ~night,
        "health": v["health_until"] < today,
        "credit": (v["credit"] == 3) | ((v["credit"] == 2) & (v["permit"] != 2)),
        "deposit": (v["deposit"] < 200) & (v["permit"] > 0) & (v["size"] > 20),
        "warned": v["warned"] & window(v["warned_on"], 6),
        "closed": v["closed"] & ~v["graver"] & window(v["closed_on"], 36),
        "revoked": (v["revoked"] | (v["closed"] & v["graver"])) & window(v["revoked_on"], 120),
    }


def verdicts(rules: Mapping[str, Any]) -> Answer:
    """The verdict and the grounds where these rules hold."""
    bits = sum(rules[name].astype(np.int64) * BIT[name] for name in RULES)
    strict, lenient, permitting = (sum(BIT[n] for n in names) for names in (STRICT, LENIENT, PERMITTING))
    firm, soft = bits & strict != 0, bits & lenient != 0
    words = np.where(firm, 2, np.where(soft, 1, 0))
    return words, bits & np.where(firm, strict, np.where(soft, lenient, permitting))


def numpy(given: Table) -> Iterator[Engine]:
    def with_ids() -> Any:
        words, bits = verdicts(numpy_rules(given))
        met, where = np.unique(bits, return_inverse=True)
        ids = np.empty(len(met), dtype=object)
        ids[:] = [tuple(name for name in RULES if mask & BIT[name]) for mask in met]
        return words, bits, np.array(WORDS, dtype=object)[words], ids[where]

    yield Engine("NumPy by hand, bits", lambda: verdicts(numpy_rules(given)), lambda found: found)
    yield Engine("NumPy by hand, words and ids", with_ids, lambda found: found[:2])


# --- Peers -----------------------------------------------------------------------------------------------


def openfisca(given: Table) -> Iterator[Engine]:
    from openfisca_core import periods
    from openfisca_core.entities import Entity
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    stall = Entity("stall", "stalls", "A stall", "")
    system = TaxBenefitSystem([stall])
    now = periods.period("2026-02")
    days = {name for name, values in given.items() if values.dtype.kind == "M"}
    today = number(TODAY)

    def numbered(values: np.ndarray) -> np.ndarray:
        month = values.astype("datetime64[M]")
        day = (values - month.astype("datetime64[D]")).astype(np.int64)
        return 31 * (month.astype(np.int64) + 12 * 1970) + day

    def numbers() -> dict[str, np.ndarray]:
        return {name: numbered(values) if name in days else values for name, values in given.items()}

    def window(day: Any, months: int) -> Any:
        return (day >= number(START)) & (day <= today) & (today <= day + 31 * months)

    formulas: dict[str, Callable[[Callable[[str], Any]], Any]] = {
        "licensed": lambda v: (v("permit") > 0) & (v("age") >= 18) & ~(v("on_road") & (v("size") > 4)),
        "night": lambda v: v("night_market") & (v("size") <= 12),
        "minor": lambda v: v("age") < 18,
        "old": lambda v: (v("age") > 75) & (v("permit") == 1),
        "road": lambda v: v("on_road") & (v("size") > 4) & ~v("rule_night"),
        "health": lambda v: v("health_until") < today,
        "credit": lambda v: (v("credit") == 3) | ((v("credit") == 2) & (v("permit") != 2)),
        "school": lambda v: v("near_school") & (v("credit") > 0),
        "deposit": lambda v: (v("deposit") < 200) & (v("permit") > 0) & (v("size") > 20),
        "warned": lambda v: v("warned") & window(v("warned_on"), 6),
        "closed": lambda v: v("closed") & ~v("graver") & window(v("closed_on"), 36),
        "revoked": lambda v: (v("revoked") | (v("closed") & v("graver"))) & window(v("revoked_on"), 120),
    }

    def declare(name: str, type_: type, formula: Callable[[Callable[[str], Any]], Any] | None) -> None:
        body: dict[str, Any] = {"value_type": type_, "entity": stall, "definition_period": periods.MONTH}
        if formula is not None:
            body["formula"] = lambda who, when: formula(lambda asked: who(asked, when))
        system.add_variable(type(name, (Variable,), body))

    prepared = numbers()
    for name, values in prepared.items():
        declare(name, bool if values.dtype == np.bool_ else int, None)
    for name, formula in formulas.items():
        declare(f"rule_{name}", bool, formula)
    rows = len(given["age"])

    def ask(inputs: Table) -> Answer:
        simulation = SimulationBuilder().build_default_simulation(system, rows)
        for name, values in inputs.items():
            simulation.set_input(name, now, values)
        return verdicts({name: simulation.calculate(f"rule_{name}", now) for name in formulas})

    yield Engine("openfisca-core, dates as numbers, bits", lambda: ask(prepared), lambda found: found)
    yield Engine("openfisca-core, bits", lambda: ask(numbers()), lambda found: found)


def polars(given: Table) -> Iterator[Engine]:
    import polars as pl

    frame = pl.DataFrame(dict(given))
    v = {name: pl.col(name) for name in given}

    def window(day: Any, months: int) -> Any:
        return (day >= START) & (day <= TODAY) & (day.dt.offset_by(f"{months}mo") >= TODAY)

    night = v["night_market"] & (v["size"] <= 12)
    road = v["on_road"] & (v["size"] > 4)
    rules = {
        "licensed": (v["permit"] > 0) & (v["age"] >= 18) & ~road,
        "night": night,
        "old": (v["age"] > 75) & (v["permit"] == 1),
        "school": v["near_school"] & (v["credit"] > 0),
        "minor": v["age"] < 18,
        "road": road & ~night,
        "health": v["health_until"] < TODAY,
        "credit": (v["credit"] == 3) | ((v["credit"] == 2) & (v["permit"] != 2)),
        "deposit": (v["deposit"] < 200) & (v["permit"] > 0) & (v["size"] > 20),
        "warned": v["warned"] & window(v["warned_on"], 6),
        "closed": v["closed"] & ~v["graver"] & window(v["closed_on"], 36),
        "revoked": (v["revoked"] | (v["closed"] & v["graver"])) & window(v["revoked_on"], 120),
    }
    bits = pl.sum_horizontal(rules[name].cast(pl.Int64) * BIT[name] for name in RULES)
    strict, lenient, permitting = (sum(BIT[n] for n in names) for names in (STRICT, LENIENT, PERMITTING))

    def ask() -> Any:
        holding = frame.lazy().select(bits=bits)
        firm, soft = (pl.col("bits") & strict) != 0, (pl.col("bits") & lenient) != 0
        return holding.select(
            word=pl.when(firm).then(2).when(soft).then(1).otherwise(0),
            kept=pl.col("bits") & pl.when(firm).then(strict).when(soft).then(lenient).otherwise(permitting),
        ).collect()

    yield Engine("Polars, bits", ask, lambda found: (found["word"].to_numpy(), found["kept"].to_numpy()))


# --- Measuring -------------------------------------------------------------------------------------------


def engines(given: Table) -> Iterator[Engine]:
    yield from numpy(given)
    yield from guiju(given, "one day")
    yield from guiju(given, "a column of days")
    for module, engine in (("openfisca_core", openfisca), ("polars", polars)):
        if importlib.util.find_spec(module) is None:
            print(f"{module}: not installed, left out")
        else:
            yield from engine(given)


def main(rows: int, rounds: int) -> None:
    given = table(rows)
    found = list(engines(given))
    words, bits = found[0].read(found[0].ask())
    for engine in found[1:]:
        other_words, other_bits = engine.read(engine.ask())
        assert np.array_equal(words, other_words), engine.name
        assert np.array_equal(bits, other_bits), engine.name
    times: dict[str, list[float]] = {engine.name: [] for engine in found}
    for _ in range(rounds):
        for engine in found:
            before = time.process_time()
            engine.ask()
            times[engine.name].append(time.process_time() - before)
    first = min(times[found[0].name])
    shares = ", ".join(f"{word} {np.mean(words == place):.0%}" for place, word in enumerate(WORDS))
    print(f"{rows} rows, all verdicts and grounds agree: {shares}; {len(np.unique(bits))} kinds of grounds")
    print(f"{'':44}{'seconds of CPU':>16}{'by hand = 1':>14}")
    for engine in found:
        least = min(times[engine.name])
        print(f"{engine.name:44}{least:16.3f}{least / first:14.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in [*sys.argv[1:], *("1000000", "3")[len(sys.argv) - 1 :]]))
