"""What one case costs in process, against hand-written Python and other engines on the same rules.

Twelve rules say whether a market stall may trade: ages, sizes, a scale, sums, dates, windows of months and
years, exceptions. Every engine answers the same random cases with a verdict and the rules that it rests on,
and all answers are compared before anything is timed. An engine that is not installed is left out.

What is timed is one call, with the case prepared in the form that the engine takes: a mapping for guiju,
hand-written Python and zen-engine; a request for cedarpy; a document of entities for OpenFisca (building the
simulation counts, for there is no other way to ask about one case); kernel conditions for Z3. Cedar and
OpenFisca have no months, so they are given dates as numbers ``31 * months + days`` in which "at most n months
after" is exact; OpenFisca is given members of enumerations as numbers too. zen-engine is given dates as text,
which its date functions parse.

CPU time, in chunks of cases, each engine in turn so that noise hits all alike; the median over the chunks.
Run: ``python benchmarks/single_case.py [CASES]``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import importlib.util
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from guiju.checker.load import load_texts
from guiju.compiler.doctrine import by_text
from guiju.compiler.kernel import Case, Context, Corpus, Deed, MayDo
from guiju.compiler.native import Program, Setting, compile_question
from guiju.compiler.pinning import pins
from guiju.compiler.resolve import Defeats, resolve
from guiju.compiler.verdicts import Conditions, Verdict, possible, verdict
from guiju.decisions.cases import Given
from guiju.decisions.decision import TopicAnswer
from guiju.decisions.loading import load_texts as load_decisions

RULES = """
horizon 2010-01-01 .. 2030-12-31
territory city
rank measure level 20
authority bureau ranked measure governs city

kind permit = {none, temporary, regular}
scale credit = {good < fair < poor < bad}

entity stall
  fact age : integer 0..120
  fact size : integer 0..200 unit sqm
  fact permit : permit
  fact credit : credit
  fact on_road : boolean
  fact night_market : boolean
  fact graver : boolean
  fact near_school : boolean
  fact deposit : integer 0..10000 unit yuan
  fact health_until : date
  fact warned : boolean
  fact warned_on : date
  fact closed : boolean
  fact closed_on : date
  fact revoked : boolean
  fact revoked_on : date

action trade by stall

instrument M issuer bureau area city starts 2015-01-01
rule licensed when permit in {temporary, regular} and age atleast 18 then stall may trade
rule night when night_market and size atmost 12 sqm then stall may trade overrides road
rule minor when age below 18 then stall mustnot trade overrides licensed, night
rule old when age exceeds 75 and permit = temporary
  then stall mustnot trade normally overrides licensed, night
rule road when on_road and size exceeds 4 sqm then stall mustnot trade overrides licensed
rule health when health_until < today then stall mustnot trade overrides licensed, night
rule credit when credit >= bad or credit >= poor and permit != regular
  then stall mustnot trade overrides licensed, night
rule school when near_school and credit != good then stall mustnot trade normally overrides licensed, night
rule deposit when deposit < 200 yuan and permit != none and size exceeds 20 sqm
  then stall mustnot trade overrides licensed, night
rule warned when warned then stall mustnot trade for 6 months from warned_on overrides licensed, night
rule closed when closed and not graver
  then stall mustnot trade for 3 years from closed_on overrides licensed, night
rule revoked when revoked or closed and graver
  then stall mustnot trade for 10 years from revoked_on overrides licensed, night
