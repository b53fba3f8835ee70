from __future__ import annotations

from typing import Any

import pytest

from courts import Play, act, asset, court, court_of, day, fact, limit, node, play, titled, workflow
from enforceflow.deadlines.nodes import NodeReading, NodeStatus


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


def test_statuses_have_words() -> None:
    assert [each.text("zh") for each in NodeStatus] == ["未开始", "进行中", "即将届满", "超期", "已完成", "超期完成"]
    assert NodeStatus.DONE_LATE.text("en") == "done late"
    assert fact("x", "money").name == "x"
