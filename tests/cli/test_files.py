"""Writing files: whole or not at all, through links, into what is no regular file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guiju.cli import files

posix = pytest.mark.skipif(os.name == "nt", reason="there are no such files there")


def test_a_failed_write_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no temporary file."""
    target = tmp_path / "a.gj"
    target.write_bytes(b"old")

    def fail(self: Path, other: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        files.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert [target] == list(tmp_path.iterdir())


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points to is written."""
    target, link = tmp_path / "a.gj", tmp_path / "b.gj"
    target.write_bytes(b"old")
    link.symlink_to(target)
    files.write(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")


@posix
def test_a_device_is_written_to_and_not_replaced() -> None:
    """``--output /dev/null`` must not make a file of it."""
    files.write(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()


@posix
def test_a_new_file_has_ordinary_permissions(tmp_path: Path) -> None:
    """Those that any program would have given it."""
    mask = os.umask(0o022)
    try:
        files.write(tmp_path / "a.gj", b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.gj").stat().st_mode & 0o777 == 0o644
