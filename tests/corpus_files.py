"""The corpus of small specs: what a file expects, read from the comments beside its text.

A file of ``tests/corpus/<family>/`` is checked together with ``world.gj``. Its comments say what to expect:

    # = C103 市办法.甲 区办法.乙 settled=lex_superior/argued by=市办法.甲 witness=2026-08-02
    # = none                     nothing is found
    # as-of: 2026-01-01          the date to check on
    # reading: 起算=自施行日        a fixed choice
    # families: conflict quality the families compared; the directory's name otherwise

A finding is named by its code and its rules (an instrument, with ``:citation``, where it is about no
rule), in any order; under ``Q202`` and ``Q203`` the first is the one found wanting. What settles it, the
readings under which it holds (``readings=a=x|a=y``), and that it does not hold by default
(``not-default``) must be said. May be said: ``by`` (the winner), ``severity``, ``witness`` (its date),
``at`` (its place), ``relation``, ``says`` (a part of the message, without spaces).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from guiju.checker.check import Options
from guiju.checker.finding import FAMILIES, Finding, NormRef

ROOT = Path(__file__).parent / "corpus"
WORLD = ROOT / "world.gj"

#: Also what every spec without examples has: only compared where a file asks for it.
_UNREACHED = "E802"


@frozen
class Expected:
    """One finding that a file expects; ``says`` holds what it says of it, by key."""

    code: str
    norms: tuple[str, ...]
    said: Mapping[str, str] = field(factory=dict)
    by_default: bool = True

    def matches(self, found: Finding) -> bool:
        if (self.code, self.norms) != (found.code, named(found)) or self.by_default != found.by_default:
            return False
        facts = described(found)
        if any(facts[key] != self.said.get(key, "") for key in ("settled", "readings")):
            return False
        if "says" in self.said and self.said["says"] not in found.message.zh:
            return False
        return all(facts[key] == value for key, value in self.said.items() if key != "says")


@frozen
class SpecFile:
    """A file of the corpus and what it expects."""

    path: Path
    expected: tuple[Expected, ...]
    options: Options

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    def texts(self) -> dict[str, str]:
        """The sources to load, by name."""
        return {str(p): p.read_text(encoding="utf-8") for p in (WORLD, self.path)}

    def compared(self, found: Finding) -> bool:
        """Whether a finding counts for this file."""
        asked = any(e.code == _UNREACHED for e in self.expected)
        return found.code != _UNREACHED or asked


def spec_files() -> list[SpecFile]:
    """All files of the corpus, by name."""
    families = {*FAMILIES.values(), "controls"}
    return [read(p) for p in sorted(ROOT.glob("*/*.gj")) if p.parent.name in families]


def read(path: Path) -> SpecFile:
    """The expectations of one file; it must have some."""
    expected: list[Expected] = []
    said_none = False
    as_of: dt.date | None = None
    readings: dict[str, str] = {}
    families = frozenset(FAMILIES.values() if path.parent.name == "controls" else {path.parent.name})
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.search(r"#\s*(=|[a-z-]+:)\s*(.*)$", line)
        if match is None:
            continue
        key, rest = match.groups()
        if key == "=":
            said_none |= rest.startswith("none")
            if not rest.startswith("none"):
                expected.append(_expected(rest.split()))
        elif key == "as-of:":
            as_of = dt.date.fromisoformat(rest)
        elif key == "reading:":
            readings.update([rest.split("=")])
        elif key == "families:":
            families = frozenset(rest.split())
    assert said_none != bool(expected), f"{path} must expect findings, or none"
    return SpecFile(path, tuple(expected), Options(families=families, as_of=as_of, readings=readings))


def _expected(words: list[str]) -> Expected:
    code, *rest = words
    said = dict(word.split("=", 1) for word in rest if "=" in word)
    norms = tuple(word for word in rest if "=" not in word and word != "not-default")
    unknown = set(said) - {"settled", "by", "readings", "severity", "witness", "at", "relation", "says"}
    assert not unknown, f"{' '.join(words)}: {unknown}"
    return Expected(code, _ordered(code, norms), said, "not-default" not in rest)


def named(found: Finding) -> tuple[str, ...]:
    """The rules that a finding is about, as a file names them."""
    return _ordered(found.code, tuple(dict.fromkeys(_name(n) for n in found.norms)))


def _name(norm: NormRef) -> str:
    return norm.rule or ":".join((norm.instrument, *norm.citations))


def _ordered(code: str, norms: tuple[str, ...]) -> tuple[str, ...]:
    first = 1 if code in ("Q202", "Q203") else 0
    return (*norms[:first], *sorted(norms[first:]))


def described(found: Finding) -> dict[str, str]:
    """What a file can say of a finding, by key."""
    defeat, witness = found.settled_by, found.witness
    return {
        "settled": f"{defeat.doctrine.value}/{defeat.grade.value}" if defeat is not None else "",
        "by": defeat.winner.split("/")[0] if defeat is not None else "",
        "readings": "|".join(",".join(f"{k}={v}" for k, v in each.items()) for each in found.readings),
        "severity": found.severity.word,
        "witness": witness.date.isoformat() if witness is not None else "",
        "at": witness.place if witness is not None else "",
        "relation": found.details.get("relation", ""),
    }


def shown(found: Finding) -> str:
    """A finding as a line that a file could expect."""
    said = [f"{key}={value}" for key, value in described(found).items() if value]
    default = () if found.by_default else ("not-default",)
    return " ".join(("# =", found.code, *named(found), *said, *default, "#", found.message.zh))
