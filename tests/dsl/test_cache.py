"""What is kept between runs: it is always right or not there, and only ours."""

from __future__ import annotations

import contextlib
import os
import pickle
import stat
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl import tables
from guiju.dsl.cache import TreeCache, parse_files
from guiju.dsl.parser import Parser
from guiju.dsl.pickled import UnreadableError, loads
from guiju.dsl.source import Source
from guiju.dsl.store import Store, user_store
from sources import RICH

SOURCE = Source("x.gj", RICH)

needs_owners = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files here")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache" / "guiju")


def entries(store: Store) -> list[Path]:
    assert store.directory is not None
    return sorted(store.directory.iterdir())


# --- The store -----------------------------------------------------------------------------------


def test_what_was_written_is_read(store):
    """Bytes come back as they were; what was not written is not there."""
    store.write("a", b"\x00data")
    assert store.read("a") == b"\x00data"
    assert store.read("b") is None


@needs_owners
def test_the_directory_is_the_users_alone(store):
    """Mode 0700, and files of mode 0600."""
    store.write("a", b"data")
    assert stat.S_IMODE(store.directory.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in entries(store)] == [0o600]


@needs_owners
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_directory_that_others_may_write_to_is_not_used(store, mode):
    """Neither read nor written: someone else may have put the entry there."""
    store.write("a", b"data")
    store.directory.chmod(mode)
    store.write("b", b"data")
    assert store.read("a") is None
    assert len(entries(store)) == 1


def test_an_altered_entry_is_not_there(store):
    """One bit is enough; so is a missing end."""
    store.write("a", b"data")
    (path,) = entries(store)
    whole = path.read_bytes()
    for altered in (whole[:-1], whole[:-1] + b"b", b"", whole[:3], whole + b"\x00"):
        path.write_bytes(altered)
        assert store.read("a") is None


def test_nothing_is_kept_without_a_directory():
    """A store that is switched off takes everything and has nothing."""
    store = Store(None)
    store.write("a", b"data")
    store.prune()
    assert store.read("a") is None


def test_a_directory_that_cannot_be_made_is_no_error(tmp_path):
    """A file stands in its place."""
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "cache")
    store.write("a", b"data")
    store.prune()
    assert store.read("a") is None


def test_pruning_removes_what_is_old_and_what_is_too_much(tmp_path):
    """The oldest go first; what is not ours stays."""
    store = Store(tmp_path / "cache", max_bytes=600, max_age=100)
    now = time.time()
    for name, age, size in (("new", 0, 200), ("older", 10, 200), ("oldest", 20, 200), ("gone", 200, 1)):
        store.write(name, bytes(size))
        os.utime(store.directory / f"{name}.guiju", (now - age, now - age))
    foreign = store.directory / "notes.txt"
    foreign.write_bytes(bytes(10_000))
    os.utime(foreign, (0, 0))
    store.prune()
    assert [path.name for path in entries(store)] == ["new.guiju", "notes.txt", "older.guiju"]


def test_the_environment_names_the_directory(tmp_path):
    """GUIJU_CACHE_DIR says where; empty, it switches the store off."""
    assert user_store({"GUIJU_CACHE_DIR": str(tmp_path)}).directory == tmp_path
    assert user_store({"GUIJU_CACHE_DIR": ""}).directory is None
    default = user_store({}).directory
    assert default is not None
    assert default.is_absolute()
    assert not default.is_relative_to(Path.cwd())


# --- Tables --------------------------------------------------------------------------------------


def test_kept_tables_parse_the_same(store):
    """The engine that was kept gives the same trees and diagnostics."""
    first, second = Parser(tables.load_engine(store)), Parser(tables.load_engine(store))
    for text in (RICH, "规则 甲 当 a b 则\n法域 江省 属"):
        assert first.parse(Source("x", text)) == second.parse(Source("x", text))


def test_kept_tables_are_used(store, monkeypatch):
    """The grammar is compiled once."""
    tables.load_engine(store)
    monkeypatch.setattr(tables, "_engine", lambda grammar: pytest.fail("compiled again"))
    tables.load_engine(store)


_NO_TABLES = (b"", b"nonsense", pickle.dumps({}), pickle.dumps({"memo": 1, "data": {"rules": 2}}))


