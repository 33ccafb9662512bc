"""Pages that show files and commands: what they show is read, run again and compared.

A block ``gj file=NAME`` shows the file of that name, or a run of its lines. A block ``console`` shows
commands after ``$``, each with all that it prints; they run one after the other in a copy of the folder of
files. When an output is meant to change: ``python tests/shown.py`` writes the pages anew; read the difference
before it is committed.
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

_BLOCK = re.compile(r"^```(?P<info>gj file=\S+|console)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
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
    Page(ROOT / "README.md", ROOT / "docs/images"),
    Page(ROOT / "README.zh-CN.md", ROOT / "docs/images"),
)


def blocks(page: Page, kind: str) -> Iterator[tuple[str, str]]:
    """What stands behind the fence and what is inside, for each block of ``kind`` (``gj``, ``console``)."""
    for match in _BLOCK.finditer(page.text):
        if match["info"].split()[0] == kind:
            yield match["info"], match["text"]


def shows_its_file(page: Page, info: str, text: str) -> bool:
    """Whether a ``gj`` block is its file, or a run of whole lines of it."""
    lines = (page.files / info.removeprefix("gj file=")).read_text(encoding="utf-8")
    return f"\n{text}" in f"\n{lines}"


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
