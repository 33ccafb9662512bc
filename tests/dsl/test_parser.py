"""Text to trees: what each construct becomes, where it stands, and that no text makes us raise."""

from __future__ import annotations

import datetime as dt
import re
import time
from importlib import resources

import attrs
import lark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guiju.checker.load import load
from guiju.dsl import builder
from guiju.dsl import tree as t
from guiju.dsl.diagnostics import render
from guiju.dsl.keywords import BY_SPELLING, BY_TERMINAL, KEYWORDS, PASSINGS
from guiju.dsl.lexer import tokens
from guiju.dsl.parser import MAX_LENGTH, MAX_MISTAKES, Parsed, Parser
from guiju.dsl.source import Place, Source
from guiju.dsl.tables import build_engine
from sources import RICH, TERMINALS, declarations, files, shape, words


def read(parser: Parser, text: str) -> Parsed:
    return parser.parse(Source("x.gj", text))


def one(parser: Parser, text: str) -> t.Declaration:
    """The only declaration of a text without mistakes."""
    parsed = read(parser, text)
    assert parsed.diagnostics == ()
    (declaration,) = parsed.file.declarations
    return declaration


def expr(parser: Parser, text: str) -> t.Expr:
    term = one(parser, f"术语 x = {text}")
    assert isinstance(term, t.Term)
    return term.expr


def effect(parser: Parser, text: str) -> t.Effect:
    rule = one(parser, f"规则 x 则 {text}")
    assert isinstance(rule, t.Rule)
    return rule.effects[0]


def codes(parsed: Parsed) -> list[str]:
    return [d.code for d in parsed.diagnostics]


# --- The grammar and its keywords ----------------------------------------------------------------


def test_every_keyword_is_a_terminal_of_the_grammar():
    """keywords.py and grammar.lark name the same words."""
    engine = build_engine()
    used = {symbol.name for rule in engine.rules for symbol in rule.expansion if symbol.is_term}
    assert set(TERMINALS) == used
    assert set(BY_TERMINAL) <= used


def test_every_rule_of_the_grammar_is_built():
    """Each rule that leaves a node has its function."""
    engine = build_engine()
    nodes = {rule.alias or rule.origin.name for rule in engine.rules}
    inlined = {rule.origin.name for rule in engine.rules if rule.options.expand1}
    names = {name for name in nodes - inlined if not name.startswith("_")} - {"declaration"}
    assert names == {name for name in builder._FUNCTIONS if not name.startswith("_")}


def conflicts(grammar: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """The conflicts that Lark settles by itself when it builds tables for a grammar."""
    caplog.clear()
    with caplog.at_level("DEBUG", logger="lark"):
        lark.Lark(grammar, parser="lalr", lexer="basic", start="declaration", debug=True)
    return [record.getMessage() for record in caplog.records if "conflict" in record.getMessage().lower()]


def test_only_the_end_of_a_conditional_is_settled_by_a_convention(caplog):
    """LALR(1), except that 否则 takes all that follows: 若 a 则 b 否则 c + d is 若 a 则 b 否则 (c + d)."""
    grammar = resources.files("guiju.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")
    without = re.sub(r".*-> if_\n", "", grammar)
    assert without != grammar
    assert all("shift/reduce" in message.lower() for message in conflicts(grammar, caplog))
    assert conflicts(without, caplog) == []


# --- Trees ---------------------------------------------------------------------------------------


def test_the_rich_sample_has_every_declaration(parser):
    """The sample of the other tests leaves nothing out."""
    parsed = read(parser, RICH)
    assert parsed.diagnostics == ()
    assert {type(d) for d in parsed.file.declarations} == set(t.Declaration.__args__)
    written = {token.terminal for token in tokens(Source("x", RICH))}
    assert set() == {k.zh for k in KEYWORDS if k.terminal not in written}


def test_english_and_chinese_keywords_give_the_same_tree(parser):
    """The language of a keyword leaves no trace."""
    chinese = read(parser, "规则 a 当 b 且 非 c 则 x 不得 y 期 3年 自 z")
    english = read(parser, "rule a when b and not c then x mustnot y for 3 years from z")
    assert shape(chinese.file) == shape(english.file)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a 或 b 且 c", "a 或 (b 且 c)"),
        ("非 a 且 b", "(非 a) 且 b"),
        ("a 蕴含 b 蕴含 c", "a 蕴含 (b 蕴含 c)"),
        ("a 或 b 蕴含 c", "(a 或 b) 蕴含 c"),
        ("a + b - c", "(a + b) - c"),
        ("2 * a + b", "(2 * a) + b"),
        ("非 a = b", "非 (a = b)"),
        ("a + 1 > b", "(a + 1) > b"),
        ("a 超过 1", "a > 1"),
        ("a 不满 1", "a < 1"),
        ("a 至少 1", "a ≥ 1"),
        ("a 至多 1", "a <= 1"),
        ("若 a 则 b 否则 若 c 则 d 否则 e", "若 a 则 b 否则 (若 c 则 d 否则 e)"),
        ("若 a 则 1 否则 2 + 3", "若 a 则 1 否则 (2 + 3)"),
    ],
)
def test_precedence(parser, text, same):
    """How tightly the connectives and operators bind."""
    assert shape(expr(parser, same)) == shape(expr(parser, text))


