"""From paths to a corpus: read, parse, resolve and lower, with every mistake gathered on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from guiju.compiler.kernel import Corpus
from guiju.compiler.lower import lower
from guiju.compiler.workdays import chinese_calendar
from guiju.dsl.diagnostics import Bag, Diagnostic
from guiju.dsl.parsed import Parsed
from guiju.dsl.resolve import resolve
from guiju.dsl.source import Bilingual, Place, Source
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
    once = {path.resolve(): path for path in reversed(list(_files(paths, bag)))}
    sources = [s for path in reversed(once.values()) if (s := _read(path, bag)) is not None]
    return _loaded(sources, bag.sorted(), parse_files)


def load_texts(texts: Mapping[str, str], parse_files: ParseFiles = parse_all) -> Loaded:
    """Load source texts by name, as if they were files: for editors, services and tests."""
    return _loaded([Source(name, text) for name, text in texts.items()], (), parse_files)


def _loaded(sources: list[Source], found: tuple[Diagnostic, ...], parse_files: ParseFiles) -> Loaded:
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


def _files(paths: Iterable[Path], bag: Bag) -> Iterator[Path]:
    for path in paths:
        place = Place(str(path), 1)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*.gj") if p.is_file())
            if not inside:
                bag.error(
                    "E108",
                    place,
                    f"目录 {path} 里没有 .gj 文件",
                    f"there is no .gj file in {path}",
                    Bilingual("请给出放规则的目录或文件", "name the files or the directory with the rules"),
                )
            yield from inside
        elif path.exists():
            yield path
        else:
            bag.error("E108", place, f"{path} 不存在", f"{path} does not exist")


def _read(path: Path, bag: Bag) -> Source | None:
    place = Place(str(path), 1)
    try:
        data = path.read_bytes()
    except OSError as error:
        bag.error("E107", place, f"读不了：{error.strerror}", f"cannot be read: {error.strerror}")
        return None
    try:
        return Source(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data[: error.start].rfind(b"\n") + 1) + 1
        bag.error(
            "E107",
            Place(str(path), line, column),
            "不是 UTF-8 编码的文本",
            "this is not UTF-8 text",
            _encoding_hint(data),
        )
        return None


def _encoding_hint(data: bytes) -> Bilingual:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Bilingual("这可能不是文本文件", "this may not be a text file")
    return Bilingual(
        "文件似乎是 GBK 编码，请另存为 UTF-8", "it looks like GBK: save the file as UTF-8 and try again"
    )
