"""From the bytes of a ``.docx`` file to its parts, or a diagnostic of what is wrong with the file.

A damaged document can fail anywhere inside the library, so whatever it raises is the file's fault here, and
only here: every part that is read later is taken out of the file in this module.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place
from guiju.texts.word.elements import Element

if TYPE_CHECKING:
    from docx.opc.part import Part

#: A regulation of this many bytes, unpacked, is none: it is a file made to fill the memory.
_LARGEST: Final = 400_000_000

#: The parts that are read, by the last word of the type of their relationship.
_READ: Final = frozenset(("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer"))

_AS_DOCX = Bilingual("请用 Word 或 WPS 另存为 .docx，或者存为纯文本", "save it as .docx, or as plain text")


@frozen
class Package:
    """The parts of a document; those that it lacks are None or empty."""

    body: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    comments: Element | None
    headers: tuple[Element, ...]
    footers: tuple[Element, ...]


def opened(name: str, data: bytes) -> Package | Diagnostic:
    """The parts of the document ``data``."""
    place = Place(name, 0)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            encrypted = any(entry.flag_bits & 1 for entry in entries)
            size = sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        return _damaged(place, error)
    if encrypted:
        return protected(place)
    if size > _LARGEST:
        return Diagnostic(
            "S005",
            place,
            Bilingual(
                f"文件解压后有 {size} 字节，超过上限 {_LARGEST}",
                f"the file unpacks to {size} bytes, more than the {_LARGEST} that are read",
            ),
        )
    if "[Content_Types].xml" not in names or not any(n.startswith("word/") for n in names):
        return Diagnostic(
            "S002",
            place,
            Bilingual(
                "这是压缩包或者别的文件，不是 Word 文档（.docx）",
                "this is an archive or another file, not a Word document (.docx)",
            ),
            _AS_DOCX,
        )
    try:
        import docx
    except ModuleNotFoundError:
        return Diagnostic(
            "S006",
            place,
            Bilingual(
                "读 .docx 需要 python-docx，这里没有安装", "python-docx, needed to read .docx, is missing"
            ),
            Bilingual("安装：pip install 'guiju[docx]'", "install it with: pip install 'guiju[docx]'"),
        )
    try:
        part = docx.Document(io.BytesIO(data)).part
        related: list[tuple[str, Part]] = [
            (rel.reltype.rpartition("/")[2], rel.target_part)
            for rel in part.rels.values()
            if not rel.is_external
        ]
        roots: dict[str, list[Element]] = {}
        for kind, other in related:
            if kind in _READ:
                roots.setdefault(kind, []).append(_root(other))
        single = {kind: found[0] for kind, found in roots.items()}
        return Package(
            cast("Element", part.element.body),
            single.get("styles"),
            single.get("numbering"),
            single.get("footnotes"),
            single.get("endnotes"),
            single.get("comments"),
            tuple(roots.get("header", ())),
            tuple(roots.get("footer", ())),
        )
    except Exception as error:
        return _damaged(place, error)


def protected(place: Place) -> Diagnostic:
    """What is said of a file that wants a password, or is of the old binary format: they look alike."""
    return Diagnostic(
        "S003",
        place,
        Bilingual(
            "文件设有密码，或者是旧的 .doc 格式，读不了",
            "the file is protected by a password or in the old .doc format, and cannot be read",
        ),
        _AS_DOCX,
    )


def _root(part: Part) -> Element:
    """The root element of a part, also of one that the library keeps as bytes."""
    from docx.oxml.parser import parse_xml

    return cast("Element", parse_xml(part.blob))


def _damaged(place: Place, error: Exception) -> Diagnostic:
    reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return Diagnostic(
        "S004",
        place,
        Bilingual(f"Word 文档有损坏：{reason}", f"the Word document is damaged: {reason}"),
        Bilingual("请在 Word 或 WPS 中打开并另存", "open it in a word processor and save it again"),
    )
