"""A solver that does what it is told by the script: for the processes that real ones run in."""

from __future__ import annotations

import os
import signal
import time

from guiju.compiler.smtlib.second import Answer, ProofFormat, Reply


def obedient(text: str, budget: int, proof: ProofFormat | None) -> Reply:
    """Die, hang, grow or refuse; anything else is said to be unsatisfiable, with itself as the proof."""
    match text:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
        case "grow":
            bytearray(1 << 40)
        case "refuse":
            raise ValueError("cannot be read")
    return Reply(Answer.UNSATISFIABLE, proof=text)
