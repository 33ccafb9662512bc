"""DOT from the standard input, laid out and drawn by Graphviz, to the standard output.

A program by itself: Graphviz writes its warnings to the error stream of whoever runs it, and a fault in it
ends the process.
"""

from __future__ import annotations

import importlib
import sys

if __name__ == "__main__":
    form, resolution = sys.argv[1:]
    graph = importlib.import_module("pygraphviz").AGraph(string=sys.stdin.buffer.read().decode("utf-8"))
    sys.stdout.buffer.write(graph.draw(format=form, prog="dot", args=f"-Gdpi={resolution}"))
