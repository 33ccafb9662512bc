"""Files: which ones a command is about, and writing them whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIX = ".gj"


def sources(paths: Iterable[Path]) -> Iterator[Path]:
    """The ``.gj`` files at and under ``paths``, in a fixed order; a file that is named is taken as it is.

    Folders whose names begin with a dot are left out.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = (file for file in path.rglob(f"*{SUFFIX}") if file.is_file())
        yield from sorted(
            file for file in found if not any(p.startswith(".") for p in file.relative_to(path).parts)
        )


def write(path: Path, data: bytes) -> None:
    """Make ``data`` the content of ``path``: a reader sees the old content or the new, never a part.

    A link is followed, permissions are kept, and what is no regular file (a pipe, ``/dev/null``) is simply
    written to.

    Raises:
        OSError: It names ``path``: of a full disk the system does not, and of a folder it names another file.
    """
    try:
        _write(path.resolve(), data)
    except OSError as error:
        number = error.errno if error.errno is not None else errno.EIO
        raise OSError(number, error.strerror or str(error), str(path)) from error


def _write(target: Path, data: bytes) -> None:
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