def test_a_chain_of_one_connective_is_one_node(parser):
    """a 且 b 且 c has three arguments."""
    logic = expr(parser, "a 且 b 且 c")
    assert isinstance(logic, t.Logic)
    assert (logic.connective, len(logic.args)) == (t.Connective.AND, 3)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3年", "3", "YEARS"),
        ("3 weeks", "3", "WEEKS"),
        ("10工作日", "10", "WORKDAYS"),
        ("0.50元", "0.50", "元"),
        ("-3", "-3", None),
        ("-1 月", "-1", "MONTHS"),
    ],
)
def test_quantities(parser, text, number, unit):
    """A number keeps its digits; a unit is a keyword's terminal or a word."""
    quantity = expr(parser, text)
    assert isinstance(quantity, t.Quantity)
    assert (number, unit) == (quantity.number, quantity.unit)


def test_aggregates(parser):
    """Rows are filtered by 其中; without it all count."""
    few = expr(parser, "个数(a.b 其中 c > 1)")
    every = expr(parser, "最早(a.b)")
    assert isinstance(few, t.Aggregation)
    assert isinstance(every, t.Aggregation)
    assert (few.aggregate, few.subject.text) == (t.Aggregate.COUNT, "a.b")
    assert isinstance(few.where, t.Comparison)
    assert (every.aggregate, every.where) == (t.Aggregate.EARLIEST, None)


def test_a_choice_has_an_arm_for_each_member(parser):
    """择 gives one value for each."""
    choice = expr(parser, "择 r {p: 1, q: 2}")
    assert isinstance(choice, t.Choice)
    assert [arm.member.text for arm in choice.arms] == ["p", "q"]


def test_the_clauses_of_an_action_stand_in_any_order(parser):
    """The tree is the same."""
    clauses = [
        "主体 甲",
        "对 乙",
        "类 许可",
        "合并 并处",
        "已作 a",
        "作于 b",
        "未作 c",
        "留痕 d 其中 e",
        "流转 f",
        "注 “g”",
    ]
    usual = one(parser, " ".join(["行为 报", *clauses]))
    assert isinstance(usual, t.Action)
    assert None not in attrs.astuple(usual, recurse=False)
    assert shape(usual) == shape(one(parser, " ".join(["行为 报", *reversed(clauses)])))


def test_a_kind_of_passing_on_is_a_name_elsewhere(parser):
    """Only 抄送 is a keyword, and means the same there; that of each language gives one tree."""
    assert {word for word in PASSINGS if word in BY_SPELLING} == {"抄送", "copy"}
    action = one(parser, "行为 报告 主体 登记 流转 报告")
    assert isinstance(action, t.Action)
    assert action.passes is not None
    assert (action.name.text, action.passes.text) == ("报告", "报告")
    chinese, english = one(parser, "行为 a 流转 抄送"), one(parser, "action a passes copy")
    assert shape(chinese) == shape(english)


