"""What answers show beside the verdict differs exactly where the condition says so."""

from __future__ import annotations

from itertools import islice

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import BarEnd, Deed, DueBy, DueWithin, MayDo, Recurs
from guiju.decisions.topics import Topic, topics
from guiju.testing.beside import days_differ, shown_differ
from guiju.testing.expected import expected
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.rules import Rules
from strategies import contexts, corpora, defeats, norms


@given(st.data())
def test_answers_differ_exactly_where_it_is_said(data: st.DataObject) -> None:
    corpus = data.draw(corpora(max_norms=2, depth=1))
    deed = Deed("party", "practise")
    questions = [MayDo(deed), BarEnd(deed), DueBy(deed), DueWithin(deed), Recurs(deed, "months")]
    drawn = [
        evolve(data.draw(norms(corpus, number, question, 1)), id=f"{rule}/{number}", rule=rule)
        for number, question in enumerate((*questions, BarEnd(deed), DueBy(deed)))
        for rule in (data.draw(st.sampled_from(("某文.一", "某文.二"))),)
    ]
    corpus = evolve(corpus, norms=tuple(drawn))
    over = data.draw(defeats(corpus))
    for topic, among in topics(corpus).values():
        rules = Rules(topic, evolve(corpus, norms=among), over)
        wrong_ones = [m for m in mutants(rules) if m.question != topic.question]
        for mutant in islice(wrong_ones, 0, None, max(1, len(wrong_ones) // 6)):
            wrong = mutant.of(rules)
            for context in data.draw(st.lists(contexts(corpus), min_size=2, max_size=3)):
                one, other = said(topic, rules, context), said(topic, wrong, context)
                differ = shown_differ(mutant.question, rules, wrong)
                assert (one != other) == evaluate(differ, wrong.corpus, context), mutant.text
                days = [[(n.norm, n.window, n.due, n.hours, n.every) for n in e.norms] for e in (one, other)]
                apart = days_differ(mutant.question, rules, wrong)
                assert (days[0] != days[1]) == evaluate(apart, wrong.corpus, context), mutant.text


def said(topic: Topic, rules: Rules, context):
    return expected(topic, rules.corpus.norms, rules.corpus, rules.defeats, context)
