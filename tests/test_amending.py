"""Late entries, corrections and strikes: the journal only grows, and the acts are read as if they had come in order."""

from __future__ import annotations

import pytest

from courts import Host, Play, act, asset, closed, court_of, day, fact, limit, play, role, rule, state, workflow
from enforceflow.cases.case import Case, in_force
from enforceflow.cases.journal import Link, LinkKind
from enforceflow.engine.refusals import ReasonKind, Refusal, Refused
from enforceflow.errors import InvalidValue, UnknownName

KIND = asset(term="10 days")


def only(refusal: Refusal) -> ReasonKind:
    (reason,) = refusal.reasons
    return reason.kind


def same_read_again(one: Play) -> bool:
    case = one.case
    return Case.of(case.number, case.pin, case.journal, case.origin).reading == case.reading


# late entries


def test_an_act_entered_late_is_read_in_its_place_and_written_at_the_end() -> None:
    one = play().do("go_on", "01-20").do("note", "01-10", recorded_at="01-25")
    assert [entry.event for entry in one.case.journal] == ["file", "go_on", "note"]
    assert one.events() == ["file", "note", "go_on"]
    assert one.case.journal[-1].state == "filed"
    assert [entry.event for entry in one.last.entries] == ["note"]
    assert same_read_again(one)


def test_the_effects_of_a_late_act_are_its_own() -> None:
    work = workflow(
        transitions=[act("tell", from_="filed", then="publish"), act("go_on", "enforcing", from_="filed", then="serve")]
    )
    one = play(work).do("go_on", "01-20").do("tell", "01-10")
    assert [(effect.name, effect.position) for effect in one.last.effects] == [("publish", 2)]


def test_a_late_act_that_takes_the_ground_from_a_later_one_is_refused_and_names_it() -> None:
    one = play(workflow(transitions=[act("turn", "enforcing", from_="filed")])).do("go_on", "01-20")
    assert only(one.refused("turn", "01-10")) is ReasonKind.LATER_ACT
    assert only(one.refused("go_on", "01-21")) is ReasonKind.STATE


def test_a_late_act_that_leads_a_later_one_elsewhere_is_refused() -> None:
    work = workflow(
        states=[state("filed"), state("enforcing"), state("stayed"), closed("closed")],
        transitions=[
            act("stay", "stayed", from_="any"),
            act("resume", "previous", from_=["filed", "enforcing", "stayed"]),
        ],
    )
    one = play(work).do("stay", "01-20").do("resume", "01-25")
    assert one.case.journal[-1].state == "filed"
    assert only(one.refused("go_on", "01-10")) is ReasonKind.LATER_ACT


def test_a_late_act_must_itself_hold() -> None:
    work = workflow(facts=[fact("owed", "money")], transitions=[act("pay", from_="filed", takes="owed")])
    one = play(work).do("go_on", "01-20")
    assert only(one.refused("pay", "01-10")) is ReasonKind.FACT
    with pytest.raises(UnknownName):
        one.do("payy", "01-10")


def test_a_late_act_that_breaks_a_condition_of_a_later_one_makes_that_irregular() -> None:
    work = workflow(
        facts=[fact("owed", "money")],
        transitions=[
            act("tell", from_="any", takes="owed"),
            act("finish", "closed", from_="filed", when="owed > 5"),
            act("claim", from_="any"),
        ],
        time_limits=[limit("cooling", "10 days", since="claim", bars="finish")],
    )
    one = play(work).do("tell", "01-06", owed=6).do("finish", "01-20")
    assert one.engine.irregularities(one.case) == []
    one.do("tell", "01-10", owed=5).do("claim", "01-15")
    (irregular,) = one.engine.irregularities(one.case)
    assert (irregular.entry.event, [str(reason.kind) for reason in irregular.reasons]) == ("finish", ["guard", "bar"])


