"""The lines of a batch while they arrive: in memory while they are few, on the disk when they are many.

Many clients send all of a body before they read any of the answer. If we read only as fast as we write, both
would wait for ever; so what arrives is put aside at once, and the limit of a batch bounds the room for it.
"""

from __future__ import annotations

import asyncio
import contextlib
from tempfile import SpooledTemporaryFile
from typing import Final

from attrs import define, field

_IN_MEMORY: Final = 2**20


@define(eq=False)
class Spool:
    """Bytes that are written at one end and read as lines at the other, by one reader.

    Attributes:
        most: Bytes that it takes.
        overflown: More than that came: what came after them is lost.
        gone: The writer broke off; what it wrote is not wanted any more.
        lost: The disk took no more: what was not read by then is lost.
    """

    most: int
    overflown: bool = field(default=False, init=False)
    gone: bool = field(default=False, init=False)
    lost: bool = field(default=False, init=False)
    _file: SpooledTemporaryFile[bytes] = field(init=False)
    _written: int = field(default=0, init=False)
    _read: int = field(default=0, init=False)
    _lines: int = field(default=0, init=False)  # whole ones that were not read
    _ended: bool = field(default=False, init=False)
    _changed: asyncio.Event = field(factory=asyncio.Event, init=False)

    @_file.default
    def _new_file(self) -> SpooledTemporaryFile[bytes]:
        return SpooledTemporaryFile(_IN_MEMORY)

    def write(self, data: bytes) -> bool:
        """Take ``data``; False, and from then on nothing more, when it is too much, or for the disk."""
        if self._written + len(data) > self.most:
            self.overflown = True
            self.end()
            return False
        try:
            self._file.seek(self._written)
            self._file.write(data)
        except OSError:
            self._lose()
            return False
        self._written += len(data)
        self._lines += data.count(b"\n")
        self._changed.set()
        return True

    def end(self, gone: bool = False) -> None:
        """No more is coming."""
        self.gone = self.gone or gone
        self._ended = True
        self._changed.set()

    async def lines(self, most: int, longest: int) -> list[bytes | None]:
        """The next lines without their ends, at most ``most``, as soon as there is one; none at the end.

        A line of more than ``longest`` bytes is None. A last line needs no end, unless the spool overflowed.
        """
        while not self._lines and not self._ended:
            self._changed.clear()
            await self._changed.wait()
        found: list[bytes | None] = []
        try:
            while self._lines and len(found) < most and not self.gone:
                found.append(self._line(longest))
                self._lines -= 1
            if not found and self._read < self._written and not (self.overflown or self.lost or self.gone):
                found.append(self._line(longest))
        except OSError:  # it writes what it held back before it reads
            self._lose()
        return found

    def close(self) -> None:
        """Give back memory and disk."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _lose(self) -> None:
        """Nothing that is put aside can be relied on: moving it to the disk may have ended half-way."""
        self.lost = True
        self._lines = 0
        self.end()

    def _line(self, longest: int) -> bytes | None:
        self._file.seek(self._read)
        line: bytes | None = None
        piece = self._file.readline(longest + 2)
        self._read += len(piece)
        if piece.endswith(b"\n") or self._read == self._written:
            line = piece.removesuffix(b"\n").removesuffix(b"\r")
        while not piece.endswith(b"\n") and self._read < self._written:
            piece = self._file.readline(2**16)
            self._read += len(piece)
        return line if line is not None and len(line) <= longest else None
