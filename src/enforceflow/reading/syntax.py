"""What a YAML parser cannot read, in words for those who write rules and not programs."""

from __future__ import annotations

import re
from typing import Final, Protocol

import attrs

from enforceflow.reading.marked import Marked, Source
from enforceflow.reading.report import Report, shown
from enforceflow.texts import Message, Phrase

QUOTE = Phrase(zh="请给整段文字加引号", en="put the whole text in quotation marks")
WRITE_NOT = Phrase(
    zh="条件中的“非”写作 not；其他文字请整段加引号", en="in a guard write not; put other text in quotation marks"
)
WRITE_AND = Phrase(zh="条件中写 and、or", en="in a guard write and, or")
QUOTE_ALL = Phrase(zh="整段文字另加一层单引号：'{text}'", en="put the whole text in single quotation marks: '{text!s}'")
INDENT = Phrase(
    zh="请检查缩进，或给整段文字加引号", en="check the indentation, or put the whole text in quotation marks"
)
SPACES = Phrase(zh="请用空格缩进", en="indent with spaces")

TAG = Phrase(zh="不使用标签 {tag}", en="tags such as {tag!s} are not used here")
_TAGGED = Phrase(zh="不使用以 ! 开头的标签", en="tags that start with ! are not used here")
_COLON = Phrase(zh="此处不应有冒号", en="a colon is not allowed here")
_UNCLOSED_QUOTE = Phrase(zh="引号没有闭合", en="the quotation mark is never closed")
_UNCLOSED = Phrase(zh="括号没有闭合", en="the bracket is not closed")
_COMMA = Phrase(zh="此处应为逗号或闭合的括号", en="a comma or the closing bracket is expected here")
_ANCHOR = Phrase(zh="文字不能以 & 或 * 开头", en="text cannot start with & or *")
_TAB = Phrase(zh="此处不能用制表符", en="a tab is not allowed here")
_START = Phrase(zh="文字不能以 {character} 开头", en="text cannot start with {character!s}")
_KEYLESS = Phrase(zh="此行没有冒号", en="this line has no colon")
_ESCAPE = Phrase(zh="双引号内的转义无效", en="the escape inside the quotation marks is not valid")
_BACKSLASH = Phrase(zh="反斜杠写作 \\\\，或改用单引号", en="write \\\\ for a backslash, or use single quotation marks")
_FOLDED = Phrase(zh="文字不能以 > 或 | 开头", en="text cannot start with > or |")
_DASH = Phrase(zh="列表须另起一行", en="a list starts on a line of its own")
_MISFIT = Phrase(zh="此处与上文不相接", en="this does not fit what stands before it")
_OTHER = Phrase(zh="不是有效的 YAML：{problem}", en="not valid YAML: {problem!s}")


class Mark(Protocol):
    """A place as PyYAML tells it, from 0."""

    @property
    def line(self) -> int:
        """The line."""
        ...

    @property
    def column(self) -> int:
        """The column."""
        ...


class ParseError(Protocol):
    """The parts of PyYAML's error that are used."""

    @property
    def context(self) -> str | None:
        """What it was reading."""
        ...

    @property
    def context_mark(self) -> Mark | None:
        """Where that began."""
        ...

    @property
    def problem(self) -> str | None:
        """What it stumbled over."""
        ...

    @property
    def problem_mark(self) -> Mark | None:
        """Where it noticed."""
        ...


@attrs.frozen
class _Fault:
    pattern: str
    message: Phrase
    suggestion: Phrase | None = None
    at_start: bool = False


# Matched in order on «context: problem»; the C parser and the pure one word most of them differently.
_FAULTS: Final = (
    _Fault(r"mapping values are not allowed|unexpected ':'", _COLON, INDENT),
    _Fault(r"quoted scalar: found unexpected (end of stream|document)", _UNCLOSED_QUOTE, None, at_start=True),
    _Fault(r"scanning an? (anchor|alias)", _ANCHOR, QUOTE, at_start=True),
    _Fault(r"\btag\b", _TAGGED, WRITE_NOT, at_start=True),
    _Fault(r"cannot start any token", _START, QUOTE),
    _Fault(r"simple key", _KEYLESS, INDENT, at_start=True),
    _Fault(r"quoted scalar|escape", _ESCAPE, _BACKSLASH),
    _Fault(r"block scalar", _FOLDED, QUOTE, at_start=True),
    _Fault(r"sequence entries are not allowed", _DASH),
    _Fault(r"document start|node content", _MISFIT, INDENT),
    _Fault(r"expected ','", _COMMA),
    _Fault(r"expected key|block end|indicator|mapping keys", _MISFIT, INDENT),
)


def explain(error: ParseError, source: Source, report: Report) -> None:
    """Note what PyYAML stumbled over, where it started rather than where it was noticed."""
    said = f"{error.context or ''}: {error.problem or ''}"
    fault = next((fault for fault in _FAULTS if re.search(fault.pattern, said)), None)
    noticed, began = _at(source, error.problem_mark), _at(source, error.context_mark or error.problem_mark)
    if fault is None:
        report.at(noticed, _OTHER(problem=shown(said.strip(": "))))
        return
    place = began if fault.at_start else noticed
    message = fault.message(character=source.line(place.line)[place.column - 1 : place.column])
    suggestion = fault.suggestion() if fault.suggestion else None
    if fault.message is _START and source.line(place.line)[place.column - 1 :].startswith("\t"):
        message, suggestion = _TAB(), SPACES()
    elif fault.message is _COMMA and noticed.line != began.line:
        place, message = began, _UNCLOSED()
    report.at(place, message, guard_hint(source.line(place.line), place.column) or suggestion)


def guard_hint(line: str, column: int) -> Message | None:
    """Return how to write what looks like a guard of another language, in the value that `column` is part of."""
    value = line[max(line.rfind(": ", 0, column), line.rfind("- ", 0, column)) + 1 :].strip()
    if "{" in line[:column]:
        value = re.split(r"[,}]", value)[0]
    if value.startswith("!") and not value.startswith("!!"):
        return WRITE_NOT()
    if "&&" in value or "||" in value:
        return WRITE_AND()
    if re.match(r"""(['"]).*?\1\s*[^\s,}\]#:]""", value):
        return QUOTE() if "'" in value else QUOTE_ALL(text=shown(value))
    return None


def _at(source: Source, mark: Mark | None) -> Marked:
    return Marked(source, mark.line + 1, mark.column + 1) if mark else Marked(source, 1, 1)
