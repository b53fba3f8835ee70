from __future__ import annotations

from typing import Any

import pytest

from courts import Host, Play, act, court, court_of, day, fact, limit, moment, play, role, rule, workflow
from enforceflow.engine.options import Openness, Option
from enforceflow.engine.refusals import ReasonKind


def options(one: Play, at: str, track: str = "", **rest: Any) -> dict[str, Option]:
    when = moment(at) if "T" in at else day(at)
    return {each.transition.name: each for each in one.engine.options(one.case, at=when, **rest) if each.track == track}


def test_every_transition_of_the_case_and_of_its_open_tracks_is_told() -> None:
    one = play(court()).do("freeze", "01-06", "asset/A1", kind="land")
    work = one.engine.workflow
    assert list(options(one, "01-07")) == list(work.transitions)
    opened = [name for name, each in work.tracks["asset"]["land"].transitions.items() if not each.opens]
    assert list(options(one, "01-07", "asset/A1")) == opened
    told = [(each.track, each.kind, each.event) for each in one.engine.options(one.case, at=day("01-07")) if each.kind]
    assert told == [("asset", "deposit", "freeze"), ("asset", "land", "freeze"), ("order", "order", "suspend")]


def test_an_option_is_open_open_given_facts_or_not_open() -> None:
    one = play(court())
    told = options(one, "01-07")
    assert (told["assign"].openness, told["assign"].reasons) == (Openness.OPEN, ())
    assert (told["pay"].openness, told["pay"].facts) == (Openness.NEEDS_FACTS, ("paid",))
    assert told["serve"].openness is Openness.NOT_OPEN
    assert [reason.kind for reason in told["serve"].reasons] == [ReasonKind.PREREQUISITE]
    assert told["close_poor"].event == "close"
    assert [each.text("zh") for each in Openness] == ["可以作出", "载明事实后可以作出", "不能作出"]
    assert Openness.OPEN.text("en") == "open"


def test_facts_that_an_undecided_guard_needs_are_asked_for_if_the_act_may_carry_them() -> None:
    work = workflow(
        facts=[fact("owed", "money"), fact("paid", "money")],
        transitions=[
            act("one", from_="filed", when="owed > 0", may_take="owed"),
            act("two", from_="filed", when="owed > paid", takes="owed"),
            act("pay", from_="filed", takes="paid"),
        ],
    )
    told = options(play(work), "01-07")
    assert (told["one"].openness, told["one"].facts) == (Openness.NEEDS_FACTS, ("owed",))
    assert (told["two"].openness, told["two"].facts) == (Openness.NEEDS_FACTS, ("owed",))
    given = options(play(work).do("pay", "01-06", paid=5), "01-07", facts={"owed": "6 yuan"})
    assert given["one"].openness is given["two"].openness is Openness.OPEN
    assert given["pay"].openness is Openness.NEEDS_FACTS
    refused = options(play(work), "01-07", facts={"owed": 0})["one"]
    assert (refused.openness, [reason.kind for reason in refused.reasons]) == (Openness.NOT_OPEN, [ReasonKind.GUARD])


def test_a_fact_of_another_type_elsewhere_stands_against_the_acts_there_alone() -> None:
    kind = workflow(
        "court/asset", facts=[fact("term", "days")], transitions=[act("seize", from_="filed", may_take="term")]
    )
    work = court_of(kind, facts=[fact("term", "text")], transitions=[act("extend", from_="filed", takes="term")])
    one = play(work).do("file", "01-06", "asset/A1")
    given = {"term": "as long as it takes"}
    assert options(one, "01-07", facts=given)["extend"].openness is Openness.OPEN
    seize = options(one, "01-07", "asset/A1", facts=given)["seize"]
    assert (seize.openness, seize.facts) == (Openness.NEEDS_FACTS, ("term",))
    assert seize.reasons == one.refused("seize", "01-07", "asset/A1", **given).reasons
    assert options(one, "01-07", "asset/A1", facts={"term": 5})["seize"].openness is Openness.OPEN


def test_a_role_is_told_or_not() -> None:
    work = workflow(roles=[role("judge")], transitions=[act("approve", from_="filed", by="judge")])
    assert options(play(work), "01-07")["approve"].openness is Openness.OPEN
    assert options(play(work), "01-07", role="judge")["approve"].openness is Openness.OPEN
    assert options(play(work), "01-07", role="clerk")["approve"].openness is Openness.NOT_OPEN


