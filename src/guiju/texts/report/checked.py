"""How texts compare with the specs, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from guiju.dsl.source import Bilingual
from guiju.texts.comparison import Comparison, Difference, Entry

_HEADINGS: Final[Mapping[Difference, Bilingual]] = {
    Difference.TITLE: Bilingual("标题不同", "another title"),
    Difference.CHANGED: Bilingual("文字有改动", "changed"),
    Difference.MISSING: Bilingual("文本中缺少", "missing in the text"),
    Difference.NEW: Bilingual("文本中新增", "new in the text"),
    Difference.MOVED: Bilingual("文字相同而编号变了", "the same words under another number"),
    Difference.UNCOVERED: Bilingual("目录没有列出", "not in the spec's list of provisions"),
    Difference.UNMARKED: Bilingual(
        "列在目录，但既没有编码，也没有注明理由", "listed, neither encoded nor marked"
    ),
    Difference.ABSENT: Bilingual("目录列出，文本中没有", "listed, not in the text"),
}


def text(comparisons: Sequence[Comparison], unmatched: Sequence[str], lang: str) -> str:
    """A paragraph for each instrument."""
    chinese = lang == "zh"
    lines: list[str] = []
    for each in comparisons:
        lines += _one(each, chinese)
    for title in unmatched:
        lines.append(
            f"《{title}》：库中没有这个文件。"
            if chinese
            else f"《{title}》: no instrument of the corpus has this text."
        )
    return "\n".join(lines) + "\n"


def _one(each: Comparison, chinese: bool) -> list[str]:
    encoding = each.encoding
    head = f"《{encoding.title or each.title}》（{encoding.instrument}）"
    if each.other is not None:
        named = f"《{each.title}》" if each.title else ("另一文本" if chinese else "another text")
        lines = [
            f"{head}：这是别的文件的文本：{named}。"
            if chinese
            else f"{head}: this is the text of another instrument: {named}."
        ]
        if each.other:
            lines.append(
                f"  与 {each.other} 的锁相合。" if chinese else f"  It fits the lock of {each.other}."
            )
        return lines
    if each.same:
        return [
            f"{head}：文本相同（条款 {each.provisions}），目录齐全。"
            if chinese
            else f"{head}: the same text ({each.provisions} provisions), and all of it is listed."
        ]
    changed = [e for e in each.differences if e.difference in _OF_TEXT]
    if not each.locked:
        first = (
            "没有锁，无从知道文本是否相同"
            if chinese
            else "there is no lock, so nothing to compare the text with"
        )
    elif changed:
        first = "文本不同" if chinese else "the text differs"
    else:
        first = "文本相同，编码不齐全" if chinese else "the text is the same, the encoding incomplete"
    lines = [f"{head}：{first}。" if chinese else f"{head}: {first}."]
    for difference, heading in _HEADINGS.items():
        of_kind = [e for e in each.differences if e.difference is difference]
        if of_kind:
            lines.append(
                f"  {heading.zh} {len(of_kind)}：" if chinese else f"  {heading.en}, {len(of_kind)}:"
            )
            lines += [f"    {_SIGNS[difference]} {_shown(e, chinese)}" for e in of_kind]
    return lines


_OF_TEXT: Final = frozenset(
    (Difference.TITLE, Difference.CHANGED, Difference.MISSING, Difference.NEW, Difference.MOVED)
)
_SIGNS: Final[Mapping[Difference, str]] = {
    Difference.TITLE: "~",
    Difference.CHANGED: "~",
    Difference.MISSING: "-",
    Difference.NEW: "+",
    Difference.MOVED: ">",
    Difference.UNCOVERED: "!",
    Difference.UNMARKED: "!",
    Difference.ABSENT: "?",
}


def _shown(entry: Entry, chinese: bool) -> str:
    to = f" → {entry.to}" if entry.to is not None else ""
    if entry.place is None or not entry.place.line:
        return f"{entry.label}{to}"
    line = entry.place.line
    return f"{entry.label}{to}（第 {line} 行）" if chinese else f"{entry.label}{to} (line {line})"


def as_data(comparisons: Sequence[Comparison]) -> list[dict[str, Any]]:
    """The same as JSON has it. ``other``: null, or whose text it is instead (empty when unknown)."""
    return [
        {
            "instrument": each.encoding.instrument,
            "title": each.encoding.title,
            "text_title": each.title,
            "same": each.same,
            "locked": each.locked,
            "other": each.other,
            "provisions": each.provisions,
            "differences": [
                {
                    "kind": entry.difference.value,
                    "label": entry.label,
                    "to": entry.to,
                    "line": entry.place.line if entry.place is not None else None,
                }
                for entry in each.differences
            ],
        }
        for each in comparisons
    ]
