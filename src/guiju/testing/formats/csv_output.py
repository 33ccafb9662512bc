"""A suite as CSV, a row to a test, in words. Spreadsheets open it; they run nothing that is in it."""

from __future__ import annotations

import csv
import io

from guiju.compiler.kernel import Corpus
from guiju.decisions.batch.output import harmless
from guiju.testing.formats.table import Column, rows
from guiju.testing.formats.words import Words
from guiju.testing.suite import Suite


def to_csv(suite: Suite, corpus: Corpus, lang: str) -> bytes:
    """The table in UTF-8, with the mark by which spreadsheets know that.

    Args:
        suite: The tests.
        corpus: The declarations of its rules, for titles and units.
        lang: The language of heads and words.
    """
    words = Words.of(suite, corpus, lang)
    joint = words.say("；", "; ")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.head(lang) for column in Column)
    for row in rows(suite, words):
        writer.writerow(harmless(joint.join(row.cells[column])) for column in Column)
    return text.getvalue().encode("utf-8-sig")
