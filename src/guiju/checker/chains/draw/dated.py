"""A schedule as text and as JSON: each event with its days, what dates it, and how firm that is.

The shape of the JSON is ``schedule.schema.json``, which is shipped beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files

from guiju.checker import wording
from guiju.checker.chains.draw import columned, words
from guiju.checker.chains.schedule import Due
from guiju.checker.chains.terms import Span, in_words
from guiju.checker.report.layout import Line, Piece
from guiju.compiler.kernel import Corpus
from guiju.dsl.source import Bilingual

#: The version of the document's shape; it grows whenever the shape changes.
VERSION = 1

_SHARES = (6, 3, 3, 9)
_HEADER = (
    Bilingual("事件", "event"),
    Bilingual("最早", "early"),
    Bilingual("最迟", "late"),
    Bilingual("依据与期限", "provision and term"),
)
_BEGIN = Bilingual("由此开始", "it begins here")
_NOBODY = Bilingual("没有规定由谁作出", "no rule says who does it")
_UNBOUNDED = Bilingual("没有期限", "no term")
_LOOSE = Bilingual(
    "最迟日以前面没有期限的环节不耗时为前提", "late if what has no term before it took no time"
)
_PROVISIONAL = Bilingual(
    "该年日历尚未公布，暂按周末推算", "the calendar of that year is not published: weekends only"
)


def lines(found: Mapping[str, Due], corpus: Corpus, columns: int, lang: str) -> Iterator[Line]:
    """Every line of a schedule for a terminal of ``columns`` columns, and a note on the open steps."""
    widths = columned.widths(_SHARES, columns)
    yield from columned.row([each.in_language(lang) for each in _HEADER], widths, "dim")
    for due in found.values():
        late = due.late.isoformat() if due.bounded else f"({due.late.isoformat()})"
        why = "\n".join(each.in_language(lang) for each in _why(due, corpus))
        role = "" if due.bounded else "warning"
        yield from columned.row((due.event, due.early.isoformat(), late, why), widths, role)
    open_ = [due.event for due in found.values() if not due.bounded]
    if open_:
        yield ()
        note = Bilingual(
            f"没有期限的环节 {len(open_)} 个：{'、'.join(open_)}。"
            "括号里的日期以其不耗时为前提，不是最后期限。",
            f"{len(open_)} without a term: {', '.join(open_)}. A day in brackets supposes that these took no "
            "time; it is not a last day.",
        )
        yield (Piece(note.in_language(lang), "dim"),)


def to_json(found: Mapping[str, Due], corpus: Corpus, engine: Mapping[str, str]) -> str:
    """A schedule as one JSON document ending with a newline."""
    first = next(iter(found.values()))
    document = {
        "version": VERSION,
        "engine": dict(engine),
        "from": first.event,
        "on": first.early.isoformat(),
        "events": [_event(due) for due in found.values()],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    return files("guiju.checker.chains.draw").joinpath("schedule.schema.json").read_text(encoding="utf-8")


def _why(due: Due, corpus: Corpus) -> Iterator[Bilingual]:
    if due.by is None:
        yield _BEGIN
        return
    after = Bilingual(f"自 {due.by.start} 起", f"from {due.by.start}")
    if due.by.due is not None:
        yield words.by_day(due.by.due)
    else:
        term = in_words(Span((due.by,))) if due.by.bounded else _UNBOUNDED
        yield Bilingual(f"{after.zh} {term.zh}", f"{term.en} {after.en}")
    yield _NOBODY if due.by.step is None else wording.norm(due.by.step.norm, corpus)
    if due.bounded and not due.firm:
        yield _LOOSE
    if due.provisional:
        yield _PROVISIONAL


def _event(due: Due) -> dict[str, object]:
    return {
        "event": due.event,
        "early": due.early.isoformat(),
        "late": due.late.isoformat(),
        "bounded": due.bounded,
        "firm": due.firm,
        "provisional": due.provisional,
        "by": _by(due),
    }


def _by(due: Due) -> dict[str, object] | None:
    if due.by is None:
        return None
    step, term = due.by.step, due.by.term
    fixed = due.by.bounded and term is not None
    return {
        "after": due.by.start,
        "rule": step.norm.rule if step is not None else None,
        "instrument": step.norm.instrument if step is not None else None,
        "citations": list(step.norm.citations) if step is not None else [],
        "deed": wording.deed(step.deed) if step is not None else None,
        "term": {"amount": term.amount, "unit": term.unit.value} if term is not None and fixed else None,
    }
