"""What is shown of a report, as lines of pieces: the one place that decides order and wording.

A ``Piece`` is text with a role (``error``, ``place``, ``caret``, …). ``text`` drops the roles, a terminal
turns them into colours, so both always say the same. A conflict shows both provisions with the line that
encodes each, the case in plain words, who settles it, and the readings under which it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from guiju.checker.finding import Finding, NormRef, Report, Severity, Undecided, Witness
from guiju.checker.report import words
from guiju.checker.report.values import fact_order, fact_type, field_type, in_words
from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import Excerpt
from guiju.dsl.source import Bilingual, Place, Source, visible

PLAIN = ""


@frozen
class Piece:
    """A run of text and what it is: its role, by which a terminal chooses a colour.

    What a text must not do to a terminal is not in it: see ``visible``.
    """

    text: str = field(converter=visible)
    role: str = PLAIN


Line = tuple[Piece, ...]


@frozen
class View:
    """How to show: the language, the sources for excerpts, the corpus for titles, units and order."""

    lang: str = "zh"
    sources: Mapping[str, Source] = field(factory=dict)
    corpus: Corpus | None = None

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def word(self, text: Bilingual) -> str:
        return text.in_language(self.lang)


def report_lines(report: Report, view: View, notes: Iterable[str] = ()) -> Iterator[Line]:
    """Every line of ``report``: the findings, what is undecided, the ``notes``, the sum."""
    for finding in report.findings:
        yield from finding_lines(finding, view)
        yield ()
    for question in report.undecided:
        yield from undecided_lines(question, view)
        yield ()
    for note in notes:
        yield (Piece(note, "dim"),)
    yield summary_line(report, view)
    yield from _trust(report, view)


def finding_lines(finding: Finding, view: View) -> Iterator[Line]:
    """The lines of one finding."""
    severity = view.word(words.SEVERITY[finding.severity])
    yield (
        Piece(severity, finding.severity.word),
        Piece(" "),
        Piece(finding.code, "code"),
        Piece(f"{view.say('：', ': ')}{view.word(finding.message)}", "message"),
    )
    places = [norm.place for norm in finding.norms]
    if finding.where.line and finding.where not in places:
        yield from _place(finding.where, view)
    for norm in finding.norms:
        yield from _provision(norm, view)
    if finding.witness is not None:
        yield from _witness(finding.witness, view)
    yield from _settlement(finding, view)
    yield from _readings(finding, view)
    if finding.details:
        yield _labelled("细节", "details", _details(finding.details, view), view)
    yield _labelled("依据", "grounds", view.word(words.PROVED_BY[finding.proved_by]), view)


def undecided_lines(question: Undecided, view: View) -> Iterator[Line]:
    """The lines of one question that was not answered."""
    yield (
        Piece(view.say("未决", "undecided"), "undecided"),
        Piece(f"{view.say('：', ': ')}{question.question}", "message"),
    )
    for norm in question.norms:
        yield from _provision(norm, view)
    yield _labelled("原因", "reason", question.reason, view)


def summary_line(report: Report, view: View) -> Line:
    """How many findings of each severity, and how many questions are undecided."""
    counts = {s: sum(f.severity == s for f in report.findings) for s in Severity}
    pieces: list[Piece] = []
    for severity in sorted(Severity, reverse=True):
        word, count = words.SEVERITY[severity], counts[severity]
        role = severity.word if count else "dim"
        plural = "s" if count != 1 and severity != Severity.INFO else ""
        pieces += [Piece(view.say(f"{word.zh} {count}", f"{count} {word.en}{plural}"), role)]
        pieces += [Piece(view.say("，", ", "))]
    number = len(report.undecided)
    role = "undecided" if number else "dim"
    pieces += [Piece(view.say(f"未决 {number}", f"{number} undecided"), role), Piece(view.say("。", "."))]
    return tuple(pieces)


def _trust(report: Report, view: View) -> Iterator[Line]:
    """Whether the rules can apply at all, as far as it was asked, and how the known answers came out."""
    counted = report.statistics
    said = []
    if "rules_unasked" in counted:
        said.append(
            view.say(
                f"没有问 {counted['rules_unasked']} 条规则能否适用（未查“{words.FAMILY['quality'].zh}”一类）",
                f"whether the {counted['rules_unasked']} rules can apply was not asked (family quality)",
            )
        )
    if "rules" in counted:
        rules, reachable = counted["rules"], counted["rules_reachable"]
        if not rules:
            said.append(view.say("没有有效力的规则", "no rule has effect"))
        elif rules == reachable:
            said.append(view.say(f"规则 {rules} 条，均可适用", f"{rules} rules, all reachable"))
        else:
            said.append(
                view.say(
                    f"规则 {rules} 条，其中 {reachable} 条可适用", f"{rules} rules, {reachable} reachable"
                )
            )
        if "rules_reachable_on_date" in counted:
            on = counted["rules_reachable_on_date"]
            said[-1] += view.say(f"（在所问日期 {on} 条）", f" ({on} on the date)")
        idle = counted["rules_without_effect"]
        if rules and idle:
            said[-1] += view.say(f"，另 {idle} 条没有效力", f", {idle} more without effect")
    if "canaries" in counted:
        number = counted["canaries"]
        said.append(view.say(f"答案已知的 {number} 问全部答对", f"{number} canaries, all right"))
    if "working_days_published_until" in counted:
        last = counted["working_days_published_until"]
        said.append(
            view.say(
                f"{last} 年以后的工作日尚未公布，按平常的周推算",
                f"working days after {last} are not published: counted by plain weeks",
            )
            if last
            else view.say("工作日未公布，按平常的周推算", "no working days are published: plain weeks")
        )
    if said:
        yield (Piece(view.say("；", "; ").join(said) + view.say("。", "."), "dim"),)


def _provision(norm: NormRef, view: View) -> Iterator[Line]:
    instrument = view.corpus.instruments.get(norm.instrument) if view.corpus is not None else None
    title = f"《{instrument.title}》" if instrument is not None else norm.instrument
    citation = "、".join(norm.citations)
    space = "" if instrument is not None else " "
    rule = view.say(f"（规则 {norm.rule}）", f" (rule {norm.rule})") if norm.rule else ""
    yield (
        Piece("  "),
        Piece(f"{title}{space}{citation}".rstrip(), "provision"),
        Piece(rule, "dim"),
    )
    yield from _place(norm.place, view)


def _place(place: Place, view: View) -> Iterator[Line]:
    if not place.file:
        return
    position = f":{place.line}:{place.column}" if place.line else ""
    yield (Piece("  --> ", "gutter"), Piece(f"{place.file}{position}", "place"))
    source = view.sources.get(place.file)
    if source is None or not source.line(place.line).strip():
        return
    excerpt = Excerpt.of(source, place)
    number = str(place.line)
    yield (Piece(f"   {number} | ", "gutter"), Piece(excerpt.line))
    yield (Piece(f"   {' ' * len(number)} | ", "gutter"), Piece(excerpt.carets, "caret"))


def _witness(witness: Witness, view: View) -> Iterator[Line]:
    case, corpus = witness.case, view.corpus
    where = f"{view.say('；地点：', '; place: ')}{witness.place}" if witness.place else ""
    if witness.elsewhere:
        where += f"{view.say('；另一地：', '; the other place: ')}{witness.elsewhere}"
    yield _labelled("情形", "case", f"{view.say('日期：', 'date: ')}{witness.date}{where}", view)
    colon = view.say("：", ": ")
    for name in fact_order(case, corpus):
        value = in_words(case.facts[name], fact_type(corpus, name), view.lang)
        yield (Piece(f"    {name}{colon}"), Piece(value, "value"))
    for record in sorted(case.records):
        rows = case.records[record]
        count = view.say(f"{len(rows)} 条", f"{len(rows)} row{'' if len(rows) == 1 else 's'}")
        yield (Piece(f"    {record}{colon}{count}"),)
        for number, row in enumerate(rows, 1):
            cells = [
                f"{name}{colon}{in_words(row[name], field_type(corpus, record, name), view.lang)}"
                for name in sorted(row)
            ]
            yield (Piece(f"      {number}. {view.say('；', '; ').join(cells)}"),)
    if witness.readings:
        yield (Piece(f"    {view.say('所取读法', 'readings')}{colon}{_choices(witness.readings, view)}"),)


def _settlement(finding: Finding, view: View) -> Iterator[Line]:
    defeat = finding.settled_by
    if defeat is None:
        if finding.code in {"C101", "C102", "C103", "C104"}:
            nothing = view.say(
                "没有规则可以解决，须修改文本或者由制定机关裁决",
                "nothing: amend a text, or ask the issuers to decide",
            )
            yield _labelled("解决", "settled by", nothing, view)
        return
    doctrine = view.word(words.DOCTRINE[defeat.doctrine])
    grade = view.word(words.GRADE[defeat.grade])
    winner, loser = (_name_of(n, finding.norms, view) for n in (defeat.winner, defeat.loser))
    text = view.say(
        f"{doctrine}（{grade}）：{winner} 优先于 {loser}", f"{doctrine} ({grade}): {winner} over {loser}"
    )
    yield _labelled("解决", "settled by", text + _basis(defeat, view), view)


def _basis(defeat: Defeat, view: View) -> str:
    return view.say(f"；依据：{defeat.basis}", f"; basis: {defeat.basis}") if defeat.basis else ""


def _name_of(norm_id: str, norms: tuple[NormRef, ...], view: View) -> str:
    """What to call a norm in a sentence: its rule, with its citation when the finding shows it."""
    for norm in norms:
        if norm_id == norm.rule or norm_id.startswith(f"{norm.rule}/"):
            citations = "、".join(norm.citations)
            cited = view.say(f"（{citations}）", f" ({citations})") if citations else ""
            return f"{norm.rule}{cited}"
    return norm_id


def _readings(finding: Finding, view: View) -> Iterator[Line]:
    if finding.readings:
        ways = view.say("；或者 ", "; or ").join(_choices(way, view) for way in finding.readings)
        text = view.say(f"仅在下列读法下成立：{ways}", f"it holds only under: {ways}")
    elif finding.by_default and finding.witness is not None:
        text = view.say("任何读法下都成立", "it holds under every reading")
    elif finding.by_default:
        return
    else:
        text = view.say("仅在部分读法下成立", "it holds under some readings only")
    if not finding.by_default:
        text += view.say("；默认读法下不成立", "; not under the default reading")
    yield _labelled("读法", "readings", text, view)


def _choices(readings: Mapping[str, str], view: View) -> str:
    both = view.say(" 且 ", " and ")
    return both.join(f"{name}={readings[name]}" for name in sorted(readings))


def _details(details: Mapping[str, str], view: View) -> str:
    def shown(word: str) -> str:
        return view.word(words.DETAIL[word]) if word in words.DETAIL else word

    return view.say("；", "; ").join(f"{shown(k)}={shown(details[k])}" for k in sorted(details))


def _labelled(zh: str, en: str, text: str, view: View) -> Line:
    return (Piece("  = ", "gutter"), Piece(view.say(f"{zh}：", f"{en}: "), "label"), Piece(text))
