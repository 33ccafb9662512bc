"""Answers on columns: on every row the table says what the reference says."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.kernel import (
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    FactRef,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Order,
    Question,
    Strength,
    Value,
)
from guiju.compiler.resolve import Defeats
from guiju.compiler.table import Columns, OnePlace, PlaceColumn, compile_question
from table_rows import DATE, KEY, LAW_DATE, PLACE, answers, reference, table


@st.composite
def batches(drawn: st.DrawFn, corpus: Corpus, complete: bool) -> tuple[Columns, list[Context]]:
    """A few contexts under the same readings; the date, the place and the law date are shared or not."""
    contexts = drawn(st.lists(draw.contexts(corpus, complete), min_size=1, max_size=8))
    first = contexts[0]
    contexts = [evolve(each, readings=first.readings) for each in contexts]
    one_day, one_place = drawn(st.booleans()), drawn(st.booleans())
    law = drawn(st.sampled_from(("own", "own", "one", "column")))
    if one_day:
        contexts = [evolve(each, today=first.today) for each in contexts]
    if one_place:
        contexts = [evolve(each, place=first.place) for each in contexts]
    day = first.law_date or first.today
    match law:
        case "own":
            contexts = [evolve(each, law_date=None) for each in contexts]
        case "one":
            contexts = [evolve(each, law_date=day) for each in contexts]
        case _:
            contexts = [evolve(each, law_date=each.law_date or day) for each in contexts]
    columns = Columns(
        on=first.today if one_day else DATE,
        at=OnePlace(first.place) if one_place else PlaceColumn(PLACE),
        law_date={"own": None, "one": day, "column": LAW_DATE}[law],
        key=KEY,
    )
    return columns, contexts


def agree(
    question: Question, corpus: Corpus, defeats: Defeats, columns: Columns, contexts: list[Context]
) -> None:
    compiled = compile_question(question, corpus.norms, corpus, defeats, columns, contexts[0].readings)
    for row, context in zip(answers(compiled, table(corpus, contexts)), contexts, strict=True):
        expected = reference(question, compiled, corpus, defeats, context)
        assert {name: expected[name] for name in row if name != KEY} == {
            name: value for name, value in row.items() if name != KEY
        }


@given(st.data())
def test_a_table_answers_as_the_reference(data: st.DataObject) -> None:
    """Verdict, grounds, answers and the sets of norms; on complete and on incomplete cases."""
    corpus = data.draw(draw.corpora(max_norms=6))
    defeats = data.draw(draw.defeats(corpus))
    columns, contexts = data.draw(batches(corpus, data.draw(st.booleans())))
    for question in dict.fromkeys(norm.question for norm in corpus.norms):
        agree(question, corpus, defeats, columns, contexts)


@given(st.data())
def test_norms_on_one_question_defeat_each_other_as_in_the_reference(data: st.DataObject) -> None:
    """Corpora whose norms all answer one question, so that positions meet, collide and are defeated."""
    question = data.draw(draw.questions(draw.VOCABULARY))
    corpus = data.draw(draw.corpora(max_norms=6, depth=2, question=question))
    defeats = data.draw(draw.defeats(corpus))
    columns, contexts = data.draw(batches(corpus, data.draw(st.booleans())))
    agree(question, corpus, defeats, columns, contexts)


def test_many_norms_take_more_than_one_column_of_bits() -> None:
    """Beyond 62 norms the sets are held in several columns, and nothing else changes."""
    count = FactRef("party.count")
    deed = MayDo(draw.DEEDS[0])
    norms = tuple(
        Norm(
            id=f"i.n{n}",
            rule=f"i.n{n}",
            instrument="i",
            citations=(),
            guard=Compare(Order.EQ, count, Const(n, Integer(0, 200))),
            question=deed,
            position=Modality.PERMITTED if n % 2 else Modality.FORBIDDEN,
            territory="country",
            strength=Strength.IN_PRINCIPLE if n % 5 == 0 else Strength.STRICT,
        )
        for n in range(130)
    )
    always = [evolve(norms[n], guard=Compare(Order.EQ, count, count)) for n in (1, 63, 64, 126)]
    corpus = evolve(
        draw.VOCABULARY,
        instruments={"i": Instrument("i", "i", "ministry", "country")},
        norms=tuple(next((each for each in always if each.id == norm.id), norm) for norm in norms),
    )
    defeats = {
        (f"i.n{winner}", f"i.n{loser}"): Defeat(f"i.n{winner}", f"i.n{loser}", Doctrine.TEXT, Grade.TEXT)
        for winner, loser in [(1, 64), (63, 126), *((loser, 1) for loser in range(70, 80, 2))]
    }
    facts: list[dict[str, Value]] = [{}, *({"party.count": n} for n in range(131))]
    contexts = [Context(Case(each), draw.HORIZON[0], "town") for each in facts]
    agree(deed, corpus, defeats, Columns(DATE, PlaceColumn(PLACE), key=KEY), contexts)
