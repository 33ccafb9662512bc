"""Files that are whole or not there: written beside their place, under another name, and moved at the end."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guiju.decisions.batch.request import Unusable


@contextmanager
def staged(path: Path) -> Iterator[tuple[Path, Path | None]]:
    """Where to write what shall be ``path``, and what to move there at the end.

    What is no regular file (a pipe, a device) is written to directly. However the block ends, nothing is left
    behind beside ``path``; moving is up to the caller (``move``), who does it for several files together.

    Raises:
        Unusable: Nothing can be written there.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        if target.is_dir():
            raise Unusable(f"{path} 是目录", f"{path} is a directory")
        yield target, None
        return
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise Unusable(
            f"不能在 {target.parent} 写文件：{error.strerror}",
            f"cannot write in {target.parent}: {error.strerror}",
        ) from error
    os.close(descriptor)
    temporary = Path(name)
    try:
        temporary.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        yield temporary, target
    finally:
        temporary.unlink(missing_ok=True)


def move(temporary: Path, target: Path | None) -> None:
    """Make what was written to ``temporary`` the content of ``target``."""
    if target is not None:
        temporary.replace(target)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Say which file an error of writing is about: of a full disk the system does not."""
    try:
        yield
    except OSError as error:
        number = error.errno if error.errno is not None else errno.EIO
        raise OSError(number, error.strerror or str(error), str(path)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
