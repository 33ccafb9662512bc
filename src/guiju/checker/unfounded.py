"""Consequences without a duty (G308): a text sanctions what it only encourages or even permits.

A party does what a provision permits, or does not do what one only encourages to. It breaks no duty, ban or
requirement. Yet a sanction of the same instrument is drawn, and would not be if the party had chosen
otherwise and everything else were as it is. Sanctions whose grounds stand nowhere else are not reported: that
is how a ban is commonly written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import on_one_branch
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.otherwise import Otherwise, Pair
from guiju.checker.sanctions import bearer, citing, is_sanction, listed, mentioned
from guiju.checker.violations import breach, broken, contrary, facts_of, is_duty, is_option
from guiju.compiler import formulas
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Context, Corpus, Expr, Modality, Norm, Strength, negation
from guiju.compiler.renaming import renamed
from guiju.compiler.resolve import applicable
from guiju.dsl.source import Bilingual


def findings(asker: Asker, beside: Otherwise) -> Iterator[Finding]:
    """One finding for each choice that a rule leaves, with all sanctions of its instrument on it."""
    corpus = asker.corpus
    duties = [n for n in corpus.norms if is_duty(n, corpus) and n.strength is not Strength.ENCOURAGED]
    for option in corpus.norms:
        if not is_option(option, corpus) or contrary(option, corpus) is None:
            continue
        own = [duty for duty in duties if bearer(duty) == bearer(option)]
        drawn: list[Norm] = []
        shown: Pair | None = None
        for sanction in corpus.norms:
            if sanction.instrument != option.instrument or not is_sanction(sanction, corpus):
                continue
            if sanction.rule in {n.rule for n in drawn} or not on_one_branch(option, sanction, corpus):
                continue
            found = _sanctioned(option, sanction, own, beside, seen=shown is not None)
            if found:
                drawn.append(sanction)
                shown = found if isinstance(found, Pair) else shown
        if shown is not None:
            yield _finding(option, drawn, shown, corpus)


def _sanctioned(
    option: Norm, sanction: Norm, duties: Sequence[Norm], beside: Otherwise, seen: bool
) -> Pair | bool | None:
    """The case that shows it, or just whether there is one where another was ``seen``."""
    corpus = beside.asker.corpus
    choice, varied = contrary(option, corpus), facts_of(option, corpus)
    if choice is None or not mentioned([sanction.guard]) & varied:
        return None
    applies, names = formulas.applicable(sanction, corpus), beside.names(varied)
    other = [negation(renamed(choice, names)), negation(renamed(applies, names))]
    bearing = mentioned([choice, sanction.guard, *beside.asker.bearing([sanction.guard])])
    kept = [
        negation(act)
        for duty in duties
        if on_one_branch(duty, sanction, corpus)
        and (act := _act(duty, corpus)) is not None
        and mentioned([act]) & bearing
    ]
    what, asked = f"{option.id} × {sanction.id}: sanctioned choice", [choice, applies, *other, *kept]
    if seen:
        return beside.possible(what, varied, asked, (option, sanction))

    def shows(cases: tuple[Context, ...]) -> bool:
        draws = [applicable(sanction, corpus, case) for case in cases[:2]]
        acts = [act for duty in duties if (act := _act(duty, corpus)) is not None]
        return draws == [True, False] and not any(evaluate(a, corpus, cases[0]) is True for a in acts)

    return beside.find(what, varied, asked, (option, sanction), replay=shows)


def _act(duty: Norm, corpus: Corpus) -> Expr | None:
    """That ``duty`` is broken; of a requirement also where no fact tells what was done without it."""
    unmet = duty.requirement is not None and breach(duty, corpus) is None
    return duty.guard if unmet else broken(duty, corpus)


def _finding(option: Norm, drawn: Sequence[Norm], shown: Pair, corpus: Corpus) -> Finding:
    says, deed, cited = wording.norm(option, corpus), wording.question(option.question), listed(citing(drawn))
    if option.position is Modality.PERMITTED:
        words = Bilingual(f"允许“{deed.zh}”", f"permits '{deed.en}'")
        act = Bilingual("这样做", "doing so")
    elif option.position is Modality.FORBIDDEN:
        words = Bilingual(f"对不“{deed.zh}”只是鼓励", f"only encourages not to do '{deed.en}'")
        act = Bilingual("不照办", "doing it all the same")
    else:
        words = Bilingual(f"对“{deed.zh}”只是鼓励", f"only encourages '{deed.en}'")
        act = Bilingual("不照办", "not doing it")
    return Finding(
        code="G308",
        severity=Severity.INFO,
        norms=(NormRef.of(option), *(NormRef.of(n) for n in citing(drawn))),
        message=Bilingual(
            f"{says.zh}{words.zh}，同一文件{cited.zh}却对{act.zh}予以处理；所示情形下，其没有违反任何义务或者禁止。",
            f"{says.en} {words.en}, yet {cited.en} of the same instrument sanctions {act.en};"
            f" in the case shown it breaks no duty or ban.",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=shown.answered.witness,
        readings=shown.answered.under,
        by_default=shown.answered.by_default,
        subject=wording.subject(option.question),
    )
