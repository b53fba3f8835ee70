"""The functions of law, fetched when the first guard calls one: importing the library stays light."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enforceflow.amounts.functions import Function


def functions() -> Mapping[str, Function]:
    """Return the functions that guards may call, by name."""
    from enforceflow.amounts.functions import FUNCTIONS  # noqa: PLC0415  see above

    return FUNCTIONS
