"""What case files show of a workflow, on a small court made for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from enforceflow.casefiles import Playback, load_cases, play
from enforceflow.definitions import Workflow
from enforceflow.reading import load
from enforceflow.testing import Demand, Shown, exercised

CASE = """workflow: trial/case
edition: 2026-01
zh: 试
en: Trial
tracks: {asset: {car: trial/car, boat: trial/boat}}
facts:
  owed: {zh: 额, en: Sum, type: money}
  hearing: {zh: 期日, en: Hearing, type: date}
  called: {zh: 来电, en: Called, type: datetime}
rules: {ready: {zh: 齐备, en: All is ready}}
parameters: {wait: {zh: 等, en: Wait, value: 3 workdays, local: true}}
states:
  open: {zh: 开, en: Open}
  resting: {zh: 停, en: Resting}
  done: {zh: 完, en: Done, closed: true}
transitions:
  file: {zh: 立, en: File, to: open, may_take: [owed, hearing, called]}
  rest: {zh: 停, en: Rest, from: open, to: resting}
  resume: {zh: 续, en: Resume, from: resting, to: open}
  assign: {zh: 派, en: Assign, from: any}
  extend: {zh: 延, en: Extend, from: open}
  object: {zh: 异, en: Object, from: open}
  excuse: {zh: 恕, en: Excuse, from: open}
  query: {zh: 查, en: Query, from: open}
  notify: {zh: 告, en: Notify, from: open}
  small: {zh: 小额, en: Small, event: sort, from: open, when: owed < 100, local: true}
  large: {zh: 大额, en: Large, event: sort, from: open, when: owed >= 100, local: true}
  value: {zh: 估, en: Value, from: open, raises: asset.value}
  close: {zh: 结, en: Close, from: open, to: done, when: ready and owed > 0, after: assign, awaits: asset, local: true}
time_limits:
  assignment: {zh: 派, en: Assign, lasts: 7 days, since: file, met_by: assign, paused_while: resting,
               extended_by: {extend: 3 days}, extensions: {times: 1}, source: 示例}
  answer: {zh: 答, en: Answer, lasts: 2 hours, since: file.called, met_by: assign, source: 示例}
  quick: {zh: 快, en: Quick, lasts: wait, since: file, met_by: query, source: 示例}
  early: {zh: 早, en: Not too early, lasts: 10 days, since: file, bars: close, source: 示例}
  objection: {zh: 异, en: Objection, lasts: 10 days, since: file, closes: object, restored_by: excuse, source: 示例}
  regular: {zh: 常, en: Regular, every: 1 month, since: file, met_by: query, source: 示例}
  summons: {zh: 传, en: Summons, lasts: 3 days, before: file.hearing, met_by: notify, source: 示例}
  fallow: {zh: 歇, en: Fallow, lasts: 5 days, since: file, source: 示例}
"""
CAR = """workflow: trial/car
edition: 2026-01
zh: 车
en: Car
facts: {term: {zh: 期, en: Term, type: period}}
parameters: {most: {zh: 上限, en: Ceiling, value: 2 years, local: true}}
rules: {traced: {zh: 已寻, en: Traced}}
states:
  held: {zh: 扣, en: Held}
  free: {zh: 还, en: Free, closed: true}
transitions:
  seize: {zh: 扣, en: Seize, to: held, may_take: term}
  renew: {zh: 续, en: Renew, from: held}
  value: {zh: 估, en: Value, from: held, when: traced, local: true}
  release: {zh: 还, en: Release, from: any, to: free}
  lapse: {zh: 失, en: Lapse, from: any, to: free}
time_limits:
  seizure: {zh: 扣期, en: Seizure, lasts: seize.term, at_most: most, since: [seize, renew], if_missed: lapse,
            source: 示例}
