"""A small corpus with a chain in it, for the tests of drawings and of ``guiju chain``."""

from __future__ import annotations

from corpus_files import WORLD
from guiju.checker.chains.links import Links
from guiju.checker.load import load_texts
from guiju.dsl.parser import Parser

#: Filed, transferred within five working days, found by nobody, settled within ten; then reported to nobody.
RULES = """\
实体 案件
  事实 已立案: 是否 默认 否
  事实 立案日: 日期
  事实 已移送: 是否 默认 否
  事实 移送日: 日期
  事实 已定: 是否 默认 否
  事实 定日: 日期
  事实 已办: 是否 默认 否
  事实 办结日: 日期
实体 旧案
  事实 立案日: 日期
行为 移送 已作 案件.已移送 作于 案件.移送日 流转 移送
行为 定案 已作 案件.已定 作于 案件.定日
行为 办理 已作 案件.已办 作于 案件.办结日
行为 上报 流转 报告
行为 清点旧案
行为 停摊 对 摊主 流转 暂停
假定 "先移送，后定" 案件.移送日 <= 案件.定日

文件 市办法 标题 "市办法" 发布 市局 地域 市 施行 2020-01-01 目录 "第一条" "第二条" "第三条" "第四条" "第五条"
规则 移送 见 "第一条" 当 案件.已立案 则 市局 应 移送 致 东区局 抄送 省府 限 5工作日 自 案件.立案日
规则 办理 见 "第二条" 当 案件.已定 则 市局 应 办理 限 10工作日 自 案件.定日
规则 上报 见 "第三条" 当 案件.已移送 则 东区局 应 上报 致 未定
规则 停摊 见 "第四条" 当 案件.已办 则 未定 应 停摊
规则 清点 见 "第五条" 则 市局 应 清点旧案 限 3日 自 旧案.立案日
"""

#: A name that formats have to escape, and two hand-overs of one kind between the same two.
EXTRA = """\

文件 西办法 标题 "西办法<b>" 发布 西区局 地域 西区 施行 2021-01-01
规则 甲 见 "第八条<b>#&" 当 摊主.占道 则 西区局 应 上报 致 市局
规则 乙 见 "第九条" 当 摊主.再犯 则 西区局 应 上报 致 市局
"""


def links_of(more: str = "") -> Links:
    """The steps of the corpus."""
    parser = Parser()
    texts = {"world.gj": WORLD.read_text(encoding="utf-8"), "rules.gj": RULES + more}
    loaded = load_texts(texts, lambda sources: [parser.parse(source) for source in sources])
    assert loaded.corpus is not None, loaded.diagnostics
    return Links.of(loaded.corpus)
