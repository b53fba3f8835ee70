"""The commands that read files: check, show, run, deadlines, nodes, walk."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

import enforceflow as ef
from enforceflow.casefiles.host import AllRules, Host
from enforceflow.cli import opening, walking
from enforceflow.cli.titles import Titles
from enforceflow.reading.shelves import is_workflow
from enforceflow.testing import Broken, Story
from test_cli import CHECKOUT, process, run

WORKFLOWS = sorted(
    path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "workflows").rglob("*.yaml") if is_workflow(path)
)
CASES = sorted(path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "examples" / "cases").glob("*.yaml"))

LOAN = """\
workflow: court/loan
edition: 2026-01
zh: 借阅
en: Loan of a file
tracks: {copy: court/copy, note: {short: court/short, long: court/long}}
roles: {clerk: {zh: 书记员, en: Clerk}}
facts:
  pages: {zh: 页数, en: Pages, type: number}
  price: {zh: 费用, en: Fee, type: money}
  term: {zh: 期限, en: Term, type: days}
  until: {zh: 到期日, en: Until, type: date}
  asked: {zh: 申请日, en: Day of asking, type: date}
  urgent: {zh: 加急, en: Urgent, type: bool}
  size: {zh: 大小, en: Size, type: choice, choices: {small: {zh: 小, en: Small}, big: {zh: 大, en: Big}}}
  copies: {zh: 副本, en: Copies, type: list, item: track, track: copy}
  reader: {zh: 借阅人, en: Reader, type: text, personal: true}
parameters:
  reading: {zh: 阅读期, en: Time to read, values: {2000-01-01: 5 days, 2020-01-01: 10 days}, source: 甲第1条}
rules: {allowed: {zh: 已获准, en: It is allowed, source: 甲第2条}}
states:
  lent: {zh: 已借出, en: Lent, stage: filing}
  late: {zh: 催还中, en: Being recalled, stage: control}
  back: {zh: 已归还, en: Back, stage: closure, closed: true}
transitions:
  lend: {zh: 借出, en: Lend, to: lent, by: clerk, then: note_it,
         may_take: [pages, price, term, until, urgent, size, copies, reader, asked]}
  recall: {zh: 催还, en: Recall, from: lent, to: late, when: allowed, source: 甲第3条}
  forget: {zh: 作罢, en: Let it be, from: late, to: previous}
  remind: {zh: 提醒, en: Remind, from: any, verified: false, source: 甲第4条}
  give_back: {zh: 归还, en: Give back, from: [lent, late], to: back, awaits: note, after: lend, raises: copy.tear,
              outlives: true}
  extend: {zh: 延长, en: Extend, from: [lent, late], takes: term}
  expire: {zh: 失效, en: Expire, from: any, to: back}
time_limits:
  giving_back: {zh: 归还期限, en: Time to give back, lasts: reading, since: lend, met_by: give_back, source: 甲第5条,
                extended_by: {extend: extend.term}, extensions: {times: 2, total: 30 days}, warns: 2 days,
                verified: false}
  asking: {zh: 借出期限, en: Time to lend, lasts: 9 days, since: lend.asked, met_by: lend, source: 甲第17条}
  answer: {zh: 答复期限, en: Time to answer, lasts: 48 hours, since: recall, met_by: give_back, source: 甲第6条}
  quiet: {zh: 静默期, en: Quiet time, lasts: 3 days, since: remind, bars: remind, first_day: counted, rolls: true,
          restarts: false, source: 甲第7条}
  plea: {zh: 申辩期限, en: Time to plead, lasts: 9 days, since: lend, closes: forget, restored_by: extend,
         source: 甲第8条}
  life: {zh: 借阅有效期, en: Life of the loan, lasts: lend.term, since: lend, at_most: 400 days, if_missed: expire,
         paused_while: late, renew_from: old_end, outlives: true, source: 甲第9条}
  review: {zh: 复查, en: Review, every: 1 month, since: lend, met_by: remind, until: [1 year, give_back],
           source: 甲第10条}
  eve: {zh: 提前通知, en: Notice ahead, lasts: 2 days, before: {end_of: life}, met_by: remind, when: urgent,
        source: 甲第11条}
  after: {zh: 其后, en: Afterwards, lasts: 1 day, since: [{day_after: eve}, {end_of: copy.life}, copy.make, lend.until],
          met_by: remind, source: 甲第12条}
  once: {zh: 一次, en: Once, lasts: 3 months, since: {end_of: giving_back}, met_by: remind, source: 甲第13条}
  second: {zh: 二次, en: Twice, lasts: 3 months, since: {end_of: once}, met_by: remind, source: 甲第14条}
