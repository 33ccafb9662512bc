"""Parsing files, except those whose result is kept from an earlier run.

A result is kept under the digest of everything it depends on: the file's name and text, and the code of the
front end itself. So it never grows old, and nothing has to be invalidated. When every file's result is
there, neither Lark nor the parser is imported.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import zlib
from collections.abc import Iterable
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from guiju.dsl.parsed import Parsed
from guiju.dsl.pickled import UnreadableError, loads
from guiju.dsl.source import Source
from guiju.dsl.store import Store


class TreeCache:
    """Results of parsing, kept in a store. ``TreeCache(Store(None))`` keeps none."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def read(self, source: Source) -> Parsed | None:
        """What parsing this very source gave, if that is kept."""
        kept = self.store.read(self._name(source))
        if kept is None:
            return None
        try:
            parsed = loads(zlib.decompress(kept), _is_of_a_tree)
        except (UnreadableError, zlib.error):
            return None
        return parsed if isinstance(parsed, Parsed) else None

    def write(self, source: Source, parsed: Parsed) -> None:
        """Keep what parsing this source gave."""
        data = pickle.dumps(parsed, protocol=pickle.HIGHEST_PROTOCOL)
        self.store.write(self._name(source), zlib.compress(data, level=1))

    def _name(self, source: Source) -> str:
        digest = hashlib.sha256(self._front_end)
        for text in (source.name, source.text):
            data = text.encode("utf-8", errors="surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
        return f"tree-{digest.hexdigest()[:40]}"

    @cached_property
    def _front_end(self) -> bytes:
        digest = hashlib.sha256(str(sys.implementation.cache_tag).encode())
        for file in _front_end_files(resources.files("guiju.dsl")):
            data = file.read_bytes()
            digest.update(f"{file.name}\n{len(data)}\n".encode() + data)
        return digest.digest()


def parse_files(sources: Iterable[Source], cache: TreeCache) -> list[Parsed]:
    """Each source parsed, in the order given; those that ``cache`` holds are not parsed again."""
    given = list(sources)
    results = {i: parsed for i, source in enumerate(given) if (parsed := cache.read(source)) is not None}
    if len(results) < len(given):
        from guiju.dsl.parser import Parser
        from guiju.dsl.tables import load_engine

        parser = Parser(load_engine(cache.store))
        for i, source in enumerate(given):
            if i not in results:
                results[i] = parser.parse(source)
                cache.write(source, results[i])
        cache.store.prune()
    return [results[i] for i in range(len(given))]


def _front_end_files(folder: Traversable) -> list[Traversable]:
    """The sources of this room and of the folders that parsing uses, in an order that is always the same."""
    files: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name in ("builder", "tree"):
            files += _front_end_files(entry)
        elif entry.name.endswith((".py", ".lark")):
            files.append(entry)
    return files


def _is_of_a_tree(module: str, name: str) -> bool:
    if module == "datetime":
        return name == "date"
    ours = ("guiju.dsl.diagnostics", "guiju.dsl.parsed", "guiju.dsl.source")
    return module in ours or module.startswith("guiju.dsl.tree.")
