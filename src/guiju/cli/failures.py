"""How a run ends that cannot go on: a defect of ours, an unreadable file, a full disk, no memory, Ctrl-C.

No traceback reaches the terminal; a defect is written to a file that can be sent to the maintainers.
"""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import click

from guiju.cli import exits
from guiju.cli.bilingual import language
from guiju.cli.streams import discard_output

#: What the system says when it is the machine that gave out, whatever the file: run it again elsewhere.
_MACHINE: Final = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE)
)


class Ended(click.ClickException):
    """A run that ends with a message, said in its language."""

    def __init__(self, ctx: click.Context, zh: str, en: str) -> None:
        self.chinese = language(ctx) == "zh"
        super().__init__(zh if self.chinese else en)

    def show(self, file: object = None) -> None:
        from guiju.dsl.source import visible

        _say(visible(f"{'错误：' if self.chinese else 'error: '}{self.message}"))


class BadInput(Ended):
    """Arguments or files that cannot be used."""

    exit_code = exits.BAD_INPUT


class Exhausted(Ended):
    """The machine gave out: its memory or its disk. What was asked may well be right."""

    exit_code = exits.EXHAUSTED


@contextmanager
def handled(ctx: click.Context) -> Iterator[None]:
    """Turn every way in which a command can fail into a message and an exit status."""
    try:
        yield
        sys.stdout.flush()
    except (click.ClickException, click.exceptions.Exit):
        raise
    except (KeyboardInterrupt, click.Abort):
        _say("")
        sys.exit(exits.INTERRUPTED)
    except BrokenPipeError:
        broken_pipe()
    except OSError as error:
        raise _of_system(ctx, error) from error
    except Exception as error:
        from guiju.dsl.diagnostics import interrupted

        if interrupted(error):
            _say("")
            sys.exit(exits.INTERRUPTED)
        if _lacks_memory(error):
            raise Exhausted(
                ctx, "内存不足，没有做完。", "there is not enough memory: it was not finished."
            ) from error
        _internal(ctx, error)


def broken_pipe() -> NoReturn:
    """End quietly: nobody reads on."""
    discard_output()
    sys.exit(exits.BROKEN_PIPE)


def _of_system(ctx: click.Context, error: OSError) -> Ended:
    """What the system refused, as the end of the run; a refusal that names no file is our defect."""
    reason = error.strerror or str(error)
    if error.filename is None:
        if error.errno not in _MACHINE:
            _internal(ctx, error)
        discard_output()  # else the interpreter would fail at it once more, and end with its own status
        return Exhausted(ctx, f"写不出去：{reason}", f"cannot write: {reason}")
    kind = Exhausted if error.errno in _MACHINE else BadInput
    return kind(ctx, f"{error.filename}：{reason}", f"{error.filename}: {reason}")


def _lacks_memory(error: BaseException | None) -> bool:
    """Whether memory ran out, as Python says it or as a library does, here or in what led here."""
    while error is not None:
        if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
            return True
        if isinstance(error, SystemError) and _is_bounded():
            return True  # native code that got no memory, and did not say so
        error = error.__cause__ or error.__context__
    return False


def _is_bounded() -> bool:
    """Whether somebody bounded the memory of this process."""
    try:
        import resource
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def _say(text: str) -> None:
    """A line on the error stream, if it takes one: the exit status is told all the same."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


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
    _say(f"{zh if chinese else en}\n{summary}")
    if written is None:
        _say("  （详情无法写入文件）" if chinese else "  (the details could not be written)")
    elif chinese:
        _say(f"  详情已写入 {written}，报告问题时请附上它和出错的 .gj 文件。")
    else:
        _say(f"  Details are in {written}: report them together with the .gj files.")
    sys.exit(exits.INTERNAL)
