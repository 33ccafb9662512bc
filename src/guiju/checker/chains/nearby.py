"""Norms by what they are about and by where they apply: those that can meet another, without a look at all.

Many jurisdictions speak of the same facts; of the norms that do, few apply where a given norm does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from attrs import frozen

from guiju.compiler.kernel import Corpus, Norm


@frozen(eq=False)
class Nearby:
    """Norms by keys and by territory, each with its number in the order of the corpus."""

    _branches: Mapping[str, tuple[str, ...]]
    _found: Mapping[tuple[Hashable, str], list[tuple[int, Norm]]]

    @classmethod
    def of(cls, corpus: Corpus, keyed: Iterable[tuple[Hashable, Norm]]) -> Nearby:
        """Norms of ``corpus``, each under the keys that come with it."""
        order = {norm.id: number for number, norm in enumerate(corpus.norms)}
        found: dict[tuple[Hashable, str], list[tuple[int, Norm]]] = {}
        for key, norm in keyed:
            found.setdefault((key, norm.territory), []).append((order[norm.id], norm))
        return cls(branches(corpus), found)

    def meeting(self, keys: Iterable[Hashable], norm: Norm) -> list[Norm]:
        """The norms under any of ``keys`` that share a place with ``norm``, each once, in their order."""
        here = self._branches[norm.territory]
        numbered = [each for key in keys for place in here for each in self._found.get((key, place), ())]
        return list({other.id: other for _, other in sorted(numbered, key=lambda each: each[0])}.values())


def branches(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """For each territory those that share a place with it: itself, what it is in and what is in it."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {name: [] for name in corpus.territories}
    for name in corpus.territories:
        here: str | None = name
        while here is not None:
            above.setdefault(name, []).append(here)
            if here != name:
                below[here].append(name)
            here = corpus.territories.get(here)
    return {name: (*above[name], *below[name]) for name in corpus.territories}
