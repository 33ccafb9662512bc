"""Which norm of one version is which of the other: by what it says, and else by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import chain, product

from attrs import frozen

from guiju.compiler.kernel import Norm
from guiju.testing.diff.merging import Merged
from guiju.testing.diff.sameness import Digests
from guiju.testing.rules import Rules

#: What norms that are matched have in common, of a norm, the rules that it is one of, and what norms say.
_Key = Callable[[Norm, Rules, Mapping[str, str]], Hashable]


@frozen(eq=False)
class Matching:
    """The norms of the new version that are a norm of the old one, and the other way round, by their ids.

    They are several where a rule was divided, or put together from several.
    """

    forward: Mapping[str, tuple[str, ...]]
    backward: Mapping[str, tuple[str, ...]]


@frozen
class Unmatched:
    """A norm that prevails or gives way in one version and has none in the other that it could be.

    ``title``: of its document. ``old``: it is one of the old version.
    """

    norm: Norm
    title: str
    old: bool


def matched(old: Rules, new: Rules, both: Merged, digests: Digests) -> Matching:
    """Match the norms on one topic.

    Those that say the same are matched, in the same document rather than elsewhere, then those of one name.
    What is left over may be any norm that takes the same position on the same question, if it is in the same
    document or left over too.
    """
    says = (
        {norm.id: digests.norm(norm, both.old) for norm in old.corpus.norms},
        {norm.id: digests.norm(norm, both.new) for norm in new.corpus.norms},
    )
    left = {norm.id: norm for norm in old.corpus.norms}
    right = {norm.id: norm for norm in new.corpus.norms}
    pairs: list[tuple[str, str]] = []
    keys: tuple[_Key, ...] = (
        lambda norm, rules, said: (norm.id, said[norm.id]),
        lambda norm, rules, said: (_document(norm, rules), said[norm.id]),
        lambda norm, rules, said: said[norm.id],
        lambda norm, rules, said: norm.id,
    )
    for key in keys:
        then, now = _by(key, left, old, says[0]), _by(key, right, new, says[1])
        for each, ones in then.items():
            others = now.get(each, [])
            if len(ones) == len(others) == 1:
                pairs.append((ones[0], others[0]))
                del left[ones[0]], right[others[0]]
    over = chain(product(left.values(), new.corpus.norms), product(old.corpus.norms, right.values()))
    pairs += [
        (one.id, other.id)
        for one, other in over
        if (one.question, one.position) == (other.question, other.position)
        and ((one.id in left and other.id in right) or _same_document(one, other, old, new))
    ]
    forward, backward = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for one_id, other_id in dict.fromkeys(pairs):
        forward[one_id].append(other_id)
        backward[other_id].append(one_id)
    return Matching(
        {id_: tuple(each) for id_, each in forward.items()},
        {id_: tuple(each) for id_, each in backward.items()},
    )


def unmatched(old: Rules, new: Rules, matching: Matching) -> tuple[Unmatched, ...]:
    """The norms that prevail or give way and are matched with none, those of the old version first."""
    return (
        *_alone(old, matching.forward, is_old=True),
        *_alone(new, matching.backward, is_old=False),
    )


def _alone(rules: Rules, known: Mapping[str, Sequence[str]], is_old: bool) -> Iterator[Unmatched]:
    involved = {id_ for pair in rules.defeats for id_ in pair}
    for norm in rules.corpus.norms:
        if norm.id in involved and norm.id not in known:
            yield Unmatched(norm, rules.corpus.instruments[norm.instrument].title, is_old)


def _by(
    key: _Key, norms: Mapping[str, Norm], rules: Rules, said: Mapping[str, str]
) -> dict[Hashable, list[str]]:
    """The ids of ``norms`` that have one key."""
    found: dict[Hashable, list[str]] = {}
    for id_, norm in norms.items():
        found.setdefault(key(norm, rules, said), []).append(id_)
    return found


def _same_document(one: Norm, other: Norm, old: Rules, new: Rules) -> bool:
    return one.instrument == other.instrument or _document(one, old) == _document(other, new)


def _document(norm: Norm, rules: Rules) -> str:
    """By what a document is known, whatever its id: its number or else its title."""
    instrument = rules.corpus.instruments[norm.instrument]
    return instrument.number or instrument.title
