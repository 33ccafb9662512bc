"""From paths to the texts of rules: which files there are, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Bilingual, Place, Source


def read_sources(paths: Iterable[Path], bag: Bag) -> list[Source]:
    """Every ``.gj`` file under ``paths`` (files or directories); what cannot be read goes to ``bag``.

    Files are read in the order of their names, so that the result does not depend on the file system; one
    that is reached by two paths is read once.
    """
    once = {path.resolve(): path for path in reversed(list(_files(paths, bag)))}
    return [s for path in reversed(once.values()) if (s := _read(path, bag)) is not None]


def _files(paths: Iterable[Path], bag: Bag) -> Iterator[Path]:
    for path in paths:
        place = Place(str(path), 1)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*.gj") if p.is_file())
            if not inside:
                bag.error(
                    "E108",
                    place,
                    f"目录 {path} 里没有 .gj 文件",
                    f"there is no .gj file in {path}",
                    Bilingual("请给出放规则的目录或文件", "name the files or the directory with the rules"),
                )
            yield from inside
        elif path.exists():
            yield path
        else:
            bag.error("E108", place, f"{path} 不存在", f"{path} does not exist")


def _read(path: Path, bag: Bag) -> Source | None:
    place = Place(str(path), 1)
    try:
        data = path.read_bytes()
    except OSError as error:
        bag.error("E107", place, f"读不了：{error.strerror}", f"cannot be read: {error.strerror}")
        return None
    try:
        return Source(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data[: error.start].rfind(b"\n") + 1) + 1
        bag.error(
            "E107",
            Place(str(path), line, column),
            "不是 UTF-8 编码的文本",
            "this is not UTF-8 text",
            _encoding_hint(data),
        )
        return None


def _encoding_hint(data: bytes) -> Bilingual:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Bilingual("这可能不是文本文件", "this may not be a text file")
    return Bilingual(
        "文件似乎是 GBK 编码，请另存为 UTF-8", "it looks like GBK: save the file as UTF-8 and try again"
    )
