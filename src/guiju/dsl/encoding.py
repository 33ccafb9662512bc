"""Bytes to source texts: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from guiju.dsl.diagnostics import Bag, Diagnostic
from guiju.dsl.source import Bilingual, Place, Source


def decode(name: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file, and a diagnostic at the first byte that is not UTF-8.

    Args:
        name: The file's name, as it is to be shown.
        data: Its bytes.

    Returns:
        The source and no diagnostic; or, when it is not UTF-8, what could be read, for excerpts only:
        it is not worth parsing.
    """
    try:
        return Source(name, data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        place = Place(name, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        bag = Bag()
        bag.error(
            "E108",
            place,
            "文件不是 UTF-8 编码",
            "the file is not in UTF-8",
            Bilingual("请在编辑器中另存为 UTF-8", "save it as UTF-8 in your editor"),
        )
        return Source(name, data.decode("utf-8-sig", errors="replace")), bag.sorted()
