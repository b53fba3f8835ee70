"""What a workflow says: frozen values, written in YAML or built in Python.

Each field's metadata holds how it is written (`shape`) and what it means (`about`); the loader, the format
reference and the checks all read that one table.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol, TypeVar

import attrs

from enforceflow.facts import FactType, FactValue
from enforceflow.periods import Dated, Period
from enforceflow.texts import Lang, Title

_REFERENCE: Final = re.compile(r"([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*", re.ASCII)
ANY: Final = "any"
PREVIOUS: Final = "previous"
CASE: Final = "case"
CARRIED_OVER: Final = "carried_over"
CARRY_OVER: Final = "carry_over"

STAGES: Final[Mapping[str, Title]] = {
    "filing": Title("立案", "Filing"),
    "investigation": Title("财产调查", "Investigation"),
    "control": Title("财产控制", "Control"),
    "valuation": Title("确定参考价", "Valuation"),
    "auction": Title("财产变价", "Auction"),
    "payout": Title("案款发放", "Payout"),
    "closure": Title("结案", "Closure"),
    "restoration": Title("恢复执行", "Restoration"),
}


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def by_name(things: Mapping[str, N] | Iterable[N]) -> dict[str, N]:
    """Return a mapping by name, from a mapping or from the things themselves."""
    return dict(things) if isinstance(things, Mapping) else {thing.name: thing for thing in things}


def written(shape: str, zh: str, en: str, **keywords: Any) -> Any:
    """A field that is written in YAML as `shape`, with what it means in both languages."""
    return attrs.field(metadata={"shape": shape, "about": Title(zh, en)}, kw_only=True, **keywords)


def _titled() -> Any:
    return written("title", "名称：zh 与 en 两个键", "the title: the two keys zh and en")


def _source() -> Any:
    return written("text", "法律依据：文件与条款", "the legal source: instrument and article", default="")


def _verified() -> Any:
    return written("flag", "依据是否已核对", "whether the source has been checked", default=True)


def _local() -> Any:
    return written("flag", "地方可以自行放宽", "whether a local overlay may loosen it", default=False)


@attrs.frozen(order=True)
class ActRef:
    """An act on a track: `ActRef("file")` on one's own, `ActRef("pay", "receipt")` on any receipt, `"case"` above."""

    event: str
    track: str = ""

    @classmethod
    def parse(cls, text: str | ActRef) -> ActRef:
        """Read `file`, `receipt.pay` or `case.file`."""
        if isinstance(text, ActRef):
            return text
        track, _, event = text.rpartition(".")
        return cls(event, track)

    def __str__(self) -> str:
        return f"{self.track}.{self.event}" if self.track else self.event


@attrs.frozen(order=True)
class NameRef:
    """A state or a time limit, of one's own track or of another: `suspended`, `case.suspended`, `asset.valuing`."""

    name: str
    track: str = ""

    @classmethod
    def parse(cls, text: str | NameRef) -> NameRef:
        """Read `suspended` or `asset.valuing`."""
        if isinstance(text, NameRef):
            return text
        track, _, name = text.rpartition(".")
        return cls(name, track)

    def __str__(self) -> str:
        return f"{self.track}.{self.name}" if self.track else self.name


@attrs.frozen
class ByAct:
    """The day of an act, or with `fact` the date that the act carried."""

    act: ActRef
    fact: str = ""

    def __str__(self) -> str:
        return f"{self.act}.{self.fact}" if self.fact else str(self.act)


@attrs.frozen
class ByEnd:
    """The last day of another time limit (`end_of`), or the day after it (`day_after`)."""

    limit: NameRef
    next_day: bool = False

    def __str__(self) -> str:
        return f"{'day_after' if self.next_day else 'end_of'}: {self.limit}"


Anchor = ByAct | ByEnd


@attrs.frozen
class ByFact:
    """A length that an act carried: `detain.days`. The fact is days, a period or a date (the last day itself)."""

    event: str
    fact: str

    def __str__(self) -> str:
        return f"{self.event}.{self.fact}"


@attrs.frozen
class ByParameter:
    """A length that a parameter of the workflow gives."""

    name: str

    def __str__(self) -> str:
        return self.name


Length = Dated[Period] | ByFact | ByParameter


def _anchor(value: str | Anchor | ActRef) -> Anchor:
    if isinstance(value, ActRef):
        return ByAct(value)
    return ByAct(ActRef.parse(value)) if isinstance(value, str) else value


def _anchors(values: str | Anchor | ActRef | Iterable[str | Anchor | ActRef]) -> tuple[Anchor, ...]:
    if isinstance(values, (str, ByAct, ByEnd, ActRef)):
        return (_anchor(values),)
    return tuple(_anchor(value) for value in values)


