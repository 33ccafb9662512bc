"""What becomes of the tests of a suite, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker.report.layout import Line, Piece, View
from guiju.compiler.verdicts import Verdict
from guiju.decisions.summary_words import VERDICT
from guiju.testing.diff.standing import Restated
from guiju.testing.suite import Expected


def restated_lines(restated: Restated, view: View) -> Iterator[Line]:
    """The tests that need a look, and how many still hold."""
    colon, arrow = view.say("：", ": "), " → "
    total = len(restated.holding) + len(restated.changed) + len(restated.unaskable)
    yield (
        Piece(view.say("既有测试：", "existing tests: "), "label"),
        Piece(
            view.say(
                f"共 {total} 个，答复不变 {len(restated.holding)}，"
                f"答复改变 {len(restated.changed)}，不能再问 {len(restated.unaskable)}",
                f"{total}; same answer {len(restated.holding)},"
                f" another answer {len(restated.changed)}, can no longer be asked {len(restated.unaskable)}",
            )
        ),
    )
    for each in restated.changed:
        before, now = _brief(each.test.expected, view), _brief(each.now, view)
        more = "" if before != now else view.say("（日期或依据的内容不同）", " (other days, or what stands)")
        yield (Piece(f"  {each.test.id} {each.test.question}{colon}{before}{arrow}{now}{more}", "warning"),)
    for one in restated.unaskable:
        yield (Piece(f"  {one.test.id} {one.test.question}{colon}{view.word(one.why)}", "undecided"),)
    yield ()


def _brief(expected: Expected, view: View) -> str:
    verdict = view.word(VERDICT[Verdict(expected.verdict)])
    values = view.say("、", ", ").join("…" if each is None else str(each) for each in expected.values)
    until = view.say(f"至 {expected.until}", f"until {expected.until}") if expected.until is not None else ""
    return " ".join(part for part in (verdict, values, until) if part)
