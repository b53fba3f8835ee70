"""Receipts of money: whatever is split, paid, deferred, corrected or entered late, each yuan stands in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import enforceflow as ef
from enforceflow.testing import PATIENT

START = date(2026, 3, 2)
GONE = frozenset({"paid", "fees", "deposited", "returned", "rewarded"})
OPENING_PARTS = frozenset({"split_off", "distribute", "hold"})


class Court:
    """Answers every rule with no."""

    def __getattr__(self, name: str) -> object:
        return lambda _: False


@pytest.fixture(scope="module")
def engine() -> ef.Engine:
    return ef.Engine(ef.load("cn/civil"), calendar=ef.calendar("cn"), rules=Court())


# --- conservation ----------------------------------------------------------------------------------------------------


Step = tuple[str, int, int, Decimal, bool]
"""What is done, to which receipt, as a part of which, how much, and whether it is entered ten days late."""

EVENTS = (
    *(["split_off", "pay"] * 3),
    *(["calculate", "approve"] * 2),
    *("correct", "merge_back", "close_account", "take_fees", "return_money", "deposit", "withdraw_deposit", "defer"),
    *("resume_payout", "receive", "receive_unidentified", "attribute", "pay_directly", "return_surplus"),
)
CENTS = st.one_of(st.integers(-1, 12_000), st.sampled_from([3_000, 5_000, 10_000]))
MONEY = CENTS.map(lambda cents: Decimal(cents) / 100)
LATE = st.integers(0, 4).map(lambda drawn: drawn == 4)
STEP = st.tuples(st.sampled_from(EVENTS), st.integers(1, 5), st.integers(1, 2), MONEY, LATE)
STEPS = st.lists(STEP, min_size=1, max_size=40)


def facts_of(event: str, whole: str, amount: Decimal) -> Mapping[str, object]:
    """Return the facts that the act carries."""
    every: dict[str, Mapping[str, object]] = {
        "receive": {"amount": amount},
        "receive_unidentified": {"amount": amount},
        "pay_directly": {"amount": amount},
        "split_off": {"part_of": whole, "amount": amount},
        "defer": {"defer_cause": "disputed"},
        "deposit": {"deposit_cause": "missing"},
    }
    return every.get(event, {})


def taken(engine: ef.Engine, case: ef.Case, step: Step, today: date) -> ef.Case:
    """Return the case after the step, or as it was if the step is refused."""
    event, number, whole, amount, late = step
    track = f"receipt/R{number}"
    try:
        if event == "correct":
            position = next(place for place, entry in enumerate(case.journal) if entry.track == track)
            anew = {**case.journal[position].facts, "amount": amount}
            return engine.correct(case, position, reason="clerical error", facts=anew, recorded_at=today).case
        facts = facts_of(event, f"receipt/R{whole}", amount)
        at = today - timedelta(days=10) if late else today
        return engine.record(case, event, at=at, track=track, facts=facts, recorded_at=today).case
    except (ef.Refused, ef.InvalidValue, StopIteration):
        return case


def story(engine: ef.Engine, steps: list[Step]) -> ef.Case:
    """Return a case that has received 200 yuan, after the steps that were not refused, one a day."""
    case = engine.record(engine.open("示0000执1号"), "file", at=START, facts={"owed": "100 yuan"}).case
    for track in ("receipt/R1", "receipt/R2"):
        case = engine.record(case, "receive", at=START, track=track, facts={"amount": "100 yuan"}).case
    for number, step in enumerate(steps):
        case = taken(engine, case, step, START + timedelta(days=number))
    return case


def opened(case: ef.Case) -> Iterator[tuple[str, ef.Entry]]:
    """Yield each receipt with the act that opened it, as now known."""
    for track in case.tracks():
        if track.startswith("receipt/"):
            yield track, next(entry for entry in case.reading if entry.track == track)


def balances(case: ef.Case) -> dict[str, Decimal]:
    """Return what is left of each receipt, counted here and not by the workflow."""
    left: dict[str, Decimal] = {}
    for track, entry in opened(case):
        left[track] = amount_of(entry)
    for track, entry in opened(case):
        if entry.event in OPENING_PARTS and case.state_of(track) != "merged":
            left[str(entry.facts["part_of"])] -= amount_of(entry)
    return left


def amount_of(entry: ef.Entry) -> Decimal:
    """Return the amount that a receipt was opened with."""
    amount = entry.facts["amount"]
    assert isinstance(amount, Decimal)
    return amount


def received(case: ef.Case) -> Decimal:
    """Return all money that came in."""
    return sum((amount_of(entry) for _, entry in opened(case) if entry.event not in OPENING_PARTS), Decimal(0))


@PATIENT
@given(steps=STEPS)
def test_money_is_conserved_whatever_is_recorded(engine: ef.Engine, steps: list[Step]) -> None:
    case = story(engine, steps)
    left = {track: money for track, money in balances(case).items() if case.state_of(track) != "merged"}
    assert sum(left.values(), Decimal(0)) == received(case)
    if not any(one.entry.track for one in engine.irregularities(case)):
        assert all(money >= 0 for money in left.values())
        out = sum((money for track, money in left.items() if case.state_of(track) in GONE), Decimal(0))
        assert out <= received(case)
        assert all(money == 0 for track, money in left.items() if case.state_of(track) == "spread")
