"""Bytes kept between runs, in a directory that only this user can write.

What is kept can always be computed again: an entry that is missing, cut short, altered or unreadable is no
error, it is just not there, and so is a directory that cannot be made. Entries are written whole or not at
all. A directory that belongs to someone else, or that others may write to, is not used.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

#: Names the directory; empty: nothing is kept.
VARIABLE = "GUIJU_CACHE_DIR"

_DAY = 24 * 60 * 60
_CHECKSUM = 16
_SUFFIX = ".guiju"  # nothing else in the directory is ours to remove


@frozen
class Store:
    """Entries in a directory; none at all when ``directory`` is None.

    Args:
        directory: Made, with mode 0700, when the first entry is written.
        max_bytes: What ``prune`` leaves at most.
        max_age: Seconds since an entry's last use after which ``prune`` removes it.
    """

    directory: Path | None
    max_bytes: int = 256 * 2**20
    max_age: int = 60 * _DAY

    def read(self, name: str) -> bytes | None:
        """The entry, or None when there is none that is whole."""
        if self.directory is None or not _trusted(self.directory):
            return None
        path = self.directory / (name + _SUFFIX)
        try:
            with path.open("rb") as file:
                content = file.read()
                used = os.fstat(file.fileno()).st_mtime
            if time.time() - used > _DAY:
                os.utime(path)
        except OSError:
            return None
        checksum, data = content[:_CHECKSUM], content[_CHECKSUM:]
        return data if checksum == _checksum(data) else None

    def write(self, name: str, data: bytes) -> None:
        """Keep an entry if that is possible."""
        if self.directory is None:
            return
        temporary = None
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _trusted(self.directory):
                return
            descriptor, temporary = tempfile.mkstemp(_SUFFIX, ".", self.directory)
            with os.fdopen(descriptor, "wb") as file:
                file.write(_checksum(data) + data)
            os.replace(temporary, self.directory / (name + _SUFFIX))
        except OSError:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)

    def prune(self) -> None:
        """Remove entries that have long not been used, and the oldest ones beyond the bound on size."""
        if self.directory is None or not _trusted(self.directory):
            return
        now, left = time.time(), self.max_bytes
        for used, size, path in sorted(_entries(self.directory), reverse=True):
            left -= size
            if left < 0 or now - used > self.max_age:
                with contextlib.suppress(OSError):
                    path.unlink()


def user_store(environment: Mapping[str, str] | None = None) -> Store:
    """The user's own store: where ``GUIJU_CACHE_DIR`` says, or where caches belong on this system."""
    named = (os.environ if environment is None else environment).get(VARIABLE)
    if named is not None:
        return Store(Path(named).absolute() if named else None)
    try:
        from platformdirs import user_cache_path

        return Store(user_cache_path("guiju", appauthor=False))
    except RuntimeError:  # no home directory
        return Store(None)


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM).digest()


def _trusted(directory: Path) -> bool:
    try:
        status = directory.stat()
    except OSError:
        return False
    if not hasattr(os, "geteuid"):  # Windows: the cache directory is the user's by its access list
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _entries(directory: Path) -> list[tuple[float, int, Path]]:
    entries = []
    with contextlib.suppress(OSError), os.scandir(directory) as found:
        for entry in found:
            if not entry.name.endswith(_SUFFIX):
                continue
            with contextlib.suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    entries.append((status.st_mtime, status.st_size, Path(entry.path)))
    return entries
