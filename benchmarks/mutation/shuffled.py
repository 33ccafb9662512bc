"""mutmut in random order: by itself it takes the mutants with the quickest tests first.

A run that is cut short, by time or by hand, is a sample only if its order has nothing to do with what it
finds.
``python -m mutation.shuffled SEED run …``; everything after the seed is mutmut's.
"""

from __future__ import annotations

import signal
import sys
from random import Random

from mutmut import __main__ as tool


def main() -> None:
    seed = sys.argv.pop(1)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it is how a run ends, in the background too
    tool.estimated_worst_case_time = lambda name: Random(f"{seed} {name}").random()  # what it sorts by
    tool.cli()


if __name__ == "__main__":
    main()
