"""What a comparison says, in words: kinds of changes, answers, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from guiju.checker.report.layout import View
from guiju.checker.report.values import in_words
from guiju.compiler.kernel import Case, Context, Corpus, Norm, Type
from guiju.compiler.verdicts import Verdict
from guiju.decisions.decision import Value, Window
from guiju.decisions.summary_words import POSITION, VERDICT, every, settled, value, window
from guiju.dsl.source import Bilingual
from guiju.testing.diff.difference import Change, Compared, Difference, Presence, Said, Status
from guiju.testing.diff.grounds import Settled
from guiju.testing.diff.kinds import Kind
from guiju.testing.diff.matching import Unmatched
from guiju.testing.expected import Days
from guiju.testing.suite import Stood

KIND: Final[Mapping[Kind, Bilingual]] = {
    Kind.BARRED: Bilingual("新增禁止", "newly barred"),
    Kind.ELIGIBLE: Bilingual("不再禁止", "newly eligible"),
    Kind.DISCRETION: Bilingual("改由裁量", "newly left to discretion"),
    Kind.FIRM: Bilingual("不再由裁量", "no longer left to discretion"),
    Kind.CONFLICT: Bilingual("新增冲突", "newly in conflict"),
    Kind.NO_CONFLICT: Bilingual("冲突已消除", "no longer in conflict"),
    Kind.ANSWERED: Bilingual("新有规定", "newly answered"),
    Kind.SILENT: Bilingual("不再有规定", "no longer answered"),
    Kind.VALUE: Bilingual("结果不同", "another value"),
    Kind.DUTY: Bilingual("新增义务", "newly a duty"),
    Kind.NO_DUTY: Bilingual("义务取消", "no longer a duty"),
    Kind.DUTY_OTHERWISE: Bilingual("义务的刚性不同", "a duty of another strength"),
    Kind.LEAVE: Bilingual("新增明文许可", "newly permitted in so many words"),
    Kind.NO_LEAVE: Bilingual("明文许可取消", "no longer permitted in so many words"),
    Kind.GAP: Bilingual("新增空白", "newly a gap"),
    Kind.NO_GAP: Bilingual("空白已消除", "no longer a gap"),
    Kind.TERM: Bilingual("期限不同", "other days"),
    Kind.NEW_TERM: Bilingual("新增期限", "newly a term"),
    Kind.NO_TERM: Bilingual("期限取消", "no longer a term"),
    Kind.GROUNDS: Bilingual("优先的依据变了", "settled on other grounds"),
}

STATUS: Final[Mapping[Status, Bilingual]] = {
    Status.SAME: Bilingual("相同", "the same"),
    Status.EQUIVALENT: Bilingual("写法不同，已证明答复相同", "written otherwise, proved to answer alike"),
    Status.DIFFERENT: Bilingual("答复不同", "answers differ"),
    Status.RESETTLED: Bilingual("优先的依据变了", "settled on other grounds"),
    Status.INCOMPARABLE: Bilingual("不能比较", "cannot be compared"),
    Status.UNDECIDED: Bilingual("未决", "undecided"),
}

PRESENCE: Final[Mapping[Presence, Bilingual]] = {
    Presence.BOTH: Bilingual("", ""),
    Presence.ADDED: Bilingual("（新增的问题）", " (a new question)"),
    Presence.REMOVED: Bilingual("（旧版才有的问题）", " (a question that is gone)"),
}


def answer(said: Said, type_: Type | None, view: View) -> str:
    """An answer in a few words: the verdict with its values or its last day."""
    expected = said.expected
    verdict = view.word(VERDICT[Verdict(expected.verdict)])
    comma = view.say("、", ", ")
    if expected.values:
        verdict += view.say("：", ": ") + comma.join(given(each, type_, view) for each in expected.values)
    if expected.until is not None:
        verdict += view.say(f"，至 {expected.until} 止", f", until {expected.until}")
    if expected.gap:
        verdict += view.say("，是空白", ", which is a gap")
    return verdict


def sums(difference: Difference, view: View) -> str:
    """How many topics ended in which way."""
    counted = {status: sum(each.status is status for each in difference.topics) for status in Status}
    parts = [f"{view.word(word)} {counted[status]}" for status, word in STATUS.items() if counted[status]]
    total = len(difference.topics)
    listed = view.say("；", "; ").join(parts)
    return view.say(f"共 {total} 个问题：{listed}。", f"{total} question(s): {listed}.")


def heading(compared: Compared, view: View) -> str:
    """A topic and how it ended."""
    status = view.word(STATUS[compared.status])
    return f"{compared.topic.name}{view.word(PRESENCE[compared.presence])}{view.say('：', ': ')}{status}"


def given(each: Value | None, type_: Type | None, view: View) -> str:
    """A value of an answer."""
    return value(each, type_, view) if each is not None else view.word(POSITION["value"])


def resting_on(
    change: Change, type_: Type | None, difference: Difference, view: View
) -> Iterator[tuple[str, Said, list[str]]]:
    """Before and now: each with its answer and, a line each, what the change is about.

    That is what stands; of a pair that is settled on other grounds, which of the two prevails and why.
    """
    for zh, en, said, version, which in (
        ("此前", "before", change.before, difference.old, [each.before for each in change.settled]),
        ("现在", "now", change.after, difference.new, [each.after for each in change.settled]),
    ):
        lines = settlements(which, version.corpus, view) if which else grounds(said, type_, view)
        yield view.say(zh, en), said, [*lines]


def grounds(said: Said, type_: Type | None, view: View) -> Iterator[str]:
    """What stands in an answer, a line each: the provision and what it gives."""
    yield from dict.fromkeys(_grounds(said, type_, view))


def settlements(which: Iterable[Settled], corpus: Corpus, view: View) -> Iterator[str]:
    """Which norms prevail over which and why, a line each."""
    yield from dict.fromkeys(_settlement(each, corpus, view) for each in which)


def _settlement(each: Settled, corpus: Corpus, view: View) -> str:
    one, other = (
        provision(norm, corpus.instruments[norm.instrument].title) for norm in (each.one, each.other)
    )
    if each.defeat is None:
        return view.say(f"{one}与{other}：没有哪一个优先", f"{one} and {other}: neither prevails")
    winner, loser = (one, other) if each.first else (other, one)
    why = settled(each.defeat.doctrine.value, each.defeat.grade.value, view)
    basis = view.say(f"；依据：{each.defeat.basis}", f"; basis: {each.defeat.basis}")
    why += basis if each.defeat.basis else ""
    return view.say(f"{winner}优先于{loser}：{why}", f"{winner} over {loser}: {why}")


def not_matched(each: Unmatched, view: View) -> str:
    """A norm whose place in the other version is not known."""
    which = provision(each.norm, each.title)
    return view.say(
        f"{which}（{'旧版' if each.old else '新版'}）在另一版没有对应的规定，它与别的规定孰先孰后没有比较",
        f"{which} ({'old' if each.old else 'new'} version) has no counterpart in the other version:"
        " what prevails over it, and over what it prevails, is not compared",
    )


def _grounds(said: Said, type_: Type | None, view: View) -> Iterator[str]:
    for each in said.expected.norms:
        norm = said.norms[each.norm]
        colon = view.say("：", ": ")
        yield f"{provision(norm, said.titles[norm.instrument])}{colon}{_gives(each, type_, view)}"


def provision(norm: Norm, title: str) -> str:
    """The provision that ``norm`` comes from, in the document of that title."""
    return f"《{title}》{'、'.join(norm.citations)}"


def _gives(each: Stood, type_: Type | None, view: View) -> str:
    words = given(each.value, type_, view) if each.position == "value" else view.word(POSITION[each.position])
    more = [days(span, view) for span in (each.window, each.due) if span is not None]
    if each.hours is not None:
        more.append(view.say(f"{each.hours} 小时内", f"within {each.hours} hours"))
    if each.every is not None:
        more.append(every(each.every, view))
    return view.say("，", ", ").join((words, *more))


def terms(said: Said, view: View) -> Iterator[str]:
    """The days and terms in an answer, each once."""
    spans = [span for each in said.expected.norms for span in (each.window, each.due) if span is not None]
    yield from dict.fromkeys(days(span, view) for span in spans)
    for each in said.expected.norms:
        if each.hours is not None:
            yield view.say(f"{each.hours} 小时内", f"within {each.hours} hours")
        if each.every is not None:
            yield every(each.every, view)


def days(span: Days, view: View) -> str:
    """A window or a term."""
    return window(Window(span[0], span[1]), view)


def where(context: Context, view: View) -> str:
    """The day and the place that are asked about."""
    return view.say(f"{context.today}，{context.place}", f"{context.today}, {context.place}")


def case(told: Case, names: Iterable[str], corpus: Corpus, view: View) -> Iterator[str]:
    """Facts and records of a case in words, one each."""
    colon, semicolon = view.say("：", ": "), view.say("；", "; ")
    for name in names:
        if name in told.facts:
            yield f"{name}{colon}{in_words(told.facts[name], corpus.facts[name].type, view.lang)}"
            continue
        rows, fields = told.records[name], corpus.records[name].fields
        yield f"{name}{colon}{view.say(f'{len(rows)} 条', str(len(rows)))}" + "".join(
            f"{semicolon}{number}. "
            + view.say("，", ", ").join(f"{n}={in_words(v, fields[n], view.lang)}" for n, v in row.items())
            for number, row in enumerate(rows, 1)
        )
