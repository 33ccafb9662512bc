"""Every code that a text can be given, with its severity and its name in both languages.

S0.. is said of the way a file was read, S1.. of the text itself. The list in docs/howto/source.md is compared
with this one by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from guiju.dsl.source import Bilingual, Place
from guiju.texts.remarks import Remark, Severity, remark


@frozen
class Code:
    severity: Severity
    name: Bilingual


def _codes(*rows: tuple[str, Severity, str, str]) -> Mapping[str, Code]:
    return {code: Code(severity, Bilingual(zh, en)) for code, severity, zh, en in rows}


#: What is said of a file on the way to its text.
READING: Final = _codes(
    ("S001", Severity.ERROR, "编码读不出", "the encoding cannot be read"),
    ("S002", Severity.ERROR, "不是文本，或者是空的", "no text, or an empty one"),
    ("S003", Severity.ERROR, "有密码，或者是旧的 .doc", "protected by a password, or an old .doc"),
    ("S004", Severity.ERROR, "Word 文档有损坏", "a damaged Word document"),
    ("S005", Severity.ERROR, "文件太大", "the file is too large"),
    ("S006", Severity.ERROR, "没有安装 python-docx", "python-docx is not installed"),
    ("S011", Severity.INFO, "编码不是 UTF-8", "an encoding other than UTF-8"),
    ("S012", Severity.WARNING, "有修订痕迹", "tracked changes"),
    ("S013", Severity.WARNING, "自动编号没有可靠地读出", "a number of Word's that could not be told"),
    ("S014", Severity.INFO, "脚注、批注、页眉等不入摘要", "notes, headers and footers are left out"),
    ("S021", Severity.ERROR, "锁文件读不了", "a lock that cannot be read"),
    ("S022", Severity.ERROR, "锁由另一版本生成", "a lock of another version"),
)

#: What is noticed in a text.
LINT: Final = _codes(
    ("S101", Severity.ERROR, "编号重复", "a number that repeats"),
    ("S102", Severity.ERROR, "编号跳号", "a number that is skipped"),
    ("S103", Severity.ERROR, "编号倒退", "numbers that go backwards"),
    ("S104", Severity.WARNING, "有的标题没有编号", "headings without a number"),
    ("S111", Severity.WARNING, "末项没有以句号结束", "a last item that does not end the sentence"),
    ("S112", Severity.WARNING, "中间的项以句号结束", "an item in the middle that ends the sentence"),
    ("S113", Severity.WARNING, "句末没有标点", "no punctuation at the end"),
    ("S121", Severity.ERROR, "所指的条款项不存在", "a mention of a provision that does not exist"),
    ("S122", Severity.ERROR, "所指的附件不存在", "a mention of an annex that does not exist"),
    ("S123", Severity.WARNING, "附件只列了名称，没有正文", "an annex that is listed but has no text"),
    ("S124", Severity.WARNING, "附件的名称不一致", "an annex under two titles"),
    ("S125", Severity.INFO, "附件在正文中没有提到", "an annex that the text does not mention"),
    ("S131", Severity.INFO, "所引文件没有文号", "an instrument cited without its number"),
    ("S132", Severity.WARNING, "同一文件似有两个名称", "one instrument under two names, it seems"),
    ("S133", Severity.WARNING, "同一文件有两个文号", "one instrument with two numbers"),
    ("S141", Severity.WARNING, "自称不一致", "the text calls itself by several names"),
    ("S142", Severity.WARNING, "名称相近，似指同一事物", "two close names, it seems of one thing"),
    ("S143", Severity.INFO, "字母词的大小写不一致", "one word in different cases"),
    ("S151", Severity.WARNING, "简称没有用到", "a short form that is never used"),
    ("S152", Severity.WARNING, "简称的写法有误", "a short form that is not introduced as one"),
    ("S153", Severity.WARNING, "简称重复约定", "a short form that is introduced twice"),
    ("S154", Severity.WARNING, "简称的另一写法", "a short form in another shape"),
    ("S161", Severity.WARNING, "词语重复", "a word twice"),
    ("S162", Severity.WARNING, "多余的字符", "a stray character"),
    ("S163", Severity.WARNING, "标点重复", "punctuation twice"),
    ("S164", Severity.WARNING, "引号或者括号不成对", "a quote or bracket without its partner"),
    (
        "S171",
        Severity.INFO,
        "“日”未写明是工作日还是自然日",
        "days that are not said to be working days or not",
    ),
    ("S172", Severity.WARNING, "并列中有重复的一项", "the same element twice in one enumeration"),
)


def noticed(
    code: str,
    place: Place,
    zh: str,
    en: str,
    hint: Bilingual | None = None,
    related: tuple[tuple[Place, Bilingual], ...] = (),
) -> Remark:
    """A remark with the severity that its code has."""
    return remark(code, LINT[code].severity, place, zh, en, hint, related)
