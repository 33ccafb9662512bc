"""The fixed words of the reports in both languages: one word for one thing, wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guiju.checker.finding import ProvedBy, Severity
from guiju.compiler.doctrine import Doctrine, Grade
from guiju.dsl.source import Bilingual

SEVERITY: Final[Mapping[Severity, Bilingual]] = {
    Severity.ERROR: Bilingual("错误", "error"),
    Severity.WARNING: Bilingual("警告", "warning"),
    Severity.INFO: Bilingual("提示", "info"),
}

FAMILY: Final[Mapping[str, Bilingual]] = {
    "conflict": Bilingual("冲突", "conflict"),
    "quality": Bilingual("条文质量", "quality"),
    "gap": Bilingual("空白", "gap"),
    "time": Bilingual("时间", "time"),
    "hierarchy": Bilingual("位阶", "hierarchy"),
    "reference": Bilingual("引用", "reference"),
    "ambiguity": Bilingual("歧义", "ambiguity"),
    "example": Bilingual("示例", "example"),
    "divergence": Bilingual("各地差异", "divergence"),
    "chain": Bilingual("链条", "chain"),
}

DOCTRINE: Final[Mapping[Doctrine, Bilingual]] = {
    Doctrine.TEXT: Bilingual("文本明定的优先", "priority stated in the text"),
    Doctrine.SUPERIOR: Bilingual("上位法优于下位法", "the superior instrument prevails (lex superior)"),
    Doctrine.SPECIAL: Bilingual("特别规定优于一般规定", "the special rule prevails (lex specialis)"),
    Doctrine.POSTERIOR: Bilingual("新的规定优于旧的规定", "the later rule prevails (lex posterior)"),
}

GRADE: Final[Mapping[Grade, Bilingual]] = {
    Grade.TEXT: Bilingual("由文本自身", "by the text itself"),
    Grade.STATUTE: Bilingual("由法律规定", "by statute"),
    Grade.ARGUED: Bilingual("仅可主张", "only arguable"),
}

PROVED_BY: Final[Mapping[ProvedBy, Bilingual]] = {
    ProvedBy.REPLAYED: Bilingual(
        "上述情形已由参考求值器复核", "the reference evaluator confirmed the case above"
    ),
    ProvedBy.UNSATISFIABLE: Bilingual(
        "求解器证明：没有任何情形与此相反", "the solver proved that no case contradicts it"
    ),
    ProvedBy.STRUCTURE: Bilingual("由条文的声明直接可见", "it can be read off the declarations"),
}

#: The units of durations; any other unit of a number is a word of the corpus and is shown as it is.
DURATION: Final[Mapping[str, Bilingual]] = {
    "years": Bilingual("年", "years"),
    "months": Bilingual("个月", "months"),
    "days": Bilingual("日", "days"),
    "workdays": Bilingual("个工作日", "working days"),
    "hours": Bilingual("小时", "hours"),
}

TRUTH: Final[Mapping[bool, Bilingual]] = {True: Bilingual("是", "yes"), False: Bilingual("否", "no")}

#: The keys and values that analyses put into a finding's details; others are shown as they are.
DETAIL: Final[Mapping[str, Bilingual]] = {
    "relation": Bilingual("关系", "relation"),
    "choices": Bilingual("两种读法", "choices"),
    "out_of_force": Bilingual("已不施行", "out of force"),
    "class": Bilingual("行为类别", "category"),
    "standing": Bilingual("核实", "standing"),
    "second_hand": Bilingual("转述", "second-hand"),
    "unverified": Bilingual("未核实", "unverified"),
    "dominated": Bilingual("一方始终更严（或更宽）", "one is always the stricter (or the milder)"),
    "crossing": Bilingual("互有长短", "each is the stricter in some case"),
}
