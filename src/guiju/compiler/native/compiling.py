"""From a question and its norms to a program: specialise, write, compile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from guiju.compiler.kernel import (
    Answer,
    Combination,
    Const,
    Corpus,
    Expr,
    Modality,
    Norm,
    Position,
    Question,
    WhichValue,
    binds,
    may_contradict,
    position_terms,
)
from guiju.compiler.native.missing import Missing, field_names
from guiju.compiler.native.nodes import Graph, Node, Op, below, operations
from guiju.compiler.native.program import Program
from guiju.compiler.native.reasons import Facts, Records
from guiju.compiler.native.setting import Setting
from guiju.compiler.native.specialise import Specialiser
from guiju.compiler.native.writer import writer
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan

Condition = Callable[[Facts, Records, dt.date], bool]


def compile_question(
    question: Question, norms: Sequence[Norm], corpus: Corpus, defeats: Defeats, setting: Setting
) -> Program:
    """The program that answers ``question`` in ``setting``.

    Args:
        question: What is asked.
        norms: The norms that answer it, in the order of the corpus; those on other questions are left out.
        corpus: What declares their names.
        defeats: Which norms prevail over which.
        setting: The place and the readings; whether the law date is given at run time.
    """
    specialiser = Specialiser(corpus, setting, Graph(operations(corpus.calendar)))
    asked = [norm for norm in norms if norm.question == question and binds(norm)]
    applies = {norm.id: specialiser.applies(norm) for norm in asked}
    never = specialiser.graph.constant(False)
    able = [n for n in asked if applies[n.id].force is not never and applies[n.id].rest is not never]
    conditions = [applies[norm.id] for norm in able]
    constant = [_constant(norm.position, specialiser) for norm in able]
    terms = {
        i: [specialiser.of(term) for term in position_terms(norm.position)]
        for i, norm in enumerate(able)
        if constant[i] is None
    }
    domain = _domain(question, corpus)
    needed = None if domain is None else specialiser.of(domain)
    roots = [node for each in conditions for node in (each.force, each.rest)]
    roots += [term for each in terms.values() for term in each]
    roots += [] if needed is None else [needed]
    out = writer(roots)
    out.applying([(norm.id, applies[norm.id]) for norm in able])
    for i, parts in terms.items():
        out.returning(
            f"position_{i}", parts, "EvaluatedAnswer({})" if len(parts) == 1 else "EvaluatedSpan({}, {})"
        )
    if needed is not None:
        out.returning("needed", [needed])
    source = out.source()
    missing = _namer(roots)
    names = _run(source, specialiser.graph, missing)
    return Program(
        question,
        tuple(able),
        source,
        combination=corpus.combination(question),
        defeats=tuple(
            (i, j, defeats[able[i].id, able[j].id])
            for j in range(len(able))
            for i in range(len(able))
            if (able[i].id, able[j].id) in defeats and may_contradict(able[i], able[j])
        ),
        rivals=_rivals(able, corpus.combination(question)),
        conditions=tuple(conditions),
        constant=tuple(constant),
        varying=sum(1 << i for i in terms),
        applying=names["applying"],
        positions={i: names[f"position_{i}"] for i in terms},
        needed=names.get("needed"),
        calls=specialiser.graph.calls,
        missing=missing,
    )


def compile_condition(expr: Expr, corpus: Corpus, setting: Setting) -> Condition:
    """A closed condition as a function of facts, records and date, which raises as ``Program`` does."""
    specialiser = Specialiser(corpus, setting, Graph(operations(corpus.calendar)))
    root = specialiser.of(expr)
    out = writer([root])
    out.returning("condition", [root])
    found: Condition = _run(out.source(), specialiser.graph, _namer([root]))["condition"]
    return found


def _constant(position: Position, specialiser: Specialiser) -> EvaluatedPosition | None:
    """The position, evaluated, where it is the same in all cases."""
    match position:
        case Modality():
            return position
        case Answer(None):
            return EvaluatedAnswer(None)
        case _:
            terms = [specialiser.of(term) for term in position_terms(position)]
            if any(term.op is not Op.CONST for term in terms):
                return None
            values: list[Any] = [term.data for term in terms]
            return EvaluatedAnswer(values[0]) if isinstance(position, Answer) else EvaluatedSpan(*values)


def _domain(question: Question, corpus: Corpus) -> Expr | None:
    return corpus.outcomes[question.outcome].domain if isinstance(question, WhichValue) else None


def _rivals(norms: Sequence[Norm], combination: Combination) -> tuple[tuple[int, int], ...]:
    """The pairs of ``norms`` that can contradict each other, by what is known of them without a case."""

    def opposed(one: Position, other: Position) -> bool:
        if isinstance(one, Modality):
            return one is not other and Modality.FORBIDDEN in (one, other)
        both_fixed = all(isinstance(p, Answer) and isinstance(p.value, Const) for p in (one, other))
        return combination is Combination.SINGLE and not (both_fixed and one == other)

    return tuple(
        (i, j)
        for i, j in combinations(range(len(norms)), 2)
        if may_contradict(norms[i], norms[j]) and opposed(norms[i].position, norms[j].position)
    )


def _namer(roots: Iterable[Node]) -> Callable[[KeyError], Missing]:
    """What turns the error of a look into a mapping into one that says what was not given."""
    fields = field_names(below(roots))

    def missing(error: KeyError) -> Missing:
        name = error.args[0] if error.args else None
        return Missing(fields.get(name, name) if isinstance(name, str) else None)

    return missing


def _run(source: str, graph: Graph, missing: Callable[[KeyError], Missing]) -> Mapping[str, Any]:
    """The functions of ``source``, which is our own: it calls nothing but what is given here."""
    names: dict[str, Any] = {
        "__builtins__": {"KeyError": KeyError},
        "EvaluatedAnswer": EvaluatedAnswer,
        "EvaluatedSpan": EvaluatedSpan,
        "date": dt.date,
        "missing": missing,
        **{str(op): operation for op, operation in graph.calls.items()},
    }
    exec(compile(source, "<compiled norms>", "exec"), names)
    return names
