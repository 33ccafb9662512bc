"""``guiju compile``: rules made ready to answer, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import deciding, files
from guiju.cli.bilingual import Command, lang_option, option, say
from guiju.cli.failures import BadInput
from guiju.cli.options import progress_option

if TYPE_CHECKING:
    from guiju.decisions.artifact import Artifact

_ZH = """\
把条文编译成一个文件，供作答之用：谁优先于谁已经算好，作答时不再需要解析器和求解器。

其他命令把它当作路径：guiju decide 条文.gjc …。它只能由同一版本的 guiju 读取；摘要与条文相同。\
编译过的条文平时也留在缓存里，这个命令用于分发。

结束状态：0 已写入；2 参数或者条文有错，没有写入。"""

_EN = """\
Compile rules into one file that is ready to answer: who prevails over whom is worked out, and neither the \
parser nor the solver is needed any more.

Other commands take it for a path: guiju decide rules.gjc … Only the same version of guiju reads it; its \
digest is that of the rules. Compiled rules are also kept in the cache; this command is for handing them on.

Exit status: 0 written; 2 mistakes in arguments or rules, nothing was written."""


@click.command(
    "compile",
    cls=Command,
    words=(_ZH, _EN),
    examples=("guiju compile specs/ --output 条文.gjc", "guiju compile specs/ --output rules.gjc"),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="写入的文件，以 .gjc 结尾。",
    en="The file to write; it ends with .gjc.",
)
@progress_option
@lang_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], output: Path, progress: bool | None) -> None:
    from guiju.decisions.loading import SUFFIX

    if output.suffix != SUFFIX:
        raise BadInput(ctx, f"{output} 应以 {SUFFIX} 结尾", f"{output} must end with {SUFFIX}")
    rules = deciding.rules(ctx, paths, progress)
    files.write(output, _compressed(rules.artifact))
    zh = f"已写入 {output}：问题 {len(rules.questions)} 个，条文库 {rules.digest[:16]}…"
    en = f"wrote {output}: {len(rules.questions)} questions, corpus {rules.digest[:16]}…"
    click.echo(say(ctx, zh, en), err=True)


def _compressed(artifact: Artifact) -> bytes:
    import zlib

    from guiju.decisions.artifact import to_bytes

    norms = {name: artifact.norms(name) for name in artifact.head.topics}
    return zlib.compress(to_bytes(artifact.head, norms, artifact.corpus()))