"""
BOAT = "workflow: trial/boat\nextends: trial/car\nzh: 船\nen: Boat\n"
HEAD = "cases: story\nzh: 试\nen: Test\ngiven: {workflow: trial/case, rules: {ready: true, traced: true}}\neach:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trial").mkdir()
    for name, text in (("case", CASE), ("car", CAR), ("boat", BOAT)):
        (tmp_path / "trial" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def court(folder: Path) -> Workflow:
    return load("trial/case", search=[folder])


def played(folder: Path, stories: Sequence[str]) -> Playback:
    path = folder / "story.yaml"
    cases = [f"  s{number}: {{zh: 试, en: Test, acts: [{story}]}}\n" for number, story in enumerate(stories)]
    path.write_text(HEAD + "".join(cases), encoding="utf-8")
    return play(load_cases(path), search=[folder])


def shown(folder: Path, *stories: str) -> dict[str, set[str]]:
    """Return by limit or act what the stories show, all of them sound."""
    playback = played(folder, stories)
    assert playback.text("en") == ""
    found: dict[str, set[str]] = {}
    for demand in exercised([court(folder)], [playback]):
        if demand.shown_by:
            found.setdefault(demand.name, set()).add(f"{demand.what} {demand.subject}".strip())
    return found


def test_what_is_asked_of_each_nature(folder: Path) -> None:
    asked: dict[str, list[str]] = {}
    for demand in exercised([court(folder)], []):
        assert demand.shown_by == ()
        asked.setdefault(demand.name, []).append(f"{demand.what} {demand.subject}".strip())
    assert asked == {
        "assignment": ["early", "last_day", "late", "rested", "paused", "extended", "capped"],
        "answer": ["early", "last_day", "late"],
        "quick": ["early", "last_day", "late"],
        "early": ["barred", "allowed"],
        "objection": ["accepted", "too_late", "restored", "rested"],
        "regular": ["early", "last_day", "late", "twice", "rested"],
        "summons": ["in_time", "late"],
        "fallow": ["running", "run_out", "rested"],
        "small": ["recorded", "refused owed < 100"],
        "large": ["recorded", "refused owed >= 100"],
        "close": ["recorded", "refused ready", "refused owed > 0", "refused assign", "refused asset"],
        "seizure": ["standing", "lapsed", "renewed", "ceiling"],
        "value": ["recorded", "refused traced"],
    }


def test_kinds_that_share_a_definition_are_asked_once(folder: Path) -> None:
    [first, *_] = [demand for demand in exercised([court(folder)], []) if demand.name == "seizure"]
    assert first.workflows == ("trial/car", "trial/boat")
    assert (str(first), first.text("zh")) == (
        "trial/car seizure: standing on the last day",
        "trial/car seizure：届满日仍有效",
    )
    guard = Demand(("trial/case",), "transitions", "close", Shown.REFUSED, "ready")
    assert str(guard) == "trial/case close: refused for want of ready"
    assert guard.text("zh") == "trial/case close：因此不予记录（ready）"
    assert all(shown.text("zh") and shown.text("en") for shown in Shown)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ("{at: 2026-01-09, do: assign, expect: {status: {assignment: met}}}", {"early"}),
        ("{at: 2026-01-12, do: assign, expect: {due: {assignment: 2026-01-12}}}", {"last_day"}),
        ("{at: 2026-01-13, do: assign, expect: {status: {assignment: met_late}}}", {"late"}),
        ("{at: 2026-01-14, do: assign, expect: {status: {assignment: met_late}}}", set()),
        ("{at: 2026-01-13, expect: {status: {assignment: missed}}}", {"late"}),
        ("{at: 2026-01-14, expect: {status: {assignment: missed}}}", set()),
        ("{at: 2026-01-12, do: assign}", set()),
        (
            """{at: 2026-01-06, do: extend, expect: {due: {assignment: 2026-01-15}}},
              {at: 2026-01-07, do: extend, expect: {refused: [extension]}}""",
            {"extended", "capped"},
        ),
        (
            "{at: 2026-01-06, do: rest}, {at: 2026-01-11, do: resume, expect: {due: {assignment: 2026-01-19}}}",
            {"paused", "rested"},
        ),
    ],
)
def test_a_limit_to_act(folder: Path, acts: str, expected: set[str]) -> None:
    assert shown(folder, "{at: 2026-01-05, do: file}, " + acts).get("assignment", set()) == expected


def test_hours_have_a_last_minute(folder: Path) -> None:
    filed = "{at: 2026-01-05, do: file, facts: {called: 2026-01-05T10:00}}, "
    assert shown(
        folder,
        filed + "{at: 2026-01-05T13:00, do: assign, expect: {status: {answer: met}}}",
        filed + "{at: 2026-01-05T13:01, do: assign, expect: {status: {answer: met_late}}}",
    )["answer"] == {"last_day", "late"}
    early = shown(folder, filed + "{at: 2026-01-05T11:00, do: assign, expect: {status: {answer: met}}}")
    assert early["answer"] == {"early"}


def test_bars_rights_and_what_merely_runs(folder: Path) -> None:
    filed = "{at: 2026-01-05, do: file, facts: {owed: 5}}, {at: 2026-01-06, do: assign}, "
    found = shown(
        folder,
        filed + "{at: 2026-01-15, do: close, expect: {refused: [bar]}}, {at: 2026-01-16, do: close}",
        filed + "{at: 2026-01-14, do: close, expect: {refused: [bar]}}, {at: 2026-01-17, do: close}",
        filed + "{at: 2026-01-15, do: object}",
        filed + "{at: 2026-01-16, do: object, expect: {refused: [out_of_time]}}",
        filed + "{at: 2026-01-16, do: excuse}, {at: 2026-01-16, do: object}",
        filed + "{at: 2026-01-12, expect: {status: {fallow: running}}}",
        filed + "{at: 2026-01-13, expect: {status: {fallow: has_run}}}",
    )
    assert found["early"] == {"barred", "allowed"}
    assert found["objection"] == {"accepted", "too_late", "restored"}
    assert found["fallow"] == {"running", "run_out", "rested"}
    opened = shown(folder, filed + "{at: 2026-01-16, expect: {open: [close]}}")
    assert opened["early"] == {"allowed"}


def test_recurring_and_counted_back(folder: Path) -> None:
    found = shown(
        folder,
        "{at: 2026-01-05, do: file}, {at: 2026-02-05, do: query}, {at: 2026-03-05, expect: {absent: [summons], "
        "status: {regular: running}}}",
        "{at: 2026-01-05, do: file, facts: {hearing: 2026-01-20}}, "
        "{at: 2026-01-18, do: notify, expect: {status: {summons: met_late}}}",
        "{at: 2026-01-05, do: file, facts: {hearing: 2026-01-20}}, "
        "{at: 2026-01-17, do: notify, expect: {status: {summons: met}}}",
    )
    assert found["regular"] == {"last_day", "twice"}
    assert found["summons"] == {"in_time", "late"}


def test_validity(folder: Path) -> None:
    held = (
        "{at: 2026-01-05, do: file}, {at: 2026-01-05, do: seize, track: asset/A1, kind: boat, facts: {term: 1 year}}, "
    )
    found = shown(
        folder,
        held + "{at: 2027-01-05, do: renew, track: asset/A1, expect: {due: {asset/A1.seizure: 2028-01-05}}}",
        held + "{at: 2027-01-06, expect: {states: {asset/A1: free}}}",
    )
    assert found["seizure"] == {"standing", "renewed", "lapsed"}
    cut = shown(
        folder, held.replace("1 year", "3 years") + "{at: 2026-02-01, expect: {due: {asset/A1.seizure: 2028-01-05}}}"
    )
    assert cut["seizure"] == {"ceiling"}
    unseen = shown(folder, held + "{at: 2027-01-07, expect: {states: {asset/A1: free}}}")
    assert "seizure" not in unseen


def test_conditions_of_acts(folder: Path) -> None:
    filed = "{at: 2026-01-05, do: file, facts: {owed: 5}}, "
    car = "{at: 2026-01-05, do: seize, track: asset/A1, kind: car}, "
    found = shown(
        folder,
        filed + car + "{at: 2026-02-05, do: close, rules: {ready: false}, "
        "expect: {refused: [guard: ready, prerequisite: assign, track: asset]}}",
        filed + "{at: 2026-01-06, do: sort}",
        filed + car + "{at: 2026-01-06, do: value, rules: {traced: false}, expect: {refused: [guard: traced]}}",
        filed + car + "{at: 2026-01-06, do: value}",
        "{at: 2026-01-05, do: file}, {at: 2026-01-05, do: assign}, "
        "{at: 2026-02-05, do: close, expect: {refused: [unknown: owed > 0]}}",
    )
    assert found["close"] == {"refused ready", "refused assign", "refused asset", "refused owed > 0"}
    assert found["small"] == {"recorded"}
    assert found["large"] == {"refused owed >= 100"}
    assert found["value"] == {"recorded", "refused traced"}


def test_what_fails_shows_nothing(folder: Path) -> None:
    playback = played(
        folder, ["{at: 2026-01-05, do: file}, {at: 2026-01-09, do: assign, expect: {status: {assignment: missed}}}"]
    )
    assert not playback.holds
    assert [demand for demand in exercised([court(folder)], [playback]) if demand.shown_by] == []


def test_who_shows_it(folder: Path) -> None:
    playback = played(
        folder, ["{at: 2026-01-05, do: file}, {at: 2026-01-09, do: assign, expect: {status: {assignment: met}}}"] * 2
    )
    [demand] = [one for one in exercised([court(folder)], [playback, playback]) if one.shown_by]
    assert demand.shown_by == tuple(f"{folder.as_posix()}/story.yaml#s{number}" for number in (0, 1))
