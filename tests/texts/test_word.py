"""Word documents: their text in order, the numbers that Word writes, and what is not part of the text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostics import Diagnostic
from guiju.texts.reading import Reading, read
from guiju.texts.split import split
from word_files import Word, rezipped


def reading(word: Word) -> Reading:
    found = read("x.docx", word.bytes())
    assert isinstance(found, Reading)
    return found


def lines(word: Word) -> list[str]:
    return [line for line in reading(word).source.text.split("\n") if line.strip()]


def codes(word: Word) -> list[str]:
    return [remark.code for remark in reading(word).remarks]


def refusal(data: bytes, name: str = "x.docx") -> Diagnostic:
    found = read(name, data)
    assert isinstance(found, Diagnostic)
    return found


def test_paragraphs_and_cells_in_their_order() -> None:
    """A table stands where it stands, cell by cell."""
    word = (
        Word()
        .paragraphs("第一条 收费见下表。")
        .table([["项目", "金额"], ["夜市", "十元"]])
        .paragraphs("第二条 完。")
    )
    assert lines(word) == ["第一条 收费见下表。", "项目", "金额", "夜市", "十元", "第二条 完。"]


def test_the_numbers_that_word_writes() -> None:
    """Chinese and decimal, on two levels; the lower one begins again under each upper one."""
    word = Word().numbering(
        [("chineseCounting", "第%1条 "), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    )
    word.numbered("甲：").numbered("乙；", "丙。", level=1).numbered("丁：").numbered("戊：", level=1)
    word.numbered("己；", "庚。", level=2)
    assert lines(word) == [
        "第一条 甲：",
        "（一）乙；",
        "（二）丙。",
        "第二条 丁：",
        "（一）戊：",
        "1.己；",
        "2.庚。",
    ]
    assert codes(word) == []
    assert [p.label for p in split(reading(word).source).parts[0].walk()][1:4] == [
        "第一条(一)",
        "第一条(二)",
        "第二条",
    ]


@pytest.mark.parametrize(
    ("format", "third"),
    [
        ("decimalZero", "03"),
        ("upperRoman", "III"),
        ("lowerLetter", "c"),
        ("ideographTraditional", "丙"),
        ("chineseLegalSimplified", "叁"),
        ("decimalEnclosedCircle", "③"),
        ("bullet", ""),
    ],
)
def test_every_format_of_numbers(format: str, third: str) -> None:
    """As Word writes them; a bullet is no number."""
    word = Word().numbering([(format, "%1" if format != "bullet" else "·")]).numbered("甲", "乙", "丙")
    assert lines(word)[2] == f"{third}丙"


def test_a_number_that_cannot_be_told_is_said_to_be_so() -> None:
    """Its definition is missing, or of an unknown format."""
    assert codes(Word().numbered("甲", number=77)) == ["S013"]
    assert codes(Word().numbering([("hebrew1", "%1.")]).numbered("甲")) == ["S013"]


def test_a_style_numbers_its_paragraphs() -> None:
    """The built-in numbered list."""
    word = Word()
    for text in ("甲", "乙"):
        word.document.add_paragraph(text, style="List Number")
    assert [line.split("\t") for line in lines(word)] == [["1.", "甲"], ["2.", "乙"]]


def test_footnotes_are_attached_and_left_out() -> None:
    """The digest is that of the text without them."""
    word = Word().footnote("第一条 摊主应当持证。", "见旧办法")
    found = reading(word)
    assert lines(word) == ["第一条 摊主应当持证。"]
    assert [(n.kind, n.line, n.text) for n in found.notes] == [("footnote", 1, "见旧办法")]
    assert codes(word) == ["S014"]
    assert "第 1 行" in found.remarks[0].diagnostic.message.zh


def test_headers_are_left_out() -> None:
    """They are on every page."""
    word = Word().paragraphs("第一条 甲。").header("临湖市文件")
    assert lines(word) == ["第一条 甲。"]
    assert [(n.kind, n.text) for n in reading(word).notes] == [("header", "临湖市文件")]


def test_tracked_changes_are_accepted_and_told() -> None:
    """Insertions are kept, deletions dropped."""
    word = Word().changed("停摊", "十日", "五日")
    assert lines(word) == ["停摊十日"]
    assert codes(word) == ["S012"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    """And a paragraph that is deleted altogether is not there, nor counted."""
    xml = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mark = '<w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>'
    gone = '<w:del w:id="4" w:author="a"><w:r><w:delText>没有了</w:delText></w:r></w:del>'
    word = Word()
    word.raw(f'<w:p xmlns:w="{xml}">{mark}<w:r><w:t>摊主应当</w:t></w:r></w:p>')
    word.raw(f'<w:p xmlns:w="{xml}"><w:r><w:t>持证。</w:t></w:r></w:p>')
    word.raw(f'<w:p xmlns:w="{xml}">{mark}{gone}</w:p>')
    word.paragraphs("完。")
    assert lines(word) == ["摊主应当持证。", "完。"]


def test_a_text_box_is_read_once() -> None:
    """Word writes it twice, for old and new readers."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    word = Word().raw(
        f'<w:p xmlns:w="{w}" xmlns:mc="{mc}"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>框外</w:t></w:r></w:p>"
    )
    assert lines(word) == ["框外", "框内"]


def test_a_password_or_the_old_format() -> None:
    """They look alike from outside."""
    found = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert found.code == "S003"
    assert "密码" in found.message.zh


def test_another_archive() -> None:
    """Not every zip is a document."""
    data = rezipped(Word().bytes(), lambda name, content: None if name.startswith("word/") else content)
    assert refusal(data).code == "S002"


def test_a_text_that_is_called_docx() -> None:
    """The content tells, not the name."""
    assert refusal("第一条 甲。".encode()).code == "S004"


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_a_damaged_part(name: str) -> None:
    """Broken XML is said to be that."""
    data = rezipped(Word().bytes(), lambda part, content: b"<w:broken" if part == name else content)
    assert refusal(data).code == "S004"


def test_a_missing_part() -> None:
    """Without its main part it is no document."""
    data = rezipped(Word().bytes(), lambda part, content: None if part == "word/document.xml" else content)
    assert refusal(data).code in ("S002", "S004")


@given(st.data())
def test_any_damage_is_a_diagnostic(data: st.DataObject) -> None:
    """Bytes that are changed or cut off never raise."""
    whole = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    assert isinstance(read("x.docx", bytes(whole[:cut])), Reading | Diagnostic)


SMALL = Word().paragraphs("第一条 甲。").bytes()


def test_without_python_docx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out is in the message."""
    monkeypatch.setitem(sys.modules, "docx", None)
    found = refusal(SMALL)
    assert found.code == "S006"
    assert found.hint is not None
    assert "guiju[docx]" in found.hint.zh


def test_an_empty_document() -> None:
    """There is nothing to read."""
    assert refusal(Word().bytes()).code == "S002"
