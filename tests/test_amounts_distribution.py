"""Distribution: sums conserved to the cent, ranks respected, nobody overpaid."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforceflow.amounts import (
    CIVIL,
    CRIMINAL,
    FINE,
    MEDICAL,
    ORDINARY,
    OTHER_DEBTS,
    PREFERRED,
    RESTITUTION,
    SECURED,
    Claim,
    InterestOrder,
    Share,
    distribute,
    pro_rata,
)
from enforceflow.errors import InvalidValue

CENT = Decimal("0.01")
MONEY = st.one_of(
    st.decimals(0, 10, places=2),
    st.decimals(0, 10**6, places=2),
    st.integers(0, 10**20).map(lambda n: Decimal(n) / 100),
)
ORDERS = st.sampled_from(InterestOrder)


def claims_of(*ranks: object) -> st.SearchStrategy[list[Claim]]:
    one = st.builds(
        Claim,
        st.sampled_from("甲乙丙丁"),
        MONEY,
        MONEY,
        rank=st.sampled_from(ranks),
        place=st.integers(0, 2),
        bounty=MONEY,
    )
    return st.lists(one, max_size=6)


CLAIMS = claims_of(*CIVIL)
ORDINARY_CLAIMS = st.lists(st.builds(Claim, st.just("甲"), MONEY), min_size=1, max_size=6)


def owed(claim: Claim) -> Decimal:
    return claim.debt + claim.interest


@given(MONEY, CLAIMS, MONEY, ORDERS)
def test_every_cent_is_accounted_for(
    available: Decimal, claims: list[Claim], costs: Decimal, order: InterestOrder
) -> None:
    found = distribute(available, claims, costs=costs, interest=order)
    assert found.costs + sum(share.total for share in found.shares) + found.left == available
    assert [share.claim for share in found.shares] == claims
    assert found.costs == min(costs, available)
    for share in found.shares:
        assert 0 <= share.debt <= share.claim.debt
        assert 0 <= share.interest <= share.claim.interest
        assert share.bounty == min(share.claim.bounty, share.total)
        assert share.creditor + share.bounty == share.total
    if found.left:
        assert all(share.total == owed(share.claim) for share in found.shares)


@given(MONEY, claims_of(*CRIMINAL), ORDERS)
def test_no_rank_is_paid_before_the_one_above(available: Decimal, claims: list[Claim], order: InterestOrder) -> None:
    def height(share: Share) -> tuple[int, int]:
        return CRIMINAL.index(share.claim.rank), share.claim.place

    shares = sorted(distribute(available, claims, order=CRIMINAL, interest=order).shares, key=height)
    for share in shares:
        if share.total:
            assert all(higher.total == owed(higher.claim) for higher in shares if height(higher) < height(share))


@given(MONEY, CLAIMS)
def test_doubled_interest_waits_for_the_debts_of_its_place(available: Decimal, claims: list[Claim]) -> None:
    shares = distribute(available, claims).shares
    for share in shares:
        if share.interest:
            beside = [
                each for each in shares if (each.claim.rank, each.claim.place) == (share.claim.rank, share.claim.place)
            ]
            assert all(each.debt == each.claim.debt for each in beside)


@given(MONEY, CLAIMS)
def test_inside_a_claim_the_debt_comes_first(available: Decimal, claims: list[Claim]) -> None:
    for share in distribute(available, claims, interest=InterestOrder.INSIDE_CLAIM).shares:
        assert not share.interest or share.debt == share.claim.debt


@given(MONEY, ORDINARY_CLAIMS)
def test_a_proportion_is_fair_to_the_cent(available: Decimal, claims: list[Claim]) -> None:
    total = sum(Fraction(claim.debt) for claim in claims)
    shares = distribute(available, claims).shares
    for share in shares:
        exact = Fraction(share.claim.debt) * min(Fraction(available) / total, Fraction(1)) if total else Fraction(0)
        assert abs(Fraction(share.debt) - exact) < Fraction(1, 100)
        assert pro_rata(share.claim.debt, sum((claim.debt for claim in claims), Decimal(0)), available) in (
            share.debt,
            share.debt - CENT,
        )
        assert all(share.debt >= other.debt for other in shares if share.claim.debt > other.claim.debt)


@given(MONEY, MONEY, CLAIMS, ORDERS)
def test_more_to_distribute_costs_nobody_more_than_a_cent(
    available: Decimal, more: Decimal, claims: list[Claim], order: InterestOrder
) -> None:
    less = distribute(available, claims, interest=order).shares
    for one, other in zip(less, distribute(available + more, claims, interest=order).shares, strict=True):
        assert other.total >= one.total - CENT


@given(MONEY, ORDINARY_CLAIMS, st.randoms())
def test_who_stands_first_gets_at_most_a_cent_for_it(
    available: Decimal, claims: list[Claim], dice: random.Random
) -> None:
    named = [attrs.evolve(claim, name=str(number)) for number, claim in enumerate(claims)]
    mixed = dice.sample(named, len(named))
    before = {share.claim.name: share.debt for share in distribute(available, named).shares}
    for share in distribute(available, mixed).shares:
        assert abs(share.debt - before[share.claim.name]) <= CENT


# --- examples -------------------------------------------------------------------------------------------------------


def paid(shares: tuple[Share, ...]) -> dict[str, tuple[str, str]]:
    return {share.claim.name: (str(share.debt), str(share.interest)) for share in shares}


def test_a_sum_for_a_bank_and_two_creditors() -> None:
    claims = [
        Claim("甲", Decimal(60_000), rank=SECURED),
        Claim("乙", Decimal(50_000), Decimal(1_000)),
        Claim("丙", Decimal(70_000), Decimal(2_000), bounty=Decimal(500)),
    ]
    found = distribute(100_000, claims, costs=Decimal(1_400))
    assert paid(found.shares) == {"甲": ("60000.00", "0.00"), "乙": ("16083.33", "0.00"), "丙": ("22516.67", "0.00")}
    assert found.shares[2].creditor == Decimal("22016.67")
    assert found.text("en") == (
        "costs: 1400.00 yuan (民诉法解释(2022)第508条、第514条)\n"
        "甲 (Secured claims): debt 60000.00 yuan, doubled interest 0.00 yuan (执行规定(2020)第55条第2款)\n"
        "乙 (Ordinary claims): debt 16083.33 yuan, doubled interest 0.00 yuan "
        "(执行规定(2020)第55条第1款、第3款；民诉法解释(2022)第508条、第514条)\n"
        "丙 (Ordinary claims): debt 22516.67 yuan, doubled interest 0.00 yuan "
        "(执行规定(2020)第55条第1款、第3款；民诉法解释(2022)第508条、第514条)\n"
        "丙 pays a bounty of 500.00 yuan (财产调查规定(2020)第24条)\n"
        "left over: 0.00 yuan"
    )
    assert (
        found.text("zh").splitlines()[1]
        == "甲（优先受偿债权）：债务60000.00元，加倍部分利息0.00元（执行规定(2020)第55条第2款）"
    )


def test_the_first_to_seize_is_paid_first() -> None:
    claims = [
        Claim("乙", Decimal(50), place=2),
        Claim("甲", Decimal(50), Decimal(5), place=1),
        Claim("丙", Decimal(9), place=3),
    ]
    assert paid(distribute(60, claims).shares) == {
        "乙": ("5.00", "0.00"),
        "甲": ("50.00", "5.00"),
        "丙": ("0.00", "0.00"),
    }


def test_doubled_interest_can_be_read_two_ways() -> None:
    claims = [Claim("甲", Decimal(100), Decimal(100)), Claim("乙", Decimal(200))]
    assert paid(distribute(250, claims).shares) == {"甲": ("83.33", "0.00"), "乙": ("166.67", "0.00")}
    inside = distribute(250, claims, interest=InterestOrder.INSIDE_CLAIM)
    assert paid(inside.shares) == {"甲": ("100.00", "25.00"), "乙": ("125.00", "0.00")}
    assert paid(distribute(350, claims).shares) == {"甲": ("100.00", "50.00"), "乙": ("200.00", "0.00")}


def test_victims_come_before_other_debts_and_these_before_the_fine() -> None:
    claims = [
        Claim("罚金", Decimal(100), rank=FINE),
        Claim("他债", Decimal(100), rank=OTHER_DEBTS),
        Claim("退赔", Decimal(100), rank=RESTITUTION),
        Claim("抵押", Decimal(100), rank=PREFERRED),
        Claim("医疗", Decimal(100), rank=MEDICAL),
    ]
    shares = distribute(350, claims, order=CRIMINAL).shares
    assert [str(share.debt) for share in shares] == ["0.00", "50.00", "100.00", "100.00", "100.00"]


def test_cents_that_are_left_go_to_those_who_lost_most() -> None:
    thirds = distribute(Decimal("1.00"), [Claim(name, Decimal(1)) for name in "甲乙丙"]).shares
    assert [str(share.debt) for share in thirds] == ["0.34", "0.33", "0.33"]
    uneven = distribute(Decimal("0.01"), [Claim("甲", Decimal(1)), Claim("乙", Decimal(2))]).shares
    assert [str(share.debt) for share in uneven] == ["0.00", "0.01"]


def test_without_claims_all_is_left() -> None:
    found = distribute(10, [], costs=3)
    assert not found.shares
    assert found.costs == 3
    assert found.left == 7


def test_what_cannot_be_distributed_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        distribute(Decimal("1.001"), [])
    assert caught.value.text("en") == "the sum to distribute has parts of a cent: 1.001"
    assert caught.value.text("zh") == "可分配款应精确到分：1.001"
    with pytest.raises(InvalidValue, match="甲: Fine has no place in the order"):
        distribute(1, [Claim("甲", Decimal(1), rank=FINE)])
    with pytest.raises(InvalidValue, match="甲: ordinary has no place in the order"):
        distribute(1, [Claim("甲", Decimal(1), rank="ordinary")])  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="the amount cannot be negative: -1"):
        Claim("甲", Decimal(-1))
    with pytest.raises(InvalidValue, match="the claim has parts of a cent"):
        distribute(1, [Claim("甲", Decimal("0.001"))])
    with pytest.raises(InvalidValue, match="the claim of 2 is more than all claims together, 1"):
        pro_rata(2, 1, 1)


@pytest.mark.parametrize(
    ("claim", "claims", "available", "share"),
    [
        (1, 3, 1, "0.33"),
        (2, 3, 1, "0.66"),
        (1, 3, 3, "1"),
        (1, 3, 9, "1"),
        (0, 0, 5, "0"),
        (0, 0, 0, "0"),
        (5, 10, 0, "0"),
    ],
)
def test_one_share(claim: int, claims: int, available: int, share: str) -> None:
    assert pro_rata(claim, claims, available) == Decimal(share)


def test_an_ordinary_claim_is_the_rule() -> None:
    assert Claim("甲", Decimal(1)).rank is ORDINARY
