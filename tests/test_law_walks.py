"""Random walks through cases half-way: whatever is recorded, late, corrected or struck, the laws of `laws.py` hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import attrs
import pytest
from hypothesis import Phase, given, settings

import enforceflow as ef
from enforceflow.casefiles import load_cases, play
from enforceflow.testing import PATIENT, Broken, Law, Story, check, walk
from laws import (
    LAWS,
    a_closed_case_rests,
    a_completed_case_was_paid,
    assets_are_sold_once_and_under_control,
    closing_for_now_met_every_condition,
    conversion_conserves_units,
    money_is_not_paid_twice,
    one_term_runs_per_asset_and_cause,
    plans_add_up,
)

CASES: Final = Path(__file__).parent / "files" / "mid_life.yaml"
CN: Final = ef.calendar("cn")
SELLING: Final = [f"asset.{act}" for act in (
    *("list", "list_again", "relist", "fail", "sell", "default", "pay_price", "sell_directly", "sell_off"),
    *("close_sale", "transfer", "transfer_by_consent", "serve_ruling", "hand_over", "renew", "release", "return_asset"),
    "take_over",
)]  # fmt: skip
CLOSING: Final = (
    *("case.close_for_now", "case.query_assets", "case.interview_creditor", "receipt.pay_directly", "asset.find"),
    *("debtor.lose_sight", "debtor.obstruct", "debtor.lift_restriction", "debtor.discharge", "debtor.check_holdings"),
)


@attrs.frozen
class Start:
    """A case of the file, on the day if one is given, and what a walk from there keeps to."""

    name: str
    among: Sequence[str] = ()
    on: date | None = None

    def __str__(self) -> str:
        return f"{self.name}-{self.on}" if self.on else self.name

    def case(self, file: Path = CASES) -> tuple[ef.Workflow, ef.Case]:
        """Return the case and its workflow."""
        workflow, case = played(file, self.name)
        return workflow, case if self.on is None else case.as_known(self.on)


MONEY: Final = Start("money", ["receipt", "case.complete", "case.terminate"])
DRAFTED: Final = Start("sharing", ["claim", "plan", "receipt"], date(2025, 3, 5))
SHARING: Final = Start("sharing", ["receipt", "plan.carry_out", "claim.withdraw", "claim.object", "claim.sue"])
AUCTION: Final = Start("selling", SELLING, date(2025, 3, 20))
UNSOLD: Final = Start("selling", [*SELLING, "asset.renew", "asset.take_effect", "objection"])
CONVERTING: Final = Start(
    "converting", ["asset.succeed", "asset.finish_conversion", "asset.release_part", "asset.release"]
)
READY: Final = Start("closing", CLOSING, date(2025, 7, 10))
CLOSED: Final = Start("closing")
ANYTHING: Final = [Start(one.name, on=one.on) for one in (MONEY, DRAFTED, SHARING, AUCTION, UNSOLD, CONVERTING, READY)]
STARTS: Final = [MONEY, DRAFTED, SHARING, AUCTION, UNSOLD, CONVERTING, READY, CLOSED]


@cache
def played(file: Path, name: str) -> tuple[ef.Workflow, ef.Case]:
    """Play one case of a file."""
    cases = load_cases(file)
    scenarios = tuple(one for one in cases.scenarios if one.slug == name)
    playback = play(attrs.evolve(cases, scenarios=scenarios))
    assert playback.text("en") == ""
    (case,) = playback.cases
    return case.workflow, case.story.case


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_laws_hold_whatever_is_recorded(start: Start) -> None:
    workflow, case = start.case()
    check(workflow, stories=3, calendar=CN, max_acts=8, start=case, among=start.among, invariants=LAWS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "start", [*STARTS, *ANYTHING], ids=lambda start: f"{start}{'' if start.among else '-anything'}"
)
def test_the_laws_hold_on_long_walks(start: Start) -> None:
    workflow, case = start.case()
    check(workflow, stories=25, calendar=CN, max_acts=15, start=case, among=start.among, invariants=LAWS)


@pytest.mark.slow
def test_the_laws_hold_in_a_restored_case() -> None:
    _, old = CLOSED.case()
    restored = ef.load("cn/restored")
    engine = ef.Engine(restored, calendar=CN, rules=Anyone())
    case = engine.open("（2025）示0000执恢1号", from_=old, carry=["debtor/D1", "asset/A1"], at=date(2025, 8, 4)).case
    case = engine.record(case, "file", at=date(2025, 8, 4), facts={"claim": "money", "owed": "400 yuan"}).case
    check(restored, stories=25, calendar=CN, max_acts=15, start=case, invariants=LAWS)


def test_units_set_free_are_not_taken_for_the_units_of_a_part() -> None:
    workflow, case = CONVERTING.case()
    engine = ef.Engine(workflow, calendar=CN, rules=Anyone())
    case = engine.record(case, "release_part", at=date(2025, 3, 3), track="asset/A2", facts={"excess": 0}).case
    three = {"origin": "asset/A1", "units": 3}
    with pytest.raises(ef.Refused, match="sum"):
        engine.record(case, "succeed", at=date(2025, 3, 4), track="asset/A3", kind="immovable", facts=three)


def test_a_query_tells_of_itself_whether_it_went_everywhere() -> None:
    workflow, case = READY.case()
    engine = ef.Engine(workflow, calendar=CN, rules=Anyone())
    with pytest.raises(ef.Refused, match="must carry"):
        engine.record(case, "query_assets", at=date(2025, 7, 10))
    case = engine.record(case, "query_assets", at=date(2025, 7, 10), facts={"every_channel": False}).case
    with pytest.raises(ef.Refused, match="Every channel"):
        engine.record(case, "close_for_now", at=date(2025, 7, 14), role="panel")


class Anyone:
    """Answers every rule with yes."""

    def __getattr__(self, name: str) -> object:
        return lambda _: True


# --- the walks can fail: without its guard each law is found broken


@attrs.frozen
class Mutant:
    """A workflow that lacks a guard: an overlay on a kind of `track` (or the case), and what a walk tells of it."""

    law: Law
    start: Start
    told: str
    track: str
    kind: str
    base: str
    changes: str

    def __str__(self) -> str:
        return self.law.__name__

    def case(self, path: Path) -> tuple[ef.Workflow, ef.Case]:
        """Write the overlay and play the case in it."""
        own = f"cn/mutant/{self.kind}"
        tracks = (
            ""
            if not self.track
            else f"tracks: {{{self.track}: {f'{{{self.kind}: {own}}}' if self.track == 'asset' else own}}}\n"
        )
        head = "workflow: {name}\nextends: {base}\nedition: 2026-01\nzh: 变体\nen: Mutant\n"
        root = self.changes if not self.track else tracks
        (path / "civil.yaml").write_text(head.format(name="cn/mutant/civil", base="cn/civil") + root, "utf-8")
        if self.track:
            text = head.format(name=own, base=self.base).replace("edition: 2026-01\n", "")
            (path / f"{self.kind}.yaml").write_text(text + self.changes, "utf-8")
        file = path / CASES.name
        file.write_text(CASES.read_text("utf-8").replace("workflow: cn/civil", "workflow: civil.yaml"), "utf-8")
        return self.start.case(file)


def on(start: Start, *among: str) -> Start:
    """Return the start, with a walk that keeps to a few acts."""
    return attrs.evolve(start, among=among)


SPLIT = Mutant(
    money_is_not_paid_twice,
    on(MONEY, "receipt.split_off"),
    "more was split off receipt/",
    *("receipt", "enforcement", "cn/receipt/enforcement"),
    "transitions: {split_off: {when: amount > 0 and part_of.undecided}}",
)
SOLD_TWICE = Mutant(
    assets_are_sold_once_and_under_control,
    on(AUCTION, "asset.sell"),
    "it was sold before",
    *("asset", "movable", "cn/asset/movable"),
    "transitions: {sell: {from: [auctioning, sold], when: price > 0}}",
)
SOLD_LAPSED = Mutant(
    assets_are_sold_once_and_under_control,
    on(AUCTION, "asset.sell"),
    "it was controlled until",
    *("asset", "movable", "cn/asset/movable"),
    "transitions: {sell: {from: [auctioning, lapsed], when: price > 0}}",
)
TWO_TERMS = Mutant(
    one_term_runs_per_asset_and_cause,
    on(UNSOLD, "asset.renew"),
    "2 terms run that end in lapse",
    *("asset", "deposit", "cn/asset/deposit"),
    "time_limits: {renewed: {zh: 续冻, en: Renewed, lasts: 9 days, since: renew, if_missed: lapse, source: X}}",
)
NEW_FREEZE = Mutant(
    a_closed_case_rests,
    on(CLOSED, "asset.freeze"),
    "in a case that is closed_for_now",
    *("asset", "deposit", "cn/asset/deposit"),
    "transitions: {freeze: {outlives: true}}",
)
UNSETTLED = Mutant(
    closing_for_now_met_every_condition,
    on(READY, "asset.find", "case.close_for_now"),
    "without an end of asset/",
    *("", "civil", "cn/civil"),
    "derived: {assets_accounted_for: {value: 'true'}}",
)
UNITS = Mutant(
    conversion_conserves_units,
    on(CONVERTING, "asset.succeed"),
    "asset/A1 was to become 3 units and became",
    *("asset", "immovable", "cn/asset/immovable"),
    "transitions: {succeed: {when: units > 0}}",
)
SHARES = Mutant(
    plans_add_up,
    on(SHARING, "receipt.distribute"),
    "was awarded",
    *("receipt", "enforcement", "cn/receipt/enforcement"),
    "transitions: {distribute: {when: amount > 0 and amount <= part_of.left and claim.plan == part_of.plan}}",
)
UNPAID = Mutant(
    a_completed_case_was_paid,
    on(MONEY, "case.complete", "receipt.pay"),
    "unpaid",
    *("", "civil", "cn/civil"),
    "transitions: {complete: {when: claim == 'money', awaits: []}}",
)
MUTANTS = [SPLIT, SOLD_TWICE, SOLD_LAPSED, TWO_TERMS, NEW_FREEZE, UNSETTLED, UNITS, SHARES, UNPAID]
FAST = (SPLIT, SOLD_TWICE, NEW_FREEZE, UNPAID)


@pytest.mark.parametrize(
    "mutant", [one if one in FAST else pytest.param(one, marks=pytest.mark.slow) for one in MUTANTS], ids=str
)
def test_without_its_guard_a_law_is_found_broken(mutant: Mutant, tmp_path: Path) -> None:
    path = tmp_path / "cn" / "mutant"
    path.mkdir(parents=True)
    workflow, case = mutant.case(path)
    among = mutant.start.among

    @settings(PATIENT, max_examples=300, phases=[Phase.generate], database=None, derandomize=True)
    @given(walk(workflow, calendar=CN, max_acts=6, start=case, among=among, invariants=[mutant.law]))
    def look(story: Story) -> None:
        assert story.told

    with pytest.raises(Broken, match=mutant.told):
        look()
