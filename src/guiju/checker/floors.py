"""Floors: requirements that a lower instrument sets looser or stricter than a higher one (H503, H504).

Two requirements are compared where both are asked for: is there a case that meets the lower one and not the
higher (the floor is undercut), and one that meets the higher and not the lower (it is merely stricter)? Where
both are, or neither, they ask for different things or for the same, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker import wording
from guiju.checker.ask import Answered, Asker
from guiju.checker.candidates import by_question, on_one_branch
from guiju.checker.finding import Finding, Severity
from guiju.compiler import formulas
from guiju.compiler.kernel import Corpus, Expr, FactRef, InTerritory, Norm, binds, negation, walk
from guiju.dsl.source import Bilingual


def findings(asker: Asker) -> Iterator[Finding]:
    """All findings about requirements of instruments of different rank."""
    reported: set[tuple[str, str, str, str]] = set()
    for asked in by_question(asker.corpus.norms).values():
        required = [n for n in asked if n.requirement is not None and binds(n)]
        for upper in required:
            for lower in required:
                if _outranks(upper, lower, asker.corpus) and on_one_branch(upper, lower, asker.corpus):
                    found = _compared(upper, lower, asker)
                    key = (found.code, upper.rule, lower.rule, found.subject) if found else ("", "", "", "")
                    if found is not None and key not in reported:
                        reported.add(key)
                        yield found


def _outranks(one: Norm, other: Norm, corpus: Corpus) -> bool:
    high, low = (corpus.instruments[n.instrument].rank for n in (one, other))
    return high is not None and low is not None and corpus.ranks[high].level > corpus.ranks[low].level


def _facts(expr: Expr) -> set[str]:
    return {e.name for e in walk(expr) if isinstance(e, FactRef)}


def _compared(upper: Norm, lower: Norm, asker: Asker) -> Finding | None:
    corpus = asker.corpus
    assert upper.requirement is not None
    assert lower.requirement is not None
    if not _facts(upper.requirement.condition) & _facts(lower.requirement.condition):
        return None
    both: list[Expr] = []
    for norm in (upper, lower):
        assert norm.requirement is not None
        both += [formulas.in_force(norm, corpus), InTerritory(norm.territory), norm.requirement.base]
    met, missed = lower.requirement.condition, upper.requirement.condition
    norms = (lower, upper)
    what = f"{lower.id} × {upper.id}: floor"
    undercut = asker.possible(what, [*both, met, negation(missed)], norms)
    stricter = asker.possible(what, [*both, missed, negation(met)], norms)
    if undercut is None or stricter is None or undercut == stricter:
        return None
    parted = [met, negation(missed)] if undercut else [missed, negation(met)]
    answered = asker.find(what, [*both, *parted], norms)
    return _finding("H503" if undercut else "H504", upper, lower, answered, corpus) if answered else None


def _finding(code: str, upper: Norm, lower: Norm, answered: Answered, corpus: Corpus) -> Finding:
    low, high = wording.norm(lower, corpus), wording.norm(upper, corpus)
    what = wording.question(lower.question)
    if code == "H503":
        message = Bilingual(
            f"关于“{what.zh}”，{low.zh}的条件低于{high.zh}：有的情形合于前者而不合于后者，反之则没有。",
            f"On {what.en}, what {low.en} requires is below {high.en}: some case meets the former and not the"
            f" latter, and none the other way round.",
        )
    else:
        message = Bilingual(
            f"关于“{what.zh}”，{low.zh}的条件严于{high.zh}：合于前者必合于后者，反之不然。"
            f"满足较严的一方即两方都满足；能否加严，取决于上位法是否留有余地。",
            f"On {what.en}, {low.en} requires more than {high.en}: whoever meets the former meets the latter."
            f" Meeting the stricter one meets both; whether more may be asked depends on the higher law.",
        )
    return answered.finding(
        code,
        Severity.ERROR if code == "H503" else Severity.INFO,
        (lower, upper),
        message,
        wording.subject(lower.question),
    )
