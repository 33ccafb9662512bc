"""From the text of an expression to its value: what lowering makes of it means what it says.

Expressions are drawn as text, each with an obvious meaning in Python beside it. The text is parsed,
resolved, lowered and evaluated; both must give the same. ``None`` stands for what is undefined.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Case, Context, Corpus, WorkCalendar
from guiju.compiler.lower import lower
from guiju.compiler.typing import check_corpus
from guiju.dsl.parser import Parser
from guiju.dsl.resolve import resolve
from guiju.dsl.source import Source

PARSER = Parser()
WORLD = """
时限 2018-01-01 .. 2031-12-31
法域 市
法域 区 属 市
机关 局 辖 市
种类 颜色 = {红, 绿, 蓝}
阶梯 档次 = {轻 < 中 < 重}
读法 口径 : 宽 | 窄
实体 人
  事实 甲 : 是否
  事实 乙 : 是否
  事实 龄 : 整数 -5..99
  事实 额 : 小数 0..99 精度 2 单位 元
  事实 色 : 颜色
  事实 度 : 档次
  事实 起 : 日期
  事实 讫 : 日期
  记录 事
    字段 时 : 日期
    字段 色类 : 颜色
    字段 罚 : 整数 0..9
文件 办法 发布 局 地域 市 施行 2018-01-01
"""
WORLD_TREE = PARSER.parse(Source("world.gj", WORLD)).file

FIRST, LAST = dt.date(2018, 1, 1), dt.date(2031, 12, 31)
KINDS, SCALE = ("红", "绿", "蓝"), ("轻", "中", "重")

Row = Mapping[str, object]


@frozen
class World:
    """One case, with its context; ``row`` is the row in view inside a filter."""

    facts: Mapping[str, object]
    rows: Sequence[Row]
    today: dt.date
    place: str
    reading: str
    row: Row | None = None


Value = bool | Fraction | str | dt.date | None


@frozen
class Meant:
    """An expression: its text, and what it means."""

    text: str
    of: Callable[[World], Value] = field(eq=False, repr=False)


# --- Terms ------------------------------------------------------------------------------------------------


def _fact(name: str) -> Meant:
    def of(w: World) -> Value:
        held = w.facts[name]
        return Fraction(held) if isinstance(held, int | Fraction) and not isinstance(held, bool) else held  # type: ignore[return-value]  # a case's value

    return Meant(name, of)


def _field(name: str) -> Meant:
    def of(w: World) -> Value:
        assert w.row is not None
        held = w.row[name]
        return Fraction(held) if isinstance(held, int) else held  # type: ignore[return-value]  # as above

    return Meant(name, of)


def _literal(number: Fraction, unit: str = "") -> Meant:
    text = str(number.numerator) if number.denominator == 1 else f"{float(number):.2f}"
    return Meant(f"{text}{unit}", lambda w: number)


def _day(day: dt.date) -> Meant:
    return Meant(day.isoformat(), lambda w: day)


def _plus(one: Meant, other: Meant, sign: str) -> Meant:
    def of(w: World) -> Value:
        a, b = one.of(w), other.of(w)
        assert isinstance(a, Fraction)
        assert isinstance(b, Fraction)
        return a + b if sign == "+" else a - b

    return Meant(f"({one.text} {sign} {other.text})", of)


def _times(factor: int, one: Meant) -> Meant:
    def of(w: World) -> Value:
        held = one.of(w)
        assert isinstance(held, Fraction)
        return factor * held

    return Meant(f"{factor} × ({one.text})", of)


def _if(test: Meant, then: Meant, orelse: Meant) -> Meant:
    return Meant(
        f"(若 {test.text} 则 {then.text} 否则 {orelse.text})",
        lambda w: then.of(w) if test.of(w) else orelse.of(w),
    )


def _choose(one: Meant, arms: Mapping[str, Meant]) -> Meant:
    body = ", ".join(f"{name}: {arm.text}" for name, arm in arms.items())
    return Meant(f"(择 {one.text} {{{body}}})", lambda w: arms[str(one.of(w))].of(w))


def _by_reading(one: Meant, other: Meant) -> Meant:
    return _choose(Meant("口径", lambda w: w.reading), {"宽": one, "窄": other})


def _shift(day: Meant, amount: int, unit: str) -> Meant:
    def of(w: World) -> Value:
        start = day.of(w)
        if not isinstance(start, dt.date):
            return None
        match unit:
            case "日":
                return start + dt.timedelta(amount)
            case "周":
                return start + dt.timedelta(7 * amount)
            case _:
                year, month = divmod(
                    start.year * 12 + start.month - 1 + amount * (12 if unit == "年" else 1), 12
                )
                return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))

    sign = "+" if amount >= 0 else "-"
    return Meant(f"({day.text} {sign} {abs(amount)}{unit})", of)


def _days_between(one: Meant, other: Meant) -> Meant:
    def of(w: World) -> Value:
        a, b = one.of(w), other.of(w)
        return Fraction((b - a).days) if isinstance(a, dt.date) and isinstance(b, dt.date) else None

    return Meant(f"天数({one.text}, {other.text})", of)


def _where(test: Meant | None) -> str:
    return f" 其中 {test.text}" if test is not None else ""


def _matching(w: World, test: Meant | None) -> list[Row]:
    return [
        row
        for row in w.rows
        if test is None or test.of(World(w.facts, w.rows, w.today, w.place, w.reading, row))
    ]


def _extreme(latest: bool, test: Meant | None) -> Meant:
    def of(w: World) -> Value:
        days = [row["时"] for row in _matching(w, test)]
        return (max(days) if latest else min(days)) if days else None  # type: ignore[type-var,return-value]  # dates

    return Meant(f"{'最晚' if latest else '最早'}(事.时{_where(test)})", of)


# --- Conditions -------------------------------------------------------------------------------------------

_ORDER: Mapping[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "超过": lambda sign: sign > 0,
    "不满": lambda sign: sign < 0,
    "至少": lambda sign: sign >= 0,
    "至多": lambda sign: sign <= 0,
    "=": lambda sign: sign == 0,
    "≠": lambda sign: sign != 0,
    "!=": lambda sign: sign != 0,
}
_EQUALITY = ("=", "≠")


def _compare(one: Meant, op: str, other: Meant) -> Meant:
    def of(w: World) -> Value:
        a, b = one.of(w), other.of(w)
        if a is None or b is None:
            return False  # whatever the comparison, ≠ included
        if isinstance(a, str) and a in SCALE:
            a, b = SCALE.index(a), SCALE.index(str(b))  # type: ignore[assignment]
        if a == b:
            return _ORDER[op](0)
        if isinstance(a, str | bool):
            return _ORDER[op](1)
        return _ORDER[op](1 if a > b else -1)  # type: ignore[operator]  # of one type

    return Meant(f"{one.text} {op} {other.text}", of)


def _among(one: Meant, members: list[str]) -> Meant:
    return Meant(f"{one.text} 属于 {{{', '.join(members)}}}", lambda w: one.of(w) in members)


def _not(one: Meant) -> Meant:
    return Meant(f"非 ({one.text})", lambda w: not one.of(w))


def _join(word: str, args: list[Meant]) -> Meant:
    match word:
        case "且":
            return Meant(" 且 ".join(f"({a.text})" for a in args), lambda w: all(a.of(w) for a in args))
        case "或":
            return Meant(" 或 ".join(f"({a.text})" for a in args), lambda w: any(a.of(w) for a in args))
        case _:
            one, other = args[0], args[1]
            return Meant(f"({one.text}) 蕴含 ({other.text})", lambda w: not one.of(w) or bool(other.of(w)))


def _count(test: Meant | None, op: str, number: int, mirrored: bool) -> Meant:
    def of(w: World) -> Value:
        found = len(_matching(w, test))
        return _ORDER[op](
            (number > found) - (number < found) if mirrored else (found > number) - (found < number)
        )

    rows = f"个数(事{_where(test)})"
    return Meant(f"{number} {op} {rows}" if mirrored else f"{rows} {op} {number}", of)


def _any(test: Meant | None) -> Meant:
    return Meant(f"任一(事{_where(test)})", lambda w: bool(_matching(w, test)))


def _every(test: Meant) -> Meant:
    return Meant(f"每一(事{_where(test)})", lambda w: len(_matching(w, test)) == len(w.rows))


# --- Strategies -------------------------------------------------------------------------------------------

ops = st.sampled_from(sorted(_ORDER))
equality = st.sampled_from(_EQUALITY)
days = st.one_of(st.dates(FIRST, LAST), st.sampled_from((dt.date(2020, 2, 29), dt.date(2021, 1, 31))))
small = st.integers(0, 12)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3, in_row: bool = False) -> Meant:
    """Conditions; inside a filter they speak of its row too, and have no quantifier."""

    def sub() -> Meant:
        return draw(conditions(depth - 1, in_row))

    kinds = ["truth", "number", "money", "kind", "scale", "date", "span", "place", "reading", "in"]
    if depth > 0:
        kinds += ["not", "join", "join", "if", "equal"]
    if not in_row:
        kinds += ["count", "count", "any", "every", "extreme", "extreme"]
    match draw(st.sampled_from(kinds)):
        case "truth":
            return draw(st.sampled_from((_fact("甲"), _fact("乙"), Meant("是", lambda w: True))))
        case "number":
            return _compare(draw(numbers(depth, in_row)), draw(ops), draw(numbers(depth, in_row)))
        case "money":
            return _compare(draw(money(depth, in_row)), draw(ops), draw(money(depth, in_row)))
        case "kind":
            return _compare(draw(_kinds(in_row)), draw(equality), draw(_members(KINDS)))
        case "scale":
            return _compare(_fact("度"), draw(ops), draw(_members(SCALE)))
        case "date":
            return _compare(draw(dates(depth, in_row)), draw(ops), draw(dates(depth, in_row)))
        case "span":
            between = _days_between(draw(dates(depth, in_row)), draw(dates(depth, in_row)))
            return _compare(between, draw(ops), _literal(Fraction(draw(st.integers(0, 400))), "日"))
        case "place":
            place = draw(st.sampled_from(("市", "区")))
            return Meant(f"位于 {place}", lambda w: w.place == "区" or place == "市")
        case "reading":
            choice = draw(st.sampled_from(("宽", "窄")))
            return _compare(
                Meant("口径", lambda w: w.reading), draw(equality), Meant(choice, lambda w: choice)
            )
        case "in":
            members = st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True)
            return _among(draw(_kinds(in_row)), draw(members))
        case "not":
            return _not(sub())
        case "join":
            return _join(draw(st.sampled_from(("且", "或", "蕴含"))), [sub(), sub()])
        case "if":
            return _if(sub(), sub(), sub())
        case "equal":
            one, other = sub(), sub()
            op = draw(equality)
            same = op == "="
            return Meant(
                f"({one.text}) {op} ({other.text})", lambda w: (bool(one.of(w)) == bool(other.of(w))) == same
            )
        case "count":
            return _count(draw(_filters()), draw(ops), draw(st.integers(0, 3)), draw(st.booleans()))
        case "any":
            return _any(draw(_filters()))
        case "every":
            return _every(draw(conditions(1, True)))
        case _:
            one = _extreme(draw(st.booleans()), draw(_filters()))
            return _compare(one, draw(ops), draw(dates(1, in_row)))


def _filters() -> SearchStrategy[Meant | None]:
    return st.one_of(st.none(), conditions(1, True))


def _kinds(in_row: bool) -> SearchStrategy[Meant]:
    return st.sampled_from((_fact("色"), _field("色类")) if in_row else (_fact("色"),))


def _members(names: tuple[str, ...]) -> SearchStrategy[Meant]:
    return st.sampled_from(names).map(lambda name: Meant(name, lambda w: name))


@st.composite
def numbers(draw: st.DrawFn, depth: int, in_row: bool) -> Meant:
    """Whole numbers and fractions without a unit."""
    leaf = [_fact("龄"), _literal(Fraction(draw(small))), _literal(Fraction(draw(small), 4))]
    if in_row:
        leaf += [_field("罚")] * 2
    if depth <= 0 or draw(st.booleans()):
        return draw(st.sampled_from(leaf))
    one, other = draw(numbers(depth - 1, in_row)), draw(numbers(depth - 1, in_row))
    match draw(st.sampled_from(("+", "-", "×", "if", "choose"))):
        case "×":
            return _times(draw(st.integers(0, 4)), one)
        case "if":
            return _if(draw(conditions(depth - 1, in_row)), one, other)
        case "choose":
            return _choose(draw(_kinds(in_row)), {"红": one, "绿": other, "蓝": one})
        case sign:
            return _plus(one, other, sign)


@st.composite
def money(draw: st.DrawFn, depth: int, in_row: bool) -> Meant:
    """Amounts with a unit and two decimals; literals have as many decimals as it takes."""
    leaf = [_fact("额"), _literal(Fraction(draw(small)), "元"), _literal(Fraction(draw(small), 4), "元")]
    if depth <= 0 or draw(st.booleans()):
        return draw(st.sampled_from(leaf))
    one, other = draw(money(depth - 1, in_row)), draw(money(depth - 1, in_row))
    if draw(st.booleans()):
        return _plus(one, other, draw(st.sampled_from("+-")))
    return _if(draw(conditions(depth - 1, in_row)), one, other)


@st.composite
def dates(draw: st.DrawFn, depth: int, in_row: bool) -> Meant:
    """Days: of the case, written out, shifted, chosen, and outside of filters the first or last of rows."""
    leaf = [_fact("起"), _fact("讫"), Meant("今日", lambda w: w.today), _day(draw(days))]
    if in_row:
        leaf += [_field("时")] * 2
    elif draw(st.booleans()):
        leaf += [_extreme(draw(st.booleans()), draw(_filters()))]
    if depth <= 0 or draw(st.booleans()):
        return draw(st.sampled_from(leaf))
    one = draw(dates(depth - 1, in_row))
    match draw(st.sampled_from(("shift", "shift", "if", "reading"))):
        case "shift":
            unit = draw(st.sampled_from(("日", "周", "月", "年")))
            return _shift(one, draw(st.integers(-6, 6)), unit)
        case "if":
            return _if(draw(conditions(depth - 1, in_row)), one, draw(dates(depth - 1, in_row)))
        case _:
            return _by_reading(one, draw(dates(depth - 1, in_row)))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    row = st.fixed_dictionaries({"时": days, "色类": st.sampled_from(KINDS), "罚": st.integers(0, 9)})
    return World(
        facts={
            "甲": draw(st.booleans()),
            "乙": draw(st.booleans()),
            "龄": draw(st.integers(-5, 99)),
            "额": Fraction(draw(st.integers(0, 9900)), 100),
            "色": draw(st.sampled_from(KINDS)),
            "度": draw(st.sampled_from(SCALE)),
            "起": draw(days),
            "讫": draw(days),
        },
        rows=draw(st.lists(row, max_size=3)),
        today=draw(days),
        place=draw(st.sampled_from(("市", "区"))),
        reading=draw(st.sampled_from(("宽", "窄"))),
    )


def context(world: World) -> Context:
    facts = {f"人.{name}": value for name, value in world.facts.items()}
    facts["人.额"] = int(Fraction(str(world.facts["额"])) * 100)
    case = Case(facts, {"人.事": tuple(world.rows)})  # type: ignore[arg-type]  # values of their types
    return Context(case, world.today, world.place, {"口径": world.reading})


def corpus_of(texts: Sequence[str]) -> Corpus:
    """A corpus with each of ``texts`` as a claim; it must resolve without diagnostics and be well typed."""
    claims = "\n".join(f'核对 "{i}" : {text}' for i, text in enumerate(texts))
    parsed = PARSER.parse(Source("claims.gj", f"文件 别 发布 局 地域 市 施行 2018-01-01\n{claims}"))
    assert parsed.diagnostics == (), texts
    resolved = resolve([WORLD_TREE, parsed.file])
    assert resolved.diagnostics == (), (resolved.diagnostics, texts)
    corpus = lower(resolved.program, WorkCalendar())
    check_corpus(corpus)
    return corpus


@settings(max_examples=settings.default.max_examples * 2)
@given(st.lists(conditions(), min_size=1, max_size=5), st.lists(worlds(), min_size=1, max_size=4))
def test_what_is_lowered_means_what_is_written(written: list[Meant], cases: list[World]) -> None:
    """For comparisons, 属于, 择, 若, sums, shifts, counts, and days that no row gives."""
    corpus = corpus_of([w.text for w in written])
    for world in cases:
        for expected, claim in zip(written, corpus.claims, strict=True):
            found = evaluate(claim.expr, corpus, context(world))
            assert bool(expected.of(world)) == found, (expected.text, world)


def test_the_earliest_of_no_rows_is_not_different_from_a_day() -> None:
    """An atom over what is undefined is false, ≠ too; its negation is true."""
    texts = [
        "最早(事.时) ≠ 起",
        "非 最早(事.时) = 起",
        "最早(事.时) = 最早(事.时)",
        "天数(最晚(事.时), 起) ≠ 3日",
    ]
    corpus = corpus_of(texts)
    facts = {
        "甲": True,
        "乙": True,
        "龄": 1,
        "额": Fraction(1),
        "色": "红",
        "度": "轻",
        "起": FIRST,
        "讫": FIRST,
    }
    world = World(facts, (), FIRST, "市", "宽")
    assert [evaluate(c.expr, corpus, context(world)) for c in corpus.claims] == [False, True, False, False]