"""
QUESTION = MayDo(Deed("stall", "trade"))
TODAY = dt.date(2026, 2, 28)
START = dt.date(2015, 1, 1)
PERMIT = ("none", "temporary", "regular")
CREDIT = ("good", "fair", "poor", "bad")
STRICT = ("minor", "road", "health", "credit", "deposit", "warned", "closed", "revoked")
LENIENT = ("old", "school")
PERMITTING = ("licensed", "night")
CHUNK = 50

Facts = Mapping[str, Any]  # by the name without "stall."
Answer = tuple[str, frozenset[str]]  # the verdict, and the rules that it rests on


@frozen
class Engine:
    """A way to answer: what is prepared for a case, what is timed, and what its result means."""

    name: str
    prepare: Callable[[Facts], Any]
    ask: Callable[[Any], Any]
    read: Callable[[Any], Answer]
    share: int = 1  # of the chunks, one in so many is timed: the slow ones are asked less


def cases(count: int) -> list[Facts]:
    """Random cases, of which many lie on or beside an edge."""
    rng = random.Random(4)
    edges = [dt.date(2025, 8, 28), dt.date(2025, 8, 31), dt.date(2023, 2, 28), dt.date(2016, 2, 29), START]

    def day() -> dt.date:
        near = rng.choice(edges) + dt.timedelta(rng.randint(-2, 2))
        anywhere = dt.date(2010, 1, 1) + dt.timedelta(rng.randrange(6200))
        return rng.choice((near, anywhere))

    def seldom() -> bool:
        return rng.random() < 0.2

    return [
        {
            "age": rng.choice((17, 18, 75, 76, rng.randint(16, 90))),
            "size": rng.choice((4, 5, 12, 13, 20, 21, rng.randint(1, 60))),
            "permit": rng.choice(PERMIT),
            "credit": rng.choice(("good", "good", *CREDIT)),
            "on_road": seldom(),
            "night_market": rng.random() < 0.5,
            "graver": seldom(),
            "near_school": seldom(),
            "deposit": rng.choice((0, 199, 200, 500, 1000)),
            "health_until": TODAY + dt.timedelta(rng.choice((-1, 0, 1, 100, 200, 300, 400))),
            "warned": seldom(),
            "warned_on": day(),
            "closed": seldom(),
            "closed_on": day(),
            "revoked": seldom(),
            "revoked_on": day(),
        }
        for _ in range(count)
    ]


# --- Guiju -----------------------------------------------------------------------------------------------


def loaded() -> tuple[Corpus, Defeats]:
    """The rules as a corpus, with the priorities that its text states."""
    corpus = load_texts({"stall.gj": RULES}).corpus
    assert corpus is not None
    pairs = ((one, other) for one in corpus.norms for other in corpus.norms if one is not other)
    found = [defeat for one, other in pairs if (defeat := by_text(one, other, corpus)) is not None]
    return corpus, {(defeat.winner, defeat.loser): defeat for defeat in found}


def full_names(facts: Facts) -> dict[str, Any]:
    return {f"stall.{name}": value for name, value in facts.items()}


def rule_names(ids: Sequence[str]) -> frozenset[str]:
    return frozenset(id_.split(".")[1].split("/")[0] for id_ in ids)


def compiled(program: Program) -> Engine:
    def ask(facts: Facts) -> tuple[Verdict, tuple[str, ...]]:
        return program.verdict(facts, {}, TODAY)

    return Engine("guiju, verdict", full_names, ask, lambda r: (r[0].value, rule_names(r[1])))


def explained(program: Program) -> Engine:
    """The resolution, and for each norm that stands the facts that made it apply."""
    places = {norm.id: i for i, norm in enumerate(program.norms)}

    def ask(facts: Facts) -> tuple[tuple[Verdict, tuple[str, ...]], Any]:
        found = program.resolve(facts, {}, TODAY)
        return program.verdict(facts, {}, TODAY), [
            program.because(places[id_], facts, {}, TODAY) for id_, _ in found.standing
        ]

    return Engine("guiju, with reasons", full_names, ask, lambda r: (r[0][0].value, rule_names(r[0][1])))


def decided() -> Engine:
    """A decision with all that it says, as ``guiju.load`` gives it; the case was read before."""
    corpus = load_decisions({"stall.gj": RULES})

    def ask(given: Given) -> TopicAnswer:
        return corpus.decide(given, "stall·trade", on=TODAY, at="city").answer

    def read(answer: TopicAnswer) -> Answer:
        return answer.verdict.value, rule_names([ground.cited.norm for ground in answer.grounds])

    return Engine("guiju, whole decision", lambda facts: corpus.read_case(full_names(facts)), ask, read)


def reference(corpus: Corpus, defeats: Defeats) -> Engine:
    norms = {norm.id: norm for norm in corpus.norms if norm.question == QUESTION}

    def ask(context: Context) -> Any:
        found = resolve(QUESTION, corpus, defeats, context)
        return verdict(found, norms), tuple(id_ for id_, _ in found.standing)

    def read(result: Any) -> Answer:
        kept = {Verdict.INELIGIBLE: STRICT, Verdict.DISCRETIONARY: LENIENT, Verdict.ELIGIBLE: PERMITTING}
        return result[0].value, rule_names(result[1]) & frozenset(kept[result[0]])

    return Engine(
        "guiju, reference", lambda facts: Context(Case(full_names(facts)), TODAY, "city"), ask, read, 10
    )


# --- By hand ---------------------------------------------------------------------------------------------


def months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def by_hand(facts: Facts) -> tuple[str, tuple[str, ...]]:
    """The twelve rules as a careful programmer writes them, with the names of the rules."""
    strict: list[str] = []
    lenient: list[str] = []
    permitting: list[str] = []
    age, size, permit, credit = facts["age"], facts["size"], facts["permit"], facts["credit"]
    if TODAY >= START:
        night = facts["night_market"] and size <= 12
        road = facts["on_road"] and size > 4
        if age < 18:
            strict.append("minor")
        elif permit != "none" and not road:  # what is overridden stays so
            permitting.append("licensed")
        if night:
            permitting.append("night")
        if age > 75 and permit == "temporary":
            lenient.append("old")
        if road and not night:
            strict.append("road")
        if facts["health_until"] < TODAY:
            strict.append("health")
        if credit == "bad" or (credit == "poor" and permit != "regular"):
            strict.append("credit")
        if facts["near_school"] and credit != "good":
            lenient.append("school")
        if facts["deposit"] < 200 and permit != "none" and size > 20:
            strict.append("deposit")
    if facts["warned"]:
        day = facts["warned_on"]
        if START <= day <= TODAY <= months_later(day, 6):
            strict.append("warned")
    closed, graver = facts["closed"], facts["graver"]
    if closed and not graver:
        day = facts["closed_on"]
        if START <= day <= TODAY <= months_later(day, 36):
            strict.append("closed")
    if facts["revoked"] or (closed and graver):
        day = facts["revoked_on"]
        if START <= day <= TODAY <= months_later(day, 120):
            strict.append("revoked")
    if strict:
        return "ineligible", tuple(strict)
    return ("discretionary", tuple(lenient)) if lenient else ("eligible", tuple(permitting))


def hand_written() -> Engine:
    return Engine("hand-written Python", dict, by_hand, lambda r: (r[0], frozenset(r[1])))


# --- Peers -----------------------------------------------------------------------------------------------


def number(day: dt.date) -> int:
    """A day as a number in which months are 31 apart: ``a <= b + n months`` iff the numbers say so."""
    return 31 * (12 * day.year + day.month - 1) + day.day - 1


def numbered(facts: Facts) -> dict[str, Any]:
    return {name: number(v) if isinstance(v, dt.date) else v for name, v in facts.items()}


def answer(holding: frozenset[str]) -> Answer:
    """The answer where these rules hold, those that are overridden left out."""
    for word, rules in (("ineligible", STRICT), ("discretionary", LENIENT)):
        if grounds := holding & frozenset(rules):
            return word, grounds
    return "eligible", holding & frozenset(PERMITTING)


def zen_engine() -> Engine:
    import zen

    def window(name: str, months: int) -> str:
        day = f"d({name}_on)"
        return f"{day} >= d('{START}') and {day} <= d(today) and d(today) <= {day}.add({months}, 'month')"

    rules = {
        "licensed": "permit in ['temporary', 'regular'] and age >= 18 and not (on_road and size > 4)",
        "night": "night_market and size <= 12",
        "minor": "age < 18",
        "old": "age > 75 and permit == 'temporary'",
        "road": "on_road and size > 4 and not (night_market and size <= 12)",
        "health": "d(health_until) < d(today)",
        "credit": "credit == 'bad' or (credit == 'poor' and permit != 'regular')",
        "school": "near_school and credit != 'good'",
        "deposit": "deposit < 200 and permit != 'none' and size > 20",
        "warned": f"warned and {window('warned', 6)}",
        "closed": f"closed and not graver and {window('closed', 36)}",
        "revoked": f"(revoked or (closed and graver)) and {window('revoked', 120)}",
    }
    firm, soft = (" or ".join(f"$.{name}" for name in names) for names in (STRICT, LENIENT))
    lines = [{"id": name, "key": name, "value": text} for name, text in rules.items()]
    word = f"({firm}) ? 'ineligible' : (({soft}) ? 'discretionary' : 'eligible')"
    lines.append({"id": "verdict", "key": "verdict", "value": word})
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": lines}},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    ends = (("in", "rules"), ("rules", "out"))
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in ends]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def prepare(facts: Facts) -> dict[str, Any]:
        shown = {name: str(v) if isinstance(v, dt.date) else v for name, v in facts.items()}
        return shown | {"today": str(TODAY)}

    def read(result: Any) -> Answer:
        values = result["result"]
        found = answer(frozenset(name for name in rules if values[name]))
        assert found[0] == values["verdict"]
        return found

    return Engine("zen-engine", prepare, decision.evaluate, read)


def cedar() -> Engine:
    import cedarpy

    def window(name: str, months: int) -> str:
        day, today = f"context.{name}_on", number(TODAY)
        return f"{day} >= {number(START)} && {day} <= {today} && {today} <= {day} + {31 * months}"

    night = "context.night_market && context.size <= 12"
    permits = {
        "licensed": 'context.permit != "none" && context.age >= 18 && !(context.on_road && context.size > 4)',
        "night": night,
        "old": 'context.age > 75 && context.permit == "temporary"',
        "school": 'context.near_school && context.credit != "good"',
        "otherwise": "true",
    }
    forbids = {
        "minor": "context.age < 18",
        "road": f"context.on_road && context.size > 4 && !({night})",
        "health": f"context.health_until < {number(TODAY)}",
        "credit": 'context.credit == "bad" || context.credit == "poor" && context.permit != "regular"',
        "deposit": 'context.deposit < 200 && context.permit != "none" && context.size > 20',
        "warned": f"context.warned && {window('warned', 6)}",
        "closed": f"context.closed && !context.graver && {window('closed', 36)}",
        "revoked": f"(context.revoked || context.closed && context.graver) && {window('revoked', 120)}",
    }
    policies = cedarpy.PolicySet.from_str(
        "\n".join(
            f'@id("{name}") {effect} (principal, action, resource) when {{ {text} }};'
            for effect, group in (("permit", permits), ("forbid", forbids))
            for name, text in group.items()
        )
    )
    entities = cedarpy.Entities.from_json_str("[]")

    def prepare(facts: Facts) -> dict[str, Any]:
        who = {"principal": 'Stall::"s"', "action": 'Action::"trade"', "resource": 'Market::"m"'}
        return who | {"context": numbered(facts)}

    def ask(request: dict[str, Any]) -> Any:
        return cedarpy.is_authorized(request, policies, entities)

    def read(result: Any) -> Answer:
        found = answer(frozenset(result.diagnostics.id_annotations_by_reason.values()))
        assert result.diagnostics.errors == []
        assert result.allowed is (found[0] != "ineligible")
        return found

    return Engine("cedarpy", prepare, ask, read)


def coded(facts: Facts) -> dict[str, Any]:
    """All as numbers: dates as ``number`` gives them, members by their place."""
    places = {"permit": PERMIT, "credit": CREDIT}
    return numbered(facts) | {name: members.index(facts[name]) for name, members in places.items()}


def openfisca() -> Engine:
    from openfisca_core import periods
    from openfisca_core.entities import Entity
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    stall = Entity("stall", "stalls", "A stall", "")
    system = TaxBenefitSystem([stall])
    period, today = "2026-02", number(TODAY)
    now = periods.period(period)

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

    for name, value in coded(cases(1)[0]).items():
        declare(name, type(value), None)
    for name, formula in formulas.items():
        declare(f"rule_{name}", bool, formula)

    def word(v: Callable[[str], Any]) -> Any:
        firm, soft = (sum(v(f"rule_{name}") for name in names) > 0 for names in (STRICT, LENIENT))
        permitting = sum(v(f"rule_{name}") for name in PERMITTING)
        return firm * 2 + ~firm * soft + 0 * permitting

    declare("verdict", int, word)

    def ask(document: Any) -> Any:
        simulation = SimulationBuilder().build_from_entities(system, document)
        return simulation, simulation.calculate("verdict", now)

    def read(result: Any) -> Answer:
        simulation, code = result
        holding = (name for name in formulas if simulation.calculate(f"rule_{name}", now)[0])
        found = answer(frozenset(holding))
        assert found[0] == ("eligible", "discretionary", "ineligible")[code[0]]
        return found

    def prepare(facts: Facts) -> Any:
        return {"stalls": {"s": {name: {period: value} for name, value in coded(facts).items()}}}

    return Engine("openfisca-core", prepare, ask, read, 10)


def solver(corpus: Corpus, defeats: Defeats) -> Engine:
    """Z3 with every fact pinned: the first verdict whose condition can hold. It gives no grounds."""
    from guiju.compiler.smt import Backend

    backend = Backend(corpus, 0)
    conditions = Conditions(QUESTION, corpus, defeats)
    queries = [(v, conditions.of(v)) for v in possible(QUESTION)]

    def ask(case: Any) -> Verdict:
        return next(word for word, query in queries if backend.satisfiable([query, *case]) is True)

    def prepare(facts: Facts) -> Any:
        return pins(Context(Case(full_names(facts)), TODAY, "city"), corpus)

    return Engine("z3, pinned", prepare, ask, lambda word: (word.value, frozenset()), 20)


# --- Measuring -------------------------------------------------------------------------------------------


def engines(corpus: Corpus, defeats: Defeats, program: Program) -> Iterator[Engine]:
    yield hand_written()
    yield compiled(program)
    yield explained(program)
    yield decided()
    yield reference(corpus, defeats)
    for module, engine in (("zen", zen_engine), ("cedarpy", cedar), ("openfisca_core", openfisca)):
        if importlib.util.find_spec(module) is None:
            print(f"{module}: not installed, left out")
        else:
            yield engine()
    yield solver(corpus, defeats)


def agreed(all_engines: Sequence[Engine], given: Sequence[Facts]) -> list[int]:
    """How often each engine was compared with the first, which it must agree with."""
    checked = []
    for engine in all_engines:
        some = given[:: engine.share]
        checked.append(len(some))
        for facts in some:
            expected = answer_of(all_engines[0], facts)
            found = answer_of(engine, facts)
            assert found[0] == expected[0], (engine.name, facts, found, expected)
            assert found[1] == expected[1] or engine.name.startswith("z3"), (engine.name, facts, found)
    return checked


def answer_of(engine: Engine, facts: Facts) -> Answer:
    return engine.read(engine.ask(engine.prepare(facts)))


def microseconds(engine: Engine, prepared: Sequence[Any]) -> float:
    ask = engine.ask
    before = time.process_time_ns()
    for case in prepared:
        ask(case)
    return (time.process_time_ns() - before) / 1000 / len(prepared)


def compilation(corpus: Corpus, defeats: Defeats) -> tuple[Program, float]:
    """The program, and the milliseconds that making it takes."""
    setting = Setting("city", corpus.default_readings())
    taken: list[float] = []
    for _ in range(20):
        before = time.process_time_ns()
        compile_question(QUESTION, corpus.norms, corpus, defeats, setting)
        taken.append((time.process_time_ns() - before) / 1_000_000)
    program = compile_question(QUESTION, corpus.norms, corpus, defeats, setting)
    return program, statistics.median(taken)


def main(count: int) -> None:
    given = cases(count)
    corpus, defeats = loaded()
    program, milliseconds = compilation(corpus, defeats)
    all_engines = list(engines(corpus, defeats, program))
    checked = agreed(all_engines, given)
    times: dict[str, list[float]] = {engine.name: [] for engine in all_engines}
    for n, start in enumerate(range(0, len(given), CHUNK)):
        for engine in all_engines:
            if n % engine.share == 0:
                prepared = [engine.prepare(facts) for facts in given[start : start + CHUNK]]
                times[engine.name].append(microseconds(engine, prepared))
    first = statistics.median(times[all_engines[0].name])
    print(f"{len(program.norms)} rules, generated and compiled in {milliseconds:.1f} ms")
    print(f"{len(given)} cases; all verdicts and grounds agree (z3: verdicts)")
    print(f"{'':22}{'µs a case':>12}{'by hand = 1':>14}{'compared on':>14}")
    for engine, many in zip(all_engines, checked, strict=True):
        median = statistics.median(times[engine.name])
        print(f"{engine.name:22}{median:12.2f}{median / first:14.2f}{many:14}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
