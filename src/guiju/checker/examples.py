"""Examples: do they come out as their authors expect, and which rules does none of them reach (E8xx)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity, Witness
from guiju.compiler import formulas, smt
from guiju.compiler.combining import combined
from guiju.compiler.evaluate import UNKNOWN, evaluate
from guiju.compiler.kernel import (
    Answer,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Example,
    Expectation,
    Expr,
    Modality,
    Order,
    Position,
    Question,
    Span,
    Strength,
    binds,
    negation,
)
from guiju.compiler.pinning import pins, within
from guiju.compiler.resolve import (
    Defeats,
    EvaluatedAnswer,
    EvaluatedPosition,
    EvaluatedSpan,
    applicable,
    position,
    resolve,
)
from guiju.dsl.diagnostics import InternalError
from guiju.dsl.source import Bilingual

_IMPOSSIBLE = Bilingual("所给情形与假定矛盾", "the case contradicts the assumptions")


def findings(asker: Asker, defeats: Defeats) -> Iterator[Finding]:
    """Examples that fail, and rules that no example reaches.

    Each example is run on the reference evaluator and on the solver; they must agree on which norms apply
    and on when the windows and terms end that are asked for.
    """
    corpus = asker.corpus
    told = [(example, _told(example, asker)) for example in corpus.examples]
    asker.backend.reserve([*each.case, *each.norms] for _, each in told)
    for example, each in told:
        if not _on_the_solver(example, each, asker):
            yield _failed(example, example.expectations[0], _IMPOSSIBLE, each.context)
        for expectation in example.expectations:
            failure = _failure(expectation, corpus, defeats, each.context)
            if failure is not None:
                yield _failed(example, expectation, failure, each.context)
    yield from _unreached(corpus)


@frozen
class _Told:
    """An example for the solver: its case as conditions, and what the reference evaluator says of the norms.

    That is which of them apply, and on which day those windows and terms end that are asked for.
    """

    context: Context
    case: list[Expr]
    norms: list[Expr]


def _told(example: Example, asker: Asker) -> _Told:
    corpus = asker.corpus
    context = _context(example, corpus)
    asked = {expectation.question for expectation in example.expectations}
    expected: list[Expr] = []
    for norm in corpus.norms:
        applies = applicable(norm, corpus, context) if norm.question in asked else UNKNOWN
        if applies is not UNKNOWN:
            formula = formulas.applicable(norm, corpus)
            expected.append(formula if applies is True else negation(formula))
        answer = position(norm, corpus, context) if applies is True else None
        if isinstance(norm.position, Span) and isinstance(answer, EvaluatedSpan):
            expected.append(Compare(Order.EQ, norm.position.end, Const(answer.end, Date())))
    mentioned = within(context, [*expected, *asker.bearing(expected)])
    return _Told(context, pins(mentioned, corpus), expected)


def _on_the_solver(example: Example, told: _Told, asker: Asker) -> bool:
    """Whether the example is a possible case; raises unless the backends find the same norms applicable."""
    corpus = asker.corpus
    if any(evaluate(a.expr, corpus, told.context) is False for a in corpus.assumptions):
        return False
    agree = asker.backend.satisfiable([*told.case, *told.norms])
    what = f"example {example.label}"
    alone = agree if agree is True else asker.backend.satisfiable(told.case)
    for verdict in (agree, alone):
        if isinstance(verdict, smt.Undecided):
            asker.note(what, f"budget: {verdict.reason}", ())
            return True
    if alone and not agree:
        raise InternalError(f"the solver and the reference evaluator disagree on {what}")
    return bool(alone)


def _context(example: Example, corpus: Corpus) -> Context:
    c = example.context
    return Context(c.case, c.today, c.place, {**corpus.default_readings(), **c.readings}, c.law_date)


def _failure(
    expectation: Expectation, corpus: Corpus, defeats: Defeats, context: Context
) -> Bilingual | None:
    """What came out instead of what was expected; None when it is as expected."""
    resolution = resolve(expectation.question, corpus, defeats, context)
    type_ = wording.outcome_type(expectation.question, corpus)
    standing = [p for _, p in resolution.standing]
    if resolution.undetermined:
        return Bilingual(
            f"所给事实不足以判断 {'、'.join(resolution.undetermined)}",
            f"the facts given do not tell whether {', '.join(resolution.undetermined)} apply",
        )
    if expectation.conflict:
        if resolution.conflicts:
            return None
    elif expectation.end is not None:
        standing = combined(standing, expectation.question, corpus)
        wanted_end = evaluate(expectation.end, corpus, context)
        ends = [p.end for p in standing if isinstance(p, EvaluatedSpan)]
        if wanted_end in ends and not resolution.conflicts:
            return None
    elif expectation.position is None:
        if not standing:
            return None
    else:
        wanted = _evaluated(expectation.position, corpus, context)
        standing = combined(standing, expectation.question, corpus)
        if wanted in standing and not resolution.conflicts:
            return None
    if resolution.conflicts:
        return Bilingual("得出的是冲突", "the answer is a conflict")
    if not standing:
        return Bilingual("没有任何规则作答", "no norm answers")
    words = [wording.position(p, type_, Strength.STRICT) for p in standing]
    return Bilingual(
        f"得出的是{'、'.join(w.zh for w in words)}", f"the answer is {', '.join(w.en for w in words)}"
    )


def _evaluated(position: Position, corpus: Corpus, context: Context) -> EvaluatedPosition | None:
    match position:
        case Modality():
            return position
        case Answer(value):
            found = None if value is None else evaluate(value, corpus, context)
            return EvaluatedAnswer(found)  # type: ignore[arg-type]  # an example's value is a literal
        case _:
            return None


def _failed(example: Example, expectation: Expectation, failure: Bilingual, context: Context) -> Finding:
    question: Question = expectation.question
    name = wording.question(question)
    instrument = example.instrument or ""
    return Finding(
        code="E801",
        severity=Severity.ERROR,
        norms=(NormRef(instrument, "", (), example.place),),
        message=Bilingual(
            f"例“{example.label}”不符：关于“{name.zh}”，{failure.zh}。",
            f"Example '{example.label}' fails: on {name.en}, {failure.en}.",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=Witness(context.case, context.today, context.place, context.readings),
        subject=f"{example.label} {wording.subject(question)}",
        place=expectation.place,
    )


def reached(corpus: Corpus) -> frozenset[str]:
    """The rules of which some norm applies in some example; those beside a rule are the likeliest."""
    contexts = [(e.instrument, _context(e, corpus)) for e in corpus.examples]
    by_instrument = {
        instrument: [c for _, c in sorted(contexts, key=lambda pair: pair[0] != instrument)]
        for instrument in corpus.instruments
    }
    touched: set[str] = set()
    for norm in corpus.norms:
        near = by_instrument[norm.instrument]
        if norm.rule not in touched and any(applicable(norm, corpus, c) is True for c in near):
            touched.add(norm.rule)
    return frozenset(touched)


def _unreached(corpus: Corpus) -> Iterator[Finding]:
    touched = reached(corpus)
    seen: set[str] = set()
    for norm in corpus.norms:
        if norm.rule in touched or norm.rule in seen or not binds(norm):
            continue
        seen.add(norm.rule)
        who = wording.norm(norm, corpus)
        yield Finding(
            code="E802",
            severity=Severity.INFO,
            norms=(NormRef.of(norm),),
            message=Bilingual(
                f"没有例触及{who.zh}（规则 {norm.rule}）。",
                f"No example reaches {who.en} (rule {norm.rule}).",
            ),
            proved_by=ProvedBy.STRUCTURE,
            subject=norm.rule,
        )
