"""The conditions that a guard joins by `and`, each in its own words or with titles in place of names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from enforceflow.expressions.functions import functions
from enforceflow.expressions.lexing import Kind, Token, tokens_of
from enforceflow.expressions.parsing import GATHERINGS, QUESTIONS, RESERVED
from enforceflow.texts import LANGUAGES, Title

_OWN_WORDS: Final = frozenset({*RESERVED, *QUESTIONS, *GATHERINGS})
"""What stands before a bracket without being a function of law."""


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
    """Return a sound expression with titles in place of the names of facts, parameters, rules and functions of law."""
    tokens = tokens_of(text)
    told = {"zh": "", "en": ""}
    end = 0
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        title = _title(titles, before, token, after) if token.kind is Kind.NAME else None
        for lang in LANGUAGES:
            told[lang] += text[end : token.offset] + (token.text if title is None else title.text(lang))
        end = token.offset + len(token.text)
    return Title(told["zh"], told["en"])


def _title(titles: Mapping[str, Title], before: Token | None, token: Token, after: Token | None) -> Title | None:
    if _stands_alone(before, after):
        return titles.get(token.text)
    if after is None or after.text != "(" or token.text in _OWN_WORDS:
        return None
    function = functions().get(token.text)
    return None if function is None else function.title


def _stands_alone(before: Token | None, after: Token | None) -> bool:
    """Tell a name from a part of a dotted chain, a function and the unit of a quantity."""
    if before is not None and (before.text == "." or before.kind is Kind.NUMBER):
        return False
    return after is None or after.text not in (".", "(")
