"""What could not be decided blames nobody: no finding rests on a link that nobody knows of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus_files import ROOT, read
from guiju.checker.ask import Asker
from guiju.checker.chains.findings import findings
from guiju.checker.check import DEFAULT_BUDGET
from guiju.checker.load import load_texts
from guiju.compiler import smt
from guiju.compiler.kernel import Expr, Norm


class Doubtful(Asker):
    """Cannot tell whether one norm follows another."""

    def possible(
        self, what: str, conditions: Sequence[Expr], norms: Sequence[Norm] = (), pinned: bool = True
    ) -> bool | None:
        return None if "→" in what or "after" in what else super().possible(what, conditions, norms, pinned)


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [("dead_end_answered", "L001", 0), ("dead_end", "L001", 2), ("way_back", "L005", 1)],
)
def test_a_link_that_is_undecided_is_no_reproach(name: str, code: str, found: int) -> None:
    """What is answered or lifted stays so; where there is nothing to ask, the finding does not hang on it."""
    corpus = load_texts(read(ROOT / "chain" / f"{name}.gj").texts()).corpus
    assert corpus is not None
    reported = findings(Doubtful(corpus, smt.Backend(corpus, DEFAULT_BUDGET)))
    assert sum(each.code == code for each in reported) == found
