"""The names that ``guiju chain`` is given, held against the corpus: unknown and ambiguous ones are errors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from guiju.cli.bilingual import say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.checker.chains.draw.wanted import Wanted
    from guiju.checker.chains.links import Links
    from guiju.checker.chains.timeline import Timeline
    from guiju.compiler.kernel import Corpus, Passing

#: How the language writes somebody who is not named.
OPEN = ("未定", "unspecified")

_MOST_LISTED = 20


def named(word: str, known: Iterable[str]) -> list[str]:
    """The names that ``word`` may mean: itself, or those of which it is the last part, or an act in it."""
    listed = list(known)
    if word in listed:
        return [word]
    return [
        name for name in listed if word in re.split("[.·]", name) or name.endswith((f".{word}", f"·{word}"))
    ]


def event(ctx: click.Context, option: str, word: str, known: Collection[str]) -> str:
    """The event that ``option`` names, in full or by an unambiguous part."""
    found = named(word, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(ctx, option, word, found)
    raise _unknown(ctx, option, word, known, "事件", "event")


def actor(ctx: click.Context, option: str, word: str, known: Collection[str]) -> str:
    """The actor that ``option`` names; empty for whoever a text leaves open."""
    if word in OPEN:
        return ""
    if word in known:
        return word
    raise _unknown(ctx, option, word, [name for name in known if name], "参与者", "actor")


def place(ctx: click.Context, option: str, word: str, corpus: Corpus) -> str:
    """The territory that ``option`` names."""
    if word in corpus.territories:
        return word
    raise _unknown(ctx, option, word, corpus.territories, "地域", "place")


def wanted(
    ctx: click.Context,
    links: Links,
    instruments: Sequence[str],
    actors: Sequence[str],
    events: Sequence[str],
    kinds: Sequence[str],
) -> Wanted:
    """What to draw, by the options of ``guiju chain show``."""
    from guiju.checker.chains.draw.wanted import Wanted, touched
    from guiju.cli import asked

    corpus = links.corpus
    known_events = sorted({name for step in links.steps for name in touched(step, corpus)}) if events else ()
    known_actors = _actors(links) if actors else ()
    return Wanted(
        instruments=frozenset(asked.selection(ctx, corpus, tuple(instruments), None, None).instruments),
        actors=frozenset(actor(ctx, "--actor", each, known_actors) for each in actors),
        events=frozenset(event(ctx, "--event", each, known_events) for each in events),
        kinds=frozenset(_kind(ctx, each) for each in kinds),
    )


def either(ctx: click.Context, option: str, word: str, timeline: Timeline, links: Links) -> tuple[str, bool]:
    """What ``option`` of ``guiju chain paths`` names, and whether it is an event, not an actor."""
    from guiju.checker.chains.graphs import actor_graph

    actors = sorted(actor_graph(links))
    if word in OPEN and "" in actors:
        return "", False
    found = named(word, timeline.events)
    if word in actors and word not in found:
        return word, False
    if len(found) > 1:
        raise _ambiguous(ctx, option, word, found)
    if not found:
        known = [*timeline.events, *filter(None, actors)]
        raise _unknown(ctx, option, word, known, "事件或者参与者", "event or actor")
    return found[0], True


def _actors(links: Links) -> list[str]:
    """Everybody who acts, receives, or is acted upon in a step."""
    return sorted(
        {
            name
            for step in links.steps
            for name in (
                step.bearer,
                *step.to,
                *step.copy,
                step.deed.patient or _patient(step.deed.action, links.corpus),
            )
        }
    )


def _patient(action: str, corpus: Corpus) -> str:
    return corpus.actions[action].patient or ""


def _kind(ctx: click.Context, word: str) -> Passing:
    from guiju.checker.chains.draw.words import PASSING

    by_word = {each.value: each for each in PASSING} | {words.zh: each for each, words in PASSING.items()}
    if word not in by_word:
        raise _unknown(ctx, "--kind", word, by_word, "传递的种类", "kind of passing on")
    return by_word[word]


def _ambiguous(ctx: click.Context, option: str, word: str, found: Sequence[str]) -> BadInput:
    listed = "\n".join(f"  {name}" for name in found)
    return BadInput(
        ctx,
        f"{option} {word}：可以指 {len(found)} 个事件，请写全名：\n{listed}",
        f"{option} {word} may mean {len(found)} events; give the full name:\n{listed}",
    )


def _unknown(ctx: click.Context, option: str, word: str, known: Iterable[str], zh: str, en: str) -> BadInput:
    from guiju.dsl.diagnostics import did_you_mean

    names = list(known)
    short = {name.rpartition(".")[2]: name for name in reversed(names)}
    hint = did_you_mean(word, names) or did_you_mean(word, short)
    more = (
        say(ctx, f"\n  …共 {len(names)} 个", f"\n  … {len(names)} in all")
        if len(names) > _MOST_LISTED
        else ""
    )
    listed = "".join(f"\n  {name}" for name in names[:_MOST_LISTED]) + more
    nothing = say(ctx, "（条文中没有）", "(the corpus has none)")
    return BadInput(
        ctx,
        f"{option} {word}：没有这个{zh}。{hint.zh if hint else ''}已有的：{listed or nothing}",
        f"{option} {word}: there is no such {en}. {f'{hint.en} ' if hint else ''}Known: {listed or nothing}",
    )
