"""``guiju explain``: what a code means, why it matters, and what to do about it."""

from __future__ import annotations

import click

from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput


@click.command(
    "explain",
    cls=Command,
    words=(
        "解释一个结论的代码：是什么，为何重要，怎么办。不给代码时列出所有代码。",
        "Explain the code of a finding: what it is, why it matters, what to do. Without one, list all codes.",
    ),
    examples=("guiju explain C103\nguiju explain", "guiju explain C103\nguiju explain"),
)
@click.argument("code", required=False)
@option("--markdown", is_flag=True, zh="原样输出 Markdown。", en="Write the Markdown as it is.")
@lang_option
@click.pass_context
def command(ctx: click.Context, code: str | None, markdown: bool) -> None:
    from guiju.checker import catalogue

    if code is None:
        _list(ctx)
        return
    page = catalogue.page(code.strip().upper())
    if page is None:
        _of_texts(ctx, code.strip().upper())
        return
    text = page.in_language(language(ctx))
    click.echo(text if markdown else _readable(text), nl=False)


def _list(ctx: click.Context) -> None:
    from guiju.checker import catalogue
    from guiju.checker.report import words

    family = ""
    for code in catalogue.codes():
        page = catalogue.page(code)
        assert page is not None
        if page.family != family:
            family = page.family
            click.secho(words.FAMILY[family].in_language(language(ctx)), bold=True)
        click.echo(f"  {code}  {page.title.in_language(language(ctx))}")


def _of_texts(ctx: click.Context, code: str) -> None:
    """What ``guiju source`` means by a code, in a line."""
    from guiju.texts.lint import catalogue

    known = {**catalogue.READING, **catalogue.LINT}.get(code)
    if known is None:
        raise _no_such_code(ctx, code)
    name = known.name.in_language(language(ctx))
    where = say(
        ctx, "由 guiju source 对文本提出；见 docs/howto/source.md", "by guiju source; docs/howto/source.md"
    )
    click.echo(f"{code} {name}\n\n{where}")


def _no_such_code(ctx: click.Context, code: str) -> BadInput:
    from guiju.checker import catalogue
    from guiju.dsl.diagnostics import did_you_mean

    known = catalogue.codes()
    hint = did_you_mean(code.strip().upper(), known)
    return BadInput(
        ctx,
        f"没有代码 {code}。{hint.zh if hint else ''}\n现有的代码：{' '.join(known)}",
        f"there is no code {code}. {hint.en if hint else ''}\nThe codes are: {' '.join(known)}",
    )


def _readable(markdown: str) -> str:
    """``markdown`` with its headings as a terminal shows headings; plain in a pipe."""
    lines = []
    for line in markdown.splitlines():
        heading = line.lstrip("#")
        lines.append(click.style(heading.strip(), bold=True) if heading != line else line)
    return "\n".join(lines) + "\n"
