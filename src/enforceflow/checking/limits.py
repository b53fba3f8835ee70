"""Time limits: what they start from, how long they last, what they govern, and where that comes from."""

from __future__ import annotations

from typing import Final

from enforceflow.checking.findings import Path, Spot
from enforceflow.checking.views import ACT, FACT, View, Whole
from enforceflow.definitions import ActRef, Anchor, ByAct, ByFact, ByParameter, Length, TimeLimit
from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Dated, Period
from enforceflow.texts import Phrase, Title

_PARAMETER: Final = Title("参数", "parameter")
_WORDS: Final = {
    "renew_from": ("act", "old_end"),
    "first_day": ("not_counted", "counted"),
    "hours_from": ("next_hour", "minute"),
    "earliest": ("after", "on"),
}
_ONE_WORD: Final = Phrase(zh="{field} 应为 {words} 之一，而非“{word}”", en="{field!s} is one of {words}, not {word!s}")
LASTS_OR_EVERY = Phrase(zh="lasts 与 every 应写其一", en="write either lasts or every")
SINCE_OR_BEFORE = Phrase(zh="since 与 before 应写其一", en="write either since or before")
BARS_AND_CLOSES = Phrase(
    zh="bars 与 closes 不能并用；请分写为两个期限", en="bars and closes cannot stand together; write two time limits"
)
HOURS_ROLL = Phrase(zh="以小时、分钟计的期限不顺延", en="a limit in hours or minutes cannot roll")
PERSONAL = Phrase(
    zh="“{fact}”是可以删除的个人信息，期限和条件不能读取",
    en="{fact!s} is personal data that may be erased; time limits and guards cannot read it",
)
NOT_TAKEN = Phrase(zh="{event} 不载明“{fact}”", en="{event!s} does not take {fact!s}")
NOT_A_LENGTH = Phrase(
    zh="“{fact}”的类型是 {kind}，应为 days、period 或 date", en="{fact!s} is of type {kind!s}, not days, period or date"
)
NOT_A_DAY = Phrase(
    zh="“{fact}”的类型是 {kind}，应为 date 或 datetime", en="{fact!s} is of type {kind!s}, not date or datetime"
)
NOT_A_PERIOD = Phrase(zh="参数“{name}”的值不是期间", en="the values of the parameter {name!s} are not periods")
FOLLOWS_NOT = Phrase(
    zh="{event} 不能在届满时自动发生：{transition} 须由 {roles} 作出",
    en="{event!s} cannot follow by itself: {transition!s} is for {roles}",
)
CARRIES = Phrase(
    zh="{event} 不能在届满时自动发生：{transition} 须载明 {facts}",
    en="{event!s} cannot follow by itself: {transition!s} takes {facts}",
)
TOO_OFTEN = Phrase(zh="every 至少为一日", en="every is at least a day")
RECURS_PLAINLY = Phrase(
    zh="every 不与 paused_while、extended_by、at_most 并用", en="every takes no paused_while, extended_by or at_most"
)
COUNTED_BACK = Phrase(
    zh="倒数的期间（before）不顺延，也不写 paused_while、extended_by 或 at_most",
    en="a period counted back (before) does not roll, and takes no paused_while, extended_by or at_most",
)
NOTHING_RENEWED = Phrase(
    zh="restarts: false 的期限没有续期，不写 renew_from: old_end",
    en="with restarts: false nothing renews the limit, so renew_from: old_end has no meaning",
)
BACK_FROM_EACH = Phrase(
    zh="倒数的期间（before）不重新起算，不写 restarts: false",
    en="a period counted back (before) is never started anew, so restarts: false has no meaning",
)
NO_SOURCE = Phrase(zh="须写明法律依据 source", en="it must name its source")
OR_LOCAL = Phrase(zh="地方自定的，请写 local: true", en="write local: true if it is a local choice")


def check_limits(view: View, whole: Whole) -> None:
    """Check the time limits of one workflow, and the sources of its parameters and guards."""
    for limit in view.workflow.time_limits.values():
        _check_form(view, limit, whole)
        _check_restarts(view, limit, whole)
        _check_words(view, limit, whole)
        _check_anchors(view, limit, whole)
        _check_lengths(view, limit, whole)
        _check_references(view, limit, whole)
        _check_missed(view, limit, whole)
    for name, parameter in view.workflow.parameters.items():
        if not parameter.source.strip() and not parameter.local:
            whole.findings.add((*view.path, "parameters", name, "source"), NO_SOURCE(), OR_LOCAL())
    for name, transition in view.workflow.transitions.items():
        if transition.when and not transition.source.strip() and not transition.local:
            whole.findings.add((*view.path, "transitions", name, "source"), NO_SOURCE(), OR_LOCAL())


def _check_form(view: View, limit: TimeLimit, whole: Whole) -> None:
    path = (*view.path, "time_limits", limit.name)
    add = whole.findings.add
    if (limit.lasts is None) == (limit.every is None):
        add((*path, "lasts"), LASTS_OR_EVERY())
    if bool(limit.since) == bool(limit.before):
        add((*path, "since"), SINCE_OR_BEFORE())
    if limit.bars and limit.closes:
        add((*path, "closes"), BARS_AND_CLOSES())
    lengths = limit.lasts.values if isinstance(limit.lasts, Dated) else ()
    if limit.rolls and any(period.unit.is_clock for _, period in lengths):
        add((*path, "rolls"), HOURS_ROLL())
    if limit.every is not None and (limit.every.unit.is_clock or not limit.every.amount):
        add((*path, "every"), TOO_OFTEN())
    if limit.every is not None and (limit.paused_while or limit.extended_by or limit.at_most):
        add((*path, "every"), RECURS_PLAINLY())
    if limit.before and (limit.paused_while or limit.extended_by or limit.at_most or limit.rolls):
        add((*path, "before"), COUNTED_BACK())
    if not limit.source.strip():
        add((*path, "source"), NO_SOURCE())


