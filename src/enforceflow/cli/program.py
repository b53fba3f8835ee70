"""The program: its commands, imported when they are called, and how it speaks, fails and ends."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn, TextIO

import click

from enforceflow import __version__
from enforceflow.cli.language import language
from enforceflow.cli.speaking import (
    ERROR,
    Context,
    Failure,
    UnknownCommand,
    in_language,
    language_option,
    option,
    told,
)
from enforceflow.errors import EnforceflowError
from enforceflow.texts import Lang, Title

ABOUT: Final = Title(
    "执行案件工作流：演示真实案例，计算期限并逐步说明，阅读和检查规则文件",
    "Court-enforcement case workflows: plays published cases, computes deadlines with every step explained, "
    "reads and checks the files that hold the rules.",
)
COMMANDS: Final = {
    "demo": Title("演示一个真实案例，从首个行为到最后一个", "Play a published case from first act to last"),
    "run": Title("演示案例文件，并核对其中的预期", "Play a case file and check what it expects"),
    "due": Title("计算期间何时届满，并逐步说明", "Tell when a period ends, step by step"),
    "show": Title("逐阶段阅读工作流：行为、条件、期限、依据", "Read a workflow as a jurist does, stage by stage"),
    "check": Title("检查工作流、日历和案例文件", "Find the problems of workflows, calendars and case files"),
    "deadlines": Title("列出案件某日的各项期限", "List the deadlines of a case on a day"),
    "nodes": Title("列出案件的流程节点及其状态", "Show how the process nodes of a case stand"),
    "walk": Title("在工作流中随机游走，核对恒应成立的性质", "Walk a workflow at random, checking that all holds"),
}
"""The commands, each a module of its name, which is imported when the command is called."""

_METAVAR: Final = Title("命令 [参数]…", "COMMAND [ARGS]...")
_OPTIONS_METAVAR: Final = Title("[选项]", "[OPTIONS]")
_VERSION: Final = Title("显示版本", "Show the version.")
_BROKEN_PIPE: Final = 141
_INTERRUPTED: Final = 130
_PROBE: Final = "期限"


class _HungUp(Exception):
    """Nobody reads the output any more."""


class Program(click.Group):
    """`enforceflow`, in the language of its arguments or of the locale."""

    context_class = Context

    def __init__(self) -> None:
        super().__init__("enforceflow", invoke_without_command=True, callback=click.pass_context(_show_help))

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401  as click has it
        """Run with these arguments, by default those of the process, and exit: 0, 1 for what does not hold, else 2."""
        given = list(sys.argv[1:] if args is None else args)
        lang = language(given, os.environ)
        write_anything(sys.stdout)
        write_anything(sys.stderr)
        extra.pop("standalone_mode", None)
        try:
            code = super().main(given, prog_name or self.name, standalone_mode=False, obj=lang, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            code = _failed(told(error, lang), error.exit_code)
        except EnforceflowError as error:
            code = _failed(_words_of(error, lang), Failure.exit_code)
        except (click.Abort, KeyboardInterrupt):
            code = _INTERRUPTED
        except (_HungUp, BrokenPipeError):
            code = _hang_up()
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> object:
        """Call the command; a broken pipe is for `main` to handle, not for click, whose exit code would be 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _HungUp from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as click has it
        """Return the names of the commands in the order of interest."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command in the language of the call."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"enforceflow.cli.{cmd_name}")
        command: click.Command = module.command(ctx.obj)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise UnknownCommand(args[0], list(COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options before the command, in the language of the call."""
        once = {"is_flag": True, "is_eager": True, "expose_value": False}
        version = option(ctx.obj, "--version", about=_VERSION, callback=_show_version, **once)
        return [language_option(ctx.obj), version, *super().get_params(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, described in the language of the call."""
        return in_language(super().get_help_option(ctx), ctx.obj)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the name of the program in its usage."""
        return [_OPTIONS_METAVAR.text(ctx.obj), _METAVAR.text(ctx.obj)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(ABOUT.text(ctx.obj))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about.text(ctx.obj)) for name, about in COMMANDS.items()])


def _show_help(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _words_of(error: EnforceflowError, lang: Lang) -> str:
    """Return the problems of files as they stand, one a line; anything else as an error."""
    problems = getattr(error, "problems", ())
    return error.text(lang) if any(problem.file for problem in problems) else ERROR(what=error).text(lang)


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  as click calls it
    if value and not ctx.resilient_parsing:
        click.echo(f"enforceflow {__version__}")
        ctx.exit()


def write_anything(stream: TextIO) -> None:
    """Make a stream write Chinese, as UTF-8 where its own encoding cannot, and never fail on a character."""
    try:
        _PROBE.encode(stream.encoding)
        encoding = stream.encoding
    except (UnicodeEncodeError, LookupError, TypeError):
        encoding = "utf-8"
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="replace")


def _failed(said: str, code: int) -> int:
    with contextlib.suppress(BrokenPipeError):
        print(said, file=sys.stderr, flush=True)  # noqa: T201  the command line prints
    return code


def _hang_up() -> int:
    """Give up on an output that nobody reads any more, so that nothing is left to be written at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _BROKEN_PIPE
