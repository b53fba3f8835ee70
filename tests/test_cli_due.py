"""`enforceflow due`: exact answers in both languages, JSON, and every kind of bad input."""

from __future__ import annotations

import json

import pytest

from test_cli import run

ENGLISH = """\
due 2026-07-27 (Monday)
  2026-07-10 (Friday)    the period starts; the day itself is not counted
  2026-07-25 (Saturday)  + 15 days
  2026-07-27 (Monday)    moved here off 2026-07-25 (Saturday), a weekend day
  calendar cn 国办发明电〔2025〕7号
"""
CHINESE = """\
2026-07-27（星期一）届满
  2026-07-10（星期五）  起算，当日不计入
  2026-07-25（星期六）  加15日
  2026-07-27（星期一）  2026-07-25（星期六）为公休日，顺延至此
  日历 cn 国办发明电〔2025〕7号
"""


def test_the_reckoning_is_explained_in_both_languages() -> None:
    assert run("due", "15 days", "--since", "2026-07-10").stdout == ENGLISH
    assert run("due", "15", "days", "--since", "2026-07-10", "--lang", "zh").stdout == CHINESE
    assert run("--lang=zh", "due", "15 days", "--since", "2026-07-10").stdout == CHINESE


@pytest.mark.parametrize(
    ("args", "due"),
    [
        (["15 days", "--since", "2026-07-10", "--no-rolls"], "2026-07-25"),
        (["15 days", "--since", "2026-07-10", "--first-day-counted"], "2026-07-24"),
        (["1 month", "--since", "2024-01-31"], "2024-02-29"),
        (["3 workdays", "--since", "2026-07-10"], "2026-07-15"),
        (["48 hours", "--since", "2026-02-20T10:30"], "2026-02-22T11:00:00+08:00"),
        (["48 hours", "--since", "2026-02-20 10:30"], "2026-02-22T11:00:00+08:00"),
        (["1 hour", "--since", "2026-02-20T02:00:00Z"], "2026-02-20T12:00:00+08:00"),
        (["15 days", "--since", "2020-01-15", "--known", "2020-01-25"], "2020-01-31"),
        (["15 days", "--since", "2020-01-15", "--known", "2020-01-26"], "2020-02-03"),
        (["0 days", "--since", " 2026-07-10 "], "2026-07-10"),
    ],
)
def test_json_tells_when_it_is_due(args: list[str], due: str) -> None:
    told = run("due", *args, "--json")
    plain = json.loads(told.stdout)
    assert (told.exit_code, plain["due"], plain["provisional"]) == (0, due, False)
    assert plain["period"] == args[0]
    assert [step["kind"] for step in plain["steps"]][:2] == ["start", "period"]


def test_what_depends_on_a_year_not_announced_is_provisional() -> None:
    args = ("due", "2 years", "--since", "2026-06-30", "--known", "2026-01-20")
    assert json.loads(run(*args, "--json").stdout)["provisional"] is True
    assert run(*args).stdout.startswith("due 2028-06-30 (Friday), provisional\n")


@pytest.mark.parametrize(
    ("args", "english", "chinese"),
    [
        (["15 dys", "--since", "2026-07-10"], "15 dys is not a period; write 7 days,", "“15 dys”不是期间；"),
        (["99999 days", "--since", "2026-07-10"], "the period 99999 days is too long", "期间“99999 days”过长"),
        (["1 day", "--since", "2026-02-30"], "there is no day 2026-02-30", "没有 2026-02-30 这一天"),
        (["1 day", "--since", "2026-02-30T10:00"], "there is no day 2026-02-30", "没有 2026-02-30 这一天"),
        (
            ["1 day", "--since", "2026-02-20T25:00"],
            "there is no moment 2026-02-20T25:00",
            "没有 2026-02-20T25:00 这一时刻",
        ),
        (["1 day", "--since", "10/7/2026"], "10/7/2026 is no date; write 2026-07-10, or", "“10/7/2026”不是日期；"),
        (["1 day", "--since", "2026-02-20T9"], "2026-02-20T9 is no date", "“2026-02-20T9”不是日期"),
        (["1 day", "--since", "２０２６-02-20"], "２０２６-02-20 is no date", "“２０２６-02-20”不是日期"),
        (
            ["1 day", "--since", "2026-07-10", "--known", "2026"],
            "2026 is no date; write 2026-07-10\n",
            "“2026”不是日期；",
        ),
        (["1 hour", "--since", "2026-07-10"], "2026-07-10 is a bare date", "2026-07-10"),
        (
            ["1 day", "--since", "2026-07-10", "--calendar", "nx"],
            "no calendar is called nx; known: cn",
            "没有名为“nx”的日历",
        ),
        (["15 days", "--since", "9999-12-30"], "outside the years 1 to 9999", "9999"),
        (["1 minute", "--since", "0001-01-01T00:00+14:00"], "outside the years 1 to 9999", "9999"),
    ],
)
def test_bad_input_is_one_clear_line(args: list[str], english: str, chinese: str) -> None:
    told, said = run("due", *args), run("due", *args, "--lang", "zh")
    assert told.exit_code == said.exit_code == 2
    assert told.stdout == said.stdout == ""
    assert told.stderr.count("\n") == said.stderr.count("\n") == 1
    assert told.stderr.startswith("Error: ")
    assert english in told.stderr
    assert said.stderr.startswith("错误：")
    assert chinese in said.stderr


def test_a_calendar_file_that_is_not_there() -> None:
    told = run("due", "1 day", "--since", "2026-07-10", "--calendar", "none/cn/calendar.yaml")
    assert told.exit_code == 2
    assert told.stderr == "none/cn/calendar.yaml:1:1: the file cannot be read: No such file or directory\n"
