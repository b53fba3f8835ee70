from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest

from courts import (
    SHANGHAI,
    Host,
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
    play,
    role,
    rule,
    state,
    track_fact,
    workflow,
)
from enforceflow.cases.journal import LinkKind
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.engine.refusals import ReasonKind, Refused
from enforceflow.errors import InvalidValue, UnknownName
from enforceflow.texts import Title

FACTS = [
    fact("owed", "money"),
    fact("number", "number"),
    fact("urgent", "bool"),
    fact("ended", "date"),
    fact("seen", "datetime"),
    fact("term", "period"),
    fact("days", "days"),
    fact("ground", FactType(FactKind.CHOICE, choices={"poor": Title("贫", "poor")})),
    fact("seen_all", FactType(FactKind.LIST, item=FactType(FactKind.DATETIME))),
    fact("name", "text"),
]
NAMES = [one.name for one in FACTS]


# what an entry holds


def test_an_act_is_recorded_with_who_when_and_what() -> None:
    one = play(workflow(facts=FACTS, transitions=[act("pay", from_="any", may_take=NAMES)]))
    one.do("pay", "01-06", owed="5 yuan", by="王法官", role="judge", recorded_at="01-09")
    entry = one.case.journal[-1]
    assert (entry.event, entry.transition, entry.at, entry.recorded_at) == ("pay", "pay", day("01-06"), day("01-09"))
    assert (entry.by, entry.role, entry.state, entry.track, entry.kind) == ("王法官", "judge", "filed", "", "")
    assert (dict(entry.facts), entry.derived, entry.link) == ({"owed": Decimal(5)}, False, None)
    assert one.last is not None
    assert one.last.entries == (entry,)


def test_recorded_at_is_when_it_happened_unless_told() -> None:
    assert play().do("note", "01-06").case.journal[-1].recorded_at == day("01-06")
    assert play().do("note", "01-06T10:30").case.journal[-1].recorded_at == moment("01-06T10:30")


def test_facts_become_values_of_their_types() -> None:
    one = play(workflow(facts=FACTS, transitions=[act("pay", from_="any", may_take=NAMES)]))
    one.do(
        "pay",
        "01-06",
        owed="1,000 元",
        number=3,
        urgent="true",
        ended="2026-01-02",
        seen="2026-01-02T10:00",
        days="15 days",
    )
    facts = one.case.facts()
    assert facts == {
        "owed": Decimal(1000),
        "number": Decimal(3),
        "urgent": True,
        "ended": day("01-02"),
        "seen": moment("01-02T10:00"),
        "days": 15,
    }
    one.do("pay", "01-07", seen_all=["2026-01-02T10:00", datetime(2026, 1, 2, 2, tzinfo=UTC)])
    assert one.case.fact("seen_all") == (moment("01-02T10:00"), moment("01-02T10:00"))
    assert all(each.tzinfo == SHANGHAI for each in one.case.fact("seen_all"))  # type: ignore[union-attr]


def test_the_callers_mapping_is_not_kept() -> None:
    facts: dict[str, object] = {"owed": "5"}
    one = play(workflow(facts=FACTS, transitions=[act("pay", from_="any", may_take=NAMES)]))
    outcome = one.engine.record(one.case, "pay", at=day("01-06"), facts=facts)
    facts["owed"] = "6"
    assert outcome.case.fact("owed") == 5


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        (datetime(2026, 1, 6, 1, 30, tzinfo=UTC), moment("01-06T09:30")),
        (datetime(2026, 1, 6, 20, tzinfo=UTC), moment("01-07T04:00")),
        (datetime(2026, 1, 6, 9, 30), moment("01-06T09:30")),  # noqa: DTZ001  naive ones are in the calendar's zone
        (datetime(2026, 1, 6, 9, 30, tzinfo=ZoneInfo("Asia/Tokyo")), moment("01-06T08:30")),
        (pendulum.datetime(2026, 1, 6, 9, 30, tz="Asia/Shanghai"), moment("01-06T09:30")),
        (pendulum.date(2026, 1, 6), day("01-06")),
    ],
)
def test_an_act_stands_in_the_calendars_zone(at: date, stands: date) -> None:
    entry = engine_of().record(engine_of().open("n"), "file", at=at).case.journal[0]
    assert entry.at == stands
    assert type(entry.at) is type(stands)


