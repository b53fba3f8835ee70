"""YAML as it stands in the file: text, lists and mappings, each with its file, line and column.

Nodes are not frozen only because a large file has tens of thousands of them; nobody changes one once it is read.
"""

from __future__ import annotations

from typing import Final

import attrs

_QUOTES: Final = "'\""


@attrs.define(eq=False)
class Source:
    """The text of one file, under the name by which problems call it."""

    name: str
    text: str
    _lines: list[str] = attrs.field(factory=list, init=False, repr=False)

    @property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        if not self._lines:
            self._lines = self.text.splitlines()
        return self._lines

    def line(self, number: int) -> str:
        """Return line `number` (from 1), empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@attrs.define
class Marked:
    """Something at a place: line and column count from 1, in characters."""

    source: Source = attrs.field(eq=False, repr=False)
    line: int
    column: int

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.source.name


@attrs.define
class Null(Marked):
    """A plain `null`, `~` or nothing at all."""


@attrs.define
class Scalar(Marked):
    """Text; what it means is for the field that reads it to say."""

    text: str
    plain: bool = True

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of the character at `offset` of the text.

        Exact for one-line plain and quoted text without escapes and for `|` blocks; else where the text starts.
        """
        written = self.source.line(self.line)[self.column - 1 :]
        if self.plain and written.startswith(self.text):
            return self.line, self.column + offset
        if written[:1] in _QUOTES and written[1:].startswith(self.text + written[:1]):
            return self.line, self.column + 1 + offset
        if written.startswith("|"):
            return self._place_in_block(offset)
        return self.line, self.column

    def _place_in_block(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        inside = self.text.split("\n")[before.count("\n")]
        number = self.line + 1 + before.count("\n")
        written = self.source.line(number)
        if not written.endswith(inside):
            return self.line, self.column
        return number, len(written) - len(inside) + 1 + offset - (before.rfind("\n") + 1)


@attrs.define
class Sequence(Marked):
    """A list."""

    items: list[Node] = attrs.field(factory=list)


@attrs.define
class Mapping(Marked):
    """Keys and values in the order of writing; `removed` remembers where an overlay took a key away."""

    values: dict[str, Node] = attrs.field(factory=dict)
    keys: dict[str, Scalar] = attrs.field(factory=dict)
    removed: dict[str, Scalar] = attrs.field(factory=dict)


Node = Scalar | Null | Sequence | Mapping
