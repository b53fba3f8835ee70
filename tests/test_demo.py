"""The demo: composed or published, the same in a terminal and in a pipe, at any width and in both languages."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from enforceflow.amounts import execution_fee, late_interest, next_price_floor, starting_price_floor
from enforceflow.casefiles import load_cases, play
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
        *((case, *[(80, "en"), (120, "zh")][place % 2]) for place, case in enumerate(CASES)),
        *(
            (case, columns, lang)
            for case in ("from", "06")
            for columns in (60, 95, 96, 100, 160)
            for lang in ("zh", "en")
        ),
    ],
)
def test_no_line_is_too_wide_or_ends_in_spaces(case: str, columns: int, lang: str) -> None:
    told = run("demo", "--case", case, "--lang", lang, COLUMNS=str(columns))
    assert (told.exit_code, told.stderr) == (0, "")
    published = {"en": "This is a real, published case", "zh": "以下是一个已公开的真实案例"}[lang]
    assert told.stdout.replace("\n", " ").startswith(published) is not CASES[0].startswith(case)
    for line in told.stdout.splitlines():
        assert cell_len(line) <= min(columns, 140), line
        assert line == line.rstrip(), line


def test_the_dates_of_a_table_stand_below_each_other() -> None:
    told = run("demo", "--case", "06", "--lang", "zh", COLUMNS="100").stdout.splitlines()
    heading = next(line for line in told if line.startswith("期限 "))
    since, due = (cell_len(heading[: heading.index(word)]) for word in ("起算", "届满"))
    rows = [line for line in told[told.index(heading) :] if re.search(r"\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\d", line)]
    assert len(rows) > 5
    for line in rows:
        first, second = [match.start() for match in re.finditer(r"\d{4}-\d\d-\d\d", line)][:2]
        assert (cell_len(line[:first]), cell_len(line[:second])) == (since, due)


def test_the_default_case_is_composed_says_so_and_plays_as_it_says() -> None:
    path = demo.shipped_cases()[0]
    assert (path.parent.name, path.stem) == ("composed", demo.DEFAULT)
    playback = play(load_cases(path))
    assert playback.text("en") == ""
    assert (playback.file.title.zh, playback.file.source) == (
        "自立案至发放案款（编写的案例）",
        "编写，非真实案件 · composed, no real case",
    )
    for lang, said in (("en", "This case is composed, not a real one"), ("zh", "以下案例是编写的，不是真实案件")):
        assert run("demo", "--lang", lang).stdout.startswith(said)


def test_the_money_of_the_composed_case_adds_up() -> None:
    told = run("demo", COLUMNS="140").stdout
    for fact in (
        "Amount: 936,000 yuan",
        "Amount: 11,000 yuan",
        "Amount: 9,840 yuan",
        "Toward the money debt: 860,000 yuan; Toward the doubled interest: 55,160 yuan",
    ):
        assert fact in told
    assert execution_fee(860_000) == 11_000
    assert late_interest(800_000, date(2025, 8, 31), date(2026, 9, 29)) == 55_160
    assert starting_price_floor(1_300_000, date(2026, 7, 23)) == 910_000
    assert next_price_floor(910_000) == 728_000
    assert 860_000 + 55_160 + 11_000 + 9_840 == 936_000


def test_the_composed_case_tells_all_there_is_to_see() -> None:
    english, chinese = run("demo", COLUMNS="100").stdout, run("demo", "--lang", "zh", COLUMNS="100").stdout
    for line in [
        "Case      （2025）示0000执101号",
        "2025-09-24 Wed ▪ File the case  ⟶ Filed",
        "                 ▸ Time to hand over the file: due 2025-09-28",  # a Saturday; the Sunday after it is worked
        "                 ▸ Time to serve the enforcement notice: due 2025-10-09",  # off National Day
        "                 ! Time to ask the creditor for clues: 4 days late (it was due 2025-10-09)",
        "2025-11-13 Thu ↯ by itself: Ground that stops a clock E1: Deemed served  ⟶ Deemed served",
        "2025-11-24 Mon ! missed: Judgment debtor D1: Time to report property",
        "2025-11-26 Wed ✗ refused: Close for now",
        "                 ▸ Time to check a clue: due 2026-02-24",  # off the Spring Festival
        "                 ✓ Time to conclude the case: in time, 111 days left",
        "The deadlines as they stand on 2026-06-17 (Wednesday)",
        "2026-06-22 Mon ↳ Open from another case",
        "2026-07-16 Thu ✗ refused: Immovable property A2: List for the first auction",
        "                 ↻ Life of the freeze: valid through 2027-09-22",
        "2026-10-12 Mon ✗ refused: Enforcement money R1: Pay out",
        "               ▪ Close as fully enforced  ⟶ Fully enforced",
        "Not listed: 40 more that were met in time, have run or ended.",
        "How one of them is computed",
    ]:
        assert line in english.splitlines()
    for line in [
        "案号    （2025）示0000执101号",
        "2025-09-24 周三 ▪ 立案（当场）  ⟶ 已立案",
        "                  ! 通知申请执行人提供线索的期限：逾期，已过4天（2025-10-09 届满）",
        "2025-11-13 周四 ↯ 自动发生：扣除期间的事由 E1：视为送达  ⟶ 视为送达",
        "                ▪ 执行完毕结案  ⟶ 执行完毕",
        "另有40项已按期办结、届满或者不再计算，未列出。",
        "其中一项如何算得",
    ]:
        assert line in chinese.splitlines()


def test_reasons_of_one_source_name_it_once() -> None:
    told = run("demo", "--lang", "zh", COLUMNS="140").stdout.splitlines()
    refused = told.index("2025-11-26 周三 ✗ 不予记录：裁定终本")
    assert [line.strip() for line in told[refused + 6 : refused + 10]] == [
        "· 不成立：已约谈申请执行人并记录意见",
        "· 不成立：申请执行人签字确认，或者合议庭审查并报院长批准",
        "法〔2016〕373号第1至5条；民诉法解释(2022)第517条",
        "· 2025-12-24（含）前不得作出：终本最短期间，法〔2016〕373号第1条",
    ]


def test_a_published_case_tells_all_there_is_to_see() -> None:
    english = run("demo", "--case", "06", COLUMNS="100").stdout
    chinese = run("demo", "--case", "06", "--lang", "zh", COLUMNS="100").stdout
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
    for only in demo.shipped_cases()[:2]:
        monkeypatch.setattr(demo, "shipped_cases", lambda only=only: [only])
        assert "A real, published case: enforceflow" not in run("demo", "--case", only.stem).stdout


def test_an_install_without_its_cases_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_HERE", tmp_path / "a" / "b" / "c" / "demo.py")
    told = run("demo")
    assert (told.exit_code, told.stderr) == (2, "Error: the cases that come with the library are not in their place\n")