@pytest.mark.parametrize("at", [date(1899, 12, 31), date(2200, 1, 1), datetime(9999, 1, 1, tzinfo=UTC)])
def test_a_year_that_must_be_a_slip_is_an_error(at: date) -> None:
    with pytest.raises(InvalidValue, match="1900 and 2199"):
        engine_of().record(engine_of().open("n"), "file", at=at)


@pytest.mark.parametrize("at", ["2026-01-05", 5, None])
def test_what_is_no_date_is_an_error(at: Any) -> None:
    with pytest.raises(InvalidValue, match="neither a date"):
        engine_of().record(engine_of().open("n"), "file", at=at)


# which transition, and where it leads


def test_of_several_transitions_the_first_that_holds_is_taken() -> None:
    one = play(
        workflow(
            facts=FACTS,
            transitions=[
                act("finish_poor", "enforcing", event="finish", from_="filed", when="owed > 5", may_take="owed"),
                act("finish_rich", "closed", event="finish", from_="filed", may_take="owed"),
            ],
        )
    )
    assert copy.copy(one).do("finish", "01-06", owed=6).case.journal[-1].transition == "finish_poor"
    assert one.do("finish", "01-06", owed=5).case.journal[-1].transition == "finish_rich"


def test_previous_leads_back_to_the_state_before() -> None:
    one = play(court())
    one.do("assign", "01-06").do("serve", "01-07").do("suspend_all", "01-08")
    assert one.do("resume_all", "01-09").state() == "investigating"
    again = play(workflow(transitions=[act("turn_back", "previous", from_="any")]))
    assert again.do("turn_back", "01-06").state() == "filed"
    assert again.do("go_on", "01-07").do("note", "01-08").do("turn_back", "01-09").state() == "filed"
    assert again.do("turn_back", "01-10").state() == "enforcing"


# tracks and kinds


def test_an_opening_act_names_the_kind_of_its_track() -> None:
    one = play(court()).do("freeze", "01-06", "asset/A1", kind="land")
    entry = one.case.journal[1]
    assert (entry.track, entry.kind, one.case.kind_of("asset/A1")) == ("asset/A1", "land", "land")
    assert one.do("renew", "01-07", "asset/A1", kind="land").case.journal[-1].kind == ""


def test_a_track_of_one_kind_needs_no_name_of_it() -> None:
    assert play(court()).do("suspend", "01-06", "order/1").case.kind_of("order/1") == "order"


def test_names_that_the_workflow_does_not_have_are_errors_that_suggest_the_nearest() -> None:
    one = play(court())
    for deed, told in (
        (lambda: one.do("asign", "01-06"), "no event is called asign; did you mean assign?"),
        (lambda: one.do("freeze", "01-06", "aset/A1"), "no track is called aset; did you mean asset?"),
        (lambda: one.do("freeze", "01-06", "asset/A1", kind="lnd"), "no kind is called lnd; did you mean land?"),
        (lambda: one.do("assign", "01-06", owd=5), "no fact is called owd; did you mean owed?"),
        (lambda: one.do("asign", "01-06", owed=5), "no event is called asign; did you mean assign?"),
        (
            lambda: one.engine.options(one.case, at=day("01-06"), facts={"owd": 5}),
            "no fact is called owd; did you mean owed?",
        ),
    ):
        with pytest.raises(UnknownName) as caught:
            deed()
        assert str(caught.value) == told


def test_a_track_of_several_kinds_is_opened_by_its_kind() -> None:
    with pytest.raises(InvalidValue) as caught:
        play(court()).do("freeze", "01-06", "asset/A1")
    assert str(caught.value) == "asset/A1 is not opened yet; say of which kind it is: deposit, land"
    assert caught.value.text("zh") == "asset/A1 尚未开启，须写明种类（kind）：deposit, land"


