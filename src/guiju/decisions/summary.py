"""A decision in words, as lines of pieces: the verdict first, then what it rests on, then what could differ.

The lines are like those of a report of a check: text drops the roles, a terminal turns them into colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.checker.report.layout import Line, Piece, View
from guiju.checker.report.text import join
from guiju.compiler.kernel import Type
from guiju.compiler.verdicts import Verdict
from guiju.decisions import summary_words as words
from guiju.decisions.decision import (
    Alternative,
    Clash,
    Decision,
    Defeated,
    Duty,
    Ground,
    Sanction,
    TopicAnswer,
    Value,
    Violation,
)


def to_text(decision: Decision, view: View) -> str:
    """``decision`` as plain text in the language of ``view``, which should know the corpus."""
    return join(decision_lines(decision, view))


def decision_lines(decision: Decision, view: View) -> Iterator[Line]:
    """Every line of ``decision``."""
    if not decision.answers:
        nothing = view.say("没有规定涉及所给的情形。", "nothing in the rules speaks of this case.")
        yield (Piece(nothing, "message"),)
    for number, answer in enumerate(decision.answers):
        if number:
            yield ()
        yield from answer_lines(answer, view)
    yield from _section("义务", "duties", (_duty(each, view) for each in decision.duties), view)
    sanctions = (_sanction(each, view) for each in decision.sanctions)
    yield from _section("惩戒", "sanctions", sanctions, view)
    broken = (_violation(each, view) for each in decision.violations)
    yield from _section("违反", "violations", broken, view)
    yield ()
    yield from _footing(decision, view)


def answer_lines(answer: TopicAnswer, view: View) -> Iterator[Line]:
    """The answer to one topic: the verdict, its grounds, and what speaks against it or would change it."""
    yield _verdict(answer, view)
    if answer.basis == "no_rule":
        silent = view.say(
            "此时此地没有关于它的规则：不是准许，只是没有禁止",
            "no rule on it is in force here and then: that is no leave, only no ban",
        )
        yield (Piece(f"    {silent}"),)
    for ground in answer.grounds:
        yield from _ground(ground, answer.topic, view)
    if answer.gap:
        gap = view.say("法律在此应有规定，而没有", "the law must answer here, and nothing does")
        yield _labelled("空白", "gap", gap, view)
    yield from _provisional(answer.provisional, view)
    for other in answer.others:
        said = _says(other, answer.topic, view)
        beside = f"{words.provision(other.cited, view)}{view.say('：', ': ')}{said}"
        yield _labelled("并存", "beside it", beside, view)
    for defeated in answer.defeated:
        yield _labelled("被优先", "defeated", _defeated(defeated, answer.topic, view), view)
    for clash in answer.conflicts:
        yield _labelled("冲突", "conflict", _clash(clash, view), view)
    for instrument, apart in answer.apart.items():
        said = _word(apart.verdict, apart.values, answer.topic, view)
        alone = view.say(f"{_title(instrument, view)}：{said}", f"{_title(instrument, view)}: {said}")
        yield _labelled("只看这一文件", "by one text alone", alone, view)
    for alternative in answer.alternatives:
        yield _labelled("换一读法", "read otherwise", _alternative(alternative, answer.topic, view), view)
    if answer.readings_explored != "all":
        some = view.say("读法很多，只逐一试过", "the readings are many: they were tried one at a time")
        yield _labelled("读法", "readings", some, view)
    yield from _open(answer, view)


# --- One answer


def _verdict(answer: TopicAnswer, view: View) -> Line:
    text = _word(answer.verdict, answer.values, answer.topic, view)
    if answer.verdict is Verdict.ELIGIBLE and not answer.grounds:
        text += view.say("，没有规定禁止", ": nothing forbids it")
    if answer.until is not None:
        text += view.say(f"，至 {answer.until} 为止", f" until {answer.until}")
    if answer.without_end:
        text += view.say("，没有终期", " without end")
    colon = Piece(view.say("：", ": "))
    return (Piece(answer.topic, "code"), colon, Piece(text, words.ROLE[answer.verdict]))


def _word(verdict: Verdict, values: Iterable[Value | None], topic: str, view: View) -> str:
    """A verdict in words; of an outcome its values."""
    listed = [words.value(each, _type(topic, view), view) for each in values]
    if verdict is Verdict.ANSWERED and listed:
        return view.say("、", ", ").join(listed)
    shown = view.word(words.VERDICT[verdict])
    return shown + (view.say(f"（{'、'.join(listed)}）", f" ({', '.join(listed)})") if listed else "")


def _ground(ground: Ground, topic: str, view: View) -> Iterator[Line]:
    """The provision, what it says, and why it applies."""
    yield _cited(ground, view)
    notes = [_says(ground, topic, view)]
    if ground.window is not None:
        notes.append(words.window(ground.window, view))
    for mark in (words.STRENGTH.get(ground.strength), words.STANDING.get(ground.standing)):
        notes += [view.word(mark)] if mark is not None else []
    yield (Piece(f"    {view.say('，', ', ').join(notes)}"),)
    yield from _because(ground, view)


def _cited(ground: Ground, view: View) -> Line:
    cited = ground.cited
    return (
        Piece("  "),
        Piece(words.provision(cited, view), "provision"),
        Piece(words.rule(cited, view), "dim"),
    )


def _because(ground: Ground, view: View) -> Iterator[Line]:
    facts = [words.fact(name, given, view) for name, given in ground.because.items()]
    if facts:
        label = view.say("    因为 ", "    because ")
        yield (Piece(label, "label"), Piece(view.say("；", "; ").join(facts), "value"))
    for name in ground.judgements:
        text = view.say(f"“{name}”须由有权机关认定", f"{name} is for an authority to judge")
        yield (Piece(view.say("    判断 ", "    judgement "), "label"), Piece(text))
    for doubt in ground.doubts:
        explain = f"guiju explain {doubt.code}"
        text = view.say(f"{doubt.message.zh}（{explain}）", f"{doubt.message.en} ({explain})")
        yield (Piece(view.say("    存疑 ", "    doubt "), "label"), Piece(f"{doubt.code} {text}", "warning"))


def _says(ground: Ground | Defeated, topic: str, view: View) -> str:
    """What a norm says to the topic."""
    if ground.position == "value":
        return words.value(ground.value, _type(topic, view), view)
    if isinstance(ground, Defeated) and ground.window is not None:
        what = view.say("期限", "the period") if ground.position == "window" else view.say("时限", "the term")
        return f"{what} {words.window(ground.window, view)}"
    return view.word(words.POSITION[ground.position])


def _defeated(each: Defeated, topic: str, view: View) -> str:
    said, one = _says(each, topic, view), words.provision(each.cited, view)
    by, how = words.provision(each.by, view), words.settled(each.doctrine, each.grade, view)
    basis = view.say(f"；依据：{each.basis}", f"; basis: {each.basis}") if each.basis else ""
    return view.say(f"{one}：{said}；以{by}为准，{how}{basis}", f"{one}: {said}; {by} prevails: {how}{basis}")


def _clash(each: Clash, view: View) -> str:
    one, other = words.provision(each.one, view), words.provision(each.other, view)
    if each.about == "window":
        return view.say(
            f"{one}与{other}的期限终点不同，没有规则能确定以谁为准",
            f"{one} and {other} end differently, and nothing tells which prevails",
        )
    return view.say(
        f"{one}与{other}，没有规则能确定以谁为准",
        f"{one} and {other}, and nothing tells which prevails",
    )


def _alternative(each: Alternative, topic: str, view: View) -> str:
    said = _word(each.verdict, each.values, topic, view)
    if each.until is not None:
        said += view.say(f"，至 {each.until} 为止", f" until {each.until}")
    rules = view.say("、", ", ").join(each.grounds)
    if rules:
        said += view.say(f"（规则 {rules}）", f" (rules {rules})")
    if each.provisional:
        said += view.say("（暂定）", " (provisional)")
    return f"{words.readings(each.readings, view)}{view.say('：', ': ')}{said}"


def _open(answer: TopicAnswer, view: View) -> Iterator[Line]:
    """What the unknown leaves open, and what to ask."""
    if answer.verdict is not Verdict.UNDETERMINED:
        return
    if answer.possible:
        values = [words.value(each, _type(answer.topic, view), view) for each in answer.possible_values]
        verdicts = [view.word(words.VERDICT[each]) for each in answer.possible]
        several = view.say("、", " or ").join(values or verdicts)
        yield _labelled("可能", "possible", several, view)
    for ask in answer.ask:
        through = view.say(
            f"（{words.provisions(ask.matters, view)}）", f" ({words.provisions(ask.matters, view)})"
        )
        yield _labelled("还要问", "to ask", ask.fact + (through if ask.matters else ""), view)
    if not answer.ask and answer.undetermined:
        which = words.provisions(answer.undetermined, view)
        yield _labelled("不知是否适用", "may apply", which, view)
    for reason in answer.undecided:
        yield _labelled("求解器未答", "the solver gave up", reason, view)


# --- Duties, violations, and what all rests on


def _duty(duty: Duty, view: View) -> Iterator[Line]:
    yield _cited(duty.ground, view)
    status = Piece(view.word(words.STATUS[duty.status]), words.STATUS_ROLE[duty.status])
    yield (Piece(f"    {duty.topic}{view.say('：', ': ')}"), status, Piece(_term(duty, view)))
    yield from _because(duty.ground, view)
    yield from _provisional(duty.provisional, view)


def _term(duty: Duty, view: View) -> str:
    parts = []
    if duty.due is not None:
        parts.append(view.say("期限 ", "term ") + words.window(duty.due, view))
    if duty.hours is not None:
        parts.append(view.say(f"{duty.hours} 小时以内", f"within {duty.hours} hours"))
    if duty.every is not None:
        parts.append(words.every(duty.every, view))
    if duty.done_on is not None:
        parts.append(view.say(f"{duty.done_on} 履行", f"done on {duty.done_on}"))
    return "".join(view.say("，", ", ") + part for part in parts)


def _sanction(each: Sanction, view: View) -> Iterator[Line]:
    yield from _ground(each.ground, each.topic, view)
    if each.mode != "must":
        may = view.say("可以如此，不是必须", "it may be imposed; it need not be")
        contested = view.say("与他条冲突，未有定论", "other norms contradict it; it is not settled")
        yield (Piece(f"    {may if each.mode == 'may' else contested}"),)
    yield from _provisional(each.provisional, view)


def _violation(each: Violation, view: View) -> Iterator[Line]:
    yield from _ground(each.ground, each.topic, view)
    if each.sanctions:
        rules = view.say("、", ", ").join(each.sanctions)
        yield (Piece(view.say(f"    由此惩戒：规则 {rules}", f"    sanctioned by: {rules}")),)
    elif not each.open:
        none = view.say(
            "    没有规定的惩戒；这不等于合法", "    no sanction is laid down; that does not make it lawful"
        )
        yield (Piece(none, "warning"),)
    if each.open:
        rules = view.say("、", ", ").join(each.open)
        yield (Piece(view.say(f"    可能由此惩戒：规则 {rules}", f"    may be sanctioned by: {rules}")),)
    yield from _provisional(each.provisional, view)


def _provisional(is_so: bool, view: View) -> Iterator[Line]:
    """That what was just said may change, where it may."""
    if is_so:
        until_then = view.say(
            "有的工作日安排尚未公布，暂按周末推算；公布后可能改变",
            "it counts working days that are not published yet, by plain weeks: it may change",
        )
        yield _labelled("暂定", "provisional", until_then, view)


def _asked(decision: Decision, view: View) -> str:
    """The day, the place, and what else was chosen."""
    parts = [f"{decision.on}", decision.at]
    if decision.law_date is not None:
        parts.append(view.say(f"适用 {decision.law_date} 的规定", f"by the law of {decision.law_date}"))
    if decision.readings:
        chosen = words.readings(decision.readings, view)
        parts.append(view.say(f"所取读法 {chosen}", f"readings {chosen}"))
    return view.say("，", ", ").join(parts)


def _footing(decision: Decision, view: View) -> Iterator[Line]:
    """The defaults that were taken, and what answered."""
    if decision.assumed:
        facts = [words.fact(name, given, view) for name, given in decision.assumed.items()]
        yield _labelled("取默认值", "assumed by default", view.say("；", "; ").join(facts), view)
    yield _labelled("所问", "asked about", _asked(decision, view), view)
    answered = f"{decision.digest[:16]}… guiju {decision.engine['guiju']}"
    yield (Piece(view.say(f"条文库 {answered}", f"corpus {answered}"), "dim"),)


def _section(zh: str, en: str, items: Iterable[Iterator[Line]], view: View) -> Iterator[Line]:
    """A heading and the items under it, where there are any."""
    for number, item in enumerate(items):
        if number == 0:
            yield ()
            yield (Piece(view.say(zh, en), "label"),)
        yield from item


def _type(topic: str, view: View) -> Type | None:
    """The type of the outcome that the topic is."""
    outcome = view.corpus.outcomes.get(topic) if view.corpus is not None else None
    return outcome.type if outcome is not None else None


def _title(instrument: str, view: View) -> str:
    known = view.corpus.instruments.get(instrument) if view.corpus is not None else None
    return f"《{known.title}》" if known is not None else instrument


def _labelled(zh: str, en: str, text: str, view: View) -> Line:
    return (Piece("  = ", "gutter"), Piece(view.say(f"{zh}：", f"{en}: "), "label"), Piece(text))
