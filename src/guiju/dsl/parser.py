"""Text to syntax tree, going on after each mistake.

The tokens are cut into declarations at the words that begin one; each is parsed by itself with Lark's LALR
engine. A declaration with a mistake leaves nothing in the tree: ``recovery`` reads it once more to report
what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import lark
from lark.exceptions import UnexpectedToken

from guiju.dsl import tree
from guiju.dsl.builder import build
from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.keywords import DECLARATION_TERMINALS, DECLARATIONS
from guiju.dsl.lexer import Token, tokens
from guiju.dsl.parsed import Parsed
from guiju.dsl.recovery import MAX_MISTAKES, TooDeep, end_after, feed, recover
from guiju.dsl.repair import shown
from guiju.dsl.source import HIDDEN, Bilingual, Place, Source
from guiju.dsl.tables import build_engine

__all__ = ["MAX_LENGTH", "MAX_MISTAKES", "Parsed", "Parser"]

#: A source file longer than this many characters is refused: no regulation comes near it.
MAX_LENGTH = 4_000_000

#: Of more hidden characters only the first are named: the file is no text.
_MOST_HIDDEN = 20


class Parser:
    """Parses sources. Building an engine takes long: where that matters, give ``tables.load_engine(…)``."""

    def __init__(self, engine: lark.Lark | None = None) -> None:
        self._engine = engine if engine is not None else build_engine()

    def parse(self, source: Source) -> Parsed:
        """The declarations of ``source`` and its diagnostics; never raises for a user's mistake."""
        bag = Bag()
        declarations: list[tree.Declaration] = []
        if len(source.text) > MAX_LENGTH:
            _refuse(source, bag)
            return Parsed(tree.File(source.name, ()), bag.sorted())
        _report_hidden(source, bag)
        cut_short = False
        for chunk, after in _with_next(_declarations(source, bag)):
            if len(bag.found) >= MAX_MISTAKES:
                _give_up(chunk[0].place(source.name), bag)
                break
            # A name that is also the beginning of a declaration cuts one in two: one report is enough.
            quiet = cut_short
            declaration = self._declaration(chunk, after, source.name, None if quiet else bag)
            if declaration is not None:
                declarations.append(declaration)
            cut_short = declaration is None and after is not None and after.line == chunk[-1].line
        return Parsed(tree.File(source.name, tuple(declarations)), bag.sorted())

    def _declaration(
        self, chunk: list[Token], after: Token | None, file: str, bag: Bag | None
    ) -> tree.Declaration | None:
        """The declaration that ``chunk`` is, or None and diagnostics; ``after`` begins the next one."""
        parser = self._engine.parse_interactive(start="declaration")
        try:
            for token in chunk:
                feed(parser, token)
            parsed = parser.feed_token(end_after(chunk[-1]))
        except (UnexpectedToken, TooDeep):
            if bag is not None:
                recover(self._engine.parse_interactive(start="declaration"), chunk, after, file, bag)
            return None
        return build(parsed, file, bag if bag is not None else Bag())


def _refuse(source: Source, bag: Bag) -> None:
    bag.error(
        "E103",
        Place(source.name, 1),
        f"文件过大：{len(source.text)} 个字符，上限 {MAX_LENGTH}",
        f"file too large: {len(source.text)} characters, at most {MAX_LENGTH} are read",
        Bilingual("请按文件或章拆分", "split it by instrument or chapter"),
    )


def _report_hidden(source: Source, bag: Bag) -> None:
    for found in islice(HIDDEN.finditer(source.text), _MOST_HIDDEN):
        line = source.text.count("\n", 0, found.start()) + 1
        column = found.start() - source.text.rfind("\n", 0, found.start())
        bag.error(
            "E101",
            Place(source.name, line, column),
            f"看不见的控制字符 U+{ord(found[0]):04X}",
            f"a hidden control character, U+{ord(found[0]):04X}",
            Bilingual("请删去：它会使显示的与实际的不同", "delete it: the text looks other than it is"),
        )


def _give_up(place: Place, bag: Bag) -> None:
    bag.error(
        "E110",
        place,
        f"错误已达 {MAX_MISTAKES} 处，从这里起不再读",
        f"{MAX_MISTAKES} mistakes: nothing is read from here on",
    )


def _with_next(chunks: Iterable[list[Token]]) -> Iterator[tuple[list[Token], Token | None]]:
    """Each chunk with the first token of the one after it."""
    previous: list[Token] | None = None
    for chunk in chunks:
        if previous is not None:
            yield previous, chunk[0]
        previous = chunk
    if previous is not None:
        yield previous, None


def _declarations(source: Source, bag: Bag) -> Iterator[list[Token]]:
    """The tokens of ``source``, cut at each word that begins a declaration."""
    chunk: list[Token] = []
    misplaced = False
    for token in tokens(source):
        if token.terminal in DECLARATION_TERMINALS:
            if chunk:
                yield chunk
            chunk = [token]
        elif chunk:
            chunk.append(token)
        elif not misplaced:  # what follows up to the first declaration is reported with its first token
            misplaced = True
            names = "、".join(k.zh for k in DECLARATIONS)
            bag.error(
                "E102",
                token.place(source.name),
                f"这里应是声明的开头，而不是 {shown(token)}",
                f"a declaration should begin here, not {shown(token)}",
                did_you_mean(token.text, [w for k in DECLARATIONS for w in (k.zh, k.en)])
                or Bilingual(f"声明以下列词开头：{names}", "see docs/language.md for the declarations"),
            )
    if chunk:
        yield chunk
