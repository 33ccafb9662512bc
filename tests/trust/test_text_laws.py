"""Laws of a check on the files of the corpus: how a text is written changes nothing of what is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

import pytest

from corpus_files import SpecFile, read, spec_files
from guiju.checker import overlaps
from guiju.checker.candidates import pairs
from guiju.checker.check import Options, check
from guiju.checker.finding import Finding, Report
from guiju.checker.load import load_texts
from guiju.compiler.kernel import Corpus, Norm, digest_ready
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source
from trust.respelled import MARK, formatted, renamed, split, twin

FILES = spec_files()
PARSER = Parser()

#: Two instruments of two authorities that say opposite things: one finding.
CONFLICT = next(file for file in FILES if file.name == "conflict/both_texts")

#: Of two provisions that are alike, the one that comes first is kept and the other is found wanting.
ALIKE = {"Q203", "C105"}


def loaded(texts: Mapping[str, str]) -> Corpus:
    found = load_texts(texts, _parsed)
    assert found.corpus is not None, found.diagnostics
    return found.corpus


def _parsed(sources: list[Source]) -> list[Parsed]:
    return [PARSER.parse(source) for source in sources]


def checked(texts: Mapping[str, str], options: Options) -> Report:
    report = check(loaded(texts), options)
    assert report.undecided == ()
    return report


@cache
def original(path: Path) -> Report:
    """What is found in a file as it is written."""
    file = read(path)
    return checked(file.texts(), file.options)


def whole(finding: Finding) -> str:
    """Everything that a finding says, but where in which file it says it of."""
    return json.dumps(digest_ready(finding), ensure_ascii=False)


def prints(report: Report) -> Counter[str]:
    return Counter(f.code if f.code in ALIKE else f.fingerprint for f in report.findings)


def with_names_as_they_were(report: Report) -> list[str]:
    return sorted(whole(finding).replace(MARK, "") for finding in report.findings)


# --- The laws --------------------------------------------------------------------------------------------


def says_the_same_in_english(file: SpecFile) -> None:
    english = checked(formatted(file.texts(), PARSER, "en"), file.options)
    assert [whole(f) for f in english.findings] == [whole(f) for f in original(file.path).findings]


def says_the_same_when_formatted(file: SpecFile) -> None:
    tidy = checked(formatted(file.texts(), PARSER), file.options)
    assert [whole(f) for f in tidy.findings] == [whole(f) for f in original(file.path).findings]


def says_the_same_in_many_files_in_any_order(file: SpecFile) -> None:
    pieces = split(file.texts(), Random(str(file.path.name)))
    assert prints(checked(pieces, file.options)) == prints(original(file.path))


def says_the_same_under_other_names(file: SpecFile) -> None:
    readings = {name + MARK: choice + MARK for name, choice in file.options.readings.items()}
    options = Options(file.options.families, file.options.as_of, readings)
    other = checked(renamed(file.texts()), options)
    assert with_names_as_they_were(other) == sorted(whole(f) for f in original(file.path).findings)


def says_the_same_beside_another_country(file: SpecFile) -> None:
    """Twice as much, when the same stands there under other names: what is unrelated changes nothing."""
    readings = dict(file.options.readings)
    readings |= {name + MARK: choice + MARK for name, choice in readings.items()}
    options = Options(file.options.families, file.options.as_of, readings)
    both = checked({**file.texts(), **twin(file.texts())}, options)
    own = Counter(f.fingerprint for f in original(file.path).findings)
    found = Counter(f.fingerprint for f in both.findings)
    assert {each: found[each] for each in own} == own
    assert found.total() == 2 * own.total()


def says_the_same_with_a_place_that_no_rule_names(file: SpecFile) -> None:
    """Everything, the witnesses and their places included."""
    texts = {
        name: text.replace("法域 西区 属 市", "法域 西区 属 市\n法域 小巷 属 西区")
        for name, text in file.texts().items()
    }
    wider = checked(texts, file.options)
    assert [whole(f) for f in wider.findings] == [whole(f) for f in original(file.path).findings]


LAWS: dict[str, Callable[[SpecFile], None]] = {
    each.__name__: each
    for each in (
        says_the_same_in_english,
        says_the_same_when_formatted,
        says_the_same_in_many_files_in_any_order,
        says_the_same_under_other_names,
        says_the_same_beside_another_country,
        says_the_same_with_a_place_that_no_rule_names,
    )
}


@pytest.mark.parametrize("law", LAWS)
def test_some_files_keep_the_law(law: str) -> None:
    """Each time the same ones; other ones for another law."""
    for file in Random(law).sample(FILES, 3):
        LAWS[law](file)


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
@pytest.mark.parametrize("law", LAWS)
def test_every_file_keeps_the_law(law: str, file: SpecFile) -> None:
    LAWS[law](file)


def test_a_check_that_minds_names_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """As would be one that takes part of a name for a word of its own."""
    monkeypatch.setattr(overlaps, "pairs", lambda *_: (p for p in pairs(*_) if MARK not in p[0].id))
    with pytest.raises(AssertionError):
        says_the_same_under_other_names(CONFLICT)


def test_a_check_that_minds_files_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """As would be one that compares only what stands in one file."""
    monkeypatch.setattr(overlaps, "pairs", lambda *_: (p for p in pairs(*_) if _in_one_file(*p)))
    with pytest.raises(AssertionError):
        says_the_same_in_many_files_in_any_order(CONFLICT)


def _in_one_file(one: Norm, other: Norm) -> bool:
    return one.place.file == other.place.file


def test_a_check_that_minds_what_is_unrelated_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """As would be one that leaves pairs out where there are many norms."""
    monkeypatch.setattr(overlaps, "pairs", lambda *_: (p for p in pairs(*_) if not _foreign(_[0], *p)))
    with pytest.raises(AssertionError):
        says_the_same_beside_another_country(CONFLICT)


def _foreign(corpus: Corpus, one: Norm, other: Norm) -> bool:
    others = any(MARK in norm.id for norm in corpus.norms)
    return others and {one.instrument, other.instrument} == {"甲办法", "乙办法"}
