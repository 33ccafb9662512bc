"""Word documents made for a test: text, tables, numbered lists, notes, tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Word:
    """A document that is being written."""

    def __init__(self) -> None:
        self.document = docx.Document()

    def paragraphs(self, *texts: str) -> Word:
        for text in texts:
            self.document.add_paragraph(text)
        return self

    def table(self, rows: Sequence[Sequence[str]]) -> Word:
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return self

    def numbering(self, levels: Sequence[tuple[str, str]], number: int = 90) -> Word:
        """Define a list whose levels have these formats and patterns."""
        part = self.document.part.numbering_part.element
        made = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for n, (format, pattern) in enumerate(levels)
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{made}</w:abstractNum>'
        part.insert(0, parse_xml(abstract))
        part.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
        return self

    def numbered(self, *texts: str, level: int = 0, number: int = 90) -> Word:
        for text in texts:
            properties = self.document.add_paragraph(text)._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
                )
            )
        return self

    def footnote(self, text: str, note: str) -> Word:
        """A paragraph with a footnote at its end."""
        paragraph = self.document.add_paragraph(text)
        paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
        inside = f'<w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
        xml = f"<w:footnotes {nsdecls('w')}>{inside}</w:footnotes>"
        package = self.document.part.package
        assert package is not None
        part = Part(PackURI("/word/footnotes.xml"), _NOTES, xml.encode("utf-8"), package)
        self.document.part.relate_to(part, RT.FOOTNOTES)
        return self

    def changed(self, kept: str, inserted: str, deleted: str) -> Word:
        """A paragraph with tracked changes."""
        xml = (
            f"<w:p {nsdecls('w')}><w:r><w:t>{kept}</w:t></w:r>"
            f'<w:ins w:id="1" w:author="a"><w:r><w:t>{inserted}</w:t></w:r></w:ins>'
            f'<w:del w:id="2" w:author="a"><w:r><w:delText>{deleted}</w:delText></w:r></w:del></w:p>'
        )
        return self.raw(xml)

    def raw(self, xml: str) -> Word:
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml))
        return self

    def header(self, text: str) -> Word:
        self.document.sections[0].header.paragraphs[0].text = text
        return self

    def bytes(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A document whose parts are changed; None leaves one out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content: Any = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()