@pytest.mark.parametrize("address", ["asset/", "asset", "asset/A/1", "asset/ A1", "asset/A\n1"])
def test_an_address_is_a_name_and_an_identity(address: str) -> None:
    with pytest.raises(InvalidValue, match="write name/id, such as asset/1"):
        play(court()).do("freeze", "01-06", address, kind="land")


def test_a_kind_that_is_not_the_tracks_own_is_an_error() -> None:
    one = play(court()).do("freeze", "01-06", "asset/A1", kind="land")
    with pytest.raises(InvalidValue, match="was opened as land, not as deposit"):
        one.do("renew", "01-07", "asset/A1", kind="deposit")
    with pytest.raises(InvalidValue, match="the case itself has no kinds: land"):
        one.do("note", "01-07", kind="land")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("owed", 0.5),
        ("owed", "five"),
        ("number", True),
        ("urgent", "maybe"),
        ("ended", "2026-13-01"),
        ("seen", day("01-05")),
        ("ground", "rich"),
        ("days", -1),
        ("seen_all", "x"),
        ("name", "a\0b"),
    ],
)
def test_a_mistyped_fact_is_refused_by_name(name: str, value: Any) -> None:
    one = play(workflow(facts=FACTS, transitions=[act("pay", from_="any", may_take=NAMES)]))
    (reason,) = one.refused("pay", "01-06", **{name: value}).reasons
    assert (reason.kind, reason.subject) == (ReasonKind.FACT, name)
    assert "is not" in reason.text("en")


def test_all_mistyped_facts_are_told_at_once() -> None:
    one = play(workflow(facts=FACTS, transitions=[act("pay", from_="any", may_take=NAMES)]))
    refusal = one.refused("pay", "01-06", owed="x", days=-1)
    assert [reason.subject for reason in refusal.reasons] == ["owed", "days"]


# raising


def raising() -> Any:
    kind = workflow(
        "court/asset",
        facts=[fact("worth", "money"), track_fact("pledge", "asset")],
        transitions=[
            act(
                "seize",
                "enforcing",
                from_="filed",
                may_take="worth",
                raises=["case.note_sale", "asset.note"],
                then="tell",
            ),
            act("release", "closed", from_=["filed", "enforcing"]),
            act("point", from_="any", takes="pledge"),
        ],
    )
    noting = act("note_sale", from_="any", may_take="worth", then="publish")
    work = court_of(
        kind,
        facts=[fact("worth", "money")],
        transitions=[
            noting,
            act("free_all", from_="filed", raises="asset.release"),
            act("finish", "closed", from_="filed", raises=["asset.release", "note_sale"], awaits="asset"),
            act("strict", from_="filed", raises="needy"),
            act("needy", from_="filed", takes="worth", by="judge", when="worth > 5"),
        ],
        roles=[role("judge")],
    )
    return play(work)


def test_an_act_records_what_it_raises_in_one_step() -> None:
    one = raising().do("file", "01-06", "asset/A1").do("seize", "01-07", "asset/A1", worth="9", by="王", role="judge")
    seize, noted = one.case.journal[-2:]
    assert (noted.event, noted.track, noted.at, noted.by, noted.role) == ("note_sale", "", day("01-07"), "王", "")
    assert dict(noted.facts) == {"worth": Decimal(9)} == dict(seize.facts)
    assert noted.link is not None
    assert (noted.link.kind, noted.link.entry) == (LinkKind.RAISED_BY, 2)
    assert [(effect.name, effect.position, effect.entry.event) for effect in one.last.effects] == [
        ("tell", 2, "seize"),
        ("publish", 3, "note_sale"),
    ]


def test_an_act_of_the_case_reaches_every_track_that_is_not_closed() -> None:
    one = raising()
    assert [entry.track for entry in one.do("free_all", "01-05").last.entries] == [""]
    for number in "123":
        one.do("file", "01-06", f"asset/A{number}")
    one.do("release", "01-07", "asset/A2").do("free_all", "01-08")
    assert [entry.track for entry in one.last.entries] == ["", "asset/A1", "asset/A3"]


