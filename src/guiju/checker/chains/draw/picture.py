"""DOT as a picture, laid out by the Graphviz that comes with pygraphviz."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import as_file, files
from importlib.util import find_spec

#: Points of a picture to an inch; 72 leaves an SVG in points, as Graphviz counts.
_RESOLUTION = {"svg": 72, "png": 144}


class Failed(Exception):
    """Graphviz could not draw; the text is what it said."""


def available() -> bool:
    """Whether there is something to draw with."""
    return find_spec("pygraphviz") is not None


def draw(dot: str, form: str) -> bytes:
    """``dot`` as an ``svg`` or ``png``.

    Raises:
        Failed: Graphviz could not, for instance for want of memory.
    """
    with as_file(files("guiju.checker.chains.draw").joinpath("layout.py")) as program:
        done = subprocess.run(
            [sys.executable, "-P", str(program), form, str(_RESOLUTION[form])],
            input=dot.encode("utf-8"),
            capture_output=True,
            check=False,
        )
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Failed(said[-1] if said else f"status {done.returncode}")
    return done.stdout
