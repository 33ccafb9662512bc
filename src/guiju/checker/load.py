"""From paths to a corpus: read, parse, resolve and lower, with every mistake gathered on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from attrs import frozen

from guiju.checker.files import read_sources
from guiju.compiler.kernel import Corpus
from guiju.compiler.lower import lower
from guiju.compiler.workdays import chinese_calendar
from guiju.dsl.diagnostics import Bag, Diagnostic
from guiju.dsl.parsed import Parsed
from guiju.dsl.resolve import resolve
from guiju.dsl.source import Source
from guiju.dsl.typed import Program

#: How files become trees; a caller may pass one that remembers files that did not change.
ParseFiles = Callable[[list[Source]], list[Parsed]]


@frozen
class Loaded:
    """A corpus, or None and the diagnostics that say why not.

    ``sources`` are for showing excerpts; ``program`` is the typed tree behind the corpus, for coverage.
    """

    corpus: Corpus | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    program: Program | None = None


def parse_all(sources: list[Source]) -> list[Parsed]:
    """Parse every source anew; the parser's engine is imported only here."""
    from guiju.dsl.parser import Parser

    parser = Parser()
    return [parser.parse(source) for source in sources]


def load(paths: Iterable[Path], parse_files: ParseFiles = parse_all) -> Loaded:
    """Load every ``.gj`` file under ``paths`` (files or directories) as one corpus.

    Files are read in the order of their names, so that the result does not depend on the file system; one
    that is reached by two paths is read once.
    """
    bag = Bag()
    sources = read_sources(paths, bag)
    return load_sources(sources, bag.sorted(), parse_files)


def load_texts(texts: Mapping[str, str], parse_files: ParseFiles = parse_all) -> Loaded:
    """Load source texts by name, as if they were files: for editors, services and tests."""
    return load_sources([Source(name, text) for name, text in texts.items()], (), parse_files)


def load_sources(
    sources: list[Source], found: tuple[Diagnostic, ...] = (), parse_files: ParseFiles = parse_all
) -> Loaded:
    """Load sources that were read already; ``found`` are the mistakes met while reading them."""
    shown = {source.name: source for source in sources}
    parsed = parse_files(sources)
    diagnostics = [*found, *(d for p in parsed for d in p.diagnostics)]
    if diagnostics:
        # Names that a broken declaration would have declared are unknown to the others: report causes only.
        return Loaded(None, tuple(diagnostics), shown)
    resolved = resolve([p.file for p in parsed])
    if resolved.diagnostics:
        return Loaded(None, resolved.diagnostics, shown)
    program = resolved.program
    first, last = program.horizon
    corpus = lower(program, chinese_calendar(first.year, last.year))
    return Loaded(corpus, (), shown, program)
