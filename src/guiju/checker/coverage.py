"""How much of each instrument is encoded: the coverage of a loaded corpus."""

from __future__ import annotations

from guiju.checker.load import Loaded
from guiju.dsl.resolve.coverage import InstrumentCoverage as InstrumentCoverage
from guiju.dsl.resolve.coverage import coverage as of_program


def coverage(loaded: Loaded) -> tuple[InstrumentCoverage, ...]:
    """The coverage of each instrument; empty when the corpus did not load."""
    return of_program(loaded.program) if loaded.program is not None else ()
