"""How many small mistakes in the compiler and in the analyses of conflicts the tests notice.

A copy of the last commit is made; in it, mutmut writes each mutant of each function, and runs the tests that
reach the function on a sample of them, the same for a seed. Prints a table (module, mutants, sampled, what
became of them, the share caught with its 95 % interval), and each survivor as a diff. What survived so far,
and why: docs/mutation.md.

Run: ``make mutation ARGS="[--sample N] [--seed N] [--minutes N] [--tree DIRECTORY]"``. The sample is run in
random order, so that what was run when the minutes ended is a sample too, a smaller one. With ``--mutants
FILE`` the mutants named there are run, a line each, instead of a sample.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import score

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "specs", "benchmarks", "docs", "pyproject.toml")
#: A first run writes all mutants, and needs some to try.
FIRST = "guiju.compiler.days.*__mutmut_1"


def main() -> None:
    options = _options()
    if options.tree is not None:
        _run(options, options.tree)
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=400, help="how many mutants to run")
    parser.add_argument("--seed", type=int, default=1, help="which sample of so many")
    parser.add_argument("--minutes", type=float, help="end the run after so many")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="mutants at a time")
    parser.add_argument("--tree", type=Path, help="where to keep the copy, so that a second run is quicker")
    parser.add_argument("--mutants", type=Path, help="a file that names the mutants to run")
    return parser.parse_args()


def _run(options: argparse.Namespace, tree: Path) -> None:
    _copy(tree)
    _mutmut(tree, "run", "--max-children", str(options.jobs), FIRST)
    if options.mutants is None:
        drawn = score.sample(score.modules(tree), options.sample, options.seed)
    else:
        drawn = options.mutants.read_text(encoding="utf-8").split()
    _shuffled(tree, drawn, options)
    among = score.modules(tree)
    print(*score.table(among, drawn), sep="\n")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\nseed {options.seed}, {used.ru_utime + used.ru_stime:.0f} s of CPU\n")
    states = {name: state for module in among for name, state in module.mutants.items()}
    for name in drawn:
        if states[name] is not None and states[name] not in score.CAUGHT:
            print(f"## {name}: {states[name]}\n")
            print(_mutmut(tree, "show", name))


def _shuffled(tree: Path, drawn: list[str], options: argparse.Namespace) -> None:
    """Run the mutants in random order until all are done or time is up; results are kept at once."""
    score.forget(tree, drawn)
    command = [sys.executable, "-m", "mutation.shuffled", str(options.seed), "run"]
    command += ["--max-children", str(options.jobs), *drawn]
    with subprocess.Popen(command, cwd=tree, stdout=sys.stderr, env=_environment(tree)) as running:
        try:
            running.wait(options.minutes and 60 * options.minutes)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGINT)
    if running.returncode != 0:
        sys.exit(f"mutmut ended with {running.returncode}")


def _copy(tree: Path) -> None:
    """The last commit, with the configuration of mutmut; only what is different is written.

    Mutants of a file that is older than they are are kept, and so are results.
    """
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        archive = subprocess.run(
            ["git", "archive", "HEAD", *COPIED], cwd=ROOT, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        with (fresh / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write((ROOT / "benchmarks/mutation/mutmut.toml").read_text(encoding="utf-8"))
        files = {p.relative_to(fresh) for p in fresh.rglob("*") if p.is_file()}
        if not _same(fresh, tree, Path("pyproject.toml")):  # other modules may be mutated now
            shutil.rmtree(tree / "mutants", ignore_errors=True)
        for part in (tree, tree / "mutants"):  # mutmut itself deletes nothing
            kept = {p.relative_to(part) for name in COPIED for p in (part / name).rglob("*.py")}
            for path in kept - files:
                (part / path).unlink()
        for path in sorted(files):
            if not _same(fresh, tree, path):
                (tree / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(fresh / path, tree / path)
    (tree / "mutants" / "src").mkdir(parents=True, exist_ok=True)  # imports look for it before it is filled


def _same(one: Path, other: Path, path: Path) -> bool:
    """Whether a file of the one folder is in the other too, with the same bytes."""
    return (other / path).exists() and (other / path).read_bytes() == (one / path).read_bytes()


def _mutmut(tree: Path, *arguments: str) -> str:
    """What the tool prints; ends the program where it fails."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, env=_environment(tree))
    if done.returncode != 0:
        sys.exit(f"{done.stdout[-5000:]}\n{done.stderr[-5000:]}\nmutmut ended with {done.returncode}")
    return done.stdout


def _environment(tree: Path) -> dict[str, str]:
    """Where our plugin of pytest is found, and guiju: the mutated one, never one that is installed."""
    paths = (tree / "mutants" / "src", tree / "benchmarks")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}


if __name__ == "__main__":
    main()
