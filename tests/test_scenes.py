"""What guards see of a case: their own track, the case, other tracks, at the moment of the act."""

from __future__ import annotations

from typing import Any

import pytest

from courts import (
    PLAIN,
    Host,
    Play,
    act,
    court_of,
    day,
    fact,
    limit,
    parameter,
    play,
    role,
    rule,
    titled,
    track_fact,
    workflow,
)
from enforceflow.deadlines.deadline import read, reader_of
from enforceflow.definitions import Derived
from enforceflow.definitions.periods import Dated
from enforceflow.programs.program import compile_programs


def asked(guard: str, **rest: Any) -> Play:
    """Play a case with an asset of two kinds whose act `try_it` has a guard."""
    trying = act("try_it", from_="any", when=guard, may_take="worth")
    pieces: dict[str, Any] = {
        "facts": [fact("worth", "money"), track_fact("twin", "asset")],
        "derived": [Derived("half", title=titled("half"), value="worth - 5")],
        "parameters": [parameter("floor", Dated(((day("01-01"), 10), (day("02-01"), 20))))],
        "time_limits": [limit("reply", "10 days", since="file", met_by="note")],
        "transitions": [trying, act("pay", from_="any", takes="worth"), act("pair", from_="any", takes="twin")],
    }
    kinds = [workflow(f"court/asset/{kind}", **pieces) for kind in ("land", "car")]
    work = court_of(
        *kinds,
        facts=[fact("owed", "money")],
        roles=[role("judge")],
        transitions=[
            act("try_it", from_="any", when=rest.get("on_case", "state == 'filed'")),
            act("owe", from_="any", takes="owed"),
        ],
        time_limits=[limit("conclusion", "1 month", since="file", met_by="close")],
    )
    one = play(work)
    return one.do("file", "01-06", "asset/L1", kind="land", by="王").do("file", "01-06", "asset/C1", kind="car")


def holds(one: Play, at: str = "01-10", track: str = "asset/L1", **facts: Any) -> bool | None:
    """Return whether the guard held; None if it could not be decided."""
    option = next(
        each
        for each in one.engine.options(one.case, at=day(at), facts=facts)
        if (each.track, each.event) == (track, "try_it")
    )
    return None if any(reason.kind == "unknown" for reason in option.reasons) else not option.reasons


@pytest.mark.parametrize(
    ("guard", "held"),
    [
        ("state == 'filed'", True),
        ("kind == 'land'", True),
        ("kind == 'car'", False),
        ("done(file) and not done(pay)", True),
        ("on(file) == 2026-01-06", True),
        ("on(pay) == 2026-01-06", None),
        ("by(file) == '王'", True),
        ("by(pay) == '王'", None),
        ("at == 2026-01-10", True),
        ("floor == 10", True),
        ("worth > 0", None),
        ("half > 0", None),
        ("status(reply) == 'running'", True),
        ("case.status(conclusion) == 'running'", True),
        ("case.state == 'filed' and case.done(file)", True),
        ("case.owed > 0", None),
        ("twin.state == 'filed'", None),
        ("count(asset) == 2", True),
        ("any(asset where asset.kind == 'car' and asset.state == 'filed')", True),
        ("all(asset where asset.kind == 'car')", False),
        ("count(order) == 0", True),
    ],
)
def test_a_guard_reads_its_own_track_the_case_and_others(guard: str, held: bool | None) -> None:  # noqa: FBT001
    assert holds(asked(guard)) is held


def test_the_facts_of_the_act_lie_over_those_of_the_track() -> None:
    one = asked("worth > 5 and half > 0").do("pay", "01-07", "asset/L1", worth=4)
    assert holds(one) is False
    assert holds(one, worth=6) is True


def test_the_facts_of_the_act_stay_with_its_track() -> None:
    one = asked("any(asset where worth == 7)")
    one.do("pay", "01-07", "asset/C1", worth=6)
    assert holds(one, worth=7) is True
    assert holds(asked("case.owed == 5").do("owe", "01-07", owed=5), worth=7) is True


def test_a_parameter_is_that_of_the_day() -> None:
    assert holds(asked("floor == 20"), at="02-01") is True
    assert holds(asked("floor == 20"), at="01-31") is False


def test_a_track_fact_is_followed_or_unknown_where_it_leads_nowhere() -> None:
    one = asked("twin.kind == 'car'").do("pair", "01-07", "asset/L1", twin="asset/C1")
    assert holds(one) is True
    one.do("pair", "01-08", "asset/L1", twin="asset/X9")
    assert holds(one) is None


def test_a_case_reads_its_tracks() -> None:
    one = asked("state == 'filed'", on_case="sum(asset.worth where kind == 'land') > 5")
    assert holds(one.do("pay", "01-07", "asset/L1", worth=6), track="") is True


def test_the_status_of_a_limit_is_that_of_the_day() -> None:
    one = asked("status(reply) == 'missed'")
    assert (holds(one, at="01-16"), holds(one, at="01-17")) == (False, True)
    assert holds(asked("status(reply) == 'missed'").do("note", "01-08", "asset/L1"), at="01-17") is False


def test_a_limit_that_rests_on_a_rule_stays_undecided_and_asks_nobody() -> None:
    asking = limit("answer", "10 days", since="file", met_by="note", when="exhausted")
    programs = compile_programs(workflow(rules=[rule("exhausted")], time_limits=[asking]))
    case = play(workflow(), host=Host()).case
    assert list(read(reader_of(programs, PLAIN, case.reading, day("01-06")))) == []
