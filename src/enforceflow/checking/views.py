"""A case workflow with its tracks, indexed by the names that others refer to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

import attrs

from enforceflow.checking.findings import HERE, Findings, Path, Spot
from enforceflow.definitions import ANY, CASE, ActRef, NameRef, Transition, Workflow
from enforceflow.texts import Bilingual, Phrase, Title

ACT: Final = Title("行为", "act")
STATE: Final = Title("状态", "state")
TRACK: Final = Title("事项", "track")
LIMIT: Final = Title("期限", "time limit")
FACT: Final = Title("事实", "fact")
_OF: Final = Phrase(zh=" {track} 的{kind}", en="{kind} of {track}")


@attrs.frozen(eq=False)
class View:
    """One workflow of the case, at `path` from its root."""

    workflow: Workflow
    path: Path
    events: dict[str, list[Transition]]

    @classmethod
    def of(cls, workflow: Workflow, path: Path) -> View:
        """Index a workflow."""
        events: dict[str, list[Transition]] = {}
        for transition in workflow.transitions.values():
            events.setdefault(transition.event, []).append(transition)
        return cls(workflow, path, events)

    def states_before(self, transition: Transition) -> frozenset[str]:
        """Return the states that a transition leaves; the empty name stands for a track not yet opened."""
        if transition.opens:
            return frozenset(("",))
        if ANY in transition.from_:
            return frozenset(name for name, state in self.workflow.states.items() if not state.closed)
        return frozenset(transition.from_)

    def facts_of(self, event: str) -> frozenset[str]:
        """Return the facts that an act must or may carry."""
        serving = self.events.get(event, ())
        return frozenset(name for transition in serving for name in (*transition.takes, *transition.may_take))


@attrs.frozen(eq=False)
class Whole:
    """The case and all kinds of its tracks; `unread` are tracks whose files could not be read."""

    case: View
    tracks: dict[str, tuple[View, ...]]
    findings: Findings
    unread: frozenset[str] = frozenset()

    @classmethod
    def of(cls, workflow: Workflow, findings: Findings, unread: frozenset[str] = frozenset()) -> Whole:
        """Index a case workflow with its tracks."""
        tracks = {
            name: tuple(View.of(one, ("tracks", name, kind)) for kind, one in kinds.items())
            for name, kinds in workflow.tracks.items()
        }
        return cls(View.of(workflow, ()), tracks, findings, unread)

    def views(self) -> Iterator[View]:
        """Return the case and then every kind of track."""
        yield self.case
        for kinds in self.tracks.values():
            yield from kinds

    def seen_from(self, view: View, track: str) -> tuple[View, ...]:
        """Return the workflows that `track` means where `view` says it; none if there is no such track."""
        if not track:
            return (view,)
        return (self.case,) if track == CASE else self.tracks.get(track, ())

    def act(self, view: View, path: Path, ref: ActRef, spot: Spot = HERE) -> bool:
        """Tell whether the act exists, noting it if it does not."""
        return self._exists(view, path, (ACT, ref.track, ref.event), lambda one: one.events, spot)

    def state(self, view: View, path: Path, ref: NameRef, spot: Spot = HERE) -> bool:
        """Tell whether the state exists, noting it if it does not."""
        return self._exists(view, path, (STATE, ref.track, ref.name), lambda one: one.workflow.states, spot)

    def limit(self, view: View, path: Path, ref: NameRef, spot: Spot = HERE) -> bool:
        """Tell whether the time limit exists, noting it if it does not."""
        return self._exists(view, path, (LIMIT, ref.track, ref.name), lambda one: one.workflow.time_limits, spot)

    def track(self, view: View, path: Path, name: str, spot: Spot = HERE) -> None:
        """Note a track that does not exist."""
        if name not in self.tracks and name not in self.unread:
            self.findings.unknown((*view.path, *path), TRACK, name, tuple(self.tracks), spot)

    def _exists(
        self,
        view: View,
        path: Path,
        sought: tuple[Title, str, str],
        names: Callable[[View], Collection[str]],
        spot: Spot,
    ) -> bool:
        kind, track, name = sought
        if track in self.unread:
            return False
        seen = self.seen_from(view, track)
        if any(name in names(one) for one in seen):
            return True
        if seen:
            told: Bilingual = _OF(track=track, kind=kind) if track else kind
            known = (known for one in seen for known in names(one))
            self.findings.unknown((*view.path, *path), told, name, known, spot)
        else:
            self.findings.unknown((*view.path, *path), TRACK, track, (*self.tracks, CASE), spot)
        return False