nodes:
  lending: {zh: 借出, en: Lending, stage: filing, key: true, done_by: lend, limits: giving_back, warns: 1 day,
            role: clerk, quality: {zh: 登记完整, en: The entry is complete}, hands_over: {zh: 借条, en: The slip}}
  reviewing: {zh: 复查, en: Reviewing, stage: closure, done_by: remind, limits: [review, copy.life]}
node_catalogue: {zh: 自拟的节点, en: Nodes made for this test}
"""
COPY = """\
workflow: court/copy
edition: 2026-01
zh: 副本
en: Copy
states: {made: {zh: 已制作, en: Made}, torn: {zh: 已销毁, en: Torn up, closed: true}}
transitions:
  make: {zh: 制作, en: Make, to: made}
  tear: {zh: 销毁, en: Tear up, from: made, to: torn, outlives: true}
  fade: {zh: 褪色, en: Fade, from: made, to: torn}
time_limits:
  life: {zh: 保存期限, en: Life of a copy, lasts: 20 days, since: make, if_missed: fade, source: 甲第15条}
"""
NOTE = """\
workflow: court/{name}
extends: court/note
zh: {zh}
en: {en}
"""
BASE = """\
workflow: court/note
edition: 2026-01
zh: 便条
en: Note
states: {written: {zh: 已写, en: Written, closed: true}}
transitions: {write: {zh: 写, en: Write, to: written, when: case.allowed, source: 甲第16条}}
"""


@pytest.fixture
def court(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with a case workflow, its tracks and a base; it is where commands are run."""
    folder = tmp_path / "court"
    folder.mkdir()
    files = {
        "loan": LOAN,
        "copy": COPY,
        "note": BASE,
        "short": NOTE.format(name="short", zh="短便条", en="Short note"),
        "long": NOTE.format(name="long", zh="长便条", en="Long note"),
    }
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_rules_that_come_with_the_library_are_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    told = run("check", *WORKFLOWS, *CASES, "cn/civil", "cn")
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0] == f"✓ {WORKFLOWS[0]} (workflow)"
    assert f"✓ {CASES[0]} (case file)" in lines
    assert lines[-2:] == ["✓ cn/civil (workflow)", "✓ cn (calendar)"]
    assert len(lines) == len(WORKFLOWS) + len(CASES) + 2


def test_a_track_is_checked_within_the_cases_that_use_it(court: Path) -> None:
    assert run("check", "court/short.yaml", "court/note.yaml").exit_code == 0
    (court / "court" / "note.yaml").write_text(BASE.replace("case.allowed", "case.alowed"), encoding="utf-8")
    told = run("check", "court/note.yaml")
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        "court/note.yaml:6:65: no name is called alowed; did you mean allowed?",
        "✗ court/note.yaml (workflow): 1 to be mended",
    ]


def test_a_part_is_checked_with_the_workflow_that_lists_it(court: Path) -> None:
    rules = "rules: {allowed: {zh: 已获准, en: It is allowed, source: 甲第2条}}\n"
    loan = LOAN.replace(rules, "").replace("tracks: {copy: court/copy, note", "parts: court/recalling\ntracks: {note")
    (court / "court" / "loan.yaml").write_text(loan, encoding="utf-8")
    part = "part: court/recalling\nzh: 催还\nen: Recalling\ntracks: {copy: court/copy}\n" + rules
    (court / "court" / "recalling.yaml").write_text(part, encoding="utf-8")
    assert run("check", "court/loan.yaml", "court/copy.yaml").exit_code == 0
    told = run("check", "court/recalling.yaml")
    assert (told.exit_code, told.stdout.splitlines()) == (
        1,
        [
            "court/recalling.yaml:1:1: this is a part of a workflow, not a workflow; check court/loan",
            "✗ court/recalling.yaml (file): 1 to be mended",
        ],
    )
    assert "请检查 court/loan" in run("show", "court/recalling.yaml", "--lang", "zh").stderr
    (court / "court" / "loan.yaml").write_text(loan.replace("parts: court/recalling\n", ""), encoding="utf-8")
    assert run("check", "court/recalling.yaml", "--lang", "zh").stdout.splitlines()[0] == (
        "court/recalling.yaml:1:1: 这是工作流的一个分篇，不是工作流；请检查列出它的工作流"
    )


def test_a_track_without_a_case_beside_it_is_checked_within_those_of_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cn").mkdir()
    shutil.copy(CHECKOUT / "workflows" / "cn" / "receipt.yaml", "cn/receipt.yaml")
    assert run("check", "cn/receipt.yaml").exit_code == 0


