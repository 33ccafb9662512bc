"""Lark's engine for our grammar; its tables, which take long to compute, are kept between runs."""

from __future__ import annotations

import hashlib
import io
from importlib import resources
from typing import Any

import lark

from guiju.dsl.pickled import UnreadableError, loads
from guiju.dsl.store import Store


def build_engine() -> lark.Lark:
    """The engine, its tables computed from the grammar."""
    return _engine(_grammar())


def load_engine(store: Store) -> lark.Lark:
    """The engine, its tables read from ``store`` or else computed and kept there."""
    grammar = _grammar()
    digest = hashlib.sha256(f"{lark.__version__}\n{grammar}".encode()).hexdigest()
    name = f"tables-{digest[:32]}"
    kept = store.read(name)
    if kept is not None:
        try:
            return _loaded(loads(kept, _nothing))
        except UnreadableError:
            pass
    engine = _engine(grammar)
    file = io.BytesIO()
    engine.save(file)
    store.write(name, file.getvalue())
    return engine


def _grammar() -> str:
    return resources.files("guiju.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")


def _engine(grammar: str) -> lark.Lark:
    return lark.Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        start="declaration",
        propagate_positions=True,
        maybe_placeholders=True,
    )


def _loaded(tables: Any) -> lark.Lark:
    try:
        return lark.Lark.load(tables)  # takes what it would have read from a file, too
    except Exception as error:  # whatever a table of another shape leads to
        raise UnreadableError from error


def _nothing(module: str, name: str) -> bool:
    return False
