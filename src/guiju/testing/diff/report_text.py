"""A comparison as lines for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker.report.layout import Line, Piece, View
from guiju.checker.wording import outcome_type, question
from guiju.testing.diff.declared import WORDS
from guiju.testing.diff.difference import Change, Compared, Difference, Status
from guiju.testing.diff.standing import Restated
from guiju.testing.diff.standing_words import restated_lines
from guiju.testing.diff.words import KIND, answer, case, heading, not_matched, resting_on, sums, where

#: So many facts that are not telling are listed in text.
_MOST = 12

_ROLE = {
    Status.SAME: "dim",
    Status.EQUIVALENT: "dim",
    Status.DIFFERENT: "warning",
    Status.RESETTLED: "warning",
    Status.INCOMPARABLE: "undecided",
    Status.UNDECIDED: "undecided",
}


def lines(
    difference: Difference, view: View, equal: bool = False, restated: Restated | None = None
) -> Iterator[Line]:
    """Every line of the report.

    Args:
        difference: What was found.
        view: The language.
        equal: List the topics too whose answers are the same.
        restated: What becomes of the tests of a suite.
    """
    yield from preface(difference, view)
    for each in difference.topics:
        if equal or each.status not in (Status.SAME, Status.EQUIVALENT):
            yield from _topic(each, difference, view)
    if restated is not None:
        yield from restated_lines(restated, view)
    role = "dim" if not difference.different and not difference.open else "message"
    yield (Piece(sums(difference, view), role),)


def preface(difference: Difference, view: View) -> Iterator[Line]:
    """What holds for all topics: new names, other declarations, other assumptions."""
    colon = view.say("：", ": ")
    said = False
    for each in difference.renamed:
        source = view.say("（按 --renamed）", " (by --renamed)") if each.given else ""
        what = view.word(WORDS[each.what])
        taken = view.say("视为改名", "taken as renamed")
        yield (Piece(f"{taken}{colon}", "label"), Piece(f"{what} {each.old} → {each.new}{source}"))
        said = True
    for one in difference.declared:
        label = view.say("声明", "declared")
        name = f" {one.name}" if one.name else ""
        yield (
            Piece(f"{label}{colon}", "warning" if one.matters else "label"),
            Piece(f"{view.word(WORDS[one.what])}{name}{colon}{view.word(one.text)}"),
        )
        said = True
    for line in _assumed(difference, view):
        yield line
        said = True
    if said:
        yield ()


def _assumed(difference: Difference, view: View) -> Iterator[Line]:
    assumed, colon = difference.assumed, view.say("：", ": ")
    label = Piece(f"{view.say('假定', 'assumed')}{colon}", "label")
    for found, zh, en in (
        (assumed.excluded, "新版不再承认这样的情形", "the new version no longer allows this case"),
        (assumed.admitted, "新版开始承认这样的情形", "the new version now allows this case"),
    ):
        if found is None:
            continue
        context, labels = found
        named = view.say("、", ", ").join(labels)
        yield (label, Piece(f"{view.say(zh, en)}（{named}）", "warning"))
        yield (Piece(f"  {where(context, view)}"),)
        names = (*context.case.facts, *context.case.records)
        for text in case(context.case, names, difference.frame, view):
            yield (Piece(f"    {text}"),)
    if not assumed.same and not assumed.changed and not assumed.undecided:
        same = view.say("写法不同，已证明承认同样的情形", "written otherwise, proved to allow the same cases")
        yield (label, Piece(same))
    for reason in assumed.undecided:
        yield (label, Piece(view.word(reason), "undecided"))


def _topic(compared: Compared, difference: Difference, view: View) -> Iterator[Line]:
    yield (Piece(heading(compared, view), _ROLE[compared.status]),)
    for change in (*compared.changes, *compared.resettled):
        yield from _change(change, compared, difference, view)
    if compared.status not in (Status.SAME, Status.EQUIVALENT):
        for one in compared.unmatched:
            yield (Piece(f"  {not_matched(one, view)}", "dim"),)
    for reason in compared.incomparable:
        yield (Piece(f"  {view.word(reason)}", "undecided"),)
    for reason in compared.undecided:
        yield (Piece(f"  {view.say('未决：', 'undecided: ')}{view.word(reason)}", "undecided"),)
    if compared.status is not Status.SAME:
        yield ()


def _change(change: Change, compared: Compared, difference: Difference, view: View) -> Iterator[Line]:
    about = "" if change.question == compared.topic.question else view.word(question(change.question))
    kind = view.word(KIND[change.kind])
    colon = view.say("：", ": ")
    yield (Piece(f"  {kind}{colon + about if about else ''}", "message"),)
    yield (Piece(f"    {view.say('情形', 'case')}{colon}", "label"), Piece(where(change.context, view)))
    told, corpus = change.context.case, difference.frame
    for text in case(told, change.telling, corpus, view):
        yield (Piece(f"      {text}", "value"),)
    rest = [name for name in (*told.facts, *told.records) if name not in change.telling]
    if len(rest) > _MOST:
        few = view.say(
            f"另有 {len(rest)} 项，--format json 全部列出", f"{len(rest)} more, which --format json lists"
        )
        yield (Piece(f"      {few}", "dim"),)
    elif rest:
        listed = view.say("；", "; ").join(case(told, rest, corpus, view))
        yield (Piece(f"      {view.say('其余', 'the rest')}{colon}{listed}", "dim"),)
    if change.readings:
        chosen = view.say("；", "; ").join(f"{name}={choice}" for name, choice in change.readings.items())
        label = view.say("须取非默认读法", "under readings that are not the default")
        yield (Piece(f"      {label}{colon}", "label"), Piece(chosen))
    type_ = outcome_type(compared.topic.question, corpus)
    for label, said, resting in resting_on(change, type_, difference, view):
        yield (Piece(f"    {label}{colon}", "label"), Piece(answer(said, type_, view)))
        for text in resting:
            yield (Piece(f"      {text}", "provision"),)