def test_a_prerequisite_struck_makes_the_later_act_irregular() -> None:
    work = workflow(transitions=[act("serve", from_="any"), act("finish", "closed", from_="filed", after="serve")])
    one = play(work).do("serve", "01-06").do("finish", "01-20").strike(1, recorded_at="01-25")
    (irregular,) = one.engine.irregularities(one.case)
    assert [str(reason.kind) for reason in irregular.reasons] == ["prerequisite"]
    assert one.state() == "closed"


def test_a_late_opening_and_late_acts_on_its_track() -> None:
    one = play(court_of(KIND)).do("note", "01-20")
    one.do("freeze", "01-06", "asset/A1").do("start_valuing", "01-08", "asset/A1")
    assert [(entry.event, entry.track) for entry in one.case.reading] == [
        ("file", ""),
        ("freeze", "asset/A1"),
        ("note", ""),
        ("start_valuing", "asset/A1"),
        ("lapse", "asset/A1"),
        ("note_lapse", ""),
        ("note", ""),
    ]
    assert same_read_again(one)


def test_an_act_before_the_opening_of_its_track_is_refused_and_no_error() -> None:
    one = play(court_of(KIND, workflow("court/asset/land"))).do("freeze", "01-10", "asset/A1", kind="deposit")
    refusal = one.refused("start_valuing", "01-08", "asset/A1")
    assert [reason.kind for reason in refusal.reasons] == [ReasonKind.STATE]
    assert refusal.state == ""


def test_a_late_act_raises_what_it_calls_for() -> None:
    one = play(court_of(KIND)).do("note", "01-20").do("freeze", "01-19", "asset/A1")
    assert one.events() == ["file", "freeze", "note", "note"]
    assert one.case.journal[-1].link == Link(LinkKind.RAISED_BY, 2)
    assert same_read_again(one)


def test_a_bare_day_stands_after_what_was_recorded_of_it_before() -> None:
    one = play().do("note", "01-06T10:00").do("go_on", "01-06").do("note", "01-06T09:00", by="late")
    assert [(entry.event, entry.by) for entry in one.case.reading] == [
        ("file", ""),
        ("note", "late"),
        ("note", ""),
        ("go_on", ""),
    ]
    assert same_read_again(one)


# what followed by itself


def test_a_renewal_entered_late_withdraws_what_no_longer_follows_by_a_linked_entry() -> None:
    one = (
        play(court_of(KIND))
        .do("freeze", "01-06", "asset/A1")
        .sweep("02-01")
        .do("renew", "01-12", "asset/A1", recorded_at="02-02")
    )
    withdrawn = [
        (entry.event, entry.link, entry.recorded_at)
        for entry in one.last.entries
        if entry.link and entry.link.kind == "withdraws"
    ]
    assert withdrawn == [
        ("lapse", Link(LinkKind.WITHDRAWS, 3), day("02-02")),
        ("note_lapse", Link(LinkKind.WITHDRAWS, 4), day("02-02")),
    ]
    assert [effect.name for effect in one.last.effects] == ["notify_registry"]
    assert one.state("01-20", "asset/A1") == "frozen"
    assert same_read_again(one)


def test_what_follows_on_another_day_instead_is_written_anew_but_its_effects_are_not_returned_again() -> None:
    one = play(court_of(KIND)).do("freeze", "01-06", "asset/A1").do("note", "03-01")
    assert [effect.name for effect in one.last.effects] == ["warn_of_lapse"]
    one.do("renew", "01-12", "asset/A1")
    assert [(entry.event, entry.at) for entry in one.last.entries if entry.derived and entry.link is None] == [
        ("lapse", day("01-23"))
    ]
    assert [effect.name for effect in one.last.effects] == ["notify_registry"]
    assert one.state("01-22", "asset/A1") == "frozen"
    assert same_read_again(one)


@pytest.mark.parametrize("swept", [True, False])
def test_an_unrelated_late_act_leaves_what_followed_in_force(swept: bool) -> None:  # noqa: FBT001
    one = play(court_of(KIND)).do("freeze", "01-06", "asset/A1")
    one = one.sweep("02-01") if swept else one.do("note", "02-01")
    one.do("note", "01-10", recorded_at="02-02")
    assert [entry.event for entry in one.last.entries] == ["note"]
    assert one.last.effects == ()
    assert one.sweep("03-01").last.entries == ()


