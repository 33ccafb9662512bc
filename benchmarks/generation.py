"""What it costs to make a test suite, and what it is worth beside random and exhaustive testing.

    python benchmarks/generation.py [PATH] [--jobs N] [--for NAME …]
    python benchmarks/generation.py --rules N … [--topics N]

The first makes the suite of a corpus, everything in it, and puts as many random cases to each topic as the
suite has for it: the mutants that each of the two kills. The random cases are good ones: complete, near the
edges of the norms, allowed by the assumptions. Exhaustive testing is only counted: all combinations of the
values at, below and above every bound that the rules of a topic compare a fact with, under all readings, at
all places.

The second makes suites for N invented rules, two on each topic, and shows how the cost grows. CPU seconds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from math import log10, prod
from multiprocessing import get_context
from pathlib import Path
from random import Random

from attrs import evolve, frozen
from sampling import sampler

from guiju.compiler.cone import symbols
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Boolean, Context, Date, Enumeration, Integer, Type
from guiju.decisions.artifact import from_bytes, to_bytes
from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load, load_texts
from guiju.testing.generate import DEFAULT_BUDGET, topics_for
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.narrow import Narrow
from guiju.testing.pool import Pool
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion
from guiju.testing.topic_tests import Asked, TopicTests, merged, pool_of, topic_tests

_CORPUS: list[Narrow] = []
_SEED = 1


@frozen
class Measured:
    """One topic: its tests, the CPU seconds they took, and what random cases and combinations come to."""

    found: TopicTests
    seconds: float
    by_chance: int
    drawn: int
    combinations: float  # as a power of ten


def measured(task: tuple[str, Asked]) -> Measured:
    """What ``task`` takes and gives."""
    name, asked = task
    rules = _CORPUS[0].rules(name)
    started = time.process_time()
    found = topic_tests(rules, asked)
    seconds = time.process_time() - started
    by_chance, drawn, combinations = 0, 0, 0.0
    if Criterion.MUTANTS in asked.criteria:
        pool = pool_of(rules, asked)
        contexts = list(_drawn(pool.search.scope, len(found.tests)))
        by_chance, drawn = _killed(pool, contexts), len(contexts)
        combinations = _combinations(pool.search.scope)
    return Measured(found, seconds, by_chance, drawn, combinations)


def _killed(pool: Pool, contexts: Sequence[Context]) -> int:
    """How many mutants get another answer to one of ``contexts``."""
    for context in contexts:
        pool.add(context)
    rules: Rules = pool.rules
    killed = 0
    for mutant in mutants(rules):
        wrong = mutant.of(rules)
        killed += any(pool.told[n].differs(mutant, wrong)[0] for n in pool.touched(mutant, wrong))
    return killed


def _drawn(scope: Scope, count: int) -> Iterator[Context]:
    """So many different random cases that the assumptions allow; fewer where there are not so many."""
    corpus, random, known = scope.corpus, Random(_SEED), set[str]()
    drawing = sampler(corpus.norms, corpus)
    places = [norm.territory for norm in corpus.norms] * 4 + list(corpus.territories)
    for _ in range(200 * count):
        if len(known) == count:
            return
        chosen = {name: random.choice(corpus.readings[name].choices) for name in scope.readings}
        context = _allowed(scope.complete(drawing.draw(random, random.choice(places), chosen)), scope)
        if repr(context) not in known:
            known.add(repr(context))
            yield context


def _allowed(context: Context, scope: Scope) -> Context:
    """``context`` with as little as need be taken back to the base, which the assumptions allow."""
    while True:
        broken = [a for a in scope.assumptions if evaluate(a, scope.corpus, context) is not True]
        if not broken:
            return context
        back = symbols(broken)
        base, case = scope.base, context.case
        facts = {n: base.case.facts[n] if ("fact", n) in back else v for n, v in case.facts.items()}
        records = {n: () if ("record", n) in back else v for n, v in case.records.items()}
        today = base.today if ("context", "today") in back else context.today
        moved = evolve(context, case=evolve(case, facts=facts, records=records), today=today)
        context = moved if moved != context else evolve(base, readings=context.readings)


def _combinations(scope: Scope) -> float:
    """How many digits the number of combinations has."""
    corpus = scope.corpus
    drawing = sampler(corpus.norms, corpus)
    each = [
        _choices(corpus.facts[name].type, drawing.values.get(name, ()), len(drawing.days + drawing.months))
        for name in scope.facts
    ]
    each += [len(corpus.readings[name].choices) for name in scope.readings]
    return log10(prod(each) * len(corpus.territories))


def _choices(type_: Type, values: Sequence[object], distances: int) -> int:
    match type_:
        case Boolean():
            return 2
        case Enumeration(members=members):
            return len(members)
        case Integer():
            return max(1, 3 * len(values))
        case Date():
            return 3 * (1 + distances)


def _start(data: bytes) -> None:
    _CORPUS.append(Narrow(from_bytes(data)))


def run(corpus: Corpus, topics: Sequence[str], jobs: int, criteria: frozenset[Criterion]) -> list[Measured]:
    """Each of ``topics``, measured in one of ``jobs`` processes."""
    head = corpus.artifact.head
    norms = {name: corpus.artifact.norms(name) for name in head.topics}
    data = to_bytes(head, norms, evolve(head.frame))
    tasks = [(name, Asked(criteria, None, DEFAULT_BUDGET)) for name in topics]
    found: list[Measured] = []
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (data,)) as pool:
        for task in as_completed([pool.submit(measured, each) for each in tasks]):
            found.append(task.result())
            if len(found) % 20 == 0:
                print(f"{len(found)} of {len(tasks)} topics", file=sys.stderr, flush=True)
    return found


def report(found: Sequence[Measured]) -> None:
    """Print what came of it."""
    topics = [each.found for each in found]
    for criterion, count in merged([each.counts for each in topics]).items():
        print(
            f"{criterion.value:>18}: {count.met} of {count.total - count.infeasible} feasible,"
            f" {count.infeasible} proved impossible, {count.undecided} undecided"
        )
    seconds = sum(each.seconds for each in found)
    tests, cases = sum(len(each.tests) for each in topics), sum(each.candidates for each in topics)
    print(f"{tests} tests out of {cases} cases, {sum(t.queries for t in topics)} searches")
    print(f"smallest of their cases for {sum(t.smallest for t in topics)} of {len(topics)} topics")
    print(f"{seconds:.1f} s CPU: {cases / seconds:.1f} cases a second, {tests / seconds:.1f} tests a second")
    total = sum(t.counts[Criterion.MUTANTS].total for t in topics if Criterion.MUTANTS in t.counts)
    if not total:
        return
    killed = sum(t.counts[Criterion.MUTANTS].met for t in topics if Criterion.MUTANTS in t.counts)
    hunted, masked = sum(t.mutation.queries for t in topics), sum(t.mutation.masked for t in topics)
    print(f"{hunted} searches for {total} mutants: {hunted / total:.3f} each")
    print(f"{masked} of the {killed} that are killed show only in the grounds")
    by_chance, drawn = sum(each.by_chance for each in found), sum(each.drawn for each in found)
    print(
        f"{drawn} random cases kill {by_chance}: {100 * by_chance / killed:.1f} % of those that can be killed"
    )
    digits = sorted(each.combinations for each in found)
    print(
        f"all combinations of values: 10^{digits[len(digits) // 2]:.1f} cases for half of the topics or more,"
        f" 10^{digits[-1]:.1f} for the worst"
    )
    for each in sorted(found, key=lambda each: -each.seconds)[:5]:
        print(f"    {each.seconds:6.1f} s  {len(each.found.tests):4} tests  {each.found.topic}")


# --- Growth


def invented(count: int) -> str:
    """So many rules, two on each topic, with bounds, kinds, days, rows and an exception."""
    lines = [
        "时限 2018-01-01 .. 2031-12-31",
        "法域 市",
        "位阶 市文件 级 20",
        "机关 市局 级别 市文件 辖 市",
        "种类 品类 = {果蔬, 熟食, 百货}",
    ]
    topics = range(count // 2)
    for n in topics:
        lines += [
            f"实体 户{n}",
            "  事实 年龄: 整数 0..120 单位 岁",
            "  事实 经营: 品类",
            "  事实 占道: 是否 默认 否",
            "  事实 获准: 是否 默认 否",
            "  事实 处理日: 日期",
            f"行为 出摊{n} 主体 户{n}",
        ]
    for n in topics:
        lines += [
            f"文件 办法{n} 发布 市局 地域 市 施行 2020-01-01",
            f'规则 年龄 见 "第一条" 当 户{n}.年龄 < {16 + n % 50}岁 且 户{n}.经营 = 熟食'
            f" 则 户{n} 不得 出摊{n}",
            f'规则 占道 见 "第二条" 当 户{n}.占道 且 非 户{n}.获准'
            f" 则 户{n} 不得 出摊{n} 期 {1 + n % 24}月 自 户{n}.处理日",
        ]
    return "\n".join(lines) + "\n"


def grow(sizes: Sequence[int], jobs: int, most: int) -> None:
    """Print what suites for so many rules cost; of at most so many topics, spread over all of them."""
    for size in sizes:
        started = time.process_time()
        corpus = load_texts({"invented.gj": invented(size)})
        loaded = time.process_time() - started
        began = time.time()
        names = list(corpus.questions)
        chosen = names[:: max(1, len(names) // most)][:most]
        found = run(corpus, chosen, jobs, frozenset(Criterion))
        seconds = sum(each.seconds for each in found)
        tests = sum(len(each.found.tests) for each in found)
        undecided = Counter(bool(each.found.undecided) for each in found)[True]
        print(
            f"{size:6} rules: {seconds:8.1f} s CPU for {len(found)} of {len(names)} topics,"
            f" {500 * seconds / len(found):6.1f} for a thousand rules; {tests} tests,"
            f" {undecided} topics undecided; compiled in {loaded:.1f};"
            f" {time.time() - began:.0f} s with {jobs}",
            flush=True,
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("path", nargs="?", type=Path, default=Path(__file__).parents[1] / "specs")
    arguments.add_argument("--for", dest="about", action="append", default=[], metavar="NAME")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments.add_argument(
        "--rules", type=int, nargs="+", help="invented rules, so many, instead of a corpus"
    )
    arguments.add_argument(
        "--topics", type=int, default=500, help="of invented rules: at most so many topics"
    )
    given = arguments.parse_args()
    if given.rules:
        grow(given.rules, given.jobs, given.topics)
    else:
        corpus = load(given.path)
        report(run(corpus, list(topics_for(corpus, given.about)), given.jobs, frozenset(Criterion)))


if __name__ == "__main__":
    main()
