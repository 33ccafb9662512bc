"""The file of keys: what stands in it, who may touch it, and that a key cannot be got from it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from guiju.http import keys
from guiju.http.keys import Keyring, KeysError

posix = pytest.mark.skipif(os.name != "posix", reason="permissions are others there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_a_key_is_only_shown_when_it_is_made(path: Path) -> None:
    """In the file is a digest; each key is another one, of 256 bits."""
    one, other = keys.add(path, "甲"), keys.add(path, "乙")
    text = path.read_text(encoding="utf-8")
    assert one not in text
    assert other not in text
    assert len({one, other}) == 2
    assert len(one.removeprefix("guiju_")) == 43
    assert [each.name for each in keys.read(path)] == ["甲", "乙"]
    assert all(len(each.sha256) == 64 for each in keys.read(path))


def test_whose_key_it_is(path: Path) -> None:
    """By the key alone."""
    one, other = keys.add(path, "甲"), keys.add(path, "乙")
    ring = Keyring(path)
    assert (ring.whose(one), ring.whose(other)) == ("甲", "乙")
    assert ring.whose(keys.read(path)[0].sha256) is None
    assert ring.whose(one[:-1]) is None
    assert ring.whose("\ud800") is None


def test_a_name_has_one_key(path: Path) -> None:
    """It is taken back before there is another; what is no name is refused."""
    first = keys.add(path, "甲")
    with pytest.raises(KeysError, match="there is a key called 甲"):
        keys.add(path, "甲")
    keys.revoke(path, "甲")
    assert keys.add(path, "甲") != first
    with pytest.raises(KeysError, match="no key called 丙"):
        keys.revoke(path, "丙")
    for name in ("", "a b", "a\n", "x" * 101, 'a"b'):
        with pytest.raises(KeysError, match="a name has"):
            keys.add(path, name)


@posix
def test_the_file_is_its_owners(path: Path) -> None:
    """Made and replaced with mode 0600; one that others may write could let anybody in."""
    keys.add(path, "甲")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not keys.is_readable_by_others(path)
    path.chmod(0o644)
    assert keys.is_readable_by_others(path)
    assert len(keys.read(path)) == 1
    for mode in (0o620, 0o602):
        path.chmod(mode)
        with pytest.raises(KeysError, match="can be written by others"):
            keys.read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format": 2, "keys": []}',
        b'{"format": 1, "keys": [{"name": "x"}]}',
        b'{"format": 1, "keys": [{"name": "x", "sha256": "00"}]}',
        b'{"format": 1, "keys": [{"name": 7, "sha256": "00"}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_file_of_keys(path: Path, content: bytes) -> None:
    """Is not taken for one without keys."""
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeysError, match="is no file of keys"):
        keys.read(path)


def test_nothing_is_left_of_a_write_that_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor a temporary one; the old keys are still there."""
    keys.add(path, "甲")
    before = path.read_bytes()

    def fail(self: Path, target: Path) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no"):
        keys.add(path, "乙")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_a_changed_file_counts_at_once(path: Path) -> None:
    """Also when it was replaced by one of the same size."""
    one = keys.add(path, "甲")
    ring = Keyring(path)
    assert ring.whose(one) == "甲"
    document = json.loads(path.read_bytes())
    document["keys"][0]["name"] = "乙"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert ring.whose(one) == "乙"
    path.unlink()
    with pytest.raises(FileNotFoundError):
        ring.whose(one)
