"""Tracks of one case that go on in another, with their dates."""

from __future__ import annotations

from typing import Any

import pytest

from courts import Play, act, asset, court_of, day, engine_of, fact, limit, play, when, workflow
from enforceflow.cases.case import Case, Origin
from enforceflow.engine.carrying import Opened
from enforceflow.errors import DefinitionError, InvalidValue, UnknownName
from enforceflow.saving import from_plain, to_plain

KIND = asset(term="10 days")


def preserving() -> Play:
    one = play(court_of(KIND)).do("freeze", "01-06", "asset/A1", worth=5).do("freeze", "01-07", "asset/A2")
    return one.do("renew", "01-12", "asset/A1", recorded_at="01-20", history=True)


def carried(one: Play, *tracks: str, at: str = "01-15", engine: Any = None) -> Opened:
    return (engine or one.engine).open("new", from_=one.case, carry=tracks, at=when(at))


def test_a_carried_track_opens_with_its_kind_facts_and_dates() -> None:
    opened = carried(preserving(), "asset/A1")
    case = opened.case
    assert (case.number, case.origin) == ("new", Origin("（2026）示0000执1号", ("asset/A1",)))
    assert [(entry.event, entry.at, entry.recorded_at, entry.kind) for entry in case.journal] == [
        ("freeze", day("01-06"), day("01-15"), "deposit"),
        ("renew", day("01-12"), day("01-15"), ""),
    ]
    assert (case.kind_of("asset/A1"), case.fact("worth", "asset/A1"), case.state) == ("deposit", 5, "")


def test_its_limits_run_on_in_the_new_case_and_end_in_the_old_one() -> None:
    one = preserving()
    opened = carried(one, "asset/A1")
    new, old = (
        {each.name: (str(each.status), each.due) for each in one.engine.deadlines(case, today=day("01-16"))}
        for case in (opened.case, opened.old)
    )
    assert new["asset/A1.seizure"] == ("due_soon", day("01-22"))
    assert old["asset/A1.seizure"] == ("ended", day("01-22"))
    assert old["asset/A2.seizure"] == ("due_soon", day("01-17"))
    assert one.engine.as_of(opened.case, day("01-23")).state_of("asset/A1") == "lapsed"
    assert one.engine.as_of(opened.old, day("01-23")).state_of("asset/A1") == "carried_over"


def test_the_old_case_tells_where_its_track_went_and_lets_nothing_more_be_done_with_it() -> None:
    one = preserving()
    opened = carried(one, "asset/A1")
    (entry,) = opened.old.journal[len(one.case.journal) :]
    assert (entry.event, entry.state, entry.at) == ("carry_over", "carried_over", day("01-15"))
    one.case = opened.old
    refusal = one.refused("renew", "01-16", "asset/A1")
    assert refusal.text("zh").splitlines()[0] == "asset/A1: 处于“carried_over”状态时不能“「renew」”："
    one.do("renew", "01-16", "asset/A2")


def test_the_new_case_goes_on_like_any_other() -> None:
    one = preserving()
    one.case = carried(one, "asset/A1", "asset/A2").case
    assert one.refused("renew", "01-16", "asset/A1").reasons[0].kind == "state"
    one.do("file", "01-16").do("renew", "01-16", "asset/A1").do("note", "01-17")
    assert one.case.tracks() == ["asset/A1", "asset/A2"]


def test_old_and_new_are_saved_and_read_back() -> None:
    one = preserving()
    for case in (opened := carried(one, "asset/A1")).case, opened.old:
        read = from_plain(to_plain(case), one.engine)
        assert read == case
        assert read.reading == case.reading
        assert Case.of(case.number, case.pin, case.journal, case.origin).reading == case.reading


