"""Words with a fixed meaning in workflow files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from enforceflow.texts import Title

ANY: Final = "any"
PREVIOUS: Final = "previous"
CASE: Final = "case"
CARRIED_OVER: Final = "carried_over"
CARRY_OVER: Final = "carry_over"

STAGES: Final[Mapping[str, Title]] = {
    "filing": Title("立案", "Filing"),
    "investigation": Title("财产调查", "Investigation"),
    "control": Title("财产控制", "Control"),
    "valuation": Title("确定参考价", "Valuation"),
    "auction": Title("财产变价", "Auction"),
    "payout": Title("案款发放", "Payout"),
    "closure": Title("结案", "Closure"),
    "restoration": Title("恢复执行", "Restoration"),
}
