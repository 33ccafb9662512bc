"""A decision made again from its record: is it the same, and if not, in what?

A record is what ``Decision.to_dict`` gave. What was asked is taken from it and asked of a corpus. The digest
of the corpus and the versions are told apart from the answer, which other rules may leave as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from guiju.decisions.decision import Decision
from guiju.decisions.problems import InvalidInput, Problem, pointer
from guiju.dsl.source import Bilingual

if TYPE_CHECKING:
    from guiju.decisions.corpus import Corpus

#: Where a decision may stand in what is kept of it: an answer of the service, an entry of a decision log.
_UNDER: Final = ("decision", "record")

#: The members that say by what was answered, not what.
_BY: Final = ("digest", "engine")

#: The members that a record must have to be asked again, with their types.
_MEMBERS: Final[Mapping[str, tuple[type, ...]]] = {
    "question": (str, type(None)),
    "on": (str,),
    "at": (str,),
    "law_date": (str, type(None)),
    "readings": (Mapping,),
    "case": (Mapping,),
    "answers": (list,),
    "digest": (str,),
    "engine": (Mapping,),
}

#: There is nothing at that place: of one of the two sides of a difference.
ABSENT: Final = "(absent)"


class BadRecord(ValueError):
    """What was given is no record of a decision; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.path or '/'}: {p.message.en}" for p in problems))


@frozen
class Difference:
    """One place, as a JSON pointer, at which the answers differ; ``ABSENT`` where one has nothing there."""

    path: str
    before: object
    now: object


@frozen
class Replay:
    """What came of it.

    Attributes:
        same: The answer is the same, whatever answered.
        differences: In what it is not.
        refused: Why the corpus does not take the case any more; then the answer is not the same.
        digest: The digests of the corpus then and now.
        engine: The versions then and now.
        decision: The decision now; None where the case is not taken.
    """

    same: bool
    differences: tuple[Difference, ...]
    refused: tuple[Problem, ...]
    digest: tuple[str, str]
    engine: tuple[Mapping[str, str], Mapping[str, str]]
    decision: Decision | None

    @property
    def same_corpus(self) -> bool:
        """Whether the same rules answered."""
        return self.digest[0] == self.digest[1]

    @property
    def same_engine(self) -> bool:
        """Whether the same versions answered."""
        return self.engine[0] == self.engine[1]


def replay(record: object, corpus: Corpus) -> Replay:
    """Decide the recorded case again.

    Args:
        record: A decision as JSON, or an object that holds one as ``decision`` or ``record``.
        corpus: What to ask; that of the record, or another.

    Raises:
        BadRecord: It is no record; or it claims to come from this corpus, which does not take such a case.
    """
    found = _decision(record)
    digest = (str(found["digest"]), corpus.digest)
    then = found["engine"]
    assert isinstance(then, Mapping)
    try:
        decision = _again(found, corpus)
    except InvalidInput as error:
        if digest[0] == digest[1]:
            raise BadRecord(error.problems) from None
        return Replay(False, (), error.problems, digest, (then, corpus.engine), None)
    before = {name: value for name, value in found.items() if name not in (*_BY, "ways")}
    now = {name: value for name, value in decision.to_dict().items() if name not in _BY}
    differences = tuple(_differences(before, now, ()))
    return Replay(not differences, differences, (), digest, (then, corpus.engine), decision)


def _again(record: Mapping[str, object], corpus: Corpus) -> Decision:
    case, question, readings = record["case"], record["question"], record["readings"]
    on, at, law_date = record["on"], record["at"], record["law_date"]
    assert isinstance(case, Mapping)
    assert isinstance(readings, Mapping)
    assert isinstance(question, str | None)
    assert isinstance(on, str)
    assert isinstance(at, str)
    assert isinstance(law_date, str | None)
    solve = record.get("solve") is not False
    return corpus.decide(case, question, on=on, at=at, law_date=law_date, readings=readings, solve=solve)


def _decision(record: object) -> Mapping[str, object]:
    """The record itself, wherever it stands."""
    if not isinstance(record, Mapping):
        message = Bilingual("记录应是一个对象", "a record is an object")
        raise BadRecord((Problem("", "type", message, "object"),))
    for name in _UNDER:
        inner = record.get(name)
        if "answers" not in record and isinstance(inner, Mapping):
            return _decision(inner)
    problems = tuple(
        Problem(pointer(name), "record", Bilingual("缺失或者类型不对", "missing, or of another type"))
        for name, types in _MEMBERS.items()
        if name not in record or not isinstance(record[name], types)
    )
    if problems:
        raise BadRecord(problems)
    return record


def _differences(before: object, now: object, at: tuple[str | int, ...]) -> Iterator[Difference]:
    """The innermost places at which two JSON values differ."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys((*before, *now)):
            yield from _differences(before.get(name, ABSENT), now.get(name, ABSENT), (*at, name))
    elif isinstance(before, list) and isinstance(now, list):
        for index in range(max(len(before), len(now))):
            one = before[index] if index < len(before) else ABSENT
            other = now[index] if index < len(now) else ABSENT
            yield from _differences(one, other, (*at, index))
    elif before != now or isinstance(before, bool) != isinstance(now, bool):
        yield Difference(pointer(*at), before, now)
