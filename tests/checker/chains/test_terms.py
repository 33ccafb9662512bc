"""Terms that hang on what nothing bounds: what one place leaves open, the rules of another do not bound."""

from __future__ import annotations

from corpus_files import WORLD
from guiju.checker.ask import Asker
from guiju.checker.chains import terms
from guiju.checker.chains.links import Links
from guiju.checker.chains.timeline import timeline
from guiju.checker.check import DEFAULT_BUDGET
from guiju.checker.load import load_texts
from guiju.compiler import smt
from guiju.compiler.kernel import Corpus

VOCABULARY = """
实体 案件
  事实 已查实: 是否 默认 否
  事实 查实日: 日期
  事实 已调查: 是否 默认 否
  事实 调查日: 日期
  事实 已处理: 是否 默认 否
  事实 办结日: 日期
行为 查实 已作 案件.已查实 作于 案件.查实日
行为 调查 已作 案件.已调查 作于 案件.调查日
行为 处理案件 已作 案件.已处理 作于 案件.办结日
"""


def instrument(name: str, body: str, place: str, term: str = "") -> str:
    return f"""
文件 {name} 发布 {body} 地域 {place} 施行 2020-01-01
规则 查实 当 摊主.占道 则 {body} 应 查实
规则 调查 当 案件.已查实 则 {body} 应 调查 {term and f"{term} 自 案件.查实日"}
规则 处理 当 案件.已调查 则 {body} 应 处理案件 限 10工作日 自 案件.调查日
"""


EAST_OPEN = instrument("东区细则", "东区局", "东区")
WEST_BOUND = instrument("西区细则", "西区局", "西区", "限 5工作日")
CITY_BOUND = instrument("市办法", "市局", "市", "限 5工作日")


def corpus_of(*rules: str) -> Corpus:
    texts = {str(WORLD): WORLD.read_text(encoding="utf-8"), "rules.gj": VOCABULARY + "".join(rules)}
    loaded = load_texts(texts)
    assert loaded.corpus is not None, loaded.diagnostics
    return loaded.corpus


def unbounded(*rules: str) -> list[set[str]]:
    """The rules of each chain whose timetable does not hold."""
    corpus = corpus_of(*rules)
    links = Links.of(corpus)
    asker = Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET))
    return [{n.rule or "" for n in f.norms} for f in terms.unbounded(timeline(links), links, asker)]


OPEN_IN_THE_EAST = {"东区细则.调查", "东区细则.处理"}


def test_the_term_of_another_district_bounds_nothing() -> None:
    """They share the vocabulary and not a single case."""
    assert unbounded(EAST_OPEN) == [OPEN_IN_THE_EAST]
    assert unbounded(EAST_OPEN, WEST_BOUND) == [OPEN_IN_THE_EAST]
    assert unbounded(WEST_BOUND) == []


def test_the_term_of_the_city_bounds_what_its_district_leaves_open() -> None:
    """There both apply."""
    assert unbounded(EAST_OPEN, CITY_BOUND) == []


def test_what_holds_at_a_place_is_ordered_by_its_rules_and_those_above() -> None:
    """Neither by those beside it nor by those below."""
    corpus = corpus_of(EAST_OPEN, WEST_BOUND, CITY_BOUND)
    order = timeline(Links.of(corpus))
    assert set(order.places()) == {"东区", "西区", "市"}
    for place, covering in (("东区", {"东区", "市"}), ("西区", {"西区", "市"}), ("市", {"市"})):
        here = order.at(place, corpus)
        assert {leg.step.norm.territory for leg in here.legs if leg.step is not None} == covering
        made = {step.norm.territory for steps in here.makers.values() for step in steps}
        assert made == covering