def test_every_problem_is_told(court: Path) -> None:
    (court / "bad.yaml").write_text("workflow: bad\nzh: 甲\nstates: {a: {zh: 甲}}\ntransitions: {}\n", encoding="utf-8")
    (court / "none.yaml").write_text("a: b\n", encoding="utf-8")
    (court / "torn.yaml").write_text("workflow: [\n", encoding="utf-8")
    (court / "odd.yaml").write_text("workflow: {a: b}\n", encoding="utf-8")
    (court / "calendar.yaml").write_text("calendar: x\n", encoding="utf-8")
    (court / "story.yaml").write_text("cases: story\n", encoding="utf-8")
    told = run("check", "bad.yaml", "none.yaml", "torn.yaml", "odd.yaml", "calendar.yaml", "story.yaml")
    lines = told.stdout.splitlines()
    assert told.exit_code == 1
    assert "bad.yaml:1:1: edition is missing" in lines
    assert "bad.yaml:3:13: en is missing" in lines
    assert "none.yaml:1:1: the first key must be workflow, part, calendar or cases, to say what the file is" in lines
    assert "✗ none.yaml (file): 1 to be mended" in lines
    assert any(line.startswith("torn.yaml:2:1: ") for line in lines)
    assert any(line.startswith("odd.yaml:1:11: ") for line in lines)
    assert any(line.startswith("calendar.yaml:1:") for line in lines)
    assert any(line.startswith("story.yaml:1:") for line in lines)
    chinese = run("check", "none.yaml", "--lang", "zh").stdout
    assert chinese.splitlines()[-1] == "✗ none.yaml（文件）：1 个问题"


@pytest.mark.usefixtures("court")
def test_what_is_not_there_has_a_code_of_its_own() -> None:
    told = run("check", "gone.yaml", "court/loan.yaml", "cn/civl", "x" * 300 + ".yaml", "a\0b.yaml")
    assert told.exit_code == 2
    assert told.stdout == "✓ court/loan.yaml (workflow)\n"
    lines = told.stderr.splitlines()
    assert lines[:2] == [
        "Error: there is no file gone.yaml",
        "Error: no workflow is called cn/civl; did you mean cn/civil?",
    ]
    assert all(line.startswith("Error: there is no file ") for line in lines[2:])
    assert len(lines) == 4
    assert run("check", "zzzzzzzzzzzzzzz").exit_code == 2


@pytest.mark.usefixtures("court")
def test_a_workflow_is_read_stage_by_stage() -> None:
    english, chinese = (
        run("show", "court/loan.yaml", COLUMNS="120"),
        run("show", "court/loan.yaml", "--lang", "zh", COLUMNS="120"),
    )
    assert english.exit_code == chinese.exit_code == 0
    assert [re.sub(r" ─+$", "", line) for line in english.stdout.splitlines() if line.endswith("──")] == [
        "Filing",
        "Control",
        "Closure",
        "Not of one stage",
        "Rules that the host answers",
        "Parameters",
        "Process nodes",
        "Parallel tracks",
    ]
    for line in [
        "Loan of a file  court/loan, edition 2026-01",
        "States: Lent",
        "States: Back (closed)",
        "▪ Lend  lend  opens ⟶ Lent",
        "    by: Clerk",
        "    for the host: note_it",
        "▪ Recall  recall  Lent ⟶ Being recalled",
        "    if: It is allowed (已获准)",
        "▪ Let it be  forget  Being recalled ⟶ the state before",
        "▪ Remind  remind  any state not closed",
        "    source: 甲第4条 (not verified)",
        "    after: Lend",
        "    awaits the end of: note",
        "    brings with it: Tear up (Copy)",
        "    once the case is closed: still open",
        "▸ Time to give back  giving_back",
        "    term: Time to read 5 days (since 2000-01-01), 10 days (since 2020-01-01) since Lend",
        "    to be done: Give back",
        "    extended by: Extend, Term, as Extend tells it, at most 2 times, 30 days in all",
        "    a later start: does not restart it",
        "    warns: 2 days before its end",
        "    bars until then: Remind",
        "    first day: counted",
        "    an end on a rest day: moves on",
        "    closes after it: Let it be",
        "    restored by: Extend",
        "    term: Term, as Lend tells it since Lend",
        "    then follows: Expire",
        "    at most: 400 days",
        "    left out while: Being recalled",
        "    a renewal counts from: the old end",
        "    once the case is closed: still runs",
        "    term: every 1 month since Lend",
        "    until: 1 year, Give back",
        "    term: 2 days before the end of Life of the loan",
        "    if: Urgent (加急)",
        "· It is allowed  allowed  甲第2条",
        "· Time to read  5 days (since 2000-01-01), 10 days (since 2020-01-01)  甲第1条",
        "· Lending (key)  Lend  Time to give back",
        "Nodes made for this test",
        "Filing",
        "    answers: Clerk",
        "    warns: 1 day before its end",
        "    quality: The entry is complete",
        "    hands over: The slip",
        "Closure",
        "· Reviewing  Remind  Review, Life of a copy (Copy)",
        "· Copy  court/copy",
        "· Short note  court/short",
    ]:
        assert line in english.stdout.splitlines()
    after = next(line for line in english.stdout.splitlines() if "1 day since the day after" in line)
    assert after.startswith(
        "    term: 1 day since the day after the end of Notice ahead, the end of Life of a copy (Copy), Make (Copy),"
    )
    for line in [
        "借阅  court/loan，版本 2026-01",
        "状态：已归还（终结）",
        "▪ 借出  lend  开启 ⟶ 已借出",
        "    期间：每1个月一次，自借出起",
    ]:
        assert line in chinese.stdout.splitlines()


