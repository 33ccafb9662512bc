"""Text to syntax tree, going on after each mistake.

The tokens are cut into declarations at the words that begin one; each is parsed by itself with Lark's LALR
engine. After a mistake inside a declaration the parser drops what it cannot use, looks for the next clause
and goes on, so that one run reports several mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

import lark
from attrs import frozen
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from guiju.dsl import tree
from guiju.dsl.builder import build
from guiju.dsl.diagnostics import Bag, Diagnostic, did_you_mean
from guiju.dsl.keywords import (
    BY_SPELLING,
    BY_TERMINAL,
    CLAUSE_TERMINALS,
    DECLARATION_TERMINALS,
    DECLARATIONS,
    spelling,
)
from guiju.dsl.lexer import Token, tokens
from guiju.dsl.source import Bilingual, Source

#: A source file longer than this many characters is refused: no regulation comes near it.
MAX_LENGTH = 4_000_000


@frozen
class Parsed:
    """A file's tree, as far as it could be read, and what was wrong with the rest."""

    file: tree.File
    diagnostics: tuple[Diagnostic, ...]


class Parser:
    """Parses sources; building one reads the grammar's tables."""

    def __init__(self, engine: lark.Lark | None = None) -> None:
        self._engine = engine if engine is not None else build_engine()

    def parse(self, source: Source) -> Parsed:
        """The declarations of ``source`` and its diagnostics; never raises for a user's mistake."""
        bag = Bag()
        declarations: list[tree.Declaration] = []
        if len(source.text) > MAX_LENGTH:
            place = tree.Place(source.name, 1)
            bag.error(
                "E103",
                place,
                f"文件过大：{len(source.text)} 个字符，上限 {MAX_LENGTH}",
                f"file too large: {len(source.text)} characters, at most {MAX_LENGTH} are read",
                Bilingual("请按文件或章拆分", "split it by instrument or chapter"),
            )
        else:
            for chunk in _declarations(source, bag):
                declaration = self._declaration(chunk, source.name, bag)
                if declaration is not None:
                    declarations.append(declaration)
        return Parsed(tree.File(source.name, tuple(declarations)), bag.sorted())

    def _declaration(self, chunk: Sequence[Token], file: str, bag: Bag) -> tree.Declaration | None:
        parser = self._engine.parse_interactive(start="declaration")
        before_clause = parser.copy(deepcopy_values=False)
        failed = skipping = False
        for token in chunk:
            begins_clause = token.terminal in CLAUSE_TERMINALS
            if skipping and not begins_clause:
                continue
            before = parser.copy(deepcopy_values=False) if begins_clause else None
            try:
                parser.feed_token(_lark_token(token))
            except UnexpectedToken:
                if not skipping:
                    _report(parser, token, file, bag)
                failed = skipping = True
                parser = before_clause.copy(deepcopy_values=False)
                if begins_clause:  # it may well begin the next clause: only the one before it is lost
                    try:
                        parser.feed_token(_lark_token(token))
                        skipping = False
                    except UnexpectedToken:
                        parser = before_clause.copy(deepcopy_values=False)
                continue
            skipping = False
            if before is not None:
                before_clause = before
        last = chunk[-1]
        try:
            parsed = parser.feed_token(lark.Token("$END", "", line=last.line, column=last.column))
        except UnexpectedToken:
            if not failed:
                _report(parser, None, file, bag, after=last)
            return None
        return None if failed else build(parsed, file, bag)


def build_engine() -> lark.Lark:
    """Lark's engine, its tables computed from the grammar (slow: see ``tables``)."""
    grammar = resources.files("guiju.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(
        grammar, parser="lalr", lexer="basic", start="declaration", propagate_positions=True, maybe_placeholders=True
    )


