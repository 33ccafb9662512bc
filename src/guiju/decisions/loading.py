"""From paths to a corpus that can be asked; what was compiled before is taken from where it is kept.

A compiled corpus is kept under the digest of everything that it depends on: the names and texts of the
rules, the code of guiju, the packages whose data it holds. Where it is there, neither the parser nor the
solver is loaded.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

from guiju.checker.files import read_sources
from guiju.decisions.artifact import Artifact, Unreadable, from_bytes
from guiju.decisions.corpus import Corpus
from guiju.dsl.diagnostics import Bag, Diagnostic
from guiju.dsl.source import Source
from guiju.dsl.store import Store, user_store

#: The ending of a file that holds a compiled corpus.
SUFFIX = ".gjc"

#: Folders whose code a compiled corpus does not depend on: it asks, writes or keeps, and decides nothing.
_ELSEWHERE = frozenset({"__pycache__", "batch", "compare", "log", "native", "pages", "report", "table"})

Progress = Callable[[int, int], None]


class InvalidSpecs(ValueError):
    """The rules have mistakes: ``diagnostics`` says which, ``sources`` are for showing excerpts."""

    def __init__(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> None:
        self.diagnostics = tuple(diagnostics)
        self.sources = sources
        super().__init__("; ".join(f"{d.place}: {d.code} {d.message.en}" for d in self.diagnostics[:5]))


def load(
    paths: Iterable[Path | str] | Path | str,
    store: Store | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """The rules under ``paths``, ready to be asked.

    Args:
        paths: Files and directories with ``.gj`` files, together one corpus; or one compiled corpus
            (``.gjc``).
        store: Where compiled corpora are kept between runs; by default the user's cache.
        progress: Told how far compiling is, where that is needed.

    Raises:
        InvalidSpecs: The rules have mistakes, or there are none.
        Unreadable: A ``.gjc`` file is none of this version of guiju.
        Unsettled, Vacuous: See ``compiling.compile_corpus``.
        OSError: A ``.gjc`` file cannot be read.
    """
    given = [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]
    if len(given) == 1 and given[0].suffix == SUFFIX:
        return Corpus(read_compiled(given[0].read_bytes()))
    bag = Bag()
    sources = read_sources(given, bag)
    return _corpus(sources, bag.sorted(), store if store is not None else user_store(), progress)


def load_texts(
    texts: Mapping[str, str], store: Store | None = None, progress: Progress | None = None
) -> Corpus:
    """The rules in these texts, by name, as if they were files; raises like ``load``."""
    sources = [Source(name, text) for name, text in texts.items()]
    return _corpus(sources, (), store if store is not None else Store(None), progress)


def read_compiled(data: bytes) -> Artifact:
    """The compiled corpus in the bytes of a ``.gjc`` file.

    Raises:
        Unreadable: It is none, cut short, altered, followed by something, or of another version of guiju.
    """
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data)  # which ends with a checksum
    except zlib.error as error:
        raise Unreadable("not a compiled corpus") from error
    if not stream.eof or stream.unused_data:
        raise Unreadable("not the whole of a compiled corpus, or more than that")
    return from_bytes(plain)


def _corpus(
    sources: list[Source], found: tuple[Diagnostic, ...], store: Store, progress: Progress | None
) -> Corpus:
    name = f"corpus-{_key(sources)}"
    kept = store.read(name) if not found else None
    if kept is not None:
        try:
            return Corpus(from_bytes(kept))
        except Unreadable:
            pass  # it is made anew
    data = _compiled(sources, found, store, progress)
    store.write(name, data)
    store.prune()
    return Corpus(from_bytes(data))


def _compiled(
    sources: list[Source], found: tuple[Diagnostic, ...], store: Store, progress: Progress | None
) -> bytes:
    from functools import partial

    from guiju.checker.load import load_sources
    from guiju.decisions.compiling import compile_corpus
    from guiju.dsl.cache import TreeCache, parse_files

    loaded = load_sources(sources, found, partial(parse_files, cache=TreeCache(store)))
    if loaded.corpus is None:
        raise InvalidSpecs(loaded.diagnostics, loaded.sources)
    return compile_corpus(loaded.corpus, progress=progress)


def _key(sources: list[Source]) -> str:
    """The digest of what a compiled corpus depends on."""
    digest = hashlib.sha256(repr(sorted(_code())).encode())
    for package in ("holidays", "z3"):
        # Where it is and when it came there: a version would have to be looked up, which takes long.
        origin = (find_spec(package) or ModuleSpec(package, None)).origin
        changed = os.stat(origin).st_mtime_ns if origin is not None and os.path.exists(origin) else 0
        digest.update(f"{package} {origin} {changed}\n".encode())
    for source in sources:
        for text in (source.name, source.text):
            data = text.encode("utf-8", errors="surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:40]


def _code() -> Iterator[tuple[str, int, int]]:
    """Our own files by name, size and time of change: quicker than reading them, and enough for a cache."""
    yield sys.implementation.cache_tag or "", sys.hexversion, 0
    ours = Path(__file__).parent.parent
    pending = [ours / room for room in ("dsl", "compiler", "checker", "decisions")]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _ELSEWHERE:
                        pending.append(Path(entry.path))
                elif entry.name.endswith((".py", ".lark")):
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns
