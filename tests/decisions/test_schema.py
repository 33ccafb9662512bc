"""The schemas: a case is accepted by the one of the corpus iff it can be read, and decisions have theirs."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from jsonschema.validators import extend

import guiju
from guiju.compiler.kernel import Boolean, Date, Enumeration, Integer, Type
from guiju.decisions import json_input, patterns, schema
from guiju.decisions.cases import read
from guiju.decisions.problems import InvalidInput

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"
DAY = dt.date(2026, 1, 10)


@pytest.fixture(scope="module")
def corpus() -> guiju.Corpus:
    return guiju.load(STALLS)


# --- A validator as the standard has it


def _pattern(validator: Any, pattern: str, instance: object, whole: object) -> Iterator[Any]:
    """In a schema ``$`` is the end of the text; in Python it may be before a last end of line, too."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern}")


def _is_integer(checker: object, value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | Decimal) and value == int(value)


def _multiple(validator: Any, step: Decimal, instance: object, whole: object) -> Iterator[Any]:
    """Exactly, however many digits there are."""
    number = not isinstance(instance, bool) and isinstance(instance, int | Decimal)
    if number and (Fraction(instance) / Fraction(step)).denominator != 1:
        yield jsonschema.ValidationError(f"{instance} is no multiple of {step}")


Exact = extend(
    jsonschema.Draft202012Validator,
    {"pattern": _pattern, "multipleOf": _multiple},
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


def validator(document: object) -> Any:
    """A validator that computes with decimals, and takes ``format`` seriously."""
    exact = json.loads(json.dumps(document), parse_float=Decimal)
    return Exact(exact, format_checker=jsonschema.FormatChecker())


def is_read(case: object, corpus: guiju.Corpus) -> bool:
    try:
        read(case, corpus.declarations)
    except InvalidInput:
        return False
    return True


def exact(case: object) -> object:
    """``case`` as it arrives."""
    return json_input.parse_text(json.dumps(case), json_input.Limits(size=10**6, digits=400))


@pytest.fixture(scope="module")
def checked(corpus: guiju.Corpus) -> Any:
    """A validator of cases."""
    return validator(corpus.schema())


# --- A case


def test_a_schema_is_one(corpus: guiju.Corpus) -> None:
    """Of the whole and of each question, by the schema of schemas."""
    for question in (None, *corpus.questions):
        jsonschema.Draft202012Validator.check_schema(corpus.schema(question))
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.decision_schema()))


def test_a_fact_is_described(corpus: guiju.Corpus) -> None:
    """Type, bounds, unit, default and marks."""
    facts = corpus.schema()["properties"]["摊主"]["properties"]
    assert facts["年龄"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 120}
    assert (facts["年龄"]["x-unit"], facts["年龄"]["x-needed"]) == ("岁", True)
    assert facts["摊位面积"]["default"] == "4.00"
    assert facts["摊位面积"]["x-changeable"] is True
    assert facts["扰民"]["x-judgement"] is True
    assert facts["品类"]["enum"] == ["食品", "日用品", "书报", None]
    assert facts["处理日"]["format"] == "date"
    assert facts["处罚"]["items"]["properties"].keys() == {"日子", "品类"}


def test_a_question_needs_only_what_bears_on_it(corpus: guiju.Corpus) -> None:
    """What its norms ask for, what tells that the act was done, and what is linked to them."""
    described = corpus.schema("报告迁址")["properties"]["摊主"]["properties"]
    assert list(described) == ["已登记", "迁址日", "已报告", "报告日"]
    assert schema.needed(corpus, "报告迁址") == ("摊主.已登记", "摊主.迁址日")


def test_an_unknown_question_is_an_error(corpus: guiju.Corpus) -> None:
    """With a hint."""
    with pytest.raises(InvalidInput) as caught:
        corpus.schema("设滩")
    assert caught.value.problems[0].path == "/question"
    assert "设摊" in caught.value.problems[0].message.zh


DAYS = ["2025-02-29", "2024-02-29", "20250101", "2025-W01-1", "2025-1-1", "2025-01-01\n", "２０２５-01-01"]


