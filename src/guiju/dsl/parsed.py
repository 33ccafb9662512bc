"""What parsing a file gives. Apart from the parser, so that a kept result is read without its machinery."""

from __future__ import annotations

from attrs import frozen

from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.tree import File


@frozen
class Parsed:
    """A file's tree, as far as it could be read, and what was wrong with the rest."""

    file: File
    diagnostics: tuple[Diagnostic, ...]