def test_what_was_entered_late_is_carried_in_its_order() -> None:
    one = preserving().do("renew", "01-08", "asset/A1", by="late", recorded_at="01-14")
    assert [(entry.event, entry.by) for entry in carried(one, "asset/A1").case.journal] == [
        ("freeze", ""),
        ("renew", "late"),
        ("renew", ""),
    ]


def test_what_ran_out_before_is_applied_first() -> None:
    one = play(court_of(KIND)).do("freeze", "01-06", "asset/A1")
    with pytest.raises(DefinitionError, match="closed already \\(lapsed\\)"):
        carried(one, "asset/A1", at="01-20")


def test_a_track_named_twice_is_carried_once() -> None:
    assert [entry.event for entry in carried(preserving(), "asset/A2", "asset/A2").old.journal][-2:] == [
        "renew",
        "carry_over",
    ]


def test_all_tracks_that_cannot_be_carried_are_told() -> None:
    one = preserving().do("release", "01-13", "asset/A2").do("suspend", "01-13", "order/1")
    other = engine_of(court_of(workflow("court/asset/deposit", transitions=[act("renew", from_="filed")])))
    with pytest.raises(DefinitionError) as caught:
        carried(one, "asset/A1", "asset/A2", "order/1", engine=other)
    assert [str(problem) for problem in caught.value.problems] == [
        "asset/A1 cannot be carried into court/case: freeze of 2026-01-06 has no transition there",
        "asset/A2 cannot be carried into court/case: freeze of 2026-01-07 has no transition there",
    ]
    with pytest.raises(DefinitionError, match="asset/A2 is closed already \\(released\\) and cannot be carried"):
        carried(one, "asset/A2", "order/1")


def test_a_fact_that_the_new_workflow_does_not_know_is_told() -> None:
    one = play(
        court_of(
            workflow(
                "court/asset", facts=[fact("worth", "money")], transitions=[act("pay", from_="filed", takes="worth")]
            )
        )
    )
    one.do("file", "01-06", "asset/A1").do("pay", "01-07", "asset/A1", worth=5)
    other = engine_of(court_of(workflow("court/asset", transitions=[act("pay", from_="filed")])))
    with pytest.raises(DefinitionError, match="asset/A1 cannot be carried: pay of 2026-01-07: there is no fact worth"):
        carried(one, "asset/A1", engine=other)


def test_a_track_goes_from_one_workflow_into_another_that_knows_its_acts() -> None:
    one = preserving()
    other = engine_of(court_of(KIND, time_limits=[limit("x", "1 day", since="file", met_by="note")]))
    opened = carried(one, "asset/A1", engine=other)
    assert opened.case.pin != opened.old.pin
    assert other.fit(opened.case) == opened.case
    assert one.engine.fit(opened.old) == opened.old


def test_what_is_not_there_or_too_early_is_an_error() -> None:
    one = preserving()
    with pytest.raises(UnknownName, match=r"no track is called asset/A3; did you mean asset/A[12]\?"):
        carried(one, "asset/A3")
    with pytest.raises(InvalidValue, match="the old case's last act is of 2026-01-12"):
        carried(one, "asset/A1", at="01-11")
    empty = Play(one.engine)
    assert carried(empty).case.origin == Origin("（2026）示0000执1号", ())


@pytest.mark.parametrize("half", [{"carry": ["asset/A1"]}, {"at": day("01-15")}, {"from_": "case"}])
def test_half_a_carry_over_is_an_error(half: dict[str, Any]) -> None:
    one = preserving()
    if "from_" in half:
        half = {"from_": one.case}
    with pytest.raises(InvalidValue, match="needs both from_ and at"):
        one.engine.open("new", **half)


def test_carried_acts_keep_their_place_when_acts_are_entered_late() -> None:
    one = preserving()
    old_case = carried(one, "asset/A1").old
    one.case = old_case
    one.do("note", "01-10", recorded_at="01-20")
    assert one.events()[-1] == "carry_over"
    assert one.refused("release", "01-14", "asset/A1").reasons[0].kind == "later_act"
