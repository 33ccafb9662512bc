"""What became of mutants, read from what mutmut keeps; samples of them, and scores with their intervals."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from math import sqrt
from pathlib import Path
from random import Random

from attrs import frozen

#: What the exit status of the tests says of a mutant; every other status is suspicious.
_STATES = {
    0: "survived",
    5: "untested",
    33: "untested",
    1: "killed",
    3: "killed",
    24: "timed out",
    -24: "timed out",
    36: "timed out",
    152: "timed out",
    255: "timed out",
}
STATES = ("killed", "timed out", "survived", "untested", "suspicious")
CAUGHT = ("killed", "timed out")  # a test that hangs is one that fails

Z = 1.96  # 95 % of a normal distribution


@frozen
class Module:
    """The mutants of one module, by name; each with its state once it has been run."""

    path: str
    mutants: Mapping[str, str | None]


def modules(tree: Path) -> list[Module]:
    """The modules of a mutated tree, by path."""
    found = []
    for meta in sorted((tree / "mutants" / "src").rglob("*.meta")):
        codes: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        states = {
            name: None if code is None else _STATES.get(code, "suspicious") for name, code in codes.items()
        }
        path = str(meta.relative_to(tree / "mutants" / "src" / "guiju")).removesuffix(".py.meta")
        if states:
            found.append(Module(path, states))
    return found


def forget(tree: Path, names: Collection[str]) -> None:
    """Delete what is known of these mutants from an earlier run."""
    for meta in (tree / "mutants" / "src").rglob("*.meta"):
        kept = json.loads(meta.read_text(encoding="utf-8"))
        codes = kept["exit_code_by_key"]
        kept["exit_code_by_key"] = {name: None if name in names else code for name, code in codes.items()}
        meta.write_text(json.dumps(kept, indent=4), encoding="utf-8")


def sample(among: Iterable[Module], size: int, seed: int) -> list[str]:
    """So many mutants, of each module in proportion to how many it has, but two at least."""
    every = list(among)
    whole = sum(len(m.mutants) for m in every)
    drawn = []
    for module in every:
        share = max(2, round(size * len(module.mutants) / whole))
        random = Random(f"{seed} {module.path}")
        drawn += random.sample(sorted(module.mutants), min(share, len(module.mutants)))
    return drawn


def interval(caught: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share, in percent."""
    if of == 0:
        return (0.0, 100.0)
    share = caught / of
    middle = share + Z**2 / (2 * of)
    reach = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    low, high = ((middle + sign * reach) / (1 + Z**2 / of) for sign in (-1, 1))
    return (100 * low, 100 * high)


def table(among: Iterable[Module], drawn: Collection[str]) -> list[str]:
    """A line for each module, one for each room and one for all: counts, and the share that was caught.

    The shares of rooms and of all are those of the modules, weighted by how many mutants these have: where a
    module has more than its share of the sample, it counts no more for that.
    """
    heads = ("module", "mutants", "sampled", *STATES, "score", "95 %")
    lines = ["| " + " | ".join(heads) + " |", "| --- " + "| ---: " * (len(heads) - 1) + "|"]
    every = list(among)
    rooms = sorted({m.path.split("/")[0] for m in every})
    lines += [_line(m.path, [m], drawn) for m in every]
    lines += [_line(f"**{r}**", [m for m in every if m.path.startswith(f"{r}/")], drawn) for r in rooms]
    return [*lines, _line("**all**", every, drawn)]


def _line(name: str, group: list[Module], drawn: Collection[str]) -> str:
    states = [[s for n, s in m.mutants.items() if n in drawn and s is not None] for m in group]
    counts = [sum(per.count(state) for per in states) for state in STATES]
    sampled = sum(counts)
    mutants = sum(len(m.mutants) for m in group)
    weighted = [
        (len(m.mutants), sum(s in CAUGHT for s in per) / len(per))
        for m, per in zip(group, states, strict=True)
        if per
    ]
    reached = sum(weight for weight, _ in weighted)
    share = sum(weight * one for weight, one in weighted) / reached if reached else 0.0
    low, high = interval(round(share * sampled), sampled)
    cells = (name, mutants, sampled, *counts, f"{100 * share:.1f} %", f"{low:.0f}–{high:.0f}")
    return "| " + " | ".join(map(str, cells)) + " |"
