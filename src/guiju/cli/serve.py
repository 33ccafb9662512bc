"""``guiju serve``: decisions over HTTP."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli.bilingual import Command, lang_option, option
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    import socket

    from guiju.decisions.corpus import Corpus

_MEGABYTE = 1_000_000


@click.command(
    "serve",
    cls=Command,
    words=(
        "以 HTTP 提供决定：POST /v1/decide 一个案件，POST /v1/decide/batch 一批（每行一个），"
        "/v1/schema、/v1/questions、/v1/corpus 说明能问什么，/openapi.json 是完整的接口说明，"
        "/health、/ready、/metrics 供监控。\n\n"
        "没有 --keys 时只在本机回环地址上提供，除非写明 --open。每个答复先写入决定日志，再发出；"
        "写不进去就不答。SIGHUP 重新载入条文，不中断请求；新条文有错则继续用旧的。"
        "SIGTERM 停止：先答完正在处理的请求。",
        "Decisions over HTTP: POST /v1/decide for one case, POST /v1/decide/batch for many (one a line); "
        "/v1/schema, /v1/questions and /v1/corpus tell what can be asked, /openapi.json is the whole "
        "description, /health, /ready and /metrics are for those who watch.\n\n"
        "Without --keys it serves only this machine (loopback), unless --open is given. Each answer is in "
        "the decision log before it is sent; what cannot be recorded is not answered. SIGHUP loads the rules "
        "anew and drops no request; rules with mistakes do not replace the old ones. SIGTERM ends it, after "
        "the requests that are running.",
    ),
    examples=(
        "guiju serve                                     本机，端口 8000\n"
        "guiju keys add 综合窗口 --file keys.json          发一个密钥\n"
        "guiju serve specs/ --host 0.0.0.0 --keys keys.json --workers 2\n"
        "guiju serve --log postgresql+psycopg://…/decisions\n"
        "guiju serve --log none                          不记日志",
        "guiju serve                                     this machine, port 8000\n"
        "guiju keys add front-desk --file keys.json      hand out a key\n"
        "guiju serve specs/ --host 0.0.0.0 --keys keys.json --workers 2\n"
        "guiju serve --log postgresql+psycopg://.../decisions\n"
        "guiju serve --log none                          without a decision log",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--host", default="127.0.0.1", show_default=True, zh="监听的地址。", en="The address to listen at.")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    zh="端口；0：任一空闲端口，写在第一行日志里。",
    en="The port; 0: any that is free, named in the first line of the log.",
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    zh="进程数。",
    en="How many processes answer.",
)
@option(
    "--keys",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    zh="密钥文件（见 guiju keys）；有它则每个请求都要密钥。改动即时生效。",
    en="The file of keys (see guiju keys); with it every request needs one. Changes count at once.",
)
@option(
    "--open",
    "open_",
    is_flag=True,
    zh="没有密钥也向其他机器提供。",
    en="Serve other machines although there are no keys.",
)
@option(
    "--log",
    default="guiju-decisions.sqlite",
    show_default=True,
    metavar="FILE|URL|none",
    zh="决定日志：SQLite 文件，或 SQLAlchemy 的 URL；none：不记。",
    en="The decision log: a file of SQLite or a URL of SQLAlchemy; none: nothing is recorded.",
)
@option(
    "--max-body",
    type=click.IntRange(1_000, 100 * _MEGABYTE),
    default=_MEGABYTE,
    show_default=True,
    metavar="BYTES",
    zh="一个请求（或批中一行）的上限。",
    en="The most bytes of a request, or of a line of a batch.",
)
@option(
    "--max-values",
    type=click.IntRange(10, 1_000_000),
    default=2_000,
    show_default=True,
    zh="一个请求中值的个数上限：越多，作答越久。",
    en="The most values in a request: the more there are, the longer an answer takes.",
)
@option(
    "--max-batch",
    type=click.IntRange(1_000, 10_000 * _MEGABYTE),
    default=100 * _MEGABYTE,
    show_default=True,
    metavar="BYTES",
    zh="一批的上限；超过 1 MB 的部分暂存在磁盘上。",
    en="The most bytes of a batch; what is above 1 MB waits on the disk.",
)
@option(
    "--max-lines",
    type=click.IntRange(1, 100_000_000),
    default=100_000,
    show_default=True,
    zh="一批的行数上限。",
    en="The most lines of a batch.",
)
@option(
    "--timeout",
    type=click.FloatRange(0.1, 600),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    zh="一个请求（或批中一行）的时限。",
    en="The time for a request, or for a line of a batch.",
)
@option(
    "--concurrent",
    type=click.IntRange(1, 10_000),
    default=64,
    show_default=True,
    zh="一个进程同时处理的请求数；再多的答 503。",
    en="Requests that one process works on at a time; more get 503.",
)
@option(
    "--threads",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    zh="一个进程用于判定的线程数。",
    en="Threads of one process that decide.",
)
@option(
    "--grace",
    type=click.FloatRange(1, 600),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    zh="停止时留给正在处理的请求的时间。",
    en="The time that running requests get when the service is stopped.",
)
@option(
    "--reload-interval",
    type=click.FloatRange(0, 86_400),
    default=0.0,
    show_default=True,
    metavar="SECONDS",
    zh="每隔多久看条文是否改动；0：只在 SIGHUP 时重新载入。",
    en="How often to look whether the rules have changed; 0: they are loaded anew on SIGHUP only.",
)
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    host: str,
    port: int,
    workers: int,
    keys: Path | None,
    open_: bool,
    log: str,
    max_body: int,
    max_values: int,
    max_batch: int,
    max_lines: int,
    timeout: float,
    concurrent: int,
    threads: int,
    grace: float,
    reload_interval: float,
) -> None:
    _require_packages(ctx)
    from guiju.http import server
    from guiju.http.settings import Settings

    settings = Settings(
        paths=paths or (corpora.default(ctx),),
        keys=keys,
        log=None if log == "none" else log,
        max_body=max_body,
        max_values=max_values,
        max_lines=max_lines,
        max_batch=max_batch,
        timeout=timeout,
        concurrent=concurrent,
        threads=threads,
        grace=grace,
        reload_interval=reload_interval,
    )
    if keys is not None:
        _require_keys(ctx, keys)
    with closing(_bound(ctx, host, port, keys is None and not open_)) as listening:
        _require_log(ctx, settings.log)
        server.run(settings, listening, workers, _loaded(ctx, settings.paths))


def _require_packages(ctx: click.Context) -> None:
    from importlib.util import find_spec

    missing = [
        name for name in ("fastapi", "prometheus_client", "sqlalchemy", "uvicorn") if not find_spec(name)
    ]
    if missing:
        listed = ", ".join(missing)
        raise BadInput(
            ctx,
            f"缺少 {listed}：pip install 'guiju[http]'",
            f"{listed} is not installed: pip install 'guiju[http]'",
        )


def _require_keys(ctx: click.Context, path: Path) -> None:
    from guiju.cli.keys import warn_if_readable
    from guiju.http.keys import KeysError, read

    try:
        keys = read(path)
    except KeysError as error:
        raise BadInput(ctx, error.reason.zh, error.reason.en) from None
    if not keys:
        raise BadInput(
            ctx,
            f"{path} 中没有密钥：guiju keys add 名称 --file {path}",
            f"there is no key in {path}: guiju keys add NAME --file {path}",
        )
    warn_if_readable(ctx, path)


def _bound(ctx: click.Context, host: str, port: int, only_loopback: bool) -> socket.socket:
    from guiju.http.server import bind

    try:
        listening = bind(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            ctx, f"不能监听 {host}:{port}：{reason}", f"cannot listen at {host}:{port}: {reason}"
        ) from None
    if only_loopback and not _is_loopback(listening):
        listening.close()
        raise BadInput(
            ctx,
            f"{host} 能从其他机器访问，而没有密钥：用 --keys FILE，或写明 --open",
            f"{host} can be reached from other machines and there are no keys: give --keys FILE, or --open",
        )
    return listening


def _is_loopback(listening: socket.socket) -> bool:
    from ipaddress import ip_address

    return ip_address(str(listening.getsockname()[0]).partition("%")[0]).is_loopback


def _require_log(ctx: click.Context, where: str | None) -> None:
    """See that the log can be written before anybody asks."""
    from guiju.decisions.log import LogError, open_log

    if where is None:
        return
    try:
        open_log(where).close()
    except LogError as error:
        raise BadInput(ctx, error.reason.zh, error.reason.en) from None


def _loaded(ctx: click.Context, paths: tuple[Path, ...]) -> Corpus:
    from guiju.decisions.loading import InvalidSpecs, load

    try:
        return load(paths)
    except InvalidSpecs as error:
        corpora.show(ctx, error.diagnostics, error.sources)
        count = len(error.diagnostics)
        raise BadInput(
            ctx, f"条文中有 {count} 处错误，没有启动。", f"the rules have {count} mistake(s): not started."
        ) from None
    except ValueError as error:
        raise BadInput(ctx, f"条文不能用于决定：{error}", f"the rules cannot decide: {error}") from None
