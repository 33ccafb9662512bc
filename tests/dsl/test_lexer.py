"""Text to tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.keywords import BY_SPELLING, KEYWORDS
from guiju.dsl.lexer import Token, tokens
from guiju.dsl.source import Source


def lex(text: str, comments: bool = False) -> list[Token]:
    return list(tokens(Source("x.gj", text), comments))


def terminals(text: str) -> list[str]:
    return [token.terminal for token in lex(text)]


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda k: k.en)
def test_a_keyword_has_two_spellings(keyword):
    """Both spellings of a keyword give its terminal."""
    assert [keyword.terminal, keyword.terminal] == terminals(f"{keyword.zh} {keyword.en}")


def test_no_spelling_belongs_to_two_keywords():
    """The spellings of all keywords differ."""
    assert 2 * len(KEYWORDS) == len(BY_SPELLING)


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda k: k.en)
def test_keywords_match_whole_words_only(keyword):
    """A name may contain a keyword."""
    assert terminals(f"{keyword.zh}们 不{keyword.zh}不 {keyword.en}s_ x{keyword.en}") == ["NAME"] * 4


@pytest.mark.parametrize(
    ("full", "ascii_"),
    [
        ("（a）", "(a)"),
        ("［a］｛b｝", "[a]{b}"),
        ("a，b、c：d", "a,b,c:d"),
        ("a．b", "a.b"),
        ("a＝b＜c＞d", "a=b<c>d"),
        ("１２＋３－４", "12+3-4"),
        ("a｜b　c", "a|b c"),
        ("０．．１２０", "0..120"),
        ("２０２１－０１－０１", "2021-01-01"),
        ("名１", "名1"),
    ],
)
def test_full_width_punctuation_equals_ascii(full, ascii_):
    """Full-width punctuation and digits read as their ASCII forms."""
    assert [(t.terminal, t.text) for t in lex(ascii_)] == [(t.terminal, t.text) for t in lex(full)]


def test_strings_keep_their_text():
    """Inside a string nothing is normalised, and other quotation marks may stand."""
    assert [t.text for t in lex('“（甲）” "a“b”" 「c"d」')] == ["“（甲）”", '"a“b”"', '「c"d」']


def test_a_string_ends_on_its_line():
    """An open quotation is one unknown token to the end of its line; the next line is read."""
    assert [(t.terminal, t.text) for t in lex('"甲 # 乙\n丙')] == [("UNKNOWN", '"甲 # 乙'), ("NAME", "丙")]


def test_comments_are_tokens_only_when_asked_for():
    """Comments run from # or ＃ to the end of the line."""
    assert [t.text for t in lex("a # x\n＃ y\nb")] == ["a", "b"]
    assert [t.text for t in lex("a # x\n＃ y\nb", comments=True)] == ["a", "# x", "＃ y", "b"]


@pytest.mark.parametrize("text", ["2021-01-01", "2021-13-99", "0000-00-00"])
def test_what_looks_like_a_day_is_one_token(text):
    """Whether there is such a day is not the lexer's question."""
    assert terminals(text) == ["DATE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3年", ["NUMBER", "YEARS"]),
        ("3 years", ["NUMBER", "YEARS"]),
        ("0..5", ["NUMBER", "_RANGE", "NUMBER"]),
        ("0.5", ["NUMBER"]),
        ("a.b", ["NAME", "_DOT", "NAME"]),
        ("2021-01-011", ["NUMBER", "MINUS", "NUMBER", "MINUS", "NUMBER"]),
        (
            "a<=b≥c!=d",
            ["NAME", "LE", "NAME", "GE", "NAME", "NE", "NAME"],
        ),
        ("٣", ["UNKNOWN"]),
        ("；", ["UNKNOWN"]),
    ],
)
def test_numbers_and_operators(text, expected):
    """Numbers, units and operators need no spaces; only ASCII and full-width digits are digits."""
    assert expected == terminals(text)


def test_a_byte_order_mark_is_space():
    """Some editors put one at the beginning of a file."""
    assert terminals("\ufeff法域") == ["_TERRITORY"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_count_characters_from_one(end):
    """Line and column, both from one, whatever ends the lines."""
    assert [(t.line, t.column) for t in lex(f"a b{end}{end}  c")] == [(1, 1), (1, 3), (3, 3)]


@given(st.text())
def test_lexing_never_fails_and_loses_nothing(text):
    """Every token stands at its place, and between tokens there is only space."""
    source = Source("x.gj", text)
    covered = [list(line) for line in text.split("\n")]
    for token in tokens(source, comments=True):
        line = covered[token.line - 1]
        for i in range(token.column - 1, token.column - 1 + len(token.text)):
            line[i] = " "
    assert not "".join("".join(line) for line in covered).replace("\ufeff", "").strip()
