"""``guiju keys``: who may ask the service. A key is shown once; the file holds only its digest."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli import exits
from guiju.cli.bilingual import Command, lang_option, option, say
from guiju.cli.failures import BadInput


@click.command(
    "keys",
    cls=Command,
    words=(
        "管理服务的密钥。add 为一个名称发密钥，只显示这一次；list 列出名称；revoke 作废。"
        "文件只存摘要。正在运行的服务立即采用改动后的文件。",
        "The keys of the service. add makes one for a name and shows it this once; list names those that "
        "have one; revoke takes one back. The file holds digests only. A running service heeds the file at "
        "once when it changes.",
    ),
    examples=(
        "guiju keys add 综合窗口 --file keys.json\nguiju keys list --file keys.json\n"
        "guiju keys revoke 综合窗口 --file keys.json\nguiju serve --keys keys.json",
        "guiju keys add front-desk --file keys.json\nguiju keys list --file keys.json\n"
        "guiju keys revoke front-desk --file keys.json\nguiju serve --keys keys.json",
    ),
)
@click.argument("action", type=click.Choice(("add", "list", "revoke")))
@click.argument("name", required=False)
@option(
    "--file",
    "-f",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("guiju-keys.json"),
    show_default=True,
    metavar="FILE",
    zh="密钥文件。",
    en="The file of keys.",
)
@lang_option
@click.pass_context
def command(ctx: click.Context, action: str, name: str | None, file: Path) -> None:
    from guiju.http import keys

    if (name is None) != (action == "list"):
        raise BadInput(
            ctx,
            "list 之后没有名称，add 和 revoke 之后有一个：guiju keys add 名称",
            "list takes no name, add and revoke take one: guiju keys add NAME",
        )
    try:
        if name is None:
            for each in keys.read(file):
                click.echo(each.name)
        elif action == "add":
            token = keys.add(file, name)
            click.echo(say(ctx, "密钥只显示这一次：", "The key, which is shown this once:"), err=True)
            click.echo(token)
        else:
            keys.revoke(file, name)
    except keys.KeysError as error:
        raise BadInput(ctx, error.reason.zh, error.reason.en) from None
    warn_if_readable(ctx, file)
    ctx.exit(exits.CLEAN)


def warn_if_readable(ctx: click.Context, path: Path) -> None:
    """Warn when others than the owner may read the file of keys."""
    from guiju.http.keys import is_readable_by_others

    if is_readable_by_others(path):
        text = say(
            ctx,
            f"警告：其他用户可以读 {path}：chmod 600 {path}",
            f"warning: other users can read {path}: chmod 600 {path}",
        )
        click.echo(text, err=True)
