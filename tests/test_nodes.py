from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courts import JAN_5, Play, act, asset, court, court_of, day, fact, limit, node, play, titled, workflow
from enforceflow.deadlines.deadline import Status
from enforceflow.deadlines.nodes import NodeReading, NodeStatus
from enforceflow.definitions import Workflow


def node_of(one: Play, name: str, today: str, track: str = "") -> NodeReading:
    read = one.engine.nodes(one.case, today=day(today))
    return next(each for each in read if (each.node.name, each.track) == (name, track))


def assigning(**rest: Any) -> Play:
    return play(
        workflow(
            transitions=[act("assign", from_="filed")],
            time_limits=[limit("assignment", "7 days", since="file", met_by="assign", warns="2 days")],
            nodes=[
                node("assigning", done_by="assign", limits="assignment", key=True, hands_over=titled("file"), **rest)
            ],
        )
    )


@pytest.mark.parametrize(
    ("today", "status"),
    [("01-05", "running"), ("01-09", "running"), ("01-10", "due_soon"), ("01-12", "due_soon"), ("01-13", "overdue")],
)
def test_a_node_stands_as_the_limits_that_bind_it(today: str, status: str) -> None:
    read = node_of(assigning(), "assigning", today)
    assert (str(read.status), read.done, read.done_by) == (status, None, "")
    assert [deadline.name for deadline in read.deadlines] == ["assignment"]
    assert read.node.key


def test_a_node_is_done_in_time_or_late_by_its_act() -> None:
    read = node_of(assigning().do("assign", "01-07"), "assigning", "01-08")
    assert (read.status, read.done, read.done_by) == (NodeStatus.DONE, day("01-07"), "assign")
    late = node_of(assigning().do("assign", "01-13"), "assigning", "01-14")
    assert late.status is NodeStatus.DONE_LATE


def test_a_node_without_limits_is_begun_when_it_is_done() -> None:
    one = play(workflow(nodes=[node("noting", done_by="note")]))
    assert node_of(one, "noting", "01-06").status is NodeStatus.NOT_BEGUN
    assert node_of(one.do("note", "01-07"), "noting", "01-08").status is NodeStatus.DONE


def test_a_node_whose_limit_has_not_begun_is_not_begun() -> None:
    work = workflow(
        time_limits=[limit("x", "7 days", since="go_on", met_by="note")],
        nodes=[node("noting", done_by="note", limits="x")],
    )
    assert node_of(play(work), "noting", "01-06").status is NodeStatus.NOT_BEGUN
    assert node_of(play(work).do("go_on", "01-06"), "noting", "01-06").status is NodeStatus.RUNNING


def test_a_node_done_once_and_begun_again_is_running() -> None:
    work = workflow(
        time_limits=[limit("x", "7 days", since=["file", "go_on"], met_by="note")],
        nodes=[node("noting", done_by="note", limits="x")],
    )
    one = play(work).do("note", "01-06").do("go_on", "01-07")
    read = node_of(one, "noting", "01-08")
    assert (read.status, read.done) == (NodeStatus.RUNNING, day("01-06"))
    assert node_of(one, "noting", "02-08").status is NodeStatus.OVERDUE


def test_the_limits_of_tracks_bind_a_node_of_the_case() -> None:
    kinds = [asset(term="10 days"), workflow("court/asset/land")]
    one = play(court_of(*kinds, nodes=[node("controlling", done_by="asset.freeze", limits="asset.seizure")]))
    assert node_of(one, "controlling", "01-06").status is NodeStatus.NOT_BEGUN
    one.do("freeze", "01-06", "asset/A1", kind="deposit").do("file", "01-06", "asset/B1", kind="land")
    read = node_of(one, "controlling", "01-07")
    assert ([each.name for each in read.deadlines], read.done_by) == (["asset/A1.seizure"], "freeze")
    assert read.status is NodeStatus.DUE_SOON


def test_every_track_has_the_nodes_of_its_kind() -> None:
    kind = workflow("court/asset", nodes=[node("ending", done_by="close")])
    one = (
        play(court_of(kind, nodes=[node("ending", done_by="close")]))
        .do("file", "01-06", "asset/A1")
        .do("close", "01-07", "asset/A1")
    )
    told = [(each.track, str(each.status)) for each in one.engine.nodes(one.case, today=day("01-08"))]
    assert told == [("", "not_begun"), ("asset/A1", "done")]


def test_nodes_before_the_opening_of_a_case() -> None:
    one = Play(play(court()).engine)
    assert {str(each.status) for each in one.engine.nodes(one.case, today=day("01-06"))} == {"not_begun"}


# one node over many tracks

RISING = (
    NodeStatus.NOT_BEGUN,
    NodeStatus.DONE,
    NodeStatus.DONE_LATE,
    NodeStatus.RUNNING,
    NodeStatus.DUE_SOON,
    NodeStatus.OVERDUE,
)
"""From the best to the worst: of several tracks the worst one counts."""


