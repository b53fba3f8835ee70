"""Time applies itself: what follows from terms that ran out, swept or not."""

from __future__ import annotations

from typing import Any

import pytest

from courts import (
    Host,
    Play,
    act,
    asset,
    closed,
    court_of,
    day,
    engine_of,
    fact,
    limit,
    moment,
    play,
    rule,
    state,
    track_fact,
    when,
    workflow,
)
from enforceflow.cases.journal import Link, LinkKind
from enforceflow.definitions import ByEnd, NameRef
from enforceflow.errors import EnforceflowError

KIND = asset(term="10 days")


def frozen(at: str = "01-06") -> Play:
    return play(court_of(KIND)).do("freeze", at, "asset/A1")


def lapsing(*limits: Any, acts: Any = (), **rest: Any) -> Play:
    rest.setdefault("states", [state("filed"), state("enforcing"), state("stayed"), closed("closed"), closed("lapsed")])
    default = [act("lapse", "lapsed", from_=["filed", "enforcing"]), act("renew", from_="filed")]
    named = {each.name for each in acts}
    return play(
        workflow(time_limits=limits, transitions=[*acts, *(each for each in default if each.name not in named)], **rest)
    )


def term(name: str = "term", lasts: Any = "10 days", **rest: Any) -> Any:
    rest.setdefault("since", ["file", "renew"])
    rest.setdefault("if_missed", "lapse")
    return limit(name, lasts, **rest)


def test_the_act_follows_on_the_day_after_the_last_and_reads_the_same_swept_or_not() -> None:
    one = frozen()
    assert [one.state(at, "asset/A1") for at in ("01-16", "01-17")] == ["frozen", "lapsed"]
    assert one.deadline("asset/A1.seizure", "01-17").status == "lapsed"
    swept = frozen().sweep("01-17")
    entry = swept.case.journal[3]
    assert (entry.event, entry.at, entry.derived, entry.recorded_at, entry.by) == (
        "lapse",
        day("01-17"),
        True,
        day("01-17"),
        "",
    )
    assert swept.deadlines("01-20") == one.deadlines("01-20")


def test_a_sweep_writes_down_what_followed_and_returns_its_effects_once() -> None:
    one = frozen()
    assert one.sweep("01-16").last.entries == ()
    one.sweep("02-01")
    assert [effect.name for effect in one.last.effects] == ["warn_of_lapse"]
    raised = one.case.journal[-1]
    assert (raised.event, raised.track, raised.derived) == ("note_lapse", "", True)
    assert raised.link == Link(LinkKind.RAISED_BY, 3)
    again = one.case
    assert one.sweep("03-01").last.entries == ()
    assert one.last.effects == ()
    assert one.case == again


def test_a_sweep_on_a_day_before_the_last_act_writes_nothing() -> None:
    one = frozen().do("note", "03-01")
    assert one.sweep("02-01").last.entries == ()


def test_a_sweep_may_be_recorded_on_a_later_day() -> None:
    one = frozen()
    outcome = one.engine.sweep(one.case, today=day("01-20"), recorded_at=day("01-25"))
    assert {entry.recorded_at for entry in outcome.entries} == {day("01-25")}


def test_a_renewal_in_time_or_a_release_keeps_it_from_following() -> None:
    assert frozen().do("renew", "01-16", "asset/A1").state("01-26", "asset/A1") == "frozen"
    assert frozen().do("renew", "01-16", "asset/A1").state("01-27", "asset/A1") == "lapsed"
    assert frozen().do("release", "01-10", "asset/A1").state("03-01", "asset/A1") == "released"
    assert frozen().refused("renew", "01-17", "asset/A1").state == "lapsed"


def test_what_was_met_or_ended_in_time_does_not_lapse() -> None:
    met = lapsing(term(met_by="note")).do("note", "01-15")
    assert met.state("03-01") == "filed"
    late = lapsing(term(met_by="note")).refused("note", "01-16")
    assert late.state == "lapsed"
    ended = lapsing(term(until="go_on")).do("go_on", "01-10")
    assert ended.state("03-01") == "enforcing"


def test_a_closed_case_does_not_keep_a_term_that_outlives_it_from_running_out() -> None:
    one = frozen().do("close", "01-10")
    assert one.state("01-17", "asset/A1") == "lapsed"


