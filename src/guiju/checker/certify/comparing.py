"""What a certificate says that a check of today does not, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from guiju.checker.certify.certificate import Certificate, Entry, Result
from guiju.dsl.source import Bilingual

RESULT = {
    Result.PROVED: Bilingual("已证明", "proved"),
    Result.DISAGREES: Bilingual("两个求解器不一致", "the solvers disagree"),
    Result.UNKNOWN: Bilingual("未决", "unknown"),
}

_OF_RULES = Bilingual("关于条文", "of the rules")
_CANARY = Bilingual("答案已知的一问", "a canary")

_ENGINES = {
    "guiju": Bilingual("guiju 的版本", "the version of guiju"),
    "first": Bilingual("第一求解器", "the first solver"),
    "second": Bilingual("第二求解器", "the second solver"),
    "second_budget": Bilingual("第二求解器的预算", "the budget of the second solver"),
}


@frozen
class Difference:
    """One thing that is not the same. ``matters``: something else was proved, not only by something else."""

    text: Bilingual
    matters: bool = True


def differences(kept: Certificate, now: Certificate) -> Iterator[Difference]:
    """What is not the same in ``now``, which was made of the same options."""
    if kept.corpus != now.corpus:
        yield Difference(
            Bilingual(
                f"条文不同：证书 {kept.corpus[:12]}，现在 {now.corpus[:12]}",
                f"the corpus is another one: {kept.corpus[:12]} then, {now.corpus[:12]} now",
            )
        )
    for name in dict.fromkeys((*kept.engines, *now.engines)):
        one, other = kept.engines.get(name, "—"), now.engines.get(name, "—")
        if one != other:
            word = _ENGINES.get(name, Bilingual(name, name))
            yield Difference(
                Bilingual(
                    f"{word.zh}：证书 {one}，现在 {other}",
                    f"{word.en}: {one} then, {other} now",
                ),
                matters=False,
            )
    yield from _findings(kept, now)
    yield from _undecided(kept, now)
    yield from _claims(kept, now)


def _findings(kept: Certificate, now: Certificate) -> Iterator[Difference]:
    for each in sorted(set(kept.findings) - set(now.findings)):
        yield Difference(Bilingual(f"结论 {each} 不再出现", f"finding {each} is gone"))
    for each in sorted(set(now.findings) - set(kept.findings)):
        yield Difference(Bilingual(f"新的结论 {each}", f"finding {each} is new"))


def _undecided(kept: Certificate, now: Certificate) -> Iterator[Difference]:
    then, today = Counter(kept.undecided), Counter(now.undecided)
    for each in sorted((then - today).elements()):
        yield Difference(Bilingual(f"不再未决：{each}", f"no longer undecided: {each}"))
    for each in sorted((today - then).elements()):
        yield Difference(Bilingual(f"现在未决：{each}", f"undecided now: {each}"))


def _claims(kept: Certificate, now: Certificate) -> Iterator[Difference]:
    then, today = ({each.query: each for each in some.entries} for some in (kept, now))
    for query, entry in then.items():
        if query not in today:
            yield Difference(
                Bilingual(f"不再有这一问：{_named(entry)}", f"no longer a claim: {_named(entry)}"),
            )
        elif entry.result is not today[query].result:
            one, other = RESULT[entry.result], RESULT[today[query].result]
            yield Difference(
                Bilingual(
                    f"{_named(entry)}：证书 {one.zh}，现在 {other.zh}",
                    f"{_named(entry)}: {one.en} then, {other.en} now",
                )
            )
        elif entry.canary is not today[query].canary:
            one, other = (_OF_RULES, _CANARY) if today[query].canary else (_CANARY, _OF_RULES)
            yield Difference(
                Bilingual(
                    f"{_named(entry)}：证书 {one.zh}，现在 {other.zh}",
                    f"{_named(entry)}: {one.en} then, {other.en} now",
                )
            )
    for query, entry in today.items():
        if query not in then:
            yield Difference(Bilingual(f"新的一问：{_named(entry)}", f"a new claim: {_named(entry)}"))


def _named(entry: Entry) -> str:
    return f"{entry.query[:12]} {entry.about}".rstrip()
