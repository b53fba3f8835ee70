"""States, and the acts that lead from one to another."""

from __future__ import annotations

import attrs

from enforceflow.definitions.fields import local, source, titled, verified, written
from enforceflow.definitions.references import ActRef, as_acts, as_names
from enforceflow.texts import Title


@attrs.frozen
class State:
    """Where a track can be; `closed` counts as done."""

    name: str
    title: Title = titled()
    stage: str = written("stage", "所属阶段", "the stage it belongs to", default="")
    closed: bool = written("flag", "已终结", "whether the track is done there", default=False)


@attrs.frozen
class Transition:
    """An act that may be recorded, and where it leads.

    Without `from_` it opens the track; with `from_=("any",)` it leaves from every state that is not closed. Without
    `to` the track stays where it is; `to="previous"` returns to the state before.
    """

    name: str
    title: Title = titled()
    event: str = written(
        "name", "记录时所用的名称，默认即本名", "the act it serves, by default its own name", default=""
    )
    from_: tuple[str, ...] = written(
        "states",
        "从哪些状态出发；不写则为开启；any 指任何未终结的状态",
        "the states it leaves; without it the act opens the track; any is every state not closed",
        default=(),
        converter=as_names,
    )
    to: str = written(
        "state",
        "到达的状态；不写则不变；previous 为前一状态",
        "the state it leads to; without it the state stays; previous is the one before",
        default="",
    )
    when: str = written("guard", "条件", "the guard that must hold", default="")
    after: tuple[ActRef, ...] = written(
        "acts", "须先有的行为", "acts that must have been recorded", default=(), converter=as_acts
    )
    awaits: tuple[str, ...] = written(
        "tracks", "须已终结的事项", "tracks that must all be closed", default=(), converter=as_names
    )
    by: tuple[str, ...] = written("roles", "可以由谁作出", "the roles that may do it", default=(), converter=as_names)
    takes: tuple[str, ...] = written(
        "facts", "必须载明的事实", "facts the act must carry", default=(), converter=as_names
    )
    may_take: tuple[str, ...] = written(
        "facts", "可以载明的事实", "facts the act may carry", default=(), converter=as_names
    )
    then: tuple[str, ...] = written(
        "effects", "交由应用执行的事项", "effects for the host to perform", default=(), converter=as_names
    )
    raises: tuple[ActRef, ...] = written(
        "acts", "同时记录的其他行为", "acts recorded with it in the same step", default=(), converter=as_acts
    )
    outlives: bool = written(
        "flag", "案件终结后仍可作出", "whether it may follow the closing of the case", default=False
    )
    source: str = source()
    verified: bool = verified()
    local: bool = local()

    def __attrs_post_init__(self) -> None:
        if not self.event:
            object.__setattr__(self, "event", self.name)

    @property
    def opens(self) -> bool:
        """True if it opens the track."""
        return not self.from_
