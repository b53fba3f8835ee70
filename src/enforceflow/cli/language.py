"""The language of the command line: asked for by `--lang`, or that of the locale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from enforceflow.texts import LANGUAGES, Lang

OPTION: Final = "--lang"
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(args: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """Return what the last `--lang` of the arguments asks for, else the language of the locale.

    It is read off the arguments before they are parsed, since the help and the errors of the parser depend on it;
    the parser then refuses any other value.
    """
    asked = [value for value in _asked(args) if value in LANGUAGES]
    if asked:
        return "zh" if asked[-1] == "zh" else "en"
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _asked(args: Sequence[str]) -> Iterator[str]:
    for before, arg in zip(("", *args), args, strict=False):
        if before == OPTION:
            yield arg
        elif arg.startswith(f"{OPTION}="):
            yield arg.removeprefix(f"{OPTION}=")
