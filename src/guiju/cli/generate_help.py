"""The words of ``guiju generate``."""

from __future__ import annotations

from typing import Final

#: What each criterion asks for, in a few words.
CRITERIA: Final = {
    "rule": ("每条规则适用与不适用", "each norm applies, and does not"),
    "clause": ("每个条件成立与不成立", "each clause true, and false"),
    "masking-mcdc": ("每个条件独自决定结论（MC/DC，屏蔽）", "each clause alone decides (masking MC/DC)"),
    "unique-cause-mcdc": (
        "每个条件独自决定，其余不变（MC/DC，唯一原因）",
        "each clause alone decides, the others unchanged (unique-cause MC/DC)",
    ),
    "boundary": ("边界：数、日期、历法", "boundaries of numbers, dates and the calendar"),
    "pairs": ("同一问题的两条规则同时适用", "two norms on one question apply together"),
    "defeats": ("一条规则让位于另一条", "a norm gives way to another"),
    "readings": ("读法不同，答复不同", "a reading changes the answer"),
    "pairwise": ("枚举值两两相遇", "each two values of enumerations meet"),
    "mutants": ("变异：规则中的小错都被发现", "mutants: each small mistake in a rule is noticed"),
}

_ZH = """\
由条文生成一套测试：每个测试是一个具体情形、所问的问题、应有的答复及其依据，以及为什么要有它。供对接方检验自己的实现，也供起草人审阅。

应有的答复由参考求值器给出，不由任何被测的实现给出。准则要求的每种情形，要么有测试，要么证明不可能，并写明是哪些条件使然；对规则的每个小错（变异），要么有测试能发现，要么证明它与原规则等价。

准则（--criteria，以逗号分隔；默认 all，mcdc 指两种 MC/DC）：
{criteria}

格式：jsonl（guiju conform 与 pytest 插件使用）、csv、xlsx（供审阅，可标记对错）、pytest（独立的测试模块）。\
审阅后的 xlsx 用 guiju generate review 读回；同名的目录请写作 ./review。

结束状态：0 已生成；2 参数或者条文有错；3 已生成，但有的要求在资源上限内未能判定，逐项列出。"""

_EN = """\
Make a test suite from the rules: each test is a concrete case, the question, the answer that is right with \
its grounds, and why the test is there. Integrators run it against their implementation, drafters review it.

What is expected is said by the reference evaluator, by none of what is tested. Whatever the criteria ask \
for has a test or is proved impossible, with the conditions that make it so; each small mistake in a rule (a \
mutant) is noticed by a test or proved to be none.

Criteria (--criteria, separated by commas; all by default, mcdc for both kinds of MC/DC):
{criteria}

Formats: jsonl (for guiju conform and the pytest plugin), csv, xlsx (for review, rows can be marked), pytest \
(a module that stands alone). guiju generate review reads a reviewed xlsx back; for a folder of that name \
write ./review.

Exit status: 0 made; 2 mistakes in arguments or rules; 3 made, but the budget did not suffice to decide all \
that was asked: what is left is listed."""

WORDS: Final = (
    _ZH.format(criteria="\n".join(f"{name}：{zh}。" for name, (zh, _) in CRITERIA.items())),
    _EN.format(criteria="\n".join(f"{name}: {en}." for name, (_, en) in CRITERIA.items())),
)

EXAMPLES: Final = (
    """\
guiju generate -o 测试.jsonl                          为 specs/ 生成全部测试
guiju generate 条文/ --for 设摊 -o 设摊.xlsx          一个问题，供审阅
guiju generate --for 市容办法 --criteria mcdc,boundary 一个文件，只要这些准则
guiju generate -o test_rules.py                       pytest 模块
guiju generate review 设摊.xlsx                       读回审阅意见
guiju conform 测试.jsonl --url http://localhost:8000/v1/decide""",
    """\
guiju generate -o suite.jsonl                          all tests for specs/
guiju generate rules/ --for 设摊 -o review.xlsx        one question, for review
guiju generate --for 市容办法 --criteria mcdc,boundary one instrument, only these criteria
guiju generate -o test_rules.py                        a pytest module
guiju generate review review.xlsx                      read the review back
guiju conform suite.jsonl --url http://localhost:8000/v1/decide""",
)