def valued(**rest: Any) -> Workflow:
    """Return a case with assets that are to be valued within ten days, and one node for them all."""
    land = workflow(
        "court/asset",
        transitions=[act("seize", from_="filed"), act("value", from_="any")],
        time_limits=[limit("valuation", "10 days", since="seize", met_by="value", warns="3 days", rolls=False)],
    )
    return workflow(
        tracks={"asset": {"land": land}},
        nodes=[node("valuing", done_by="asset.value", limits="asset.valuation", **rest)],
    )


VALUED = valued()


@attrs.frozen
class Land:
    """What happens to one asset: days after filing on which it is seized and valued, or None."""

    seized: int | None
    valued: int | None

    def acts(self, address: str) -> list[tuple[date, int, str, str]]:
        days = [(0, "file"), (self.seized, "seize"), (self.valued if self.seized is not None else None, "value")]
        return [
            (JAN_5 + timedelta(after), order, event, address)
            for order, (after, event) in enumerate(days)
            if after is not None
        ]


@st.composite
def lands(draw: st.DrawFn) -> Land:
    seized = draw(st.none() | st.integers(0, 20))
    took = draw(st.none() | st.integers(0, 20))
    return Land(seized, None if seized is None or took is None else seized + took)


def with_assets(assets: list[Land]) -> Play:
    one = play(VALUED)
    acts = [each for number, land in enumerate(assets) for each in land.acts(f"asset/A{number}")]
    for at, _, event, address in sorted(acts):
        one.do(event, at, address)
    return one


def status_on(one: Play, today: date) -> NodeStatus:
    [read] = one.engine.nodes(one.case, today=today)
    return read.status


days_later = st.integers(0, 60).map(lambda after: JAN_5 + timedelta(after))


@given(st.lists(lands(), max_size=4), days_later)
def test_a_node_stands_as_the_worst_of_its_tracks(assets: list[Land], today: date) -> None:
    apart = [status_on(with_assets([land]), today) for land in assets]
    assert status_on(with_assets(assets), today) is max(apart, key=RISING.index, default=NodeStatus.NOT_BEGUN)


@given(st.lists(lands(), max_size=4), days_later)
def test_what_presses_most_is_what_the_node_says(assets: list[Land], today: date) -> None:
    one = with_assets(assets)
    [read] = one.engine.nodes(one.case, today=today)
    told = {
        NodeStatus.OVERDUE: Status.MISSED,
        NodeStatus.DUE_SOON: Status.DUE_SOON,
        NodeStatus.RUNNING: Status.RUNNING,
        NodeStatus.DONE: Status.MET,
        NodeStatus.DONE_LATE: Status.MET_LATE,
    }
    worst = read.worst
    assert (worst is None) is (read.status is NodeStatus.NOT_BEGUN) is (not read.deadlines)
    if worst is not None:
        alike = [one.due for one in read.deadlines if one.status is worst.status]
        over = read.status in (NodeStatus.DONE, NodeStatus.DONE_LATE)
        assert worst.status is told[read.status]
        assert worst.due == (max if over else min)(alike)


@given(st.lists(lands(), max_size=3), days_later, st.integers(0, 30))
def test_time_alone_never_betters_a_node(assets: list[Land], today: date, later: int) -> None:
    one = with_assets(assets)
    last = max((entry.day for entry in one.case.reading), default=today)
    today = max(today, last)
    before, after = (RISING.index(status_on(one, at)) for at in (today, today + timedelta(later)))
    assert before <= after


@given(st.lists(lands(), max_size=3), days_later)
def test_an_asset_that_nothing_has_reached_changes_no_node(assets: list[Land], today: date) -> None:
    assert status_on(with_assets([*assets, Land(None, None)]), today) is status_on(with_assets(assets), today)


def test_a_second_asset_makes_a_finished_node_run_again() -> None:
    one = play(VALUED).do("file", "01-05", "asset/A1").do("seize", "01-05", "asset/A1").do("value", "01-12", "asset/A1")
    assert node_of(one, "valuing", "01-13").status is NodeStatus.DONE
    one.do("file", "01-20", "asset/A2").do("seize", "01-20", "asset/A2")
    again = node_of(one, "valuing", "01-21")
    assert (again.status, again.done, again.done_on) == (NodeStatus.RUNNING, day("01-12"), "asset/A1")
    assert again.worst is not None
    assert (again.worst.track, again.worst.due) == ("asset/A2", day("01-30"))
    late = node_of(one.do("value", "02-02", "asset/A2"), "valuing", "02-03")
    assert (late.status, late.done_on) == (NodeStatus.DONE_LATE, "asset/A2")


