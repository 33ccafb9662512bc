"""No speed: every finite slice of a corpus tried in the reference evaluator, and held against the solver.

    python benchmarks/trust.py [PATH] [--sample N] [--limit N] [--lines N] [--seed N]

For each query that a check asks (can these two norms disagree, does this one ever apply, ever stand, is its
condition a special case of that one's, can a case go unanswered) and for some conditions by chance, the
contexts around the boundaries are tried, ``--limit`` of them at most, and the solver is asked about the same
ones; then each context on ``--lines`` lines through one that was found. Prints counts; a disagreement ends
with status 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # before this folder, whose trust.py is this file

from guiju.checker.ask import Asker  # noqa: E402
from guiju.checker.check import DEFAULT_BUDGET  # noqa: E402
from guiju.checker.load import load  # noqa: E402
from guiju.checker.overlaps import overlaps  # noqa: E402
from guiju.compiler import smt  # noqa: E402
from trust.comparing import Comparer, Counts  # noqa: E402
from trust.queries import every  # noqa: E402


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("path", nargs="?", type=Path, default=ROOT / "specs")
    arguments.add_argument("--sample", type=int, help="so many of the queries, by chance")
    arguments.add_argument("--limit", type=int, default=1_000_000, help="contexts of a slice, at most")
    arguments.add_argument("--lines", type=int, default=4, help="lines through each context that is found")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    begun, random, counts = time.process_time(), Random(given.seed), Counts()
    loaded = load([given.path])
    if loaded.corpus is None:
        sys.exit(str(loaded.diagnostics[0]))
    corpus = loaded.corpus
    defeats = overlaps(Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET))).defeats
    queries = every(corpus, defeats, random, 500)
    if given.sample is not None:
        queries = random.sample(queries, min(given.sample, len(queries)))
    comparer = Comparer.of(corpus, defeats, given.limit, given.lines)
    for number, query in enumerate(queries, 1):
        comparer.compare([query], random, counts)
        if number % 50 == 0 or number == len(queries):
            found = f"{len(counts.disagreements)} disagreements, {time.process_time() - begun:.0f} s CPU"
            print(f"{number} of {len(queries)} queries, {found}", file=sys.stderr, flush=True)
    print(report(counts))
    print(f"{time.process_time() - begun:.0f} s CPU, seed {given.seed}")
    for each in counts.disagreements:
        print(each)
    return 1 if counts.disagreements else 0


def report(counts: Counts) -> str:
    """The counts in words."""
    kinds = ", ".join(f"{kind} {number}" for kind, number in counts.kinds.most_common())
    return (
        f"slices: {counts.slices} ({kinds}); whole: {counts.whole}, thinned: {counts.slices - counts.whole}\n"
        f"contexts tried: {counts.tried.contexts}, by {counts.tried.evaluations} evaluations\n"
        f"slices with a context that satisfies: {len(counts.satisfied)}; satisfiable, and not around the "
        f"boundaries: {counts.beyond}\n"
        f"lines: {counts.lines}, contexts on them: {counts.points}\n"
        f"undecided: {counts.undecided}\n"
        f"disagreements: {len(counts.disagreements)}"
    )


if __name__ == "__main__":
    sys.exit(main())
