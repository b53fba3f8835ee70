"""Commands, options, help and errors in either language, on top of click, which knows English alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import click

from enforceflow.cli.language import OPTION
from enforceflow.errors import suggestion
from enforceflow.texts import LANGUAGES, Bilingual, Lang, Phrase, Title

ERROR: Final = Phrase(zh="错误：{what}", en="Error: {what}")
TRY_HELP: Final = Phrase(zh="用法见 {command} --help", en="Try '{command} --help' for help.")
USAGE: Final = Title("用法：", "Usage: ")
_HEADINGS: Final = {"Options": Title("选项", "Options"), "Commands": Title("命令", "Commands")}
_ANY_OPTIONS: Final = Title("[选项]", "[OPTIONS]")
_HELP: Final = Title("显示本说明", "Show this help.")
_LANGUAGE: Final = Title("语言；默认依 LC_ALL、LC_MESSAGES、LANG", "The language; by default that of the locale.")
_MISSING: Final = Phrase(zh="缺少 {what}", en="{what} is missing")
_NO_OPTION: Final = Phrase(zh="没有选项 {name}", en="there is no option {name}")
_NO_VALUE: Final = Phrase(zh="选项 {name} 缺少值", en="the option {name} needs a value")
_NO_COMMAND: Final = Phrase(zh="没有命令 {name}", en="there is no command {name}")
_BAD_VALUE: Final = Phrase(zh="{what}：{why}", en="{what}: {why}")
_CHOICES: Final = Phrase(zh="应为 {choices} 之一", en="must be one of {choices}")
_NEAREST: Final = Phrase(zh="{what}；{hint}", en="{what}; {hint}")


class Failure(click.ClickException):
    """What a user gave cannot be used; told in one line, without a traceback."""

    exit_code = 2

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.text("en"))
        self.said = message


class UnknownCommand(click.UsageError):
    """There is no such command."""

    def __init__(self, name: str, known: Sequence[str], ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.known = known


class Formatter(click.HelpFormatter):
    """Click's own help, with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, USAGE.text("zh") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        title = _HEADINGS.get(heading)
        super().write_heading(heading if title is None else title.text("zh"))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options and what they mean."""
        super().write_dl([(term, about.replace("[required]", "[必填]")) for term, about in rows], col_max, col_spacing)


class Context(click.Context):
    """The context of a call; its object is the language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return the writer of help in the language of the call."""
        kind = Formatter if self.obj == "zh" else click.HelpFormatter
        return kind(width=self.terminal_width, max_width=self.max_content_width)


class Command(click.Command):
    """A command in one language; its callback is given the language first and may return an exit code."""

    context_class = Context

    def __init__(
        self, name: str, lang: Lang, about: Title, call: Callable[..., int | None], params: Sequence[click.Parameter]
    ) -> None:
        self.lang = lang
        super().__init__(
            name,
            callback=lambda **given: call(lang, **given),
            params=[*params, language_option(lang)],
            help=about.text(lang),
            options_metavar=_ANY_OPTIONS.text(lang),
        )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, described in the command's language."""
        return in_language(super().get_help_option(ctx), self.lang)


def in_language(option: click.Option | None, lang: Lang) -> click.Option | None:
    """Return click's help option with its description in `lang`."""
    if option is not None:
        option.help = _HELP.text(lang)
    return option


def option(lang: Lang, *names: str, about: Title, **settings: Any) -> click.Option:  # noqa: ANN401  as click has it
    """Return an option described in `lang`."""
    return click.Option(names, help=about.text(lang), **settings)


def language_option(lang: Lang) -> click.Option:
    """Return `--lang`: here to be listed and checked, since its value was read before."""
    return option(lang, OPTION, about=_LANGUAGE, type=click.Choice(LANGUAGES), expose_value=False)


def told(error: click.ClickException, lang: Lang) -> str:
    """Return an error in words of `lang`: one line, or for a wrong call its usage and how to get help."""
    if isinstance(error, Failure):
        return ERROR(what=error.said).text(lang)
    if not isinstance(error, click.UsageError):
        return ERROR(what=error.format_message()).text(lang)
    said = ERROR(what=_wrong_call(error, lang)).text(lang)
    if error.ctx is None:
        return said
    return f"{error.ctx.get_usage()}\n{TRY_HELP(command=error.ctx.command_path).text(lang)}\n\n{said}"


def _wrong_call(error: click.UsageError, lang: Lang) -> str:
    if isinstance(error, UnknownCommand):
        return _hinted(_NO_COMMAND(name=error.name), suggestion(error.name, error.known)).text(lang)
    if isinstance(error, click.NoSuchOption):
        near = suggestion(error.option_name, error.possibilities or ())
        return _hinted(_NO_OPTION(name=error.option_name), near).text(lang)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _MISSING(what=_shown(error.param)).text(lang)
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        why = _CHOICES(choices=tuple(kind.choices)) if isinstance(kind, click.Choice) else error.message
        return _BAD_VALUE(what=_shown(error.param), why=why).text(lang)
    if isinstance(error, click.BadOptionUsage):
        return _NO_VALUE(name=error.option_name).text(lang)
    return error.format_message()


def _hinted(said: Bilingual, hint: Bilingual | None) -> Bilingual:
    return said if hint is None else _NEAREST(what=said, hint=hint)


def _shown(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