def test_a_seizure_that_lapsed_leaves_its_node_overdue() -> None:
    one = play(court_of(asset(term="10 days"), nodes=[node("renewing", done_by="asset.renew", limits="asset.seizure")]))
    one.do("freeze", "01-06", "asset/A1", kind="deposit").do("renew", "01-10", "asset/A1")
    assert node_of(one, "renewing", "01-12").status is NodeStatus.DUE_SOON
    lapsed = node_of(one, "renewing", "01-21")
    assert (lapsed.status, lapsed.worst and lapsed.worst.status) == (NodeStatus.OVERDUE, Status.LAPSED)


def test_a_seizure_that_was_released_asks_nothing_more() -> None:
    one = play(court_of(asset(term="10 days"), nodes=[node("renewing", done_by="asset.renew", limits="asset.seizure")]))
    one.do("freeze", "01-06", "asset/A1", kind="deposit").do("release", "01-08", "asset/A1")
    assert node_of(one, "renewing", "01-21").status is NodeStatus.NOT_BEGUN


def reported() -> Workflow:
    """Return a case with debtors whose reports are due in ten days, and one node that only verifying completes."""
    debtor = workflow(
        "court/debtor",
        transitions=[act("report", from_="filed"), act("verify", from_="filed")],
        time_limits=[limit("report", "10 days", since="file", met_by="report", rolls=False)],
    )
    return workflow(
        tracks={"debtor": debtor}, nodes=[node("reporting", done_by="debtor.verify", limits="debtor.report")]
    )


def test_a_step_on_the_way_leaves_a_node_running() -> None:
    one = play(reported()).do("file", "01-05", "debtor/D1").do("report", "01-07", "debtor/D1")
    stepped = node_of(one, "reporting", "02-20")
    assert (stepped.status, stepped.done, stepped.worst and stepped.worst.status) == ("running", None, Status.MET)
    one.do("verify", "02-20", "debtor/D1")
    assert node_of(one, "reporting", "02-20").status is NodeStatus.DONE
    one.do("file", "02-21", "debtor/D2").do("report", "02-22", "debtor/D2")
    assert node_of(one, "reporting", "02-22").status is NodeStatus.RUNNING
    one.do("close", "02-23", "debtor/D2")
    assert node_of(one, "reporting", "02-23").status is NodeStatus.DONE


def test_a_step_on_the_way_asks_nothing_more_once_the_case_is_closed() -> None:
    one = play(reported()).do("file", "01-05", "debtor/D1").do("report", "01-07", "debtor/D1").do("close", "01-09")
    assert node_of(one, "reporting", "01-10").status is NodeStatus.NOT_BEGUN


def test_an_act_of_the_case_completes_what_steps_on_its_tracks_began() -> None:
    work = attrs.evolve(
        reported(), nodes=[node("reporting", done_by=["note", "debtor.verify"], limits="debtor.report")]
    )
    one = play(work).do("file", "01-05", "debtor/D1").do("report", "01-07", "debtor/D1").do("note", "01-08")
    assert node_of(one, "reporting", "01-08").status is NodeStatus.DONE


def test_a_lapse_that_completes_a_node_is_no_miss() -> None:
    done_by = ["asset.release", "asset.lapse"]
    one = play(court_of(asset(term="10 days"), nodes=[node("ending", done_by=done_by, limits="asset.seizure")]))
    one.do("freeze", "01-06", "asset/A1", kind="deposit")
    assert node_of(one, "ending", "01-07").status is NodeStatus.DUE_SOON
    ended = node_of(one, "ending", "01-20")
    assert (ended.status, ended.done, ended.done_by) == (NodeStatus.DONE, day("01-17"), "lapse")


def test_a_node_warns_for_limits_that_do_not() -> None:
    work = workflow(
        transitions=[act("assign", from_="filed")],
        time_limits=[
            limit("silent", "7 days", since="file", met_by="assign"),
            limit("speaking", "7 days", since="file", met_by="assign", warns="1 day"),
        ],
        nodes=[
            node("early", done_by="assign", limits="silent", warns="3 days"),
            node("own", done_by="assign", limits="speaking", warns="3 days"),
            node("never", done_by="assign", limits="silent"),
        ],
    )
    told = {one.node.name: str(one.status) for one in play(work).engine.nodes(play(work).case, today=day("01-10"))}
    assert told == {"early": "due_soon", "own": "running", "never": "running"}
    assert play(work).deadline("silent", "01-10").status is Status.RUNNING


def test_an_act_that_was_struck_completes_nothing() -> None:
    one = play(VALUED).do("file", "01-05", "asset/A1").do("seize", "01-05", "asset/A1").do("value", "01-12", "asset/A1")
    position = len(one.case.reading) - 1
    assert node_of(one.strike(position, recorded_at="01-13T10:00"), "valuing", "01-13").status is NodeStatus.DUE_SOON


def test_statuses_have_words() -> None:
    assert [each.text("zh") for each in NodeStatus] == ["未开始", "进行中", "即将届满", "超期", "已完成", "超期完成"]
    assert NodeStatus.DONE_LATE.text("en") == "done late"
    assert fact("x", "money").name == "x"
