"""The decision log: what was asked and what was answered, in a chain that shows when it was altered.

``chain`` says what an entry is and the exact bytes of its digest, ``verification`` walks a chain,
``database`` keeps one by SQLAlchemy; ``open_log`` is the way in, and the only one that needs SQLAlchemy
installed. Nothing here asks the clock: an entry's time comes from the caller. What an entry holds is never
interpreted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiju.decisions.log.canonical import canonical as canonical
from guiju.decisions.log.chain import START as START
from guiju.decisions.log.chain import Entry as Entry
from guiju.decisions.log.chain import Receipt as Receipt
from guiju.decisions.log.chain import Recorded as Recorded
from guiju.decisions.log.opening import open_log as open_log
from guiju.decisions.log.problems import LogDamaged as LogDamaged
from guiju.decisions.log.problems import LogError as LogError
from guiju.decisions.log.problems import LogUnavailable as LogUnavailable
from guiju.decisions.log.problems import NotCanonical as NotCanonical
from guiju.decisions.log.verification import Fault as Fault
from guiju.decisions.log.verification import FaultKind as FaultKind
from guiju.decisions.log.verification import Verification as Verification

if TYPE_CHECKING:
    from guiju.decisions.log.database import DecisionLog as DecisionLog


def __getattr__(name: str) -> object:
    """``DecisionLog``, which brings SQLAlchemy, when it is asked for."""
    if name != "DecisionLog":
        raise AttributeError(name)
    from guiju.decisions.log.database import DecisionLog

    return DecisionLog
