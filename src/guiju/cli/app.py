"""The program: finds the command that is called, imports only that one, and sees to it that it ends well."""

from __future__ import annotations

import importlib
from typing import Any

import click

from guiju.cli import overview
from guiju.cli.bilingual import Context, lang_option, language
from guiju.cli.failures import BadInput, handled
from guiju.cli.streams import write_anything
from guiju.cli.untrustworthy import believed


class Program(click.Group):
    """The group of the commands that ``overview`` declares."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(overview.COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in overview.COMMANDS:
            return None
        command = importlib.import_module(f"guiju.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and name not in overview.COMMANDS:
            raise _no_such_command(ctx, name)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        return overview.text(language(ctx)).rstrip("\n")

    def invoke(self, ctx: click.Context) -> Any:
        write_anything()
        with handled(ctx), believed(ctx):
            return super().invoke(ctx)


def _no_such_command(ctx: click.Context, name: str) -> BadInput:
    from guiju.dsl.diagnostics import did_you_mean

    hint = did_you_mean(name, overview.COMMANDS)
    known = ", ".join(overview.COMMANDS)
    return BadInput(
        ctx,
        f"没有命令 {name!r}。{hint.zh if hint else f'可用的命令：{known}'}",
        f"there is no command {name!r}; {hint.en if hint else f'the commands are {known}'}",
    )


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from guiju import __version__

        click.echo(f"guiju {__version__}")
        ctx.exit()


@click.group(
    "guiju",
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
@lang_option
@click.pass_context
def guiju(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
