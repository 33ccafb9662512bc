"""What no case covers, and why, in words."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.checker.phrasing import phrase
from guiju.compiler.kernel import Corpus, Expr
from guiju.dsl.source import Bilingual
from guiju.testing.mutant import Mutant
from guiju.testing.suite import Criterion, Infeasible

#: A condition that stands in the way is quoted up to so many characters.
_QUOTED = 90


def equivalent(mutant: Mutant) -> Infeasible:
    because = Bilingual("证明等价：任何情形下答复都相同", "proved equivalent: no case gets another answer")
    return Infeasible(Criterion.MUTANTS, mutant.norms, mutant.text, because)


def contradiction(conditions: Sequence[Expr], corpus: Corpus) -> Bilingual:
    if not conditions:
        return Bilingual("与假定矛盾", "it contradicts the assumptions")
    said = [phrase(each, corpus) for each in conditions]
    together = Bilingual("；".join(_cut(s.zh) for s in said), "; ".join(_cut(s.en) for s in said))
    if len(said) == 1:
        return Bilingual(f"不可能成立：{together.zh}", f"it cannot be that {together.en}")
    return Bilingual(f"不能同时成立：{together.zh}", f"these cannot hold together: {together.en}")


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
