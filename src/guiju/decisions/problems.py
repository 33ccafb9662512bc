"""What is wrong with what a caller gave, each with its place: all of it at once, and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from guiju.dsl.source import Bilingual


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


def pointer(*parts: str | int) -> str:
    """The JSON pointer to a place.

    >>> pointer("facts", "a/b", 0)
    '/facts/a~1b/0'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
