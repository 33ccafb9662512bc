"""The keywords of the language: one Chinese and one English spelling each, and nowhere else.

A keyword matches a whole word only: ``当事人`` is a name although ``当`` is a keyword. The lexer, the
formatter and the reference in ``docs/language.md`` all read this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from guiju.dsl.source import Bilingual


@frozen
class Keyword:
    terminal: str  # its name in grammar.lark; one that begins with _ leaves nothing in the tree
    zh: str
    en: str


#: Words that begin a declaration. They stand nowhere else, so that a text with a mistake in one declaration
#: is still read from the next one on.
DECLARATIONS: tuple[Keyword, ...] = (
    Keyword("_TERRITORY", "法域", "territory"),
    Keyword("_RANK", "位阶", "rank"),
    Keyword("_AUTHORITY", "机关", "authority"),
    Keyword("_DEPARTMENT", "部门", "department"),
    Keyword("_KIND", "种类", "kind"),
    Keyword("_SCALE", "阶梯", "scale"),
    Keyword("_ENTITY", "实体", "entity"),
    Keyword("_CATEGORY", "行为类别", "category"),
    Keyword("_ACTION", "行为", "action"),
    Keyword("_OUTCOME", "结果", "outcome"),
    Keyword("_TERM", "术语", "term"),
    Keyword("_ASSUME", "假定", "assume"),
    Keyword("_READING", "读法", "reading"),
    Keyword("_HORIZON", "时限", "horizon"),
    Keyword("_INSTRUMENT", "文件", "instrument"),
    Keyword("_RULE", "规则", "rule"),
    Keyword("_POWER", "权限", "power"),
    Keyword("_CLAIM", "核对", "claim"),
    Keyword("_OMIT", "不编", "omit"),
    Keyword("_EXAMPLE", "例", "example"),
)

#: Words that lead a clause of a declaration.
CLAUSES: tuple[Keyword, ...] = (
    Keyword("_OF", "属", "of"),
    Keyword("_LEVEL", "级", "level"),
    Keyword("STATUTORY", "法定", "statutory"),
    Keyword("_RANKED", "级别", "ranked"),
    Keyword("_UNDER", "上级", "under"),
    Keyword("_GOVERNS", "辖", "governs"),
    Keyword("_FACT", "事实", "fact"),
    Keyword("_RECORD", "记录", "record"),
    Keyword("_FIELD", "字段", "field"),
    Keyword("_DEFAULT", "默认", "default"),
    Keyword("_JUDGEMENT", "判断", "judgement"),
    Keyword("_BACKGROUND", "背景", "background"),
    Keyword("_GRAVITY", "分轻重", "gravity"),
    Keyword("_CHANGEABLE", "可改", "changeable"),
    Keyword("SANCTION", "惩戒", "sanction"),
    Keyword("_BY", "主体", "by"),
    Keyword("_CLASS", "类", "class"),
    Keyword("_COMBINE", "合并", "combine"),
    Keyword("_DONE", "已作", "done"),
    Keyword("_DONE_ON", "作于", "doneon"),
    Keyword("_UNDONE", "未作", "undone"),
    Keyword("_LEAVES", "留痕", "leaves"),
    Keyword("_PASSES", "流转", "passes"),
    Keyword("_TOTAL", "必答", "total"),
    Keyword("_VERSION", "版本", "version"),
    Keyword("_TITLE", "标题", "title"),
    Keyword("_NUMBERED", "文号", "numbered"),
    Keyword("_ISSUER", "发布", "issuer"),
    Keyword("_AREA", "地域", "area"),
    Keyword("_ISSUED", "印发", "issued"),
    Keyword("_STARTS", "施行", "starts"),
    Keyword("_ENDS", "失效", "ends"),
    Keyword("_BASIS", "依据", "basis"),
    Keyword("_REPEALED", "已废于", "repealed"),
    Keyword("_REPEALS", "废止", "repeals"),
    Keyword("_YIELDS", "从上", "yields"),
    Keyword("_PREVAILS", "优先", "prevails"),
    Keyword("_ABOUT", "关于", "about"),
    Keyword("_TOPIC", "主题", "topic"),
    Keyword("_ANNEX", "附件", "annex"),
    Keyword("_CALLED", "文中称", "called"),
    Keyword("MISSING", "缺文", "missing"),
    Keyword("_CONTENTS", "目录", "contents"),
    Keyword("_REFERS", "引用", "refers"),
    Keyword("_PROVISIONS", "条款", "provisions"),
    Keyword("_RENAMED", "改称", "renamed"),
    Keyword("_VARIANTS", "异称", "variants"),
    Keyword("_VERIFIED", "核实", "verified"),
    Keyword("_GROUP", "组", "group"),
    Keyword("_CITES", "见", "cites"),
    Keyword("_WHEN", "当", "when"),
    Keyword("_UNLESS", "除非", "unless"),
    Keyword("_OCCURRED", "事发", "occurred"),
    Keyword("_THEN", "则", "then"),
    Keyword("_OVERRIDES", "优先于", "overrides"),
    Keyword("_NORMALLY", "原则上", "normally"),
    Keyword("_ENCOURAGED", "鼓励", "encouraged"),
    Keyword("_NOTE", "注", "note"),
    Keyword("_BECAUSE", "因", "because"),
    Keyword("_ASOF", "于", "asof"),
    Keyword("_GIVEN", "设", "given"),
    Keyword("_EXPECT", "应得", "expect"),
)

#: Words inside clauses and expressions.
WORDS: tuple[Keyword, ...] = (
    Keyword("_BOOLEAN", "是否", "boolean"),
    Keyword("_INTEGER", "整数", "integer"),
    Keyword("_DECIMAL", "小数", "decimal"),
    Keyword("_DATE_TYPE", "日期", "date"),
    Keyword("_UNIT", "单位", "unit"),
    Keyword("_PRECISION", "精度", "precision"),
    Keyword("SINGLE", "单一", "single"),
    Keyword("CUMULATIVE", "并处", "cumulative"),
    Keyword("STRICTEST", "从重", "strictest"),
    Keyword("MILDEST", "从轻", "mildest"),
    Keyword("MUST", "应", "must"),
    Keyword("MUST_NOT", "不得", "mustnot"),
    Keyword("MAY", "可", "may"),
    Keyword("_REQUIRES", "须", "requires"),
    Keyword("_ON", "对", "on"),
    Keyword("_TO", "致", "to"),
    Keyword("_COPY", "抄送", "copy"),
    Keyword("_WITHIN", "限", "within"),
    Keyword("_DUE", "截至", "due"),
    Keyword("_FOR", "期", "for"),
    Keyword("_EACH", "每", "each"),
    Keyword("_FROM", "自", "from"),
    Keyword("_UNTIL", "至", "until"),
    Keyword("_IS", "为", "is"),
    Keyword("UNSPECIFIED", "未定", "unspecified"),
    Keyword("_FOREVER", "无期限", "indefinitely"),
    Keyword("_CONFLICT", "冲突", "conflict"),
    Keyword("_SILENT", "不答", "silent"),
    Keyword("_AND", "且", "and"),
    Keyword("_OR", "或", "or"),
    Keyword("_NOT", "非", "not"),
    Keyword("_IMPLIES", "蕴含", "implies"),
    Keyword("_IN", "属于", "in"),
    Keyword("_AT", "位于", "at"),
    Keyword("_IF", "若", "if"),
    Keyword("_ELSE", "否则", "else"),
    Keyword("_CHOOSE", "择", "choose"),
    Keyword("_COUNT", "个数", "count"),
    Keyword("_ANY", "任一", "any"),
    Keyword("_EVERY", "每一", "every"),
    Keyword("_EARLIEST", "最早", "earliest"),
    Keyword("_LATEST", "最晚", "latest"),
    Keyword("_WHERE", "其中", "where"),
    Keyword("_MEMBERS", "成员数", "members"),
    Keyword("_DAYS_FROM", "天数", "daysbetween"),
    Keyword("_TODAY", "今日", "today"),
    Keyword("_TRUE", "是", "true"),
    Keyword("_FALSE", "否", "false"),
    Keyword("EXCEEDS", "超过", "exceeds"),
    Keyword("BELOW", "不满", "below"),
    Keyword("AT_LEAST", "至少", "atleast"),
    Keyword("AT_MOST", "至多", "atmost"),
    Keyword("YEARS", "年", "years"),
    Keyword("MONTHS", "月", "months"),
    Keyword("WEEKS", "周", "weeks"),
    Keyword("DAYS", "日", "days"),
    Keyword("WORKDAYS", "工作日", "workdays"),
    Keyword("HOURS", "小时", "hours"),
)

KEYWORDS: tuple[Keyword, ...] = DECLARATIONS + CLAUSES + WORDS

BY_SPELLING: Mapping[str, Keyword] = {word: k for k in KEYWORDS for word in (k.zh, k.en)}
BY_TERMINAL: Mapping[str, Keyword] = {k.terminal: k for k in KEYWORDS}
DECLARATION_TERMINALS: frozenset[str] = frozenset(k.terminal for k in DECLARATIONS)
CLAUSE_TERMINALS: frozenset[str] = frozenset(k.terminal for k in CLAUSES)

#: What may stand behind 流转, by either spelling. Anywhere else these words are names like any other.
PASSINGS: Mapping[str, Bilingual] = {
    word: Bilingual(zh, en)
    for zh, en in (
        ("报告", "report"),
        ("移送", "transfer"),
        ("转介", "referral"),
        ("抄送", "copy"),
        ("报批", "approval"),
        ("公布", "publication"),
        ("暂停", "suspension"),
        ("登记", "registration"),
        ("扣分", "deduction"),
    )
    for word in (zh, en)
}


def spelling(terminal: str, lang: str) -> str:
    """How a keyword is written in ``lang`` (``zh`` or ``en``)."""
    keyword = BY_TERMINAL[terminal]
    return keyword.zh if lang == "zh" else keyword.en