def test_terms_in_hours_end_at_their_moment() -> None:
    work = [term(lasts="2 hours", since="ask", hours_from="minute")]
    one = lapsing(*work, acts=[act("ask", from_="filed")]).do("ask", "01-06T09:30")
    assert one.state("01-06T11:30") == "filed"
    assert one.state("01-06T11:31") == "lapsed"
    assert one.state("01-06") == "filed"
    assert one.sweep("01-07").case.journal[-1].at == moment("01-06T11:30")


def test_an_act_at_the_last_moment_is_in_time_however_late_it_is_entered() -> None:
    work = [term(lasts="2 hours", since="ask", hours_from="minute")]
    one = lapsing(*work, acts=[act("ask", from_="filed"), act("note", from_=["filed", "lapsed"])]).do(
        "ask", "01-06T09:30"
    )
    in_time = lapsing(*work, acts=[act("ask", from_="filed"), act("note", from_=["filed", "lapsed"])]).do(
        "ask", "01-06T09:30"
    )
    in_time.do("note", "01-06T11:30").sweep("01-07")
    one.sweep("01-07").do("note", "01-06T11:30", recorded_at="01-08")
    assert one.events() == in_time.events() == ["file", "ask", "note", "lapse"]
    assert one.engine.fit(type(one.case).of("n", one.case.pin, one.case.journal)).reading == one.case.reading


def test_several_follow_in_order_of_time_then_of_track() -> None:
    one = play(court_of(KIND))
    for number, at in ((3, "01-06"), (1, "01-07"), (2, "01-07")):
        one.do("freeze", at, f"asset/A{number}")
    one.sweep("02-01")
    lapsed = [(entry.track, entry.at) for entry in one.case.journal if entry.event == "lapse"]
    assert lapsed == [("asset/A3", day("01-17")), ("asset/A1", day("01-18")), ("asset/A2", day("01-18"))]


def test_one_lapse_may_start_or_make_room_for_another_and_when_it_is_read_does_not_matter() -> None:
    limits = [
        term("first", "2 days", since="file", if_missed="second_step"),
        term("second", "3 days", since="file", if_missed="first_step"),
        term("third", "5 days", since="second_step", if_missed="last_step"),
    ]
    acts = [
        act("first_step", "enforcing", from_="filed"),
        act("second_step", "stayed", from_="enforcing"),
        act("last_step", "closed", from_="stayed"),
    ]
    whole = lapsing(*limits, acts=acts)
    stepwise = lapsing(*limits, acts=acts)
    for at in ("01-08", "01-09", "01-10", "01-11", "01-12", "01-16", "02-01"):
        stepwise.sweep(at).sweep(at)
    told = [(entry.event, entry.at) for entry in whole.sweep("02-01").case.journal]
    assert told == [(entry.event, entry.at) for entry in stepwise.case.journal]
    assert told[1:] == [("first_step", day("01-09")), ("second_step", day("01-10")), ("last_step", day("01-16"))]


def test_what_cannot_follow_yet_follows_after_the_act_that_makes_it_possible() -> None:
    acts = [
        act("lapse", "lapsed", from_="filed"),
        act("stay", "stayed", from_="filed"),
        act("resume", "previous", from_="stayed"),
    ]
    one = lapsing(term(), acts=acts).do("stay", "01-10")
    assert one.state("02-01") == "stayed"
    assert one.deadline("term", "02-01").status == "has_run"
    one.do("resume", "02-10")
    assert [one.state(at) for at in ("02-10", "02-11")] == ["filed", "lapsed"]
    assert one.sweep("02-11").case.journal[-1].at == day("02-11")


def test_a_late_moment_that_made_room_moves_what_follows_to_the_next_day() -> None:
    acts = [
        act("lapse", "lapsed", from_="filed"),
        act("ask", from_="filed"),
        act("stay", "stayed", from_="filed"),
        act("resume", "previous", from_="stayed"),
    ]
    one = lapsing(term(lasts="2 hours", since="ask"), acts=acts).do("ask", "01-06T09:30").do("stay", "01-06T10:00")
    one.do("resume", "01-06T15:00")
    assert one.sweep("01-08").case.journal[-1].at == day("01-07")
    assert one.engine.fit(type(one.case).of("n", one.case.pin, one.case.journal)).reading == one.case.reading