@pytest.mark.usefixtures("court")
def test_a_track_is_shown_as_the_case_sees_it() -> None:
    told = run("show", "court/short.yaml")
    assert told.stdout.startswith("Short note  court/short, edition 2026-01\n")
    assert "    if: case.allowed\n" in told.stdout or "It is allowed" in told.stdout
    whole = run("show", "court/loan.yaml", "--tracks").stdout
    assert re.findall(r"(?m)^\S.*  (court/\w+), edition", whole) == [
        "court/loan",
        "court/copy",
        "court/short",
        "court/long",
    ]
    told = run("show", "court/note.yaml")
    assert told.exit_code == 2
    assert told.stderr == "Error: court/note is only what others lie on; show one of court/long, court/short\n"


@pytest.mark.usefixtures("court")
def test_titles_fall_back_on_names() -> None:
    whole = ef.load("court/loan.yaml")
    titles = Titles(whole, whole, "en")
    assert (titles.act("copy.carry_over"), titles.state("copy.carried_over")) == (
        "copy.carry_over",
        "copy.carried_over",
    )
    assert (titles.limit("copy.none"), titles.fact("none"), titles.role("none")) == ("copy.none", "none", "none")
    assert titles.track("case") == "Loan of a file"
    assert titles.state("case.lent") == "Lent (Loan of a file)"
    assert titles.anchor(ef.ByAct(ef.ActRef("lend"), "none")) == "none, as Lend tells it"
    assert titles.length(ef.ByParameter("none")) == "none"


def test_what_does_not_name_a_track_is_passed_over(court: Path) -> None:
    (court / "court" / "odd.yaml").write_text(
        "workflow: court/odd\nextends: [a]\ntracks: {a: [b], c: court/copy}\n", encoding="utf-8"
    )
    assert run("check", "court/short.yaml").exit_code == 0
    assert run("check", "court/copy.yaml").exit_code == 1


def test_what_cannot_be_shown(court: Path) -> None:
    assert run("show", "cn/civl").stderr == "Error: no workflow is called cn/civl; did you mean cn/civil?\n"
    assert run("show", "gone.yaml").stderr == "Error: there is no file gone.yaml\n"
    (court / "torn.yaml").write_text("workflow: [\n", encoding="utf-8")
    told = run("show", "torn.yaml")
    assert (told.exit_code, told.stderr.startswith("torn.yaml:2:1: ")) == (2, True)


def test_every_workflow_of_the_library_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    for lang in ("zh", "en"):
        for case in ("cn/civil", "cn/preservation"):
            assert run("show", case, "--tracks", "--lang", lang).exit_code == 0


