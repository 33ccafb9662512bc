"""Which findings a reader asked for: by instrument, article, a pair of instruments or rules, severity."""

from __future__ import annotations

import unicodedata

from attrs import evolve, frozen

from guiju.checker.finding import Finding, NormRef, Report, Severity


@frozen
class Selection:
    """What to keep: any of ``instruments``; ``article``, a part of a citation; ``between``, two ids."""

    instruments: tuple[str, ...] = ()
    article: str | None = None
    between: tuple[str, str] | None = None


def select(report: Report, selection: Selection) -> Report:
    """``report`` with the findings and the undecided questions that ``selection`` asks for.

    An undecided question that names no norms is always kept: it may be about any.
    """
    return evolve(
        report,
        findings=tuple(f for f in report.findings if _wanted(f.norms, _about(f), selection)),
        undecided=tuple(u for u in report.undecided if not u.norms or _wanted(u.norms, (), selection)),
    )


def at_least(report: Report, severity: Severity) -> Report:
    """``report`` with the findings of this severity and graver."""
    return evolve(report, findings=tuple(f for f in report.findings if f.severity >= severity))


def cites(norm: NormRef, article: str) -> bool:
    """Whether a citation of ``norm`` contains ``article``; brackets and digits of either width agree."""
    wanted = _folded(article)
    return any(wanted in _folded(citation) for citation in norm.citations)


def _about(finding: Finding) -> tuple[str, ...]:
    """What a finding is about besides its norms: a header, for example, has none."""
    return (finding.subject, finding.details.get("instrument", ""))


def _wanted(norms: tuple[NormRef, ...], about: tuple[str, ...], selection: Selection) -> bool:
    here = norms
    if selection.instruments:
        here = tuple(n for n in norms if n.instrument in selection.instruments)
        if not here and not set(selection.instruments) & set(about):
            return False
    if selection.article is not None and not any(cites(n, selection.article) for n in here):
        return False
    return all(any(_is(n, name) for n in norms) for name in selection.between or ())


def _is(norm: NormRef, name: str) -> bool:
    return name in (norm.instrument, norm.rule)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
