"""How long a command may take and how much memory it may use: for rules that come from strangers.

A solver's budget bounds each question; these bound the whole. Nothing is written when one is exceeded.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from typing import TypeVar

import click

from guiju.cli import exits
from guiju.cli.bilingual import option, say
from guiju.cli.failures import BadInput
from guiju.cli.observer import Observer

F = TypeVar("F", bound=Callable[..., object])


def limit_options(function: F) -> F:
    """Declare ``--time-limit`` and ``--memory-limit``; they take effect by themselves."""
    timed = option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        expose_value=False,
        callback=_bound_time,
        zh="至多运行这么多秒，超过时不出结果，结束状态 71。",
        en="Give up after so many seconds, without a result; the exit status is then 71.",
    )
    return timed(
        option(
            "--memory-limit",
            type=click.IntRange(min=1),
            metavar="MIB",
            expose_value=False,
            callback=_bound_memory,
            zh="至多使用这么多 MiB 内存（每个进程），超过时不出结果，结束状态 71。",
            en="Give up when a process needs more MiB, without a result; the exit status is then 71.",
        )(function)
    )


def _bound_time(ctx: click.Context, parameter: click.Parameter, seconds: float | None) -> None:
    if seconds is None:
        return
    reason = say(
        ctx, f"{seconds:g} 秒内没有做完，没有结果。", f"not done within {seconds:g} s: there is no result."
    )
    observer = ctx.find_root().obj

    def expire() -> None:
        os.write(2, f"{say(ctx, '错误：', 'error: ')}{reason}\n".encode())
        for child in multiprocessing.active_children():
            child.kill()
        if isinstance(observer, Observer):
            observer.dismiss()
        os._exit(exits.EXHAUSTED)  # the main thread may be in native code and hear nothing

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    ctx.find_root().call_on_close(timer.cancel)


def _bound_memory(ctx: click.Context, parameter: click.Parameter, mebibytes: int | None) -> None:
    if mebibytes is None:
        return
    try:
        import resource
    except ImportError as error:
        raise BadInput(
            ctx, "这个系统不能限制内存", "this system cannot bound the memory of a process"
        ) from error
    bound = mebibytes << 20
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or bound < most:
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))
