"""The demo: a published case, the same in a terminal and in a pipe, at any width and in both languages."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from enforceflow.cli import demo
from test_cli import CHECKOUT, process, run

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
CASES = [path.stem for path in demo.shipped_cases()]


def in_terminal(*args: str, columns: int, **environ: str) -> str:
    """Return what the program writes to a terminal of so many columns."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "COLUMNS", "NO_COLOR"))}
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "enforceflow", *args],
        env={**kept, "PYTHONPATH": str(CHECKOUT / "src"), "TERM": "xterm-256color", **environ},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    ) as started:
        os.close(follower)
        written = b""
        while chunk := _read(leader):
            written += chunk
    os.close(leader)
    assert started.returncode == 0
    return written.decode().replace("\r\n", "\n")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65_536)
    except OSError:  # nobody writes any more
        return b""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100, 140])
def test_a_terminal_shows_in_colours_what_a_pipe_tells_in_plain_text(lang: str, columns: int) -> None:
    shown = in_terminal("demo", "--lang", lang, columns=columns)
    piped = process("demo", "--lang", lang, COLUMNS=str(columns))
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert b"\x1b" not in piped.stdout
    assert {"\x1b[1m", "\x1b[31m", "\x1b[32m"} <= set(ESCAPES.findall(shown))
    assert ESCAPES.sub("", shown) == piped.stdout.decode()


def test_no_colour_where_none_is_wanted() -> None:
    shown = in_terminal("demo", columns=80, NO_COLOR="1", LANG="en_US.UTF-8")
    assert not {"\x1b[31m", "\x1b[32m"} & set(ESCAPES.findall(shown))
    assert not ESCAPES.findall(in_terminal("demo", columns=80, TERM="dumb"))


@pytest.mark.parametrize(
    ("case", "columns", "lang"),
    [
        *((case, columns, lang) for case in CASES for columns, lang in [(80, "en"), (120, "zh")]),
        *(("06", columns, lang) for columns in (60, 95, 96, 100, 160) for lang in ("zh", "en")),
    ],
)
def test_no_line_is_too_wide_or_ends_in_spaces(case: str, columns: int, lang: str) -> None:
    told = run("demo", "--case", case, "--lang", lang, COLUMNS=str(columns))
    assert (told.exit_code, told.stderr) == (0, "")
    for line in told.stdout.splitlines():
        assert cell_len(line) <= min(columns, 140), line
        assert line == line.rstrip(), line


def test_the_dates_of_a_table_stand_below_each_other() -> None:
    told = run("demo", "--lang", "zh", COLUMNS="100").stdout.splitlines()
    heading = next(line for line in told if line.startswith("期限 "))
    since, due = (cell_len(heading[: heading.index(word)]) for word in ("起算", "届满"))
    rows = [line for line in told[told.index(heading) :] if re.search(r"\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\d", line)]
    assert len(rows) > 5
    for line in rows:
        first, second = [match.start() for match in re.finditer(r"\d{4}-\d\d-\d\d", line)][:2]
        assert (cell_len(line[:first]), cell_len(line[:second])) == (since, due)


def test_the_default_case_tells_all_there_is_to_see() -> None:
    english, chinese = run("demo", COLUMNS="100").stdout, run("demo", "--lang", "zh", COLUMNS="100").stdout
    for line in [
        "Case      （2016）桂0102执6号",
        "2016-01-04 Mon ▪ File the case  ⟶ Filed",
        "                 ▸ Time to serve the enforcement notice: due 2016-01-14",
        "2016-01-14 Thu ! missed: Time to serve the enforcement notice",
        "                 ! Time to serve the enforcement notice: 15 days late (it was due 2016-01-14)",
        "2016-05-17 Tue ✗ refused: Close as fully enforced",
        "                 ✓ Days of detention: in time, on the last day",
        "2017-02-02 Thu ↯ by itself: Deposit A1: Lapse  ⟶ Lapsed",
        "The deadlines as they stand on 2017-02-02 (Thursday)",
        "How one of them is computed",
        "Dates marked “assumed” are not given by the source; all others are.",
    ]:
        assert line in english.splitlines()
    for line in [
        "案号    （2016）桂0102执6号",
        "2016-01-04 周一 ▪ 立案（当场）  ⟶ 已立案",
        "                  ! 发出执行通知期限：逾期，已过15天（2016-01-14 届满）",
        "                  ✓ 拘留期限：按期，在最后一日",
        "2017-02-02 周四 ↯ 自动发生：存款 A1：届满失效  ⟶ 已失效",
        "其中一项如何算得",
    ]:
        assert line in chinese.splitlines()


def test_another_case_is_chosen_by_the_beginning_of_its_name() -> None:
    assert run("demo", "--case", "07").stdout == run("demo", "--case", "07-closed-for-now-restored-paid").stdout
    told = run("demo", "--case", "07", "--lang", "zh").stdout
    shown = [told.count(f"\n工作流  {title}案件") for title in ("民事执行", "恢复执行")]
    assert shown == [1, 1]  # the case closed for now, and the one that restores it
    assert run("demo", "--case", CASES[0]).exit_code == 0


def test_a_case_that_is_not_there() -> None:
    told = run("demo", "--case", "99")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == f"Error: no case is called 99; known: {', '.join(CASES)}\n"
    assert run("demo", "--case", "").exit_code == 2


def test_one_case_alone_has_no_other_to_go_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    only = [path for path in demo.shipped_cases() if path.stem.startswith("06")]
    monkeypatch.setattr(demo, "shipped_cases", lambda: only)
    assert "Another case" not in run("demo").stdout


def test_an_install_without_its_cases_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_HERE", tmp_path / "a" / "b" / "c" / "demo.py")
    told = run("demo")
    assert (told.exit_code, told.stderr) == (2, "Error: the cases that come with the library are not in their place\n")
