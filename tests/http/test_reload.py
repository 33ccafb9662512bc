"""Another corpus takes the place of the one that answers, and no request notices."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load_texts
from guiju.http import current
from served import RULES, Client, asked, wait_until

OLDER = RULES.replace("年龄 < 18岁", "年龄 < 21岁")


@pytest.fixture(scope="module")
def other() -> Corpus:
    """The same rules with another age."""
    return load_texts({"rules.gj": OLDER})


def verdict(client: Client) -> str:
    """Whether somebody of twenty may be registered."""
    answer = client.post("/v1/decide", json=asked(case={"摊主": {"年龄": 20}})).json()
    return str(answer["decision"]["answers"][0]["verdict"])


def parts(other: Corpus, wrong: str | None = None) -> dict[str, Any]:
    """What loads ``other`` the next time, unless something is wrong with it."""

    def load(paths: Iterable[Path]) -> Corpus:
        return other

    return {"load": load, "prove": lambda paths: wrong}


def test_the_new_corpus_answers(start: Callable[..., Client], corpus: Corpus, other: Corpus) -> None:
    """With its own digest; the reload is counted."""
    client = start(parts(other))
    assert verdict(client) == "eligible"
    assert client.wait(client.service.current.reload())
    assert verdict(client) == "ineligible"
    assert client.get("/v1/corpus").json()["digest"] == other.digest != corpus.digest
    assert 'guiju_corpus_reloads_total{outcome="done"} 1.0' in client.get("/metrics").text


def test_rules_with_mistakes_do_not_answer(start: Callable[..., Client], other: Corpus) -> None:
    """The old ones stay, and it is counted."""
    client = start(parts(other, "rules.gj:3:1: E101"))
    assert not client.wait(client.service.current.reload())
    assert verdict(client) == "eligible"
    assert client.get("/ready").status_code == 200
    assert 'guiju_corpus_reloads_total{outcome="failed"} 1.0' in client.get("/metrics").text


def test_whatever_goes_wrong_the_old_rules_stay(start: Callable[..., Client]) -> None:
    """Also a defect of ours while loading."""

    def load(paths: Iterable[Path]) -> Corpus:
        raise RuntimeError

    client = start({"load": load, "prove": lambda paths: None})
    assert not client.wait(client.service.current.reload())
    assert verdict(client) == "eligible"


def test_nothing_is_dropped(start: Callable[..., Client], corpus: Corpus, other: Corpus) -> None:
    """While requests run, the corpus changes many times: each is answered whole, by one of the two."""
    both = [other, corpus]

    def load(paths: Iterable[Path]) -> Corpus:
        both.reverse()
        return both[1]

    client = start({"load": load, "prove": lambda paths: None})
    request = asked(case={"摊主": {"年龄": 20}})

    async def some() -> list[Any]:
        return [(await client.http.post("/v1/decide", json=request)).json()["decision"] for _ in range(20)]

    async def all_of_them() -> list[Any]:
        asking = [asyncio.create_task(some()) for _ in range(8)]
        while not all(each.done() for each in asking):
            await client.service.current.reload()
        return [answer for each in asking for answer in each.result()]

    answers = client.wait(all_of_them())
    assert len(answers) == 160
    verdicts = {corpus.digest: "eligible", other.digest: "ineligible"}
    assert all(each["answers"][0]["verdict"] == verdicts[each["digest"]] for each in answers)
    assert {each["digest"] for each in answers} == set(verdicts)


def test_changed_files_are_noticed(start: Callable[..., Client], other: Corpus, tmp_path: Path) -> None:
    """By looking at them now and then."""
    rules = tmp_path / "rules"
    rules.mkdir()
    client = start(parts(other), paths=(rules,), reload_interval=0.05)
    assert verdict(client) == "eligible"
    (rules / "new.gj").write_text(OLDER, encoding="utf-8")
    wait_until(lambda: verdict(client) != "eligible")
    assert client.get("/v1/corpus").json()["digest"] == other.digest


def test_rules_are_proved_in_a_process_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with them is said; afterwards those that are right are loaded from what was kept."""
    monkeypatch.setenv("GUIJU_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "rules.gj"
    path.write_text(RULES, encoding="utf-8")
    assert current.prove_in_process((path,)) is None
    assert list((tmp_path / "cache").glob("corpus-*"))
    path.write_text("规则", encoding="utf-8")
    assert "rules.gj" in str(current.prove_in_process((path,)))


def test_a_process_waits_for_rules_that_can_be_loaded(
    start: Callable[..., Client], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is started anew while they have mistakes must not end: others would not be replaced either."""
    tries: list[int] = []
    monkeypatch.setattr(current, "_PATIENCE", 0.01)

    def load(paths: Iterable[Path]) -> Corpus:
        tries.append(1)
        if len(tries) < 3:
            raise ValueError("mistakes")
        return corpus

    client = start({"corpus": None, "load": load})
    assert len(tries) == 3
    assert verdict(client) == "eligible"
