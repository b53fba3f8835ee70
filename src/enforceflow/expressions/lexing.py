"""Text into tokens, with a hint for what other languages would allow."""

from __future__ import annotations

import enum
import re
from typing import Final

import attrs

from enforceflow.expressions.flaws import ExpressionError, flawed, written
from enforceflow.texts import Bilingual, Phrase

MOST_CHARACTERS: Final = 4_096


class Kind(enum.Enum):
    """What a token is."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@attrs.frozen
class Token:
    """A piece of an expression, as it stands in the text."""

    kind: Kind
    text: str
    offset: int


TOO_LONG = Phrase(
    zh="表达式有{length}个字符，至多{most}个", en="the expression has {length} characters; at most {most} are allowed"
)
STRANGE = Phrase(zh="此处不能用 {sign}", en="{sign} has no meaning here")
UNPRINTABLE = Phrase(zh="文本中有不可显示的字符 {sign}", en="the text holds the unprintable character {sign}")
UNCLOSED = Phrase(zh="引号没有闭合", en="the quotation mark is not closed")
CHOOSE = Phrase(
    zh="没有条件运算；请写成两项，各自写明 when",
    en="there is no conditional; write two entries, each with its own when",
)
MULTIPLY = Phrase(zh="没有除法；请乘以小数，如 * 0.5", en="there is no division; multiply by a decimal, such as * 0.5")
NO_POWER = Phrase(zh="没有乘方；请用 * 连乘", en="there is no power; multiply with *")
ROUND = Phrase(zh="只用圆括号 ( )", en="use round brackets ( ) only")

_PATTERN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[0-9A-Za-z_.:]*)
      | (?P<number>[0-9][0-9A-Za-z_.]*)
      | (?P<name>[A-Za-z_][0-9A-Za-z_]*|元)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<wrong>===|!==|&&|\|\||<>|=<|=>|\*\*|//)
      | (?P<sign>==|!=|<=|>=|[=<>+*(),.-])""",
    re.VERBOSE | re.ASCII,
)

_INSTEAD: Final[dict[str, Bilingual]] = {
    **{
        sign: written(form)
        for form, signs in {
            "and": ("&&", "&", "∧", "且"),
            "or": ("||", "|", "∨", "或"),
            "not": ("!", "~", "¬", "！", "非"),
            "==": ("===", "＝"),
            "!=": ("!==", "<>", "≠"),
            "<=": ("=<", "≤", "⩽"),
            ">=": ("=>", "≥", "⩾"),
            "<": ("＜",),
            ">": ("＞",),
            "(": ("（",),
            ")": ("）",),
            ",": ("，", "、"),
            ".": ("。", "．"),
            "'…'": ("“", "”", "‘", "’", "「", "」", "`"),
            "*": ("×", "＊"),
            "+": ("＋",),
            "-": ("－", "–", "—", "−"),
            "yuan": ("¥", "￥"),
        }.items()
        for sign in signs
    },
    **dict.fromkeys(("?", ":", "？", "："), CHOOSE()),
    **dict.fromkeys(("/", "//", "%", "÷"), MULTIPLY()),
    **dict.fromkeys(("**", "^"), NO_POWER()),
    **dict.fromkeys("[]{}【】", ROUND()),
}


def tokens_of(text: str) -> list[Token]:
    """Cut `text` into tokens, the last one an END; raise `ExpressionError` at the first that is none."""
    if len(text) > MOST_CHARACTERS:
        raise flawed(TOO_LONG(length=len(text), most=MOST_CHARACTERS), MOST_CHARACTERS)
    found: list[Token] = []
    offset = 0
    while offset < len(text):
        match = _PATTERN.match(text, offset)
        if match is None or match.lastgroup == "wrong":
            raise _strange(match[0] if match else text[offset], offset)
        if match.lastgroup == "text" and not match[0].isprintable():
            raise _unprintable(match[0], offset)
        if match.lastgroup != "space":
            found.append(Token(Kind(match.lastgroup), match[0], offset))
        offset = match.end()
    found.append(Token(Kind.END, "", offset))
    return found


def _strange(sign: str, offset: int) -> ExpressionError:
    if sign in ("'", '"'):
        return flawed(UNCLOSED(), offset)
    if sign == "\N{IDEOGRAPHIC SPACE}" or not sign.isprintable():
        return flawed(STRANGE(sign=f"U+{ord(sign):04X}"), offset)
    return flawed(STRANGE(sign=sign), offset, _INSTEAD.get(sign))


def _unprintable(quoted: str, offset: int) -> ExpressionError:
    place, sign = next((place, sign) for place, sign in enumerate(quoted) if not sign.isprintable())
    return flawed(UNPRINTABLE(sign=f"U+{ord(sign):04X}"), offset + place)
