"""Closed conditions of a corpus, such as its assumptions, evaluated together where facts may be unknown."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.kernel import Corpus, Expr
from guiju.compiler.native.kleene import Kleene, kleene
from guiju.compiler.native.nodes import Graph, operations
from guiju.compiler.native.setting import Setting
from guiju.compiler.native.specialise import Specialiser


def judging(conditions: Iterable[Expr], corpus: Corpus, setting: Setting) -> Kleene:
    """What evaluates ``conditions`` in one pass; nothing is generated for them."""
    graph = Graph(operations(corpus.calendar))
    specialiser = Specialiser(corpus, setting, graph)
    return kleene([specialiser.of(condition) for condition in conditions], graph.calls)
