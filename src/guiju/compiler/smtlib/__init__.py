"""A second encoding of the kernel, as SMT-LIB text, and a second solver that reads it.

What ``guiju.compiler.smt`` answers is asked once more from the text that ``script`` writes: a date is a day
number here and an order key there, and the two share no code. ``second`` asks cvc5, an optional extra.
Bottom up: ``terms`` builds shared terms, ``printing`` writes them, ``values`` says what encodes what,
``gregorian`` and ``workweek`` are the calendar, ``case`` the constants, ``encoder`` the kernel's constructs.
"""

from guiju.compiler.smtlib.encoder import script
from guiju.compiler.smtlib.values import Unsupported

__all__ = ["Unsupported", "script"]
