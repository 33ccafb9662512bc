"""Source locks: which text an instrument was encoded from, as digests and not as text.

A lock names no word of the regulation. For each provision with text of its own it has the digest of that
text, under the label by which rules cite it. So it can be committed, and whoever has the text can tell
whether it is the same (``comparison``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place
from guiju.texts import split as splitting
from guiju.texts.normal import DIGITS, digest, normalised, sha
from guiju.texts.provisions import Kind, Part, Provision, Split

#: The shape of the file and the normal form of its digests.
FORMAT: Final = 1
SUFFIX: Final = ".lock"

#: What a lock leaves out: the title has a place of its own, the others say nothing of what was enacted.
_LEFT_OUT: Final = frozenset((Kind.TITLE, Kind.CONTENTS, Kind.AROUND))
_DIGEST: Final = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


@frozen
class Lock:
    """The lock of one instrument: digests of its title, of the whole and of each provision by label."""

    title: str
    whole: str
    provisions: Mapping[str, str]


def locked(split: Split, part: Part) -> Iterator[Provision]:
    """The provisions of ``part`` that a lock has, and those of the notice that covers it."""
    covering = split.notice.walk() if split.notice is not None else ()
    yield from (p for p in covering if p.label.startswith("通知") and not p.empty)
    yield from (p for p in part.walk() if p.kind not in _LEFT_OUT and not p.empty)


def lock(split: Split, part: Part) -> Lock:
    """The lock of ``part``."""
    provisions = list(locked(split, part))
    digests: dict[str, str] = {}
    for provision in provisions:
        digests.setdefault(provision.label, provision.digest)  # the notice's 通知 before one of the part
    whole = "\n".join((normalised(part.title), *(f"{label} {each}" for label, each in digests.items())))
    return Lock(digest(part.title), sha(whole), digests)


def to_json(locks: Mapping[str, Lock]) -> str:
    """The file of the locks of the instruments of one spec."""
    document = {
        "format": FORMAT,
        "splitter": splitting.VERSION,
        "instruments": {
            instrument: {"title": each.title, "whole": each.whole, "provisions": dict(each.provisions)}
            for instrument, each in sorted(locks.items())
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def from_json(name: str, data: bytes) -> Mapping[str, Lock] | Diagnostic:
    """The locks in a file, by instrument; or what is wrong with it."""
    try:
        document = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        return _refused(name, f"不是 JSON：{error}", f"it is no JSON: {error}", line)
    if not isinstance(document, dict) or not isinstance(document.get("instruments"), dict):
        return _refused(name, "没有 instruments", "it has no instruments")
    made = document.get("format"), document.get("splitter")
    if made != (FORMAT, splitting.VERSION):
        return Diagnostic(
            "S022",
            Place(name, 0),
            Bilingual(
                f"锁由另一版本生成（格式与切分 {made}，现为 {(FORMAT, splitting.VERSION)}），无从比较",
                f"the lock was made by another version (format and splitter {made}, now"
                f" {(FORMAT, splitting.VERSION)}) and cannot be compared",
            ),
            Bilingual("用 guiju source lock 重新生成", "make it again with guiju source lock"),
        )
    found = {}
    for instrument, each in document["instruments"].items():
        if (read := _lock(each)) is None:
            return _refused(name, f"{instrument} 的内容不合格式", f"{instrument} has not the right form")
        found[instrument] = read
    return found


def _lock(each: object) -> Lock | None:
    match each:
        case {"title": str(title), "whole": str(whole), "provisions": dict(provisions)} if all(
            isinstance(v, str) and _DIGEST.fullmatch(v) for v in (title, whole, *provisions.values())
        ):
            return Lock(title, whole, provisions)
        case _:
            return None


def _refused(name: str, zh: str, en: str, line: int = 0) -> Diagnostic:
    return Diagnostic(
        "S021",
        Place(name, line),
        Bilingual(f"锁文件读不了：{zh}", f"the lock cannot be read: {en}"),
        Bilingual("用 guiju source lock 重新生成", "make it again with guiju source lock"),
    )
