"""One type for what two versions declare differently: as wide as both, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from guiju.compiler.kernel import Boolean, Corpus, Date, Enumeration, Integer, Type


def joined(old: Type, new: Type) -> Type | None:
    """The type that holds the values of both; None where they are of different kinds.

    Numbers have to agree in their unit and their decimals, the members of a scale in their order. The name
    and the declared unit are those of ``new``.
    """
    match old, new:
        case (Boolean(), Boolean()) | (Date(), Date()):
            return new
        case Integer(), Integer() if (old.unit, old.scale) == (new.unit, new.scale):
            return evolve(new, low=min(old.low, new.low), high=max(old.high, new.high))
        case Enumeration(), Enumeration() if old.ordered == new.ordered:
            members = _members(old, new)
            return None if members is None else evolve(new, members=members)
        case _:
            return None


def _members(old: Enumeration, new: Enumeration) -> tuple[str, ...] | None:
    if not new.ordered:
        return tuple(dict.fromkeys((*new.members, *old.members)))
    shared = [member for member in new.members if member in old.members]
    if shared != [member for member in old.members if member in new.members]:
        return None
    found: list[str] = []
    waiting = list(old.members)
    for member in new.members:
        if member in waiting:
            place = waiting.index(member)
            found += waiting[:place]  # what only the old scale has below it
            waiting = waiting[place + 1 :]
        found.append(member)
    return (*found, *waiting)


def enumerations(corpus: Corpus) -> dict[str, Enumeration]:
    """The kinds and scales of the facts, fields and outcomes of ``corpus``, by name."""
    types: list[Type] = [fact.type for fact in corpus.facts.values()]
    types += [type_ for record in corpus.records.values() for type_ in record.fields.values()]
    types += [outcome.type for outcome in corpus.outcomes.values()]
    return {each.name: each for each in types if isinstance(each, Enumeration)}


def alike(old: Type, new: Type, kinds: Mapping[str, str]) -> bool:
    """Whether something of one type can be the same thing as something of the other.

    ``kinds``: the names of enumerations that have another name now.
    """
    if isinstance(old, Enumeration) and isinstance(new, Enumeration):
        return kinds.get(old.name, old.name) == new.name and joined(old, new) is not None
    return joined(old, new) is not None


def shape(types: Iterable[Type], kinds: Mapping[str, str]) -> list[str]:
    """What the types of a record's fields are, whatever their names and order."""
    return sorted(
        f"{'scale' if each.ordered else 'kind'} {kinds.get(each.name, each.name)}"
        if isinstance(each, Enumeration)
        else f"{each.unit} {each.scale}"
        if isinstance(each, Integer)
        else type(each).__name__
        for each in types
    )