def test_a_deontic_effect_keeps_its_parts_in_order(parser):
    """Recipients, terms and windows, each as its own part."""
    deontic = effect(parser, "甲 应 报告 对 未定 致 乙, 未定 抄送 丙 限 10工作日 自 丁 每 6月")
    assert isinstance(deontic, t.Deontic)
    assert [t.On, t.Recipients, t.Recipients, t.Within, t.Each] == [type(part) for part in deontic.parts]
    assert isinstance(deontic.parts[0].actor, t.Unspecified)
    assert [part.copy for part in deontic.parts if isinstance(part, t.Recipients)] == [False, True]


def test_a_bare_window_has_no_start(parser):
    """期 without 自 leaves open from when."""
    deontic = effect(parser, "甲 不得 执业 期 3年")
    assert isinstance(deontic, t.Deontic)
    (lasting,) = deontic.parts
    assert isinstance(lasting, t.Lasting)
    assert lasting.start is None


@pytest.mark.parametrize(("text", "discretionary"), [("期限 为 3年", False), ("可 期限 为 3年", True)])
def test_valued_effects(parser, text, discretionary):
    """可 makes the value discretionary."""
    valued = effect(parser, text)
    assert isinstance(valued, t.Valued)
    assert discretionary is valued.discretionary


def test_what_is_left_open_is_in_the_tree(parser):
    """未定 is a value of its own."""
    valued = effect(parser, "期限 为 未定")
    assert isinstance(valued, t.Valued)
    assert isinstance(valued.value, t.Unspecified)


def test_the_rows_of_an_example(parser):
    """Empty lists, rows and empty rows."""
    found = one(parser, '例 "a" 设 r.s = [{f: 1, g: 是}, {}] 设 r.u = []')
    assert isinstance(found, t.Example)
    assert [tuple(len(row.fields) for row in g.value) for g in found.given] == [(2, 0), ()]


def test_strings_lose_their_quotation_marks_only(parser):
    """“甲”, 「甲」 and "甲" are the same text."""
    for text in ('"甲 乙"', "“甲 乙”", "「甲 乙」"):
        rule = one(parser, f"规则 x 注 {text}")
        assert isinstance(rule, t.Rule)
        assert rule.note is not None
        assert (t.Text, "甲 乙") == (type(rule.note), rule.note.text)


def test_dates(parser):
    """A day is a value of the calendar."""
    literal = expr(parser, "2020-02-29")
    assert isinstance(literal, t.DateLiteral)
    assert dt.date(2020, 2, 29) == literal.date


# --- Places --------------------------------------------------------------------------------------


def test_names_stand_where_they_were_written(parser):
    """Line and column from one."""
    rule = one(parser, "\n  规则 甲\n    当 （乙.丙 ＞ 3）")
    assert isinstance(rule, t.Rule)
    assert Place("x.gj", 2, 6, 1) == rule.name.place
    assert Place("x.gj", 3, 8, 7) == rule.when[0].place


@given(files())
def test_every_place_lies_in_the_source(parser, text):
    """No node points beside the text."""
    lines = text.split("\n")

    def check(node: object) -> None:
        match node:
            case Place():
                assert 1 <= node.line <= len(lines)
                assert 1 <= node.column <= len(lines[node.line - 1])
                assert node.column + node.length - 1 <= len(lines[node.line - 1])
            case tuple():
                for item in node:
                    check(item)
            case _ if attrs.has(type(node)):
                for a in attrs.fields(type(node)):
                    check(getattr(node, a.name))

    check(read(parser, text).file)


# --- Mistakes ------------------------------------------------------------------------------------


def test_a_mistake_costs_one_declaration(parser):
    """What stands before and after it is in the tree."""
    parsed = read(parser, "法域 甲\n规则 乙 当 当\n法域 丙")
    assert codes(parsed) == ["E104"]
    assert [t.Territory, t.Territory] == [type(d) for d in parsed.file.declarations]


