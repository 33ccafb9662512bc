"""Commands and options whose help is in two languages, and the layout of help for wide characters.

The language is that of ``--lang``, which is read before ``--help``, else of GUIJU_LANG, else Chinese.
"""

from __future__ import annotations

import os
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

Words = tuple[str, str]

F = TypeVar("F", bound=Callable[..., object])

LANGUAGES = ("zh", "en")
_META = "guiju.lang"


def say(ctx: click.Context, zh: str, en: str) -> str:
    """One of two texts, by the language of the run."""
    return zh if language(ctx) == "zh" else en


def language(ctx: click.Context) -> str:
    """The language asked for: ``--lang`` of the command, of the program before it, GUIJU_LANG, or Chinese."""
    lang = ctx.meta.get(_META) or os.environ.get("GUIJU_LANG")
    return str(lang) if lang in LANGUAGES else "zh"


class Formatter(click.HelpFormatter):
    """Lays out by the width that characters take in a terminal, where a Chinese one takes two."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for paragraph in text.split("\n"):
            lines = wrapped(paragraph, self.width - self.current_indent)
            self.write("".join(f"{indent}{line}\n" for line in lines) or "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        listed = list(rows)
        first_width = min(max((width(first) for first, _ in listed), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for first, second in listed:
            lines = wrapped(second, max(self.width - first_width - self.current_indent, 10))
            if width(first) > first_width - col_spacing:
                self.write(f"{indent}{first}\n")
            else:
                self.write(f"{indent}{first}{' ' * (first_width - width(first))}{lines.pop(0)}\n")
            self.write("".join(f"{indent}{' ' * first_width}{line}\n" for line in lines))


class Context(click.Context):
    formatter_class = Formatter


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = say(ctx, *self.words)
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command with its help and its examples in both languages."""

    context_class = Context

    def __init__(self, *args: Any, words: Words, examples: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.examples = words, examples

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(say(ctx, *self.words))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments are explained by the text and the examples."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write(say(ctx, "例：", "Examples:") + "\n")
        formatter.write(textwrap.indent(say(ctx, *self.examples), "  ") + "\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say(ctx, "显示本说明。", "Show this.")
        return option


def option(*names: str, zh: str, en: str, **settings: Any) -> Callable[[F], F]:
    """Declare an option of a command, with its help in both languages."""
    return click.option(*names, cls=Option, words=(zh, en), **settings)


def lang_option(function: F) -> F:
    """Declare ``--lang``."""
    return option(
        "--lang",
        type=click.Choice(LANGUAGES),
        is_eager=True,  # so that --help after it knows the language
        expose_value=False,  # commands ask language(ctx), which also knows the program's own --lang
        callback=_remember,
        zh="输出的语言（默认 zh，或环境变量 GUIJU_LANG）。",
        en="The language of the output (default zh, or the variable GUIJU_LANG).",
    )(function)


def _remember(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        ctx.meta[_META] = value  # shared with the contexts of commands inside this one
    return value


def width(text: str) -> int:
    """How many columns ``text`` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, columns: int) -> list[str]:
    """``text`` in lines of at most ``columns``: broken at spaces, and between any two wide characters."""
    lines = [""]
    for word in _words(text):
        if (
            lines[-1].strip()
            and width(lines[-1]) + width(word.rstrip()) > columns
            and word not in _NEVER_FIRST
        ):
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [*lines[:-1], lines[-1].rstrip()]


_NEVER_FIRST = frozenset("，。；：、）》！？")


def _words(text: str) -> Iterable[str]:
    """The smallest pieces between which a line may be broken."""
    word = ""
    for c in text:
        if unicodedata.east_asian_width(c) in "WF":
            if word:
                yield word
            word = ""
            yield c
        else:
            word += c
            if c == " ":
                yield word
                word = ""
    if word:
        yield word
