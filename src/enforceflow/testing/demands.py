"""What a suite of case files should show of each limit and each condition of an act."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from enforceflow.definitions import ByFact, ByParameter, Nature, TimeLimit, Transition, Workflow
from enforceflow.definitions.periods import Dated, Period, Unit
from enforceflow.expressions import conjuncts
from enforceflow.texts import Lang, Phrase, Title


class Shown(enum.StrEnum):
    """What a story may show of a limit, or of a condition of an act."""

    EARLY = "early"
    IN_TIME = "in_time"
    LAST_DAY = "last_day"
    LATE = "late"
    TWICE = "twice"
    RUNNING = "running"
    RUN_OUT = "run_out"
    ACCEPTED = "accepted"
    TOO_LATE = "too_late"
    RESTORED = "restored"
    BARRED = "barred"
    ALLOWED = "allowed"
    STANDING = "standing"
    LAPSED = "lapsed"
    RENEWED = "renewed"
    CEILING = "ceiling"
    RESTED = "rested"
    PAUSED = "paused"
    EXTENDED = "extended"
    CAPPED = "capped"
    REFUSED = "refused"
    RECORDED = "recorded"

    def text(self, lang: Lang) -> str:
        """Return it in words."""
        return _TITLES[self].text(lang)


_TITLES: Final[Mapping[Shown, Title]] = {
    Shown.EARLY: Title("届满日之前完成", "met before the last day"),
    Shown.IN_TIME: Title("按期完成", "met in time"),
    Shown.LAST_DAY: Title("届满日完成", "met on the last day"),
    Shown.LATE: Title("逾期一日", "a day late"),
    Shown.TWICE: Title("计算两次", "two runs"),
    Shown.RUNNING: Title("届满日仍在进行", "running on the last day"),
    Shown.RUN_OUT: Title("次日已届满", "run out the day after"),
    Shown.ACCEPTED: Title("届满日仍可作出", "accepted on the last day"),
    Shown.TOO_LATE: Title("次日不得作出", "refused the day after"),
    Shown.RESTORED: Title("准予顺延后作出", "accepted late once the time was restored"),
    Shown.BARRED: Title("禁止期最后一日不得作出", "refused on the last barred day"),
    Shown.ALLOWED: Title("禁止期后首日可以作出", "allowed on the first day after"),
    Shown.STANDING: Title("届满日仍有效", "standing on the last day"),
    Shown.LAPSED: Title("次日失效", "lapsed the day after"),
    Shown.RENEWED: Title("重新起算", "renewed"),
    Shown.CEILING: Title("以上限为准", "cut to the ceiling"),
    Shown.RESTED: Title("届满日遇休假日顺延", "moved off a rest day"),
    Shown.PAUSED: Title("扣除期间", "paused"),
    Shown.EXTENDED: Title("延长", "extended"),
    Shown.CAPPED: Title("超过上限不予延长", "a further extension refused"),
    Shown.REFUSED: Title("因此不予记录", "refused for want of"),
    Shown.RECORDED: Title("作出", "recorded"),
}
_OF_SUBJECT = Phrase(zh="{name}：{what}（{subject}）", en="{name}: {what} {subject!s}")
_OF_LIMIT = Phrase(zh="{name}：{what}", en="{name}: {what}")
LIMITS: Final = "time_limits"
ACTS: Final = "transitions"


@attrs.frozen
class Demand:
    """One thing to be shown: `what` of the limit or act `name`, and for a condition its `subject` as written.

    `workflows` are those that have the very same definition, `section` is where it stands in them (`time_limits` or
    `transitions`). `shown_by` are the cases that show it, `file.yaml#case`; if there are none, it is a gap.
    """

    workflows: tuple[str, ...]
    section: str
    name: str
    what: Shown
    subject: str = ""
    shown_by: tuple[str, ...] = ()

    def text(self, lang: Lang) -> str:
        """Return `cn/asset handover: a day late`."""
        name = f"{self.workflows[0]} {self.name}"
        if self.subject:
            return _OF_SUBJECT(name=name, what=self.what, subject=self.subject).text(lang)
        return _OF_LIMIT(name=name, what=self.what).text(lang)

    def __str__(self) -> str:
        return self.text("en")


def of_limit(limit: TimeLimit, workflow: Workflow) -> Iterator[Shown]:
    """Yield what is to be shown of a limit, by its nature and by what moves its end."""
    yield from _by_nature(limit)
    if limit.moves_off_rest_days and _may_end_on_a_rest_day(limit, workflow):
        yield Shown.RESTED
    if limit.before or limit.every is not None:
        return
    if limit.paused_while:
        yield Shown.PAUSED
    if limit.extended_by:
        yield Shown.EXTENDED
        if limit.extensions.times is not None or limit.extensions.total is not None:
            yield Shown.CAPPED
    if limit.at_most is not None and isinstance(limit.lasts, ByFact):
        yield Shown.CEILING


def _by_nature(limit: TimeLimit) -> Iterator[Shown]:
    if limit.nature is Nature.BAR:
        yield from (Shown.BARRED, Shown.ALLOWED)
    elif limit.nature is Nature.RIGHT:
        yield from (Shown.ACCEPTED, Shown.TOO_LATE)
        if limit.restored_by:
            yield Shown.RESTORED
    elif limit.nature is Nature.VALIDITY:
        yield from (Shown.STANDING, Shown.LAPSED)
        if len(limit.since) > 1 and limit.restarts:
            yield Shown.RENEWED
    elif not limit.met_by:
        yield from (Shown.RUNNING, Shown.RUN_OUT)
    elif limit.before:
        yield from (Shown.IN_TIME, Shown.LATE)
    else:
        yield from (Shown.EARLY, Shown.LAST_DAY, Shown.LATE)
        if limit.every is not None:
            yield Shown.TWICE


def _may_end_on_a_rest_day(limit: TimeLimit, workflow: Workflow) -> bool:
    """Tell whether any length of the limit is in units that may end on a rest day."""
    lengths: Iterable[object] = (limit.every,)
    if isinstance(limit.lasts, Dated):
        lengths = (period for _, period in limit.lasts.values)
    elif isinstance(limit.lasts, ByParameter) and limit.lasts.name in workflow.parameters:
        lengths = (value for _, value in workflow.parameters[limit.lasts.name].values.values)
    elif limit.lasts is not None:
        return True
    units = {length.unit for length in lengths if isinstance(length, Period)}
    return any(not unit.is_clock and unit is not Unit.WORKDAY for unit in units)


def conditions(act: Transition) -> Iterator[str]:
    """Yield what an act asks, as written: the parts of its guard, acts that come first, tracks that must be closed."""
    if act.when:
        yield from conjuncts(act.when)
    yield from map(str, act.after)
    yield from act.awaits
