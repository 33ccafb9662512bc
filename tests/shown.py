"""Pages that show files and commands: what they show is read, run again and compared.

A block ``gj file=NAME`` (or ``python``, ``markdown``) shows the file of that name in the page's folder of
files or in the project, or a run of its lines. A block ``console`` shows commands after ``$``, each with all
that it prints; they run one after the other in a copy of that folder. When an output is meant to change,
``make pages`` writes the pages anew: read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[1]

_BLOCK = re.compile(r"^```(?P<info>\w+ file=\S+|console)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)


@frozen
class Page:
    """A page, and the folder that its commands run in and its files are taken from."""

    path: Path
    files: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")


#: Every page that shows what a command prints.
PAGES = (
    Page(ROOT / "docs/howto/drafter.md", ROOT / "docs/howto/examples"),
    Page(ROOT / "docs/howto/integrator.md", ROOT / "docs/howto/examples"),
    Page(ROOT / "docs/howto/batch.md", ROOT / "docs/howto/examples"),
    Page(ROOT / "docs/howto/comparing.md", ROOT / "docs/howto/comparing"),
    Page(ROOT / "docs/howto/diff.md", ROOT / "docs/howto/diff"),
    Page(ROOT / "docs/howto/upper-law.md", ROOT / "docs/howto/above"),
    Page(ROOT / "docs/howto/chains.md", ROOT / "docs/howto/chains"),
    Page(ROOT / "docs/chains.md", ROOT / "docs/chains"),
    Page(ROOT / "docs/howto/source.md", ROOT / "docs/howto/texts"),
    Page(ROOT / "README.md", ROOT / "docs/images"),
    Page(ROOT / "README.zh-CN.md", ROOT / "docs/images"),
    Page(ROOT / "CONTRIBUTING.md", ROOT / "tests/corpus"),
)


def consoles(page: Page) -> Iterator[str]:
    """The blocks of commands."""
    return (match["text"] for match in _BLOCK.finditer(page.text) if match["info"] == "console")


def outdated(page: Page) -> list[str]:
    """The names of the files of which the page shows something that is not in them."""
    return [
        match["info"].partition("file=")[2]
        for match in _BLOCK.finditer(page.text)
        if match["info"] != "console" and not _holds(page, match["info"].partition("file=")[2], match["text"])
    ]


def _holds(page: Page, name: str, shown: str) -> bool:
    """Whether ``shown`` is a run of whole lines of the file, in the page's folder or else in the project."""
    path = next((folder / name for folder in (page.files, ROOT) if (folder / name).exists()), None)
    return path is not None and f"\n{shown}" in f"\n{path.read_text(encoding='utf-8')}"


def run(text: str, folder: Path) -> str:
    """A ``console`` block as it should be: its commands, each with what it prints now."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name, folder.name)
        shutil.copytree(folder, here)
        shown, status = [], 0
        for command in _COMMAND.findall(text):
            output, status = _execute(command, status, here)
            shown.append(f"$ {command}\n{output}")
    return "".join(shown)


def _execute(command: str, previous: int, folder: Path) -> tuple[str, int]:
    """What a shell prints for ``command``, both streams together, and its status."""
    script = f'guiju() {{ "{sys.executable}" -m guiju "$@"; }}\n(exit {previous})\n{command}'
    environment = {k: v for k, v in os.environ.items() if k not in ("GUIJU_LANG", "FORCE_COLOR")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8"), done.returncode


def rewritten(page: Page) -> str:
    """The text of ``page`` with every ``console`` block run again."""

    def again(match: re.Match[str]) -> str:
        if match["info"] != "console":
            return match[0]
        return f"```console\n{run(match['text'], page.files)}```"

    return _BLOCK.sub(again, page.text)


if __name__ == "__main__":
    for each in PAGES:
        if each.path.exists():
            each.path.write_text(rewritten(each), encoding="utf-8")
