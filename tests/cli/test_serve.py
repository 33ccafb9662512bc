"""``guiju serve`` and ``guiju keys``: what they refuse before anything is served, and the keys."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from decision_entries import entry
from guiju.cli.app import guiju
from guiju.decisions.log import open_log
from guiju.http import keys, server
from guiju.http.settings import Settings
from served import RULES


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where compiled rules are kept, so that each test need not compile them."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with rules, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIJU_CACHE_DIR", str(cache))
    (tmp_path / "rules.gj").write_text(RULES, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    """A command, in English."""
    return CliRunner().invoke(guiju, ["--lang", "en", *arguments])


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, Any, int]]:
    """What would have been served: the settings, the address, the workers."""
    found: list[tuple[Settings, Any, int]] = []

    def instead(settings: Settings, listening: socket.socket, workers: int, corpus: object) -> None:
        found.append((settings, listening.getsockname(), workers))
        listening.close()

    monkeypatch.setattr(server, "run", instead)
    return found


@pytest.mark.parametrize("command", ["serve", "keys"])
def test_the_help_teaches(command: str) -> None:
    """In both languages, with examples."""
    chinese = CliRunner().invoke(guiju, ["--lang", "zh", command, "--help"]).output
    english = run(command, "--help").output
    assert "例：" in chinese
    assert "密钥" in chinese
    assert "Examples:" in english
    assert "guiju keys add" in english


def test_what_is_asked_for_is_served(served: list[tuple[Settings, Any, int]], here: Path) -> None:
    """The options reach the service; by themselves they are careful."""
    assert run("serve", "rules.gj", "--port", "0").exit_code == 0
    settings, address, workers = served[0]
    assert settings == Settings(paths=(Path("rules.gj"),), log="guiju-decisions.sqlite")
    assert (address[0], workers) == ("127.0.0.1", 1)
    assert (here / "guiju-decisions.sqlite").exists()
    keys.add(here / "k.json", "a")
    options = "--port 0 --host 0.0.0.0 --keys k.json --log none --workers 3 --max-body 5000 --timeout 2"
    assert run("serve", "rules.gj", *options.split()).exit_code == 0
    settings, address, workers = served[1]
    assert (settings.keys, settings.log) == (Path("k.json"), None)
    assert (settings.max_body, settings.timeout) == (5000, 2.0)
    assert (address[0], workers) == ("0.0.0.0", 3)


def test_without_keys_only_this_machine_is_served(served: list[tuple[Settings, Any, int]]) -> None:
    """Unless that is said."""
    refused = run("serve", "rules.gj", "--port", "0", "--host", "0.0.0.0")
    assert refused.exit_code == 2
    assert "give --keys FILE, or --open" in refused.stderr
    assert not served
    for host in ("localhost", "127.0.0.2"):
        assert run("serve", "rules.gj", "--port", "0", "--host", host, "--log", "none").exit_code == 0
    opened = run("serve", "rules.gj", "--port", "0", "--host", "0.0.0.0", "--log", "none", "--open")
    assert opened.exit_code == 0
    assert len(served) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.gj"], "missing.gj"),
        (["rules.gj", "--log", "/nonexistent/log.sqlite"], "/nonexistent/log.sqlite"),
        (["rules.gj", "--log", "nosuch://x/y"], "no such kind of database"),
        (["rules.gj", "--log", "rules.gj"], "is no decision log"),
        (["rules.gj", "--log", "cut.db"], "its last entry is not the head that it keeps"),
        (["rules.gj", "--keys", "rules.gj"], "is no file of keys"),
        (["rules.gj", "--keys", "empty.json"], "there is no key in empty.json"),
        (["wrong.gj"], "the rules have 1 mistake"),
        (["rules.gj", "--host", "no host"], "cannot listen at no host:"),
        (["rules.gj", "--max-body", "0"], "--max-body"),
        (["rules.gj", "--workers", "0"], "--workers"),
    ],
)
def test_what_cannot_be_served(
    served: list[tuple[Settings, Any, int]], here: Path, arguments: list[str], said: str
) -> None:
    """Is said before anything listens, with status 2."""
    (here / "wrong.gj").write_text("规则", encoding="utf-8")
    (here / "empty.json").write_text('{"format": 1, "keys": []}', encoding="utf-8")
    with open_log(here / "cut.db") as log:
        log.append_many([entry(1), entry(2)])
    with closing(sqlite3.connect(here / "cut.db")) as connection:
        connection.execute("DELETE FROM guiju_log WHERE sequence = 2")
        connection.commit()
    result = run("serve", "--port", "0", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not served


def test_a_port_that_is_taken(served: list[tuple[Settings, Any, int]]) -> None:
    """Is named."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "rules.gj", "--port", str(port))
    assert result.exit_code == 2
    assert f"cannot listen at 127.0.0.1:{port}" in result.stderr


def test_without_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to them is named."""
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    result = run("serve", "rules.gj")
    assert result.exit_code == 2
    assert "pip install 'guiju[http]'" in result.stderr


def test_keys(here: Path) -> None:
    """Made, listed, taken back; the key goes to the standard output, alone."""
    made = run("keys", "add", "窗口", "--file", "k.json")
    assert made.exit_code == 0
    assert keys.Keyring(here / "k.json").whose(made.stdout.strip()) == "窗口"
    run("keys", "add", "b", "--file", "k.json")
    assert run("keys", "list", "--file", "k.json").stdout == "窗口\nb\n"
    assert run("keys", "revoke", "窗口", "--file", "k.json").exit_code == 0
    assert run("keys", "list", "--file", "k.json").stdout == "b\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add"], "add and revoke take one"),
        (["list", "x"], "list takes no name"),
        (["add", "a b"], "a name has letters"),
        (["revoke", "x"], "guiju-keys.json"),
        (["list"], "guiju-keys.json"),
        (["change"], "change"),
    ],
)
def test_wrong_uses_of_keys(here: Path, arguments: list[str], said: str) -> None:
    """Status 2, and nothing is made."""
    result = run("keys", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert not (here / "guiju-keys.json").exists()


def test_a_file_that_others_can_read(here: Path) -> None:
    """Is warned about."""
    run("keys", "add", "a", "--file", "k.json")
    (here / "k.json").chmod(0o644)
    assert "other users can read k.json" in run("keys", "list", "--file", "k.json").stderr