def test_a_source_without_end_is_refused_at_once(parser):
    """E103, in less than a second for ten megabytes."""
    began = time.process_time()
    parsed = read(parser, "规则 甲 当 乙\n" * 1_000_000)
    assert time.process_time() - began < 1
    assert codes(parsed) == ["E103"]


def test_the_length_allowed_is_read(parser):
    """The bound is on what is refused, not on what works."""
    assert codes(read(parser, " " * MAX_LENGTH)) == []
    assert codes(read(parser, " " * (MAX_LENGTH + 1))) == ["E103"]


@pytest.mark.parametrize(
    "text",
    [
        "术语 x = " + "非 " * 5000 + "a",
        "术语 x = " + "(" * 5000 + "a" + ")" * 5000,
        "术语 x = " + "(" * 5000,
        "术语 x = " + "a + " * 5000 + "a",
        "术语 x = " + "a 蕴含 " * 5000 + "a",
        "术语 x = " + "若 a 则 " * 5000 + "a" + " 否则 b" * 5000,
        "术语 x y = " + "(" * 5000,
    ],
    ids=["not", "brackets", "open", "sum", "implies", "if", "recovering"],
)
def test_nesting_without_end_is_a_diagnostic(parser, text):
    """E109, not a stack overflow."""
    assert "E109" in codes(read(parser, text))


def test_nesting_that_is_allowed_can_be_walked(parser):
    """Ninety levels are parsed, compared and printed."""
    parsed = read(parser, "术语 x = " + "非 (" * 90 + "a" + ")" * 90)
    assert parsed.diagnostics == ()
    assert shape(parsed.file)
    assert repr(parsed) == repr(parsed)


@pytest.mark.parametrize("text", ["当 ; ", "当 a b ", '见 "a\n', "当当 当 ", "当 ( 则 "])
def test_mistakes_without_end_are_cut_off(parser, text):
    """A file has a bounded number of diagnostics, and reading it takes bounded time."""
    began = time.process_time()
    parsed = read(parser, "规则 甲 " + text * 50_000)
    assert len(parsed.diagnostics) <= MAX_MISTAKES + 1
    assert time.process_time() - began < 60


def test_many_wrong_declarations_are_cut_off(parser):
    """The last diagnostic says from where on nothing was read."""
    parsed = read(parser, "法域\n" * 1000)
    assert codes(parsed) == ["E104"] * MAX_MISTAKES + ["E110"]


def test_a_long_name_is_not_repeated_whole(parser):
    """Messages stay short."""
    (diagnostic,) = read(parser, "甲" * 100_000).diagnostics
    assert len(diagnostic.message.zh) < 100


# --- Bytes ---------------------------------------------------------------------------------------


@given(st.binary() | st.text().map(lambda text: text.encode("gb18030", errors="replace")))
def test_any_bytes_are_read_or_reported(parser, tmp_path_factory, data):
    """A file of any bytes gives diagnostics that can be shown, never an exception."""
    path = tmp_path_factory.mktemp("bytes") / "x.gj"
    path.write_bytes(data)
    loaded = load([path], lambda sources: [parser.parse(source) for source in sources])
    for d in loaded.diagnostics:
        assert render(d, loaded.sources)


# --- Laws ----------------------------------------------------------------------------------------


def check_parses(parser: Parser, text: str) -> Parsed:
    """Never raises; each diagnostic has a code and a place in the text, and can be shown."""
    source = Source("x.gj", text)
    parsed = parser.parse(source)
    lines = text.split("\n")
    for d in parsed.diagnostics:
        assert d.code.startswith("E1")
        assert 1 <= d.place.line <= len(lines)
        assert 1 <= d.place.column <= len(lines[d.place.line - 1]) + 1
        for lang in ("zh", "en"):
            assert render(d, {"x.gj": source}, lang)
    return parsed


@given(st.text())
@example("\x00")
@example("规则 规则 规则")
@example("‘’")
def test_any_text_is_parsed_or_reported(parser, text):
    """A clean tree or diagnostics; a text of no words at all is an empty file."""
    parsed = check_parses(parser, text)
    if not parsed.diagnostics:
        assert parsed.file.declarations or not list(tokens(Source("x", text)))


