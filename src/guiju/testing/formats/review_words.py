"""A review for a terminal: what is wrong, by the rules to look at, then what else there is to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from guiju.checker.report.layout import Line, Piece
from guiju.testing.formats import words as told
from guiju.testing.formats.marks import MARKS
from guiju.testing.formats.review import Judged, Review
from guiju.testing.formats.words import Words
from guiju.testing.suite import Suite


def review_lines(review: Review, suite: Suite, words: Words) -> Iterator[Line]:
    """Every line of what came of a review.

    Args:
        review: The marks.
        suite: The suite that was reviewed, for the provisions of its norms.
        words: How to tell them.
    """
    telling = _Telling(words, {norm: each for test in suite.tests for norm, each in test.citations.items()})
    yield from telling.wrong(review.wrong)
    yield from telling.section("存疑", "unsure", "warning", (telling.judged(each) for each in review.unsure))
    changed = (telling.changed(each) for each in review.changed)
    heads = "预期已变，须重新审阅", "something else is expected since: to be reviewed again"
    yield from telling.section(*heads, "warning", changed)
    gone = (telling.gone(each) for each in review.gone)
    yield from telling.section("测试集里已没有", "no more in the suite", "dim", gone)
    yield telling.counted(review)


@frozen
class _Telling:
    words: Words
    citations: dict[str, tuple[str, ...]]

    def wrong(self, judged: Sequence[Judged]) -> Iterator[Line]:
        """The wrong ones under each rule that they rest on; each is told in full the first time."""
        groups: dict[str | None, list[Judged]] = {}
        for each in judged:
            for norm in told.rules_of(each.test) or (None,):
                groups.setdefault(norm, []).append(each)
        seen: set[str] = set()
        for norm, about in sorted(groups.items(), key=lambda group: -len(group[1])):
            yield (Piece(self._rule(norm), "provision"), Piece(self._many(len(about)), "error"))
            for each in about:
                if each.test.id in seen:
                    yield (Piece(f"  {self._where(each)}", "dim"), Piece(self._above(), "dim"))
                else:
                    seen.add(each.test.id)
                    yield from self.judged(each)
            yield ()

    def section(self, zh: str, en: str, role: str, parts: Iterable[Iterable[Line]]) -> Iterator[Line]:
        """Some marks under a head; nothing where there are none."""
        lines = [line for part in parts for line in part]
        if lines:
            yield (Piece(self.words.say(zh, en), role),)
            yield from lines
            yield ()

    def judged(self, each: Judged) -> Iterator[Line]:
        """One mark: the case, what is expected and why, the remark."""
        words, test = self.words, each.test
        yield (Piece(f"  {self._where(each)}", "message"),)
        yield from self._part("案情", "case", told.facts(test, words))
        if test.readings:
            yield from self._part("读法", "readings", [told.readings(test, words)])
        yield from self._part("预期", "expected", told.answer(test, words))
        yield from self._part("依据", "grounds", told.grounds(test, words))
        yield from self._part("理由", "why it is here", told.reasons(test, words))
        yield from self._remark(each)

    def changed(self, each: Judged) -> Iterator[Line]:
        """One mark on what is not expected any more."""
        assert each.now is not None
        yield (Piece(f"  {self._where(each)}", "message"), Piece(self._said(each)))
        then = list(told.answer(each.test, self.words))
        now = list(told.answer(evolve(each.test, expected=each.now), self.words))
        yield from self._part("当时预期", "expected then", then)
        yield from self._part("现在预期", "expected now", now)
        if then == now:
            yield from self._part("变化", "what changed", [self.words.say("只是依据", "only the grounds")])
        yield from self._remark(each)

    def gone(self, each: Judged) -> Iterator[Line]:
        """One mark on what is not asked any more."""
        yield (Piece(f"  {self._where(each)}", "message"), Piece(self._said(each)))
        yield from self._remark(each)

    def counted(self, review: Review) -> Line:
        """How many of each."""
        counts = [
            (len(review.wrong), "错", "wrong", "error"),
            (len(review.unsure), "存疑", "unsure", "warning"),
            (len(review.right), "对", "right", "value"),
            (len(review.changed), "预期已变", "expected otherwise since", "warning"),
            (len(review.gone), "已没有", "no more in the suite", "dim"),
            (len(review.unmarked), "未填", "not marked", "dim"),
        ]
        pieces: list[Piece] = []
        for number, zh, en, role in counts:
            pieces.append(
                Piece(self.words.say(f"{zh} {number}", f"{number} {en}"), role if number else "dim")
            )
            pieces.append(Piece(self.words.say("，", ", ")))
        return (*pieces[:-1], Piece(self.words.say("。", ".")))

    def _rule(self, norm: str | None) -> str:
        if norm is None:
            return self.words.say("没有规则作答", "no rule answers")
        return told.cited(norm, self.citations.get(norm, ()), self.words)

    def _many(self, number: int) -> str:
        return self.words.say(f"：标为错的 {number} 个", f": {number} marked as wrong")

    def _above(self) -> str:
        return self.words.say("（见上）", " (above)")

    def _where(self, each: Judged) -> str:
        test, row = each.test, each.mark.row
        day = self.words.say("，", ", ").join(told.day(test, self.words))
        return self.words.say(
            f"第 {row} 行 {test.id} {test.question}，{day}，{test.at}",
            f"row {row}, {test.id}: {test.question}, {day}, {test.at}",
        )

    def _said(self, each: Judged) -> str:
        word = self.words.view.word(MARKS[each.mark.judgement])
        return self.words.say(f"：当时标为{word}", f": marked as {word}")

    def _remark(self, each: Judged) -> Iterator[Line]:
        return self._part("意见", "remark", each.mark.remark.splitlines(), "value")

    def _part(self, zh: str, en: str, lines: Iterable[str], role: str = "") -> Iterator[Line]:
        """Some lines, the first after a label; nothing where there are none."""
        for number, line in enumerate(lines):
            label = self.words.say(f"    {zh}：", f"    {en}: ") if number == 0 else "      "
            yield (Piece(label, "label"), Piece(line, role))