def test_an_act_on_a_track_reaches_the_tracks_that_it_points_to_or_that_point_to_it() -> None:
    one = raising()
    for number in "1234":
        one.do("file", "01-06", f"asset/A{number}")
    one.do("point", "01-07", "asset/A1", pledge="asset/A2").do("point", "01-07", "asset/A3", pledge="asset/A1")
    one.do("seize", "01-08", "asset/A1")
    assert [entry.track for entry in one.last.entries] == ["asset/A1", "", "asset/A2", "asset/A3"]


def test_all_or_nothing_is_recorded() -> None:
    one = raising()
    refusal = one.refused("strict", "01-06")
    assert [(reason.kind, reason.subject, reason.track) for reason in refusal.reasons] == [
        ("fact", "worth", "case"),
        ("unknown", "worth > 5", "case"),
    ]
    assert (refusal.event, refusal.state) == ("strict", "filed")
    assert len(one.case.journal) == 1


# effects


def test_effects_are_data_in_the_order_of_the_workflow() -> None:
    one = play(court()).do("assign", "01-06").do("serve", "01-07")
    assert one.last is not None
    assert [effect.name for effect in one.last.effects] == ["issue_notice", "tell_applicant"]
    assert all(effect.entry is one.case.journal[2] for effect in one.last.effects)


# history


def test_history_takes_what_happened_lawful_or_not_and_asks_nobody() -> None:
    host = Host()
    work = workflow(
        rules=[rule("exhausted")],
        roles=[role("judge")],
        facts=FACTS,
        transitions=[act("finish", "closed", from_="filed", by="judge", takes="owed", when="exhausted", after="go_on")],
    )
    one = play(work, host=host)
    one.refused("finish", "01-06", role="clerk")
    asked = len(host.asked)
    one.do("finish", "01-06", role="clerk", history=True)
    assert (one.state(), len(host.asked)) == ("closed", asked)
    (irregular,) = one.engine.irregularities(one.case)
    assert [str(reason.kind) for reason in irregular.reasons] == ["role", "fact", "prerequisite", "unknown"]
    one.refused("finish", "01-07", role="clerk", history=True)


# time applies itself


def test_recording_writes_down_what_followed_before_it() -> None:
    one = play(court_of(asset(term="10 days"))).do("freeze", "01-06", "asset/A1")
    one.do("note", "02-01", recorded_at="02-03")
    assert [(entry.event, entry.at, entry.derived) for entry in one.case.journal[3:]] == [
        ("lapse", day("01-17"), True),
        ("note_lapse", day("01-17"), True),
        ("note", day("02-01"), False),
    ]
    assert {entry.recorded_at for entry in one.case.journal[3:]} == {day("02-03")}
    assert one.last is not None
    assert [effect.name for effect in one.last.effects] == ["warn_of_lapse"]


def test_the_old_case_goes_on_as_it_was() -> None:
    one = play(court())
    before, snapshot = one.case, copy.deepcopy(one.case)
    later = one.do("assign", "01-06").case
    other = one.engine.record(before, "pay", at=day("01-06"), facts={"paid": 1}).case
    assert before == snapshot
    assert [entry.event for entry in later.journal] == ["file", "assign"]
    assert [entry.event for entry in other.journal] == ["file", "pay"]


# opening


def test_an_opening_is_recorded_once() -> None:
    one = play()
    assert one.refused("file", "01-06").reasons[0].kind == "state"
    with pytest.raises(Refused):
        engine_of().record(engine_of().open("n"), "note", at=day("01-06"))


def test_the_last_days_that_can_be_recorded() -> None:
    one = play(
        workflow(
            states=[state("filed"), state("enforcing"), closed("closed")],
            time_limits=[limit("x", "1 day", since="file", met_by="note")],
        )
    )
    last = date(2199, 12, 31)
    assert one.do("note", last).case.journal[-1].at == last
    assert one.engine.deadlines(one.case, today=last)[0].status == "met_late"
    assert last - one.case.journal[0].day > timedelta(days=60_000)
