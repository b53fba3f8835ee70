"""Distribution of a sum of money among claims."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Final

from enforceflow.amounts.money import CENT, EXACT, money
from enforceflow.errors import InvalidValue
from enforceflow.texts import Phrase, Title

CLAIM: Final = Title("债权额", "the claim")
CLAIMS: Final = Title("债权总额", "all claims together")
SUM: Final = Title("可分配款", "the sum to distribute")
MORE_THAN_ALL = Phrase(
    zh="债权额{claim}大于债权总额{claims}", en="the claim of {claim} is more than all claims together, {claims}"
)


def pro_rata(claim: Decimal | int, claims: Decimal | int, available: Decimal | int) -> Decimal:
    """Return the share in yuan of one claim when `available` is divided in proportion among `claims` in all.

    It is cut off to the cent, so that all shares together never exceed the sum; nobody gets more than his claim.
    Raises `InvalidValue` if the claim is more than all claims.
    """
    one, all_claims, whole = money(claim, CLAIM), money(claims, CLAIMS), money(available, SUM)
    if one > all_claims:
        raise InvalidValue(MORE_THAN_ALL(claim=one, claims=all_claims))
    if whole >= all_claims:
        return one
    share = Fraction(one) * Fraction(whole) / Fraction(all_claims)
    cents = share * 100 // 1
    return EXACT.multiply(Decimal(cents), CENT).quantize(CENT, rounding=ROUND_FLOOR)
