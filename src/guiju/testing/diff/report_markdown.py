"""A comparison as Markdown: a section for each topic, a table of before and after for each case."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker.report.layout import View
from guiju.checker.report.text import join
from guiju.checker.wording import outcome_type, question
from guiju.testing.diff.difference import Change, Compared, Difference, Status
from guiju.testing.diff.report_text import preface
from guiju.testing.diff.standing import Restated
from guiju.testing.diff.standing_words import restated_lines
from guiju.testing.diff.words import KIND, answer, case, heading, not_matched, resting_on, sums, where


def to_markdown(
    difference: Difference, view: View, equal: bool = False, restated: Restated | None = None
) -> str:
    """The report; arguments as of ``report_text.lines``."""
    return "\n".join(_blocks(difference, view, equal, restated)) + "\n"


def _blocks(difference: Difference, view: View, equal: bool, restated: Restated | None) -> Iterator[str]:
    yield f"# {view.say('两版的差别', 'What changed')}\n"
    yield f"{_text(sums(difference, view))}\n"
    yield from _listed(join(preface(difference, view)))
    for each in difference.topics:
        if equal or each.status not in (Status.SAME, Status.EQUIVALENT):
            yield from _topic(each, difference, view)
    if restated is not None:
        yield f"## {view.say('既有测试', 'Existing tests')}\n"
        yield from _listed(join(restated_lines(restated, view)))


def _topic(compared: Compared, difference: Difference, view: View) -> Iterator[str]:
    yield f"## {_text(heading(compared, view))}\n"
    for change in (*compared.changes, *compared.resettled):
        yield from _change(change, compared, difference, view)
    open_ = [view.word(reason) for reason in (*compared.incomparable, *compared.undecided)]
    if compared.status not in (Status.SAME, Status.EQUIVALENT):
        open_ = [*(not_matched(each, view) for each in compared.unmatched), *open_]
    for each in open_:
        yield f"- {_text(each)}"
    if open_:
        yield ""


def _change(change: Change, compared: Compared, difference: Difference, view: View) -> Iterator[str]:
    about = "" if change.question == compared.topic.question else view.word(question(change.question))
    kind = view.word(KIND[change.kind])
    title = kind + view.say("：", ": ") + about if about else kind
    yield f"### {_text(title)}\n"
    told, corpus = change.context.case, difference.frame
    yield f"{_text(where(change.context, view))}\n"
    for text in case(told, change.telling, corpus, view):
        yield f"- **{_text(text)}**"
    rest = [name for name in (*told.facts, *told.records) if name not in change.telling]
    for text in case(told, rest, corpus, view):
        yield f"- {_text(text)}"
    for name, choice in change.readings.items():
        yield f"- {view.say('读法', 'reading')} {_text(name)} = {_text(choice)}"
    type_ = outcome_type(compared.topic.question, corpus)
    yield ""
    yield f"| | {view.say('答复', 'answer')} | {view.say('依据', 'grounds')} |\n| --- | --- | --- |"
    for label, said, resting in resting_on(change, type_, difference, view):
        listed = "<br>".join(_text(each) for each in resting)
        yield f"| {label} | {_text(answer(said, type_, view))} | {listed} |"
    yield ""


def _listed(text: str) -> Iterator[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        inner = line.lstrip()
        yield f"{' ' * (len(line) - len(inner))}- {_text(inner)}"
    if lines:
        yield ""


def _text(text: str) -> str:
    """``text`` where it can be no markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{c}" if c in "\\`*_[]|#" else c for c in escaped)
