"""The terminal: one console for colours and plain text alike, and text that breaks where Chinese may be broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

import attrs
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

MOST_COLUMNS: Final = 140
_WIDE: Final = 2
_NOT_FIRST: Final = frozenset("，。；：、！？）》〉」』】〕”’…·%％,.;:!?)]")
_NOT_LAST: Final = frozenset("（《〈「『【〔“‘([")


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Leave an output that nobody reads any more to the program, which knows with what code to end."""
        raise BrokenPipeError


def screen() -> Console:
    """Return the console of the standard output: colours for a terminal, the same text without them for a pipe."""
    console = _Screen(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MOST_COLUMNS)
    return console


@attrs.frozen(eq=False)
class Flow:
    """Text that is broken at spaces and between Chinese characters, but not before a comma or after a bracket.

    Lines after the first are indented by `hang` columns.
    """

    content: Text
    hang: int = 0

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        plain = self.content.plain
        widest = max((cell_len(plain[start:end].rstrip()) for start, end in pieces(plain)), default=0)
        longest = max((cell_len(line) for line in plain.splitlines()), default=0)
        return Measurement(widest + self.hang, longest).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, line in enumerate(self.lines(options.max_width)):
            yield Text(" " * self.hang if number else "", no_wrap=True).append_text(line)

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines of at most `width` columns, without the indentation."""
        for paragraph in self.content.split("\n", allow_blank=True):
            yield from _broken(paragraph, width, self.hang)


@attrs.frozen(eq=False)
class Trimmed:
    """Anything, without the spaces that tables put at the end of lines."""

    content: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.content, options, pad=False):
            kept = list(line)
            while kept and not kept[-1].text.strip(" "):
                kept.pop()
            if kept:
                yield from kept[:-1]
                yield Segment(kept[-1].text.rstrip(" "), kept[-1].style)
            yield Segment.line()


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that stay on one line, as (start, end); a part holds the spaces that follow it."""
    start = 0
    for here in range(1, len(text)):
        before, after = text[here - 1], text[here]
        if before in _NOT_LAST or after in _NOT_FIRST or after == " ":
            continue
        if before == " " or _WIDE in (cell_len(before), cell_len(after)):
            yield start, here
            start = here
    if start < len(text):
        yield start, len(text)


def _broken(paragraph: Text, width: int, hang: int) -> Iterator[Text]:
    plain = paragraph.plain
    offsets, begun, room = [], 0, max(width, _WIDE)
    for start, end in pieces(plain):
        while begun < end and cell_len(plain[begun:end].rstrip()) > room:
            cut = start if begun < start else _fitting(plain, begun, end, room)
            offsets.append(cut)
            begun, room = cut, max(width - hang, _WIDE)
    for line in paragraph.divide(offsets):
        line.rstrip()
        yield line


def _fitting(text: str, start: int, end: int, room: int) -> int:
    """Return where to cut a part that is too long for any line."""
    cut = start + 1
    while cut < end and cell_len(text[start : cut + 1]) <= room:
        cut += 1
    return cut
