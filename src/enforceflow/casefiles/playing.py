"""Playing a case file: every case recorded act by act, and every expectation checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from enforceflow.calendars import Calendar
from enforceflow.case import Case
from enforceflow.casefiles.assumptions import Dates, has_windows
from enforceflow.casefiles.fitting import RULE, Fit
from enforceflow.casefiles.format import Act, CaseFile, Named, Scenario
from enforceflow.casefiles.host import AllRules, Host
from enforceflow.casefiles.loading import told
from enforceflow.casefiles.performing import Performer, Performance
from enforceflow.casefiles.story import Playback, Play, PlayedCase
from enforceflow.checking.findings import hint, shown
from enforceflow.definitions import Workflow
from enforceflow.engine import Engine
from enforceflow.errors import UNKNOWN, DefinitionError, Problem
from enforceflow.journal import Moment
from enforceflow.reading import calendar, load
from enforceflow.texts import Phrase


def play(case_file: CaseFile, *, today: Moment | None = None, search: Sequence[Path] = ()) -> Playback:
    """Play every case of a file and check what it expects.

    `today` is the day of the final expectations of every case, whatever the file says; workflows and calendars are
    looked up in the directories `search` before those of the library, and paths beside the case file. Raises
    `DefinitionError` with everything that cannot be played, where it stands: names that a workflow does not have,
    values that are not of their type, rules without an answer, the problems of the workflows themselves.
    """
    stage = _Stage(case_file, tuple(search))
    engines = stage.engines()
    stage.check(engines)
    _stop_at(stage.problems)
    plays: dict[str, dict[Dates, Play]] = {}
    cases: dict[tuple[str, Dates], Performance] = {}
    for scenario in case_file.scenarios:
        ...
