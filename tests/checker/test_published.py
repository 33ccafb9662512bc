"""What is said of working days that no calendar tells yet."""

from __future__ import annotations

from attrs import evolve

from guiju.checker.check import Options, check
from guiju.checker.published import statistics
from guiju.checker.report.layout import View
from guiju.checker.report.text import to_text
from guiju.compiler.kernel import Corpus, WorkCalendar
from with_world import corpus_of

HEAD = "文件 市办法 发布 市局 地域 市 施行 2020-01-01\n"
COUNTS = HEAD + "规则 一 当 今日 > 申请日 + 10工作日 则 摊主 不得 经营\n"
TERM = HEAD + "规则 一 当 占道 则 摊主 应 登记 限 10工作日 自 申请日\n"
DAYS = HEAD + "规则 一 当 今日 > 申请日 + 10日 则 摊主 不得 经营\n"


def until(corpus: Corpus, last: int | None) -> dict[str, int]:
    published = None if last is None else (2000, last)
    return statistics(evolve(corpus, calendar=WorkCalendar(published=published)))


def test_where_some_rule_counts_working_days() -> None:
    """In its condition or its term, and only where later days are considered."""
    for text in (COUNTS, TERM):
        corpus = corpus_of(text)
        end = corpus.horizon[1].year
        assert until(corpus, end - 1) == {"working_days_published_until": end - 1}
        assert until(corpus, end) == {}
        assert until(corpus, None) == {"working_days_published_until": 0}
    assert until(corpus_of(DAYS), None) == {}


def test_it_stands_in_the_summary() -> None:
    """No conflict in a year whose working days are not known is one under plain weeks."""
    corpus = evolve(corpus_of(COUNTS), calendar=WorkCalendar(published=(2020, 2021)))
    report = check(corpus, Options(frozenset({"reference"})))
    assert "working days after 2021 are not published" in to_text(report, View("en", {}, corpus))
    assert "2021 年以后的工作日尚未公布" in to_text(report, View("zh", {}, corpus))
