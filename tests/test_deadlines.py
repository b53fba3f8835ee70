"""Time limits read on a case: what starts them, how long they last, what they govern, how they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from courts import (
    CN,
    Play,
    act,
    asset,
    closed,
    court,
    court_of,
    day,
    engine_of,
    fact,
    limit,
    moment,
    parameter,
    play,
    rule,
    state,
    titled,
    track_fact,
    workflow,
)
from enforceflow.calendars.calendar import Calendar
from enforceflow.deadlines.deadline import OVER, Status
from enforceflow.definitions import ByEnd, ExtensionCap, NameRef, Transition, Workflow
from enforceflow.definitions.periods import Dated, Period
from enforceflow.engine.engine import Engine
from enforceflow.engine.refusals import Refused
from enforceflow.errors import DefinitionError, InvalidValue
from enforceflow.texts import Title


def case_with(*limits: Any, acts: tuple[Transition, ...] = (), **rest: Any) -> Play:
    calendar = rest.pop("calendar", None)
    work = workflow(time_limits=limits, transitions=acts, **rest)
    return play(work) if calendar is None else play(work, calendar=calendar)


def status(one: Play, name: str, *days: str) -> list[str]:
    return [str(one.deadline(name, each).status) for each in days]


# natures and statuses


def test_a_limit_to_act_is_running_then_met_in_time_or_late_or_missed() -> None:
    answer = limit("answer", "10 days", since="file", met_by="note")
    one = case_with(answer)
    deadline = one.deadline("answer", "01-15")
    assert (deadline.due, deadline.raw, deadline.since, deadline.number) == (
        day("01-15"),
        day("01-15"),
        day("01-05"),
        1,
    )
    assert (deadline.name, deadline.limit, deadline.track) == ("answer", answer, "")
    assert status(one, "answer", "01-05", "01-15", "01-16") == ["running", "running", "missed"]
    in_time = case_with(answer).do("note", "01-15")
    assert status(in_time, "answer", "01-14", "01-15", "03-01") == ["running", "met", "met"]
    met = in_time.deadline("answer", "03-01")
    assert (met.met, met.met_by, met.ended) == (day("01-15"), "note", None)
    late = case_with(answer).do("note", "01-16")
    assert status(late, "answer", "01-15", "01-16", "03-01") == ["running", "met_late", "met_late"]
    late.do("note", "01-17")


def test_the_first_of_several_acts_meets_it() -> None:
    one = case_with(limit("answer", "10 days", since="file", met_by=["note", "go_on"]))
    assert one.do("go_on", "01-07").do("note", "01-20").deadline("answer", "02-01").met_by == "go_on"


def test_an_act_on_another_track_may_meet_it() -> None:
    work = court_of(
        workflow("court/asset", transitions=[act("sell", from_="filed")]),
        time_limits=[limit("selling", "10 days", since="asset.file", met_by="asset.sell")],
    )
    one = play(work).do("file", "01-06", "asset/A1").do("sell", "01-08", "asset/A1")
    assert (one.deadline("selling", "02-01").since, one.deadline("selling", "02-01").met) == (
        day("01-06"),
        day("01-08"),
    )


def test_a_bar_has_run_when_it_is_over_and_is_never_missed() -> None:
    one = case_with(limit("cooling", "10 days", since="file", bars="close"))
    assert status(one, "cooling", "01-15", "01-16") == ["running", "has_run"]


def test_a_right_has_run_when_it_is_over() -> None:
    one = case_with(limit("objecting", "10 days", since="file", closes="note"))
    assert status(one, "objecting", "01-15", "01-16") == ["running", "has_run"]


def test_a_limit_that_nothing_meets_has_run() -> None:
    assert status(case_with(limit("wait", "10 days", since="file")), "wait", "01-15", "01-16") == ["running", "has_run"]


def test_a_validity_term_lapses_by_itself() -> None:
    one = play(court_of(asset(term="10 days"))).do("freeze", "01-06", "asset/A1")
    name = "asset/A1.seizure"
    assert status(one, name, "01-16", "01-17") == ["due_soon", "lapsed"]
    assert one.deadline(name, "01-16").limit.if_missed == "lapse"


def test_statuses_after_which_nothing_is_asked_of_anybody() -> None:
    assert {each.value for each in OVER} == {"met", "met_late", "ended", "lapsed", "has_run"}
    assert Status.MISSED.text("zh") == "逾期未完成"
    assert Status.DUE_SOON.text("en") == "Due soon"


# closing, until, outliving


def test_a_limit_ends_with_its_track_or_its_case_unless_it_outlives_them() -> None:
    limits = [
        limit("plain", "10 days", since="file", met_by="note"),
        limit("lasting", "10 days", since="file", met_by="note", outlives=True),
    ]
    one = case_with(*limits).do("close", "01-10")
    assert status(one, "plain", "01-09", "01-10", "01-20") == ["running", "ended", "ended"]
    assert one.deadline("plain", "01-20").ended == day("01-10")
    assert status(one, "lasting", "01-10", "01-20") == ["running", "missed"]
    kind = workflow("court/asset", time_limits=limits)
    for track in ("asset/A1", ""):
        two = play(court_of(kind)).do("file", "01-06", "asset/A1").do("close", "01-10", track)
        assert status(two, "asset/A1.plain", "01-10") == ["ended"]
        assert status(two, "asset/A1.lasting", "01-10") == ["running"]


def test_a_limit_that_was_missed_before_the_end_stays_missed() -> None:
    one = case_with(limit("answer", "3 days", since="file", met_by="note")).do("close", "02-01")
    assert status(one, "answer", "02-02") == ["missed"]


def test_an_act_that_closes_the_case_may_itself_meet_the_limit() -> None:
    one = case_with(limit("conclusion", "6 months", since="file", met_by="close")).do("close", "01-10")
    assert status(one, "conclusion", "01-10") == ["met"]


def test_a_limit_ends_by_an_act_or_by_a_period() -> None:
    acts = (act("waive", from_="any"),)
    by_act = case_with(limit("answer", "10 days", since="file", met_by="note", until="waive"), acts=acts).do(
        "waive", "01-08"
    )
    assert status(by_act, "answer", "01-07", "01-08") == ["running", "ended"]
    assert by_act.deadline("answer", "02-01").ended == day("01-08")
    by_period = case_with(
        limit("answer", "1 month", since="file", met_by="note", until=["10 days", "waive"]), acts=acts
    )
    assert status(by_period, "answer", "01-15", "01-16", "03-01") == ["running", "ended", "ended"]
    assert by_period.deadline("answer", "03-01").ended == day("01-15")
    longer = case_with(limit("answer", "10 days", since="file", met_by="note", until="1 month"), acts=acts)
    assert status(longer, "answer", "01-16", "03-01") == ["missed", "missed"]


# anchors


def test_the_last_of_several_starts_restarts_it_and_earlier_runs_are_kept() -> None:
    one = case_with(limit("answer", "10 days", since=["file", "go_on"], met_by="note")).do("go_on", "01-08")
    assert one.deadline("answer", "01-09").due == day("01-19")
    first, second = one.runs("answer", "01-09")
    assert (first.number, str(first.status), first.due, first.ended) == (1, "ended", day("01-15"), day("01-08"))
    assert (second.number, second.since) == (2, day("01-08"))
    late = (
        case_with(limit("answer", "10 days", since=["file", "go_on"], met_by="note"))
        .do("note", "01-07")
        .do("go_on", "02-08")
    )
    assert [str(run.status) for run in late.runs("answer", "02-09")] == ["met", "running"]
    missed = case_with(limit("answer", "10 days", since=["file", "go_on"], met_by="note")).do("go_on", "02-08")
    assert [str(run.status) for run in missed.runs("answer", "02-09")] == ["missed", "running"]


def test_the_first_of_several_starts_is_the_only_one_of_a_limit_that_does_not_restart() -> None:
    answer = limit("answer", "10 days", since=["go_on", "note"], met_by="close", restarts=False)
    one = case_with(answer).do("note", "01-06").do("note", "01-08").do("go_on", "01-09")
    [run] = one.runs("answer", "01-20")
    assert (run.number, run.since, run.due, str(run.status), run.ended) == (
        1,
        day("01-06"),
        day("01-16"),
        "missed",
        None,
    )
    one.do("note", "01-05")
    assert one.deadline("answer", "01-10").due == day("01-15")
    met = case_with(limit("answer", "10 days", since="note", met_by="go_on", restarts=False))
    met.do("note", "01-06").do("go_on", "01-08").do("note", "02-09")
    assert [str(run.status) for run in met.runs("answer", "03-01")] == ["met"]


def test_a_limit_that_does_not_restart_starts_with_the_first_that_applies() -> None:
    told: dict[str, Any] = {"acts": (act("tell", from_="any", may_take=["term", "urgent"]),)}
    told["facts"] = [fact("term", "days"), fact("urgent", "bool")]
    answer = limit("answer", "tell.term", since=["file", "tell"], met_by="note", restarts=False)
    one = case_with(answer, **told)
    assert one.runs("answer", "02-01") == []
    one.do("tell", "01-08", term=5).do("tell", "01-09", term=9)
    assert [(run.since, run.due) for run in one.runs("answer", "02-01")] == [(day("01-05"), day("01-14"))]
    hurry = limit("hurry", "3 days", since=["tell"], met_by="note", when="urgent", restarts=False)
    two = case_with(hurry, **told).do("tell", "01-08", urgent=False)
    assert two.runs("hurry", "02-01") == []
    two.do("tell", "01-09", urgent=True).do("tell", "01-11", urgent=True)
    assert len(two.runs("hurry", "02-01")) == 1


def test_a_recurring_limit_that_does_not_restart_recurs_from_the_first_start() -> None:
    every = limit("query", every="1 month", since="note", met_by="go_on", restarts=False)
    one = case_with(every).do("note", "01-06").do("note", "01-20")
    assert [run.due for run in one.runs("query", "03-01")] == [day("02-06"), day("03-06")]


def test_a_date_that_an_act_carries_may_start_it_and_lie_in_the_past() -> None:
    one = case_with(
        limit("limitation", "2 years", since="pay.ended", met_by="pay"),
        acts=(act("pay", from_="any", may_take="ended"),),
        facts=[fact("ended", "date")],
    )
    assert "limitation" not in one.deadlines("01-06")
    one.do("pay", "01-06", ended="2024-03-01")
    deadline = one.deadline("limitation", "01-06")
    assert (deadline.since, deadline.due, str(deadline.status)) == (date(2024, 3, 1), day("03-02"), "met")
    assert "limitation" in one.do("pay", "01-07").deadlines("01-07")


def test_a_date_set_anew_counts_even_if_it_is_earlier() -> None:
    one = case_with(
        limit("summons", "10 days", since="call.hearing", met_by="note"),
        acts=(act("call", from_="any", takes="hearing"),),
        facts=[fact("hearing", "date")],
    )
    one.do("call", "01-06", hearing="2026-05-20").do("call", "01-08", hearing="2026-05-10")
    assert one.deadline("summons", "01-09").since == day("05-10")
    first, _ = one.runs("summons", "01-09")
    assert (str(first.status), first.ended) == ("ended", day("01-08"))


def test_the_end_of_another_limit_may_start_it_once_it_came() -> None:
    def after(**rest: Any) -> Play:
        grace = limit("grace", "10 days", since="file", met_by="note")
        return case_with(grace, limit("pay", "5 days", since=ByEnd(NameRef("grace"), **rest), met_by="close"))

    one = after()
    assert "pay" not in one.deadlines("01-14")
    assert (one.deadline("pay", "01-15").since, one.deadline("pay", "01-16").due) == (day("01-15"), day("01-20"))
    assert (one.deadline("pay", "01-16").steps[0].text("zh"), one.deadline("pay", "01-16").raw) == (
        "2026-01-15（星期四）  “「grace」”届满，当日不计入",
        day("01-20"),
    )
    assert "pay" not in after(next_day=True).deadlines("01-15")
    assert after(next_day=True).deadline("pay", "01-16").since == day("01-16")
    assert "the day after Grace ends" in after(next_day=True).deadline("pay", "01-16").steps[0].text("en")
    assert "pay" not in after().do("note", "01-08").deadlines("02-01")
    assert after().do("note", "01-16").deadline("pay", "02-01").since == day("01-15")


def test_the_end_of_a_limit_on_other_tracks_starts_it_for_each() -> None:
    kind = asset(term="10 days")
    work = court_of(
        kind, time_limits=[limit("account", "5 days", since=ByEnd(NameRef("seizure", "asset")), met_by="note")]
    )
    one = play(work).do("freeze", "01-06", "asset/A1").do("freeze", "01-08", "asset/A2")
    assert [run.since for run in one.runs("account", "03-01")] == [day("01-16"), day("01-18")]


def test_a_limit_may_be_counted_back() -> None:
    one = case_with(
        limit("summons", "3 days", before="call.hearing", met_by="note"),
        acts=(act("call", from_="any", takes="hearing"),),
        facts=[fact("hearing", "date")],
    ).do("call", "01-06", hearing="2026-02-11")
    deadline = one.deadline("summons", "01-07")
    assert (deadline.due, deadline.since) == (day("02-08"), day("02-11"))
    assert status(one, "summons", "01-07", "02-08", "02-09") == ["running", "running", "missed"]
    one.do("call", "01-08", hearing="2026-03-11")
    assert [run.due for run in one.runs("summons", "01-09")] == [day("02-08"), day("03-08")]
    assert [str(run.status) for run in one.do("note", "01-10").runs("summons", "01-10")] == ["met", "met"]


def test_a_limit_may_be_counted_back_from_the_end_of_another() -> None:
    one = case_with(
        limit("term", "1 year", since="file"),
        limit("renewal", "1 month", before=ByEnd(NameRef("term")), met_by="note"),
    )
    assert one.deadline("renewal", "01-06").due == day("12-05")


# lengths


@pytest.mark.parametrize(
    ("lasts", "since", "due"),
    [
        ("15 days", "07-10", "2026-07-27"),
        ("10 workdays", "01-06", "2026-01-20"),
        ("1 month", "01-31", "2026-03-02"),
        ("6 months", "01-05", "2026-07-06"),
        ("3 years", "06-01", "2029-06-01"),
    ],
)
def test_lengths_are_laid_on_the_day_of_the_act(lasts: str, since: str, due: str) -> None:
    one = case_with(limit("answer", lasts, since="go_on", met_by="note")).do("go_on", since)
    assert one.deadline("answer", since).due == day(due)


def test_the_first_day_counts_if_the_limit_says_so() -> None:
    assert case_with(limit("x", "10 days", since="file", met_by="note", first_day="counted")).deadline(
        "x", "01-06"
    ).due == day("01-14")


def test_hours_run_from_the_next_full_hour_or_from_the_minute_and_never_roll() -> None:
    def hours(**rest: Any) -> Play:
        one = case_with(limit("answer", "24 hours", since="go_on", met_by="note", warns="6 hours", **rest))
        return one.do("go_on", "01-09T10:17")

    assert hours().deadline("answer", "01-09T10:17").due == moment("01-10T11:00")
    assert hours(hours_from="minute").deadline("answer", "01-09T10:17").due == moment("01-10T10:17")
    one = hours()
    assert status(one, "answer", "01-10T04:59", "01-10T05:00", "01-10T11:00", "01-10T11:01") == [
        "running",
        "due_soon",
        "due_soon",
        "missed",
    ]
    assert status(one, "answer", "01-10", "01-11") == ["due_soon", "missed"]
    assert status(hours().do("note", "01-10T11:00"), "answer", "01-11") == ["met"]
    assert status(hours().do("note", "01-10T11:01"), "answer", "01-11") == ["met_late"]


def test_history_without_a_time_of_day_starts_no_hours() -> None:
    one = case_with(limit("answer", "24 hours", since="go_on", met_by="note")).do("go_on", "01-09", history=True)
    assert one.deadlines("01-10") == {}


def test_lengths_change_with_the_law_by_the_day_on_which_the_limit_starts() -> None:
    lengths = Dated(((day("01-10"), Period.parse("30 days")), (day("02-01"), Period.parse("15 days"))))
    limits = limit("answer", lengths, since="note", met_by="close", rolls=False)
    assert case_with(limits).do("note", "01-09").deadlines("01-09") == {}
    assert case_with(limits).do("note", "01-31").deadline("answer", "03-01").due == day("03-02")
    assert case_with(limits).do("note", "02-01").deadline("answer", "03-01").due == day("02-16")


def test_a_parameter_may_give_the_length_the_tracks_own_or_the_cases() -> None:
    periods = Dated(((date.min, Period.parse("10 days")), (day("03-01"), Period.parse("5 days"))))
    kind = workflow(
        "court/asset",
        parameters=[parameter("term", periods)],
        time_limits=[limit("own", "term", since="note", met_by="close", rolls=False)],
    )
    one = play(court_of(kind)).do("file", "01-06", "asset/A1").do("note", "01-06", "asset/A1")
    assert one.deadline("asset/A1.own", "01-07").due == day("01-16")
    assert one.do("note", "03-02", "asset/A1").deadline("asset/A1.own", "03-02").due == day("03-07")


def set_by(kind: str, **rest: Any) -> Play:
    return case_with(
        limit("stay", "set_term.term", since=["file", "set_term"], met_by="note", rolls=False, **rest),
        acts=(act("set_term", from_="any", may_take="term"),),
        facts=[fact("term", kind)],
    )


@pytest.mark.parametrize(
    ("kind", "term", "due"),
    [
        ("days", 20, "01-27"),
        ("days", "20 days", "01-27"),
        ("period", "2 months", "03-07"),
        ("date", "2026-04-01", "04-01"),
    ],
)
def test_an_act_may_carry_the_length_or_the_last_day(kind: str, term: object, due: str) -> None:
    one = set_by(kind).do("set_term", "01-07", term=term)
    assert one.deadline("stay", "01-07").due == day(due)


def test_a_length_that_nobody_has_given_starts_nothing_but_a_ceiling_is_a_length_too() -> None:
    assert set_by("days").deadlines("01-08") == {}
    assert set_by("days", at_most="60 days").deadline("stay", "01-08").due == day("03-06")


def test_a_renewal_has_the_length_that_it_carries_or_else_the_last_one_given() -> None:
    one = set_by("days").do("set_term", "01-07", term=20).do("set_term", "01-10", term=5)
    assert one.deadline("stay", "01-10").due == day("01-15")
    assert [run.due for run in one.runs("stay", "01-10")] == [day("01-10"), day("01-27"), day("01-15")]


@pytest.mark.parametrize(("term", "due"), [(20, "01-27"), (90, "03-08")])
def test_a_ceiling_cuts_what_an_act_gives(term: int, due: str) -> None:
    one = set_by("days", at_most="60 days").do("set_term", "01-07", term=term)
    assert one.deadline("stay", "01-07").due == day(due)


def test_a_ceiling_may_itself_be_given_by_an_act() -> None:
    one = case_with(
        limit("stay", "30 days", since="file", at_most="cap.most", met_by="note", rolls=False),
        acts=(act("cap", from_="any", takes="most"),),
        facts=[fact("most", "date")],
    )
    assert one.deadline("stay", "01-06").due == day("02-04")
    assert one.do("cap", "01-07", most="2026-01-20").deadline("stay", "01-07").due == day("02-04")


# renewals


def test_a_renewal_counts_from_its_act_or_from_the_old_end() -> None:
    def renewed(at: str, **rest: Any) -> date:
        one = case_with(
            limit("term", "1 month", since=["file", "renew"], rolls=False, **rest), acts=(act("renew", from_="any"),)
        )
        return one.do("renew", at).deadline("term", at).due

    assert renewed("01-20") == day("02-20")
    assert renewed("01-20", renew_from="old_end") == day("03-05")
    assert renewed("02-05", renew_from="old_end") == day("03-05")
    assert renewed("02-06", renew_from="old_end") == day("03-06")


# recurring


def queries(*acts: tuple[str, str], **rest: Any) -> Play:
    one = case_with(
        limit("queries", every="6 months", since="close", met_by="query", outlives=True, **rest),
        acts=(act("query", from_=["any", "closed"], outlives=True), act("restore", "filed", from_="closed")),
    ).do("close", "01-06")
    for event, at in acts:
        one.do(event, at)
    return one


def test_a_recurring_limit_has_a_run_for_every_term() -> None:
    one = queries(("query", "03-01"), ("query", "04-01"), ("query", "2027-01-06"), ("query", "2027-08-01"))
    told = [(str(run.due), str(run.status)) for run in one.runs("queries", "2027-12-01")]
    assert told == [("2026-07-06", "met"), ("2027-01-06", "met"), ("2027-07-06", "met_late"), ("2028-01-06", "running")]
    assert [run.number for run in one.runs("queries", "2027-12-01")] == [1, 2, 3, 4]
    assert one.deadline("queries", "01-06").due == day("07-06")


def test_a_recurring_limit_that_is_missed_goes_on() -> None:
    one = queries()
    assert [str(run.status) for run in one.runs("queries", "2027-03-01")] == ["missed", "missed", "running"]
    assert one.deadline("queries", "07-06").number == 1
    assert one.deadline("queries", "07-07").number == 2


def test_a_recurring_limit_ends_after_a_period_or_with_an_act() -> None:
    one = queries(until=["18 months", "restore"])
    assert [str(run.due) for run in one.runs("queries", "2030-01-01")] == ["2026-07-06", "2027-01-06", "2027-07-06"]
    restored = queries(("restore", "08-01"), until=["18 months", "restore"])
    told = restored.runs("queries", "2030-01-01")
    assert [(str(run.status), run.ended) for run in told] == [("missed", day("08-01")), ("ended", day("08-01"))]


def test_a_recurring_limit_starts_anew_with_a_new_start() -> None:
    one = queries(("restore", "08-01"), ("close", "2026-09-01"))
    told = [(run.number, str(run.due), str(run.status)) for run in one.runs("queries", "2026-10-01")]
    assert told == [(1, "2026-07-06", "missed"), (2, "2027-01-06", "ended"), (3, "2027-03-01", "running")]


@pytest.mark.parametrize("every", ["1 day", "1 workday"])
def test_a_recurring_limit_comes_to_an_end_however_short(every: str) -> None:
    one = case_with(limit("daily", every=every, since="file", met_by="note"))
    assert len(one.runs("daily", "2026-03-01")) <= 40_000


# conditions


def test_a_recurring_limit_recurs_for_a_century_at_most() -> None:
    one = Play(engine_of(workflow(time_limits=[limit("jubilee", every="60 years", since="file", met_by="note")])))
    one.do("file", "1950-01-02")
    assert [str(run.due) for run in one.runs("jubilee", "2150-01-01")] == ["2010-01-04"]


def test_a_condition_chooses_among_limits_by_what_is_known() -> None:
    small = limit("small", "1 month", since="file", met_by="note", when="owed <= 50000")
    large = limit("large", "3 months", since="file", met_by="note", when="owed > 50000 or done(go_on)")
    one = case_with(small, large, acts=(act("tell", from_="any", takes="owed"),), facts=[fact("owed", "money")])
    assert one.deadlines("01-06") == {}
    assert list(one.do("tell", "01-07", owed=5).deadlines("01-08")) == ["small"]
    assert list(one.do("tell", "01-09", owed=60000).deadlines("01-10")) == ["large"]
    assert list(one.deadlines("01-08")) == ["small"]


def test_a_condition_may_look_at_the_status_of_another_limit() -> None:
    one = case_with(
        limit("first", "10 days", since="file", met_by="note"),
        limit("second", "1 month", since="file", met_by="close", when="status(first) == 'missed'"),
    )
    assert list(one.deadlines("01-15")) == ["first"]
    assert list(one.deadlines("01-16")) == ["first", "second"]


def test_a_condition_of_an_earlier_run_is_read_as_it_was_then() -> None:
    one = case_with(
        limit("answer", "10 days", since=["file", "go_on"], met_by="note", when="owed < 5"),
        acts=(act("tell", from_="any", takes="owed"),),
        facts=[fact("owed", "money")],
    )
    one.do("tell", "01-06", owed=4).do("go_on", "01-08").do("tell", "01-09", owed=6)
    assert [run.since for run in one.runs("answer", "01-10")] == [day("01-05")]


def test_a_limit_asks_no_rule() -> None:
    asking = limit("answer", "10 days", since="file", met_by="note", when="exhausted")
    with pytest.raises(DefinitionError, match="cannot ask a rule"):
        play(workflow(rules=[rule("exhausted")], time_limits=[asking]))


# pauses


def pausing(paused_while: Any, lasts: str = "1 month", **rest: Any) -> Workflow:
    inner = limit(
        "own",
        "1 month",
        since="file",
        met_by="note",
        paused_while=["enforcing", "case.stayed", "order.running"],
        rolls=False,
    )
    kind = workflow(
        "court/asset",
        facts=[track_fact("twin", "asset")],
        time_limits=[inner],
        transitions=[act("pair", from_="any", takes="twin")],
    )
    return court_of(
        kind,
        states=[state("filed"), state("enforcing"), state("stayed"), closed("closed")],
        transitions=[act("stay", "stayed", from_="any"), act("resume", "previous", from_="stayed")],
        time_limits=[
            limit("conclusion", lasts, since="file", met_by="close", paused_while=paused_while, rolls=False, **rest)
        ],
    )


def test_a_state_of_its_own_track_pauses_it() -> None:
    one = play(pausing("stayed")).do("stay", "01-10").do("resume", "01-20")
    deadline = one.deadline("conclusion", "01-21")
    assert (deadline.due, deadline.paused) == (day("02-15"), ((day("01-10"), day("01-20")),))
    assert [step.kind for step in deadline.steps] == ["start", "period", "pause"]


def test_a_pause_that_is_open_moves_the_end_day_by_day() -> None:
    one = play(pausing("stayed")).do("stay", "01-10")
    assert status(one, "conclusion", "01-10", "01-20", "05-01") == ["paused", "paused", "paused"]
    assert one.deadline("conclusion", "01-20").due == day("02-15")
    assert one.deadline("conclusion", "05-01").due == day("05-27")
    assert one.deadline("conclusion", "01-20").paused == ((day("01-10"), day("01-20")),)


def test_a_pause_after_the_end_leaves_nothing_out() -> None:
    one = play(pausing("stayed", "3 days")).do("stay", "01-10")
    assert (one.deadline("conclusion", "01-20").due, status(one, "conclusion", "01-20")) == (day("01-08"), ["missed"])


def test_pauses_before_the_start_and_after_the_end_of_a_run_do_not_count() -> None:
    work = workflow(
        states=[state("filed"), state("stayed"), state("enforcing"), closed("closed")],
        transitions=[
            act("stay", "stayed", from_="any"),
            act("resume", "previous", from_="stayed"),
            act("begin", from_="any"),
        ],
        time_limits=[limit("x", "1 month", since="begin", met_by="go_on", paused_while="stayed", rolls=False)],
    )
    one = play(work).do("stay", "01-06").do("resume", "01-08").do("begin", "01-10").do("go_on", "01-12")
    one.do("stay", "01-15").do("resume", "01-20")
    assert (one.deadline("x", "02-01").due, one.deadline("x", "02-01").paused) == (day("02-10"), ())
    two = play(work).do("stay", "01-06").do("begin", "01-08").do("resume", "01-10")
    assert two.deadline("x", "02-01").due == day("02-10")


def test_in_the_limit_of_the_case_a_tracks_state_means_any_such_track_and_overlaps_count_once() -> None:
    one = play(pausing(["asset.enforcing", "order.running"]))
    for number in "12":
        one.do("file", "01-06", f"asset/A{number}")
    one.do("go_on", "01-10", "asset/A1").do("go_on", "01-12", "asset/A2").do("suspend", "01-14", "order/1")
    one.do("close", "01-16", "asset/A1").do("close", "01-20", "asset/A2").do("resume", "01-25", "order/1")
    assert one.deadline("conclusion", "01-26").due == day("02-20")


def test_in_the_limit_of_a_track_a_state_means_the_case_or_the_tracks_that_are_connected() -> None:
    one = play(pausing("stayed"))
    for number in "12":
        one.do("file", "01-06", f"asset/A{number}")
    one.do("stay", "01-10").do("resume", "01-15")
    assert {str(one.deadline(f"asset/A{number}.own", "01-16").due) for number in "12"} == {"2026-02-11"}
    one.do("suspend", "01-20", "order/1", target="asset/A1").do("resume", "01-25", "order/1")
    assert one.deadline("asset/A1.own", "01-26").due == day("02-16")
    assert one.deadline("asset/A2.own", "01-26").due == day("02-11")


def test_several_tracks_may_be_connected_by_one_fact() -> None:
    kind = workflow(
        "court/asset",
        time_limits=[limit("own", "1 month", since="file", met_by="note", paused_while="freeze.filed", rolls=False)],
    )
    stop = workflow(
        "court/freeze",
        facts=[track_fact("targets", "asset", many=True)],
        transitions=[act("file", "filed", takes="targets")],
    )
    one = play(court_of(kind, tracks={"freeze": stop})).do("file", "01-06", "asset/A1").do("file", "01-06", "asset/A2")
    one.do("file", "01-10", "freeze/1", targets=["asset/A1"]).do("close", "01-15", "freeze/1")
    assert one.deadline("asset/A1.own", "01-16").due == day("02-11")
    assert one.deadline("asset/A2.own", "01-16").due == day("02-06")


def test_a_limit_in_workdays_gets_workdays_back() -> None:
    one = play(pausing("stayed", "10 workdays")).do("stay", "01-08").do("resume", "01-13")
    assert one.deadline("conclusion", "01-14").due == day("01-22")


def test_a_limit_in_hours_gets_hours_back_and_a_bare_day_is_its_midnight() -> None:
    work = workflow(
        states=[state("filed"), state("stayed"), state("enforcing"), closed("closed")],
        transitions=[
            act("stay", "stayed", from_="any"),
            act("resume", "previous", from_="stayed"),
            act("ask", from_="any"),
        ],
        time_limits=[limit("x", "24 hours", since="ask", met_by="note", paused_while="stayed")],
    )
    one = play(work).do("ask", "01-06T09:30").do("stay", "01-06T12:00")
    assert status(one, "x", "01-08") == ["paused"]
    one.do("resume", "01-06T15:00")
    assert one.deadline("x", "01-07T09:00").due == moment("01-07T13:00")
    two = play(work).do("ask", "01-06T09:30").do("stay", "01-07T08:00").do("resume", "01-09")
    assert two.deadline("x", "01-09").due == moment("01-09T02:00")


# extensions


def extending(extended_by: Any, **rest: Any) -> Workflow:
    return workflow(
        facts=[fact("more", "period"), fact("note_days", "days")],
        parameters=[
            parameter("usual", Dated(((date.min, Period.parse("20 days")), (day("02-01"), Period.parse("30 days")))))
        ],
        transitions=[
            act("extend", from_="any", may_take=["more", "note_days"]),
            act("set_more", from_="any", takes="more"),
        ],
        time_limits=[
            limit("conclusion", "1 month", since="file", met_by="close", extended_by=extended_by, rolls=False, **rest)
        ],
    )


def test_an_extension_lengthens_the_term_at_once() -> None:
    one = play(extending({"extend": "1 month"})).do("extend", "01-20").do("extend", "01-21")
    deadline = one.deadline("conclusion", "01-21")
    assert deadline.due == day("04-05")
    assert [step.kind for step in deadline.steps] == ["start", "period", "extension", "extension"]
    assert deadline.steps[2].text("en") == "2026-03-05 (Thursday)  Extend on 2026-01-20 (Tuesday): 1 month longer"


def test_an_extension_after_the_end_or_after_the_run_does_not_count() -> None:
    assert play(extending({"extend": "1 month"})).do("extend", "02-06").deadline("conclusion", "02-07").due == day(
        "02-05"
    )
    assert play(extending({"extend": "1 month"})).do("extend", "02-05").deadline("conclusion", "02-07").due == day(
        "03-05"
    )
    met = play(extending({"extend": "1 month"})).do("close", "01-20")
    assert met.deadline("conclusion", "02-01").due == day("02-05")


@pytest.mark.parametrize(
    ("by", "facts", "due"),
    [
        ("extend.more", {"more": "10 days"}, "02-15"),
        ("extend.note_days", {"note_days": 3}, "02-08"),
        ("usual", {}, "02-25"),
        ("extend.more", {}, "02-05"),
    ],
)
def test_an_extension_is_as_long_as_its_act_or_a_parameter_says(by: str, facts: Any, due: str) -> None:
    one = play(extending({"extend": by})).do("extend", "01-20", **facts)
    assert one.deadline("conclusion", "01-21").due == day(due)


def test_an_extension_may_take_its_length_from_another_act() -> None:
    one = play(extending({"extend": "set_more.more"})).do("set_more", "01-10", more="10 days").do("extend", "01-20")
    assert one.deadline("conclusion", "01-21").due == day("02-15")


def test_an_extension_before_the_start_or_after_a_new_one_belongs_to_another_run() -> None:
    one = case_with(
        limit("answer", "10 days", since="go_on", met_by="close", extended_by={"extend": "5 days"}, rolls=False),
        acts=(act("extend", from_="any"), act("turn", "filed", from_="enforcing")),
    )
    one.do("extend", "01-06").do("go_on", "01-07").do("turn", "01-08").do("go_on", "01-09").do("extend", "01-10")
    assert [run.due for run in one.runs("answer", "01-11")] == [day("01-17"), day("01-24")]


def test_limits_that_are_paused_by_the_same_states_each_leave_them_out() -> None:
    work = workflow(
        states=[state("filed"), state("stayed"), state("enforcing"), closed("closed")],
        transitions=[act("stay", "stayed", from_="any"), act("resume", "previous", from_="stayed")],
        time_limits=[
            limit(name, "1 month", since="file", met_by="close", paused_while="stayed", rolls=False) for name in "ab"
        ],
    )
    one = play(work).do("stay", "01-10").do("resume", "01-12")
    assert {str(each.due) for each in one.deadlines("01-13").values()} == {"2026-02-07"}


def test_a_bar_on_an_opening_act_is_read_before_its_track_is_there() -> None:
    kind = workflow("court/asset", time_limits=[limit("wait", "10 days", since=["note", "case.go_on"], bars="file")])
    one = play(court_of(kind)).do("go_on", "01-06")
    assert one.refused("file", "01-16", "asset/A1").reasons[0].kind == "bar"
    one.do("file", "01-17", "asset/A1")


def test_an_act_on_another_track_may_extend_a_limit() -> None:
    kind = workflow(
        "court/asset",
        time_limits=[
            limit("own", "1 month", since="file", met_by="note", extended_by={"case.extend": "1 month"}, rolls=False)
        ],
    )
    one = play(court_of(kind, transitions=[act("extend", from_="any", title=Title("延长", "Extend all"))])).do(
        "file", "01-06", "asset/A1"
    )
    deadline = one.do("extend", "01-10").deadline("asset/A1.own", "01-10")
    assert (deadline.due, "Extend all" in deadline.steps[2].text("en")) == (day("03-06"), True)


@pytest.mark.parametrize(
    ("cap", "granted"),
    [
        (ExtensionCap(times=1), 1),
        (ExtensionCap(times=2), 2),
        (ExtensionCap(total=Period.parse("25 days")), 2),
        (ExtensionCap(total=Period.parse("1 month")), 0),
        (ExtensionCap(times=3, total=Period.parse("10 days")), 1),
    ],
)
def test_extensions_are_capped_in_number_and_total(cap: ExtensionCap, granted: int) -> None:
    one = play(extending({"extend": "10 days"}, extensions=cap))
    for _ in range(granted):
        one.do("extend", "01-10")
    assert one.refused("extend", "01-10").reasons[0].kind == "extension"
    one.do("extend", "01-10", history=True)
    steps = one.deadline("conclusion", "01-11").steps
    assert [step.kind for step in steps].count("extension") == granted


@pytest.mark.parametrize(("by", "facts"), [("extend.more", {"more": "40 days"}), ("usual", {}), ("set_more.more", {})])
def test_a_cap_refuses_by_the_very_amount_that_would_count(by: str, facts: Any) -> None:
    one = play(extending({"extend": by}, extensions=ExtensionCap(total=Period.parse("15 days"))))
    one.do("set_more", "01-06", more="16 days")
    assert one.refused("extend", "02-02", **facts).reasons[0].kind == "extension"
    if by == "extend.more":
        one.do("extend", "02-02", more="15 days")
        assert one.deadline("conclusion", "02-03").due == day("02-20")


def test_an_extension_without_an_amount_or_of_a_limit_not_begun_is_not_capped() -> None:
    cap = ExtensionCap(total=Period.parse("15 days"))
    one = play(extending({"extend": "extend.more"}, extensions=cap)).do("extend", "01-06")
    assert one.case.reading[-1].event == "extend"
    work = workflow(
        transitions=[act("extend", from_="any")],
        time_limits=[
            limit(
                "x",
                "1 month",
                since="go_on",
                met_by="close",
                extended_by={"extend": "1 month"},
                extensions=ExtensionCap(0),
            )
        ],
    )
    assert play(work).do("extend", "01-06").case.reading[-1].event == "extend"


# what limits govern


def test_a_bar_lets_the_act_after_it_or_on_its_last_day() -> None:
    for earliest, first in (("after", "01-16"), ("on", "01-15")):
        bar = limit("cooling", "10 days", since="file", bars="close", earliest=earliest)
        for at in ("01-14", "01-15", "01-16"):
            one = case_with(bar)
            if at < first:
                assert one.refused("close", at).reasons[0].kind == "bar"
            else:
                one.do("close", at)


def test_a_bar_that_never_began_or_ended_early_bars_nothing() -> None:
    acts = (act("waive", from_="any"), act("finish", "closed", from_="any"))
    bar = limit("cooling", "10 days", since="go_on", bars="finish", until="waive")
    assert case_with(bar, acts=acts).do("finish", "01-06").case.state == "closed"
    waived = case_with(bar, acts=acts).do("go_on", "01-06").do("waive", "01-07")
    assert waived.do("finish", "01-08").case.state == "closed"


def test_a_right_is_lost_after_its_end_unless_time_was_restored() -> None:
    right = limit("objecting", "10 days", since="file", closes="object", restored_by="admit", until="waive")
    acts = (act("object", from_="any"), act("admit", from_="any"), act("waive", from_="any"))
    case_with(right, acts=acts).do("object", "01-15")
    assert case_with(right, acts=acts).refused("object", "01-16").reasons[0].kind == "out_of_time"
    case_with(right, acts=acts).do("admit", "02-01").do("object", "02-02")
    case_with(right, acts=acts).do("waive", "01-10").do("object", "03-01")
    assert case_with(right, acts=acts).do("waive", "02-10").refused("object", "03-01").reasons[0].kind == "out_of_time"


def test_a_restoration_of_an_earlier_run_does_not_restore_the_next() -> None:
    right = limit("objecting", "10 days", since=["file", "go_on"], closes="object", restored_by="admit")
    one = (
        case_with(right, acts=(act("object", from_="any"), act("admit", from_="any")))
        .do("admit", "02-01")
        .do("go_on", "02-02")
    )
    assert one.refused("object", "03-01").reasons[0].kind == "out_of_time"


def test_two_limits_on_one_act_both_run() -> None:
    one = case_with(
        limit("a", "10 days", since="file", met_by="note"), limit("b", "20 days", since="file", met_by="note")
    ).do("note", "01-20")
    assert {name: str(each.status) for name, each in one.deadlines("01-20").items()} == {"a": "met_late", "b": "met"}


# warning, rolling, the calendar


@pytest.mark.parametrize(
    ("warns", "first"),
    [("3 days", "01-12"), ("2 workdays", "01-13"), ("1 month", "01-05"), ("6 hours", "01-14"), ("0 days", "01-15")],
)
def test_it_warns_before_the_end(warns: str, first: str) -> None:
    one = case_with(limit("answer", "10 days", since="file", met_by="note", warns=warns))
    for at in ("01-05", "01-11", "01-12", "01-13", "01-14", "01-15"):
        assert status(one, "answer", at) == ["due_soon" if at >= first else "running"]


def test_the_end_rolls_off_rest_days_last_of_all_and_only_if_the_limit_does() -> None:
    one = case_with(
        limit("acting", "12 days", since="file", met_by="note"),
        limit("barring", "12 days", since="file", bars="close"),
        limit("fixed", "12 days", since="file", met_by="note", rolls=False),
    )
    told = {name: (each.raw, each.due) for name, each in one.deadlines("01-06").items()}
    assert told == {
        "acting": (day("01-17"), day("01-19")),
        "barring": (day("01-17"), day("01-17")),
        "fixed": (day("01-17"), day("01-17")),
    }


def test_a_deadline_names_its_calendar_and_whether_it_is_provisional() -> None:
    answer = limit("answer", "10 days", since="file", met_by="note")
    known = case_with(answer, calendar=CN).deadline("answer", "01-06")
    assert (known.edition, known.provisional) == (CN.edition, False)
    later = case_with(limit("answer", "2 years", since="file", met_by="note"), calendar=CN).deadline("answer", "01-06")
    assert later.provisional
    assert later.steps[-1].kind == "provisional"


def test_the_sample_of_the_design() -> None:
    one = case_with(
        limit(
            "conclusion",
            "6 months",
            title=Title("执结期限", "Time to conclude"),
            since="file",
            met_by="close",
            source="法释〔2000〕29号第5、9条",
        ),
        calendar=CN,
    )
    told = one.deadline("conclusion", "06-25")
    assert (told.due, told.raw) == (day("07-06"), day("07-05"))
    assert str(told).splitlines()[0].startswith("conclusion (Time to conclude): due 2026-07-06 (Monday)")
    assert told.text("zh").splitlines()[0].startswith("conclusion 执结期限：2026-07-06（星期一）")
    assert "2026-07-05 (Sunday)" in told.text("en")
    assert told.text("en").splitlines()[-1] == f"  source 法释〔2000〕29号第5、9条 · calendar {CN.edition}"


def test_deadlines_come_by_track_in_the_order_of_opening_and_of_the_workflow() -> None:
    one = play(court()).do("freeze", "01-06", "asset/B", kind="land").do("freeze", "01-07", "asset/A", kind="land")
    names = [each.name for each in one.engine.deadlines(one.case, today=day("01-08"))]
    assert names == ["assignment", "conclusion", "asset/B.seizure", "asset/A.seizure"]


def test_a_day_before_everything_has_no_deadlines() -> None:
    one = case_with(limit("answer", "10 days", since="file", met_by="note"))
    assert one.deadlines("01-04") == {}


def test_what_cannot_be_counted_says_so() -> None:
    with pytest.raises(InvalidValue):
        limit("x", "10 fortnights")


def test_another_zone_has_its_own_days() -> None:
    tokyo = Calendar("tokyo", titled("tokyo"), "Asia/Tokyo", frozenset())
    engine = Engine(workflow(time_limits=[limit("x", "1 day", since="file", met_by="note")]), calendar=tokyo)
    case = engine.record(engine.open("n"), "file", at=moment("01-05T23:30")).case
    assert engine.deadlines(case, today=day("01-06"))[0].due == day("01-07")


def test_an_act_that_starts_hours_is_refused_without_its_time() -> None:
    with pytest.raises(Refused):
        case_with(limit("answer", "24 hours", since="go_on", met_by="note")).do("go_on", "01-09")
