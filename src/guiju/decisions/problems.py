"""What is wrong with what a caller gave, each with its place: all of it at once, and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual

#: More mistakes than this are not gathered, and fewer hints are looked for: an input may be made of mistakes.
_MOST, _MOST_HINTS, _LONGEST = 100, 10, 40


@frozen
class Problem:
    """One mistake in an input.

    Attributes:
        path: Where it is, as a JSON pointer (RFC 6901); empty: the input as a whole.
        code: What kind of mistake it is, stable: ``type``, ``unknown-fact``, ``date``, ...
        message: What is wrong, for a person.
        expected: What would be right, in a few words or as the list of what is allowed.
    """

    path: str
    code: str
    message: Bilingual
    expected: str = ""

    def to_dict(self) -> dict[str, object]:
        """The problem as JSON."""
        return {
            "path": self.path,
            "code": self.code,
            "message": {"zh": self.message.zh, "en": self.message.en},
            "expected": self.expected,
        }


class InvalidInput(ValueError):
    """The input cannot be answered; ``problems`` says where and why, and is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.path or '/'}: {p.message.en}" for p in self.problems))


@define
class Mistakes:
    """The problems of one input as they are found."""

    found: list[Problem] = field(factory=list)
    _hints: int = 0

    def add(self, path: str, code: str, zh: str, en: str, expected: str = "") -> None:
        """Note one more.

        Raises:
            InvalidInput: There are too many to go on.
        """
        self.found.append(Problem(path, code, Bilingual(zh, en), expected))
        if len(self.found) >= _MOST:
            message = Bilingual(
                f"错误过多，只列出前 {_MOST} 处", f"too many: only the first {_MOST} are told"
            )
            raise InvalidInput([*self.found, Problem("", "too-many", message)])

    def hint(self, word: str, known: Iterable[str]) -> Bilingual:
        """Words on what ``word`` may have meant, to be put after a message; empty where nothing is near."""
        self._hints += 1
        near = did_you_mean(word, known) if self._hints <= _MOST_HINTS and len(word) <= _LONGEST else None
        return Bilingual(near.zh, f"; {near.en}") if near is not None else Bilingual("", "")

    def refuse(self) -> None:
        """Raise InvalidInput if there are any."""
        if self.found:
            raise InvalidInput(self.found)


def pointer(*parts: str | int) -> str:
    """The JSON pointer to a place.

    >>> pointer("facts", "a/b", 0)
    '/facts/a~1b/0'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
