"""What a play tells: of each step what was recorded or refused, and what that did to the deadlines."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.casefiles.assumptions import Dates
from enforceflow.casefiles.expectations import Check
from enforceflow.casefiles.format import CaseFile, Item, Place, Scenario
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Entry, Moment
from enforceflow.deadlines.deadline import Deadline
from enforceflow.definitions import Workflow
from enforceflow.engine.refusals import Refusal
from enforceflow.texts import Lang, Title


class StepKind(enum.StrEnum):
    """What a step is."""

    CARRIED = "carried"
    RECORDED = "recorded"
    CORRECTED = "corrected"
    STRUCK = "struck"
    REFUSED = "refused"
    LOOK = "look"
    END = "end"

    def text(self, lang: Lang) -> str:
        """Return it in words."""
        return _STEP_TITLES[self].text(lang)


_STEP_TITLES: Mapping[StepKind, Title] = {
    StepKind.CARRIED: Title("转入", "carried over"),
    StepKind.RECORDED: Title("已记录", "recorded"),
    StepKind.CORRECTED: Title("已更正", "corrected"),
    StepKind.STRUCK: Title("已撤销", "struck"),
    StepKind.REFUSED: Title("不予记录", "refused"),
    StepKind.LOOK: Title("查看", "look"),
    StepKind.END: Title("最后", "in the end"),
}


@attrs.frozen
class Told:
    """An entry of the journal with its titles: what was done, the state to which that led, its own effects."""

    entry: Entry
    title: Title
    state_title: Title
    effects: tuple[str, ...] = ()


@attrs.frozen
class Changes:
    """What a step did to the deadlines, and what time had done to them since the step before.

    `started` runs began, `met` were met (see `days_late`), `ended` stopped to apply, `moved` are runs that go on with
    another last day (as it was, as it is); `missed` ran out since the last step and are not met by this one.
    """

    started: tuple[Deadline, ...] = ()
    met: tuple[Deadline, ...] = ()
    moved: tuple[tuple[Deadline, Deadline], ...] = ()
    ended: tuple[Deadline, ...] = ()
    missed: tuple[Deadline, ...] = ()


@attrs.frozen
class Step:
    """One step of a play.

    `act` is what was recorded, `raised` what it brought with it, `lapses` what followed by itself from terms that ran
    out since the last step, `withdrawn` what had so followed and no longer does. A refused act has its `refusal`.
    """

    kind: StepKind
    place: Place
    at: Moment
    title: Title
    track: str = ""
    item: Item | None = None
    act: Told | None = None
    raised: tuple[Told, ...] = ()
    lapses: tuple[Told, ...] = ()
    withdrawn: tuple[Told, ...] = ()
    effects: tuple[str, ...] = ()
    refusal: Refusal | None = None
    changes: Changes = Changes()
    checks: tuple[Check, ...] = ()


@attrs.frozen
class Play:
    """A case played through at one choice of dates.

    `case` is the case at the end and `runs` are all runs of its limits on the day `today`; `stopped` tells that an act
    was refused or recorded against all expectation, after which nothing more was played.
    """

    dates: Dates
    steps: tuple[Step, ...]
    case: Case
    today: Moment
    runs: tuple[Deadline, ...]
    stopped: bool = False

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Of each limit the present run."""
        return tuple({run.name: run for run in self.runs}.values())

    @property
    def checks(self) -> tuple[Check, ...]:
        """Everything that was expected, with what was found."""
        return tuple(check for step in self.steps for check in step.checks)


@attrs.frozen
class PlayedCase:
    """A case of the file with its plays: as written, and if any date is assumed at both ends of the windows."""

    scenario: Scenario
    workflow: Workflow
    plays: tuple[Play, ...]

    @property
    def story(self) -> Play:
        """The play with the dates as written."""
        return self.plays[0]

    @property
    def failures(self) -> tuple[Check, ...]:
        """What was not found as expected; what fails as written is not told again for other dates."""
        failed = [check for play in self.plays for check in play.checks if not check.holds]
        written = {check.key for check in failed if check.dates is Dates.AS_WRITTEN}
        return tuple(check for check in failed if check.dates is Dates.AS_WRITTEN or check.key not in written)


@attrs.frozen
class Playback:
    """A case file played: its cases, each with its steps and what became of its expectations."""

    file: CaseFile
    cases: tuple[PlayedCase, ...]

    @property
    def failures(self) -> tuple[Check, ...]:
        """What was not found as expected, in the order of the file."""
        return tuple(check for case in self.cases for check in case.failures)

    @property
    def holds(self) -> bool:
        """True if everything was found as expected."""
        return not self.failures

    def text(self, lang: Lang) -> str:
        """Return every failure, one a line; empty if everything holds."""
        return "\n".join(check.text(lang) for check in self.failures)


def days_late(deadline: Deadline) -> int:
    """Return by how many days a deadline was met late; 0 if in time, on the day itself, or not at all."""
    late = 0 if deadline.met is None else (day_of(deadline.met) - day_of(deadline.due)).days
    return max(late, 0)