@pytest.mark.parametrize("kept", _NO_TABLES, ids=["empty", "nonsense", "other", "shape"])
def test_tables_that_cannot_be_read_are_made_again(store, kept):
    """Also those that are whole, but no tables."""
    tables.load_engine(store)
    (path,) = entries(store)
    store.write(path.stem, kept)
    assert Parser(tables.load_engine(store)).parse(SOURCE).diagnostics == ()
    assert store.read(path.stem) != kept


# --- Trees ---------------------------------------------------------------------------------------


def test_files_are_parsed_in_the_order_given(store, parser):
    """With an empty cache, a full one, and one that has some."""
    cache = TreeCache(store)
    sources = [Source(f"{i}.gj", f"法域 甲{i}") for i in range(5)]
    expected = [parser.parse(source) for source in sources]
    assert expected[1:3] == parse_files(sources[1:3], cache)
    assert expected == parse_files(sources, cache)
    assert expected == parse_files(sources, cache)
    assert parse_files([], cache) == []


def test_diagnostics_are_kept_too(store, parser):
    """A file with mistakes is not parsed again either."""
    source = Source("x.gj", "规则 甲 当 a b\n法域 中国")
    parse_files([source], TreeCache(store))
    assert TreeCache(store).read(source) == parser.parse(source)


_OTHERS = (Source("y.gj", RICH), Source("x.gj", RICH + " "), Source("x.g", "j" + RICH))


@pytest.mark.parametrize("other", _OTHERS, ids=["name", "text", "border"])
def test_another_name_or_text_is_another_source(store, other):
    """Places name the file, so its name counts."""
    parse_files([SOURCE], TreeCache(store))
    assert TreeCache(store).read(other) is None


def test_a_new_front_end_has_no_trees(store, monkeypatch):
    """What another version of the code parsed is not used."""
    parse_files([SOURCE], TreeCache(store))
    changed = TreeCache(store)
    monkeypatch.setattr(changed, "_front_end", b"other")
    assert changed.read(SOURCE) is None


def test_a_tree_that_cannot_be_read_is_made_again(store, parser):
    """Whole, but no tree."""
    cache = TreeCache(store)
    parse_files([SOURCE], cache)
    name = next(path.stem for path in entries(store) if path.stem.startswith("tree"))
    for kept in (b"", b"nonsense", zlib.compress(b"nonsense"), zlib.compress(pickle.dumps("nonsense"))):
        store.write(name, kept)
        assert [parser.parse(SOURCE)] == parse_files([SOURCE], cache)


def test_nothing_has_to_be_kept(parser):
    """A cache without a store parses every time."""
    assert [parser.parse(SOURCE)] == parse_files([SOURCE], TreeCache(Store(None)))


def test_what_is_kept_is_read_without_lark(tmp_path):
    """A run in which no file changed imports neither Lark nor the parser."""
    script = f"""
import sys
from pathlib import Path
from guiju.dsl.cache import TreeCache, parse_files
from guiju.dsl.source import Source
from guiju.dsl.store import Store
parse_files([Source("x.gj", "法域 中国")], TreeCache(Store(Path({str(tmp_path / "cache")!r}))))
print([name for name in ("lark", "guiju.dsl.parser") if name in sys.modules])
"""
    runs = [
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
        for _ in range(2)
    ]
    assert runs == ["['lark', 'guiju.dsl.parser']\n", "[]\n"]


# --- Pickles -------------------------------------------------------------------------------------


class Malicious:
    def __reduce__(self):
        return (os.system, ("echo harm",))


@pytest.mark.parametrize("value", [Malicious(), os.path.join, Path("x"), print])
def test_a_pickle_of_anything_else_is_not_read(store, value):
    """No function is called and no foreign class made, whatever the bytes say."""
    cache = TreeCache(store)
    parse_files([SOURCE], cache)
    name = next(path.stem for path in entries(store) if path.stem.startswith("tree"))
    store.write(name, zlib.compress(pickle.dumps(value)))
    assert cache.read(SOURCE) is None


@given(st.binary())
def test_reading_any_bytes_gives_a_value_or_one_error(data):
    """Whatever pickle raises is one kind of error."""
    with contextlib.suppress(UnreadableError):
        loads(data, lambda module, name: False)
