"""Invented texts for the tests of ``guiju.texts``: a market, its stalls, and nobody who exists."""

from __future__ import annotations

from guiju.dsl.source import Source
from guiju.texts.provisions import Provision, Split
from guiju.texts.split import split

RULES = """\
临湖市流动摊位管理办法
（试行）

第一章  总  则
第一条  为管理流动摊位，依据《城市容貌规定》（临政令第3号），制定本办法。
第二条  本办法适用于临湖市的流动摊位（以下简称摊位）。
第三条  摊主应当遵守下列要求：
（一）持证出摊；
（二）不占盲道；
（三）收摊后清扫。
违反前款规定的，由市城管局处理。
第二章  处理
第四条  摊主有下列情形之一的，停摊十个工作日：
（一）出售变质食品的；
（二）有下列行为之一的：
1.占用盲道；
2.阻塞通道。
第五条  摊位的登记见附件1。

附件：1.摊位登记表
2.收费标准

附件1
摊位登记表
姓名
地址
附件2
收费标准
一、每日十元；
二、每月二百元。
"""

PLAN = """\
各街道办事处：
现将《夜市整治方案》印发给你们，请遵照执行。
临湖市城管局
2024年5月1日
夜市整治方案
为整治夜市，制定本方案。
一、目标
年底前完成整治。
二、步骤
（一）动员。五月底前完成动员。
（二）攻坚。
1.清点摊位。
各街道报送名册。
2.清理通道。
三、要求
（一）落实责任。
（二）加强宣传。
"""

TWO = """\
关于印发《夜市管理办法》《早市管理办法》的通知
各街道办事处：
现印发两个办法，请执行。
附件：
1.夜市管理办法
2.早市管理办法
临湖市城管局
2024年5月1日
附件1
夜市管理办法
第一条 为管理夜市，制定本办法。
第二条 夜市十点收摊。
附件2：
早市管理办法
第一条 为管理早市，制定本办法。
第二条 早市八点收摊。
"""


def cut(text: str) -> Split:
    return split(Source("x.txt", text))


def every(found: Split) -> list[Provision]:
    """Every provision of every part, in the order of the text."""
    return [p for part in found.all for p in part.walk()]


def labels(text: str) -> list[str]:
    """The labels of what is no title and no heading."""
    return [p.label for p in every(cut(text)) if p.kind.binding]