STORY = """\
cases: loans
zh: 借阅
en: Loans
given: {workflow: court/loan.yaml}
each:
  first:
    zh: 第一次
    en: The first
    number: 甲1
    acts:
      - {at: 2026-01-05, do: lend, role: clerk, label: lent, expect: {state: lent},
         facts: {pages: 3, price: 12000.50, term: 20 days, until: 2026-02-05, urgent: true, size: big, copies: [copy/1],
                 reader: Zhang}}
      - {at: 2026-01-05T10:30, do: make, track: copy/1}
      - {at: 2026-01-06T09:00, do: recall, rules: {allowed: false}, expect: {refused: [guard: allowed]}}
      - {at: 2026-01-07, do: remind, assumed: true}
      - {at: 2026-01-08, do: remind, expect: {refused: [bar: quiet]}}
      - {at: 2026-01-09, do: extend, facts: {term: 3 days}, assumed: true, between: [2026-01-08, 2026-01-10]}
      - {at: 2026-01-12, do: write, track: note/1, kind: long, rules: {allowed: true}, history: true}
      - {at: 2026-01-12T09:00, do: recall, rules: {allowed: true}, recorded: 2026-01-15}
      - {at: 2026-01-13, do: forget, label: forgotten}
      - {strike: forgotten, reason: entered twice, recorded: 2026-01-14}
      - {correct: lent, reason: clerical error, recorded: 2026-01-14, facts: {pages: 4, term: 30 days}}
      - {at: 2026-03-20, expect: {states: {copy/1: torn}}}
      - {at: 2026-03-30, do: give_back}
    expect: {states: {case: back}}
  second:
    zh: 第二次
    en: The second
    acts:
      - {at: 2026-01-05, do: lend}
      - {at: 2026-01-07, do: give_back, expect: {status: {giving_back: missed}}}
  third:
    zh: 第三次
    en: The third
    acts:
      - {at: 2026-01-05, do: lend, facts: {asked: 2026-01-02}}
      - {at: 2026-01-05, do: make, track: copy/1, label: made}
      - {at: 2026-01-20, expect: {status: {once: running}}}
      - {at: 2026-02-01, do: remind}
      - {at: 2026-01-31, do: make, track: copy/2, recorded: 2026-02-01}
      - {correct: made, at: 2026-01-29, reason: wrong day, recorded: 2026-02-02}
      - {at: 2026-02-03, do: give_back}
"""


@pytest.fixture
def loans(court: Path) -> Path:
    """Return a case file that holds of all there is to tell something."""
    file = court / "loans.yaml"
    file.write_text(STORY, encoding="utf-8")
    return file


TOLD = """\
2026-01-05 Mon ▪ Lend  ⟶ Lent
                   Pages: 3; Fee: 12,000.50 yuan; Term: 20 days; Until: 2026-02-05; Urgent: yes;
                   Size: Big; Copies: Copy 1
                 ▸ Time to give back: due 2026-01-15
                 ▸ Time to plead: open through 2026-01-14
                 ▸ Life of the loan: valid through 2026-01-25
"""
PLAYED = """\
               ▪ 10:30 Copy 1: Make  ⟶ Made
2026-01-06 Tue ✗ 09:00 refused: Recall
                 · not so: It is allowed (已获准), 甲第3条
2026-01-07 Wed ▪ Remind
                 ≈ assumed date: the source does not tell it
                 ✓ Review: in time, 29 days left
                 ! Afterwards: 1 day late (it was due 2026-01-06)
                 ▸ Quiet time: through 2026-01-09
                 · barred through 2026-01-09: Quiet time (静默期), 甲第7条
                 ≈ assumed date: the source only tells 2026-01-08 to 2026-01-10
                 ↻ Time to give back: now due 2026-01-19, before 2026-01-15
2026-01-12 Mon ▪ Long note 1: Write  ⟶ Written
                 ≈ recorded as having happened, lawful or not
               ▪ 09:00 Recall  ⟶ Being recalled
                   entered on 2026-01-15
                 ▸ Time to answer: due 2026-01-14 10:00
2026-01-14 Wed ✎ struck: Let it be
                   because: entered twice
               ✎ corrected: Lend
                   Pages: 4; Term: 30 days
               ! 10:00 missed: Time to answer
                 ✓ Time to lend: in time, 7 days left
2026-01-26 Mon ↯ by itself: Copy 1: Fade  ⟶ Torn up
                 ! Time to give back: 70 days late (it was due 2026-01-19)
                 - Review: ended
The deadlines as they stand on 2026-03-30 (Monday)
Time to give back        2026-01-05        2026-01-19        Met late 2026-03-30  70 days late
  甲第5条
Life of the loan         2026-01-05        2026-04-22        Running              23 days left
                 ✎ no longer follows: Copy 1: Fade
                 ↳ with it: Copy 1: Tear up  ⟶ Torn up
  2026-01-18 (Sunday)    Extend on 2026-01-09 (Friday): 3 days longer
Dates marked “assumed” are not given by the source; all others are.
loans.yaml:32:72: expected status giving_back missed, found met
✗ of 7 expectations 1 do not hold
"""
CHINESE = """\
第一次 ─────────────────────────────────────────────────────────────────────────
案号    甲1
工作流  借阅（court/loan，版本 2026-01）
2026-01-05 周一 ▪ 借出  ⟶ 已借出
                    页数：3；费用：12,000.50元；期限：20日；到期日：2026-02-05；
                  ▸ 归还期限：2026-01-15 届满
                  ▸ 申辩期限：2026-01-14 届满，此后不得作出
                  ≈ 推定日期：来源仅可知在 2026-01-08 至 2026-01-10 之间
2026-01-26 周一 ↯ 自动发生：副本 1：褪色  ⟶ 已销毁
                  ! 归还期限：逾期，已过70天（2026-01-19 届满）
各项期限在2026-03-30（星期一）的状态
loans.yaml:32:72: 应为 期限状态 giving_back missed，实为 met
✗ 7 项预期，1 项不符
"""


