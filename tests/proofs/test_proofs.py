"""The mechanised core compiles, rests on nothing that is assumed, and is listed where it is explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

PROOFS = Path(__file__).parents[2] / "proofs"
FILES = sorted(PROOFS.glob("*.v"))
STATEMENT = re.compile(r"^(Theorem|Lemma|Corollary|Example)\s+(\w+)", re.MULTILINE)
#: Ways to get past the kernel of the proof assistant: none may be used.
GAPS = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjecture|Hypothes[ie]s|Abort|bypass_check"
    r"|Unset\s+Guard|Unset\s+Positivity|Unset\s+Universe|Obligations?|Program|type-in-type)\b"
)


def without_comments(text: str) -> str:
    return re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL)


def statements() -> list[tuple[str, str, str]]:
    """Kind, module and name of each."""
    return [
        (kind, file.stem, name)
        for file in FILES
        for kind, name in STATEMENT.findall(without_comments(file.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_nothing_is_admitted(file: Path) -> None:
    """No statement is left unproved, and none is taken for granted."""
    text = without_comments(file.read_text(encoding="utf-8"))
    assert GAPS.findall(text) == []
    assert len(STATEMENT.findall(text)) <= text.count("Qed.")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_only_the_standard_library_is_used(file: Path) -> None:
    sources = set(re.findall(r"^From (\w+) Require", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert sources <= {"Coq", "Guiju"}


def test_every_file_is_compiled() -> None:
    listed = (PROOFS / "_CoqProject").read_text(encoding="utf-8").split()[3:]
    assert sorted(listed) == [file.name for file in FILES]


def test_every_theorem_is_in_the_table() -> None:
    """The tables of ``proofs/README.md`` name all but the lemmas, and nothing that is gone."""
    rows = re.findall(r"^\|.*$", (PROOFS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    first_cells = [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    stated = {name: kind for kind, _, name in statements()}
    assert [name for name in first_cells if name not in stated] == []
    assert {name for name, kind in stated.items() if kind != "Lemma"} - set(first_cells) == set()


def test_every_statement_is_closed(ask: Callable[[str], str]) -> None:
    """Each follows from the definitions alone: the proof assistant finds no axiom under any of them.

    It is asked once, of a proof that mentions all: asking of each takes a minute.
    """
    asked = [f"{module}.{name}" for _, module, name in statements()]
    assert len(asked) > 100
    mentions = "".join(f"pose proof (@{name}) as _.\n" for name in asked)
    printed = ask(
        f"Lemma all_of_them : True.\nProof.\n{mentions}exact I.\nQed.\nPrint Assumptions all_of_them.\n"
    )
    assert printed == "Closed under the global context\n"


def test_an_axiom_would_be_found(ask: Callable[[str], str]) -> None:
    """The question above is not an empty one."""
    commands = "Axiom gap : False.\nLemma rests : True.\nProof.\npose proof gap as _.\nexact I.\nQed.\n"
    assert "gap : False" in ask(f"{commands}Print Assumptions rests.\n")
