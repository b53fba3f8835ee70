"""The numbers of law as pure functions on exact decimals: fees, interest, bounds of prices, distribution.

All amounts are in yuan, as `Decimal` or `int`, never as floats; what cannot be computed raises `InvalidValue`. The
package is imported on demand: neither `import enforceflow` nor a guard without a call needs it.
"""

from enforceflow.amounts.auctions import (
    direct_sale_floor,
    least_deposit,
    most_deposit,
    next_price_floor,
    starting_price_floor,
)
from enforceflow.amounts.distribution import (
    CIVIL,
    CONFISCATION,
    CRIMINAL,
    FINE,
    MEDICAL,
    ORDINARY,
    OTHER_DEBTS,
    PREFERRED,
    RESTITUTION,
    SECURED,
    Claim,
    Distribution,
    InterestOrder,
    Rank,
    Share,
    distribute,
    pro_rata,
)
from enforceflow.amounts.fees import EXECUTION_WITHOUT_AMOUNT, execution_fee, preservation_fee
from enforceflow.amounts.interest import FirstDay, Interest, Line, LoanRate, Payment, doubled_interest, late_interest
from enforceflow.amounts.money import to_the_cent, to_the_yuan

__all__ = [
    "CIVIL",
    "CONFISCATION",
    "CRIMINAL",
    "EXECUTION_WITHOUT_AMOUNT",
    "FINE",
    "MEDICAL",
    "ORDINARY",
    "OTHER_DEBTS",
    "PREFERRED",
    "RESTITUTION",
    "SECURED",
    "Claim",
    "Distribution",
    "FirstDay",
    "Interest",
    "InterestOrder",
    "Line",
    "LoanRate",
    "Payment",
    "Rank",
    "Share",
    "direct_sale_floor",
    "distribute",
    "doubled_interest",
    "execution_fee",
    "late_interest",
    "least_deposit",
    "most_deposit",
    "next_price_floor",
    "preservation_fee",
    "pro_rata",
    "starting_price_floor",
    "to_the_cent",
    "to_the_yuan",
]
