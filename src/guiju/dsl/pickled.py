"""Reading pickles of values: only the classes named, and never a function."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

#: Whether a class, given by its module and its name, may occur.
Allowed = Callable[[str, str], bool]


class UnreadableError(Exception):
    """Not a pickle of the values expected; the reason is the cause."""


def loads(data: bytes, allowed: Allowed) -> Any:
    """The value pickled in ``data``.

    Raises:
        UnreadableError: It is no pickle, or one of something else.
    """
    try:
        return _Unpickler(data, allowed).load()
    except Exception as error:  # altered bytes make pickle raise almost anything
        raise UnreadableError from error


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, allowed: Allowed) -> None:
        super().__init__(io.BytesIO(data))
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        if self._allowed(module, name):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")
