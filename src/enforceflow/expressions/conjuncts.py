"""The conditions that a guard joins by `and`, each in its own words or with titles in place of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import attrs

from enforceflow.expressions.functions import functions
from enforceflow.expressions.lexing import Kind, Token, tokens_of
from enforceflow.expressions.parsing import GATHERINGS, QUESTIONS, RESERVED
from enforceflow.texts import LANGUAGES, Title

_OWN_WORDS: Final = frozenset({*RESERVED, *QUESTIONS, *GATHERINGS})
"""What stands before a bracket without being a function of law."""

_IN_CHINESE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "and": "且",
        "or": "或",
        "not": "非",
        "in": "属于",
        "where": "其中",
        "true": "是",
        "false": "否",
        "done": "已作出",
        "on": "最近之日",
        "by": "作出人",
        "times": "次数",
        "status": "期限状态",
        "any": "有任一",
        "all": "每一",
        "count": "件数",
        "sum": "合计",
        "state": "状态",
        "kind": "种类",
        "address": "编号",
        "at": "当日",
        "case": "案件",
        "this": "本事项",
    }
)
"""The words of the language itself, for those who read no English; a name that has a title is called by that."""

_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "yuan": "元",
        "day": "日",
        "days": "日",
        "workday": "个工作日",
        "workdays": "个工作日",
        "month": "个月",
        "months": "个月",
        "year": "年",
        "years": "年",
        "hour": "小时",
        "hours": "小时",
        "minute": "分钟",
        "minutes": "分钟",
    }
)

_NO_TITLES: Final[Mapping[str, Title]] = MappingProxyType({})


@attrs.frozen
class Titles:
    """What the names in an expression are called: values and rules of its own track and of the case, acts, limits."""

    own: Mapping[str, Title]
    case: Mapping[str, Title] = _NO_TITLES
    acts: Mapping[str, Title] = _NO_TITLES
    limits: Mapping[str, Title] = _NO_TITLES


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


def in_words(text: str, titles: Titles) -> Title:
    """Return a sound expression with titles in place of the names of values, rules, acts, limits and functions."""
    text = _bare(text)
    tokens = tokens_of(text)
    told = {"zh": "", "en": ""}
    end = 0
    for place, token in enumerate(tokens):
        title = _title(titles, tokens, place) if token.kind is Kind.NAME else None
        for lang in LANGUAGES:
            told[lang] += text[end : token.offset] + (token.text if title is None else title.text(lang))
        end = token.offset + len(token.text)
    return Title(told["zh"], told["en"])


def _title(titles: Titles, tokens: Sequence[Token], place: int) -> Title | None:
    name = tokens[place].text
    before, two_before = _at(tokens, place - 1), _at(tokens, place - 2)
    if _at(tokens, place + 1) == "(":
        function = None if name in _OWN_WORDS else functions().get(name)
        return _own_word(name) if function is None else function.title
    if before == "(" and two_before in QUESTIONS:
        return (titles.limits if two_before == "status" else titles.acts).get(name)
    if before == ".":
        alone = two_before == "case" and _at(tokens, place - 3) != "." and _at(tokens, place + 1) != "."
        return titles.case.get(name) if alone else None
    if place > 0 and tokens[place - 1].kind is Kind.NUMBER and name in _UNITS:
        return Title(_UNITS[name], name)
    return titles.own.get(name) or _own_word(name)


def _own_word(name: str) -> Title | None:
    return Title(_IN_CHINESE[name], name) if name in _IN_CHINESE else None


def _bare(text: str) -> str:
    """Return an expression without brackets around the whole of it."""
    tokens = [token for token in tokens_of(text) if token.kind is not Kind.END]
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0:
            whole = token is tokens[-1] and tokens[0].text == "("
            return text[tokens[0].offset + 1 : token.offset].strip() if whole else text
    return text


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""
