"""Drawings: every hand-over once, what is open and what ends nowhere marked, the same in each format."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import jsonschema
import networkx as nx
import pytest

from chain_rules import EXTRA, links_of
from guiju.checker.chains.draw import actors, document, dot, events, graphml, labels, mermaid, table
from guiju.checker.chains.draw.drawing import Drawing, Kind, Node, Tie
from guiju.checker.chains.draw.lines import shortened, wrapped
from guiju.checker.chains.draw.wanted import Wanted
from guiju.checker.chains.links import Links
from guiju.checker.report.text import join
from guiju.compiler.kernel import Passing
from guiju.dsl.diagnostics import display_width
from guiju.dsl.source import Bilingual

DEAD = frozenset({("市办法.移送", "市局·移送·东区局→东区局"), ("市办法.移送", "市局·移送→东区局")})


@pytest.fixture(scope="module")
def links() -> Links:
    """The steps of the small corpus."""
    return links_of()


@pytest.fixture(scope="module")
def drawn(links: Links) -> Drawing:
    """Who passes what to whom in it, with one dead end."""
    return actors.draw(links, Wanted(), DEAD)


def passings(drawing: Drawing) -> set[tuple[str, str, str]]:
    return {(edge.start, edge.end, edge.kind.value) for edge in drawing.edges}


def test_who_passes_what_to_whom(drawn: Drawing) -> None:
    """Recipients, copies, the one who is not named and the one to whom it is done."""
    assert passings(drawn) == {
        ("市局", "东区局", "transfer"),
        ("市局", "省府", "copy"),
        ("东区局", "?←东区局·市办法", "report"),
        ("?→摊主·市办法", "摊主", "suspension"),
    }


def test_an_arrow_carries_its_provision(drawn: Drawing) -> None:
    """Rule, citation, condition, deadline, unit, trigger."""
    (edge,) = (edge for edge in drawn.edges if edge.kind is Passing.TRANSFER)
    ground = edge.ground
    assert ground is not None
    assert (ground.rule, ground.citations, ground.amount, ground.unit) == (
        "市办法.移送",
        ("第一条",),
        5,
        "workdays",
    )
    assert ground.deadline is not None
    assert ground.deadline.zh == "至迟案件.立案日后 5 个工作日"
    assert [each.en for each in ground.conditions] == ["案件.已立案"]
    assert {"案件.已立案", "案件.立案日"} <= set(ground.triggers)


def test_what_is_open_and_what_ends_nowhere_is_marked(drawn: Drawing) -> None:
    """In words, too: nothing hangs on a colour."""
    assert {edge.kind.value for edge in drawn.edges if edge.unnamed} == {"report", "suspension"}
    assert {edge.kind.value for edge in drawn.edges if edge.dead_end} == {"transfer"}
    unnamed = {node.label.zh for node in drawn.nodes if node.kind is Kind.UNNAMED}
    assert unnamed == {"交给谁未写明", "由谁做未写明"}
    for written in (mermaid.write(drawn, "zh"), dot.write(drawn, "zh"), join(table.lines(drawn, 110, "zh"))):
        assert all(word in written for word in ("断头", "交给谁未写明", "由谁做未写明"))
    for written in (mermaid.write(drawn, "en"), dot.write(drawn, "en"), join(table.lines(drawn, 110, "en"))):
        assert all(word in written for word in ("dead end", "recipient not", "bearer not"))


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (Wanted(), {"transfer", "copy", "report", "suspension"}),
        (Wanted(actors=frozenset({"省府"})), {"copy"}),
        (Wanted(actors=frozenset({""})), {"report", "suspension"}),
        (Wanted(actors=frozenset({"省府", "摊主"})), {"copy", "suspension"}),
        (Wanted(kinds=frozenset({Passing.TRANSFER})), {"transfer"}),
        (Wanted(events=frozenset({"案件.已移送"})), {"transfer", "copy", "report"}),
        (Wanted(events=frozenset({"案件.已移送"}), actors=frozenset({"省府"})), {"copy"}),
        (Wanted(instruments=frozenset({"市办法"})), {"transfer", "copy", "report", "suspension"}),
        (Wanted(instruments=frozenset({"别的"})), set()),
    ],
)
def test_a_part_of_it(links: Links, wanted: Wanted, kinds: set[str]) -> None:
    """Of one sort any will do; of several sorts all must hold."""
    found = actors.draw(links, wanted)
    assert {edge.kind.value for edge in found.edges} == kinds
    assert {node.id for node in found.nodes} == {
        end for edge in found.edges for end in (edge.start, edge.end)
    }


def test_what_sets_off_what(links: Links) -> None:
    """Each event before and after a step, by holding and by not holding."""
    drawing = events.draw(links, Wanted(events=frozenset({"案件.已移送"})))
    ties = {(edge.start, edge.kind, edge.end) for edge in drawing.edges}
    assert ("event:案件.已立案", Tie.SETS_OFF, "step:市办法.移送") in {
        (start, kind, end.partition("/")[0]) for start, kind, end in ties
    }
    assert any(kind is Tie.BRINGS_ABOUT and end == "event:案件.已移送" for _, kind, end in ties)
    assert any(start == "event:案件.已移送" and kind is Tie.SETS_OFF for start, kind, _ in ties)
    assert {node.kind for node in drawing.nodes} == {Kind.EVENT, Kind.STEP}
    assert all(node.ground is not None for node in drawing.nodes if node.kind is Kind.STEP)


def test_an_event_that_nobody_brings_about_is_marked(links: Links) -> None:
    """Where an act would and no rule has anybody do it: not where a chain merely begins."""
    drawing = events.draw(links, Wanted())
    assert {node.id for node in drawing.nodes if node.unmade} == {"event:案件.已定", "event:案件.定日"}
    for written in (
        mermaid.write(drawing, "zh"),
        dot.write(drawing, "zh"),
        join(table.lines(drawing, 110, "zh")),
    ):
        assert written.count("【没有规定由谁作出】") == 2


@pytest.mark.parametrize("graph", ["actors", "events"])
def test_json_has_the_published_shape(links: Links, graph: str) -> None:
    """And every arrow joins nodes that are there."""
    drawing = actors.draw(links, Wanted(), DEAD) if graph == "actors" else events.draw(links, Wanted())
    schema = json.loads(document.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    written = json.loads(document.write(drawing, {"guiju": "1"}))
    jsonschema.Draft202012Validator(schema).validate(written)
    ids = [node["id"] for node in written["nodes"]]
    assert len(ids) == len(set(ids)) == len(drawing.nodes)
    assert {end for edge in written["edges"] for end in (edge["from"], edge["to"])} <= set(ids)
    assert len(written["edges"]) == len(drawing.edges) > 0


def test_the_schema_knows_every_kind() -> None:
    """And no other."""
    definitions = json.loads(document.schema())["$defs"]
    assert definitions["node"]["properties"]["kind"]["enum"] == [kind.value for kind in Kind]
    kinds = [kind.value for kind in (*Passing, *Tie)]
    assert definitions["edge"]["properties"]["kind"]["enum"] == kinds


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_graphml_is_read_back(drawn: Drawing, lang: str) -> None:
    """By networkx: the same nodes and arrows, with what they carry."""
    graph = nx.parse_graphml(graphml.write(drawn, lang), force_multigraph=True)
    assert set(graph) == {node.id for node in drawn.nodes}
    found = {(one, other, data["kind"], data["dead_end"]) for one, other, data in graph.edges(data=True)}
    assert found == {(e.start, e.end, e.kind.value, e.dead_end) for e in drawn.edges}
    (transfer,) = (data for _, _, data in graph.edges(data=True) if data["kind"] == "transfer")
    assert (transfer["amount"], transfer["unit"], transfer["citation"]) == (5, "workdays", "第一条")
    assert transfer["condition"] == ("当案件.已立案" if lang == "zh" else "when 案件.已立案")


def test_the_same_corpus_gives_the_same_text() -> None:
    """Byte for byte, from a corpus that is read anew."""
    for write in (mermaid.write, dot.write, graphml.write):
        for make in (actors.draw, events.draw):
            assert write(make(links_of(), Wanted()), "zh") == write(make(links_of(), Wanted()), "zh")


def test_awkward_names_are_escaped() -> None:
    """Brackets and what HTML would read as more than text."""
    drawing = actors.draw(links_of(EXTRA), Wanted())
    written = mermaid.write(drawing, "zh")
    assert "第八条#60;b#62;#35;#38;" in written
    assert "<b>" not in written
    assert ET.fromstring(graphml.write(drawing, "zh").encode("utf-8")).tag.endswith("graphml")


def test_quotes_do_not_end_a_label() -> None:
    """Nor does a backslash escape what comes after it."""
    awkward = 'a"b\\'
    drawing = Drawing("actors", (Node("x", Kind.PARTY, Bilingual(awkward, awkward)),), ())
    assert r'label="a\"b\\"' in dot.write(drawing, "zh")
    assert '(["a#34;b#92;"])' in mermaid.write(drawing, "zh")


def test_arrows_of_one_meaning_are_one_in_a_picture() -> None:
    """With both provisions on it, each with its term."""
    drawing = actors.draw(links_of(EXTRA), Wanted(actors=frozenset({"西区局"})))
    (bundle,) = drawing.bundles()
    assert len(bundle) == 2
    lines = labels.of_bundle(bundle, "zh")
    assert sum("未写明期限" in line for line in lines) == 2
    assert sum("第九条" in line for line in lines) == 1
    assert mermaid.write(drawing, "zh").count("-->") == 1
    assert graphml.write(drawing, "zh").count("<edge ") == 2


def test_a_table_fits_its_page(drawn: Drawing) -> None:
    """Punctuation that never begins a line may stand out by its own width."""
    for columns in (70, 110, 160):
        text = join(table.lines(drawn, columns, "zh"))
        assert max(map(display_width, text.splitlines())) <= columns + 2


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, []),
        ("报告", 10, ["报告"]),
        ("在十个工作日内报告，不迟", 10, ["在十个工作", "日内报告，", "不迟"]),
        ("within 10 working days", 10, ["within 10", "working", "days"]),
        ("unbreakable-word", 5, ["unbreakable-word"]),
    ],
)
def test_text_is_wrapped(text: str, columns: int, lines: list[str]) -> None:
    """Between Chinese characters, at spaces, never before punctuation."""
    assert list(wrapped(text, columns)) == lines


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [("报告", 4, "报告"), ("报告书", 5, "报…"), ("报告书", 6, "报告书"), ("报，告书", 6, "报…"), ("", 2, "")],
)
def test_text_is_shortened(text: str, columns: int, short: str) -> None:
    """To no more than its columns, and not after a comma."""
    assert shortened(text, columns) == short
    assert display_width(shortened(text, columns)) <= columns
