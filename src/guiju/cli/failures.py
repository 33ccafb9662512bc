"""How a run ends that cannot go on: a defect of ours, an unreadable file, Ctrl-C, a reader gone away.

No traceback reaches the terminal; a defect is written to a file that can be sent to the maintainers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from guiju.cli import exits
from guiju.cli.bilingual import language
from guiju.cli.streams import discard_output


class BadInput(click.ClickException):
    """Arguments or files that cannot be used, said in the language of the run."""

    exit_code = exits.BAD_INPUT

    def __init__(self, ctx: click.Context, zh: str, en: str) -> None:
        self.chinese = language(ctx) == "zh"
        super().__init__(zh if self.chinese else en)

    def show(self, file: object = None) -> None:
        click.echo(f"{'错误：' if self.chinese else 'error: '}{self.message}", err=True)


@contextmanager
def handled(ctx: click.Context) -> Iterator[None]:
    """Turn every way in which a command can fail into a message and an exit status."""
    try:
        yield
        sys.stdout.flush()
    except (click.ClickException, click.exceptions.Exit):
        raise
    except (KeyboardInterrupt, click.Abort):
        click.echo("", err=True)
        sys.exit(exits.INTERRUPTED)
    except BrokenPipeError:
        broken_pipe()
    except OSError as error:
        if error.filename is None:
            _internal(ctx, error)
        reason = error.strerror or str(error)
        raise BadInput(ctx, f"{error.filename}：{reason}", f"{error.filename}: {reason}") from error
    except Exception as error:
        _internal(ctx, error)


def broken_pipe() -> NoReturn:
    """End quietly: nobody reads on."""
    discard_output()
    sys.exit(exits.BROKEN_PIPE)


def _internal(ctx: click.Context, error: BaseException) -> NoReturn:
    """Say that it is our defect, write what we need to know about it, and exit."""
    from guiju.cli.defect import write_report

    written = write_report(error)
    zh, en = (
        "内部错误：这是 guiju 自身的缺陷，不是条文的问题。",
        "internal error: this is a defect of guiju, not a mistake of yours.",
    )
    summary = f"  {type(error).__name__}: {error}".splitlines()[0][:300]
    chinese = language(ctx) == "zh"
    click.echo(f"{zh if chinese else en}\n{summary}", err=True)
    if written is None:
        click.echo("  （详情无法写入文件）" if chinese else "  (the details could not be written)", err=True)
    elif chinese:
        click.echo(f"  详情已写入 {written}，报告问题时请附上它和出错的 .gj 文件。", err=True)
    else:
        click.echo(f"  Details are in {written}: report them together with the .gj files.", err=True)
    sys.exit(exits.INTERNAL)
