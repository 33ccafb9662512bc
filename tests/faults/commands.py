"""The real command on a small corpus, in a process that lacks room on the disk, memory, or a stream."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from served import RULES

FULL = Path("/dev/full")


@frozen
class Desk:
    """A folder with ``rules.gj``, in which commands run; the cache is in it, too."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Desk:
        (folder / "rules.gj").write_text(RULES, encoding="utf-8")
        return cls(folder)

    def run(
        self,
        *arguments: str,
        stdout: Path | None = None,
        stderr: Path | None = None,
        file_size: int | None = None,
        memory: int | None = None,
        environment: Mapping[str, str] | None = None,
        shell: str = '"$@"',
    ) -> subprocess.CompletedProcess[str]:
        """``guiju`` with these arguments.

        Args:
            stdout, stderr: Where the streams go, instead of to the caller.
            file_size: Bytes beyond which every write to a file fails with EFBIG.
            memory: Bytes of address space.
            shell: How the shell calls it, for what only a shell can say.
        """
        command = ["sh", "-c", shell, "sh", sys.executable, "-m", "guiju", *arguments]

        def limit() -> None:
            if file_size is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
            if memory is not None:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        with (
            open(stdout or os.devnull, "wb") as out,
            open(stderr or os.devnull, "wb") as err,
        ):
            return subprocess.run(
                command,
                cwd=self.folder,
                env={**self.environment, **(environment or {})},
                stdout=out if stdout is not None else subprocess.PIPE,
                stderr=err if stderr is not None else subprocess.PIPE,
                text=True,
                encoding="utf-8",
                timeout=300,
                preexec_fn=limit,
                check=False,
            )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """``guiju`` with these arguments, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "guiju", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    @property
    def python(self) -> tuple[str, ...]:
        """The interpreter."""
        return (sys.executable,)

    def names(self) -> list[str]:
        """What is in the folder beside what was there from the beginning."""
        return sorted(each.name for each in self.folder.iterdir() if each.name not in ("rules.gj", "cache"))

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a process."""
        return {**os.environ, "GUIJU_CACHE_DIR": str(self.folder / "cache"), "GUIJU_LANG": "en"}


def told(ended: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """Assert that a command ended with this status, said these words and showed no traceback."""
    assert ended.returncode == status, (ended.returncode, ended.stdout, ended.stderr)
    for word in words:
        assert word in (ended.stderr or ""), ended.stderr
    assert "Traceback" not in (ended.stderr or "") + (ended.stdout or "")
