"""Edges that a stranger came upon: each told as the law it broke."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest

import enforceflow as ef

T = ef.Title("案", "Case")
CN = ef.calendar("cn")


def limit(name: str, lasts: str | None = None, **rest: Any) -> ef.TimeLimit:
    return ef.TimeLimit(name, title=T, lasts=lasts, source="甲第1条", **rest)


def act(name: str, to: str = "", from_: Any = (), **rest: Any) -> ef.Transition:
    return ef.Transition(name, title=T, to=to, from_=from_, **rest)


ASSET = ef.Workflow(
    "x/asset",
    edition="1",
    title=T,
    states=[
        ef.State("held", title=T),
        ef.State("lapsed", title=T, closed=True),
        ef.State("freed", title=T, closed=True),
    ],
    transitions=[act("seize", "held"), act("lapse", "lapsed", "held"), act("free", "freed", "held")],
    time_limits=[limit("term", "1 year", since="seize", if_missed="lapse")],
)


def workflow(name: str = "x/case", *more: ef.Transition, **rest: Any) -> ef.Workflow:
    transitions = (act("start", "on"), act("renew", "", "on"), *more)
    states = [ef.State("on", title=T), ef.State("done", title=T, closed=True)]
    return ef.Workflow(
        name, edition="1", title=T, tracks={"asset": ASSET}, states=states, transitions=transitions, **rest
    )


def engine(*more: ef.Transition, calendar: ef.Calendar = CN, name: str = "x/case", **rest: Any) -> ef.Engine:
    return ef.Engine(workflow(name, *more, **rest), calendar=calendar)


def test_a_term_that_ran_out_is_not_carried_over_though_nobody_swept() -> None:
    one, other = engine(name="x/first"), engine(name="x/second")
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    case = one.record(case, "seize", track="asset/A", at=date(2026, 1, 6)).case
    for old in (case, one.sweep(case, today=date(2027, 6, 1)).case):
        with pytest.raises(ef.DefinitionError, match="asset/A is closed already"):
            other.open("2", from_=old, carry=["asset/A"], at=date(2027, 6, 1))
    assert other.open("2", from_=case, carry=["asset/A"], at=date(2026, 6, 1)).case.state_of("asset/A") == "held"


def test_many_terms_may_run_out_on_one_day() -> None:
    one = engine()
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    for number in range(1_200):
        case = one.record(case, "seize", track=f"asset/{number}", at=date(2026, 1, 6)).case
    read = one.as_of(case, date(2027, 2, 1))
    assert {read.state_of(track) for track in read.tracks("asset")} == {"lapsed"}


def test_an_act_that_closes_the_case_may_raise_acts_on_its_tracks() -> None:
    one = engine(act("finish", "done", "on", raises="asset.free"))
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    case = one.record(case, "seize", track="asset/A", at=date(2026, 1, 6)).case
    outcome = one.record(case, "finish", at=date(2026, 1, 7))
    assert [entry.event for entry in outcome.entries] == ["finish", "free"]
    with pytest.raises(ef.InvalidValue, match="recorded in one step with act 2"):
        one.strike(outcome.case, 3, reason="误录", recorded_at=date(2026, 1, 8))
    with pytest.raises(ef.Refused, match="a later act would no longer follow"):
        one.strike(case, 0, reason="误录", recorded_at=date(2026, 1, 8))


def test_renewals_from_the_old_end_lose_no_day() -> None:
    term = limit("term", "1 year", since=["start", "renew"], renew_from="old_end", first_day="counted", rolls=False)
    one = engine(time_limits=[term])
    case = one.record(one.open("1"), "start", at=date(2026, 1, 1)).case
    for year in (2026, 2027):
        case = one.record(case, "renew", at=date(year, 12, 1)).case
    runs = one.deadlines(case, today=date(2027, 12, 2), earlier=True)
    assert [run.due for run in runs] == [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)]
    assert "the old end, renewed by" in runs[-1].text("en")


def test_hours_run_on_over_the_end_of_summer_time() -> None:
    york = ef.Calendar("us", T, "America/New_York", frozenset({5, 6}))
    two_hours = limit("two", "2 hours", since="start", hours_from="minute", closes="renew")
    one = engine(calendar=york, time_limits=[two_hours])
    case = one.record(one.open("1"), "start", at=datetime(2026, 11, 1, 4, 20, tzinfo=UTC)).case
    one.record(case, "renew", at=datetime(2026, 11, 1, 5, 40, tzinfo=UTC))
    with pytest.raises(ef.Refused, match="out of time"):
        one.record(case, "renew", at=datetime(2026, 11, 1, 6, 40, tzinfo=UTC))
    with pytest.raises(ef.Refused, match="needs a time of day"):
        one.record(case, "renew", at=date(2026, 11, 1))


def test_lengths_of_the_wrong_sort_never_break_a_reading() -> None:
    facts = [ef.Fact("more", title=T, type="period")]
    extended = limit("term", "6 months", since="start", met_by="finish", extended_by={"extend": "extend.more"})
    one = engine(
        act("extend", "", "on", takes="more"), act("finish", "done", "on"), facts=facts, time_limits=[extended]
    )
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    case = one.record(case, "extend", at=date(2026, 2, 5), facts={"more": "10 hours"}).case
    assert one.deadlines(case, today=date(2026, 3, 1))[0].due == date(2026, 7, 6)


def test_what_is_recorded_before_it_happened_or_corrected_for_no_reason_is_an_error() -> None:
    one = engine()
    with pytest.raises(ef.InvalidValue, match="cannot have been recorded before"):
        one.record(one.open("1"), "start", at=date(2026, 6, 1), recorded_at=date(2026, 1, 6))
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    with pytest.raises(ef.InvalidValue, match="needs a reason"):
        one.correct(case, 0, at=date(2026, 1, 6), reason=" ", recorded_at=date(2026, 1, 7))
    with pytest.raises(ef.InvalidValue, match="are text"):
        one.record(case, "renew", at=date(2026, 1, 6), by=7)  # type: ignore[arg-type]


def test_chinese_blanks_and_lines_are_text() -> None:
    facts = [ef.Fact("note", title=T, type="text")]
    one = engine(act("remark", "", "on", takes="note"), facts=facts)
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    text = "申请人　乙\n第二项"
    assert one.record(case, "remark", at=date(2026, 1, 6), facts={"note": text}).case.fact("note") == text


def test_errors_survive_pickling_and_copying() -> None:
    one = engine()
    errors: list[ef.EnforceflowError] = []
    for event in ("strat", "renew"):
        with pytest.raises(ef.EnforceflowError) as caught:
            one.record(one.open("1"), event, at=date(2026, 1, 5))
        errors.append(caught.value)
    with pytest.raises(ef.EnforceflowError) as caught:
        ef.from_plain({"form": 1}, one)
    errors.append(caught.value)
    for error in errors:
        for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):  # noqa: S301  our own bytes
            assert (type(twin), twin.text("zh")) == (type(error), error.text("zh"))


def test_a_workflow_whose_table_would_be_huge_is_refused() -> None:
    states = [ef.State(f"s{number}", title=T) for number in range(200)]
    acts = [act("start", "s0"), *(act(f"t{number}", f"s{number}", "any") for number in range(200))]
    huge = ef.Workflow("x/huge", edition="1", title=T, states=states, transitions=acts)
    with pytest.raises(ef.DefinitionError, match="split the workflow"):
        ef.Engine(huge, calendar=CN)


def test_saved_values_must_be_of_their_types() -> None:
    facts = [ef.Fact("owed", title=T, type="money")]
    one = engine(act("owe", "", "on", takes="owed"), facts=facts)
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    plain = ef.to_plain(one.record(case, "owe", at=date(2026, 1, 6), facts={"owed": 5}).case)
    plain["entries"][1]["facts"] = {"owed": "5 yuan"}  # type: ignore[index]
    with pytest.raises(ef.SavedFormError, match="not saved as a value of its type"):
        ef.from_plain(plain, one)
    nested: object = []
    for _ in range(900):
        nested = [nested]
    plain["entries"][1]["facts"] = {"owed": nested}  # type: ignore[index]
    with pytest.raises(ef.SavedFormError, match="facts is missing or cannot be read"):
        ef.from_plain(plain, one)


def test_a_limit_that_rests_on_a_rule_of_the_case_is_undecided_and_asks_nobody() -> None:
    asset = ef.Workflow(
        "x/asset",
        edition="1",
        title=T,
        states=[ef.State("held", title=T)],
        transitions=[act("seize", "held")],
        time_limits=[limit("term", "1 year", since="seize", when="case.urgent")],
    )
    one = ef.Engine(
        ef.Workflow(
            "x/case",
            edition="1",
            title=T,
            tracks={"asset": asset},
            rules=[ef.Rule("urgent", title=T)],
            states=[ef.State("on", title=T)],
            transitions=[act("start", "on")],
        ),
        calendar=CN,
        rules=type("Court", (), {"urgent": lambda self, ask: 1 / 0})(),
    )
    case = one.record(one.open("1"), "start", at=date(2026, 1, 5)).case
    case = one.record(case, "seize", track="asset/A", at=date(2026, 1, 6)).case
    assert one.deadlines(case, today=date(2026, 2, 1)) == []
