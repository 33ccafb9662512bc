"""All that is fuzzed, by name; a target is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from fuzz import asking, documents, texts
from fuzz.target import Target

TARGETS: Final[Mapping[str, Callable[[], Target]]] = {
    "parsing": texts.parsing,
    "programs": texts.programs,
    "cases": asking.cases,
    "tables": asking.tables,
    "bodies": asking.bodies,
    "readers": documents.readers,
    "certificates": documents.certificates,
    "stored": documents.stored,
}
