"""Working days by official notices, and periods of law laid on them."""

from enforceflow.calendars.calendar import Calendar, Notice
from enforceflow.calendars.working_days import Holiday

__all__ = ["Calendar", "Holiday", "Notice"]
