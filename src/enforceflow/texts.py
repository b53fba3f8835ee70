"""Bilingual text: titles, phrases with parts, and the messages made from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Protocol, runtime_checkable

import attrs

Lang = Literal["zh", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")


@runtime_checkable
class Bilingual(Protocol):
    """Anything that can be read in Chinese and in English."""

    def text(self, lang: Lang) -> str:
        """Return the wording in `lang`."""
        ...


@attrs.frozen
class Title:
    """The name of a thing in Chinese and in English."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """Return the title in `lang`."""
        return self.zh if lang == "zh" else self.en


@attrs.frozen
class Both:
    """A title shown in one language with the Chinese beside the English, as documents are searched by it."""

    title: Bilingual

    def text(self, lang: Lang) -> str:
        """Return `en (zh)`, or the Chinese alone."""
        zh = self.title.text("zh")
        en = self.title.text("en")
        return zh if lang == "zh" or zh == en else f"{en} ({zh})"


@attrs.frozen
class Phrase:
    """A sentence in two languages with named places, in the form of `str.format`."""

    zh: str
    en: str

    def __call__(self, **parts: object) -> Message:
        """Fill the places; the parts stay values until the message is read."""
        return Message(self, parts)


@attrs.frozen
class Message:
    """A phrase and its parts: data first, words when somebody reads it."""

    phrase: Phrase
    parts: Mapping[str, object] = attrs.field(factory=dict, hash=False)

    def text(self, lang: Lang) -> str:
        """Return the sentence in `lang`, each part rendered in the same language."""
        template = self.phrase.zh if lang == "zh" else self.phrase.en
        return template.format(**{name: render(part, lang) for name, part in self.parts.items()})

    def __str__(self) -> str:
        return self.text("en")


def render(value: object, lang: Lang) -> str:
    """Return `value` in words of `lang`: bilingual things by their own, lists joined, the rest as text."""
    if isinstance(value, Bilingual):
        return value.text(lang)
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [render(item, lang) for item in value]
        return ("、" if lang == "zh" else ", ").join(parts)
    return str(value)


YES: Final = Title("是", "yes")
NO: Final = Title("否", "no")
YUAN: Final = Phrase(zh="{amount}元", en="{amount} yuan")
