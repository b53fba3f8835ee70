"""What a case file says: its cases, the items of each, and what is expected, each with its place in the file."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

import attrs

from enforceflow.cases.journal import Moment
from enforceflow.deadlines.deadline import Status
from enforceflow.deadlines.nodes import NodeStatus
from enforceflow.engine.refusals import ReasonKind
from enforceflow.errors import Problem
from enforceflow.texts import Bilingual, Lang, Title

RawFact = str | tuple[str, ...]
"""A fact as written: text, or a list of texts; the workflow's type of the fact says what it means."""


@attrs.frozen(order=True)
class Place:
    """Where something stands: line and column count from 1, in characters."""

    file: str
    line: int
    column: int

    def problem(self, message: Bilingual, suggestion: Bilingual | None = None) -> Problem:
        """Return a problem of what stands here."""
        return Problem(message, suggestion, (), self.file, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Aspect(enum.StrEnum):
    """What an expectation is about; the value is its key in the file, but for `recorded`, which goes without saying."""

    RECORDED = "recorded"
    STATE = "state"
    EFFECTS = "effects"
    REFUSED = "refused"
    STATES = "states"
    DUE = "due"
    STATUS = "status"
    EARLIER = "earlier"
    PROVISIONAL = "provisional"
    OPEN = "open"
    NOT_OPEN = "not_open"
    IRREGULAR = "irregular"
    NODES = "nodes"
    ABSENT = "absent"

    def text(self, lang: Lang) -> str:
        """Return it in words: the key itself in English."""
        return ASPECT_TITLES[self].text(lang)


ASPECT_TITLES: Final[Mapping[Aspect, Title]] = {
    Aspect.RECORDED: Title("记录", "recorded"),
    Aspect.STATE: Title("状态", "state"),
    Aspect.EFFECTS: Title("后续事项", "effects"),
    Aspect.REFUSED: Title("不予记录", "refused"),
    Aspect.STATES: Title("状态", "states"),
    Aspect.DUE: Title("届满日", "due"),
    Aspect.STATUS: Title("期限状态", "status"),
    Aspect.EARLIER: Title("此前各次计算", "earlier"),
    Aspect.PROVISIONAL: Title("暂定", "provisional"),
    Aspect.OPEN: Title("可以作出", "open"),
    Aspect.NOT_OPEN: Title("不能作出", "not_open"),
    Aspect.IRREGULAR: Title("不合规的行为", "irregular"),
    Aspect.NODES: Title("节点", "nodes"),
    Aspect.ABSENT: Title("未起算", "absent"),
}

OF_ACTS: Final = (Aspect.STATE, Aspect.EFFECTS, Aspect.REFUSED)
"""What only an act can be expected to come to."""
OF_DAYS: Final = tuple(aspect for aspect in Aspect if aspect not in (*OF_ACTS, Aspect.RECORDED))
"""What can be read on any day."""


@attrs.frozen
class Against:
    """A reason that is expected against an act; without a subject any reason of the kind is meant."""

    kind: ReasonKind
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}" if self.subject else str(self.kind)


Wanted = str | bool | Moment | Status | NodeStatus | tuple[str, ...] | tuple[Status, ...] | tuple[Against, ...]
"""What is expected; its type follows from the aspect."""


@attrs.frozen
class Expectation:
    """One thing that must hold: of its `subject` (a limit, track, act or node; may be empty) what is `wanted`.

    `place` is where that is written, `key` where the subject is.
    """

    aspect: Aspect
    subject: str
    wanted: Wanted
    place: Place
    key: Place


@attrs.frozen
class Named:
    """A name that the file mentions, and where."""

    name: str
    place: Place


@attrs.frozen
class GivenFact:
    """A fact of an act as written, and where its name (`key`) and its value stand."""

    value: RawFact
    key: Place
    place: Place


@attrs.frozen
class GivenAnswer:
    """The host's answer to a rule, and where it is given; `shared` if for all cases of the file."""

    answer: bool
    place: Place
    shared: bool = False


@attrs.frozen
class Given:
    """What holds for a case from the start: its workflow, its calendar and the host's answers to rules."""

    workflow: Named
    calendar: Named
    rules: Mapping[str, GivenAnswer]


@attrs.frozen
class Act:
    """An act to be recorded.

    `between` is the window in which the source places an act whose date is `assumed`; `places` tells where each key's
    value stands.
    """

    place: Place
    at: Moment
    do: str
    track: str = ""
    kind: str = ""
    facts: Mapping[str, GivenFact] = attrs.field(factory=dict)
    by: str = ""
    role: str | None = None
    recorded: Moment | None = None
    history: bool = False
    assumed: bool = False
    between: tuple[Moment, Moment] | None = None
    rules: Mapping[str, GivenAnswer] = attrs.field(factory=dict)
    label: str = ""
    expect: tuple[Expectation, ...] = ()
    places: Mapping[str, Place] = attrs.field(factory=dict)

    @property
    def on(self) -> Moment:
        """The day on which its expectations are read."""
        return self.at

    @property
    def refused(self) -> Expectation | None:
        """The expectation that it is refused, if there is one."""
        return next((one for one in self.expect if one.aspect is Aspect.REFUSED), None)


@attrs.frozen
class Correction:
    """A correction of an earlier act: another day, or all its facts anew."""

    place: Place
    label: str
    reason: str
    recorded: Moment
    at: Moment | None = None
    facts: Mapping[str, GivenFact] | None = None
    expect: tuple[Expectation, ...] = ()

    @property
    def on(self) -> Moment:
        """The day on which its expectations are read."""
        return self.recorded

    @property
    def refused(self) -> Expectation | None:
        """The expectation that it is refused, if there is one."""
        return next((one for one in self.expect if one.aspect is Aspect.REFUSED), None)


@attrs.frozen
class Strike:
    """An earlier act struck as never having happened."""

    place: Place
    label: str
    reason: str
    recorded: Moment
    expect: tuple[Expectation, ...] = ()

    @property
    def on(self) -> Moment:
        """The day on which its expectations are read."""
        return self.recorded

    @property
    def refused(self) -> Expectation | None:
        """The expectation that it is refused, if there is one."""
        return next((one for one in self.expect if one.aspect is Aspect.REFUSED), None)


@attrs.frozen
class Look:
    """A look at the case on a day; nothing is recorded."""

    place: Place
    at: Moment
    expect: tuple[Expectation, ...]
    rules: Mapping[str, GivenAnswer] = attrs.field(factory=dict)

    @property
    def on(self) -> Moment:
        """The day on which its expectations are read."""
        return self.at


Item = Act | Correction | Strike | Look


@attrs.frozen
class CarryOver:
    """The opening of a case from an earlier one of the file, with some of its tracks, on a day."""

    place: Place
    origin: Named
    at: Moment
    carry: tuple[Named, ...] = ()


@attrs.frozen
class Scenario:
    """One case of a file: what holds from the start, what happens, and what is expected in the end.

    The first `shared` of the items are those that the file gives to all its cases. `today` is the day of the final
    expectations, if it is written.
    """

    slug: str
    title: Title
    place: Place
    number: str
    given: Given
    items: tuple[Item, ...]
    origin: CarryOver | None = None
    today: Moment | None = None
    expect: tuple[Expectation, ...] = ()
    shared: int = 0


@attrs.frozen
class CaseFile:
    """A file of cases, read and sound in itself; whether it fits its workflows shows when it is played."""

    name: str
    title: Title
    scenarios: tuple[Scenario, ...]
    place: Place
    source: str = ""
