"""What an engine is made of: programs, a calendar, the host's answers and the edition."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.cases.case import Pin
from enforceflow.engine.answers import Asker
from enforceflow.programs.program import Programs


@attrs.frozen(eq=False)
class Setting:
    """The unchanging parts that recording, reading and amending a case all look at."""

    programs: Programs
    calendar: Calendar
    askers: Mapping[str, Asker]
    pin: Pin
