"""What can be wrong with an expression, and the error that says so."""

from __future__ import annotations

from typing import Final

import attrs

from enforceflow.definitions.facts import FactKind
from enforceflow.errors import EnforceflowError
from enforceflow.texts import Bilingual, Lang, Phrase, Title

KIND_TITLES: Final = {
    FactKind.TEXT: Title("文本", "text"),
    FactKind.NUMBER: Title("数", "a number"),
    FactKind.MONEY: Title("金额", "money"),
    FactKind.BOOL: Title("是或否", "true or false"),
    FactKind.DATE: Title("日期", "a date"),
    FactKind.DATETIME: Title("日期时间", "a date with a time"),
    FactKind.DAYS: Title("天数", "a number of days"),
    FactKind.PERIOD: Title("期间", "a period"),
    FactKind.CHOICE: Title("选项", "a choice"),
    FactKind.TRACK: Title("事项", "a track"),
    FactKind.LIST: Title("列表", "a list"),
}

WRITE: Final = Phrase(zh="请写作 {form}", en="write {form}")
_PLACE: Final = Phrase(zh="第{column}字：{said}", en="column {column}: {said}")


@attrs.frozen
class Flaw:
    """One thing wrong in an expression; `offset` counts code points from 0."""

    message: Bilingual
    offset: int
    suggestion: Bilingual | None = None

    def text(self, lang: Lang) -> str:
        """Return where and what is wrong, and what to do."""
        said = self.message.text(lang)
        if self.suggestion is not None:
            said += ("；" if lang == "zh" else "; ") + self.suggestion.text(lang)
        return _PLACE(column=self.offset + 1, said=said).text(lang)

    def __str__(self) -> str:
        return self.text("en")


@attrs.frozen
class _Flaws:
    flaws: tuple[Flaw, ...]

    def text(self, lang: Lang) -> str:
        return "\n".join(flaw.text(lang) for flaw in self.flaws)


class ExpressionError(EnforceflowError):
    """An expression cannot be used; `problems` holds all that is wrong with it."""

    def __init__(self, problems: tuple[Flaw, ...]) -> None:
        self.problems = problems
        super().__init__(_Flaws(problems))


def flawed(message: Bilingual, offset: int, suggestion: Bilingual | None = None) -> ExpressionError:
    """Return the error of one flaw."""
    return ExpressionError((Flaw(message, offset, suggestion),))


def written(form: str) -> Bilingual:
    """Return the suggestion «write …»."""
    return WRITE(form=form)
