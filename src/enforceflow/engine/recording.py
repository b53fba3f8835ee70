"""Recording one act in order: the transition it takes, the entries it makes, the acts it raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import attrs

from enforceflow.cases.case import Case, follower
from enforceflow.cases.journal import NO_FACTS, Entry, Frozen, Journal, Link, LinkKind, Moment
from enforceflow.definitions import PREVIOUS, ActRef
from enforceflow.definitions.facts import Facts, is_address
from enforceflow.engine.asking import Request
from enforceflow.engine.conditions import Conditions
from enforceflow.engine.refusals import NO_TRANSITION, NOT_OPENED, ONLY_OPENS, Reason, ReasonKind, Refusal
from enforceflow.engine.setting import Setting
from enforceflow.errors import InvalidValue, UnknownName
from enforceflow.programs.machine import UNOPENED
from enforceflow.programs.program import KIND, Act, LapseScope, Program, Programs
from enforceflow.programs.scenes import program_at, related
from enforceflow.texts import Both, Phrase

BAD_ADDRESS = Phrase(
    zh="“{address}”不是事项地址；请写作 名称/编号，例如 {name}/1",
    en="{address!s} is no track address; write name/id, such as {name}/1",
)

OTHER_KIND = Phrase(zh="{address} 的种类是 {own}，不是 {kind}", en="{address!s} was opened as {own!s}, not as {kind!s}")
WHICH_KIND = Phrase(
    zh="{address} 尚未开启，须写明种类（kind）：{kinds}",
    en="{address!s} is not opened yet; say of which kind it is: {kinds!s}",
)
NO_KIND = Phrase(zh="案件本身不分种类：{kind}", en="the case itself has no kinds: {kind!s}")


@attrs.frozen
class Effect:
    """Something that the host is to do because an act was recorded.

    `name` is what the workflow calls it, `entry` the act that called for it, `position` its place in the journal.
    """

    name: str
    position: int
    entry: Entry


Derivation = tuple[str, str, Moment, str, tuple[str, str]]


def derivation(journal: Journal, entry: Entry) -> Derivation:
    """Return what makes two derived entries the same, what they follow from included."""
    return entry.track, entry.event, entry.at, entry.state, follower(journal, entry)


class Draft:
    """A case while acts are being added to it; the case itself is never touched."""

    __slots__ = ("case", "effects", "entries", "journal", "lapses_from", "reading", "recall", "started")

    def __init__(self, case: Case, reading: Journal | None = None) -> None:
        self.case = case
        self.journal = case.journal
        self.reading = case.reading if reading is None else reading
        self.lapses_from = case.lapses_from
        self.recall: dict[Derivation, tuple[int, Entry]] | None = None
        self.entries: list[Entry] = []
        self.effects: list[Effect] = []
        self.started: tuple[str, ...] = ()

    def add(self, entry: Entry, effects: tuple[str, ...]) -> int:
        """Add an entry at the end of both orders; return its position in the journal.

        A derived act that is in the journal already (`recall`) is read again, not added again.
        """
        if entry.derived and self.recall:
            known = self.recall.pop(derivation(self.journal, entry), None)
            if known is not None:
                self.reading = self.reading.appended(known[1])
                return known[0]
        position = len(self.journal)
        if self.reading is self.journal:
            self.reading = self.journal = self.journal.appended(entry)
        else:
            self.journal = self.journal.appended(entry)
            self.reading = self.reading.appended(entry)
        self.entries.append(entry)
        for name in effects:
            self.effects.append(Effect(name, position, entry))
        return position

    def note(self, act: Act | None, track: str) -> None:
        """Note that an act may have started a validity term, so that its end is looked for in time."""
        if act is None or act.lapse_scope is LapseScope.ANY:
            self.lapses_from = date.min
        elif act.lapse_scope is LapseScope.OWN:
            self.started = (*self.started, track)

    def mark(self) -> Callable[[], None]:
        """Return what drops all that is added from here on."""
        journal, reading, lapses_from, started = self.journal, self.reading, self.lapses_from, self.started
        entries, effects = len(self.entries), len(self.effects)
        recall = None if self.recall is None else dict(self.recall)

        def rewind() -> None:
            self.journal, self.reading, self.lapses_from, self.started = journal, reading, lapses_from, started
            self.recall = recall
            del self.entries[entries:]
            del self.effects[effects:]

        return rewind

    def finished(self) -> Case:
        """Return the case with what was added."""
        case = self.case
        lapses_from = date.min if self.started else self.lapses_from
        return Case(case.number, case.pin, self.journal, self.reading, case.origin, lapses_from)


def program_for(setting: Setting, reading: Journal, request: Request) -> tuple[Program, str]:
    """Return the program of the requested track and its kind; for one that is to be opened, by the kind asked for.

    Raises `UnknownName` for a track or kind that the workflow does not have, and `InvalidValue` for an address that
    is none, and for a track of several kinds that is to be opened without saying which.
    """
    if not request.track:
        if request.kind:
            raise InvalidValue(NO_KIND(kind=request.kind))
        return setting.programs.root, ""
    name = request.track.partition("/")[0]
    kinds = setting.programs.kinds(name)
    if not is_address(request.track):
        raise InvalidValue(BAD_ADDRESS(address=request.track[:60], name=name))
    opened = program_at(setting.programs, reading, request.track)
    if opened is not None:
        if request.kind not in ("", opened.kind):
            raise InvalidValue(OTHER_KIND(address=request.track, own=opened.kind, kind=request.kind))
        return opened, ""
    kind = request.kind or (next(iter(kinds)) if len(kinds) == 1 else "")
    if not kind:
        raise InvalidValue(WHICH_KIND(address=request.track, kinds=", ".join(kinds)))
    if kind not in kinds:
        raise UnknownName(KIND, kind, kinds)
    return kinds[kind], kind


def refusal(conditions: Conditions) -> Refusal:
    """Return the refusal of an act, with every reason that stands against the transitions it might take."""
    request, program, state = conditions.request, conditions.program, conditions.state
    serving = program.event(request.event)
    fitting = program.acts.get((state, request.event), ())
    reasons: dict[Reason, None] = {} if fitting else {wrong_state(program, state, serving): None}
    for act in fitting or serving:
        reasons.update(dict.fromkeys(conditions.against(act)))
    return refused(program, state, request, reasons)


def refused(program: Program, state: str, request: Request, reasons: Iterable[Reason]) -> Refusal:
    """Return the refusal of a request on a track in a state."""
    title = program.event(request.event)[0].definition.title
    standing = program.workflow.states.get(state)
    stands = None if standing is None else standing.title
    return Refusal(request.event, request.track, state, request.at, tuple(reasons), title, stands)


def wrong_state(program: Program, state: str, serving: tuple[Act, ...]) -> Reason:
    """Return the reason against acts that do not leave from a state."""
    if state == UNOPENED:
        openings = [
            Both(act.definition.title) for (left, _), acts in program.acts.items() if left == UNOPENED for act in acts
        ]
        return Reason(ReasonKind.STATE, state, NOT_OPENED(events=openings))
    names = [left for (left, event) in program.acts if event == serving[0].definition.event and left != UNOPENED]
    if not names:
        return Reason(ReasonKind.STATE, state, ONLY_OPENS())
    titles = [Both(program.workflow.states[name].title) for name in names]
    return Reason(ReasonKind.STATE, state, NO_TRANSITION(states=titles))


def record(
    draft: Draft,
    setting: Setting,
    request: Request,
    recorded_at: Moment,
    cause: Link | None = None,
    *,
    derived: bool = False,
) -> Refusal | None:
    """Add the requested act, and what it raises, to a draft; or return the refusal and leave a draft to throw away."""
    reading = draft.reading
    track, event = request.track, request.event
    program, kind = setting.programs.root, ""
    if track or request.kind:
        program, kind = program_for(setting, reading, request)
    conditions = Conditions(setting, draft.case.number, reading, program, request)
    state = conditions.state
    act = conditions.choose(program.acts.get((state, event), ()))
    if act is None:
        return refusal(conditions)
    if act.to:
        state = previous_state(reading, track) if act.to == PREVIOUS else act.to
    position = draft.add(
        Entry(
            event,
            request.at,
            track,
            state,
            act.name,
            recorded_at,
            kind,
            request.by,
            request.role or "",
            request.facts,
            conditions.answers,
            derived,
            cause,
        ),
        act.effects,
    )
    if act.lapse_scope is not LapseScope.NONE:
        draft.note(act, track)
    against = _raise_acts(draft, setting, request, act, position, recorded_at, derived=derived) if act.raises else ()
    return refused(program, conditions.state, request, against) if against else None


def previous_state(reading: Journal, track: str) -> str:
    """Return the state in which a track was before its present one; that one if it never was in another."""
    positions = reading.track(track)
    present = reading[positions[-1]].state
    for position in reversed(positions):
        if reading[position].state != present:
            return reading[position].state
    return present


def _raise_acts(
    draft: Draft, setting: Setting, request: Request, act: Act, position: int, recorded_at: Moment, *, derived: bool
) -> list[Reason]:
    """Record what an act raises; return the reasons against that, each with its track."""
    reasons: list[Reason] = []
    for ref in act.raises:
        for address, program in _targets(setting.programs, draft.reading, request.track, ref):
            raised = Request(
                ref.event,
                request.at,
                address,
                facts=_passed_on(program, ref, request.facts),
                by=request.by,
                lenient=request.lenient,
                automatic=request.automatic,
                raised=True,
            )
            cause = Link(LinkKind.RAISED_BY, position)
            against = record(draft, setting, raised, recorded_at, cause, derived=derived)
            if against is not None:
                where = address or "case"
                reasons.extend(attrs.evolve(reason, track=reason.track or where) for reason in against.reasons)
    return reasons


def _targets(programs: Programs, reading: Journal, address: str, ref: ActRef) -> Iterator[tuple[str, Program]]:
    """Yield where a raised act is recorded: the case, or the tracks in scope that are not closed and know the act."""
    for place in related(programs, reading, address, ref.track):
        program = program_at(programs, reading, place)
        last = reading.last(place)
        if program is None or last is None or ref.event not in program.events:
            continue
        if not place or last.state not in program.closed:
            yield place, program


def _passed_on(program: Program, ref: ActRef, facts: Facts) -> Facts:
    if not facts:
        return NO_FACTS
    accepted = {name for act in program.event(ref.event) for name in act.accepted}
    return Frozen({name: value for name, value in facts.items() if name in accepted}) or NO_FACTS
