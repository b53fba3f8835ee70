"""The conditions that a guard joins by `and`."""

from __future__ import annotations

from enforceflow.expressions.lexing import tokens_of


def conjuncts(text: str) -> tuple[str, ...]:
    """Return the parts between the outermost `and`s of a sound expression, or the whole if it is no conjunction."""
    depth = 0
    cuts = [0]
    for token in tokens_of(text):
        if token.text in ("(", ")"):
            depth += 1 if token.text == "(" else -1
        elif depth == 0 and token.text == "or":
            return (text.strip(),)
        elif depth == 0 and token.text == "and":
            cuts.extend((token.offset, token.offset + len("and")))
    cuts.append(len(text))
    return tuple(text[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True))
