"""The provisions of a text: as an indented tree, as JSON, and as the clause of a spec that lists them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

from guiju.texts.provisions import Kind, Part, Provision, Split
from guiju.texts.report.noticed import place

_SHOWN: Final = 24


def tree(parts: Sequence[Part], lang: str) -> str:
    """Each provision on a line: its label and how it begins."""
    lines: list[str] = []
    for number, part in enumerate(parts, start=1):
        untitled = "（无标题）" if lang == "zh" else "(no title)"
        head = f"《{part.title}》" if part.title else untitled
        lines.append(f"{number}. {head}{f'  {part.annex}' if part.annex else ''}")
        for provision in part.provisions:
            lines += _branch(provision, 1)
        lines.append("")
    return "\n".join(lines)


def _branch(provision: Provision, depth: int) -> Iterator[str]:
    start = " ".join(provision.text.split())
    cut = f"{start[:_SHOWN]}…" if len(start) > _SHOWN else start
    yield f"{'  ' * depth}{provision.label}{f'  {cut}' if cut else ''}"
    for child in provision.children:
        yield from _branch(child, depth + 1)


def as_data(split: Split, parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The same as JSON has it, with the text and the digest of each provision."""
    return [
        {
            "title": part.title,
            "annex": part.annex or None,
            "notice": part is split.notice,
            "provisions": [_data(provision) for provision in part.provisions],
        }
        for part in parts
    ]


def _data(provision: Provision) -> dict[str, Any]:
    return {
        "label": provision.label,
        "kind": provision.kind.value,
        "mark": provision.written.strip(),
        "text": provision.text,
        "digest": provision.digest if not provision.empty else None,
        "place": place(provision.place),
        "children": [_data(child) for child in provision.children],
    }


def skeleton(split: Split, part: Part) -> str:
    """The 目录 clause of a spec of ``part``, ready to be pasted."""
    covering = split.notice.provisions if split.notice is not None and len(split.parts) == 1 else ()
    labels = [label for top in (*covering, *part.provisions) for label in _listed(top)]
    named = (
        e.label.replace("目录(", "").rstrip(")")
        for p in part.provisions
        for e in p.children
        if p.kind is Kind.ANNEX_LIST
    )
    labels += [label for label in named if label not in labels]  # annexes that are listed and have no text
    listed = " ".join(f'"{label}"' for label in labels)
    wrapped = textwrap.wrap(
        listed, width=76, initial_indent="  目录 ", subsequent_indent="      ", break_long_words=False
    )
    return "\n".join(wrapped) + "\n"


def _listed(provision: Provision) -> Iterator[str]:
    """The labels to list: articles, paragraphs and items; an annex or a notice as one."""
    if not provision.kind.binding:
        return
    if provision.kind in (Kind.NOTICE, Kind.ANNEX):
        yield provision.label
        return
    if not provision.empty and not _heading(provision):
        yield provision.label
    for child in provision.children:
        yield from _listed(child)


def _heading(provision: Provision) -> bool:
    """Whether its own words only introduce or head what is below: they are no provision to be encoded."""
    return any(c.kind is Kind.ITEM for c in provision.children) and not provision.text.rstrip().endswith(
        ("。", ".", "；", ";")
    )
