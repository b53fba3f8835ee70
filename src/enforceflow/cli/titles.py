"""The titles of what a workflow names: acts, states, limits, facts, roles and tracks, its own and those of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from enforceflow.definitions import (
    ANY,
    CASE,
    PREVIOUS,
    ActRef,
    ByAct,
    ByEnd,
    ByFact,
    ByParameter,
    NameRef,
    Workflow,
)
from enforceflow.definitions import Anchor as AnyAnchor
from enforceflow.definitions import Length as AnyLength
from enforceflow.definitions.facts import FactValue
from enforceflow.definitions.periods import Dated, Period
from enforceflow.texts import NO, YES, Lang, Phrase, Title, render

_ANY_STATE: Final = Title("任何未终结的状态", "any state not closed")
_PREVIOUS: Final = Title("前一状态", "the state before")
_OF_TRACK: Final = Phrase(zh="{track}·{name}", en="{name} ({track})")
_CARRIED_DATE: Final = Phrase(zh="{act}所载“{fact}”", en="{fact}, as {act} tells it")
_END_OF: Final = Phrase(zh="“{limit}”届满", en="the end of {limit}")
_DAY_AFTER: Final = Phrase(zh="“{limit}”届满次日", en="the day after the end of {limit}")
_SINCE: Final = Phrase(zh="{value}（{day} 起）", en="{value} (since {day})")


@attrs.frozen(eq=False)
class Titles:
    """The titles in one language, as seen from a workflow that is a case or a track of one."""

    own: Workflow
    case: Workflow
    lang: Lang

    def joined(self, parts: Iterable[str]) -> str:
        """Return things one after the other."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def act(self, ref: ActRef | str) -> str:
        """Return the title of an act."""
        wanted = ActRef.parse(ref)
        for workflow in self._workflows(wanted.track):
            for transition in workflow.transitions.values():
                if transition.event == wanted.event:
                    return self._of_track(transition.title.text(self.lang), wanted.track)
        return str(wanted)

    def acts(self, refs: Iterable[ActRef | str]) -> str:
        """Return the titles of acts."""
        return self.joined(dict.fromkeys(self.act(ref) for ref in refs))

    def state(self, ref: NameRef | str) -> str:
        """Return the title of a state."""
        wanted = NameRef.parse(ref)
        if not wanted.track and wanted.name in (ANY, PREVIOUS):
            return (_ANY_STATE if wanted.name == ANY else _PREVIOUS).text(self.lang)
        for workflow in self._workflows(wanted.track):
            if wanted.name in workflow.states:
                return self._of_track(workflow.states[wanted.name].title.text(self.lang), wanted.track)
        return str(wanted)

    def limit(self, ref: NameRef | str) -> str:
        """Return the title of a time limit."""
        wanted = NameRef.parse(ref)
        for workflow in self._workflows(wanted.track):
            if wanted.name in workflow.time_limits:
                return self._of_track(workflow.time_limits[wanted.name].title.text(self.lang), wanted.track)
        return str(wanted)

    def fact(self, name: str) -> str:
        """Return the title of a fact of the workflow."""
        return self.own.facts[name].title.text(self.lang) if name in self.own.facts else name

    def role(self, name: str) -> str:
        """Return the title of a role."""
        known = {**self.case.roles, **self.own.roles}
        return known[name].title.text(self.lang) if name in known else name

    def track(self, name: str) -> str:
        """Return what a track is called: by its kind if it has one, else by its name."""
        if name == CASE:
            return self.case.title.text(self.lang)
        kinds = list(self.case.tracks.get(name, {}).values())
        return kinds[0].title.text(self.lang) if len(kinds) == 1 else name

    def anchor(self, anchor: AnyAnchor) -> str:
        """Return what starts a limit."""
        if isinstance(anchor, ByEnd):
            return (_DAY_AFTER if anchor.next_day else _END_OF)(limit=self.limit(anchor.limit)).text(self.lang)
        return self._carried(anchor) if anchor.fact else self.act(anchor.act)

    def _carried(self, anchor: ByAct) -> str:
        facts = [one.facts[anchor.fact] for one in self._workflows(anchor.act.track) if anchor.fact in one.facts]
        fact = facts[0].title.text(self.lang) if facts else anchor.fact
        return _CARRIED_DATE(act=self.act(anchor.act), fact=fact).text(self.lang)

    def length(self, length: AnyLength) -> str:
        """Return how long a limit is: a period, periods by date of effect, a fact or a parameter."""
        if isinstance(length, ByFact):
            return self._carried(ByAct(ActRef(length.event), length.fact))
        if isinstance(length, ByParameter):
            found = {**self.case.parameters, **self.own.parameters}.get(length.name)
            return length.name if found is None else f"{found.title.text(self.lang)} {self.values(found.values)}"
        return self.values(length)

    def values(self, values: Dated[FactValue] | Dated[Period]) -> str:
        """Return a value, or values with the days since which they hold."""
        return self.joined(self._dated(values))

    def _dated(self, values: Dated[FactValue] | Dated[Period]) -> Iterator[str]:
        for day, value in values.values:
            said = render((YES if value else NO) if isinstance(value, bool) else value, self.lang)
            yield said if day == day.min else _SINCE(value=said, day=day).text(self.lang)

    def _workflows(self, track: str) -> Iterable[Workflow]:
        if not track:
            return (self.own,)
        return (self.case,) if track == CASE else self.case.tracks.get(track, {}).values()

    def _of_track(self, title: str, track: str) -> str:
        return _OF_TRACK(track=self.track(track), name=title).text(self.lang) if track else title
