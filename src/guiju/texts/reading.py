"""From a file's bytes to a text with lines, whatever its format, and what has to be said about the way there.

A file that cannot be read is one diagnostic. What could be read with a reservation (another encoding, tracked
changes, numbers that could not be told) is a remark on the reading.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place, Source
from guiju.texts import encodings
from guiju.texts.remarks import Remark, Severity, ordered, remark
from guiju.texts.word import package
from guiju.texts.word.document import Document, Note, document

#: How a file begins that is no text: what it is called, in Chinese and English.
_OTHERS: Final = (
    (b"%PDF-", "PDF 文件", "a PDF file"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"\x7fELF", "程序文件", "a program"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"\x1f\x8b", "压缩文件", "a compressed file"),
    (b"Rar!", "压缩文件", "a compressed file"),
    (b"7z\xbc\xaf", "压缩文件", "a compressed file"),
)
_BINARY_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST: Final = 50_000_000
_AS_TEXT = Bilingual("请给出 txt、md 或 docx", "give txt, md or docx")

#: How a kind of note is called.
NOTES: Final = {
    "footnote": Bilingual("脚注", "footnote"),
    "endnote": Bilingual("尾注", "endnote"),
    "comment": Bilingual("批注", "comment"),
    "header": Bilingual("页眉", "header"),
    "footer": Bilingual("页脚", "footer"),
}


@frozen
class Reading:
    """A text as it was read. ``source`` has its lines; notes are beside it."""

    source: Source
    format: str  # text or docx
    encoding: str | None  # of a text
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read(name: str, data: bytes) -> Reading | Diagnostic:
    """Read the file ``name``, whose content is ``data``; the content tells the format, not the name."""
    nowhere = Place(name, 0)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return Diagnostic("S002", nowhere, Bilingual("文件是空的", "the file is empty"), _AS_TEXT)
    if len(data) > _LARGEST:
        return Diagnostic(
            "S005",
            nowhere,
            Bilingual(
                f"文件有 {len(data)} 字节，超过上限 {_LARGEST}", f"the file has {len(data)} bytes: too many"
            ),
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _word(name, data)
    if data.startswith(_BINARY_WORD):
        return package.protected(nowhere)
    for start, zh, en in _OTHERS:
        if data.startswith(start):
            return Diagnostic(
                "S002", nowhere, Bilingual(f"这是{zh}，不是文本", f"this is {en}, not a text"), _AS_TEXT
            )
    if name.lower().endswith(".docx"):
        return Diagnostic(
            "S004",
            nowhere,
            Bilingual("文件名是 .docx，内容却不是 Word 文档", "named .docx, but it is no Word document"),
            _AS_TEXT,
        )
    return _text(name, data)


def _text(name: str, data: bytes) -> Reading | Diagnostic:
    found = encodings.decode(data)
    if isinstance(found, encodings.Undecodable):
        return Diagnostic(
            "S001",
            Place(name, data[: found.offset].count(b"\n") + 1),
            Bilingual(
                f"第 {found.offset} 字节读不出：{found.zh}", f"byte {found.offset} cannot be read: {found.en}"
            ),
            Bilingual("请另存为 UTF-8", "save it as UTF-8"),
        )
    text = re.sub("\r\n?|\u2028|\u2029|\x85", "\n", found.text.removeprefix("\ufeff"))
    controls = sum(ord(c) < 32 and c not in "\n\t\f\v" for c in text)
    if controls > max(8, len(text) // 50):
        return Diagnostic(
            "S002",
            Place(name, 0),
            Bilingual("不是文本：满是控制字符", "not a text: it is full of control characters"),
            _AS_TEXT,
        )
    source = Source(name, text)
    remarks = []
    if found.encoding != "utf-8":
        label = found.encoding.upper()
        remarks.append(
            remark(
                "S011",
                Severity.INFO,
                Place(name, 0),
                f"文件的编码是 {label}，已按它读出",
                f"the file is encoded in {label}, and was read so",
            )
        )
    return Reading(source, "text", found.encoding, (), tuple(remarks))


def _word(name: str, data: bytes) -> Reading | Diagnostic:
    parts = package.opened(name, data)
    if isinstance(parts, Diagnostic):
        return parts
    found = document(parts)
    if not any(line.strip() for line in found.lines):
        return Diagnostic("S002", Place(name, 0), Bilingual("文档是空的", "the document is empty"), _AS_TEXT)
    text = "\n".join(re.sub("[\r\u2028\u2029\x85]", " ", line) for line in found.lines)
    return Reading(Source(name, text), "docx", None, found.notes, _of_word(name, found))


def _of_word(name: str, found: Document) -> tuple[Remark, ...]:
    remarks = []
    if found.inserted or found.deleted:
        remarks.append(
            remark(
                "S012",
                Severity.WARNING,
                Place(name, 0),
                f"文档有修订痕迹：插入 {found.inserted} 处，删除 {found.deleted} 处；按全部接受读出",
                f"the document has tracked changes ({found.inserted} inserted, {found.deleted} deleted);"
                " it is read with all of them accepted",
            )
        )
    remarks += [
        remark(
            "S013",
            Severity.WARNING,
            Place(name, line),
            "这一段有自动编号，但编号的定义缺失或者格式不认识，没有可靠地读出",
            "this paragraph is numbered by Word, but its definition is missing or of an unknown format",
            Bilingual("请在 Word 中把编号转为文字", "turn the numbers into text in Word"),
        )
        for line in found.unnumbered
    ]
    for kind, words in NOTES.items():
        of_kind = [note for note in found.notes if note.kind == kind]
        if not of_kind:
            continue
        lines = "、".join(str(n.line) for n in of_kind if n.line is not None)
        where = (
            Bilingual(f"（第 {lines} 行）", f" (line {lines.replace('、', ', ')})")
            if lines
            else Bilingual("", "")
        )
        remarks.append(
            remark(
                "S014",
                Severity.INFO,
                Place(name, next((n.line for n in of_kind if n.line is not None), 0)),
                f"{words.zh} {len(of_kind)} 处{where.zh}，不算条文，不入摘要",
                f"{len(of_kind)} {words.en}(s){where.en}: no part of the provisions, nor of their digests",
            )
        )
    return ordered(remarks)