@given(words())
def test_any_words_are_parsed_or_reported(parser, text):
    """As above, for words of the language in any order."""
    check_parses(parser, text)


@given(declarations())
def test_what_the_grammar_admits_is_parsed(parser, text):
    """No grammatical declaration has an error of grammar: twice a clause, or nested too deeply, at most."""
    parsed = check_parses(parser, text)
    assert set(codes(parsed)) <= {"E105", "E109"}
    assert len(parsed.file.declarations) + codes(parsed).count("E109") == 1


@given(files())
def test_parsing_is_a_function(parser, text):
    """The same source gives the same result."""
    assert read(parser, text) == read(parser, text)


_RICH_TOKENS = list(tokens(Source("rich", RICH), comments=True))


def _up_to(i: int) -> str:
    token = _RICH_TOKENS[i]
    lines = RICH.split("\n")[: token.line]
    return "\n".join([*lines[:-1], lines[-1][: token.column - 1]])


def test_a_file_truncated_at_any_token_is_parsed_or_reported(parser):
    """At the end of a declaration it is clean; elsewhere at most the last one is missing."""
    complete = len(read(parser, RICH).file.declarations)
    for i in range(0, len(_RICH_TOKENS), 7):
        parsed = check_parses(parser, _up_to(i))
        assert len(parsed.diagnostics) <= 1
        assert len(parsed.file.declarations) <= complete


_MUTATIONS = st.tuples(
    st.sampled_from(["drop", "double", "swap", "replace", "insert", "character"]),
    st.integers(0, len(_RICH_TOKENS) - 2),
    st.one_of(st.sampled_from(sorted(BY_SPELLING)), st.text(max_size=3)),
)


def mutated(mutations: list[tuple[str, int, str]]) -> str:
    """The rich sample with some of its words changed."""
    texts = [
        ("\n" if t.column < 8 else " ") + t.text + ("\n" if t.terminal == "COMMENT" else "")
        for t in _RICH_TOKENS
    ]
    for how, i, word in mutations:
        match how:
            case "drop":
                texts[i] = ""
            case "double":
                texts[i] *= 2
            case "swap":
                texts[i], texts[i + 1] = texts[i + 1], texts[i]
            case "replace":
                texts[i] = f" {word} "
            case "insert":
                texts[i] = f" {word} {texts[i]}"
            case "character":
                texts[i] = texts[i][:1] + word + texts[i][2:]
    return "".join(texts)


@given(st.lists(_MUTATIONS, max_size=5))
def test_a_mutated_file_is_parsed_or_reported(parser, mutations):
    """Few changes give few diagnostics, and every declaration far from them is in the tree."""
    parsed = check_parses(parser, mutated(mutations))
    assert len(parsed.diagnostics) <= 12 * len(mutations)


@pytest.mark.slow
def test_a_file_truncated_at_every_token(parser):
    """As above, leaving no token out."""
    for i in range(len(_RICH_TOKENS)):
        assert len(check_parses(parser, _up_to(i)).diagnostics) <= 1


@pytest.mark.slow
def test_a_file_without_any_one_token(parser):
    """Each single omission is read without an exception, and costs at most two declarations."""
    complete = len(read(parser, RICH).file.declarations)
    for i in range(len(_RICH_TOKENS)):
        parsed = check_parses(parser, mutated([("drop", i, "")]))
        assert complete - 2 <= len(parsed.file.declarations)


@pytest.mark.slow
@given(st.lists(_MUTATIONS, max_size=30))
def test_a_much_mutated_file(parser, mutations):
    """Long searches for an exception."""
    check_parses(parser, mutated(mutations))


@pytest.mark.slow
@given(
    st.text(
        alphabet=st.sampled_from(sorted({c for word in BY_SPELLING for c in word} | set(' \n"“”（)1.-<,#')))
    )
)
def test_any_characters_of_the_language(parser, text):
    """Texts made of the characters that keywords are made of."""
    check_parses(parser, text)
