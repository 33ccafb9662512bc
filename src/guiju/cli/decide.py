"""``guiju decide``: what the rules say of one case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from guiju.cli import corpus as corpora
from guiju.cli import decide_batch, deciding
from guiju.cli.bilingual import Command, lang_option, language, option
from guiju.cli.failures import BadInput
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.decisions.corpus import Corpus
    from guiju.decisions.decision import Decision
    from guiju.decisions.ways import Way

_ZH = """\
对一个案件作答：可否、依据哪些条款、义务及其期限、应受的惩戒、违反而没有惩戒的、换一种读法会怎样。

案件是一个 JSON 对象，按主体列出事实；没有给出的取默认值，没有默认值的为未知。guiju schema 说明有哪些事实。\
不给 --question 时，答复涉及所给主体的全部问题。不给 --on 时问的是今天（北京时间），答复中写明日期。

路径是条文，或者一个编译好的 .gjc；不给路径时用当前目录下的 specs/，没有则用随附的条文。

给 --input 时对文件的每一行作答，写入 --output；有错的行连同每处错误写入另一个文件。见 docs/howto/batch.md。

结束状态：0 已作答，无论答案如何；2 参数、条文或案件有错，逐一列出，没有作答；3 有的事实未知，不能确定。\
--input：0 每行都已作答；1 有的行被拒；2 文件不能用，什么也没有写。"""

_EN = """\
Answer one case: the verdict and the provisions it rests on, duties with their due dates, sanctions, \
violations that draw none, and what another reading would change.

A case is a JSON object of facts by party. What is not given takes its default, and is unknown without one; \
guiju schema tells which facts there are. Without --question every question that concerns the parties of the \
case is answered; without --on it is asked of today (in China), and the answer says so.

A path is a file or a directory of rules, or one compiled .gjc; by default specs/ here, else the rules that \
come with guiju.

With --input every row of a file is answered, into --output; rows with mistakes go to another file with each \
of them. See docs/howto/batch.md.

Exit status: 0 answered, whatever the answer; 2 mistakes in arguments, rules or case: all of them are listed \
and nothing was answered; 3 undetermined, because facts are unknown. With --input: 0 every row was answered; \
1 some were rejected; 2 the file cannot be used, and nothing was written."""

_EXAMPLES_ZH = """\
guiju decide --case 案件.json --question 设摊 --at 北苑区
guiju decide 条文/ --case - --question 设摊 --on 2026-03-01 --at 北苑区 < 案件.json
guiju decide --case 案件.json --question 设摊 --at 北苑区 --ways        怎样才可以
guiju decide --case 案件.json --at 北苑区 --format json -o 决定.json   留作记录
guiju decide --input 案件.csv --question 设摊 --on 2026-03-01 --at 北苑区 --output 答复.csv"""

_EXAMPLES_EN = """\
guiju decide --case case.json --question 设摊 --at 北苑区
guiju decide rules/ --case - --question 设摊 --on 2026-03-01 --at 北苑区 < case.json
guiju decide --case case.json --question 设摊 --at 北苑区 --ways          what would make it eligible
guiju decide --case case.json --at 北苑区 --format json -o decision.json  keep a record
guiju decide --input cases.csv --question 设摊 --on 2026-03-01 --at 北苑区 --output answers.csv"""


@click.command("decide", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--case",
    "case",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    zh="案件的 JSON 文件；- 为标准输入。",
    en="The case, a file of JSON; - is the standard input.",
)
@option(
    "--question", "-q", metavar="NAME", zh="所问：行为或者结果的名称。", en="An act or an outcome, by name."
)
@option(
    "--on", metavar="YYYY-MM-DD", zh="所问之日；默认今天。", en="The day that is asked about; default today."
)
@option("--at", metavar="PLACE", zh="地域。", en="The territory.")
@option(
    "--law-date",
    metavar="YYYY-MM-DD",
    zh="适用这一天的规定，而不是各规则所涉事实当日的。",
    en="Apply the law of this day, instead of that of the facts each rule is about.",
)
@option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=CHOICE",
    zh="选取一处含糊的读法；可以重复。",
    en="Choose for a reading; repeatable.",
)
@option(
    "--ways",
    is_flag=True,
    zh="另外说明怎样才可以：改变哪些可改的事实，等到哪一天。",
    en="Also say what would make it eligible: which facts to change, until when to wait.",
)
@option("--format", type=click.Choice(("text", "json")), zh="输出格式。", en="The format.")
@output_option
@decide_batch.options
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    case: Path | None,
    question: str | None,
    on: str | None,
    at: str | None,
    law_date: str | None,
    readings: tuple[str, ...],
    ways: bool,
    format: str | None,
    output: Path | None,
    **batch: Any,
) -> None:
    if decide_batch.wanted(ctx, batch):
        same = (paths, case, question, on, at, law_date, readings, ways, format, output)
        decide_batch.run(ctx, decide_batch.Given(*same), batch)
    from guiju.compiler.verdicts import Verdict
    from guiju.decisions.problems import InvalidInput

    if case is None:
        raise BadInput(ctx, "缺少案件：--case FILE", "there is no case: give --case FILE")
    if ways and question is None:
        raise BadInput(ctx, "--ways 须有 --question", "--ways needs --question")
    given = deciding.case(ctx, case)
    chosen = deciding.readings(ctx, readings)
    rules = deciding.rules(ctx, paths)
    if at is None:
        known = "、".join(rules.places)
        raise BadInput(ctx, f"缺少地域：--at，可以是 {known}", f"no place: give --at, one of {known}")
    try:
        decision = rules.decide(
            cast("Any", given),  # whatever it is: it is for the corpus to refuse
            question,
            on=on or deciding.today(),
            at=at,
            law_date=law_date,
            readings=chosen,
        )
        found = _ways(ctx, rules, decision) if ways else None
    except InvalidInput as error:
        deciding.refuse(ctx, error.problems, format, output)
    _write(ctx, rules, decision, found, format, output)
    ctx.exit(deciding.status(any(each.verdict is Verdict.UNDETERMINED for each in decision.answers)))


def _ways(ctx: click.Context, rules: Corpus, decision: Decision) -> tuple[Way, ...]:
    from guiju.decisions.ways import ways

    assert decision.question is not None
    if rules.questions[decision.question].deed is None:
        raise BadInput(
            ctx,
            f"--ways 只能问行为；“{decision.question}”是结果",
            f"--ways is about acts; {decision.question} is an outcome",
        )
    return ways(rules, decision)


def _write(
    ctx: click.Context,
    rules: Corpus,
    decision: Decision,
    found: tuple[Way, ...] | None,
    format: str | None,
    output: Path | None,
) -> None:
    if format == "json":
        document = decision.to_dict()
        if found is not None:
            from guiju.decisions.ways import to_dict

            document["ways"] = [to_dict(each) for each in found]
        corpora.emit(json.dumps(document, ensure_ascii=False, indent=2) + "\n", output)
        return
    from guiju.checker.report.layout import View
    from guiju.decisions.summary import decision_lines

    view = View(language(ctx), corpus=rules.declarations)
    lines = list(decision_lines(decision, view))
    if found is not None:
        from guiju.decisions.ways import lines as ways_lines

        lines += ways_lines(found, view)
    deciding.show(lines, format, output)
