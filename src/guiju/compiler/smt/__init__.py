"""The Z3 backend: can these conditions hold together, and in which least case?

``Backend`` is the way in; the rest of the package is how it does it. Bottom up: ``logic`` builds terms,
``definitions`` keeps what they rest on, ``dates`` and ``workdays`` are the calendar, ``case`` the
variables, ``encoder`` the kernel's constructs, ``session`` the solver, ``minimise`` and ``decoder`` the
way back to a case. The solver's library is imported in this package only.
"""

from guiju.compiler.smt.backend import Backend, Sat, Statistics, Undecided, Unsat, Verdict, engine
from guiju.compiler.smt.encoder import Unsupported

__all__ = ["Backend", "Sat", "Statistics", "Undecided", "Unsat", "Unsupported", "Verdict", "engine"]
