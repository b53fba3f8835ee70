"""The parts of a computation of time: extensions that go in, steps and the end that come out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

import attrs

from enforceflow.calendars.moments import Day
from enforceflow.definitions.periods import Period
from enforceflow.texts import Bilingual, Lang, Phrase

_DUE = Phrase(zh="{due}届满", en="due {due}")
_PROVISIONALLY_DUE = Phrase(zh="{due}届满（暂定）", en="due {due}, provisional")
_CALENDAR = Phrase(zh="日历 {edition}", en="calendar {edition}")


@attrs.frozen
class Extension:
    """A longer time granted: when, by how much, and what it is called."""

    at: date | datetime
    length: Period
    label: Bilingual


@attrs.frozen
class Step:
    """One step: the day arrived at (or spoken of), in words, and by kind.

    Kinds: `start`, `period`, `fixed` (an end set as a date), `extension`, `ceiling`, `pause`, `rest` (moved off a rest
    day), `worked` (a make-up working day), `provisional`.
    """

    day: date | datetime | None
    message: Bilingual
    kind: str

    def text(self, lang: Lang) -> str:
        """Return the step in words, with its day."""
        said = self.message.text(lang)
        return said if self.day is None else f"{Day(self.day).text(lang)}  {said}"


@attrs.frozen
class Reckoning:
    """When a period ends, and why.

    `raw` is the end before it moved off a rest day; `edition` names the calendar used; a `provisional` end depends
    on a day of a year that is not announced yet. Days are dates, hours and minutes end at a date-time in the
    calendar's zone.
    """

    since: date | datetime
    due: date | datetime
    raw: date | datetime
    steps: tuple[Step, ...]
    edition: str
    provisional: bool

    def text(self, lang: Lang) -> str:
        """Return the end, each step on a line of its own, and the calendar's edition."""
        phrase = _PROVISIONALLY_DUE if self.provisional else _DUE
        ending = "  " + _CALENDAR(edition=self.edition).text(lang)
        return "\n".join([phrase(due=Day(self.due)).text(lang), *self.lines(lang), ending])

    def lines(self, lang: Lang) -> list[str]:
        """Return the steps, a line each, their days aligned."""
        return _aligned(self.steps, lang)

    def __str__(self) -> str:
        return self.text("en")

    def plain(self, lang: Lang) -> dict[str, object]:
        """Return it as strings, booleans, lists and dicts, ready for JSON."""
        return {
            "since": self.since.isoformat(),
            "due": self.due.isoformat(),
            "raw": self.raw.isoformat(),
            "provisional": self.provisional,
            "edition": self.edition,
            "steps": [
                {
                    "kind": step.kind,
                    "day": None if step.day is None else step.day.isoformat(),
                    "text": step.message.text(lang),
                }
                for step in self.steps
            ],
        }


def _aligned(steps: Iterable[Step], lang: Lang) -> list[str]:
    rows = [("" if step.day is None else Day(step.day).text(lang), step.message.text(lang)) for step in steps]
    width = max((_width(day) for day, _ in rows), default=0)
    return [f"  {day}{' ' * (width - _width(day))}  {said}" for day, said in rows]


def _width(text: str) -> int:
    """Return the columns that `text` takes in a terminal: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
