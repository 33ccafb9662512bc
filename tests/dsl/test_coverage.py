"""What counts as covered, and what of it can be checked without asking anybody."""

from __future__ import annotations

from guiju.checker.coverage import coverage
from guiju.checker.load import load_texts

WORLD = """
法域 市
位阶 法规 级 1 法定
机关 市局 级别 法规 辖 市
行为类别 许可
实体 摊主
  事实 占道: 是否
  事实 严重: 是否 判断
行为 摆摊 主体 摊主 类 许可
行为 清扫 主体 摊主
行为 移送 主体 市局
结果 罚款: 整数 0..100 单位 元
术语 恶劣 = 占道 且 严重
文件 办法 发布 市局 地域 市 施行 2020-01-01
  目录 "第一条" "第二条" "第三条(一)" "第三条(二)" "第四条" "第五条" "第六条" "第七条" "第八条"
"""


def test_what_is_checkable() -> None:
    """A judgement, also by way of a term, what is left open, and mere encouragement are not."""
    text = (
        WORLD
        + """
不编 "第一条" 因 宣示
规则 甲 见 "第二条" 当 占道 则 摊主 不得 摆摊
规则 乙 见 "第三条(一)" 当 恶劣 则 摊主 不得 摆摊
规则 丙 见 "第三条(二)" "第四条" 当 占道 则 市局 应 移送 致 未定
规则 丁 见 "第四条" 当 占道 则 市局 应 移送
规则 戊 见 "第五条" 鼓励 则 摊主 应 清扫
规则 己 见 "第六条" 当 占道 则 罚款 为 未定
权限 许可 自 法规 见 "第七条"
"""
    )
    row = coverage(load_texts({"x.gj": text}))[0]
    assert row.uncovered == ("第八条",)
    assert row.checkable == ("第二条", "第四条", "第七条")
    assert row.partly == ("第三条(一)", "第三条(二)", "第六条")
    assert row.share == 3 / 9
