"""What is wrong at a token that the parser cannot take: what to say of it, and how to go on.

A repair changes one word: the token is a keyword that was meant as a name, a name that was meant as a
keyword, or the word before it is missing. It counts only when the parser can then take what follows, so a
hint never leads into the next error.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import lark
from attrs import frozen
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.keywords import BY_SPELLING, BY_TERMINAL, CLAUSE_TERMINALS, DECLARATIONS, spelling
from guiju.dsl.lexer import Token
from guiju.dsl.source import HIDDEN, Bilingual, Place


@frozen
class Attempt:
    """A token, and the parser in the state before it."""

    before: InteractiveParser
    token: Token


@frozen
class Repair:
    """What was probably meant instead of ``token``, and a parser that stands behind it.

    Without a parser it is only worth saying.
    """

    token: Token
    parser: InteractiveParser | None
    hint: Bilingual | None


def copied(parser: InteractiveParser) -> InteractiveParser:
    """A parser in the same state; feeding one leaves the other alone."""
    copy: InteractiveParser = parser.copy(deepcopy_values=False)  # type: ignore[no-untyped-call]  # Lark's
    return copy


def lark_token(token: Token) -> lark.Token:
    return lark.Token(
        token.terminal,
        token.text,
        line=token.line,
        column=token.column,
        end_line=token.line,
        end_column=token.column + len(token.text),
    )


def shown(token: Token) -> str:
    """The token as it stands in a message: not the whole of a very long one."""
    return token.text if len(token.text) <= 40 else token.text[:40] + "…"


def report(failed: Attempt, repaired: Repair | None, file: str, bag: Bag) -> None:
    """Report a token that the parser cannot take."""
    token = failed.token if repaired is None else repaired.token
    place = token.place(file)
    if token.terminal == "UNKNOWN":
        _report_unknown(token, place, bag)
        return
    hint = repaired.hint if repaired is not None else _wanted(failed.before)
    bag.error("E104", place, f"这里不应出现 {shown(token)}", f"{shown(token)} is not expected here", hint)


def report_incomplete(
    before: InteractiveParser, last: Token, after: Token | None, file: str, bag: Bag
) -> None:
    """Report a declaration that ends too early, behind ``last``; ``after`` begins the next one."""
    place = Place(file, last.line, last.column + len(last.text))
    hint = _wanted(before)
    if after is not None and after.line == last.line and "NAME" in _accepted(before):
        hint = Bilingual(
            f"{after.text} 是声明的开头，不能作名称",
            f"{after.text} begins a declaration and cannot be used as a name",
        )
    bag.error("E104", place, "声明不完整", "the declaration is incomplete", hint)


def repair(failed: Attempt, after: Token | None, previous: Attempt | None) -> Repair | None:
    """The change of one word that lets the parser take what follows.

    Args:
        failed: The token that the parser cannot take.
        after: The token behind it; None at the end.
        previous: The token before it, which the parser took, perhaps wrongly.
    """
    before, token = failed.before, failed.token
    possible = _accepted(before)
    if token.terminal == "UNKNOWN":
        return Repair(token, before, None) if takes(before, after) else None
    if token.terminal == "NAME":
        return (
            _misspelt(failed, [after])
            or (_misspelt_declaration(failed, after, previous) if "$END" in possible else None)
            or _insertion(failed, after, possible)
            or (_misspelt(previous, [token, after]) if previous is not None else None)
        )
    if token.text in BY_SPELLING and "NAME" in possible:
        parser = _fed(before, "NAME")
        if parser is not None and takes(parser, after):
            zh = f"{token.text} 是关键词，不能作名称"
            en = f"{token.text} is a keyword and cannot be used as a name"
            return Repair(token, parser, Bilingual(zh, en))
    return _insertion(failed, after, possible)


def _misspelt(attempt: Attempt, following: Sequence[Token | None]) -> Repair | None:
    """The keywords close to a name, with which the parser takes what follows."""
    if attempt.token.terminal != "NAME":
        return None
    possible = _accepted(attempt.before)
    words = [word for word, keyword in BY_SPELLING.items() if keyword.terminal in possible]
    meant = []
    for word in difflib.get_close_matches(attempt.token.text[:80], words, n=3, cutoff=0.5):
        parser = _fed(attempt.before, BY_SPELLING[word].terminal)
        for token in following[:-1]:
            parser = _fed(parser, token.terminal) if parser and token else None
        if parser and takes(parser, following[-1]):
            meant.append((word, parser))
    if not meant:
        return None
    return Repair(attempt.token, meant[0][1], did_you_mean(attempt.token.text[:80], [w for w, _ in meant]))


def _misspelt_declaration(attempt: Attempt, after: Token | None, previous: Attempt | None) -> Repair | None:
    if previous is not None and previous.token.line == attempt.token.line:
        return None
    if after is None or after.terminal not in ("NAME", "STRING", "DATE"):
        return None
    hint = did_you_mean(attempt.token.text[:80], [word for k in DECLARATIONS for word in (k.zh, k.en)])
    return Repair(attempt.token, None, hint) if hint is not None else None


#: What is easily left out, the likeliest first.
_EASILY_MISSED = (
    "_COLON", "EQ", "_RANGE", "_IS", "_THEN", "_OF", "_COMMA", "_RPAR", "_RBRACE", "_RSQB", "_LPAR",
    "_LBRACE", "NAME",
)  # fmt: skip


def _insertion(failed: Attempt, after: Token | None, possible: frozenset[str]) -> Repair | None:
    before, token = failed.before, failed.token
    for terminal in _EASILY_MISSED:
        if terminal not in possible or (terminal == "EQ" and "NE" in possible):
            continue  # among the comparisons none is likelier than the others
        parser = _fed(before, terminal)
        parser = parser and _fed(parser, token.terminal)
        if parser is not None and takes(parser, after):
            word = _EXPRESSION if terminal == "NAME" and "NUMBER" in possible else _word(terminal)
            zh = f"{shown(token)} 之前似乎少了 {word.zh}"
            en = f"{word.en} seems to be missing before {shown(token)}"
            return Repair(token, parser, Bilingual(zh, en))
    return None


def _fed(parser: InteractiveParser, terminal: str) -> InteractiveParser | None:
    """A parser that has taken one more token; None when it cannot."""
    copy = copied(parser)
    try:
        copy.feed_token(lark.Token(terminal, ""))
    except UnexpectedToken:
        return None
    return copy


def takes(parser: InteractiveParser, token: Token | None) -> bool:
    """Whether the parser can take the token (the end, when it is None); what is no word does not count."""
    terminal = "$END" if token is None else token.terminal
    return terminal == "UNKNOWN" or _fed(parser, terminal) is not None


def _accepted(parser: InteractiveParser) -> frozenset[str]:
    return frozenset(parser.accepts())  # type: ignore[no-untyped-call]  # Lark's


def _report_unknown(token: Token, place: Place, bag: Bag) -> None:
    if token.text[0] in '"“「':
        bag.error(
            "E101",
            place,
            "引号没有闭合",
            "the quotation is not closed",
            Bilingual("引文须在一行之内闭合", "a quotation closes on the line it begins on"),
        )
    elif HIDDEN.fullmatch(token.text) is None:  # else it was said for the whole file
        named = f"{token.text} (U+{ord(token.text):04X})"
        bag.error("E101", place, f"无法识别的字符 {named}", f"unknown character {named}")


_SYMBOLS = {
    "NAME": Bilingual("名称", "a name"),
    "NUMBER": Bilingual("数", "a number"),
    "DATE": Bilingual("日期（年-月-日）", "a date (yyyy-mm-dd)"),
    "STRING": Bilingual("带引号的文字", "a quoted text"),
    "$END": Bilingual("声明的结尾", "the end of the declaration"),
    "EQ": Bilingual("=", "="),
    "LT": Bilingual("<", "<"),
    "MINUS": Bilingual("-", "-"),
    "_LBRACE": Bilingual("{", "{"),
    "_RBRACE": Bilingual("}", "}"),
    "_LPAR": Bilingual("(", "("),
    "_RPAR": Bilingual(")", ")"),
    "_LSQB": Bilingual("[", "["),
    "_RSQB": Bilingual("]", "]"),
    "_COMMA": Bilingual(",", ","),
    "_COLON": Bilingual(":", ":"),
    "_BAR": Bilingual("|", "|"),
    "_RANGE": Bilingual("..", ".."),
    "_DOT": Bilingual(".", "."),
}

_EXPRESSION = Bilingual("表达式", "an expression")

#: Where all of the first are possible, so are those after them, and one word says it all.
_SUMMARIES = (
    (
        frozenset({"NAME", "NUMBER", "_LPAR"}),
        frozenset({
            "DATE", "MINUS", "_TODAY", "_AT", "_IF", "_CHOOSE", "_COUNT", "_ANY", "_EVERY", "_EARLIEST",
            "_LATEST", "_DAYS_FROM", "_MEMBERS", "_TRUE", "_FALSE", "_FOREVER", "_NOT",
        }),
        _EXPRESSION,
    ),
    (
        frozenset({"EQ", "NE", "AT_LEAST"}),
        frozenset({"LT", "LE", "GT", "GE", "EXCEEDS", "BELOW", "AT_MOST", "_IN"}),
        Bilingual("比较（= 至少 超过……）", "a comparison (= atleast exceeds ...)"),
    ),
    (
        frozenset({"YEARS", "MONTHS", "DAYS"}),
        frozenset({"WEEKS", "WORKDAYS", "HOURS", "NAME"}),
        Bilingual("单位", "a unit"),
    ),
)  # fmt: skip


def _wanted(before: InteractiveParser) -> Bilingual | None:
    """A hint that lists what could have stood there."""
    possible = set(_accepted(before))
    words = []
    for needed, rest, summary in _SUMMARIES:
        if needed <= possible:
            possible -= needed | rest
            words.append(summary)
    words += [_word(terminal) for terminal in sorted(possible, key=lambda x: (x in CLAUSE_TERMINALS, x))]
    if not words:
        return None
    limit = 8
    more = ("……", ", ...") if len(words) > limit else ("", "")
    zh = "、".join(word.zh for word in words[:limit]) + more[0]
    return Bilingual(
        f"这里可以是：{zh}", "expected: " + ", ".join(word.en for word in words[:limit]) + more[1]
    )


def _word(terminal: str) -> Bilingual:
    if terminal in BY_TERMINAL:
        return Bilingual(spelling(terminal, "zh"), spelling(terminal, "en"))
    return _SYMBOLS.get(terminal) or Bilingual(_ARITHMETIC[terminal], _ARITHMETIC[terminal])


_ARITHMETIC = {"_PLUS": "+", "_TIMES": "×", "NE": "≠", "LE": "≤", "GT": ">", "GE": "≥"}
