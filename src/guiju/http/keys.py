"""Keys: who may ask. A file holds their digests; a key itself is shown once, when it is made.

A key is 256 random bits, so that one SHA-256 of it is as good at rest as a slow hash: there is no short list
of likely keys to try. The file is read again when it changes; while it cannot be read nobody is let in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from guiju.dsl.source import Bilingual

_FORMAT: Final = 1
_PREFIX: Final = "guiju_"
_NAME = re.compile(r"[\w.@-]{1,100}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class KeysError(ValueError):
    """The file of keys cannot be used, or not for this; ``reason`` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Bilingual(zh, en)


@frozen
class Key:
    """Whose key it is, and the SHA-256 of the key in hexadecimal digits."""

    name: str
    sha256: str


def read(path: Path) -> tuple[Key, ...]:
    """The keys in a file, in their order.

    Raises:
        KeysError: It is no file of keys, or others than its owner may write it.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o022:
            raise KeysError(
                f"{path} 不止所有者可写，任何人都能加密钥：chmod 600 {path}",
                f"{path} can be written by others, who could add keys: chmod 600 {path}",
            )
        data = file.read()
    try:
        document = json.loads(data)
        if document["format"] != _FORMAT:
            raise ValueError
        keys = tuple(Key(each["name"], each["sha256"]) for each in document["keys"])
        if not all(_NAME.match(each.name) and _DIGEST.match(each.sha256) for each in keys):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError):
        raise KeysError(f"{path} 不是密钥文件", f"{path} is no file of keys") from None
    return keys


def is_readable_by_others(path: Path) -> bool:
    """Whether others than the owner may read the file: no key is lost by that, but it should not be."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o044)


def add(path: Path, name: str) -> str:
    """Make a key for ``name``, and the file where there is none; the key is nowhere else.

    Raises:
        KeysError: The name is taken or is none; or as for ``read``.
    """
    if not _NAME.match(name):
        raise KeysError(
            f"名称 {name!r} 只能有字母、数字、汉字和 . _ @ -，至多 100 个字符",
            f"a name has letters, digits and . _ @ -, at most 100 of them; {name!r} does not",
        )
    keys = read(path) if path.exists() else ()
    if any(each.name == name for each in keys):
        raise KeysError(
            f"已有名为 {name} 的密钥：先 guiju keys revoke {name}",
            f"there is a key called {name}: guiju keys revoke {name} first",
        )
    token = _PREFIX + secrets.token_urlsafe(32)
    _write(path, (*keys, Key(name, _digest(token))))
    return token


def revoke(path: Path, name: str) -> None:
    """Take the key of ``name`` out of the file.

    Raises:
        KeysError: There is none; or as for ``read``.
    """
    keys = read(path)
    left = tuple(each for each in keys if each.name != name)
    if len(left) == len(keys):
        raise KeysError(f"没有名为 {name} 的密钥", f"there is no key called {name}")
    _write(path, left)


@define(eq=False)
class Keyring:
    """The keys of a file as it is now."""

    path: Path
    _seen: tuple[int, int, int] | None = field(default=None, init=False)
    _keys: tuple[Key, ...] = field(default=(), init=False)

    def whose(self, token: str) -> str | None:
        """The name of whoever holds ``token``; None when it is no key.

        Raises:
            KeysError, OSError: The file cannot be used.
        """
        self._refresh()
        given = _digest(token)
        found = None
        for each in self._keys:  # all of them: how long it takes tells nothing
            if hmac.compare_digest(each.sha256, given):
                found = each.name
        return found

    def _refresh(self) -> None:
        state = self.path.stat()
        seen = (state.st_mtime_ns, state.st_size, state.st_ino)
        if seen != self._seen:
            self._seen = None
            self._keys = read(self.path)
            self._seen = seen


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    """Replace the file as a whole; it is its owner's alone."""
    document = {"format": _FORMAT, "keys": [{"name": each.name, "sha256": each.sha256} for each in keys]}
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # with mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
