"""From a start and a period to its last day, with every step said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from enforceflow.calendars.day_count import DayCount
from enforceflow.calendars.elapsed_time import ElapsedTime
from enforceflow.calendars.moments import Day
from enforceflow.calendars.reckonable import Reckonable
from enforceflow.calendars.steps import Extension, Reckoning, Step
from enforceflow.calendars.working_days import BEYOND
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue
from enforceflow.texts import Bilingual, Phrase, Title

__all__ = ["Extension", "Reckoning", "Step", "reckon"]

_START: Final = Title("起算", "the period starts")
_EXTENDED: Final = Phrase(zh="{label}，{at}，延长{length}", en="{label} on {at}: {length} longer")
_CEILING: Final = Phrase(zh="至多{ceiling}，到此为止", en="at most {ceiling}, so no later")
_MOVED: Final = Phrase(zh="{raw}{reason}，顺延至此", en="moved here off {raw}, {reason}")
_WORKED: Final = Phrase(zh="依{notice}上班，为工作日", en="a working day by {notice}: nothing rolls off it")
_PROVISIONAL: Final = Phrase(
    zh="所涉年份的放假安排尚未公布，暂按规则推算", en="depends on a year not announced yet, laid out by rule"
)
_BACKWARDS: Final = Phrase(
    zh="倒数的期间不顺延，也不延长、扣除或设上限",
    en="a period counted back neither rolls nor takes extensions, pauses or a ceiling",
)


def reckon(
    calendar: Reckonable,
    since: date | datetime,
    length: Period | date,
    *,
    start: Bilingual | None = None,
    extensions: Sequence[Extension] = (),
    pauses: Sequence[tuple[date | datetime, date | datetime]] = (),
    ceiling: Period | None = None,
    rolls: bool,
    first_day_counted: bool = False,
    hours_from: str = "next_hour",
    back: bool = False,
) -> Reckoning:
    """Return when `length` since `since` ends, or the last day set as a date (民事诉讼法第85条, 民法典第201至203条).

    The term with its `extensions` is laid on the start at once and ends no later than `ceiling` after it; the time
    left out by `pauses` follows; last of all, if it `rolls`, a last day that is a rest day moves to the next working
    day. Hours and minutes run as elapsed time and never roll. `back` counts back from `since`, with none of these.
    `start` says what starts it. Raises `InvalidValue` for a bare date where hours need a time, for units that do not
    go together, and for an end outside the years 1 to 9999.
    """
    if back and (rolls or extensions or pauses or ceiling is not None):
        raise InvalidValue(_BACKWARDS())
    at = calendar.localize(since)
    count: DayCount | ElapsedTime
    try:
        if isinstance(length, Period) and (length.unit is Unit.HOUR or length.unit is Unit.MINUTE):
            count = ElapsedTime(calendar, at, hours_from=hours_from, counted=first_day_counted, back=back)
            steps = _opened(count, start, count.lay(length), "period")
            rolls = False
        else:
            count = DayCount(calendar, at, counted=first_day_counted, back=back)
            steps = _opened(count, start, count.lay(length), "period" if isinstance(length, Period) else "fixed")
        if extensions or pauses or ceiling is not None:
            steps += _adjusted(calendar, count, extensions, ceiling, pauses)
        raw = count.end
    except OverflowError:
        raise InvalidValue(BEYOND()) from None
    due = _rolled(calendar, raw, steps) if rolls else raw
    certain = count.certain and not (rolls and not calendar.announced(raw.year, due.year))
    if not certain:
        steps.append(Step(due, _PROVISIONAL(), "provisional"))
    return Reckoning(at, due, raw, tuple(steps), calendar.edition, not certain)


def _opened(count: DayCount | ElapsedTime, start: Bilingual | None, laid: Bilingual, kind: str) -> list[Step]:
    return [Step(count.since, count.opening(start or _START), "start"), Step(count.end, laid, kind)]


def _adjusted(
    calendar: Reckonable,
    count: DayCount | ElapsedTime,
    extensions: Sequence[Extension],
    ceiling: Period | None,
    pauses: Sequence[tuple[date | datetime, date | datetime]],
) -> Iterator[Step]:
    for extension in extensions:
        count.extend(extension.length)
        said = _EXTENDED(label=extension.label, at=Day(calendar.localize(extension.at)), length=extension.length)
        yield Step(count.end, said, "extension")
    if ceiling is not None and count.cap(ceiling):
        yield Step(count.end, _CEILING(ceiling=ceiling), "ceiling")
    for message in count.leave_out(pauses):
        yield Step(count.end, message, "pause")


def _rolled(calendar: Reckonable, raw: date, steps: list[Step]) -> date:
    """Return the first working day from `raw` on, adding the steps that say why."""
    due = calendar.roll(raw)
    if due != raw:
        steps.append(Step(due, _MOVED(raw=Day(raw), reason=calendar.rest_reason(raw)), "rest"))
    notice = calendar.notice_on(due)
    if notice is not None:
        steps.append(Step(due, _WORKED(notice=notice.number), "worked"))
    return due