def test_an_option_that_bars_alone_stand_against_tells_when_it_opens() -> None:
    bars = [
        limit("one", "10 days", since="file", bars="finish"),
        limit("two", "1 month", since="file", bars=["finish", "leave"]),
    ]
    work = workflow(transitions=[act("finish", from_="filed"), act("leave", from_="enforcing")], time_limits=bars)
    told = options(play(work), "01-07")
    assert told["finish"].opens == day("02-06")
    assert told["leave"].opens is None
    assert options(play(work), "02-06")["finish"].openness is Openness.OPEN


def test_what_an_act_raises_counts_with_it_whichever_transition_is_taken() -> None:
    kind = workflow(
        "court/asset",
        facts=[fact("worth", "money")],
        transitions=[
            act("sell_dear", event="sell", from_="filed", when="worth > 5", may_take="worth", raises="case.hand_over"),
            act("sell_cheap", event="sell", from_="filed", may_take="worth"),
        ],
    )
    one = play(court_of(kind, transitions=[act("hand_over", from_="enforcing")])).do("file", "01-06", "asset/A1")
    told = options(one, "01-07", "asset/A1", facts={"worth": 6})
    assert told["sell_dear"].openness is told["sell_cheap"].openness is Openness.NOT_OPEN
    assert told["sell_dear"].reasons[0].track == "case"
    assert one.refused("sell", "01-07", "asset/A1", worth=6).reasons == told["sell_dear"].reasons
    cheap = options(one, "01-07", "asset/A1", facts={"worth": 5})
    assert cheap["sell_cheap"].openness is Openness.OPEN
    one.do("sell", "01-07", "asset/A1", worth=5)


def test_reading_options_changes_nothing() -> None:
    one = play(court()).do("freeze", "01-06", "asset/A1", kind="land")
    before = one.case
    options(one, "01-07")
    assert one.case == before
    assert len(one.case.journal) == 3


def test_a_track_may_be_called_anything_and_another_can_still_be_opened() -> None:
    one = play(court())
    for number in ("1", "2", "new"):
        one.do("freeze", "01-06", f"asset/{number}", kind="land")
    assert options(one, "01-07", "asset")["freeze"].openness is Openness.OPEN


def test_moments_given_as_facts_are_read_in_the_calendars_zone() -> None:
    work = workflow(
        facts=[fact("seen", "datetime"), fact("heard", "datetime")],
        transitions=[
            act("see", from_="filed", takes="seen"),
            act("hear", from_="filed", takes="heard", when="heard > seen"),
        ],
    )
    one = play(work).do("see", "01-06", seen="2026-01-06T09:00")
    told = options(one, "01-07", facts={"heard": "2026-01-06T10:00"})["hear"]
    assert told.openness is Openness.OPEN
    one.do("hear", "01-07", heard="2026-01-06T10:00")


def test_options_on_an_earlier_day_are_those_of_that_day_and_heed_the_later_acts() -> None:
    one = (
        play(workflow(transitions=[act("turn", "enforcing", from_="filed")])).do("go_on", "01-10").do("close", "01-20")
    )
    told = options(one, "01-08")
    assert told["note"].openness is Openness.OPEN
    assert [reason.kind for reason in told["turn"].reasons] == [ReasonKind.LATER_ACT]
    assert [reason.kind for reason in told["close"].reasons] == [ReasonKind.LATER_ACT]
    assert one.refused("turn", "01-08").reasons == told["turn"].reasons
    assert one.do("note", "01-08").events() == ["file", "note", "go_on", "close"]


def test_the_rules_are_asked_as_for_recording() -> None:
    host = Host("exhausted")
    work = workflow(rules=[rule("exhausted")], transitions=[act("finish", from_="filed", when="exhausted")])
    one = play(work, host=host)
    assert options(one, "01-07")["finish"].openness is Openness.OPEN
    host.yes.clear()
    assert options(one, "01-07")["finish"].openness is Openness.NOT_OPEN


@pytest.mark.parametrize("at", ["01-15", "01-16", "01-17"])
def test_what_followed_by_then_is_taken_into_account(at: str) -> None:
    work = workflow(
        transitions=[act("lapse", "closed", from_="filed"), act("renew", from_="filed")],
        time_limits=[limit("term", "10 days", since=["file", "renew"], if_missed="lapse")],
    )
    told = options(play(work), at)
    assert told["renew"].openness is (Openness.OPEN if at == "01-15" else Openness.NOT_OPEN)
