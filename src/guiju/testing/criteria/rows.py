"""Fields of a row in words outside of its filter: each is named with its record, as if it were a fact."""

from __future__ import annotations

from attrs import evolve

from guiju.compiler.kernel import Corpus, Expr, Fact, FactRef, FieldRef, rewritten


def as_facts(expr: Expr) -> Expr:
    """``expr`` with a fact in place of each field."""
    return rewritten(
        expr, lambda part: FactRef(f"{part.record}.{part.field}") if isinstance(part, FieldRef) else part
    )


def with_fields(corpus: Corpus, record: str | None) -> Corpus:
    """``corpus`` with the facts that ``as_facts`` makes of the fields of ``record``, to phrase them in."""
    if record is None:
        return corpus
    fields = {f"{record}.{name}": type_ for name, type_ in corpus.records[record].fields.items()}
    facts = {name: Fact(name, type_) for name, type_ in fields.items()}
    return evolve(corpus, facts={**corpus.facts, **facts})
