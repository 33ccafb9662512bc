"""Drawings of chains: who passes what to whom, and which event sets what going.

``drawing`` is what a drawing consists of, ``actors`` and ``events`` make one of each graph, ``wanted`` says
which part of it. ``mermaid``, ``dot``, ``graphml``, ``document`` (JSON) and ``table`` write it; ``picture``
has Graphviz lay it out.
"""
