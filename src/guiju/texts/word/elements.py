"""The elements of WordprocessingML that we read, as a protocol: lxml publishes no types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

_MAIN: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Element(Protocol):
    """As much of an element of lxml as is used here."""

    @property
    def tag(self) -> object: ...  # of a comment it is a function

    @property
    def text(self) -> str | None: ...

    def get(self, key: str) -> str | None: ...

    def find(self, path: str) -> Element | None: ...

    def findall(self, path: str) -> list[Element]: ...

    def __iter__(self) -> Iterator[Element]: ...


def name(element: Element) -> str:
    """The local name of an element of the main namespace, ``mc:…`` for one of compatibility, else empty."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith(_COMPATIBILITY):
        return f"mc:{tag.removeprefix(_COMPATIBILITY)}"
    return tag.removeprefix(_MAIN) if tag.startswith(_MAIN) else ""


def path(*names: str) -> str:
    """The path of elements of the main namespace, for ``find``."""
    return "/".join(_MAIN + each for each in names)


def attribute(element: Element | None, key: str = "val") -> str | None:
    """An attribute of the main namespace; None where it or the element is missing."""
    return None if element is None else element.get(_MAIN + key)


def number(element: Element | None, key: str = "val") -> int | None:
    """The same as a whole number, None where it is none."""
    text = attribute(element, key)
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def switched_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on."""
    return element is not None and attribute(element) not in ("0", "false", "off", "none")