def test_an_act_that_only_followed_from_what_is_entered_late_gives_its_effects_once() -> None:
    one = play(court_of(KIND)).do("note", "03-01").do("freeze", "01-06", "asset/A1")
    assert [effect.name for effect in one.last.effects] == ["notify_registry", "warn_of_lapse"]
    assert one.sweep("04-01").last.effects == ()


def test_hours_that_followed_stay_in_force_after_a_late_act() -> None:
    work = workflow(
        states=[state("filed"), state("enforcing"), closed("closed"), closed("lapsed")],
        transitions=[act("ask", from_="filed"), act("lapse", "lapsed", from_="filed")],
        time_limits=[limit("term", "2 hours", since="ask", if_missed="lapse", hours_from="minute")],
    )
    one = play(work).do("ask", "01-06T09:30").sweep("01-08").do("note", "01-06T10:00", recorded_at="01-09")
    assert [entry.event for entry in one.last.entries] == ["note"]
    assert same_read_again(one)


# corrections


def paying(host: Host | None = None) -> Play:
    return play(
        workflow(
            facts=[fact("owed", "money")],
            rules=[rule("exhausted")],
            roles=[role("judge")],
            transitions=[
                act("pay", from_="any", takes="owed", by="judge", then="receipt"),
                act("finish", "closed", from_="filed", when="exhausted", then="publish"),
            ],
        ),
        host=host or Host("exhausted"),
    )


def test_a_correction_keeps_the_old_entry_and_names_it() -> None:
    one = paying().do("pay", "01-10", owed=5, by="王", role="judge").do("go_on", "01-20")
    one.correct(1, recorded_at="01-25", facts={"owed": "6 yuan"}, reason="金额笔误")
    (entry,) = one.last.entries
    assert (entry.link, entry.at, entry.by, entry.role) == (
        Link(LinkKind.REPLACES, 1, "金额笔误"),
        day("01-10"),
        "王",
        "judge",
    )
    assert one.case.fact("owed") == 6
    assert one.case.journal[1].facts["owed"] == 5
    assert one.last.effects == ()
    assert one.events() == ["file", "pay", "go_on"]
    assert one.case.as_known(day("01-24")).fact("owed") == 5
    assert same_read_again(one)


def test_a_correction_of_the_day_moves_the_act() -> None:
    one = paying().do("pay", "01-10", owed=5).do("go_on", "01-20").correct(1, recorded_at="01-25", at="01-22")
    assert one.events() == ["file", "go_on", "pay"]
    assert one.case.reading[-1].state == "enforcing"
    assert one.case.fact("owed") == 5


def test_a_correction_asks_no_rule_again() -> None:
    host = Host("exhausted")
    one = paying(host).do("finish", "01-10")
    asked = len(host.asked)
    one.correct(1, recorded_at="01-25", at="01-11")
    assert len(host.asked) == asked
    assert one.case.journal[-1].answers == {"exhausted": True}
    assert one.engine.irregularities(one.case) == []


def test_a_correction_after_which_a_later_act_would_not_follow_is_refused() -> None:
    one = play(workflow(transitions=[act("deliver", from_="enforcing")])).do("go_on", "01-10").do("deliver", "01-12")
    with pytest.raises(Refused) as caught:
        one.correct(1, recorded_at="01-25", at="01-15")
    (reason,) = caught.value.refusal.reasons
    assert (reason.kind, reason.subject) == (ReasonKind.LATER_ACT, "deliver")
    assert caught.value.refusal.event == "go_on"


def test_a_correction_that_cannot_stand_where_it_is_moved_to_is_refused() -> None:
    one = play().do("go_on", "01-10").do("close", "01-20")
    with pytest.raises(Refused, match="cannot go_on while closed"):
        one.correct(1, recorded_at="01-25", at="01-22")