@pytest.mark.usefixtures("loans")
def test_a_story_is_told_and_its_expectations_checked() -> None:
    english, chinese = run("run", "loans.yaml", COLUMNS="100"), run("run", "loans.yaml", "--lang", "zh", COLUMNS="80")
    assert (english.exit_code, english.stderr, chinese.exit_code) == (1, "", 1)
    assert TOLD in english.stdout
    for line in PLAYED.splitlines():
        assert line in english.stdout.splitlines()
    for line in CHINESE.splitlines():
        assert line in chinese.stdout.splitlines()
    assert "Zhang" not in english.stdout + chinese.stdout


def test_a_file_that_holds(loans: Path) -> None:
    loans.write_text(STORY.replace("giving_back: missed", "giving_back: met"), encoding="utf-8")
    told = run("run", "loans.yaml")
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "✓ all 7 expectations hold")
    expected_of_nothing = re.sub(r", expect: {status[^}]*}}}", "}", STORY)
    loans.write_text(
        expected_of_nothing[: expected_of_nothing.index("each:")]
        + "each:\n"
        + STORY[STORY.index("  second:") : STORY.index("  third:")].replace(
            ", expect: {status: {giving_back: missed}}", ""
        ),
        encoding="utf-8",
    )
    told = run("run", "loans.yaml")
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "the file expects nothing")


@pytest.mark.usefixtures("loans")
def test_the_day_of_the_final_expectations() -> None:
    told = run("run", "loans.yaml", "--today", "2026-06-30")
    assert "The deadlines as they stand on 2026-06-30 (Tuesday)" in told.stdout.splitlines()
    assert run("run", "loans.yaml", "--today", "2026-06-31").stderr == "Error: there is no day 2026-06-31\n"


def test_a_play_that_stops_says_so(loans: Path) -> None:
    loans.write_text(STORY.replace("2026-01-12T09:00, do: recall", "2026-01-12, do: recall"), encoding="utf-8")
    told = run("run", "loans.yaml")
    assert told.exit_code == 1
    assert "That was not as expected: nothing is played after it." in told.stdout.splitlines()


def test_a_case_opened_from_another_and_one_without_limits(loans: Path) -> None:
    text = STORY.replace("giving_back: missed", "giving_back: met") + (
        "  fourth:\n    zh: 第四次\n    en: The fourth\n    from: second\n    at: 2026-02-01\n"
        "    acts: [{at: 2026-02-01, expect: {states: {case: back}}}]\n"
    )
    loans.write_text(
        text.replace("do: give_back, expect", "do: remind, expect").replace("giving_back: met", "giving_back: running"),
        encoding="utf-8",
    )
    told = run("run", "loans.yaml")
    assert "2026-02-01 Sun ↳ Open from another case" in told.stdout.splitlines()


@pytest.mark.usefixtures("loans")
def test_json_tells_the_same() -> None:
    told = run("run", "loans.yaml", "--json")
    plain = json.loads(told.stdout)
    assert (told.exit_code, plain["holds"], plain["cases"]) == (1, False, "loans")
    assert [case["holds"] for case in plain["each"]] == [True, False, True]


def test_bad_case_files_are_told_line_by_line(loans: Path) -> None:
    loans.write_text(STORY.replace("do: lend", "do: lned"), encoding="utf-8")
    told = run("run", "loans.yaml")
    assert (told.exit_code, told.stdout) == (2, "")
    lines = told.stderr.splitlines()
    assert lines[0] == "loans.yaml:11:30: no event is called lned; did you mean lend?"
    assert all(line.startswith("loans.yaml:") for line in lines)
    assert run("run", "gone.yaml", "--lang", "zh").stderr == "错误：没有文件 gone.yaml\n"


@pytest.fixture
def saved(court: Path) -> Path:
    """Return a saved case of the library's own workflow."""
    engine = ef.Engine(ef.load("cn/civil"), calendar=ef.calendar("cn"), rules=AllRules(Host()))
    case = engine.open("（2026）示0000执1号")
    case = engine.record(case, "file", at=date(2026, 1, 5), facts={"owed": "500000"}).case
    case = engine.record(case, "assign_handler", at=date(2026, 1, 7)).case
    file = court / "saved.json"
    file.write_text(json.dumps(ef.to_plain(case)), encoding="utf-8")
    return file


