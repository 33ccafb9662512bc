"""The catalogue of findings: one page for each code, beside this module in ``pages/``, in both languages.

A page is Markdown with fixed headings. Under each heading stand two paragraphs: the Chinese one, then the
English one. The page is the only source of these texts: ``guiju explain`` and the rules of a SARIF log are
read from it.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable

from attrs import frozen

from guiju.checker.finding import FAMILIES
from guiju.dsl.source import Bilingual

#: The headings of every page, in order.
HEADINGS = (
    Bilingual("是什么", "What it does"),
    Bilingual("为何重要", "Why it matters"),
    Bilingual("示例", "Example"),
    Bilingual("怎么办", "What to do"),
)


@frozen
class Section:
    heading: Bilingual
    text: Bilingual


@frozen
class Page:
    """What a finding is, why it matters, an example, and what to do about it."""

    code: str
    title: Bilingual
    sections: tuple[Section, ...]

    @property
    def family(self) -> str:
        return FAMILIES[self.code[0]]

    def in_language(self, lang: str) -> str:
        """The page as Markdown in one language, ending with a newline."""
        parts = [f"# {self.code} {self.title.in_language(lang)}"]
        for section in self.sections:
            parts += [f"## {section.heading.in_language(lang)}", section.text.in_language(lang)]
        return "\n\n".join(parts) + "\n"


def codes() -> tuple[str, ...]:
    """Every code that has a page, in order."""
    names = [entry.name for entry in _folder().iterdir()]
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def page(code: str) -> Page | None:
    """The page of ``code`` (``C101``), or None when there is no such code."""
    if code not in codes():
        return None
    return parse(code, _folder().joinpath(f"{code}.md").read_text(encoding="utf-8"))


def parse(code: str, markdown: str) -> Page:
    """The page that ``markdown`` is.

    Raises:
        ValueError: it does not have the title, headings and pairs of paragraphs that every page has.
    """
    wrong = partial(_wrong, code)
    blocks = [block.strip() for block in markdown.split("\n\n") if block.strip()]
    if len(blocks) != 1 + 3 * len(HEADINGS):
        raise wrong(f"{len(blocks)} blocks instead of a title and {len(HEADINGS)} times three")
    title = blocks[0].removeprefix(f"# {code} ").split(" / ")
    if len(title) != 2 or not blocks[0].startswith(f"# {code} "):
        raise wrong(f"the title is not '# {code} 中文 / English'")
    sections = []
    for heading, at in zip(HEADINGS, range(1, len(blocks), 3), strict=True):
        if blocks[at] != f"## {heading.zh} / {heading.en}":
            raise wrong(f"{blocks[at]!r} instead of '## {heading.zh} / {heading.en}'")
        zh, en = "".join(blocks[at + 1].split("\n")), " ".join(blocks[at + 2].split("\n"))
        sections.append(Section(heading, Bilingual(zh, en)))
    return Page(code, Bilingual(*title), tuple(sections))


def _wrong(code: str, what: str) -> ValueError:
    return ValueError(f"page {code}: {what}")


def _folder() -> Traversable:
    return files("guiju.checker").joinpath("pages")