def test_a_correction_may_be_corrected_and_only_the_last_is_in_force() -> None:
    one = paying().do("pay", "01-10", owed=5).correct(1, recorded_at="01-11", facts={"owed": 6})
    one.correct(2, recorded_at="01-12", facts={"owed": 7})
    assert [position for position, _ in in_force(one.case.journal)] == [0, 3]
    with pytest.raises(InvalidValue, match="was replaced, struck or withdrawn already"):
        one.correct(1, recorded_at="01-13", facts={"owed": 8})


def test_a_corrected_act_raises_anew_and_what_it_raised_before_falls() -> None:
    one = play(court_of(KIND)).do("freeze", "01-10", "asset/A1", worth=5).do("note", "01-10", by="other")
    one.correct(1, recorded_at="01-11", facts={"worth": 6})
    assert [(entry.event, entry.by) for entry in one.case.reading] == [
        ("file", ""),
        ("freeze", ""),
        ("note", ""),
        ("note", "other"),
    ]
    assert one.last.effects == ()
    assert same_read_again(one)


def test_a_raised_act_that_was_corrected_falls_with_its_cause() -> None:
    one = play(court_of(KIND)).do("freeze", "01-10", "asset/A1").correct(2, recorded_at="01-11", at="01-12")
    assert one.events() == ["file", "freeze", "note"]
    one.strike(1, recorded_at="01-13")
    assert one.events() == ["file"]
    assert same_read_again(one)


def test_a_correction_by_which_something_follows_gives_its_effects() -> None:
    one = (
        play(court_of(KIND))
        .do("freeze", "02-25", "asset/A1")
        .do("note", "03-01")
        .correct(1, recorded_at="03-02", at="02-01")
    )
    assert [effect.name for effect in one.last.effects] == ["warn_of_lapse"]
    assert one.state(track="asset/A1") == "lapsed"


def test_a_correction_to_before_the_opening_is_refused() -> None:
    one = play(court_of(KIND, workflow("court/asset/land"))).do("freeze", "01-10", "asset/A1", kind="deposit")
    one.do("start_valuing", "01-12", "asset/A1")
    with pytest.raises(Refused, match="nothing is opened yet"):
        one.correct(3, recorded_at="01-20", at="01-09")


# strikes


def test_a_strike_takes_an_act_out_of_force_and_deletes_nothing() -> None:
    one = play().do("note", "01-10").do("go_on", "01-20").strike(1, recorded_at="01-25", reason="误录")
    assert one.case.journal[-1].link == Link(LinkKind.STRIKES, 1, "误录")
    assert one.case.journal[1].event == "note"
    assert one.events() == ["file", "go_on"]
    assert one.last.effects == ()
    assert same_read_again(one)


def test_what_an_act_raised_is_struck_with_it() -> None:
    one = play(court_of(KIND)).do("freeze", "01-10", "asset/A1").strike(1, recorded_at="01-11")
    assert one.events() == ["file"]
    assert one.case.tracks() == []


def test_a_strike_after_which_a_later_act_would_not_follow_is_refused() -> None:
    one = play().do("go_on", "01-10").do("close", "01-20")
    one.strike(1, recorded_at="01-25")
    assert one.events() == ["file", "close"]
    with pytest.raises(Refused, match="cannot file while closed") as caught:
        one.strike(0, recorded_at="01-26")
    assert "a later act would no longer follow: Close (「close」) of 2026-01-20" in str(caught.value)


def test_everything_may_be_struck() -> None:
    one = play().strike(0, recorded_at="01-06")
    assert (one.state(), one.events()) == ("", [])
    one.do("file", "01-07")
    assert one.state() == "filed"


def test_a_struck_start_withdraws_what_followed_from_it() -> None:
    one = (
        play(court_of(KIND))
        .do("freeze", "01-06", "asset/A1")
        .do("renew", "01-08", "asset/A1")
        .do("renew", "01-17", "asset/A1")
    )
    one.sweep("03-01")
    assert one.case.reading[-2].at == day("01-28")
    one.strike(4, recorded_at="03-02")
    lapses = [entry.at for entry in one.case.reading if entry.event == "lapse"]
    assert lapses == [day("01-19")]
    assert one.last.effects == ()
    assert same_read_again(one)


