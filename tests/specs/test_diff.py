"""What a change of the real rules does to the answers, and that another layout does nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler.doctrine import Doctrine, Grade
from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load
from guiju.dsl.formatter import format_source
from guiju.dsl.parser import Parser
from guiju.dsl.store import Store
from guiju.testing.diff.comparing import compare
from guiju.testing.diff.difference import Change, Difference, Status
from guiju.testing.diff.grounds import Settled
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.merging import merged

SPECS = Path(__file__).parents[2] / "specs"
TRACEBACK = Path("changzhou") / "traceback.gj"


def rewritten(folder: Path, change: Callable[[Path, str], str]) -> Corpus:
    """The corpus with each file changed."""
    shutil.copytree(SPECS, folder)
    for path in sorted(folder.rglob("*.gj")):
        path.write_text(change(path.relative_to(folder), path.read_text(encoding="utf-8")), encoding="utf-8")
    return load(folder, store=Store(None))


def block(text: str, rule: str) -> str:
    """One rule as it stands in the text, with the empty line after it."""
    start = text.index(f"规则 {rule}\n")
    return text[start : text.index("\n\n", start) + 2]


def amended(path: Path, text: str) -> str:
    """Ten years made eight; over thirty points made thirty or more; a duty dropped."""
    if path != TRACEBACK:
        return text
    points, duty = block(text, "累计暂停"), block(text, "主动披露")
    assert text.count("期 10年") == 1
    assert "超过 30分" in points
    text = text.replace("期 10年", "期 8年").replace(points, points.replace("超过 30分", "至少 30分"))
    return text.replace(duty, "")


@pytest.fixture(scope="module")
def difference(deciding: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """Everything that the amendments change."""
    new = rewritten(tmp_path_factory.mktemp("amended") / "specs", amended)
    return compare(merged(deciding, new, {}), budget=DEFAULT_BUDGET)


def changes(difference: Difference, name: str) -> dict[Kind, Change]:
    (found,) = (each for each in difference.topics if each.topic.name == name)
    assert not found.undecided
    return {each.kind: each for each in found.changes}


def test_nothing_else_changed(difference: Difference) -> None:
    """Of all questions only those that the amended rules answer; for the others there is a proof."""
    assert {each.topic.name for each in difference.topics if each.changes} == {
        "专家·受聘用为应急部门专家",
        "机构·在常州市开展技术服务",
        "暂停机构业务资格·机构",
        "机构·披露服务内容",
    }
    assert not difference.open
    assert difference.renamed == ()
    assert difference.assumed.same
    assert not any(each.matters for each in difference.declared)


def test_eight_years_for_ten(difference: Difference) -> None:
    """A day in the ninth or tenth year; and before that, two years between the last days."""
    found = changes(difference, "专家·受聘用为应急部门专家")
    free, other = found[Kind.ELIGIBLE], found[Kind.TERM]
    assert free.before.expected.verdict == "ineligible"
    (bar,) = (each for each in free.before.expected.norms if each.window is not None)
    assert bar.window is not None
    first, last = bar.window
    assert first is not None
    assert last is not None
    assert last.year - first.year == 10
    assert dt.date(first.year + 8, first.month, min(first.day, 28)) <= free.context.today <= last
    (before,), (after,) = (
        [each.window for each in said.expected.norms if each.window is not None]
        for said in (other.before, other.after)
    )
    assert before[1] is not None
    assert after[1] is not None
    assert before[0] == after[0]
    assert before[1].year - after[1].year == 2
    assert Kind.BARRED not in found


def test_thirty_points_and_not_only_more(difference: Difference) -> None:
    """Exactly thirty, for the bar and for the duty that goes with it."""
    barred = changes(difference, "机构·在常州市开展技术服务")[Kind.BARRED]
    duty = changes(difference, "暂停机构业务资格·机构")[Kind.DUTY]
    for each in (barred, duty):
        assert each.context.case.facts["机构.年度累计扣分"] == 30
        assert "机构.年度累计扣分" in each.telling
    assert (barred.before.expected.verdict, barred.after.expected.verdict) == ("eligible", "ineligible")
    (norm,) = barred.after.norms.values()
    assert norm.citations == ("第八条(二)3",)


def test_a_duty_that_is_gone(difference: Difference) -> None:
    """It was due within twenty-four hours."""
    gone = changes(difference, "机构·披露服务内容")
    assert set(gone) == {Kind.NO_DUTY}
    (stood,) = gone[Kind.NO_DUTY].before.expected.norms
    assert stood.hours == 24
    assert gone[Kind.NO_DUTY].after.expected.norms == ()


def test_layout_order_and_a_priority_that_decides_nothing(deciding: Corpus, tmp_path: Path) -> None:
    """Rules and conditions the other way round, English keywords; and article 11 without its priority.

    The priority is over earlier documents of the same issuer, of which the corpus has none: it settles
    nothing there. What it does where there is one, ``test_a_priority_over_an_earlier_document`` shows.
    """
    parser = Parser()

    def turned(path: Path, text: str) -> str:
        if path == TRACEBACK:
            (priority,) = (line for line in text.splitlines() if line.startswith("  优先 "))
            text = text.replace(f"{priority}\n", "")
        formatted = format_source(_reversed(text), str(path), lang="en", parser=parser).text
        assert formatted is not None
        return formatted

    new = rewritten(tmp_path / "specs", turned)
    found = compare(merged(deciding, new, {}), budget=DEFAULT_BUDGET)
    assert {each.status for each in found.topics} <= {Status.SAME, Status.EQUIVALENT}
    assert len(found.topics) == len(deciding.questions)
    assert not found.different
    assert not found.open


#: A document of the kind that article 11 speaks of, invented: of the same issuer, and earlier.
EARLIER = """\
文件 此前的文件
  标题 "此前的专家管理文件"
  发布 常州市应急管理局
  级别 市级部门文件
  地域 常州市
  施行 2020-01-01
  主题 专家管理

