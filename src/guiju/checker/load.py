"""From paths to a corpus: read, parse, resolve and lower, with every mistake gathered on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Source


@frozen
class Loaded:
    """A corpus, or None and the diagnostics that say why not. ``sources`` are for showing excerpts."""

    corpus: Corpus | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]


def load(paths: Iterable[Path]) -> Loaded:
    """Load every ``.gj`` file under ``paths`` (files or directories) as one corpus."""
    raise NotImplementedError
