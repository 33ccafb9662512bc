"""The layout of a source: one clause a line, declarations apart, long clauses broken; comments stay.

The formatter works on tokens. It changes the space between them, full-width punctuation and quotation marks
to ASCII, and nothing else: so the tree stays the same, which is checked before the text is given away. Each
keyword, and each word for a kind of passing on, stays in the language it was written in, unless one language
is asked for.

A line of comment belongs to what follows it; at the end of a declaration it belongs to that declaration if
it is indented. Up to one empty line is kept wherever the author left one; between declarations there is
always one, except between neighbours of one sort that take one line each. Formatting twice is formatting
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, frozen

from guiju.dsl.clauses import Piece, pieces
from guiju.dsl.diagnostics import Diagnostic, InternalError
from guiju.dsl.keywords import BY_SPELLING, PASSINGS
from guiju.dsl.layout import Word, lines_of
from guiju.dsl.lexer import Token, tokens
from guiju.dsl.parser import Parser
from guiju.dsl.source import Bilingual, Source


@frozen
class Formatted:
    """The text in its layout; None, and the diagnostics, when the source has mistakes."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...]


def format_source(
    text: str, name: str, *, lang: str | None = None, parser: Parser | None = None
) -> Formatted:
    """Lay out a source.

    Args:
        text: The source.
        name: Its name, for the diagnostics.
        lang: ``zh`` or ``en`` to write every keyword in that language.
        parser: One to use instead of building one, which takes long.
    """
    source = Source(name, text)
    diagnostics = (parser if parser is not None else Parser()).parse(source).diagnostics
    if diagnostics:
        return Formatted(None, diagnostics)
    formatted = _text(_blocks(pieces(tokens(source, comments=True))), lang)
    if _meaning(source) != _meaning(Source(name, formatted)):
        raise InternalError(f"formatting {name} would change what it says: please report the file")
    return Formatted(formatted, ())


def _meaning(source: Source) -> list[tuple[str, str]]:
    """What formatting must not change."""
    found = list(tokens(source, comments=True))
    return [
        (token.terminal, _written(token, words, "en"))
        for token, words in zip(found, _spellings(found), strict=True)
    ]


# --- Blocks: a comment line, or a clause with the comments inside it --------------------------------


@define
class _Block:
    """``sort``: the terminal of the declaration that it heads; ``level``: how deep it is nested."""

    items: list[Piece]
    level: int
    sort: str | None
    after_blank: bool  # the author left an empty line before it
    leads: bool = False  # a comment that belongs to the declaration after it


def _blocks(found: Iterable[Piece]) -> list[_Block]:
    all_pieces = list(found)
    blocks: list[_Block] = []
    last_line = 0
    for piece, begins in zip(all_pieces, _next_levels(all_pieces), strict=True):
        token = piece.token
        after_blank = token.line > last_line + 1 and last_line > 0
        own_line = token.line > last_line
        last_line = token.line
        if piece.level is not None:
            sort = token.terminal if piece.level == 0 else None
            blocks.append(_Block([piece], piece.level, sort, after_blank))
        elif token.terminal == "COMMENT" and own_line and (begins is not None or not blocks):
            indented = token.column > 1 and blocks and not blocks[-1].leads
            level = 1 if begins == 0 and indented else begins or 0
            blocks.append(_Block([piece], level, None, after_blank, leads=level == 0))
        else:
            blocks[-1].items.append(piece)
    return blocks


def _next_levels(all_pieces: Sequence[Piece]) -> list[int | None]:
    """For each piece, the level of the clause that the next token begins: None when it begins none."""
    levels: list[int | None] = []
    level: int | None = 0  # the end of the file ends a declaration
    for piece in reversed(all_pieces):
        levels.append(level)
        if piece.token.terminal != "COMMENT":
            level = piece.level
    return levels[::-1]


# --- Text ----------------------------------------------------------------------------------------


def _text(blocks: Sequence[_Block], lang: str | None) -> str:
    lines: list[str] = []
    sort: str | None = None  # of the declaration above, when it takes one line
    for i, block in enumerate(blocks):
        starts = block.leads and not (i > 0 and blocks[i - 1].leads)
        starts = starts or (block.sort is not None and not (i > 0 and blocks[i - 1].leads))
        apart = starts and _sort_at(blocks, i) is not None and _sort_at(blocks, i) != sort
        if lines and (block.after_blank or apart):
            lines.append("")
        written = lines_of(list(_words(block, lang)), 2 * block.level)
        lines += written
        if block.sort is not None:
            alone = len(written) == 1 and (i + 1 == len(blocks) or _at_top(blocks[i + 1]))
            sort = block.sort if alone else None
    return "".join(f"{line}\n" for line in lines)


def _at_top(block: _Block) -> bool:
    return block.leads or block.sort is not None


def _sort_at(blocks: Sequence[_Block], i: int) -> str | None:
    """The sort of the declaration that the comments from ``i`` on lead up to; None at the end of the file."""
    return next((block.sort for block in blocks[i:] if block.sort is not None), None)


def _words(block: _Block, lang: str | None) -> Iterator[Word]:
    line = 0
    for piece, words in zip(block.items, _spellings(p.token for p in block.items), strict=True):
        token = piece.token
        yield Word(token.terminal, _written(token, words, lang), piece.depth, own_line=token.line > line)
        line = token.line


def _spellings(found: Iterable[Token]) -> Iterator[Bilingual | None]:
    """How each token is written in the two languages; None for what is the same in both."""
    before = ""
    for token in found:
        keyword = BY_SPELLING.get(token.text)
        if keyword is not None:
            yield Bilingual(keyword.zh, keyword.en)
        else:
            yield PASSINGS.get(token.text) if before == "_PASSES" else None
        if token.terminal != "COMMENT":
            before = token.terminal


def _written(token: Token, words: Bilingual | None, lang: str | None) -> str:
    match token.terminal:
        case "COMMENT":
            return "#" + token.text[1:].rstrip()
        case "STRING":
            content = token.text[1:-1]
            return token.text if '"' in content else f'"{content}"'
        case _ if lang is not None and words is not None:
            return words.in_language(lang)
        case _:
            return token.text
