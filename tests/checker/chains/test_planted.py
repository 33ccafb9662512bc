"""Faults planted into complete chains: the check finds these and no other.

Each chain speaks of facts of its own and of bodies of the world that the corpus shares; its guards, its terms
and who acts in it are drawn. Every chain is complete until a fault is put into it or beside it.
"""

from __future__ import annotations

from collections import Counter

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_files import WORLD
from guiju.checker.check import Options, check
from guiju.checker.load import load_texts
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

PARSER = Parser()  # its tables are worth building once

#: The findings that a fault can be, by its name.
FAULTS = {
    "dead end": "L001",
    "untold": "L002",
    "uncounted": "L003",
    "nobody acts": "L004",
    "no way back": "L005",
    "circle": "L006",
    "open step": "L007",
    "outside": "L008",
}

#: What a guard may ask for besides: facts of the world that no act brings about.
BACKGROUND = ("", " 且 摊主.再犯", " 且 摊主.年龄 > 60", " 且 非 摊主.噪声大", " 且 (摊主.占道 或 摊主.再犯)")
TERMS = ("1工作日", "10工作日", "15日", "1月", "48小时")


@frozen
class Chain:
    """A chain of steps: who acts and where, how each term and each guard reads, and what is wrong with it."""

    number: int
    place: str
    body: str
    other: str
    terms: tuple[str, ...]
    asked: tuple[str, ...]
    fault: str | None

    @property
    def name(self) -> str:
        return f"办法{'甲乙丙丁戊'[self.number]}"

    @property
    def matter(self) -> str:
        return f"案{'甲乙丙丁戊'[self.number]}"

    def expected(self) -> list[tuple[str, frozenset[str]]]:
        """The finding that must be made, with the rules that it is about."""
        if self.fault is None:
            return []
        rules = {
            "dead end": ("请托",),
            "untold": ("警告", "除名"),
            "uncounted": ("约谈", "曝光"),
            "nobody acts": ("执行",),
            "no way back": ("停业",),
            "circle": ("列名", "公布"),
            "open step": tuple(f"步{n}" for n in range(1, len(self.terms) + 1)),
            "outside": ("通报",),
        }[self.fault]
        return [(FAULTS[self.fault], frozenset(f"{self.name}.{rule}" for rule in rules))]

    def facts(self) -> list[str]:
        names = [f"步{n}" for n in range(len(self.terms) + 1)]
        names += ["请托", "警告", "裁定", "封存", "列名", "公布", "通报"]
        lines = [f"实体 {self.matter}"]
        lines += [f"  事实 已{name}: 是否 默认 否\n  事实 {name}日: 日期" for name in names]
        return [*lines, "  记录 约谈\n    字段 日子: 日期"]

    def acts(self) -> list[str]:
        names = [f"步{n}" for n in range(len(self.terms) + 1)]
        shown = [f"行为 {self.act(n)} 已作 {self.matter}.已{n} 作于 {self.matter}.{n}日" for n in names]
        told = ("请托", "警告", "裁定", "列名", "公布")
        shown += [f"行为 {self.act(name)} 已作 {self.matter}.已{name}" for name in told]
        shown += [f"行为 {self.act(name)} 对 摊主" for name in ("除名", "曝光", "执行")]
        shown.append(f"行为 {self.act('约谈')} 对 摊主 留痕 {self.matter}.约谈")
        shown.append(f"行为 {self.act('通报')} 流转 抄送")
        shown.append(f"行为 {self.act('停业')} 主体 摊主")
        return shown

    def act(self, name: str) -> str:
        return f"{name}{self.matter}"

    def rules(self) -> list[str]:
        header = f'文件 {self.name} 发布 市局 地域 {self.place} 施行 2020-01-01 目录 "第一条"'
        return [header, *self._steps(), *self._planted()]

    def _steps(self) -> list[str]:
        """Each step is handed to whoever takes the next one."""
        found = [f'规则 步0 见 "第一条" 当 摊主.占道 则 {self.body} 应 {self.act("步0")}']
        for number, (term, asked) in enumerate(zip(self.terms, self.asked, strict=True), 1):
            who, whom = (self.body, self.other) if number % 2 else (self.other, self.body)
            last = number == len(self.terms)
            to = "" if last else f" 致 {whom}"
            first = number == 1 and self.fault == "open step"
            within = "" if first else f" 限 {term} 自 {self.matter}.步{number - 1}日"
            guard = f"{self.matter}.已步{number - 1}{asked}"
            found.append(
                f'规则 步{number} 见 "第一条" 当 {guard} 则 {who} 应 {self.act(f"步{number}")}{to}{within}'
            )
        return found

    def _planted(self) -> list[str]:
        matter, body, other, act = self.matter, self.body, self.other, self.act
        counted = f"个数({matter}.约谈 其中 日子 >= 今日 - 1年) 至少 2"
        lines = {
            None: [],
            "open step": [],
            "dead end": [f"请托 当 {matter}.已封存 则 {body} 应 {act('请托')} 致 {other}"],
            "untold": [
                f"警告 当 {matter}.已封存 则 {body} 应 {act('警告')}",
                f"除名 当 {matter}.已警告 则 {other} 应 {act('除名')}",
            ],
            "uncounted": [
                f"约谈 当 {matter}.已封存 则 {body} 应 {act('约谈')}",
                f"曝光 当 {counted} 则 {other} 应 {act('曝光')}",
            ],
            "nobody acts": [f"执行 当 {matter}.已裁定 则 {body} 应 {act('执行')}"],
            "no way back": [f"停业 当 {matter}.已封存 则 摊主 不得 {act('停业')} 期 未定 自 {matter}.封存日"],
            "circle": [
                f"列名 当 {matter}.已公布 则 {body} 应 {act('列名')}",
                f"公布 当 {matter}.已列名 则 {body} 应 {act('公布')}",
            ],
            "outside": [f"通报 当 {matter}.已封存 则 {body} 应 {act('通报')} 抄送 {self.stranger}"],
        }[self.fault]
        return [f'规则 {name} 见 "第一条" {rest}' for name, rest in (line.split(" ", 1) for line in lines)]

    @property
    def stranger(self) -> str:
        """A body of another district."""
        return "西区局" if self.place == "东区" else "东区局"


