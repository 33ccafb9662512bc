"""Small random texts of rules, each with an obvious interpretation in Python: what a check must find in them.

The facts are few and finite, so that every case can be tried: the oracle knows nothing of solvers, kernels
or intervals. It does know the doctrine (docs/semantics.md §8), in the plainest words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import product

from attrs import field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Case = Mapping[str, object]

KINDS = ("临时", "正式", "流动")
AREAS = (0, 9, 10, 11, 19, 20, 21, 200)  # on, beside and between the thresholds that guards speak of
CASES: tuple[Case, ...] = tuple(
    {"占道": a, "再犯": b, "面积": n, "证件": kind}
    for a, b, n, kind in product((False, True), (False, True), AREAS, KINDS)
)
PLACES = ("省", "市", "东区", "西区")
DAY = dt.date(2021, 1, 1)

HEADERS = {
    "市办法": "文件 市办法 发布 市局 地域 市 施行 2018-01-01",
    "区办法": "文件 区办法 发布 东区局 地域 东区 施行 2018-01-01",
}
COVERS = {"市办法": {"市", "东区", "西区"}, "区办法": {"东区"}}


@frozen
class Guard:
    """A condition as text and as a function of the case."""

    text: str
    holds: Callable[[Case], bool] = field(eq=False)


_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
}


def _area(op: str, number: int) -> Guard:
    compare = _COMPARISONS[op]
    return Guard(f"面积 {op} {number}平米", lambda c: compare(int(str(c["面积"])), number))


def _among(kinds: list[str]) -> Guard:
    return Guard(f"证件 属于 {{{', '.join(kinds)}}}", lambda c: c["证件"] in kinds)


def _fact(name: str) -> Guard:
    return Guard(name, lambda c: bool(c[name]))


def _not(one: Guard) -> Guard:
    return Guard(f"非 ({one.text})", lambda c: not one.holds(c))


def _and(one: Guard, other: Guard) -> Guard:
    return Guard(f"({one.text} 且 {other.text})", lambda c: one.holds(c) and other.holds(c))


def _or(one: Guard, other: Guard) -> Guard:
    return Guard(f"({one.text} 或 {other.text})", lambda c: one.holds(c) or other.holds(c))


def guards() -> SearchStrategy[Guard]:
    atoms = st.one_of(
        st.builds(_fact, st.sampled_from(("占道", "再犯"))),
        st.builds(_area, st.sampled_from(sorted(_COMPARISONS)), st.sampled_from((10, 20))),
        st.builds(_among, st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True)),
    )
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.builds(_not, inner), st.builds(_and, inner, inner), st.builds(_or, inner, inner)
        ),
        max_leaves=3,
    )


@frozen
class Rule:
    """``effect`` is 可, 不得, 应 or a fine; ``overrides`` are names of other rules."""

    name: str
    instrument: str
    guard: Guard
    effect: str
    overrides: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.instrument}.{self.name}"

    @property
    def is_fine(self) -> bool:
        return self.effect.isdigit()

    def text(self) -> str:
        then = f"罚款 为 {self.effect}元" if self.is_fine else f"摊主 {self.effect} 经营"
        over = f" 优先于 {', '.join(self.overrides)}" if self.overrides else ""
        return f"规则 {self.name} 当 {self.condition} 则 {then}{over}"

    @property
    def condition(self) -> str:
        # Two fines for unrelated conduct add up: all of these are about trading in the roadway.
        return f"占道 且 ({self.guard.text})" if self.is_fine else self.guard.text

    def holds(self, case: Case) -> bool:
        return self.guard.holds(case) and (bool(case["占道"]) or not self.is_fine)

    def applies(self, case: Case, place: str) -> bool:
        return place in COVERS[self.instrument] and self.holds(case)

    def against(self, other: Rule) -> bool:
        """Whether the positions of two rules are incompatible."""
        if self.is_fine or other.is_fine:
            return self.is_fine and other.is_fine and self.effect != other.effect
        return self.effect != other.effect and "不得" in (self.effect, other.effect)


def text(rules: tuple[Rule, ...]) -> str:
    """The rules under the headers of their instruments."""
    lines: list[str] = []
    for name, header in HEADERS.items():
        lines += [header, *(r.text() for r in rules if r.instrument == name)]
    return "\n".join(lines)


@st.composite
def rule_sets(draw: st.DrawFn, most: int = 4) -> tuple[Rule, ...]:
    """Two or more rules that often meet, now and then with an override."""
    count = draw(st.integers(2, most))
    fines = draw(st.booleans())
    effects = ("100", "200", "300") if fines else ("可", "不得", "应")
    bare = [
        Rule(f"规{i}", draw(st.sampled_from(sorted(HEADERS))), draw(guards()), draw(st.sampled_from(effects)))
        for i in range(count)
    ]
    found = []
    for rule in bare:
        over = draw(st.sampled_from((None, *bare)))
        names = (over.id,) if over is not None and over != rule else ()
        found.append(Rule(rule.name, rule.instrument, rule.guard, rule.effect, names))
    return tuple(found)


# --- The oracle ------------------------------------------------------------------------------------------


@frozen
class Verdict:
    """What is found about two rules: which one prevails ("" for neither), or that the texts clash."""

    pair: frozenset[str]
    winner: str = ""
    clash: bool = False


def meet(one: Rule, other: Rule) -> bool:
    """Whether some case has both apply and disagree."""
    return one.against(other) and any(
        one.applies(c, p) and other.applies(c, p) for c in CASES for p in PLACES
    )


def settled(one: Rule, other: Rule) -> Verdict:
    """The doctrine, for two rules that meet."""
    pair = frozenset((one.id, other.id))
    texts = [m.id for m, n in ((one, other), (other, one)) if n.id in m.overrides]
    if len(texts) == 2:
        return Verdict(pair, clash=True)
    if texts and one.instrument != other.instrument and not texts[0].startswith("市办法"):
        return Verdict(pair, clash=True)  # a lower text cannot put itself above a higher one
    if texts:
        return Verdict(pair, texts[0])
    if one.instrument != other.instrument:  # the city's rank is above the district's
        return Verdict(pair, one.id if one.instrument == "市办法" else other.id)
    narrower = all(other.holds(c) for c in CASES if one.holds(c))
    wider = all(one.holds(c) for c in CASES if other.holds(c))
    if narrower == wider:
        return Verdict(pair)
    return Verdict(pair, one.id if narrower else other.id)


def defeats(rules: tuple[Rule, ...]) -> set[tuple[str, str]]:
    """Who prevails over whom, by id."""
    found = set()
    for one in rules:
        for other in rules:
            if meet(one, other) and settled(one, other).winner == one.id:
                found.add((one.id, other.id))
    return found


def verdicts(rules: tuple[Rule, ...]) -> set[Verdict]:
    """The conflicts that a check must report: no other, and none missing."""
    found, over = set(), defeats(rules)
    for i, one in enumerate(rules):
        for other in rules[:i]:
            if not meet(one, other):
                continue
            verdict = settled(one, other)
            if verdict.winner or _left(one, other, rules, over):
                found.add(verdict)
    return found


def _left(one: Rule, other: Rule, rules: tuple[Rule, ...], over: set[tuple[str, str]]) -> bool:
    """Whether they disagree in some case in which no third rule defeats one of the two."""
    return any(
        one.applies(case, place)
        and other.applies(case, place)
        and not _defeated(one, case, place, rules, over)
        and not _defeated(other, case, place, rules, over)
        for case in CASES
        for place in PLACES
    )


def _defeated(
    rule: Rule, case: Case, place: str, rules: tuple[Rule, ...], over: set[tuple[str, str]]
) -> bool:
    return any((r.id, rule.id) in over and r.against(rule) and r.applies(case, place) for r in rules)


def dead(rules: tuple[Rule, ...]) -> set[str]:
    """The rules that apply in no case."""
    return {r.id for r in rules if not any(r.holds(c) for c in CASES)}


def shadowed(rules: tuple[Rule, ...]) -> set[str]:
    """The rules that apply in some case and are defeated in all of them."""
    over = defeats(rules)
    found = set()
    for rule in rules:
        where = [(c, p) for c in CASES for p in PLACES if rule.applies(c, p)]
        if where and all(_defeated(rule, c, p, rules, over) for c, p in where):
            found.add(rule.id)
    return found
