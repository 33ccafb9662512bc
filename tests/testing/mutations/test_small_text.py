"""What can be written wrong in a text of a few rules (``stall_rules``), operator by operator, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve

from guiju.compiler.kernel import Answer, Combination, Modality, Strength, Today
from guiju.testing.mutant import Mutant
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.rules import Rules
from stall_rules import stalls


def rules(topic: str) -> Rules:
    corpus = stalls()
    asked = evolve(corpus.kernel, norms=corpus.artifact.norms(topic))
    return Rules(corpus.questions[topic], asked, corpus.artifact.head.defeats)


def of(topic: str, norm: str, operator: str) -> list[Mutant]:
    """The mutants of one norm by one operator."""
    return [m for m in mutants(rules(topic)) if m.id.startswith(f"{norm}#{operator}-")]


WRITTEN: Sequence[tuple[str, str, str, list[str]]] = [
    (
        "摊主·出摊",
        "市办法.未成年",
        "threshold",
        ["摊主.年龄少于 18 岁 写成 摊主.年龄少于 17 岁", "摊主.年龄少于 18 岁 写成 摊主.年龄少于 19 岁"],
    ),
    (
        "摊主·夜间经营",
        "省条例.登记者可出摊",
        "threshold",
        [
            "摊主.面积不超过 10.00 平米 写成 摊主.面积不超过 9.99 平米",
            "摊主.面积不超过 10.00 平米 写成 摊主.面积不超过 10.01 平米",
        ],
    ),
    ("摊主·出摊", "市办法.熟食", "threshold", ["摊主.经营为“熟食” 写成 摊主.经营为“百货”"]),
    (
        "摊主·出摊",
        "市办法.未成年",
        "comparison",
        ["摊主.年龄少于 18 岁 写成 摊主.年龄不超过 18 岁", "摊主.年龄少于 18 岁 写成 摊主.年龄超过 18 岁"],
    ),
    ("摊主·出摊", "市办法.熟食", "comparison", ["摊主.经营为“熟食” 写成 摊主.经营不为“熟食”"]),
    ("摊主·出摊", "市办法.熟食", "condition", ["漏了条件：摊主.经营为“熟食”"]),
    ("摊主·出摊", "市办法.熟食", "exception", ["漏了例外：摊主.健康证"]),
    (
        "摊主·出摊",
        "市办法.熟食",
        "connective",
        ["且 写成 或：摊主.经营为“熟食” 至 非 摊主.健康证，共 2 项"],
    ),
    ("摊主·出摊", "市办法.熟食", "negation", ["摊主.健康证 写反"]),
    ("摊主·占用道路", "市办法.不占道", "condition", []),
    (
        "处理",
        "市办法.占道处理/1",
        "condition",
        [
            "漏了条件：摊主.占道",
            "漏了条件：有摊主.处罚（档次为“警告”）",
            "漏了条件：有摊主.处罚（摊主.处理日前 1 年不晚于 日子）",
        ],
    ),
    (
        "最高档次",
        "市办法.再犯/1",
        "threshold",
        [
            "摊主.处罚（摊主.处理日前 1 年不晚于 日子）不少于 2 条 写成"
            " 有摊主.处罚（摊主.处理日前 1 年不晚于 日子）",
            "摊主.处罚（摊主.处理日前 1 年不晚于 日子）不少于 2 条 写成"
            " 摊主.处罚（摊主.处理日前 1 年不晚于 日子）不少于 3 条",
        ],
    ),
    (
        "最高档次",
        "市办法.再犯/1",
        "duration",
        [
            f"摊主.处理日前 1 年 写成 摊主.处理日{w}"
            for w in ("前 13 个月", "前 11 个月", "前 2 年", "后 0 个月")
        ],
    ),
    (
        "最高档次",
        "市办法.再犯/1",
        "unit",
        ["摊主.处理日前 1 年 写成 摊主.处理日前 12 日", "摊主.处理日前 1 年 写成 摊主.处理日前 1 个月"],
    ),
    (
        "最高档次",
        "市办法.再犯/1",
        "clipping",
        ["摊主.处理日前 1 年 写成 摊主.处理日前 1 年（无对应日的顺至次月）"],
    ),
    (
        "摊主·报送回执",
        "市办法.回执/2",
        "duration",
        [f"摊主.收件日后 5 个工作日 写成 摊主.收件日后 {n} 个工作日" for n in (4, 6)],
    ),
    ("摊主·报送回执", "市办法.回执/2", "unit", ["摊主.收件日后 5 个工作日 写成 摊主.收件日后 5 日"]),
    ("摊主·报送回执", "市办法.回执/1", "modality", ["应 写成 可"]),
    ("摊主·报送回执", "市办法.回执/1", "law-date", ["摊主.收件日 写成 今日"]),
    ("摊主·出摊", "市办法.未成年", "modality", ["不得 写成 可"]),
    ("摊主·夜间经营", "省条例.登记者可出摊", "modality", ["可 写成 不得"]),
    ("摊主·出摊", "市办法.从严", "strength", ["原则性规定 写成 硬性规定"]),
    ("处理", "市办法.再犯/2", "strength", ["裁量规定 写成 硬性规定"]),
    ("最高档次", "市办法.再犯/1", "value", ["停摊 写成 警告", "停摊 写成 清退", "漏了数值：停摊"]),
    (
        "费用",
        "市办法.收费",
        "value",
        ["12.50 元 写成 12.49 元", "12.50 元 写成 12.51 元", "漏了数值：12.50 元"],
    ),
    ("费用", "市办法.收费", "territory", ["市 写成 省", "市 写成 东区"]),
    (
        "费用",
        "市办法.收费",
        "force",
        ["施行日：2020-01-01 写成 2019-12-31", "施行日：2020-01-01 写成 2020-01-02", "漏了施行日"],
    ),
    (
        "费用",
        "东区细则.东区收费",
        "prevailing",
        ["漏了 市办法.收费 优先于 东区细则.东区收费", "市办法.收费 优先于 东区细则.东区收费 写反"],
    ),
    ("费用", "市办法.收费", "combination", ["单一 写成 并处"]),
    ("最高档次", "市办法.占道处理/2", "combination", ["从重 写成 从轻"]),
    ("摊主·出摊", "市办法.未成年", "combination", []),
]


@pytest.mark.parametrize(("topic", "norm", "operator", "texts"), WRITTEN)
def test_what_is_written_wrong(topic: str, norm: str, operator: str, texts: list[str]) -> None:
    found = of(topic, norm, operator)
    assert [m.text.zh for m in found] == texts
    assert [m.id for m in found] == [f"{norm}#{operator}-{n}" for n in range(1, len(texts) + 1)]
    assert all(m.operator == operator and norm in m.norms for m in found)


def test_the_english_says_the_same() -> None:
    texts = [m.text.en for m in mutants(rules("摊主·出摊")) if m.norms == ("市办法.熟食",)]
    assert texts[:6] == [
        "the condition left out: 摊主.经营 is 熟食",
        "the exception left out: 摊主.健康证",
        "and written as or: 2 conditions, from 摊主.经营 is 熟食 to not 摊主.健康证",
        "摊主.经营 is 熟食 written as 摊主.经营 is not 熟食",
        "摊主.健康证: written as the contrary",
        "摊主.经营 is 熟食 written as 摊主.经营 is 百货",
    ]


def test_a_mistake_about_days_in_force_is_a_header_of_its_own() -> None:
    """The other norms of the instrument keep the right one."""
    before = rules("费用")
    (first, _, dropped) = of("费用", "市办法.收费", "force")
    after = first.of(before)
    (wrong, right) = after.corpus.norms
    assert wrong.instrument not in before.corpus.instruments
    assert after.corpus.instruments[wrong.instrument].title == before.corpus.instruments["市办法"].title
    assert after.corpus.instruments["市办法"] == before.corpus.instruments["市办法"]
    assert right == before.corpus.norms[1]
    (forever, _) = dropped.of(before).corpus.norms
    assert dropped.instruments[forever.instrument].start is None


def test_who_prevails() -> None:
    before = rules("费用")
    pair = ("市办法.收费", "东区细则.东区收费")
    (dropped, reversed_) = of("费用", "东区细则.东区收费", "prevailing")
    assert dropped.of(before).defeats == {p: d for p, d in before.defeats.items() if p != pair}
    assert pair not in reversed_.of(before).defeats
    assert reversed_.of(before).defeats[pair[::-1]].winner == "东区细则.东区收费"
    assert dropped.norms == pair


def test_how_answers_combine() -> None:
    before = rules("最高档次")
    (mutant,) = of("最高档次", "市办法.占道处理/2", "combination")
    assert mutant.of(before).corpus.combination(mutant.question) is Combination.MILDEST
    assert mutant.of(before).corpus.norms == before.corpus.norms


def test_positions_and_the_date_of_the_law() -> None:
    (taken,) = of("摊主·出摊", "市办法.未成年", "modality")
    (soft,) = of("摊主·出摊", "市办法.未成年", "strength")
    (_, _, left_open) = of("费用", "市办法.收费", "value")
    (today,) = of("摊主·报送回执", "市办法.回执/1", "law-date")
    assert taken.norm is not None
    assert taken.norm.position is Modality.PERMITTED
    assert soft.norm is not None
    assert soft.norm.strength is Strength.DISCRETIONARY
    assert left_open.norm is not None
    assert left_open.norm.position == Answer(None)
    assert today.norm is not None
    assert today.norm.law_date == Today()