@st.composite
def chains(draw: st.DrawFn, number: int, fault: str | None) -> Chain:
    """A chain of two to four steps between two bodies of one place."""
    districts = (("东区", "东区局", "市局"), ("西区", "西区局", "市局"))
    city = (("市", "市局", "东区局"),) if fault != "outside" else ()
    place, body, other = draw(st.sampled_from((*districts, *city)))
    count = draw(st.integers(2, 4))
    terms = draw(st.lists(st.sampled_from(TERMS), min_size=count, max_size=count).map(tuple))
    asked = draw(st.lists(st.sampled_from(BACKGROUND), min_size=count, max_size=count).map(tuple))
    return Chain(number, place, body, other, terms, asked, fault)


@st.composite
def planted(draw: st.DrawFn) -> list[Chain]:
    """One to three chains, each sound or with one fault."""
    faults = draw(st.lists(st.sampled_from((None, *FAULTS)), min_size=1, max_size=3))
    return [draw(chains(number, fault)) for number, fault in enumerate(faults)]


def found(drawn: list[Chain]) -> Counter[tuple[str, frozenset[str]]]:
    """The errors and warnings of a check of chains, with the rules that each is about."""
    lines = [line for chain in drawn for line in (*chain.facts(), *chain.acts())]
    lines += [line for chain in drawn for line in chain.rules()]
    texts = {str(WORLD): WORLD.read_text(encoding="utf-8"), "chains.gj": "\n".join(lines)}
    loaded = load_texts(texts, parsed)
    assert loaded.corpus is not None, loaded.diagnostics
    report = check(loaded.corpus, Options(families=frozenset({"chain"})))
    assert report.undecided == ()
    return Counter(
        (each.code, frozenset(norm.rule or "" for norm in each.norms))
        for each in report.findings
        if each.code in FAULTS.values()
    )


def parsed(sources: list[Source]) -> list[Parsed]:
    return [PARSER.parse(source) for source in sources]


def expected(drawn: list[Chain]) -> Counter[tuple[str, frozenset[str]]]:
    return Counter(each for chain in drawn for each in chain.expected())


@pytest.mark.parametrize("fault", [None, *FAULTS])
@settings(max_examples=3)
@given(data=st.data())
def test_a_fault_is_found_and_nothing_else(fault: str | None, data: st.DataObject) -> None:
    """Of each kind by itself, and a complete chain."""
    drawn = [data.draw(chains(0, fault))]
    assert found(drawn) == expected(drawn)


@settings(max_examples=10)
@given(planted())
def test_faults_in_several_chains_are_found_and_nothing_else(drawn: list[Chain]) -> None:
    """None hides another, and none is made by another."""
    assert found(drawn) == expected(drawn)


@pytest.mark.slow
@settings(max_examples=500)
@given(planted())
def test_faults_in_many_corpora_are_found_and_nothing_else(drawn: list[Chain]) -> None:
    """The same for long."""
    assert found(drawn) == expected(drawn)
