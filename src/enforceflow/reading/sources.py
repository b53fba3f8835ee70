"""Bytes to text that may be parsed: bounded, UTF-8, and without characters that hide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from enforceflow.reading.marked import Marked, Source
from enforceflow.reading.report import Report
from enforceflow.texts import Phrase

MOST_BYTES: Final = 1_048_576
_BOM: Final = "\ufeff"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
# Beyond what YAML forbids: NEL, LS and PS, which YAML counts as line ends and editors do not.
_FORBIDDEN: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_DIRECTIVE: Final = re.compile(r"^%", re.MULTILINE)

TOO_LARGE = Phrase(zh="文件超过 {most} 字节", en="the file is larger than {most} bytes")
NOT_UTF_8 = Phrase(zh="文件不是 UTF-8 编码", en="the file is not UTF-8")
SAVE_AS_UTF_8 = Phrase(zh="请在编辑器中另存为 UTF-8", en="save it as UTF-8 in your editor")
HIDDEN = Phrase(zh="不允许的字符 {code}", en="the character {code} is not allowed")
DELETE_IT = Phrase(zh="请删除后重新输入此处", en="delete it and type this place anew")
DIRECTIVE = Phrase(zh="不使用 % 指令", en="% directives are not used here")
UNREADABLE = Phrase(zh="文件无法读取：{why}", en="the file cannot be read: {why!s}")


def read_source(path: Path, name: str, report: Report) -> Source | None:
    """Return the text of the file at `path`, or None with the problems noted."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # the latter on a NUL in the path
        why = getattr(error, "strerror", None) or str(error)
        report.at(Marked(Source(name, ""), 1, 1), UNREADABLE(why=why))
        return None
    return source_of(data, name, report)


def source_of(data: bytes | str, name: str, report: Report) -> Source | None:
    """Return `data` as text fit to be parsed, or None with the problems noted."""
    start = Marked(Source(name, ""), 1, 1)
    if len(data) > MOST_BYTES:
        report.at(start, TOO_LARGE(most=MOST_BYTES))
        return None
    if isinstance(data, bytes):
        if data.startswith(_UTF_16):
            report.at(start, NOT_UTF_8(), SAVE_AS_UTF_8())
            return None
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            before = data[: error.start].decode()
            report.at(_place(Source(name, before), len(before)), NOT_UTF_8(), SAVE_AS_UTF_8())
            return None
    else:
        text = data
    source = Source(name, text.removeprefix(_BOM))
    return source if _fit(source, report) else None


def forbidden_in(text: str) -> str:
    """Return the code of the first character that may not stand in a file, or nothing."""
    wrong = _FORBIDDEN.search(text)
    return f"U+{ord(wrong[0]):04X}" if wrong else ""


def _fit(source: Source, report: Report) -> bool:
    wrong = _FORBIDDEN.search(source.text)
    if wrong:
        report.at(_place(source, wrong.start()), HIDDEN(code=f"U+{ord(wrong[0]):04X}"), DELETE_IT())
    directive = _DIRECTIVE.search(source.text)
    if directive:
        report.at(_place(source, directive.start()), DIRECTIVE())
    return not wrong and not directive


def _place(source: Source, offset: int) -> Marked:
    before = source.text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Marked(source, before.count("\n") + 1, len(before) - before.rfind("\n"))
