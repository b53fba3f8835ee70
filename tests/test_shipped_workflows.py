"""The workflows that come with the library, the overlays beside them and the published cases that play on them."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenario_meter as meter
from enforceflow.errors import DefinitionError
from enforceflow.reading import load
from enforceflow.testing import check

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "examples" / "cases").glob("*.yaml"))
CASE_WORKFLOWS = ("cn/civil", "cn/restored", "cn/administrative", "cn/criminal_property", "cn/preservation")
OVERLAYS = ("cn/preservation_from_old_end", "cn/later_rules/civil", "cn/later_rules/preservation", "cn-example/civil")


@pytest.mark.parametrize("name", CASE_WORKFLOWS)
def test_a_shipped_workflow_is_sound(name: str) -> None:
    assert load(name).name == name


@pytest.mark.parametrize("name", OVERLAYS)
def test_an_overlay_is_sound(name: str) -> None:
    assert load(ROOT / "examples" / "overlays" / f"{name}.yaml").name == name


def test_preservation_and_enforcement_have_the_same_kinds_of_asset() -> None:
    assert load("cn/preservation").tracks["asset"] == load("cn/civil").tracks["asset"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_plays_as_published(path: Path) -> None:
    assert meter.played(path).text("en") == ""


def test_an_overlay_of_a_province_cannot_loosen_the_law(tmp_path: Path) -> None:
    path = tmp_path / "cn-example" / "civil.yaml"
    path.parent.mkdir()
    path.write_text(
        "workflow: cn-example/civil\nextends: cn/civil\n"
        "time_limits: {assignment: {lasts: 10 days}, no_early_closure: {lasts: 2 months}}\n",
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError) as caught:
        load(path)
    limits = {problem.path[1] for problem in caught.value.problems}
    assert limits == {"assignment", "no_early_closure"}


@pytest.mark.parametrize("name", CASE_WORKFLOWS)
def test_a_random_walk_keeps_every_invariant(name: str) -> None:
    check(load(name), stories=25, max_acts=10)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASE_WORKFLOWS)
def test_long_random_walks_keep_every_invariant(name: str) -> None:
    check(load(name), stories=150, max_acts=15)