def _declarations(source: Source, bag: Bag) -> Iterator[list[Token]]:
    """The tokens of ``source``, cut at each word that begins a declaration."""
    chunk: list[Token] = []
    for token in tokens(source):
        if token.terminal in DECLARATION_TERMINALS:
            if chunk:
                yield chunk
            chunk = [token]
        elif chunk:
            chunk.append(token)
        else:
            names = "、".join(k.zh for k in DECLARATIONS)
            bag.error(
                "E102",
                token.place(source.name),
                f"这里应是声明的开头，而不是 {token.text}",
                f"a declaration should begin here, not {token.text}",
                did_you_mean(token.text, [w for k in DECLARATIONS for w in (k.zh, k.en)])
                or Bilingual(f"声明以下列词开头：{names}", "see docs/language.md for the declarations"),
            )
            return  # what follows up to the first declaration was reported with its first token
    if chunk:
        yield chunk


def _lark_token(token: Token) -> lark.Token:
    return lark.Token(
        token.terminal,
        token.text,
        line=token.line,
        column=token.column,
        end_line=token.line,
        end_column=token.column + len(token.text),
    )


_SYMBOLS = {
    "NAME": ("名称", "a name"),
    "NUMBER": ("数", "a number"),
    "DATE": ("日期（年-月-日）", "a date (yyyy-mm-dd)"),
    "STRING": ("带引号的文字", "a quoted text"),
    "$END": ("声明的结尾", "the end of the declaration"),
    "EQ": ("=", "="),
    "LT": ("<", "<"),
    "_LBRACE": ("{", "{"),
    "_RBRACE": ("}", "}"),
    "_LPAR": ("(", "("),
    "_RPAR": (")", ")"),
    "_RSQB": ("]", "]"),
    "_COMMA": (",", ","),
    "_COLON": (":", ":"),
    "_BAR": ("|", "|"),
    "_RANGE": ("..", ".."),
}


def _expected(parser: InteractiveParser) -> Bilingual:
    accepted = parser.accepts()
    zh, en = [], []
    for terminal in sorted(accepted, key=lambda x: (x in CLAUSE_TERMINALS, x)):
        if terminal in _SYMBOLS:
            zh.append(_SYMBOLS[terminal][0])
            en.append(_SYMBOLS[terminal][1])
        elif terminal in BY_TERMINAL and terminal in CLAUSE_TERMINALS | {"_IS", "MUST", "MUST_NOT", "MAY", "_THEN"}:
            zh.append(spelling(terminal, "zh"))
            en.append(spelling(terminal, "en"))
    limit = 8
    more = ("……", ", ...") if len(zh) > limit else ("", "")
    return Bilingual("、".join(zh[:limit]) + more[0], ", ".join(en[:limit]) + more[1])


def _report(
    parser: InteractiveParser, token: Token | None, file: str, bag: Bag, after: Token | None = None
) -> None:
    expected = _expected(parser)
    if token is None:
        assert after is not None
        place = tree.Place(file, after.line, after.column + len(after.text))
        bag.error("E104", place, "声明不完整", "the declaration is incomplete", _wanted(expected))
        return
    place = token.place(file)
    if token.terminal == "UNKNOWN":
        unclosed = token.text[0] in '"“「'
        bag.error(
            "E101",
            place,
            "引号没有闭合" if unclosed else f"无法识别的字符 {token.text}",
            "the quotation is not closed" if unclosed else f"unknown character {token.text}",
        )
        return
    hint = _keyword_hint(parser, token) or _wanted(expected)
    bag.error("E104", place, f"这里不应出现 {token.text}", f"{token.text} is not expected here", hint)


def _wanted(expected: Bilingual) -> Bilingual | None:
    return Bilingual(f"这里可以是：{expected.zh}", f"expected: {expected.en}") if expected.zh else None


def _keyword_hint(parser: InteractiveParser, token: Token) -> Bilingual | None:
    """A hint when a name was probably meant as a keyword, or a keyword as a name."""
    if token.terminal == "NAME":
        accepted = parser.accepts()
        words = [w for w, k in BY_SPELLING.items() if k.terminal in accepted]
        return did_you_mean(token.text, words)
    if token.text in BY_SPELLING and "NAME" in parser.accepts():
        return Bilingual(
            f"{token.text} 是关键词，不能作名称", f"{token.text} is a keyword and cannot be used as a name"
        )
    return None
