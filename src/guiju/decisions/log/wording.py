"""Entries of a decision log, and what was found of one, as lines for a terminal and as JSON."""

from __future__ import annotations

import json
from typing import Final

import attrs

from guiju.decisions.log.chain import Recorded, line
from guiju.decisions.log.verification import Verification

#: How many characters of a request or a record a terminal shows.
_SHOWN: Final = 1000


def result(found: Verification, lang: str) -> str:
    """Whether a log is intact, and what cannot be told, in a line or two."""
    zh, fault = lang == "zh", found.fault
    if fault is not None:
        at, kind, reason = fault.sequence, fault.kind.value, fault.reason.in_language(lang)
        if zh:
            return f"不完好：第 {at} 条处（{kind}）：{reason}。此前完好的有 {found.entries} 条。"
        return f"not intact: at entry {at} ({kind}): {reason}. Intact before it: {found.entries}."
    count = f"完好：{found.entries} 条，末条 {found.head}"
    if not zh:
        count = f"intact: {found.entries} entries, head {found.head}"
    if found.anchored:
        return count
    unseen = "注意：没有给出 --head，看不出末尾是否被截断或者重写。请把上面的末条存到别处。"
    if not zh:
        unseen = (
            "note: without --head nobody can see whether the end was cut off or written anew. "
            "Keep the head above somewhere else."
        )
    return f"{count}\n{unseen}"


def result_json(found: Verification) -> str:
    """The same as data."""
    fault = found.fault and {
        "kind": found.fault.kind.value,
        "sequence": found.fault.sequence,
        "reason": {"zh": found.fault.reason.zh, "en": found.fault.reason.en},
    }
    document = {
        "version": 1,
        "intact": found.intact,
        "entries": found.entries,
        "head": str(found.head),
        "head_checked": found.anchored,
        "fault": fault,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_text(recorded: Recorded, whole: bool, lang: str) -> str:
    """An entry for reading; a long request or record is cut.

    Args:
        whole: Whether the content is that of its digest.
    """
    entry, zh = recorded.entry, lang == "zh"
    mark = "" if whole else "  ！内容与摘要不符" if zh else "  ! the content is not that of its digest"
    rows = (
        ("请求" if zh else "request id", entry.request_id),
        ("密钥" if zh else "key", entry.caller),
        ("条文库" if zh else "corpus", entry.corpus),
        ("引擎" if zh else "engine", entry.engine),
        ("所问" if zh else "asked", entry.request),
        ("所答" if zh else "answered", entry.record),
        ("摘要" if zh else "digest", recorded.digest),
    )
    lines = [f"#{recorded.sequence}  {_plain(entry.at)}{mark}"]
    lines += [f"  {name}{'：' if zh else ': '}{_plain(text)}" for name, text in rows]
    return "\n".join(lines)


def as_json(recorded: Recorded, whole: bool) -> str:
    """An entry as in the export; an altered one as the texts that stand in its columns."""
    if whole:
        return line(recorded)
    columns = {"previous": recorded.previous, **attrs.asdict(recorded.entry), "digest": recorded.digest}
    return json.dumps({"sequence": recorded.sequence, "altered": columns})


def _plain(text: str) -> str:
    """``text`` without what would command a terminal, and not too long for one."""
    kept = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:_SHOWN])
    return kept + (f" … ({len(text)})" if len(text) > _SHOWN else "")
