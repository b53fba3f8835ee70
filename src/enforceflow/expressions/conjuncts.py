"""The conditions that a guard joins by `and`, each in its own words or with titles in place of names."""

from __future__ import annotations

from collections.abc import Mapping

from enforceflow.expressions.lexing import Kind, Token, tokens_of
from enforceflow.texts import LANGUAGES, Title


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


def in_words(text: str, titles: Mapping[str, Title]) -> Title:
    """Return a sound expression with the titles of facts, parameters and rules in place of their names."""
    tokens = tokens_of(text)
    told = {"zh": "", "en": ""}
    end = 0
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        title = titles.get(token.text) if token.kind is Kind.NAME and _stands_alone(before, after) else None
        for lang in LANGUAGES:
            told[lang] += text[end : token.offset] + (token.text if title is None else title.text(lang))
        end = token.offset + len(token.text)
    return Title(told["zh"], told["en"])


def _stands_alone(before: Token | None, after: Token | None) -> bool:
    """Tell a name from a part of a dotted chain, a function and the unit of a quantity."""
    if before is not None and (before.text == "." or before.kind is Kind.NUMBER):
        return False
    return after is None or after.text not in (".", "(")