@pytest.mark.usefixtures("saved")
def test_the_deadlines_of_a_saved_case() -> None:
    told = run("deadlines", "saved.json", "--workflow", "cn/civil", "--today", "2026-06-25", COLUMNS="100")
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[0] == "（2026）示0000执1号 · The deadlines as they stand on 2026-06-25 (Thursday)"
    assert (
        "Time to conclude the case                      2026-01-05  2026-07-06  Due soon        11 days left" in lines
    )
    plain = json.loads(run("deadlines", "saved.json", "--today", "2026-06-25", "--json", "--lang", "zh").stdout)
    assert (plain["number"], plain["today"]) == ("（2026）示0000执1号", "2026-06-25")
    found = {one["name"]: one for one in plain["deadlines"]}
    assert found["assignment"]["met"] == "2026-01-07"
    assert found["conclusion"]["left"] == "还剩11天"
    assert [step["kind"] for step in found["conclusion"]["steps"]] == ["start", "period", "rest"]


def test_the_deadlines_of_this_very_day(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Today(date):
        @classmethod
        def today(cls) -> Today:
            return cls(2026, 1, 6)

    monkeypatch.setattr(opening, "date", Today)
    assert json.loads(run("deadlines", str(saved), "--json").stdout)["today"] == "2026-01-06"


@pytest.mark.usefixtures("loans")
def test_the_deadlines_and_nodes_of_a_case_file() -> None:
    told = run("deadlines", "loans.yaml", "--today", "2026-01-10", "--lang", "zh", COLUMNS="130")
    assert told.stdout.count("各项期限在2026-01-10（星期六）的状态") == 3
    assert "静默期" in told.stdout
    plain = json.loads(run("nodes", "loans.yaml", "--json").stdout)
    assert [case["number"] for case in plain] == ["甲1", "second", "third"]
    assert plain[0]["nodes"][0]["status"] == "done_late"


@pytest.mark.usefixtures("saved", "loans")
def test_the_board_of_nodes() -> None:
    english = run("nodes", "saved.json", "--today", "2026-01-20", COLUMNS="140").stdout.splitlines()
    told = [" ".join(line.split()) for line in english]
    assert "Assign a handler (key) done 2026-01-07 2026-01-12 Enforcement command centre" in told
    chinese = run("nodes", "loans.yaml", "--lang", "zh", COLUMNS="120").stdout
    assert "借出（关键）  超期完成 2026-01-05" in chinese
    assert "书记员" in chinese
    assert "自拟的节点" in chinese


LENT_TWICE = """\
cases: copies
zh: 两份副本
en: Two copies of a file
given: {workflow: court/loan.yaml}
each:
  both:
    zh: 两份
    en: Both
    acts:
      - {at: 2026-01-05, do: lend, facts: {pages: 3, until: 2026-02-05}}
      - {at: 2026-01-06, do: make, track: copy/C1}
      - {at: 2026-01-10, do: make, track: copy/C2}
      - {at: 2026-01-20, expect: {nodes: {reviewing: running}}}
"""


@pytest.mark.usefixtures("court")
def test_the_board_tells_which_track_presses_most() -> None:
    Path("copies.yaml").write_text(LENT_TWICE, encoding="utf-8")
    english = run("nodes", "copies.yaml", "--today", "2026-02-02", COLUMNS="100").stdout.splitlines()
    assert english[1] == "Nodes made for this test"
    assert english[5:] == [
        "Filing",
        "Lending (key)  overdue  2026-01-15  18 days late              Clerk",
        "Closure",
        "Reviewing      overdue  2026-01-26  7 days late   Copy C1 +1",
        "",
    ]
    running = run("nodes", "copies.yaml", "--today", "2026-01-20", "--lang", "zh").stdout.splitlines()
    assert "复查          进行中  2026-01-26  还剩6天    副本 C1 +1" in running
    [case] = json.loads(run("nodes", "copies.yaml", "--today", "2026-01-27", "--json").stdout)
    lending, reviewing = case["nodes"]
    assert case["catalogue"] == "Nodes made for this test"
    assert (lending["stage"], lending["role"], lending["key"]) == ("filing", "clerk", True)
    assert (lending["quality"], lending["hands_over"]) == ("The entry is complete", "The slip")
    assert (lending["done"], lending["done_by"], lending["done_on"]) == ("2026-01-05", "lend", "")
    assert reviewing["deadlines"] == ["review", "copy/C1.life", "copy/C2.life"]
    assert reviewing["worst"] == {
        "name": "copy/C1.life",
        "track": "copy/C1",
        "status": "lapsed",
        "due": "2026-01-26",
        "left": "1 day late",
    }


def test_a_case_without_limits_or_nodes(court: Path) -> None:
    (court / "bare.yaml").write_text(
        "workflow: bare\nedition: 1\nzh: 空\nen: Bare\nstates: {a: {zh: 甲, en: A}}\n"
        "transitions: {go: {zh: 去, en: Go, to: a}}\n",
        encoding="utf-8",
    )
    shutil.copy(CHECKOUT / "workflows" / "cn" / "calendar.yaml", court / "calendar.yaml")
    text = (court / "calendar.yaml").read_text(encoding="utf-8").replace("calendar: cn\n", "calendar: calendar\n")
    (court / "calendar.yaml").write_text(text, encoding="utf-8")
    (court / "plain.yaml").write_text(
        "cases: plain\nzh: 空\nen: Plain\ngiven: {workflow: bare.yaml, calendar: calendar.yaml}\n"
        "each: {one: {zh: 一, en: One, acts: [{at: 2026-01-05, do: go}]}}\n",
        encoding="utf-8",
    )
    assert "no deadlines" in run("deadlines", "plain.yaml").stdout
    assert "没有流程节点" in run("nodes", "plain.yaml", "--lang", "zh").stdout
    told = run("run", "plain.yaml")
    assert (told.exit_code, "The deadlines" in told.stdout) == (0, False)
    assert run("show", "bare.yaml").stdout.endswith("▪ Go  go  opens ⟶ A\n\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[", "x.json is not JSON: "),
        (b"\xff", "x.json is not JSON: "),
        (b"[" * 100_000, "x.json is not JSON: "),
        (b"{}", "it does not say which form it is saved in"),
        (b"[]", "it is no saved case"),
    ],
)
def test_what_is_no_saved_case(content: bytes, told: str, court: Path) -> None:
    (court / "x.json").write_bytes(content)
    said = run("deadlines", "x.json", "--today", "2026-01-05")
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith("Error: ")
    assert told in said.stderr
    assert "Traceback" not in said.stderr