def _value(type_: Type) -> SearchStrategy[object]:
    """Values of a type, values beside it, and other things."""
    junk = st.sampled_from([None, True, 0, -7, 10**30, 1.5, 1e300, "", "x", [], {}, {"value": 1}])
    match type_:
        case Boolean():
            near: SearchStrategy[object] = st.sampled_from([True, False, 0, 1, "true"])
        case Enumeration(members=members):
            near = st.sampled_from([*members, f"{members[0]} ", ""])
        case Date():
            near = st.dates(dt.date(2018, 12, 1), dt.date(2037, 1, 31)).map(str) | st.sampled_from(
                [
                    "2025-02-29",
                    "2024-02-29",
                    "20250101",
                    "2025-W01-1",
                    "2025-1-1",
                    "2025-01-01\n",
                    "２０２５-01-01",
                ]
            )
        case Integer(low, high, unit, scale):
            whole = st.integers(low - 3, high + 3)
            number = whole if not scale else whole | whole.map(lambda n: n / 10**scale)
            written = whole.map(lambda n: f"{Decimal(n).scaleb(-scale):f}")
            texts = written.flatmap(
                lambda t: st.sampled_from([t, f"+{t}", f"-{t}", f"{t}0", f"0{t}", f"{t}\n"])
            )
            plain = (
                number
                | texts
                | st.sampled_from(["-0", "-0.0", "1.", ".5", "1e1", "0" * 50, f"4.{'0' * 30}1"])
            )
            near = plain | st.builds(
                lambda v, u: {"value": v, "unit": u}, plain, st.sampled_from([unit, "?", None])
            )
    return near | junk


def cases(corpus: guiju.Corpus) -> SearchStrategy[object]:
    """Cases, right and wrong."""
    frame = corpus.declarations
    facts = {name.partition(".")[2]: _value(fact.type) for name, fact in frame.facts.items()}
    for name, record in frame.records.items():
        row = st.fixed_dictionaries({}, optional={f: _value(t) for f, t in record.fields.items()})
        wrong = st.sampled_from([None, {}, "x", [None], [{"别的": 1}]])
        facts[name.partition(".")[2]] = st.lists(row, max_size=2) | wrong
    some = st.lists(st.sampled_from(sorted(facts)), max_size=3, unique=True)
    party = some.flatmap(lambda names: st.fixed_dictionaries({name: facts[name] for name in names}))
    odd = st.sampled_from(
        [None, [], {"摊贩": {}}, {"摊主": None}, {"摊主": {"年纪": 3}}, {"摊主": {}, "": {}}]
    )
    return party.map(lambda inner: {"摊主": inner}) | odd


@settings(max_examples=200)
@given(data=st.data())
def test_what_is_accepted_can_be_read_and_the_other_way_round(
    corpus: guiju.Corpus, checked: Any, data: st.DataObject
) -> None:
    """Cases that are right, nearly right and wrong, as they arrive in JSON."""
    case = exact(data.draw(cases(corpus)))
    assert checked.is_valid(case) == is_read(case, corpus)


def accepted(found: Any) -> SearchStrategy[object]:
    """Values that a schema accepts, by nothing but the schema."""
    match found:
        case {"anyOf": choices}:
            return st.one_of(*map(accepted, choices))
        case {"const": value}:
            return st.just(value)
        case {"enum": values}:
            return st.sampled_from(values)
        case {"type": [one, "null"], **rest}:
            return st.none() | accepted({**rest, "type": one})
        case {"type": "object", "properties": inner, **rest}:
            named = {name: accepted(each) for name, each in inner.items()}
            needed = {name: named.pop(name) for name in rest.get("required", ())}
            return st.fixed_dictionaries(needed, optional=named)
        case {"type": "array", "items": items}:
            return st.lists(accepted(items), max_size=2)
        case {"type": "string", "format": "date", "pattern": pattern}:
            return st.dates().map(str).filter(re.compile(pattern).search)
        case {"type": "string", "pattern": pattern, "maxLength": most}:
            text = st.from_regex(pattern.replace("$", r"\Z"), alphabet=st.characters(codec="ascii"))
            return text.filter(lambda t: len(t) <= most)
        case {"type": "integer", "minimum": low, "maximum": high}:
            return st.integers(low, high)
        case {"type": "number", "minimum": low, "maximum": high, "multipleOf": step}:
            return st.integers(round(low / step), round(high / step)).map(lambda n: round(n * step, 9))
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "null"}:
            return st.none()
    raise AssertionError(found)


@given(data=st.data())
def test_what_is_made_from_the_schema_is_read(corpus: guiju.Corpus, data: st.DataObject) -> None:
    """Of the whole and of each question."""
    question = data.draw(st.sampled_from([None, *corpus.questions]))
    found = corpus.schema(question)
    case = exact(data.draw(accepted(found)))
    assert validator(found).is_valid(case)
    assert is_read(case, corpus)


@pytest.mark.parametrize(
    "case",
    [
        {"摊主": {"年龄": 18, "摊位面积": "4.50", "处罚": [{"日子": "2025-01-01", "品类": None}]}},
        {"摊主": {"年龄": {"value": 18, "unit": "岁"}, "摊位面积": 4.5, "处罚": None}},
        {"摊主": {}},
        {},
    ],
)
def test_what_is_right_is_accepted(corpus: guiju.Corpus, case: object) -> None:
    """So that the properties above are not about refusals alone."""
    assert validator(corpus.schema()).is_valid(exact(case))
    assert is_read(exact(case), corpus)


