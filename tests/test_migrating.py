"""Moving a case to another edition: all of it follows there, or it is told which entries do not."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from courts import act, asset, closed, court_of, day, engine_of, fact, limit, play, state, track_fact, workflow
from enforceflow.definitions import Workflow
from enforceflow.engine.engine import Engine
from enforceflow.errors import SavedFormError
from enforceflow.saving import from_plain, to_plain


def edition(term: str = "10 days", **rest: Any) -> Workflow:
    return court_of(asset(term=term), **rest)


def moved(case: Any, engine: Engine, at: str = "04-01") -> Any:
    return engine.migrate(case, recorded_at=day(at))


def test_a_case_that_follows_in_the_new_edition_is_moved_and_pinned_to_it() -> None:
    one = play(edition()).do("freeze", "01-06", "asset/A1").do("note", "01-08")
    newer = engine_of(edition(transitions=[act("pay", from_="any")], edition="2"))
    case = moved(one.case, newer)
    assert (case.pin.edition, list(case.journal)) == ("2", list(one.case.journal))
    assert newer.record(case, "pay", at=day("01-09")).case.state == "filed"
    assert from_plain(to_plain(case), newer) == case


def test_what_followed_by_itself_is_computed_anew() -> None:
    one = play(edition()).do("freeze", "01-06", "asset/A1").do("note", "03-01")
    assert [entry.event for entry in one.case.reading if entry.derived] == ["lapse", "note_lapse"]
    longer = moved(one.case, engine_of(edition("20 days")))
    assert [(entry.event, entry.at) for entry in longer.reading if entry.derived] == [
        ("lapse", day("01-27")),
        ("note_lapse", day("01-27")),
    ]
    assert [entry.recorded_at for entry in longer.journal[len(one.case.journal) :]] == [day("04-01")] * 4
    same = moved(one.case, engine_of(edition(edition="2", title=one.engine.workflow.title)))
    assert len(same.journal) == len(one.case.journal)
    never = moved(one.case, engine_of(edition("2 years")))
    assert [entry.event for entry in never.reading] == ["file", "freeze", "note", "note"]
    assert never.lapses_from is not None


def test_all_entries_that_cannot_move_are_told() -> None:
    work = edition(facts=[fact("owed", "money")], transitions=[act("pay", from_="any", may_take="owed")])
    one = (
        play(work)
        .do("pay", "01-06", owed=5)
        .do("freeze", "01-07", "asset/A1")
        .do("go_on", "01-08")
        .do("close", "01-09")
    )
    other = workflow(
        tracks={"land": workflow("court/land")},
        states=[state("filed"), state("enforcing"), closed("ended")],
        facts=[fact("owed", "date")],
        transitions=[act("pay", from_="any", may_take="owed"), act("close", "ended", from_="any")],
    )
    with pytest.raises(SavedFormError) as caught:
        moved(one.case, engine_of(other))
    assert [str(problem) for problem in caught.value.problems] == [
        "entries.1: entry 1 (pay of 2026-01-06): Decimal('5') is not a date from 1900 to 2199 (such as 2026-01-05)",
        "entries.2: entry 2 (freeze of 2026-01-07 asset/A1): there is no such track or kind",
        "entries.5: entry 5 (close of 2026-01-09): no such act leads from enforcing to closed",
    ]
    assert caught.value.problems[1].path == ("entries", "2")
    assert "没有这样的事项或种类" in caught.value.text("zh")


def test_the_old_case_stays_as_it_was() -> None:
    one = play(edition()).do("freeze", "01-06", "asset/A1").do("note", "03-01")
    before, entries = one.case, list(one.case.journal)
    moved(before, engine_of(edition("20 days")))
    assert list(before.journal) == entries
    assert one.engine.fit(before) == before


def test_corrections_and_carried_tracks_move_too() -> None:
    one = play(edition()).do("freeze", "01-06", "asset/A1").do("note", "01-08").strike(3, recorded_at="01-09")
    old = one.engine.open("m", from_=one.case, carry=["asset/A1"], at=day("01-10")).old
    newer = engine_of(edition(transitions=[act("pay", from_="any")]))
    case = moved(old, newer)
    assert list(case.journal) == list(old.journal)
    assert case.state_of("asset/A1") == "carried_over"
    assert newer.fit(case) == case


def test_a_case_keeps_the_edition_that_it_was_opened_with() -> None:
    one = play(edition())
    read = from_plain(to_plain(one.case), one.engine)
    assert read.pin is one.case.pin
    other = attrs.evolve(edition(), edition="2")
    assert engine_of(other).fit(one.case).pin.edition == "1"


def test_pointers_to_tracks_that_are_gone_are_no_hindrance() -> None:
    kind = workflow(
        "court/asset", facts=[track_fact("twin", "asset")], transitions=[act("pair", from_="any", takes="twin")]
    )
    one = play(court_of(kind)).do("file", "01-06", "asset/A1").do("pair", "01-07", "asset/A1", twin="asset/B9")
    newer = engine_of(court_of(kind, time_limits=[limit("x", "1 day", since="file", met_by="note")]))
    assert moved(one.case, newer).fact("twin", "asset/A1") == "asset/B9"