def _check_restarts(view: View, limit: TimeLimit, whole: Whole) -> None:
    path = (*view.path, "time_limits", limit.name)
    if limit.restarts:
        return
    if limit.renew_from == "old_end":
        whole.findings.add((*path, "renew_from"), NOTHING_RENEWED())
    if limit.before:
        whole.findings.add((*path, "restarts"), BACK_FROM_EACH())


def _check_words(view: View, limit: TimeLimit, whole: Whole) -> None:
    for field, words in _WORDS.items():
        word = getattr(limit, field)
        if word not in words:
            whole.findings.add(
                (*view.path, "time_limits", limit.name, field), _ONE_WORD(field=field, words=words, word=word)
            )


def _check_anchors(view: View, limit: TimeLimit, whole: Whole) -> None:
    for field, anchors in (("since", limit.since), ("before", limit.before)):
        for item, anchor in enumerate(anchors):
            _check_anchor(view, ("time_limits", limit.name, field), anchor, Spot(item=item), whole)


def _check_anchor(view: View, path: Path, anchor: Anchor, spot: Spot, whole: Whole) -> None:
    if not isinstance(anchor, ByAct):
        whole.limit(view, path, anchor.limit, spot)
        return
    track = anchor.act.track
    if track and track not in whole.unread and not whole.seen_from(view, track):
        known = {*view.events, *whole.tracks}
        whole.findings.unknown((*view.path, *path), ACT, track, known, spot)
    elif whole.act(view, path, anchor.act, spot) and anchor.fact:
        for kind in whole.seen_from(view, track):
            if anchor.act.event in kind.events:
                found = (anchor.act.event, anchor.fact, (FactKind.DATE, FactKind.DATETIME))
                _check_fact((*view.path, *path), kind, found, spot, whole)


def _check_fact(
    path: Path, kind: View, sought: tuple[str, str, tuple[FactKind, ...]], spot: Spot, whole: Whole
) -> None:
    event, name, kinds = sought
    fact = kind.workflow.facts.get(name)
    taken = kind.facts_of(event)
    if fact is None:
        whole.findings.unknown(path, FACT, name, taken, spot)
    elif name not in taken:
        whole.findings.add(path, NOT_TAKEN(event=event, fact=name), spot=spot)
    elif fact.personal:
        whole.findings.add(path, PERSONAL(fact=name), spot=spot)
    elif fact.type.kind not in kinds:
        wrong = NOT_A_LENGTH if FactKind.PERIOD in kinds else NOT_A_DAY
        whole.findings.add(path, wrong(fact=name, kind=str(fact.type)), spot=spot)


def _check_lengths(view: View, limit: TimeLimit, whole: Whole) -> None:
    path = ("time_limits", limit.name)
    for field, length in (("lasts", limit.lasts), ("at_most", limit.at_most)):
        _check_length(view, (*path, field), length, whole)
    for act, length in limit.extended_by.items():
        here = (*path, "extended_by", act)
        if whole.act(view, here, ActRef.parse(act), Spot(of_key=True)):
            _check_length(view, here, length, whole)


def _check_length(view: View, path: Path, length: Length | None, whole: Whole) -> None:
    if isinstance(length, ByFact):
        if whole.act(view, path, ActRef(length.event)):
            sought = (length.event, length.fact, (FactKind.DAYS, FactKind.PERIOD, FactKind.DATE))
            _check_fact((*view.path, *path), view, sought, Spot(), whole)
    elif isinstance(length, ByParameter):
        parameter = view.workflow.parameters.get(length.name)
        if parameter is None:
            whole.findings.unknown((*view.path, *path), _PARAMETER, length.name, view.workflow.parameters)
        elif not all(isinstance(value, Period) for _, value in parameter.values.values):
            whole.findings.add((*view.path, *path), NOT_A_PERIOD(name=length.name))


def _check_references(view: View, limit: TimeLimit, whole: Whole) -> None:
    path = ("time_limits", limit.name)
    for field, acts in (("met_by", limit.met_by), ("restored_by", limit.restored_by), ("until", limit.until)):
        for item, act in enumerate(acts):
            if isinstance(act, ActRef):
                whole.act(view, (*path, field), act, Spot(item=item))
    for field, events in (("bars", limit.bars), ("closes", limit.closes)):
        for item, event in enumerate(events):
            whole.act(view, (*path, field), ActRef(event), Spot(item=item))
    for item, state in enumerate(limit.paused_while):
        whole.state(view, (*path, "paused_while"), state, Spot(item=item))


def _check_missed(view: View, limit: TimeLimit, whole: Whole) -> None:
    event, path = limit.if_missed, ("time_limits", limit.name, "if_missed")
    if not event or not whole.act(view, path, ActRef(event)):
        return
    for transition in view.events[event]:
        if transition.by:
            told = FOLLOWS_NOT(event=event, transition=transition.name, roles=transition.by)
            whole.findings.add((*view.path, *path), told)
        if transition.takes:
            told = CARRIES(event=event, transition=transition.name, facts=transition.takes)
            whole.findings.add((*view.path, *path), told)
