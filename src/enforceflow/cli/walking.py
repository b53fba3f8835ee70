"""Random walks outside of a test-suite; needs the extra `testing`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis.configuration import set_hypothesis_home_dir

from enforceflow.calendars.calendar import Calendar
from enforceflow.definitions import Workflow
from enforceflow.testing import Broken, Story
from enforceflow.testing import walk as stories

_QUIET: Final = settings(
    deadline=None,
    database=None,
    verbosity=Verbosity.quiet,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@attrs.define
class Found:
    """What came of walking: how many walks, acts and kinds of acts, and what did not hold."""

    walks: int = 0
    acts: int = 0
    seen: set[tuple[str, str]] = attrs.field(factory=set)
    broken: str = ""

    def take(self, story: Story) -> None:
        """Count a story."""
        self.walks += 1
        self.acts += len(story.case.journal)
        self.seen.update((entry.track.partition("/")[0], entry.event) for entry in story.case.journal)


def walked(workflow: Workflow, calendar: Calendar, *, walks: int, acts: int, seed: int) -> Found:
    """Walk a workflow so many times; stop at what does not hold, with the shortest example of it."""
    found = Found()

    @seeded(seed)
    @settings(_QUIET, max_examples=walks)
    @given(stories(workflow, calendar=calendar, max_acts=acts))
    def tell(story: Story) -> None:
        found.take(story)

    with TemporaryDirectory() as home:  # else Hypothesis would leave a directory where the user works
        set_hypothesis_home_dir(Path(home))
        try:
            tell()
        except Broken as broken:
            found.broken = str(broken)
    return found


def kinds_of(workflow: Workflow) -> int:
    """Return how many kinds of acts a case and its tracks have."""
    named = [("", workflow), *((name, one) for name, kinds in workflow.tracks.items() for one in kinds.values())]
    return len({(name, transition.event) for name, one in named for transition in one.transitions.values()})
