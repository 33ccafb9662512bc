"""The table backend: rules as SQL on columns, for an engine on one machine or on many.

``compile_question`` is the way in. Bottom up: ``columns`` says how a table holds cases; ``settling`` and
``inversion`` work out what is the same for all rows; ``sql`` has the constructs of a portable subset,
``workdays``, ``records``, ``scales`` and ``terms`` print the kernel with them; ``stages`` says what is
computed once; ``question``, ``bits`` and ``answered`` go from norms to verdicts; ``compiled`` puts the
query together. SQLGlot needs the extra ``table``; no engine is needed to compile.

Trusted: the corpus is well typed and the rows are of the types that it declares. Checked against the
reference evaluator, which means the same, row by row (``tests/compiler/table``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.compiler.kernel import Corpus, Norm, Question
from guiju.compiler.resolve import Defeats
from guiju.compiler.table.columns import Columns, OnePlace, PlaceColumn
from guiju.compiler.table.compiled import Compiled, compiled
from guiju.compiler.table.question import asked

__all__ = ["Columns", "Compiled", "OnePlace", "PlaceColumn", "compile_question"]


def compile_question(
    question: Question,
    norms: Iterable[Norm],
    corpus: Corpus,
    defeats: Defeats,
    columns: Columns,
    readings: Mapping[str, str],
) -> Compiled:
    """``question`` as SQL on a table of cases.

    Args:
        question: What is asked of each row.
        norms: Those that count, of which only the ones on ``question`` that bind are used.
        corpus: What declares the names; its calendar and territories.
        defeats: Which norms prevail over which.
        columns: How the table holds the cases, the date and the place.
        readings: The choice for each reading, the same for all rows; absent: the default.
    """
    return compiled(asked(question, norms, corpus, defeats, columns, readings), corpus, columns)