def test_what_another_lapse_of_the_same_moment_made_room_for_follows_on_the_next_day() -> None:
    limits = [term(name, "2 hours", since="ask", if_missed=name) for name in ("a_step", "b_step")]
    acts = [
        act("ask", from_="filed"),
        act("a_step", "lapsed", from_="enforcing"),
        act("b_step", "enforcing", from_="filed"),
    ]
    one = lapsing(*limits, acts=acts).do("ask", "01-06T09:30").sweep("01-08")
    assert [(entry.event, entry.at) for entry in one.case.journal[2:]] == [
        ("b_step", moment("01-06T12:00")),
        ("a_step", day("01-07")),
    ]
    assert one.engine.fit(type(one.case).of("n", one.case.pin, one.case.journal)).reading == one.case.reading


def test_two_lapses_of_one_moment_follow_by_name() -> None:
    limits = [term(name, "2 hours", since="ask", if_missed=name) for name in ("b_step", "a_step")]
    acts = [
        act("ask", from_="filed"),
        act("b_step", "lapsed", from_="enforcing"),
        act("a_step", "enforcing", from_="filed"),
    ]
    one = lapsing(*limits, acts=acts).do("ask", "01-06T09:30").sweep("01-08")
    assert [(entry.event, entry.at) for entry in one.case.journal[2:]] == [
        ("a_step", moment("01-06T12:00")),
        ("b_step", moment("01-06T12:00")),
    ]


def test_a_guard_holds_what_follows_too() -> None:
    acts = [act("lapse", "lapsed", from_="filed", when="owed > 0"), act("tell", from_="filed", takes="owed")]
    one = lapsing(term(), acts=acts, facts=[fact("owed", "money")])
    assert one.state("02-01") == "filed"
    one.do("tell", "02-05", owed=5)
    assert one.state("02-06") == "lapsed"


def test_a_length_that_another_act_gives_is_looked_at() -> None:
    acts = [act("set_term", from_="filed", takes="days")]
    one = lapsing(term(lasts="set_term.days", since="file"), acts=acts, facts=[fact("days", "days")])
    assert one.state("2027-01-01") == "filed"
    assert one.do("set_term", "01-10", days=20).state("01-26") == "lapsed"


def test_a_condition_or_the_end_of_another_limit_is_looked_at_after_any_act() -> None:
    acts = [act("tell", from_="filed", takes="owed")]
    conditional = lapsing(term(since="file", when="owed > 0"), acts=acts, facts=[fact("owed", "money")])
    assert conditional.do("tell", "01-08", owed=5).state("01-16") == "lapsed"
    chained = lapsing(limit("grace", "4 days", since="file"), term(lasts="5 days", since=ByEnd(NameRef("grace"))))
    assert [chained.state(at) for at in ("01-14", "01-15")] == ["filed", "lapsed"]
    for at in ("01-06", "01-10", "01-14"):
        chained.sweep(at)
    assert [chained.state(at) for at in ("01-14", "01-15")] == ["filed", "lapsed"]


def test_a_term_started_by_an_act_elsewhere_is_looked_at() -> None:
    kind = workflow(
        "court/asset",
        transitions=[act("lapse", "closed", from_="filed")],
        time_limits=[limit("term", "10 days", since=["case.go_on", "order.suspend"], if_missed="lapse")],
    )
    one = play(court_of(kind)).do("file", "01-06", "asset/A1").do("go_on", "01-08")
    assert one.state("01-19", "asset/A1") == "closed"


def test_a_term_started_by_an_act_elsewhere_that_only_later_points_here_is_looked_at() -> None:
    kind = workflow(
        "court/asset",
        transitions=[act("lapse", "closed", from_="filed")],
        time_limits=[limit("term", "10 days", since="order.suspend", if_missed="lapse")],
    )
    one = play(court_of(kind)).do("file", "01-06", "asset/A1").do("suspend", "01-07", "order/1")
    one.do("aim", "01-08", "order/1", target="asset/A1")
    assert one.state("01-18", "asset/A1") == "closed"