def _length(value: str | Period | Length) -> Length:
    if isinstance(value, Period):
        return Dated.always(value)
    if not isinstance(value, str):
        return value
    if not _REFERENCE.fullmatch(value):
        return Dated.always(Period.parse(value))
    event, _, name = value.rpartition(".")
    return ByFact(event, name) if event else ByParameter(name)


def _maybe_length(value: str | Period | Length | None) -> Length | None:
    return None if value is None else _length(value)


def _maybe_period(value: str | Period | None) -> Period | None:
    return None if value is None else Period.parse(value)


def _names(values: str | Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _acts(values: str | ActRef | Iterable[str | ActRef]) -> tuple[ActRef, ...]:
    return (ActRef.parse(values),) if isinstance(values, (str, ActRef)) else tuple(map(ActRef.parse, values))


def _refs(values: str | NameRef | Iterable[str | NameRef]) -> tuple[NameRef, ...]:
    return (NameRef.parse(values),) if isinstance(values, (str, NameRef)) else tuple(map(NameRef.parse, values))


def _lengths(values: Mapping[str, str | Period | Length]) -> dict[str, Length]:
    return {act: _length(value) for act, value in values.items()}


def _until(value: str | Period | ActRef | Iterable[str | Period | ActRef]) -> tuple[Period | ActRef, ...]:
    values = (value,) if isinstance(value, (str, Period, ActRef)) else tuple(value)
    return tuple(
        (Period.parse(item) if item[:1].isdigit() else ActRef.parse(item)) if isinstance(item, str) else item
        for item in values
    )


@attrs.frozen
class Fact:
    """Typed data of a track, carried by its acts."""

    name: str
    title: Title = _titled()
    type: FactType = written("type", "类型", "the type", converter=lambda t: t if isinstance(t, FactType) else FactType(t))
    personal: bool = written("flag", "个人信息，可以删除", "personal data, which may be erased", default=False)


@attrs.frozen
class Derived:
    """A fact computed from others by an expression of the guard language."""

    name: str
    title: Title = _titled()
    value: str = written("expression", "算式", "the expression that computes it")
    source: str = _source()


@attrs.frozen
class Parameter:
    """A number of law or policy with its source and its values by date of effect."""

    name: str
    title: Title = _titled()
    values: Dated[FactValue | Period] = written(
        "values", "数值，或按生效日期列出的数值", "the value, or values by date of effect"
    )
    source: str = _source()
    verified: bool = _verified()
    local: bool = _local()


@attrs.frozen
class Rule:
    """A question that the host application answers with yes or no."""

    name: str
    title: Title = _titled()
    source: str = _source()


@attrs.frozen
class Role:
    """Somebody who may record acts."""

    name: str
    title: Title = _titled()


@attrs.frozen
class State:
    """Where a track can be; `closed` counts as done."""

    name: str
    title: Title = _titled()
    stage: str = written("stage", "所属阶段", "the stage it belongs to", default="")
    closed: bool = written("flag", "已终结", "whether the track is done there", default=False)


@attrs.frozen
class Transition:
    """An act that may be recorded, and where it leads.

    Without `from_` it opens the track; with `from_=("any",)` it leaves from every state that is not closed. Without
    `to` the track stays where it is; `to="previous"` returns to the state before.
    """

    name: str
    title: Title = _titled()
    event: str = written("name", "记录时所用的名称，默认即本名", "the act it serves, by default its own name", default="")
    from_: tuple[str, ...] = written(
        "states", "从哪些状态出发；不写则为开启；any 指任何未终结的状态",
        "the states it leaves; without it the act opens the track; any is every state not closed",
        default=(), converter=_names,
    )
    to: str = written(
        "state", "到达的状态；不写则不变；previous 为前一状态",
        "the state it leads to; without it the state stays; previous is the one before", default="",
    )
    when: str = written("guard", "条件", "the guard that must hold", default="")
    after: tuple[ActRef, ...] = written(
        "acts", "须先有的行为", "acts that must have been recorded", default=(), converter=_acts
    )
    awaits: tuple[str, ...] = written(
        "tracks", "须已终结的事项", "tracks that must all be closed", default=(), converter=_names
    )
    by: tuple[str, ...] = written("roles", "可以由谁作出", "the roles that may do it", default=(), converter=_names)
    takes: tuple[str, ...] = written(
        "facts", "必须载明的事实", "facts the act must carry", default=(), converter=_names
    )
    may_take: tuple[str, ...] = written(
        "facts", "可以载明的事实", "facts the act may carry", default=(), converter=_names
    )
    then: tuple[str, ...] = written(
        "effects", "交由应用执行的事项", "effects for the host to perform", default=(), converter=_names
    )
    raises: tuple[ActRef, ...] = written(
        "acts", "同时记录的其他行为", "acts recorded with it in the same step", default=(), converter=_acts
    )
    outlives: bool = written("flag", "案件终结后仍可作出", "whether it may follow the closing of the case", default=False)
    source: str = _source()
    verified: bool = _verified()
    local: bool = _local()

    def __attrs_post_init__(self) -> None:
        if not self.event:
            object.__setattr__(self, "event", self.name)

    @property
    def opens(self) -> bool:
        """True if it opens the track."""
        return not self.from_


class Nature(enum.StrEnum):
    """What a time limit governs."""

    ACT = "act"
    RIGHT = "right"
    BAR = "bar"
    VALIDITY = "validity"


@attrs.frozen
class ExtensionCap:
    """How often, and by how much in all, a limit may be extended."""

    times: int | None = None
    total: Period | None = None

    def text(self, lang: Lang) -> str:
        """Return the cap in words."""
        times = "" if self.times is None else f"{self.times}次" if lang == "zh" else f"{self.times} times"
        total = "" if self.total is None else f"共{self.total.text(lang)}" if lang == "zh" else f"{self.total} in all"
        return ("、" if lang == "zh" else ", ").join(part for part in (times, total) if part)


@attrs.frozen
class TimeLimit:
    """A period of law, since an act, and what it governs.

    `lasts` (or `every`, which recurs) is laid from the last of the `since` anchors, or back from `before`.
    """

    name: str
    title: Title = _titled()
    lasts: Length | None = written(
        "length", "期间；可按生效日期列出，可取自行为所载事实或参数",
        "the period, or periods by date of effect, or a fact of an act, or a parameter",
        default=None, converter=_maybe_length,
    )
    every: Period | None = written(
        "period", "每隔多久一次", "the period after which it recurs", default=None, converter=_maybe_period
    )
    at_most: Length | None = written(
        "length", "上限", "a ceiling on the length", default=None, converter=_maybe_length
    )
    since: tuple[Anchor, ...] = written(
        "anchors", "自何时起算；数个时以最后者为准", "what starts it; of several the last one restarts it",
        default=(), converter=_anchors,
    )
    before: tuple[Anchor, ...] = written(
        "anchors", "自何时倒数", "the day it is counted back from", default=(), converter=_anchors
    )
    met_by: tuple[ActRef, ...] = written(
        "acts", "应在期限内作出的行为", "acts to be done in time", default=(), converter=_acts
    )
    bars: tuple[str, ...] = written(
        "events", "期满前不得作出的行为", "acts barred until it has run", default=(), converter=_names
    )
    closes: tuple[str, ...] = written(
        "events", "期满后不得再作出的行为", "acts out of time after it", default=(), converter=_names
    )
    restored_by: tuple[ActRef, ...] = written(
        "acts", "准予顺延期限的行为", "acts that restore the time for what it closes", default=(), converter=_acts
    )
    if_missed: str = written("event", "届满自动发生的行为", "the act that follows by itself at its end", default="")
    until: tuple[Period | ActRef, ...] = written(
        "until", "何时不再适用：期间或行为", "when it ends: a period or acts", default=(), converter=_until
    )
    when: str = written("guard", "适用条件", "the condition under which it applies", default="")
    paused_while: tuple[NameRef, ...] = written(
        "state_refs", "扣除期间的状态", "states whose days are left out", default=(), converter=_refs
    )
    extended_by: Mapping[str, Length] = written(
        "extensions", "延长的行为与长度", "acts that extend it, and by how much", factory=dict, converter=_lengths, hash=False
    )
    extensions: ExtensionCap = written(
        "cap", "延长的次数与总长上限", "a cap on the number and total of extensions", default=ExtensionCap()
    )
    renew_from: str = written(
        "act|old_end", "续期自行为之日或原届满日起算", "whether a renewal counts from the act or the old end", default="act"
    )
    first_day: str = written(
        "not_counted|counted", "始日是否计入", "whether the starting day counts", default="not_counted"
    )
    hours_from: str = written(
        "next_hour|minute", "小时自下一整点或当时起算", "whether hours start at the next full hour or at the minute",
        default="next_hour",
    )
    earliest: str = written(
        "after|on", "禁止期满后次日或当日可为", "whether a bar lifts after its last day or on it", default="after"
    )
    rolls: bool | None = written(
        "flag", "末日遇休假日是否顺延", "whether a last day that is a rest day moves on", default=None
    )
    warns: Period | None = written(
        "period", "届满前多久预警", "how long before the end it warns", default=None, converter=_maybe_period
    )
    outlives: bool = written("flag", "案件终结后仍进行", "whether it runs on after closing", default=False)
    source: str = written("text", "法律依据：文件与条款", "the legal source: instrument and article")
    verified: bool = _verified()
    local: bool = _local()

    @property
    def nature(self) -> Nature:
        """What the limit governs."""
        if self.bars:
            return Nature.BAR
        if self.closes:
            return Nature.RIGHT
        return Nature.VALIDITY if self.if_missed else Nature.ACT

    @property
    def moves_off_rest_days(self) -> bool:
        """Whether the end rolls, by the switch or else by nature: bars, validity and periods counted back do not."""
        if self.rolls is not None:
            return self.rolls
        return self.nature in (Nature.ACT, Nature.RIGHT) and not self.before


@attrs.frozen
class Node:
    """One of the supervised process nodes (流程节点)."""

    name: str
    title: Title = _titled()
    key: bool = written("flag", "关键节点", "whether it is a key node", default=False)
    done_by: tuple[ActRef, ...] = written("acts", "完成节点的行为", "the acts that complete it", converter=_acts)
    limits: tuple[NameRef, ...] = written(
        "limits", "约束节点的期限", "the limits that bind it", default=(), converter=_refs
    )
    role: str = written("role", "负责人", "the role that answers for it", default="")
    quality: Title | None = written("maybe_title", "质量标准", "the standard of quality", default=None)
    hands_over: Title | None = written("maybe_title", "移交事项", "what is handed to the next node", default=None)


def _tracks(value: Mapping[str, Workflow | Mapping[str, Workflow]]) -> dict[str, dict[str, Workflow]]:
    return {name: {name: kinds} if isinstance(kinds, Workflow) else dict(kinds) for name, kinds in value.items()}


@attrs.frozen
class Workflow:
    """One kind of thing with a life: the case, an asset, a receipt of money, an objection.

    `tracks` maps each track name to its kinds, each a workflow of its own; the collections are mappings by name, or
    any iterable of the things.
    """

    name: str
    edition: str = written("text", "版本", "the edition")
    title: Title = _titled()
    tracks: Mapping[str, Mapping[str, Workflow]] = written(
        "tracks", "并行事项及其种类", "the parallel tracks and their kinds", factory=dict, converter=_tracks, hash=False
    )
    roles: Mapping[str, Role] = written("roles", "角色", "the roles", factory=dict, converter=by_name, hash=False)
    facts: Mapping[str, Fact] = written("facts", "事实", "the facts", factory=dict, converter=by_name, hash=False)
    derived: Mapping[str, Derived] = written(
        "derived", "算得的事实", "the derived facts", factory=dict, converter=by_name, hash=False
    )
    parameters: Mapping[str, Parameter] = written(
        "parameters", "参数", "the parameters", factory=dict, converter=by_name, hash=False
    )
    rules: Mapping[str, Rule] = written(
        "rules", "由应用回答的规则", "the rules that the host answers", factory=dict, converter=by_name, hash=False
    )
    states: Mapping[str, State] = written("states", "状态", "the states", converter=by_name, hash=False)
    transitions: Mapping[str, Transition] = written(
        "transitions", "行为", "the acts", converter=by_name, hash=False
    )
    time_limits: Mapping[str, TimeLimit] = written(
        "time_limits", "期限", "the time limits", factory=dict, converter=by_name, hash=False
    )
    nodes: Mapping[str, Node] = written("nodes", "流程节点", "the process nodes", factory=dict, converter=by_name, hash=False)

    def __attrs_post_init__(self) -> None:
        """Tell `file.performance_ended` (a fact of an own act) from `asset.seize` (an act on another track)."""
        events = {transition.event for transition in self.transitions.values()}
        settled = {
            name: attrs.evolve(
                limit,
                since=tuple(_settled(anchor, events) for anchor in limit.since),
                before=tuple(_settled(anchor, events) for anchor in limit.before),
            )
            if any("." in str(anchor) for anchor in (*limit.since, *limit.before))
            else limit
            for name, limit in self.time_limits.items()
        }
        object.__setattr__(self, "time_limits", settled)


def _settled(anchor: Anchor, events: set[str]) -> Anchor:
    if not isinstance(anchor, ByAct) or anchor.fact or not anchor.act.track:
        return anchor
    track, _, event = anchor.act.track.rpartition(".")
    if track:
        return ByAct(ActRef(event, track), anchor.act.event)
    return ByAct(ActRef(event), anchor.act.event) if event in events else anchor
