"""A solver that says how much memory its process may have: for the processes that real ones run in."""

from __future__ import annotations

import resource

from guiju.compiler.smtlib.second import Answer, ProofFormat, Reply


def bounded(text: str, budget: int, proof: ProofFormat | None) -> Reply:
    """The bounds of the address space, in the place of a proof."""
    return Reply(Answer.UNSATISFIABLE, proof=" ".join(map(str, resource.getrlimit(resource.RLIMIT_AS))))
