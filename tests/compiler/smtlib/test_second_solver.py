"""What a caller can rely on of the second solver, whatever it is asked."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

from guiju.compiler.kernel import Compare, Const, FactRef, Not, Order, ShiftDays, ShiftMonths
from guiju.compiler.smtlib import script
from guiju.compiler.smtlib.second import Answer, Missing, ProofFormat, Reply, engine, solve
from strategies import DAYS, MONTHS, VOCABULARY

LISTED, FIT = FactRef("party.listed"), FactRef("party.fit")
REASON = "cvc5 is not installed: pip install guiju[certify]"


def pigeons(holes: int) -> str:
    """More pigeons than holes: short, unsatisfiable, and hard for every solver of its kind."""
    names = [f"p{n}" for n in range(holes + 1)]
    lines = [f"(declare-const {name} Int)(assert (<= 1 {name} {holes}))" for name in names]
    return f"(set-logic QF_LIA){''.join(lines)}(assert (distinct {' '.join(names)}))(check-sat)"


def test_without_the_solver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)
    with pytest.raises(Missing, match=r"guiju\[certify\]"):
        solve(script(VOCABULARY, [FIT]), 0)
    with pytest.raises(Missing, match=r"guiju\[certify\]"):
        engine()


def test_the_two_answers() -> None:
    pytest.importorskip("cvc5", reason=REASON)
    assert solve(script(VOCABULARY, [FIT]), 0) == Reply(Answer.SATISFIABLE)
    assert solve(script(VOCABULARY, [FIT, Not(FIT)]), 0) == Reply(Answer.UNSATISFIABLE)
    assert solve(script(VOCABULARY, []), 0) == Reply(Answer.SATISFIABLE)


def test_a_budget_that_ends_gives_the_same_unknown_each_time() -> None:
    pytest.importorskip("cvc5", reason=REASON)
    replies = {solve(pigeons(9), 2_000) for _ in range(3)}
    assert [reply.answer for reply in replies] == [Answer.UNKNOWN]
    assert "RESOURCEOUT" in next(iter(replies)).reason
    assert solve(pigeons(4), 0).answer is Answer.UNSATISFIABLE


@pytest.mark.parametrize(
    "text", ["", "(check-sat", "(set-logic QF_LIA)(assert x)(check-sat)", "(set-logic QF_LIA)"]
)
def test_what_is_no_script_is_refused(text: str) -> None:
    pytest.importorskip("cvc5", reason=REASON)
    with pytest.raises(ValueError, match="script"):
        solve(text, 0)


@pytest.mark.parametrize("form", ProofFormat)
def test_an_unsatisfiable_script_has_a_proof(form: ProofFormat) -> None:
    pytest.importorskip("cvc5", reason=REASON)
    short, long = ShiftDays(LISTED, Const(370, DAYS)), ShiftMonths(LISTED, Const(12, MONTHS))
    reply = solve(script(VOCABULARY, [Compare(Order.LT, short, long)]), 0, form)
    assert reply.answer is Answer.UNSATISFIABLE
    assert reply.proof is not None
    steps = [line for line in reply.proof.splitlines() if line.startswith("(step")]
    assert steps
    assert ("(cl)" if form is ProofFormat.ALETHE else "false") in steps[-1]


def read(text: str) -> list[Any]:
    """S-expressions as lists."""
    found: list[list[Any]] = [[]]
    for token in re.findall(r"[()]|[^()\s]+", text):
        if token == "(":
            found.append([])
        elif token == ")":
            done = found.pop()
            found[-1].append(done)
        else:
            found[-1].append(token)
    return found[0]


def unnamed(term: Any, names: dict[str, Any]) -> Any:
    """``term`` without its ``(! … :named …)``, which a proof uses to write a shared term once."""
    if isinstance(term, str):
        return names.get(term, term)
    if term[:1] == ["!"]:
        names[term[3]] = unnamed(term[1], names)
        return names[term[3]]
    return [unnamed(part, names) for part in term]


def test_a_proof_assumes_only_what_the_script_asserts() -> None:
    pytest.importorskip("cvc5", reason=REASON)
    later = ShiftMonths(LISTED, Const(7, MONTHS))
    late = Compare(Order.LT, ShiftDays(LISTED, Const(230, DAYS)), later)
    text = script(VOCABULARY, [Not(Not(late)), FIT, Compare(Order.EQ, later, later)])
    proof = solve(text, 0, ProofFormat.ALETHE).proof
    assert proof is not None
    names: dict[str, Any] = {}
    (commands,) = read(proof)
    # Those of a sub-proof, which is closed again, are called after its step: t1.a0.
    steps = [step for step in unnamed(commands, names) if step[0] == "assume"]
    given = [term for _, name, term in steps if "." not in name]
    asserted = [command[1] for command in read(text) if command[0] == "assert"]
    assert given
    assert all(term in asserted for term in given)


def test_a_satisfiable_script_has_none() -> None:
    pytest.importorskip("cvc5", reason=REASON)
    assert solve(script(VOCABULARY, [FIT]), 0, ProofFormat.CPC) == Reply(Answer.SATISFIABLE)


def test_the_engine_is_named_with_its_version() -> None:
    pytest.importorskip("cvc5", reason=REASON)
    found = engine()
    assert found["name"] == "cvc5"
    assert found["version"].split(".")[0].isdigit()
