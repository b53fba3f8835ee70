"""The command line as a whole: its language, its help, its errors, its streams."""

from __future__ import annotations

import io
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import click
import pytest
from click.testing import CliRunner, Result

import enforceflow
import enforceflow.__main__
from enforceflow.cli import due, main, program, speaking
from enforceflow.cli.language import language
from enforceflow.cli.program import COMMANDS
from enforceflow.errors import InvalidValue
from enforceflow.texts import Title

CHECKOUT = Path(__file__).parents[1]
ENGLISH = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8"}


def run(*args: str, **environ: str) -> Result:
    return CliRunner().invoke(main, args, env={**ENGLISH, **environ})


def process(*args: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own; nothing of this one's locale is passed on."""
    return python("-m", "enforceflow", *args, environ=environ)


def python(
    *args: str, environ: Mapping[str, str] = MappingProxyType({}), stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run Python with the library on its path."""
    own = ("LC_", "LANG", "PYTHON", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    search = os.pathsep.join(filter(None, (str(CHECKOUT / "src"), environ.get("PYTHONPATH", ""))))
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, *args],
        env={**kept, **environ, "PYTHONPATH": search},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("args", "environ", "found"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C", "LC_ALL": "zh_TW"}, "zh"),
        ([], {"LC_ALL": "", "LANG": "de_DE"}, "en"),
        (["--lang", "zh"], {}, "zh"),
        (["--lang=zh"], {}, "zh"),
        (["--lang=zh", "due", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language_is_asked_for_or_that_of_the_locale(args: list[str], environ: dict[str, str], found: str) -> None:
    assert language(args, environ) == found


def test_help_lists_every_command_in_both_languages() -> None:
    english, chinese, bare = run("--help"), run("--help", "--lang", "zh"), run()
    assert english.exit_code == chinese.exit_code == bare.exit_code == 0
    assert english.stdout == bare.stdout
    for name, about in COMMANDS.items():
        assert f"  {name}" in english.stdout
        assert about.en in english.stdout
        assert about.zh in chinese.stdout
    assert "Usage: enforceflow [OPTIONS] COMMAND [ARGS]..." in english.stdout
    assert "用法：enforceflow [选项] 命令 [参数]…" in chinese.stdout
    assert "Options" not in chinese.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_both_languages(name: str) -> None:
    english, chinese = run(name, "--help"), run(name, "--help", LANG="zh_CN.UTF-8")
    assert english.exit_code == chinese.exit_code == 0
    assert f"Usage: enforceflow {name} [OPTIONS]" in english.stdout
    assert f"用法：enforceflow {name} [选项]" in chinese.stdout
    assert "显示本说明" in chinese.stdout
    assert "[required]" not in chinese.stdout


def test_help_imports_no_command() -> None:
    script = "import sys; from enforceflow.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    script += "print(sorted(set(sys.modules) & {'rich', 'pendulum', 'enforceflow.cli.due', 'enforceflow.casefiles'}))"
    done = python("-c", script)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_the_library_imports_neither_click_nor_rich() -> None:
    script = "import sys, enforceflow; print({'click', 'rich'} & set(sys.modules))"
    done = python("-c", script)
    assert done.stdout.decode().strip() == "set()"


def test_the_version() -> None:
    assert run("--version").stdout == f"enforceflow {enforceflow.__version__}\n"


@pytest.mark.parametrize(
    ("args", "english", "chinese"),
    [
        (["deu"], "there is no command deu; did you mean due?", "没有命令 deu；是否指“due”？"),
        (["x"], "there is no command x; known: demo, run,", "没有命令 x；可用：demo、run、"),
        (["due"], "PERIOD is missing", "缺少 PERIOD"),
        (["due", "1 day"], "--since is missing", "缺少 --since"),
        (
            ["due", "--snce", "3"],
            "there is no option --snce; did you mean --since?",
            "没有选项 --snce；是否指“--since”？",
        ),
        (["due", "--zzz"], "there is no option --zzz", "没有选项 --zzz"),
        (["walk", "cn/civil", "--walks", "no"], "--walks: 'no' is not a valid integer", "--walks：'no' is not"),
        (["run", "a", "b"], "Got unexpected extra argument (b)", "Got unexpected extra argument (b)"),
    ],
)
def test_a_wrong_call_is_told_with_its_usage(args: list[str], english: str, chinese: str) -> None:
    told, said = run(*args), run(*args, LANG="zh_CN.UTF-8")
    assert told.exit_code == said.exit_code == 2
    assert told.stdout == said.stdout == ""
    assert told.stderr.startswith("Usage: enforceflow")
    assert said.stderr.startswith("用法：enforceflow")
    assert "--help" in told.stderr
    assert "--help" in said.stderr
    assert f"Error: {english}" in told.stderr
    assert f"错误：{chinese}" in said.stderr


def test_an_option_without_its_value() -> None:
    assert run("due", "--since").stderr.endswith("Error: the option --since needs a value\n")
    assert run("due", "--since", "--lang=zh").exit_code == 2
    assert run("run", "--today", LANG="zh_CN.UTF-8").stderr.endswith("错误：选项 --today 缺少值\n")


def test_a_wrong_language_is_refused() -> None:
    told = run("--lang", "fr", "--help")
    assert told.exit_code == 0  # help comes first
    told = run("due", "1 day", "--since", "2026-01-05", "--lang", "fr")
    assert told.exit_code == 2
    assert "Error: --lang: must be one of zh, en" in told.stderr


def test_python_m(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["enforceflow", "--version"])
    monkeypatch.delitem(sys.modules, "enforceflow.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("enforceflow", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("enforceflow ")


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "\n"),
        (click.Abort(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (click.FileError("x.yaml", "gone"), 1, "Error: Could not open file 'x.yaml': gone\n"),
        (click.UsageError("no context"), 2, "Error: no context\n"),
        (InvalidValue(Title("不行", "that will not do")), 2, "Error: that will not do\n"),
    ],
)
def test_every_end_has_its_code(raised: BaseException, code: int, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(due, "due", fail)
    ended = run("due", "1 day", "--since", "2026-01-05")
    if isinstance(raised, click.UsageError):
        assert ended.stderr.endswith(told)
    else:
        assert ended.stderr == told
    assert (ended.exit_code, ended.stdout) == (code, "")


def test_a_usage_error_without_a_context_is_one_line() -> None:
    assert speaking.told(click.UsageError("so"), "en") == "Error: so"


def test_completion_finds_no_such_command() -> None:
    context = click.Context(main, obj="en", resilient_parsing=True)
    assert main.get_command(context, "nothing") is None
    assert main.resolve_command(context, ["nothing"])[1] is None
    assert main.resolve_command(context, ["due"])[0] == "due"
    assert main.list_commands(context) == list(COMMANDS)


def test_help_is_described_where_there_is_help() -> None:
    assert speaking.in_language(None, "zh") is None


def test_streams_that_know_no_chinese_are_made_to() -> None:
    plain = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    nameless = io.StringIO()
    for stream in (plain, nameless):
        program.write_anything(stream)
        stream.write("期限")
    assert plain.encoding == "utf-8"


@pytest.mark.parametrize("command", ["show", "due"])
def test_output_that_nobody_reads_ends_in_silence(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    args = {"show": ["show", "cn/civil"], "due": ["due", "--help"]}[command]
    done = python("-m", "enforceflow", *args, stdout=writing)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_chinese_is_written_in_any_locale(environ: dict[str, str]) -> None:
    done = process("due", "15 days", "--since", "2026-07-10", "--lang", "zh", **environ)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("2026-07-27（星期一）届满")


def test_another_encoding_that_knows_chinese_is_kept() -> None:
    done = process("check", "cn/civil", "--lang", "zh", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert done.stdout.decode("gbk").split() == ["?", "cn/civil（工作流）"]


def test_the_locale_of_a_process_chooses_the_language() -> None:
    assert (
        "2026-07-27（星期一）届满"
        in process("due", "15 days", "--since", "2026-07-10", LANG="zh_CN.UTF-8").stdout.decode()
    )
    assert process("due", "15 days", "--since", "2026-07-10").stdout.decode().startswith("due 2026-07-27 (Monday)")


def test_errors_of_a_process_have_no_traceback() -> None:
    done = process("due", "15 days", "--since", "2026-02-30")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "Error: there is no day 2026-02-30\n"


def test_json_of_a_process_is_utf_8_and_can_be_parsed() -> None:
    done = process("due", "15 days", "--since", "2026-07-10", "--json", LC_ALL="C", PYTHONUTF8="0")
    assert json.loads(done.stdout.decode())["edition"] == "cn 国办发明电〔2025〕7号"
