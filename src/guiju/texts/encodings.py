"""From bytes to characters: UTF-8, UTF-16 or GB18030, or a word on which byte cannot be read.

No guessing by frequency tables: a file that is valid UTF-8 is UTF-8; one that is not is taken for GB18030
only when that makes common Chinese of it. So another encoding (Big5, Shift-JIS) is refused and never becomes
gibberish that looks like a text.
"""

from __future__ import annotations

import codecs
from typing import Final

from attrs import frozen

#: How much of what is not ASCII has to be common: the characters and signs of GB 2312 up to its first level.
_COMMON: Final = 0.75
_ZERO: Final = b"\x00"


@frozen
class Decoded:
    text: str
    encoding: str  # utf-8, utf-16 or gb18030


@frozen
class Undecodable:
    """``offset`` is that of the first byte (from 0) that fits no encoding we read."""

    offset: int
    zh: str
    en: str


def decode(data: bytes) -> Decoded | Undecodable:
    """The characters of ``data``."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(
        codecs.BOM_UTF32_LE
    ):
        return _strictly(data, "utf-16", "UTF-16")
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if _ZERO in data:
        return _without_mark(data, broken.start)
    replaced = data.decode("utf-8", "replace")
    wrong = replaced.count("\ufffd")
    if sum(ord(c) >= 0x800 for c in replaced) - wrong > 4 * wrong:
        return Undecodable(broken.start, "文件是 UTF-8，但有损坏", "the file is UTF-8, but damaged")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        return Undecodable(
            broken.start,
            f"不是 UTF-8，也不是 GB18030（其第 {error.start} 字节不合）",
            f"neither UTF-8 nor GB18030 (which fails at byte {error.start})",
        )
    if _share_of_common(text) < _COMMON:
        return Undecodable(
            broken.start,
            "不是 UTF-8；按 GB18030 读出的不是通用汉字，可能是 Big5 等其他编码",
            "not UTF-8; as GB18030 it is no ordinary Chinese, so it may be Big5 or another encoding",
        )
    return Decoded(text, "gb18030")


def _strictly(data: bytes, codec: str, name: str) -> Decoded | Undecodable:
    try:
        return Decoded(data.decode(codec), "utf-16")
    except UnicodeDecodeError as error:
        return Undecodable(error.start, f"文件是 {name}，但有损坏", f"the file is {name}, but damaged")


def _without_mark(data: bytes, offset: int) -> Decoded | Undecodable:
    """UTF-16 without a byte order mark: no other text has zero bytes, for instance in its line ends."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and _share_of_common(text) >= _COMMON:
            return Decoded(text, "utf-16")
    return Undecodable(offset, "不是文本（含零字节）", "not a text (it has zero bytes)")


def _share_of_common(text: str) -> float:
    others = [c for c in text if not c.isascii()]
    return sum(map(_common, others)) / len(others) if others else 1.0


def _common(character: str) -> bool:
    try:
        coded = character.encode("gb2312")
    except UnicodeEncodeError:
        return character in "\u3000\u00a0—–·〔〕﹙﹚"
    return coded[0] <= 0xD7  # rows 1 to 55: signs, and the 3755 characters of the first level
