"""States, and the acts that lead from one to another."""

from __future__ import annotations

import attrs

from enforceflow.definitions.fields import LOCAL, SOURCED, STAGED, TITLED, VERIFIED, written
from enforceflow.definitions.references import ActRef, as_acts, as_names
from enforceflow.texts import Title


@attrs.frozen
class State:
    """Where a track can be; `closed` counts as done."""

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    stage: str = attrs.field(metadata=STAGED, kw_only=True, default="")
    closed: bool = attrs.field(
        metadata=written("flag", "已终结", "whether the track is done there"), kw_only=True, default=False
    )


@attrs.frozen
class Transition:
    """An act that may be recorded, and where it leads.

    Without `from_` it opens the track; with `from_=("any",)` it leaves from every state that is not closed. Without
    `to` the track stays where it is; `to="previous"` returns to the state before.
    """

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    event: str = attrs.field(
        metadata=written("name", "记录时所用的名称，默认即本名", "the act it serves, by default its own name"),
        kw_only=True,
        default="",
    )
    from_: tuple[str, ...] = attrs.field(
        metadata=written(
            "states",
            "从哪些状态出发；不写则为开启；any 指任何未终结的状态",
            "the states it leaves; without it the act opens the track; any is every state not closed",
        ),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    to: str = attrs.field(
        metadata=written(
            "state",
            "到达的状态；不写则不变；previous 为前一状态",
            "the state it leads to; without it the state stays; previous is the one before",
        ),
        kw_only=True,
        default="",
    )
    when: str = attrs.field(metadata=written("guard", "条件", "the guard that must hold"), kw_only=True, default="")
    after: tuple[ActRef, ...] = attrs.field(
        metadata=written("acts", "须先有的行为", "acts that must have been recorded"),
        kw_only=True,
        default=(),
        converter=as_acts,
    )
    awaits: tuple[str, ...] = attrs.field(
        metadata=written("tracks", "须已终结的事项", "tracks that must all be closed"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    by: tuple[str, ...] = attrs.field(
        metadata=written("roles", "可以由谁作出", "the roles that may do it"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    takes: tuple[str, ...] = attrs.field(
        metadata=written("facts", "必须载明的事实", "facts the act must carry"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    may_take: tuple[str, ...] = attrs.field(
        metadata=written("facts", "可以载明的事实", "facts the act may carry"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    then: tuple[str, ...] = attrs.field(
        metadata=written("effects", "交由应用执行的事项", "effects for the host to perform"),
        kw_only=True,
        default=(),
        converter=as_names,
    )
    raises: tuple[ActRef, ...] = attrs.field(
        metadata=written("acts", "同时记录的其他行为", "acts recorded with it in the same step"),
        kw_only=True,
        default=(),
        converter=as_acts,
    )
    outlives: bool = attrs.field(
        metadata=written("flag", "案件终结后仍可作出", "whether it may follow the closing of the case"),
        kw_only=True,
        default=False,
    )
    source: str = attrs.field(metadata=SOURCED, kw_only=True, default="")
    verified: bool = attrs.field(metadata=VERIFIED, kw_only=True, default=True)
    local: bool = attrs.field(metadata=LOCAL, kw_only=True, default=False)

    def __attrs_post_init__(self) -> None:
        if not self.event:
            object.__setattr__(self, "event", self.name)

    @property
    def opens(self) -> bool:
        """True if it opens the track."""
        return not self.from_
