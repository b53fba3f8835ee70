"""What users write on the command line: dates, moments, names and files."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Final

from enforceflow.cli.speaking import Failure
from enforceflow.texts import Phrase

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CLOCK: Final = re.compile(r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
YAML: Final = ".yaml"

NO_DATE = Phrase(
    zh="“{text}”不是日期；请写作 2026-07-10，需要时刻时写作 2026-07-10T10:30",
    en="{text!s} is no date; write 2026-07-10, or with a time 2026-07-10T10:30",
)
NOT_A_DAY = Phrase(zh="“{text}”不是日期；请写作 2026-07-10", en="{text!s} is no date; write 2026-07-10")
NO_SUCH_DAY = Phrase(zh="没有 {text} 这一天", en="there is no day {text!s}")
NO_SUCH_TIME = Phrase(zh="没有 {text} 这一时刻", en="there is no moment {text!s}")
NO_FILE = Phrase(zh="没有文件 {file}", en="there is no file {file!s}")
UNREADABLE = Phrase(zh="{file} 无法读取：{why}", en="{file!s} cannot be read: {why!s}")
NOT_JSON = Phrase(zh="{file} 不是 JSON：{why}", en="{file!s} is not JSON: {why!s}")
_MOST_SHOWN: Final = 60


def moment(text: str) -> date | datetime:
    """Read a date, or a date with a time."""
    text = text.strip()
    if _DATE.fullmatch(text):
        return _day(text)
    if not _DATE.match(text) or not _CLOCK.fullmatch(text[10:]):
        raise Failure(NO_DATE(text=text[:_MOST_SHOWN]))
    _day(text[:10])
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Failure(NO_SUCH_TIME(text=text)) from None


def day(text: str) -> date:
    """Read a date."""
    text = text.strip()
    if not _DATE.fullmatch(text):
        raise Failure(NOT_A_DAY(text=text[:_MOST_SHOWN]))
    return _day(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Failure(NO_SUCH_DAY(text=text)) from None


def existing(file: str) -> Path:
    """Return the path of a file that is there."""
    path = Path(file)
    try:
        there = path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if not there:
        raise Failure(NO_FILE(file=file[:_MOST_SHOWN] if len(file) > 4 * _MOST_SHOWN else file))
    return path


def plain_json(file: str) -> object:
    """Return what a JSON file holds."""
    path = existing(file)
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise Failure(UNREADABLE(file=file, why=error.strerror)) from None
    except (ValueError, RecursionError) as error:
        raise Failure(NOT_JSON(file=file, why=str(error).splitlines()[0])) from None
