"""What an overlay loosens in the time limits: longer to act, shorter to wait, fewer cases, more ways out."""

from __future__ import annotations

from typing import Final

from enforceflow.checking.findings import Path
from enforceflow.definitions import Length, Nature, TimeLimit
from enforceflow.definitions.periods import Dated, Period
from enforceflow.overlays.comparison import ADDED, CHANGED, LENGTHENED, SHORTENED, Comparison
from enforceflow.overlays.conditions import conditions
from enforceflow.overlays.lengths import changes, may_be_longer, periods_of
from enforceflow.texts import Title

_LIMIT: Final = Title("期限", "time limit")
_LENGTH: Final = Title("期间", "period")
_CEILING: Final = Title("上限", "ceiling")
_ACT: Final = Title("行为", "act")
_STATE: Final = Title("扣除期间的状态", "state to leave out")
_EXTENSION: Final = Title("延长的行为", "act to extend it")
_END: Final = Title("终点", "end")
_KEPT: Final = {"bars": Title("所禁止的行为", "act barred"), "closes": Title("逾期不得作出的行为", "act closed")}
_NOT_ADDED: Final = {"met_by": _ACT, "restored_by": _ACT, "paused_while": _STATE}
# The word of each switch that makes a limit end later.
_LATER: Final = {
    "first_day": "not_counted",
    "hours_from": "next_hour",
    "renew_from": "old_end",
    "moves_off_rest_days": True,
}
_SWITCH: Final = {"moves_off_rest_days": "rolls"}


def compare_limits(comparison: Comparison) -> None:
    """Note what the overlay loosens in the time limits of the base."""
    for name, was in comparison.base.time_limits.items():
        now = comparison.overlay.time_limits.get(name)
        if was.local:
            continue
        if now is None:
            comparison.dropped(("time_limits", name), _LIMIT, name)
        else:
            _compare_length(comparison, was, now)
            _compare_reach(comparison, was, now)
            _compare_extensions(comparison, was, now)
            _compare_switches(comparison, was, now)


def _waits(limit: TimeLimit) -> bool:
    """Tell whether a longer limit is a stricter one: a bar, or a time to be kept before something."""
    return limit.nature is Nature.BAR or bool(limit.before)


def _compare_length(comparison: Comparison, was: TimeLimit, now: TimeLimit) -> None:
    path = ("time_limits", was.name)
    if was.lasts is not None:
        _compare_lengths(comparison, (*path, "lasts"), (was.lasts, now.lasts), waits=_waits(was))
    if was.every is not None:
        every = None if now.every is None else Dated.always(now.every)
        _compare_lengths(comparison, (*path, "every"), (Dated.always(was.every), every), waits=False)
    if was.at_most is not None:
        _compare_lengths(comparison, (*path, "at_most"), (was.at_most, now.at_most), waits=False, kind=_CEILING)


def _compare_lengths(
    comparison: Comparison, path: Path, both: tuple[Length, Length | None], *, waits: bool, kind: Title = _LENGTH
) -> None:
    was, now = both
    if now is None:
        comparison.dropped(path, kind, was.values[-1][1] if isinstance(was, Dated) and was.values else was)
        return
    old, new = periods_of(was, comparison.base), periods_of(now, comparison.overlay)
    if old is None or new is None:
        if was != now:
            comparison.note(path, CHANGED, was=_told(was), now=_told(now))
        return
    for before, after in changes(old, new):
        if after is None:
            comparison.dropped(path, kind, before)
        elif waits and may_be_longer(before, after):
            comparison.note(path, SHORTENED, was=before, now=after)
        elif not waits and may_be_longer(after, before):
            comparison.note(path, LENGTHENED, was=before, now=after)


def _told(length: Length) -> object:
    return tuple(period for _, period in length.values) if isinstance(length, Dated) else str(length)


def _compare_reach(comparison: Comparison, was: TimeLimit, now: TimeLimit) -> None:
    path = ("time_limits", was.name)
    for field, kind in _KEPT.items():
        comparison.keeps((*path, field), kind, getattr(was, field), getattr(now, field))
    for field, kind in _NOT_ADDED.items():
        comparison.adds_none((*path, field), kind, getattr(was, field), getattr(now, field))
    if not conditions(now.when) <= conditions(was.when):
        comparison.note((*path, "when"), CHANGED, was=was.when, now=now.when)
    for field in ("since", "before"):
        anchors, others = getattr(was, field), getattr(now, field)
        if set(anchors) != set(others):
            comparison.note((*path, field), CHANGED, was=tuple(map(str, anchors)), now=tuple(map(str, others)))
    if was.if_missed and was.if_missed != now.if_missed:
        comparison.note((*path, "if_missed"), CHANGED, was=was.if_missed, now=now.if_missed)
    if was.outlives and not now.outlives:
        comparison.note((*path, "outlives"), CHANGED, was="outlives: true", now="outlives: false")
    periods = [end for end in was.until if isinstance(end, Period)]
    for end in now.until:
        longer = isinstance(end, Period) and any(not may_be_longer(old, end) for old in periods)
        if end not in was.until and not longer:
            comparison.note((*path, "until"), ADDED, kind=_END, name=str(end))


def _compare_extensions(comparison: Comparison, was: TimeLimit, now: TimeLimit) -> None:
    path = ("time_limits", was.name)
    for act, length in now.extended_by.items():
        here = (*path, "extended_by", act)
        if act in was.extended_by:
            _compare_lengths(comparison, here, (was.extended_by[act], length), waits=False)
        else:
            comparison.note(here, ADDED, of_key=True, kind=_EXTENSION, name=act)
    old, new = was.extensions, now.extensions
    if old.times is not None and (new.times is None or new.times > old.times):
        told = "" if new.times is None else new.times
        comparison.note((*path, "extensions", "times"), CHANGED, was=old.times, now=told)
    if old.total is not None and (new.total is None or may_be_longer(new.total, old.total)):
        comparison.note((*path, "extensions", "total"), CHANGED, was=old.total, now=new.total or "")


def _compare_switches(comparison: Comparison, was: TimeLimit, now: TimeLimit) -> None:
    path = ("time_limits", was.name)
    for switch, later in _LATER.items():
        old, new = getattr(was, switch), getattr(now, switch)
        if old != new and (new == later) != _waits(was):
            comparison.note((*path, _SWITCH.get(switch, switch)), CHANGED, was=_word(old), now=_word(new))
    if was.restarts != now.restarts:  # started anew it ends later, but only then is it due again
        comparison.note((*path, "restarts"), CHANGED, was=_word(was.restarts), now=_word(now.restarts))
    if was.earliest != now.earliest and now.earliest == "on":
        comparison.note((*path, "earliest"), CHANGED, was=was.earliest, now=now.earliest)


def _word(value: object) -> str:
    return str(value).lower()
