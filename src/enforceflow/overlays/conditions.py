"""Which conditions a guard joins by `and`: by these alone one guard is seen to ask what another asks."""

from __future__ import annotations

from enforceflow.expressions import ExpressionError, conjuncts


def conditions(text: str) -> frozenset[str]:
    """Return the conditions that a guard joins by `and`, without idle spaces and brackets."""
    if not text.strip():
        return frozenset()
    try:
        parts = conjuncts(_bare(text))
    except ExpressionError:
        parts = (text,)
    return frozenset(map(_bare, parts))


def _bare(text: str) -> str:
    text = " ".join(text.split())
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closing(text: str) -> int:
    """Return where the bracket closes that opens the text."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    return -1