def test_a_term_counted_back_from_a_day_follows_too() -> None:
    acts = [act("call", from_="filed", takes="hearing")]
    one = lapsing(term(lasts="3 days", since=(), before="call.hearing"), acts=acts, facts=[fact("hearing", "date")])
    one.do("call", "01-06", hearing="2026-01-20")
    assert [one.state(at) for at in ("01-17", "01-18")] == ["filed", "lapsed"]


def test_a_pause_keeps_a_term_from_running_out() -> None:
    states = [state("filed"), state("enforcing"), state("stayed"), closed("closed"), closed("lapsed")]
    acts = [
        act("lapse", "lapsed", from_=["filed", "stayed"]),
        act("stay", "stayed", from_="filed"),
        act("resume", "filed", from_="stayed"),
    ]
    one = lapsing(term(paused_while="stayed"), acts=acts, states=states).do("stay", "01-10")
    assert one.state("2027-01-01") == "stayed"
    one.do("resume", "01-20")
    assert [one.state(at) for at in ("01-25", "01-26")] == ["filed", "lapsed"]


def test_a_term_that_feeds_itself_without_end_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforceflow.engine.lapsing._MOST", 50)
    one = lapsing(term(lasts="1 day", since=["file", "again"], if_missed="again"), acts=[act("again", from_="filed")])
    assert [entry.at for entry in one.sweep("01-09").case.journal] == [day("01-05"), day("01-07"), day("01-09")]
    with pytest.raises(EnforceflowError, match="does an if_missed feed itself"):
        one.engine.as_of(one.case, when("2026-06-01"))


def test_what_follows_may_raise_and_if_that_is_refused_nothing_follows() -> None:
    kind = workflow(
        "court/asset",
        transitions=[act("lapse", "closed", from_="filed", raises="case.hand_over")],
        time_limits=[limit("term", "10 days", since="file", if_missed="lapse")],
    )
    one = play(court_of(kind, transitions=[act("hand_over", from_="enforcing")])).do("file", "01-06", "asset/A1")
    assert one.state("02-01", "asset/A1") == "filed"
    assert one.do("go_on", "02-05").state("02-06", "asset/A1") == "closed"


def test_acts_that_start_nothing_leave_the_case_as_quick_as_it_was() -> None:
    assert play(workflow()).case.lapses_from is None
    assert frozen().case.lapses_from == day("01-16")
    assert frozen().do("note", "01-07").case.lapses_from == day("01-16")
    assert frozen().do("release", "01-07", "asset/A1").sweep("02-01").case.lapses_from is not None


def test_reading_applies_time_though_nobody_swept() -> None:
    one = frozen()
    assert [each.event for each in one.engine.as_of(one.case, day("03-01")).reading][-2:] == ["lapse", "note_lapse"]
    assert one.engine.nodes(one.case, today=day("03-01")) == []
    names = {
        each.transition.name
        for each in one.engine.options(one.case, at=day("03-01"))
        if each.track == "asset/A1" and not each.reasons
    }
    assert "refreeze" in names
    assert "renew" not in names


def test_an_automatic_act_may_have_a_rule_and_keeps_its_answer() -> None:
    acts = [act("lapse", "lapsed", from_="filed", when="exhausted")]
    work = workflow(
        states=[state("filed"), state("enforcing"), closed("closed"), closed("lapsed")],
        rules=[rule("exhausted")],
        transitions=acts,
        time_limits=[limit("term", "10 days", since="file", if_missed="lapse")],
    )
    one = Play(engine_of(work, host=Host("exhausted"))).do("file", "01-05").sweep("02-01")
    assert one.case.journal[-1].answers == {"exhausted": True}


def test_pointing_facts_do_not_disturb_terms_of_ones_own() -> None:
    kind = workflow(
        "court/asset",
        facts=[track_fact("twin", "asset")],
        transitions=[act("lapse", "closed", from_="filed"), act("pair", from_="filed", takes="twin")],
        time_limits=[limit("term", "10 days", since="file", if_missed="lapse")],
    )
    one = play(court_of(kind)).do("file", "01-06", "asset/A1").do("pair", "01-07", "asset/A1", twin="asset/A2")
    assert one.case.lapses_from == day("01-16")
