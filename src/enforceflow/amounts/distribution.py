"""Distribution of a sum of money: costs first, then claims by rank, by place and in proportion, to the cent."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from enforceflow.amounts.money import CENT, EXACT, money, with_cents
from enforceflow.errors import InvalidValue
from enforceflow.texts import Bilingual, Lang, Phrase, Title


@attrs.frozen
class Rank:
    """A rank of claims: each is paid in full before the next."""

    title: Title
    source: str


SECURED: Final = Rank(Title("优先受偿债权", "Secured claims"), "执行规定(2020)第55条第2款")
ORDINARY: Final = Rank(
    Title("普通债权", "Ordinary claims"), "执行规定(2020)第55条第1款、第3款；民诉法解释(2022)第508条、第514条"
)
MEDICAL: Final = Rank(Title("医疗费用", "Medical expenses"), "法释〔2014〕13号第13条第1款第1项")
PREFERRED: Final = Rank(Title("优先受偿债权", "Secured claims"), "法释〔2014〕13号第13条第2款")
RESTITUTION: Final = Rank(Title("退赔被害人损失", "Restitution to victims"), "法释〔2014〕13号第13条第1款第2项")
OTHER_DEBTS: Final = Rank(Title("其他民事债务", "Other civil debts"), "法释〔2014〕13号第13条第1款第3项")
FINE: Final = Rank(Title("罚金", "Fine"), "法释〔2014〕13号第13条第1款第4项")
CONFISCATION: Final = Rank(Title("没收财产", "Confiscation"), "法释〔2014〕13号第13条第1款第5项")

CIVIL: Final = (SECURED, ORDINARY)
"""The order among civil claims."""

CRIMINAL: Final = (MEDICAL, PREFERRED, RESTITUTION, OTHER_DEBTS, FINE, CONFISCATION)
"""The order where the debtor bears criminal and civil liability."""

COSTS_SOURCE: Final = "民诉法解释(2022)第508条、第514条"
BOUNTY_SOURCE: Final = "财产调查规定(2020)第24条"
INTEREST_SOURCE: Final = "法释〔2014〕8号第4条"


class InterestOrder(enum.Enum):
    """When doubled interest is paid; the rule says after the money debt, and not after whose."""

    AFTER_DEBTS = "after_debts"
    """After the debts of all claims of the same rank and place."""
    INSIDE_CLAIM = "inside_claim"
    """Each claim shares with debt and interest together; its share goes to its debt first."""


@attrs.frozen
class Claim:
    """A creditor's claim in yuan: the money debt with its general interest, and the doubled interest.

    Within a rank claims are paid by `place`, the lowest first: a security by its establishment, an ordinary claim by
    its seizure where that decides. Claims of one place share in proportion. `bounty` is what the creditor promised for
    clues: it is paid from the creditor's share.
    """

    name: str
    debt: Decimal = attrs.field(converter=money)
    interest: Decimal = attrs.field(default=Decimal(0), converter=money)
    rank: Rank = ORDINARY
    place: int = 0
    bounty: Decimal = attrs.field(default=Decimal(0), converter=money)


@attrs.frozen
class Share:
    """What a claim gets, in yuan: towards its debt, towards its doubled interest, and the bounty to be paid from it."""

    claim: Claim
    debt: Decimal
    interest: Decimal
    bounty: Decimal

    @property
    def total(self) -> Decimal:
        """What is paid on the claim."""
        return EXACT.add(self.debt, self.interest)

    @property
    def creditor(self) -> Decimal:
        """What the creditor receives, the bounty taken off."""
        return EXACT.subtract(self.total, self.bounty)


@attrs.frozen
class Distribution:
    """A sum distributed, in yuan: costs, shares in the order of the claims given, and what is left over."""

    costs: Decimal
    shares: tuple[Share, ...]
    left: Decimal

    def text(self, lang: Lang) -> str:
        """Return who gets what, a line each."""
        said = [COSTS(amount=self.costs, source=COSTS_SOURCE)]
        for share in self.shares:
            rank, name = share.claim.rank, share.claim.name
            said.append(SHARE(name=name, rank=rank.title, debt=share.debt, interest=share.interest, source=rank.source))
            if share.bounty:
                said.append(BOUNTY(name=name, amount=share.bounty, source=BOUNTY_SOURCE))
        return "\n".join(line.text(lang) for line in (*said, LEFT(amount=self.left)))


COSTS: Final = Phrase(zh="执行费用：{amount}元（{source}）", en="costs: {amount} yuan ({source})")
SHARE: Final = Phrase(
    zh="{name}（{rank}）：债务{debt}元，加倍部分利息{interest}元（{source}）",
    en="{name} ({rank}): debt {debt} yuan, doubled interest {interest} yuan ({source})",
)
BOUNTY: Final = Phrase(
    zh="{name}应得款中支付悬赏金{amount}元（{source}）", en="{name} pays a bounty of {amount} yuan ({source})"
)
LEFT: Final = Phrase(zh="余款：{amount}元", en="left over: {amount} yuan")

CLAIM: Final = Title("债权额", "the claim")
CLAIMS: Final = Title("债权总额", "all claims together")
SUM: Final = Title("可分配款", "the sum to distribute")
COST: Final = Title("执行费用", "the costs")
MORE_THAN_ALL: Final = Phrase(
    zh="债权额{claim}大于债权总额{claims}", en="the claim of {claim} is more than all claims together, {claims}"
)
PARTS_OF_A_CENT: Final = Phrase(zh="{what}应精确到分：{value}", en="{what} has parts of a cent: {value}")
NO_SUCH_RANK: Final = Phrase(zh="{name}的顺位“{rank}”不在清偿顺序之内", en="{name}: {rank} has no place in the order")


def pro_rata(claim: Decimal | int, claims: Decimal | int, available: Decimal | int) -> Decimal:
    """Return the share in yuan of one claim when `available` is divided in proportion among `claims` in all.

    It is cut off to the cent, so that all shares together never exceed the sum; nobody gets more than his claim.
    Raises `InvalidValue` if the claim is more than all claims. `distribute` divides the last cents too.
    """
    one, all_claims, whole = money(claim, CLAIM), money(claims, CLAIMS), money(available, SUM)
    if one > all_claims:
        raise InvalidValue(MORE_THAN_ALL(claim=one, claims=all_claims))
    if whole >= all_claims:
        return with_cents(one)
    return _yuan(Fraction(one) * Fraction(whole) * 100 // Fraction(all_claims))


def distribute(
    available: Decimal | int,
    claims: Iterable[Claim],
    *,
    costs: Decimal | int = 0,
    order: Sequence[Rank] = CIVIL,
    interest: InterestOrder = InterestOrder.AFTER_DEBTS,
) -> Distribution:
    """Return how `available` yuan are distributed: `costs` first, then the claims by the `order` of their ranks.

    All amounts are whole cents, and what comes out adds up to `available` to the cent. In a proportion, cents that are
    left go to those who lost most of one by cutting off, among equals to the one given first. So nobody gets more than
    the claim, everybody is less than a cent away from the exact share, and of two claims of one place the larger never
    gets less; with more to distribute nobody loses more than a cent.

    Raises `InvalidValue` for negative amounts, parts of a cent, and ranks outside `order`.
    """
    given = list(claims)
    for claim in given:
        if claim.rank not in order:
            raise InvalidValue(
                NO_SUCH_RANK(name=claim.name, rank=claim.rank.title if isinstance(claim.rank, Rank) else claim.rank)
            )
    total = _cents(available, SUM)
    expense = min(_cents(costs, COST), total)
    left = total - expense
    owed = [(_cents(claim.debt, CLAIM), _cents(claim.interest, CLAIM)) for claim in given]
    paid = [(0, 0)] * len(given)
    for rank in order:
        for place in sorted({claim.place for claim in given if claim.rank == rank}):
            group = [at for at, claim in enumerate(given) if claim.rank == rank and claim.place == place]
            for at, parts in zip(group, _shared(left, [owed[at] for at in group], interest), strict=True):
                paid[at] = parts
            left -= sum(sum(paid[at]) for at in group)
    shares = [
        Share(claim, _yuan(debt), _yuan(late), _yuan(min(_cents(claim.bounty, CLAIM), debt + late)))
        for claim, (debt, late) in zip(given, paid, strict=True)
    ]
    return Distribution(_yuan(expense), tuple(shares), _yuan(left))


def _shared(available: int, owed: Sequence[tuple[int, int]], interest: InterestOrder) -> list[tuple[int, int]]:
    """Return what claims of one place get in cents: (debt, interest) each."""
    if interest is InterestOrder.INSIDE_CLAIM:
        together = _in_proportion(available, [sum(each) for each in owed])
        return [(min(share, debt), max(share - debt, 0)) for share, (debt, _) in zip(together, owed, strict=True)]
    debts = _in_proportion(available, [debt for debt, _ in owed])
    late = _in_proportion(available - sum(debts), [late for _, late in owed])
    return list(zip(debts, late, strict=True))


def _in_proportion(available: int, claims: Sequence[int]) -> list[int]:
    """Return the shares of claims in cents by largest remainder; each claim in full if there is enough."""
    total = sum(claims)
    if available >= total:
        return list(claims)
    shares = [claim * available // total for claim in claims]
    by_loss = sorted(range(len(claims)), key=lambda at: -(claims[at] * available % total))
    for at in by_loss[: available - sum(shares)]:
        shares[at] += 1
    return shares


def _cents(value: Decimal | int, what: Bilingual) -> int:
    amount = money(value, what)
    cents = EXACT.multiply(amount, Decimal(100))
    if cents != int(cents):
        raise InvalidValue(PARTS_OF_A_CENT(what=what, value=amount))
    return int(cents)


def _yuan(cents: int) -> Decimal:
    return EXACT.multiply(Decimal(cents), CENT)
