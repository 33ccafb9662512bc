"""What ``guiju --help`` prints, as data: shown without loading the parser of arguments, so that it is quick.

A command is declared here and lives in the module of the same name; ``app`` imports it when it is called.
"""

from __future__ import annotations

import os

#: Each command with one line on what it does, in Chinese and English.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": (
        "检查条文：冲突、空白、失效的规定，各附一个具体情形",
        "find conflicts, gaps and dead rules, each with a case",
    ),
    "verify": ("重新证明一次检查，与证书比较", "prove a check again and compare it with its certificate"),
    "chain": (
        "谁向谁报告移送，全程多久，哪里断了",
        "who hands over to whom, how long it takes, where it breaks",
    ),
    "compare": ("把各地对同一问题的规定并列成表", "put what each place says of one question side by side"),
    "decide": (
        "对一个案件作答：可否、依据、义务、惩戒",
        "answer a case: the verdict, its grounds, duties, sanctions",
    ),
    "compile": ("把条文编译成一个可以直接作答的文件", "compile rules into one file that is ready to answer"),
    "replay": ("按记录重新作出决定，看是否相同", "make recorded decisions again: are they the same?"),
    "schema": ("列出可问的问题，以及案件的 JSON Schema", "what can be asked, and the JSON Schema of a case"),
    "interview": ("逐一询问事实，直到答案确定", "ask for one fact at a time until the answer is definite"),
    "generate": (
        "由条文生成一套测试：边界、条件组合、规则中的小错",
        "make a test suite: boundaries, combinations, small mistakes",
    ),
    "conform": ("用一套测试检验另一个实现", "run a suite against another implementation"),
    "diff": ("两个版本的条文，答复有什么不同", "what two versions of rules answer differently"),
    "explain": ("解释一个结论的代码", "explain the code of a finding"),
    "format": ("整理 .gj 文件的格式", "format .gj files"),
    "coverage": ("列出哪些条款已编码，哪些没有", "list which articles are encoded and which are not"),
    "source": (
        "核对文本与编码，切分文本，检查文本本身",
        "compare texts with what is encoded, cut them, look them over",
    ),
    "serve": ("以 HTTP 提供决定", "decide over HTTP"),
    "keys": ("管理服务的密钥", "hand out keys of the service, and take them back"),
    "log": ("核对、查看和导出决定日志", "verify, show and export a decision log"),
}

_ZH = """\
规矩：让规章可以检查。

用法：guiju [--lang zh|en] 命令 [选项]…

命令：
{commands}

选项：
  --lang zh|en  输出的语言（默认 zh，或环境变量 GUIJU_LANG）
  --version     显示版本
  --help        显示本说明；guiju 命令 --help 显示该命令的说明

例：
  guiju check                       检查当前目录下的 specs/
  guiju check 草案/ --lang zh       检查一个目录
  guiju check --between A B         只看两个文件之间的结论
  guiju explain C103                C103 是什么意思，怎么办
"""

_EN = """\
Guiju (规矩): makes regulations checkable.

Usage: guiju [--lang zh|en] COMMAND [OPTIONS]...

Commands:
{commands}

Options:
  --lang zh|en  the language of the output (default zh, or the variable GUIJU_LANG)
  --version     show the version
  --help        show this; guiju COMMAND --help shows the help of a command

Examples:
  guiju check                       check specs/ in the current directory
  guiju check drafts/ --lang en     check a directory
  guiju check --between A B         only findings between two instruments
  guiju explain C103                what C103 means and what to do about it
"""


def text(lang: str) -> str:
    """The help of the program in one language."""
    rows = [f"  {name:<10} {words[lang == 'en']}" for name, words in COMMANDS.items()]
    return (_ZH if lang == "zh" else _EN).format(commands="\n".join(rows))


def language(arguments: list[str]) -> str | None:
    """The language to show the help of the program in, or None when more than that is asked for."""
    if "_GUIJU_COMPLETE" in os.environ:  # a shell asks for completions
        return None
    match arguments:
        case [] | ["--help"] | ["-h"]:
            chosen = "en" if os.environ.get("GUIJU_LANG") == "en" else "zh"
        case ["--lang", chosen, "--help" | "-h"]:
            pass
        case _:
            return None
    return chosen if chosen in ("zh", "en") else None