规则 可以遗漏
  见 "第一条"
  则 专家 可 遗漏点位或事项
"""
SHOULD_COVER = "专家·遗漏点位或事项"
AGENCIES = Path("wujin") / "agencies.gj"


def with_earlier(folder: Path, change: Callable[[Path, str], str]) -> Corpus:
    """The city, the district and the earlier document, each file changed."""
    for name in ("vocabulary", "changzhou", "wujin"):
        shutil.copytree(SPECS / name, folder / name)
    (folder / "earlier.gj").write_text(EARLIER, encoding="utf-8")
    for path in sorted(folder.rglob("*.gj")):
        path.write_text(change(path.relative_to(folder), path.read_text(encoding="utf-8")), encoding="utf-8")
    return load(folder, store=Store(None))


def without_priorities(path: Path, text: str) -> str:
    """The city's priority over its earlier documents dropped, and the district's way for higher ones."""
    if path == TRACEBACK:
        (priority,) = (line for line in text.splitlines() if line.startswith("  优先 "))
        return text.replace(f"{priority}\n", "")
    if path == AGENCIES:
        (clause,) = (line for line in text.splitlines() if line.startswith("  从上 "))
        return text.replace(f"{clause}\n", "")
    return text


def without_article_11(path: Path, text: str) -> str:
    """The city's priority dropped, and the day on which its rules come into force."""
    if path != TRACEBACK:
        return text
    assert text.count("  施行 2025-08-01\n") == 1
    return without_priorities(path, text).replace("  施行 2025-08-01\n", "  施行 未定\n")


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return with_earlier(tmp_path_factory.mktemp("earlier"), lambda _, text: text)


def test_a_priority_over_an_earlier_document(earlier: Corpus, tmp_path: Path) -> None:
    """Every answer stays; what two texts settled themselves is only arguable now."""
    new = with_earlier(tmp_path, without_priorities)
    found = compare(merged(earlier, new, {}), budget=DEFAULT_BUDGET)
    by_name = {each.topic.name: each for each in found.topics if each.status is not Status.SAME}
    assert {name: each.status for name, each in by_name.items()} == {
        SHOULD_COVER: Status.RESETTLED,
        "机构·在常州市开展技术服务": Status.RESETTLED,
    }
    assert not found.open

    (change,) = by_name[SHOULD_COVER].resettled
    (pair,) = change.settled
    assert (pair.before.one.citations, pair.before.other.citations) == (("第四条", "第四条(一)"), ("第一条",))
    assert _settled(pair.before) == (Doctrine.TEXT, Grade.TEXT, "第十一条")
    assert _settled(pair.after) == (Doctrine.SPECIAL, Grade.ARGUED, "")
    for said in (change.before, change.after):
        assert said.expected.verdict == "ineligible"
        assert said.expected.grounds == (pair.before.one.id,)
        assert said.expected.defeated == ("此前的文件.可以遗漏",)

    changes = by_name["机构·在常州市开展技术服务"].resettled
    pairs = [pair for each in changes for pair in each.settled]
    assert len(pairs) == 4
    for each in pairs:
        assert _settled(each.before) == (Doctrine.TEXT, Grade.TEXT, "第二十八条")
        assert _settled(each.after) == (Doctrine.SUPERIOR, Grade.ARGUED, "市级部门文件 > 区级部门文件")


def test_without_article_11(earlier: Corpus, tmp_path: Path) -> None:
    """Nothing says from when: barred on a day before the one that it named; and no priority of the text."""
    new = with_earlier(tmp_path, without_article_11)
    found = compare(merged(earlier, new, {}), [SHOULD_COVER], budget=DEFAULT_BUDGET)
    (compared,) = found.topics
    (barred,) = (each for each in compared.changes if each.kind is Kind.BARRED)
    assert barred.context.today < dt.date(2025, 8, 1)
    assert (barred.before.expected.verdict, barred.after.expected.verdict) == ("eligible", "ineligible")
    (change,) = compared.resettled
    assert change.context.today >= dt.date(2025, 8, 1)
    (pair,) = change.settled
    assert _settled(pair.before) == (Doctrine.TEXT, Grade.TEXT, "第十一条")


def _settled(settled: Settled) -> tuple[Doctrine, Grade, str]:
    assert settled.defeat is not None
    return settled.defeat.doctrine, settled.defeat.grade, settled.defeat.basis


def _reversed(text: str) -> str:
    """The rules that follow each other in the opposite order, and the conditions of each likewise."""
    found: list[str] = []
    rules: list[str] = []
    for part in text.rstrip("\n").split("\n\n"):
        if part.startswith("规则 "):
            rules.append(_turned(part.split("\n")))
        else:
            found += [*reversed(rules), part]
            rules = []
    return "\n\n".join([*found, *reversed(rules)]) + "\n"


def _turned(lines: list[str]) -> str:
    """The conditions that take one line each, the last first."""
    following = [*lines[1:], ""]
    places = [
        number
        for number, (line, after) in enumerate(zip(lines, following, strict=True))
        if line.startswith("  当 ") and not after.startswith("    ")
    ]
    moved = dict(zip(places, [lines[number] for number in reversed(places)], strict=True))
    return "\n".join(moved.get(number, line) for number, line in enumerate(lines))
