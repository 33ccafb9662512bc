"""Reading on in a declaration with mistakes, to report all of them in one run.

Where one word more, less or other makes sense of what follows, the parser goes on from there, and otherwise
from the next clause.
"""

from __future__ import annotations

from collections.abc import Sequence

import lark
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from guiju.dsl.builder import too_deep
from guiju.dsl.diagnostics import Bag
from guiju.dsl.keywords import CLAUSE_TERMINALS
from guiju.dsl.lexer import Token
from guiju.dsl.repair import Attempt, copied, lark_token, repair, report, report_incomplete, takes

#: After this many mistakes in one file the rest of it is left unread.
MAX_MISTAKES = 200

#: How many constructs may be open at once inside a declaration.
_MAX_OPEN = 400


class TooDeep(Exception):
    """Too many constructs are open at a token."""


def feed(parser: InteractiveParser, token: Token) -> None:
    """Give the parser one token.

    Raises:
        UnexpectedToken: It cannot take it.
        TooDeep: It has taken it, and too many constructs are open.
    """
    parser.feed_token(lark_token(token))
    if len(parser.parser_state.state_stack) > _MAX_OPEN:
        raise TooDeep


def end_after(last: Token) -> lark.Token:
    """What ends a declaration whose last token is ``last``."""
    return lark.Token("$END", "", line=last.line, column=last.column)


def recover(
    parser: InteractiveParser, chunk: Sequence[Token], next_chunk: Token | None, file: str, bag: Bag
) -> None:
    """Report the mistakes of a declaration that has some.

    Args:
        parser: A fresh one.
        chunk: The declaration's tokens.
        next_chunk: The token that begins the next declaration.
    """
    before_clause = copied(parser)
    previous: Attempt | None = None
    open_ifs = 0
    skipping = False
    for token, after in zip(chunk, [*chunk[1:], None], strict=True):
        begins_clause = token.terminal in CLAUSE_TERMINALS
        if token.terminal == "_IF":
            open_ifs += 1
        elif token.terminal == "_THEN" and open_ifs:
            open_ifs -= 1
            begins_clause = False  # it belongs to 若
        if skipping and not begins_clause:
            continue
        attempt = Attempt(copied(parser), token)
        try:
            feed(parser, token)
        except TooDeep:
            too_deep(token.place(file), bag)
            return
        except UnexpectedToken:  # the attempt may have changed the parser: it is not used again
            repaired = None
            if not skipping:
                repaired = repair(attempt, after, previous)
                report(attempt, repaired, file, bag)
                if len(bag.found) >= MAX_MISTAKES:
                    return
            previous, open_ifs = None, 0
            if repaired is not None and repaired.parser is not None:
                parser = repaired.parser
                continue
            # A word that begins a clause may well begin the next one: then only the one before it is lost.
            parser = copied(before_clause)
            skipping = not (begins_clause and takes(parser, token))
            if not skipping:
                feed(parser, token)
            continue
        skipping, previous = False, attempt
        if begins_clause:
            before_clause, open_ifs = attempt.before, 0
    if not skipping:
        before = copied(parser)
        try:
            parser.feed_token(end_after(chunk[-1]))
        except UnexpectedToken:
            report_incomplete(before, chunk[-1], next_chunk, file, bag)
