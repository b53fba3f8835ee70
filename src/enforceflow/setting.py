"""What an engine is made of: programs, a calendar, the host's answers and the edition."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from enforceflow.answers import Asker
from enforceflow.calendars import Calendar
from enforceflow.case import Pin
from enforceflow.programs import Programs


@attrs.frozen(eq=False)
class Setting:
    """The unchanging parts that recording, reading and amending a case all look at."""

    programs: Programs
    calendar: Calendar
    askers: Mapping[str, Asker]
    pin: Pin