@pytest.mark.parametrize(
    "case",
    [
        {"摊主": {"年龄": 121}},
        {"摊主": {"年龄": "18"}},
        {"摊主": {"摊位面积": "4.505"}},
        {"摊主": {"摊位面积": 100}},
        {"摊主": {"处理日": "2025-02-30"}},
        {"摊主": {"处理日": "2036-01-01"}},
        {"摊主": {"处罚": [{"罚款": 1}]}},
    ],
)
def test_what_is_wrong_is_not(corpus: guiju.Corpus, case: object) -> None:
    """Each for one reason."""
    assert not validator(corpus.schema()).is_valid(exact(case))
    assert not is_read(exact(case), corpus)


def test_an_example_is_a_case(corpus: guiju.Corpus) -> None:
    """For each question, with all that it needs; it can be decided."""
    for question in corpus.questions:
        case = schema.example(corpus, question)
        assert validator(corpus.schema(question)).is_valid(exact(case))
        named = {f"{party}.{fact}" for party, facts in case.items() for fact in facts}
        assert set(schema.needed(corpus, question)) <= named
        assert corpus.decide(case, question, on=DAY, at="北苑区", solve=False).question == question


def test_an_example_is_possible() -> None:
    """Where the least values contradict what is assumed, they are left open."""
    world = """\
法域 市 机关 局 辖 市 实体 甲 事实 乙: 整数 0..9 事实 丙: 整数 0..9 事实 丁: 是否
行为 做 主体 甲
假定 "丙大于乙" 甲.乙 < 甲.丙
文件 办法 发布 局 地域 市 施行 2020-01-01
规则 一 见 "第一条" 当 甲.丁 且 甲.乙 = 3 且 甲.丙 = 4 则 甲 不得 做
"""
    corpus = guiju.load_texts({"a.gj": world})
    assert schema.example(corpus, "做") == {"甲": {"乙": None, "丙": None, "丁": False}}


# --- A decision

CASES = [
    {"摊主": {"年龄": 30, "已登记": True, "品类": "书报", "扰民": True, "处理日": "2025-11-30"}},
    {"摊主": {"年龄": 30, "已登记": True, "摊位面积": "7.25", "品类": "书报"}},
    {"摊主": {"已登记": True, "迁址日": "2025-09-28", "已报告": True, "报告日": "2025-11-03"}},
    {"摊主": {"品类": "食品", "处罚": [{"日子": "2025-12-01"}, {"日子": "2025-06-01", "品类": "食品"}]}},
    {"摊主": {"年龄": None}},
]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("question", ["设摊", "报告迁址", "处分", None])
def test_a_decision_has_the_shape_of_its_schema(
    corpus: guiju.Corpus, case: dict[str, Any], question: str | None
) -> None:
    """With grounds, defeats, conflicts, readings, duties, sanctions, unknown facts: no more and no less."""
    decision = corpus.decide(case, question, on=DAY, at="北苑区")
    document = json.loads(json.dumps(decision.to_dict()))
    jsonschema.validate(document, json.loads(schema.decision_schema()))


# --- Patterns


@given(st.integers(-2000, 2000), st.integers(0, 3000), st.integers(0, 3), st.data())
def test_a_pattern_of_decimals_is_the_range(low: int, size: int, scale: int, data: st.DataObject) -> None:
    """At its edges, beyond them, with more and with fewer digits."""
    high = low + size
    value = data.draw(st.sampled_from([low, high, low - 1, high + 1, 0]) | st.integers(low - 9, high + 9))
    text = f"{Decimal(value).scaleb(-scale):f}" + data.draw(st.sampled_from(["", "0", "1", ".0", ".5"]))
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        exact = Decimal(text).scaleb(scale)
        inside = low <= exact <= high and exact == int(exact)
        assert inside == bool(re.search(patterns.decimals(low, high, scale), text))


@given(st.dates(dt.date(1999, 1, 1), dt.date(2031, 1, 1)), st.integers(0, 5000), st.integers(-400, 400))
def test_a_pattern_of_days_is_the_range(first: dt.date, size: int, beside: int) -> None:
    """From the first to the last day, at both ends."""
    last = first + dt.timedelta(size)
    for day in (first + dt.timedelta(beside), last + dt.timedelta(beside), first, last):
        assert (first <= day <= last) == bool(re.search(patterns.days(first, last), str(day)))
