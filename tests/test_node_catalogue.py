"""The catalogue of process nodes that the library ships."""

from __future__ import annotations

from datetime import date

import pytest

import enforceflow as ef
from courts import CN, Host
from enforceflow.deadlines.nodes import NodeStatus
from enforceflow.definitions import Nature, Node, TimeLimit, Workflow

NODES = 37
KEY_NODES = 13
"""Figures that courts report of their system; which nodes these are nobody has published."""

CASES = ("cn/civil", "cn/restored", "cn/administrative", "cn/criminal_property")


def bound_by(case: Workflow, node: Node) -> list[TimeLimit]:
    """Return the limits that bind a node, of every kind of track."""
    return [
        kind.time_limits[ref.name]
        for ref in node.limits
        for kind in (case.tracks[ref.track].values() if ref.track else (case,))
        if ref.name in kind.time_limits
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_one_catalogue(name: str) -> None:
    case = ef.load(name)
    assert (len(case.nodes), sum(node.key for node in case.nodes.values())) == (NODES, KEY_NODES)
    assert not any(kind.nodes for kinds in case.tracks.values() for kind in kinds.values())
    engine = ef.Engine(case, calendar=CN, rules=Host())
    read = engine.nodes(engine.open("（2026）示0000执1号"), today=date(2026, 1, 5))
    assert [one.status for one in read] == [NodeStatus.NOT_BEGUN] * NODES


def test_the_catalogue_says_that_it_is_constructed() -> None:
    catalogue = ef.load("cn/civil").node_catalogue
    assert catalogue is not None
    assert "自拟" in catalogue.zh
    assert "onstructed" in catalogue.en


@pytest.mark.parametrize("name", ["cn/civil", "cn/preservation"])
def test_every_node_says_who_answers_for_what(name: str) -> None:
    for node in ef.load(name).nodes.values():
        assert node.stage, node.name
        assert node.role, node.name
        assert node.quality is not None, node.name
        assert node.hands_over is not None, node.name


@pytest.mark.parametrize("name", ["cn/civil", "cn/preservation"])
def test_a_node_warns_before_each_of_its_limits_ends(name: str) -> None:
    case = ef.load(name)
    for node in case.nodes.values():
        for limit in bound_by(case, node):
            assert node.warns or limit.warns, (node.name, limit.name)


@pytest.mark.parametrize("name", ["cn/civil", "cn/preservation"])
def test_what_binds_a_node_asks_for_an_act(name: str) -> None:
    case = ef.load(name)
    for node in case.nodes.values():
        for limit in bound_by(case, node):
            assert limit.nature in (Nature.ACT, Nature.VALIDITY), (node.name, limit.name)
            assert limit.met_by or limit.if_missed, (node.name, limit.name)
