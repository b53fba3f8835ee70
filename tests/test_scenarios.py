"""The composed stories of examples/scenarios play, and with the published cases they try every limit and guard."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenario_meter as meter

SCENARIOS = [path for path in meter.STORIES if "scenarios" in path.relative_to(meter.ROOT).parts]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_plays_as_it_says(path: Path) -> None:
    assert meter.played(path).text("en") == ""


def test_every_limit_and_every_guard_has_its_stories() -> None:
    assert meter.gaps() == []


def test_what_no_story_can_show_is_still_asked_and_still_not_shown() -> None:
    known = meter.demands()
    assert [said for said in meter.NOT_SHOWN if said not in known or known[said].shown_by] == []
