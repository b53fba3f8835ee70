"""Reading workflows and calendars from YAML: the only part of the library that knows about files."""

from enforceflow.reading.loading import calendar, load

__all__ = ["calendar", "load"]
