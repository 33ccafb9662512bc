"""``guiju schema``: what can be asked, and what a case has to say for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import deciding
from guiju.cli.bilingual import Command, lang_option, option, say, width
from guiju.cli.failures import BadInput
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.decisions.corpus import Corpus
    from guiju.decisions.topics import Topic

_ZH = """\
案件的 JSON Schema：有哪些主体、事实和记录，各是什么类型、单位、范围，默认什么。

给出 --question 时只列与它有关的；x-needed 标明没有默认值、答案可能取决于它的事实。\
--list 列出可以问的全部问题，--example 写出一个可以由此开始的案件，--decision 是决定的 JSON Schema。

结束状态：0 已输出；2 参数或者条文有错。"""

_EN = """\
The JSON Schema of a case: which parties, facts and records there are, of which type, unit and range, and \
what is the default.

With --question only what bears on it; x-needed marks a fact without default, on which the answer may \
depend. --list lists every question that can be asked, --example writes a case to start from, --decision is \
the schema of a decision.

Exit status: 0 done; 2 mistakes in arguments or rules."""

_EXAMPLES_ZH = """\
guiju schema --list                             可以问什么
guiju schema --question 设摊                    案件要写什么
guiju schema --question 设摊 --example > 案件.json
guiju schema --decision                         决定的格式"""

_EXAMPLES_EN = """\
guiju schema --list                             what can be asked
guiju schema --question 设摊                    what a case has to say
guiju schema --question 设摊 --example > case.json
guiju schema --decision                         the shape of a decision"""


@click.command("schema", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--question", "-q", metavar="NAME", zh="只列与这个问题有关的。", en="Only what bears on this question."
)
@option("--list", "list_", is_flag=True, zh="列出可以问的问题。", en="List the questions that can be asked.")
@option(
    "--example",
    is_flag=True,
    zh="写出一个可以由此开始的案件；须有 --question。",
    en="Write a case to start from; needs --question.",
)
@option("--decision", is_flag=True, zh="决定的 JSON Schema。", en="The JSON Schema of a decision.")
@output_option
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    question: str | None,
    list_: bool,
    example: bool,
    decision: bool,
    output: Path | None,
) -> None:
    from guiju.decisions import schema
    from guiju.decisions.problems import InvalidInput

    if list_ + example + decision > 1:
        raise BadInput(
            ctx, "--list、--example、--decision 只能取一个", "give one of --list, --example and --decision"
        )
    if question is not None and (list_ or decision):
        raise BadInput(
            ctx,
            "--question 不能与 --list、--decision 同用",
            "--question goes with neither --list nor --decision",
        )
    if example and question is None:
        raise BadInput(ctx, "--example 须有 --question", "--example needs --question")
    if decision:
        corpora.emit(schema.decision_schema(), output)
        return
    rules = deciding.rules(ctx, paths)
    try:
        if list_:
            corpora.emit("".join(f"{line}\n" for line in _listed(ctx, rules)), output)
        elif example:
            assert question is not None
            corpora.emit(_dump(schema.example(rules, question)), output)
        else:
            corpora.emit(_dump(rules.schema(question)), output)
    except InvalidInput as error:
        deciding.refuse(ctx, error.problems)


def _listed(ctx: click.Context, rules: Corpus) -> Iterator[str]:
    """The questions about acts by party, then the outcomes with the values that they take."""
    from guiju.decisions.values import expected

    acts: dict[str, list[Topic]] = {}
    outcomes = []
    for topic in rules.questions.values():
        if topic.outcome is None:
            assert topic.deed is not None
            acts.setdefault(topic.deed.bearer, []).append(topic)
        else:
            outcomes.append((topic, rules.declarations.outcomes[topic.outcome].type))
    for party, topics in acts.items():
        yield party
        yield from (_line(ctx, rules, topic) for topic in topics)
    if outcomes:
        yield say(ctx, "结果", "outcomes")
    for topic, type_ in outcomes:
        values = expected(type_, rules.horizon)
        yield f"{_line(ctx, rules, topic)}{say(ctx, '；取值 ', '; values: ')}{values}"


def _line(ctx: click.Context, rules: Corpus, topic: Topic) -> str:
    """A question, how many rules answer it, and how many facts they need."""
    from guiju.decisions.schema import needed

    number = len({norm.rule for norm in rules.artifact.norms(topic.name)})
    facts = len(needed(rules, topic.name))
    padding = " " * max(32 - width(topic.name), 0)
    zh, en = f"规则 {number}，须给 {facts} 项", f"{number} rule(s), {facts} fact(s) needed"
    return f"  {topic.name}{padding}  {say(ctx, zh, en)}"


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
