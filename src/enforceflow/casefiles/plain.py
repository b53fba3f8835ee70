"""A playback as plain data for JSON: dates in ISO form, words in both languages, keys always in the same order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enforceflow.casefiles.expectations import Check, said
from enforceflow.casefiles.story import Changes, Playback, PlayedCase, Step, Told, days_late
from enforceflow.cases.journal import Moment
from enforceflow.deadlines.deadline import Deadline
from enforceflow.definitions.facts import FactValue
from enforceflow.engine.refusals import Reason, Refusal
from enforceflow.texts import LANGUAGES, Bilingual, render

Plain = dict[str, object]


def plain(playback: Playback) -> Plain:
    """Return a playback as dicts, lists, strings, integers and booleans; the steps are those with dates as written."""
    file = playback.file
    return {
        "cases": file.name,
        "file": file.place.file,
        "title": _words(file.title),
        "source": file.source,
        "holds": playback.holds,
        "failures": [_check(check) for check in playback.failures],
        "each": [_case(case) for case in playback.cases],
    }


def _case(played: PlayedCase) -> Plain:
    story = played.story
    return {
        "name": played.scenario.slug,
        "number": played.scenario.number,
        "title": _words(played.scenario.title),
        "workflow": played.workflow.name,
        "edition": played.workflow.edition,
        "holds": not played.failures,
        "stopped": story.stopped,
        "today": story.today.isoformat(),
        "played": [str(play.dates) for play in played.plays],
        "steps": [_step(step) for step in story.steps],
        "deadlines": [_deadline(deadline) for deadline in story.deadlines],
    }


def _step(step: Step) -> Plain:
    return {
        "kind": str(step.kind),
        "line": step.place.line,
        "at": step.at.isoformat(),
        "track": step.track,
        "title": _words(step.title),
        "act": None if step.act is None else _told(step.act),
        "raised": [_told(told) for told in step.raised],
        "lapses": [_told(told) for told in step.lapses],
        "withdrawn": [_told(told) for told in step.withdrawn],
        "effects": list(step.effects),
        "refusal": None if step.refusal is None else _refusal(step.refusal),
        "changes": _changes(step.changes),
        "checks": [_check(check) for check in step.checks],
    }


def _told(told: Told) -> Plain:
    entry = told.entry
    return {
        "event": entry.event,
        "title": _words(told.title),
        "at": entry.at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "track": entry.track,
        "kind": entry.kind,
        "state": entry.state,
        "state_title": _words(told.state_title),
        "by": entry.by,
        "role": entry.role,
        "facts": {name: _fact(value) for name, value in entry.facts.items()},
        "rules": dict(entry.answers),
        "effects": list(told.effects),
    }


def _fact(value: FactValue) -> object:
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return [_fact(item) for item in value] if isinstance(value, tuple) else str(value)


def _changes(changes: Changes) -> Plain:
    return {
        "started": [_deadline(deadline) for deadline in changes.started],
        "met": [_deadline(deadline) for deadline in changes.met],
        "moved": [{"was": was.due.isoformat(), **_deadline(deadline)} for was, deadline in changes.moved],
        "ended": [_deadline(deadline) for deadline in changes.ended],
        "missed": [_deadline(deadline) for deadline in changes.missed],
    }


def _deadline(deadline: Deadline) -> Plain:
    return {
        "name": deadline.name,
        "title": _words(deadline.limit.title),
        "run": deadline.number,
        "since": deadline.since.isoformat(),
        "due": deadline.due.isoformat(),
        "status": str(deadline.status),
        "provisional": deadline.provisional,
        "met": _maybe(deadline.met),
        "met_by": deadline.met_by,
        "days_late": days_late(deadline),
        "ended": _maybe(deadline.ended),
        "source": deadline.limit.source,
        "edition": deadline.edition,
    }


def _refusal(refusal: Refusal) -> Plain:
    return {
        "event": refusal.event,
        "state": refusal.state,
        "reasons": [_reason(reason) for reason in refusal.reasons],
        "text": _words(refusal),
    }


def _reason(reason: Reason) -> Plain:
    return {
        "kind": str(reason.kind),
        "subject": reason.subject,
        "track": reason.track,
        "source": reason.source,
        "opens": _maybe(reason.opens),
        "text": _words(reason),
    }


def _check(check: Check) -> Plain:
    expected = check.expectation
    return {
        "place": str(check.place),
        "about": str(expected.aspect),
        "subject": expected.subject,
        "wanted": _value(expected.wanted),
        "found": {lang: render(said(check.found), lang) for lang in LANGUAGES},
        "holds": check.holds,
        "dates": str(check.dates),
        "text": _words(check),
    }


def _value(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [str(item) for item in value]
    return str(value)


def _maybe(moment: Moment | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _words(value: Bilingual) -> Plain:
    return {lang: value.text(lang) for lang in LANGUAGES}
