"""Laws of a check, on random small texts: what it finds is what trying every case finds, and nothing else."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_files import WORLD
from guiju.checker.ask import Asker
from guiju.checker.check import DEFAULT_BUDGET, Options, check
from guiju.checker.finding import Finding
from guiju.checker.load import load_texts
from guiju.checker.overlaps import overlaps
from guiju.compiler import smt
from guiju.compiler.kernel import Corpus
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source
from small_rules import KINDS, Guard, Rule, Verdict, dead, rule_sets, shadowed, text, verdicts

PARSER = Parser()
TREES = {str(WORLD): PARSER.parse(Source(str(WORLD), WORLD.read_text(encoding="utf-8")))}
FEW = settings(max_examples=max(10, settings.default.max_examples // 4))  # each asks the solver


def parsed(sources: list[Source]) -> list[Parsed]:
    return [TREES.get(source.name) or PARSER.parse(source) for source in sources]


def corpus_of(rules: tuple[Rule, ...]) -> Corpus:
    """The corpus of some rules beside the world of the corpus files."""
    loaded = load_texts({str(WORLD): WORLD.read_text(encoding="utf-8"), "rules.gj": text(rules)}, parsed)
    assert loaded.corpus is not None, (loaded.diagnostics, text(rules))
    return loaded.corpus


def findings(corpus: Corpus, *families: str, candidate_filter: bool = True) -> tuple[Finding, ...]:
    report = check(corpus, Options(families=frozenset(families), candidate_filter=candidate_filter))
    assert report.undecided == ()
    return report.findings


def verdict(finding: Finding) -> Verdict:
    winner = finding.settled_by.winner if finding.settled_by is not None else ""
    return Verdict(frozenset(n.rule for n in finding.norms), winner, finding.code == "C106")


@FEW
@given(rule_sets())
def test_a_check_finds_what_trying_every_case_finds(rules: tuple[Rule, ...]) -> None:
    """Each conflict with its settlement, each dead rule, each rule that is always defeated."""
    found = findings(corpus_of(rules), "conflict", "quality")
    conflicts = [f for f in found if f.family == "conflict" and f.code != "C105"]
    assert verdicts(rules) == {verdict(f) for f in conflicts}
    assert len(conflicts) == len({verdict(f) for f in conflicts})
    assert dead(rules) == {f.norms[0].rule for f in found if f.code == "Q201"}
    assert shadowed(rules) == {f.norms[0].rule for f in found if f.code == "Q202"}


@FEW
@given(rule_sets())
def test_the_candidate_filter_changes_no_finding(rules: tuple[Rule, ...]) -> None:
    """It only drops pairs that cannot disagree."""
    corpus = corpus_of(rules)
    assert findings(corpus, "conflict") == findings(corpus, "conflict", candidate_filter=False)


@FEW
@given(st.data())
def test_the_order_of_rules_changes_no_verdict(data: st.DataObject) -> None:
    """Fingerprints are the same; which of two equal rules is called redundant may differ."""
    rules = data.draw(rule_sets())
    shuffled = tuple(data.draw(st.permutations(rules)))
    one, other = (findings(corpus_of(r), "conflict", "quality") for r in (rules, shuffled))

    def prints(found: tuple[Finding, ...]) -> set[str]:
        return {f.fingerprint for f in found if f.code not in ("Q203", "C105")}

    assert prints(one) == prints(other)
    for code in ("Q203", "C105"):
        assert sum(f.code == code for f in one) == sum(f.code == code for f in other)


@FEW
@given(rule_sets())
def test_renaming_changes_no_verdict(rules: tuple[Rule, ...]) -> None:
    """The same findings about the rules by their new names."""
    new = {r.id: f"{r.instrument}.新{len(rules) - i}" for i, r in enumerate(rules)}
    renamed = tuple(
        evolve(r, name=new[r.id].split(".")[1], overrides=tuple(new[o] for o in r.overrides)) for r in rules
    )

    def seen(found: tuple[Finding, ...], names: dict[str, str]) -> set[tuple[str, frozenset[str]]]:
        return {(f.code, frozenset(names.get(n.rule, n.rule) for n in f.norms)) for f in found}

    families = ("conflict", "quality")
    expected = {k for k in seen(findings(corpus_of(rules), *families), new) if k[0] != "Q203"}
    found = {k for k in seen(findings(corpus_of(renamed), *families), {}) if k[0] != "Q203"}
    assert expected == found


@FEW
@given(rule_sets(most=3), st.sampled_from(KINDS), st.booleans())
def test_a_planted_conflict_is_found(rules: tuple[Rule, ...], kind: str, filtered: bool) -> None:
    """Two rules that surely disagree in one case, whatever stands beside them."""
    guard = Guard(f"(再犯 且 证件 = {kind} 且 面积 = 20平米)", lambda c: False)
    planted = (Rule("甲", "区办法", guard, "可"), Rule("乙", "区办法", guard, "不得"))
    others = tuple(r for r in rules if r.instrument == "区办法" and not r.overrides)
    corpus = corpus_of((*others, *planted))
    found = findings(corpus, "conflict", candidate_filter=filtered)
    beaten = {f.settled_by.loser for f in found if f.settled_by is not None}
    pairs = [{n.rule for n in f.norms} for f in found]
    assert {"区办法.甲", "区办法.乙"} in pairs or beaten & {"区办法.甲", "区办法.乙"}


@FEW
@given(rule_sets())
def test_defeat_is_irreflexive_and_asymmetric(rules: tuple[Rule, ...]) -> None:
    """Nobody prevails over himself, and of two at most one over the other."""
    corpus = corpus_of(rules)
    pairs = overlaps(Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET))).defeats
    for winner, loser in pairs:
        assert winner != loser
        assert (loser, winner) not in pairs
