"""Every error of the library, each with its parts, readable in Chinese and English."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence

import attrs

from enforceflow.texts import Bilingual, Lang, Phrase

UNKNOWN = Phrase(zh="没有名为“{name}”的{kind}", en="no {kind} is called {name!s}")
NEAREST = Phrase(zh="是否指“{nearest}”？", en="did you mean {nearest!s}?")
KNOWN = Phrase(zh="可用：{names}", en="known: {names}")


_FEW = 12
"""So many names are listed in full where none is near."""


class EnforceflowError(Exception):
    """The root of all errors raised on purpose by enforceflow."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Callable[..., EnforceflowError], tuple[object, ...]]:
        return _restored, (type(self), self.args, self.__dict__)

    def text(self, lang: Lang) -> str:
        """Return what happened, where, why and what to do, in `lang`."""
        return self.message.text(lang)

    def __str__(self) -> str:
        return self.text("en")


def _restored(kind: type[EnforceflowError], args: tuple[object, ...], parts: dict[str, object]) -> EnforceflowError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(parts)
    return error


@attrs.frozen
class Problem:
    """One thing wrong in what an author wrote.

    `path` leads to the value inside the definition (`("time_limits", "conclusion", "lasts")`);
    `file`, `line` and `column` (from 1, in characters) are known when it was read from a file.
    """

    message: Bilingual
    suggestion: Bilingual | None = None
    path: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    column: int = 0

    def text(self, lang: Lang) -> str:
        """Return `file:line:col: message; suggestion`, or the path where there is no file."""
        where = f"{self.file}:{self.line}:{self.column}" if self.file else ".".join(self.path)
        said = self.message.text(lang)
        if self.suggestion is not None:
            said += ("；" if lang == "zh" else "; ") + self.suggestion.text(lang)
        return f"{where}: {said}" if where else said

    def __str__(self) -> str:
        return self.text("en")


@attrs.frozen
class _Problems:
    problems: tuple[Problem, ...]

    def text(self, lang: Lang) -> str:
        return "\n".join(problem.text(lang) for problem in self.problems)


class _ProblemsError(EnforceflowError):
    """An error that tells all its problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_Problems(self.problems))


class DefinitionError(_ProblemsError):
    """A workflow, a calendar or a case file is wrong; `problems` holds all that is wrong with it."""


class RulesError(_ProblemsError):
    """The host's rules object does not answer what the workflows ask."""


class SavedFormError(_ProblemsError):
    """A saved case cannot be read: too new, damaged, or it does not fit its workflow."""


class UnknownName(EnforceflowError, LookupError):
    """An event, track, fact, kind or limit that the workflow does not know."""

    def __init__(self, kind: Bilingual, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))
        self.nearest = nearest(name, self.known)
        super().__init__(_Unknown(kind, name, self.nearest, self.known))


@attrs.frozen
class _Unknown:
    kind: Bilingual
    name: str
    nearest: str | None
    known: tuple[str, ...]

    def text(self, lang: Lang) -> str:
        said = UNKNOWN(kind=self.kind, name=self.name).text(lang)
        hint = suggestion(self.name, self.known)
        return said if hint is None else said + ("；" if lang == "zh" else "; ") + hint.text(lang)


class InvalidValue(EnforceflowError, ValueError):
    """A period, date, money or other value that cannot be what it is meant to be."""


class RuleFailed(EnforceflowError):
    """A rule of the host raised, or did not answer yes or no; the case is untouched.

    The host's own exception is the `__cause__`.
    """

    def __init__(self, event: str, rule: str, why: str) -> None:
        self.event = event
        self.rule = rule
        self.why = why
        super().__init__(
            Phrase(
                zh="记录“{event}”时，规则“{rule}”未能回答：{why}",
                en="while {event} was considered, the rule {rule} gave no answer: {why}",
            )(event=event, rule=rule, why=why)
        )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `name`, or None if none is close."""
    close = difflib.get_close_matches(name[:100], list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def suggestion(name: str, known: Sequence[str]) -> Bilingual | None:
    """Return «did you mean …?» for the nearest name, else the list of names if it is short."""
    close = nearest(name, known)
    if close is not None:
        return NEAREST(nearest=close)
    return KNOWN(names=tuple(known)) if 0 < len(known) <= _FEW else None
