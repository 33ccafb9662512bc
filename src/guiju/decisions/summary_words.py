"""The fixed words of a decision in both languages, and its values and provisions in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from guiju.checker.report.layout import View
from guiju.checker.report.values import in_words
from guiju.checker.report.words import DOCTRINE, GRADE
from guiju.compiler.doctrine import Doctrine, Grade
from guiju.compiler.kernel import DURATION_UNITS, Integer, Standing, Strength, Type
from guiju.compiler.verdicts import Verdict
from guiju.decisions import units
from guiju.decisions.decision import Cited, DutyStatus, Value, Window
from guiju.dsl.source import Bilingual

VERDICT: Final[Mapping[Verdict, Bilingual]] = {
    Verdict.ELIGIBLE: Bilingual("可以", "eligible"),
    Verdict.INELIGIBLE: Bilingual("不得", "ineligible"),
    Verdict.DISCRETIONARY: Bilingual("可裁量", "discretionary"),
    Verdict.ANSWERED: Bilingual("有规定", "answered"),
    Verdict.SILENT: Bilingual("没有规定", "nothing answers"),
    Verdict.IN_CONFLICT: Bilingual("规定相互冲突", "in conflict"),
    Verdict.UNDETERMINED: Bilingual("不能确定", "undetermined"),
}

#: The role of each verdict, by which a terminal chooses a colour.
ROLE: Final[Mapping[Verdict, str]] = {
    Verdict.ELIGIBLE: "value",
    Verdict.INELIGIBLE: "error",
    Verdict.DISCRETIONARY: "warning",
    Verdict.ANSWERED: "value",
    Verdict.SILENT: "label",
    Verdict.IN_CONFLICT: "error",
    Verdict.UNDETERMINED: "undecided",
}

POSITION: Final[Mapping[str, Bilingual]] = {
    "obliged": Bilingual("应", "must"),
    "forbidden": Bilingual("不得", "must not"),
    "permitted": Bilingual("可", "may"),
    "value": Bilingual("未定", "left open"),
}

STRENGTH: Final[Mapping[Strength, Bilingual]] = {
    Strength.DISCRETIONARY: Bilingual("可由机关决定", "for the authority to decide"),
    Strength.IN_PRINCIPLE: Bilingual("原则上", "in principle"),
    Strength.ENCOURAGED: Bilingual("鼓励", "encouraged"),
}

STANDING: Final[Mapping[Standing, Bilingual]] = {
    Standing.SECOND_HAND: Bilingual("据转述，原文未读", "second-hand: the text was not read"),
    Standing.UNVERIFIED: Bilingual("未核实", "unverified"),
}

STATUS: Final[Mapping[DutyStatus, Bilingual]] = {
    DutyStatus.NOT_DUE: Bilingual("期限尚未开始", "its term has not begun"),
    DutyStatus.DUE: Bilingual("应当履行", "to be done"),
    DutyStatus.COMPLIED: Bilingual("已履行", "complied with"),
    DutyStatus.LATE: Bilingual("逾期履行", "done too late"),
    DutyStatus.VIOLATED: Bilingual("未履行", "violated"),
    DutyStatus.UNDETERMINED: Bilingual("不能确定是否履行", "the case does not tell whether it was done"),
}

STATUS_ROLE: Final[Mapping[DutyStatus, str]] = {
    DutyStatus.NOT_DUE: "label",
    DutyStatus.DUE: "warning",
    DutyStatus.COMPLIED: "value",
    DutyStatus.LATE: "error",
    DutyStatus.VIOLATED: "error",
    DutyStatus.UNDETERMINED: "undecided",
}


def provision(cited: Cited, view: View) -> str:
    """A norm as a reader finds it: the title and the provisions."""
    return f"《{cited.title}》{'、'.join(cited.citations)}"


def provisions(cited: Iterable[Cited], view: View) -> str:
    """Several, each once."""
    return view.say("、", ", ").join(dict.fromkeys(provision(each, view) for each in cited))


def rule(cited: Cited, view: View) -> str:
    """The id of a norm, to stand after its provision."""
    return view.say(f"（规则 {cited.norm}）", f" (rule {cited.norm})")


def settled(doctrine: str, grade: str, view: View) -> str:
    """By which doctrine one norm prevails over another, and how firm that is."""
    name, firm = view.word(DOCTRINE[Doctrine(doctrine)]), view.word(GRADE[Grade(grade)])
    return view.say(f"{name}（{firm}）", f"{name} ({firm})")


def value(given: Value | None, type_: Type | None, view: View) -> str:
    """A value with its unit; None: left open by the text."""
    if given is None:
        return view.say("文本未定", "left open by the text")
    if isinstance(type_, Integer) and isinstance(given, int | Decimal | str):
        given = units.held(given, type_)
    return str(given) if isinstance(given, Decimal) else in_words(given, type_, view.lang)


def fact(name: str, given: Value, view: View) -> str:
    """A fact with its value; of a record how many rows it has."""
    if view.corpus is not None and name in view.corpus.records:
        rows = view.say(f"{given} 条", f"{given} row{'' if given == 1 else 's'}")
        return f"{name}{view.say('：', ': ')}{rows}"
    declared = view.corpus.facts.get(name) if view.corpus is not None else None
    shown = value(given, declared.type if declared is not None else None, view)
    return f"{name}{view.say('：', ': ')}{shown}"


def window(span: Window, view: View) -> str:
    """From when to when; provisional where a calendar is not published yet."""
    if span.first is None:
        text = view.say(f"截至 {span.last}", f"by {span.last}")
    elif span.last is None:
        text = view.say(f"自 {span.first} 起，没有终期", f"from {span.first}, without end")
    else:
        text = view.say(f"{span.first} 至 {span.last}", f"{span.first} to {span.last}")
    if span.provisional:
        text += view.say(
            "（暂定：其间的工作日安排尚未公布）", " (provisional: not all of its working days are published)"
        )
    return text


def every(text: str, view: View) -> str:
    """How often a duty recurs: ``6 months``."""
    number, _, unit = text.partition(" ")
    assert unit in DURATION_UNITS, unit
    amount = in_words(int(number), Integer(0, int(number), unit), view.lang)
    return view.say(f"每 {amount}", f"every {amount}")


def readings(chosen: Mapping[str, str], view: View) -> str:
    """A choice of readings."""
    return view.say(" 且 ", " and ").join(f"{name}={chosen[name]}" for name in sorted(chosen))
