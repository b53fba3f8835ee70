"""What an expression asks of the case it is evaluated on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, Protocol

from enforceflow.definitions.facts import FactValue
from enforceflow.texts import Title

LIMIT_STATUSES: Final[Mapping[str, Title]] = MappingProxyType(
    {
        "running": Title("进行中", "Running"),
        "due_soon": Title("即将届满", "Due soon"),
        "paused": Title("暂停计算", "Paused"),
        "met": Title("按期完成", "Met"),
        "met_late": Title("逾期完成", "Met late"),
        "missed": Title("逾期未完成", "Missed"),
        "ended": Title("不再适用", "Ended"),
        "lapsed": Title("已失效", "Lapsed"),
        "has_run": Title("已届满", "Has run"),
    }
)


class Context(Protocol):
    """One track of a case, or the case itself, at the moment an expression is evaluated.

    A question about something that this track's kind does not have is answered as if it had not happened: None or
    False, never an error; an aggregate asks all kinds of a track alike.
    """

    @property
    def address(self) -> str:
        """The address of the track, such as `asset/1`; empty for the case itself."""
        ...

    @property
    def at(self) -> date:
        """The day of the act."""
        ...

    def value(self, name: str) -> FactValue | None:
        """Return a fact, derived fact or parameter; None if it is missing."""
        ...

    def ask(self, rule: str) -> bool | None:
        """Return the host's answer to a rule; None if there is none, so that it is unknown."""
        ...

    def state(self) -> str:
        """Return the state of the track."""
        ...

    def kind(self) -> str:
        """Return the kind of the track."""
        ...

    def done(self, event: str) -> bool:
        """Return whether the act has been recorded on this track."""
        ...

    def on(self, event: str) -> date | None:
        """Return the day of the last such act; None if there is none."""
        ...

    def by(self, event: str) -> str | None:
        """Return who did the last such act; None if there is none or nobody is named."""
        ...

    def times(self, event: str) -> int:
        """Return how many such acts have been recorded on this track."""
        ...

    def status(self, limit: str) -> str | None:
        """Return one of `LIMIT_STATUSES`; None if the limit has not started."""
        ...

    def case(self) -> Context:
        """Return the case that the track belongs to."""
        ...

    def tracks(self, name: str) -> Sequence[Context]:
        """Return all tracks of that name in the case, whichever track is asked."""
        ...

    def track(self, address: str) -> Context | None:
        """Return the track of the case with that address; None if there is none."""
        ...