# what cannot be corrected or struck


@pytest.mark.parametrize(
    ("position", "told"),
    [
        (99, "the journal has no act 99 to correct"),
        (-1, "the journal has no act -1 to correct"),
        (3, "act 3 followed by itself from a time limit"),
        (5, "act 5 was replaced, struck or withdrawn already"),
        (6, "act 6 was replaced, struck or withdrawn already"),
    ],
)
def test_only_acts_in_force_are_corrected_and_struck(position: int, told: str) -> None:
    one = (
        play(court_of(KIND))
        .do("freeze", "01-06", "asset/A1")
        .sweep("02-01")
        .do("note", "02-02")
        .strike(5, recorded_at="02-03")
    )
    assert [entry.event for entry in one.case.journal] == [
        "file",
        "freeze",
        "note",
        "lapse",
        "note_lapse",
        "note",
        "note",
    ]
    with pytest.raises(InvalidValue, match=told):
        one.correct(position, recorded_at="02-04", at="02-01")
    with pytest.raises(InvalidValue, match=told):
        one.strike(position, recorded_at="02-04")


def test_a_carried_track_is_not_uncarried() -> None:
    one = play(court_of(KIND)).do("freeze", "01-06", "asset/A1")
    old = one.engine.open("m", from_=one.case, carry=["asset/A1"], at=day("01-10")).old
    with pytest.raises(InvalidValue, match="carried a track over"):
        one.engine.strike(old, 3, reason="误录", recorded_at=day("01-11"))


def test_amending_never_touches_the_case_it_was_asked_of() -> None:
    one = play().do("note", "01-10").do("go_on", "01-20")
    before, entries = one.case, list(one.case.journal)
    one.strike(1, recorded_at="01-25")
    one.engine.correct(before, 1, reason="笔误", at=day("01-11"), recorded_at=day("01-25"))
    assert list(before.journal) == list(before.reading) == entries


def test_history_comes_in_any_order_that_its_states_allow() -> None:
    one = Play(play().engine)
    for event, at in (("file", "01-05"), ("note", "01-10"), ("go_on", "01-12"), ("note", "01-08"), ("close", "01-20")):
        one.do(event, at, recorded_at="02-01", history=True)
    assert one.events() == ["file", "note", "note", "go_on", "close"]
    assert one.refused("close", "01-15", history=True).reasons[0].kind is ReasonKind.LATER_ACT


def test_moments_and_days_mix_in_amending() -> None:
    one = play().do("note", "01-06T10:00").do("go_on", "01-06T12:00").correct(1, recorded_at="01-07", at="01-06")
    assert one.events() == ["file", "note", "go_on"]
    assert same_read_again(one)


def test_what_several_lapses_of_one_day_raised_is_told_apart() -> None:
    one = play(court_of(KIND)).do("note", "01-06", by="late")
    for number in "12":
        one.do("freeze", "01-06", f"asset/A{number}")
    one.do("note", "02-01").strike(1, recorded_at="02-02")
    assert [entry.event for entry in one.last.entries] == ["note"]
    assert same_read_again(one)
    one.do("renew", "01-10", "asset/A1", recorded_at="02-03")
    assert [(entry.track, entry.at) for entry in one.case.reading if entry.event == "lapse"] == [
        ("asset/A2", day("01-17")),
        ("asset/A1", day("01-21")),
    ]
    assert same_read_again(one)


def test_a_correction_may_not_take_the_time_of_day_that_a_limit_in_hours_needs() -> None:
    work = workflow(
        transitions=[act("ask", from_="filed")],
        time_limits=[limit("reply", "24 hours", since="ask", met_by="note")],
    )
    one = play(work).do("ask", "01-06T10:30")
    with pytest.raises(Refused, match="needs a time of day"):
        one.correct(1, recorded_at="01-08", at="01-07")
    one.correct(1, recorded_at="01-08", at="01-07T09:30")
    assert str(one.deadline("reply", "01-08").due) == "2026-01-08 10:00:00+08:00"
