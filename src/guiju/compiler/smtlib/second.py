"""The second solver: cvc5 reads a script in this process. It is imported here and nowhere else.

``budget`` is cvc5's own resource limit, which counts steps and not seconds: the same text under the same
version and budget gets the same answer on every machine.
"""

from __future__ import annotations

import enum
from typing import Any

from attrs import frozen


class Missing(ImportError):
    """cvc5 is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "未安装第二求解器 cvc5：pip install guiju[certify] / "
            "the second solver, cvc5, is not installed: pip install guiju[certify]"
        )


class Answer(enum.Enum):
    """What the solver said of a script."""

    SATISFIABLE = "satisfiable"
    UNSATISFIABLE = "unsatisfiable"
    UNKNOWN = "unknown"


class ProofFormat(enum.Enum):
    """How a proof is written. ALETHE: for Carcara and proof assistants. CPC: cvc5's own, for Ethos."""

    ALETHE = "alethe"
    CPC = "cpc"


@frozen
class Reply:
    """An answer, why it is unknown where it is, and a proof where one was asked for and there is one."""

    answer: Answer
    reason: str = ""
    proof: str | None = None


def solve(text: str, budget: int, proof: ProofFormat | None = None) -> Reply:
    """What cvc5 answers to the script ``text``.

    Args:
        text: SMT-LIB 2.6 with one ``check-sat``.
        budget: The resource limit (``rlimit``); 0 for none.
        proof: The format of the proof of an unsatisfiable script; None for no proof, which is faster.

    Raises:
        Missing: cvc5 is not installed.
        ValueError: cvc5 cannot read the script.
        KeyboardInterrupt: The user pressed Ctrl-C; it comes through when cvc5 returns.
    """
    cvc5 = _cvc5()
    solver = cvc5.Solver(cvc5.TermManager())
    if budget:
        solver.setOption("rlimit", str(budget))
    if proof is not None:
        solver.setOption("produce-proofs", "true")
    result = None
    try:
        parser = cvc5.InputParser(solver)
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "script")
        while not (command := parser.nextCommand()).isNull():
            if command.getCommandName() == "check-sat":
                result = solver.checkSat()
            else:
                command.invoke(solver, parser.getSymbolManager())
    except RuntimeError as error:
        raise ValueError(f"cvc5 cannot read the script: {error}") from error
    if result is None:
        raise ValueError("the script asks nothing: it has no check-sat")
    if result.isSat():
        return Reply(Answer.SATISFIABLE)
    if result.isUnknown():
        return Reply(Answer.UNKNOWN, str(result.getUnknownExplanation()))
    return Reply(Answer.UNSATISFIABLE, proof=None if proof is None else _proof(cvc5, solver, proof))


def engine() -> dict[str, str]:
    """Which solver answers: to be recorded with each answer. Raises ``Missing``."""
    cvc5 = _cvc5()
    return {"name": "cvc5", "version": cvc5.Solver(cvc5.TermManager()).getVersion().decode()}


def _cvc5() -> Any:
    try:
        import cvc5  # type: ignore[import-untyped,import-not-found,unused-ignore]  # publishes no types
    except ImportError as error:
        raise Missing from error
    return cvc5


def _proof(cvc5: Any, solver: Any, form: ProofFormat) -> str:
    written = {ProofFormat.ALETHE: cvc5.ProofFormat.ALETHE, ProofFormat.CPC: cvc5.ProofFormat.CPC}[form]
    return "".join(solver.proofToString(part, written).decode() for part in solver.getProof())
