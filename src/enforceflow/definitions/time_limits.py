"""Periods of law, and what each governs."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from enforceflow.definitions.fields import LOCAL, TITLED, VERIFIED, written
from enforceflow.definitions.periods import Period
from enforceflow.definitions.references import (
    ActRef,
    Anchor,
    Length,
    NameRef,
    as_acts,
    as_anchors,
    as_lengths,
    as_maybe_length,
    as_maybe_period,
    as_names,
    as_refs,
    as_until,
)
from enforceflow.texts import Lang, Title


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
        times = (
            ""
            if self.times is None
            else f"{self.times}次"
            if lang == "zh"
            else f"{self.times} time{'' if self.times == 1 else 's'}"
        )
        total = "" if self.total is None else f"共{self.total.text(lang)}" if lang == "zh" else f"{self.total} in all"
        return ("、" if lang == "zh" else ", ").join(part for part in (times, total) if part)


@attrs.frozen
class TimeLimit:
    """A period of law, since an act, and what it governs.

    `lasts` (or `every`, which recurs) is laid from the last of the `since` anchors (from the first if
    it does not restart), or back from `before`.
    """

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    lasts: Length | None = attrs.field(
        metadata=written(
            "length",
            "期间；可按生效日期列出，可取自行为所载事实或参数",
            "the period, or periods by date of effect, or a fact of an act, or a parameter",
        ),
        kw_only=True,
        default=None,
        converter=as_maybe_length,
    )
    every: Period | None = attrs.field(
        metadata=written("period", "每隔多久一次", "the period after which it recurs"),
        kw_only=True,
        default=None,
        converter=as_maybe_period,
    )
    at_most: Length | None = attrs.field(
        metadata=written("length", "上限", "a ceiling on the length"),
        kw_only=True,
        default=None,
        converter=as_maybe_length,
    )
    since: tuple[Anchor, ...] = attrs.field(
        metadata=written(
            "anchors",
            "自何时起算；数个时以最后者为准，除非 restarts: false",
            "what starts it; of several the last one, unless restarts is false",
        ),
        kw_only=True,
        default=(),
        converter=as_anchors,
    )
    before: tuple[Anchor, ...] = attrs.field(
        metadata=written("anchors", "自何时倒数", "the day it is counted back from"),
        kw_only=True,
        default=(),
        converter=as_anchors,
    )
    met_by: tuple[ActRef, ...] = attrs.field(
        metadata=written("acts", "应在期限内作出的行为", "acts to be done in time"),
        kw_only=True,
        default=(),
        converter=as_acts,
    )
    bars: tuple[str, ...] = attrs.field(
        metadata=written("events", "期满前不得作出的行为", "acts barred until it has run"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    closes: tuple[str, ...] = attrs.field(
        metadata=written("events", "期满后不得再作出的行为", "acts out of time after it"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    restored_by: tuple[ActRef, ...] = attrs.field(
        metadata=written("acts", "准予顺延期限的行为", "acts that restore the time for what it closes"),
        kw_only=True,
        default=(),
        converter=as_acts,
    )
    if_missed: str = attrs.field(
        metadata=written("event", "届满自动发生的行为", "the act that follows by itself at its end"),
        kw_only=True,
        default="",
    )
    until: tuple[Period | ActRef, ...] = attrs.field(
        metadata=written("until", "何时不再适用：期间或行为", "when it ends: a period or acts"),
        kw_only=True,
        default=(),
        converter=as_until,
    )
    when: str = attrs.field(
        metadata=written("guard", "适用条件", "the condition under which it applies"), kw_only=True, default=""
    )
    paused_while: tuple[NameRef, ...] = attrs.field(
        metadata=written("state_refs", "扣除期间的状态", "states whose days are left out"),
        kw_only=True,
        default=(),
        converter=as_refs,
    )
    extended_by: Mapping[str, Length] = attrs.field(
        metadata=written("extensions", "延长的行为与长度", "acts that extend it, and by how much"),
        kw_only=True,
        factory=dict,
        converter=as_lengths,
        hash=False,
    )
    extensions: ExtensionCap = attrs.field(
        metadata=written("cap", "延长的次数与总长上限", "a cap on the number and total of extensions"),
        kw_only=True,
        default=ExtensionCap(),
    )
    restarts: bool = attrs.field(
        metadata=written("flag", "再有起算事由时是否重新起算", "whether a later start starts it anew"),
        kw_only=True,
        default=True,
    )
    renew_from: str = attrs.field(
        metadata=written(
            "act|old_end", "续期自行为之日或原届满日起算", "whether a renewal counts from the act or the old end"
        ),
        kw_only=True,
        default="act",
    )
    first_day: str = attrs.field(
        metadata=written("not_counted|counted", "始日是否计入", "whether the starting day counts"),
        kw_only=True,
        default="not_counted",
    )
    hours_from: str = attrs.field(
        metadata=written(
            "next_hour|minute", "小时自下一整点或当时起算", "whether hours start at the next full hour or at the minute"
        ),
        kw_only=True,
        default="next_hour",
    )
    earliest: str = attrs.field(
        metadata=written("after|on", "禁止期满后次日或当日可为", "whether a bar lifts after its last day or on it"),
        kw_only=True,
        default="after",
    )
    rolls: bool | None = attrs.field(
        metadata=written("flag", "末日遇休假日是否顺延", "whether a last day that is a rest day moves on"),
        kw_only=True,
        default=None,
    )
    warns: Period | None = attrs.field(
        metadata=written("period", "届满前多久预警", "how long before the end it warns"),
        kw_only=True,
        default=None,
        converter=as_maybe_period,
    )
    outlives: bool = attrs.field(
        metadata=written("flag", "案件终结后仍进行", "whether it runs on after closing"), kw_only=True, default=False
    )
    source: str = attrs.field(
        metadata=written("text", "法律依据：文件与条款", "the legal source: instrument and article"), kw_only=True
    )
    verified: bool = attrs.field(metadata=VERIFIED, kw_only=True, default=True)
    local: bool = attrs.field(metadata=LOCAL, kw_only=True, default=False)

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