def test_a_saved_case_that_cannot_be_opened(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("nodes", "gone.json").stderr == "Error: there is no file gone.json\n"
    told = run("deadlines", "saved.json", "--workflow", "cn/preservation")
    assert (told.exit_code, "pinned to cn/civil" in told.stderr) == (2, True)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run("nodes", saved.name).stderr == "Error: saved.json cannot be read: Permission denied\n"


def test_a_walk_tells_what_it_saw(court: Path) -> None:
    told = run("walk", "court/loan.yaml", "--walks", "5", "--seed", "1")
    assert told.exit_code == 0
    assert re.fullmatch(
        r"✓ court/loan: 5 walks, \d+ acts recorded, \d+ kinds of them out of 11; all held \(seed 1\)\n", told.stdout
    )
    assert told.stdout == run("walk", "court/loan.yaml", "--walks", "5", "--seed", "1").stdout
    assert "游走 1 次" in run("walk", "court/copy.yaml", "--walks", "1", "--acts", "3", "--lang", "zh").stdout
    assert not (court / ".hypothesis").exists()


@pytest.mark.usefixtures("court")
def test_a_walk_that_breaks_tells_its_shortest_example(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_it(_: walking.Found, story: Story) -> None:
        told = f"something does not hold\n{story!r}"
        raise Broken(told)

    monkeypatch.setattr(walking.Found, "take", break_it)
    told = run("walk", "court/loan.yaml", "--walks", "3", "--seed", "1")
    assert told.exit_code == 1
    assert told.stdout.startswith("something does not hold\na story:")
    assert told.stdout.endswith("✗ court/loan: this did not hold (seed 1)\n")


def test_a_walk_without_the_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "enforceflow.cli.walking", None)
    monkeypatch.delattr(sys.modules["enforceflow.cli"], "walking")
    told = run("walk", "cn/civil")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "Error: this command needs an extra: pip install 'enforceflow[testing]'\n"


def test_a_plain_install_lists_every_command(tmp_path: Path) -> None:
    (tmp_path / "hypothesis.py").write_text("raise ImportError('blocked')\n", encoding="utf-8")
    listed = process("--help", PYTHONPATH=os.fspath(tmp_path))
    assert listed.returncode == 0
    assert b"  walk " in listed.stdout
    told = process("walk", "cn/civil", "--lang", "zh", PYTHONPATH=os.fspath(tmp_path))
    assert (told.returncode, told.stdout) == (2, b"")
    assert told.stderr.decode() == "错误：此命令需要附加组件：pip install 'enforceflow[testing]'\n"
