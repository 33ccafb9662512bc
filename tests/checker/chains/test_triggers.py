"""Bars without a way back: only a rule of the same place, or of one above it, is one."""

from __future__ import annotations

import pytest

from corpus_files import WORLD
from guiju.checker.check import Options, check
from guiju.checker.load import load_texts

VOCABULARY = """
实体 案件
  事实 调查日: 日期
  事实 已解除: 是否 默认 否
行为 摆摊 主体 摊主
行为 解除限制 已作 案件.已解除
"""

BAR = """
文件 东区细则 发布 东区局 地域 东区 施行 2020-01-01
规则 停摆 当 摊主.占道 且 非 案件.已解除 则 摊主 不得 摆摊 期 未定 自 案件.调查日
"""


def barred(rule: str, body: str, place: str) -> bool:
    """Whether the bar in the eastern district is found to have no way back, beside a rule of ``place``."""
    other = f"文件 办法 发布 {body} 地域 {place} 施行 2020-01-01\n规则 解除 当 摊主.占道 则 {rule}\n"
    texts = {str(WORLD): WORLD.read_text(encoding="utf-8"), "rules.gj": VOCABULARY + BAR + other}
    loaded = load_texts(texts)
    assert loaded.corpus is not None, loaded.diagnostics
    report = check(loaded.corpus, Options(families=frozenset({"chain"})))
    assert report.undecided == ()
    return any(finding.code == "L005" for finding in report.findings)


@pytest.mark.parametrize("rule", ["摊主 可 摆摊", "{} 可 解除限制"])
@pytest.mark.parametrize(
    ("body", "place", "lifts"), [("东区局", "东区", True), ("市局", "市", True), ("西区局", "西区", False)]
)
def test_a_bar_is_lifted_where_it_holds(rule: str, body: str, place: str, lifts: bool) -> None:
    """By a permission, or by an act that ends what it rests on."""
    assert barred(rule.format(body), body, place) == (not lifts)


def test_a_rule_on_something_else_lifts_nothing() -> None:
    """Nor does the bar itself."""
    assert barred("摊主 可 登记", "东区局", "东区")
