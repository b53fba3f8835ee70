"""Case files: read, played, and everything that can be wrong with them."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import enforceflow as ef
from enforceflow.casefiles import Act, Dates, Playback, Step, StepKind, Strike, days_late, load_cases, plain, play
from enforceflow.casefiles.assumptions import dated
from enforceflow.casefiles.format import OF_ACTS, OF_DAYS, Look, Place
from enforceflow.casefiles.happenings import ACT_KEYS, CORRECTION_KEYS, STRIKE_KEYS
from enforceflow.casefiles.host import AllRules, Host
from enforceflow.casefiles.loading import CASE_KEYS, GIVEN_KEYS, ROOT_KEYS, told
from enforceflow.texts import Lang, Title

FILES = Path(__file__).parent / "files" / "casefiles"
EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "cases").glob("*.yaml"))
HEAD = """cases: it
zh: 试
en: Test
given: {workflow: demo/case, rules: {exhausted: true, settled: false}}
each:
  one:
    zh: 一
    en: One
"""


def files(folder: str) -> list[Path]:
    return sorted((FILES / folder).glob("*.yaml"))


def shortened(text: str) -> str:
    return text.replace(f"{FILES.as_posix()}/", "") + "\n"


def same(path: Path, error: ef.DefinitionError | Playback) -> None:
    languages: tuple[Lang, ...] = ("en", "zh")
    for lang in languages:
        assert shortened(error.text(lang)) == path.with_suffix(f".{lang}").read_text(encoding="utf-8")


def played(folder: Path, acts: str, *, today: date | None = None) -> Playback:
    path = folder / "it.yaml"
    path.write_text(HEAD + acts, encoding="utf-8")
    return play(load_cases(path), today=today, search=[FILES])


def steps(folder: Path, acts: str) -> tuple[Step, ...]:
    playback = played(folder, acts)
    assert playback.text("en") == ""
    return playback.cases[0].story.steps


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "it.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ef.DefinitionError) as caught:
        load_cases(path)
    return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize("path", files("good"), ids=lambda path: path.stem)
def test_what_is_expected_holds(path: Path) -> None:
    playback = play(load_cases(path), search=[FILES])
    assert playback.text("en") == ""
    assert playback.holds
    assert any(play.checks for case in playback.cases for play in case.plays)


@pytest.mark.parametrize("path", files("failing"), ids=lambda path: path.stem)
def test_what_fails_is_told_with_what_was_found(path: Path) -> None:
    playback = play(load_cases(path), search=[FILES])
    assert not playback.holds
    same(path, playback)


@pytest.mark.parametrize("path", files("bad"), ids=lambda path: path.stem)
def test_a_wrong_file_is_told_all_that_is_wrong_with_it(path: Path) -> None:
    with pytest.raises(ef.DefinitionError) as caught:
        load_cases(path)
    same(path, caught.value)


@pytest.mark.parametrize("path", files("unplayable"), ids=lambda path: path.stem)
def test_what_cannot_be_played_is_told_where_it_stands(path: Path) -> None:
    with pytest.raises(ef.DefinitionError) as caught:
        play(load_cases(path), search=[FILES])
    same(path, caught.value)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_holds(path: Path) -> None:
    assert play(load_cases(path)).text("en") == ""


def test_a_file_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(ef.DefinitionError, match=r"none.yaml:1:1: the file cannot be read: No such file"):
        load_cases("none.yaml")


def test_a_step_tells_what_the_act_did_to_the_deadlines(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 500000 yuan}, by: C, role: clerk}
      - {at: 2026-01-15, do: assign}
      - {at: 2026-01-16, do: investigate}
      - {at: 2026-02-02, do: extend}
      - {at: 2026-12-01, do: close, role: judge}
"""
    filed, assigned, _, extended, closed, end = steps(tmp_path, acts)
    assert (filed.kind, filed.at, filed.title, filed.track) == (
        StepKind.RECORDED,
        date(2026, 1, 5),
        Title("立案", "File the case"),
        "",
    )
    assert filed.act is not None
    assert (filed.act.entry.state, filed.act.state_title.en, filed.act.entry.by) == ("filed", "Filed", "C")
    assert [(run.name, run.due, run.provisional) for run in filed.changes.started] == [
        ("assignment", date(2026, 1, 12), False),
        ("conclusion", date(2026, 7, 6), False),
        ("no_early_closure", date(2026, 4, 5), False),
    ]
    assert [(run.name, days_late(run)) for run in assigned.changes.met] == [("assignment", 3)]
    assert assigned.changes.missed == ()
    [(was, now)] = extended.changes.moved
    assert (was.name, was.due, now.due) == ("conclusion", date(2026, 7, 6), date(2026, 10, 8))
    assert [(run.name, days_late(run)) for run in closed.changes.met] == [("conclusion", 54)]
    assert closed.changes.ended == ()
    assert (end.kind, end.kind.text("zh"), end.kind.text("en")) == (StepKind.END, "最后", "in the end")
    assert days_late(filed.changes.started[0]) == 0


def test_what_is_missed_is_told_once_and_what_ends_too(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 1}, label: filing}
      - {at: 2026-01-14, expect: {status: {assignment: missed}}}
      - {at: 2026-01-15, expect: {status: {assignment: missed}}}
      - {at: 2026-01-15, do: assign, label: assigned}
      - {at: 2026-01-16, do: investigate, label: begun}
      - {correct: assigned, at: 2026-01-10, reason: a slip, recorded: 2026-01-17}
      - {strike: begun, reason: a slip, recorded: 2026-01-18}
      - {at: 2026-01-05, do: seize, track: asset/A1, kind: car, recorded: 2026-01-19}
      - {at: 2026-01-20, do: release, track: asset/A1}
      - {strike: assigned, reason: a slip, recorded: 2026-01-21}
"""
    found = [
        (
            str(step.kind),
            [run.name for run in step.changes.missed],
            [(run.name, str(run.status)) for run in step.changes.met],
            [run.name for run in step.changes.ended],
        )
        for step in steps(tmp_path, acts)
    ]
    assert found == [
        ("recorded", [], [], []),
        ("look", ["assignment"], [], []),
        ("look", [], [], []),
        ("recorded", [], [("assignment", "met_late")], []),
        ("recorded", [], [], []),
        ("corrected", [], [("assignment", "met")], []),
        ("struck", [], [], []),
        ("recorded", [], [], []),
        ("recorded", [], [], ["asset/A1.seizure"]),
        ("struck", ["assignment"], [], []),
        ("end", [], [], []),
    ]


def test_what_follows_by_itself_is_told_once_and_its_withdrawal_too(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 1}}
      - {at: 2026-01-06, do: seize, track: asset/A1, kind: car}
      - {at: 2027-02-01, expect: {states: {asset/A1: released}}}
      - {at: 2027-02-02, do: assign, expect: {effects: []}}
      - {at: 2027-01-05, do: renew, track: asset/A1, recorded: 2027-02-03}
"""
    lapses = [[(one.entry.event, one.title.en, one.effects) for one in step.lapses] for step in steps(tmp_path, acts)]
    assert lapses == [[], [], [("lapse", "Lapse", ("note_lapse",))], [], [], []]
    withdrawn = [[one.entry.event for one in step.withdrawn] for step in steps(tmp_path, acts)]
    assert withdrawn == [[], [], [], [], ["lapse"], []]


def test_a_refusal_is_told_with_its_reasons(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 1}}
      - {at: 2026-01-06, do: close, role: clerk, expect: {refused: [state, role, bar: no_early_closure]}}
"""
    _, refused, _ = steps(tmp_path, acts)
    assert refused.refusal is not None
    assert [reason.subject for reason in refused.refusal.reasons] == ["filed", "clerk", "no_early_closure"]
    assert (refused.kind, refused.title.en, refused.act) == (StepKind.REFUSED, "Close the case", None)


@pytest.mark.parametrize(
    "reasons", ["[state]", "[state, role: judge, bar]", "[state: filed, role, bar, guard]", "[role, bar]"]
)
def test_reasons_must_be_listed_exactly(tmp_path: Path, reasons: str) -> None:
    acts = f"""    acts:
      - {{at: 2026-01-05, do: file, facts: {{owed: 1}}}}
      - {{at: 2026-01-06, do: close, role: clerk, expect: {{refused: {reasons}}}}}
      - {{at: 2026-01-06, do: assign, expect: {{state: filed}}}}
"""
    playback = played(tmp_path, acts)
    assert [check.expectation.aspect for check in playback.failures] == ["refused"]
    assert not playback.cases[0].story.stopped


def test_the_day_of_the_last_look(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 1}}
      - {at: 2026-01-09, do: assign}
      - {at: 2026-01-06, do: seize, track: asset/A1, kind: car, recorded: 2026-01-10}
    expect: {status: {conclusion: running}}
"""
    assert played(tmp_path, acts).cases[0].story.today == date(2026, 1, 9)
    late = played(tmp_path, acts, today=date(2027, 1, 1))
    assert late.cases[0].story.today == date(2027, 1, 1)
    assert late.text("en").endswith("it.yaml:13:35: expected status conclusion running, found missed")
    assert [run.name for run in late.cases[0].story.steps[-1].changes.missed] == ["conclusion"]
    assert {run.name: str(run.status) for run in late.cases[0].story.deadlines}["assignment"] == "met"


def test_a_look_on_an_earlier_day_sees_that_day(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 1}}
      - {at: 2026-01-09, do: assign}
      - {at: 2026-01-10, do: investigate}
      - {at: 2026-01-06, expect: {states: {case: filed}, status: {assignment: running}}}
"""
    assert played(tmp_path, acts).holds


def test_an_answer_may_depend_on_a_raised_act(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 1}}
      - {at: 2026-01-05, do: assign}
      - {at: 2026-01-05, do: investigate}
      - {at: 2026-01-06, do: receive, track: receipt/R1}
      - {at: 2026-01-06, expect: {not_open: [book_all]}}
"""
    with pytest.raises(ef.DefinitionError) as caught:
        played(tmp_path, acts)
    assert str(caught.value).endswith(
        "it.yaml:14:46: book_all asks the rule counted, to which no answer is given; "
        "write counted: true or false in given.rules or in the rules of this item"
    )


def test_plain_data_are_json_in_a_stable_order() -> None:
    playback = play(load_cases(FILES / "failing" / "every_key.yaml"), search=[FILES])
    data = plain(playback)
    assert json.loads(json.dumps(data)) == data
    assert list(data) == ["cases", "file", "title", "source", "holds", "failures", "each"]
    again = plain(play(load_cases(FILES / "failing" / "every_key.yaml"), search=[FILES]))
    assert json.dumps(again) == json.dumps(data)
    for path in files("good"):
        good = plain(play(load_cases(path), search=[FILES]))
        assert json.loads(json.dumps(good, ensure_ascii=False)) == good
        assert good["failures"] == []


def test_plain_data_of_a_step(tmp_path: Path) -> None:
    acts = """    acts:
      - {at: 2026-01-05, do: file, facts: {owed: 500000 yuan, marks: [a, b]}, expect: {due: {conclusion: 2026-07-06}}}
      - {at: 2026-01-06, do: report, facts: {called: 2026-01-06T10:30, cut_off: true, notice: 3 days}}
      - {at: 2026-01-07, do: close, expect: {refused: [state, bar: no_early_closure]}}
"""
    data = json.loads(json.dumps(plain(played(tmp_path, acts))))
    [case] = data["each"]
    assert (case["name"], case["workflow"], case["edition"], case["today"], case["played"]) == (
        "one",
        "demo/case",
        "2026-01",
        "2026-01-07",
        ["as_written"],
    )
    filed, reported, refused, _ = case["steps"]
    assert filed["act"]["facts"] == {"owed": "500000", "marks": ["a", "b"]}
    assert filed["act"]["state_title"] == {"zh": "已立案", "en": "Filed"}
    assert filed["checks"][0]["wanted"] == "2026-07-06"
    assert filed["checks"][0]["text"]["zh"].endswith("应为 届满日 conclusion 2026-07-06，实为 2026-07-06")
    assert filed["changes"]["started"][1]["title"] == {"zh": "执结期限", "en": "Time to conclude"}
    assert reported["act"]["facts"] == {"called": "2026-01-06T10:30:00+08:00", "cut_off": True, "notice": "3 days"}
    assert reported["changes"]["started"][0]["due"] == "2026-01-08T11:00:00+08:00"
    assert refused["checks"][0]["wanted"] == ["state", "bar: no_early_closure"]
    assert [(one["kind"], one["subject"], one["opens"]) for one in refused["refusal"]["reasons"]] == [
        ("state", "filed", None),
        ("bar", "no_early_closure", "2026-04-06"),
    ]
    assert refused["refusal"]["reasons"][1]["text"] == {
        "zh": "2026-04-05（含）前不得作出：结案最短期间，示例第5条",
        "en": "barred through 2026-04-05: Three months before closing (结案最短期间), 示例第5条",
    }


AT = Place("it.yaml", 1, 1)


def act(at: date, first: date | None = None, last: date | None = None, recorded: date | None = None) -> Act:
    window = None if first is None or last is None else (first, last)
    return Act(AT, at, "do", assumed=window is not None, between=window, recorded=recorded)


def days(items: tuple[object, ...]) -> list[date]:
    return [item.at for item in items if isinstance(item, (Act, Look))]


def test_assumed_acts_are_not_moved_past_their_neighbours() -> None:
    first, tenth, twentieth, thirtieth = (date(2026, 1, day) for day in (1, 10, 20, 30))
    items = (
        act(date(2026, 1, 5)),
        act(tenth, first, thirtieth),
        act(date(2026, 1, 12), first, thirtieth, recorded=date(2026, 1, 13)),
        Look(AT, twentieth, ()),
        Strike(AT, "x", "why", first),
        act(date(2026, 1, 3)),
    )
    assert dated(items, Dates.AS_WRITTEN) == items
    assert days(dated(items, Dates.EARLIEST)) == [
        date(2026, 1, 5),
        date(2026, 1, 5),
        date(2026, 1, 5),
        twentieth,
        date(2026, 1, 3),
    ]
    latest = dated(items, Dates.LATEST)
    assert days(latest) == [date(2026, 1, 5), twentieth, twentieth, twentieth, date(2026, 1, 3)]
    assert isinstance(latest[2], Act)
    assert latest[2].recorded == twentieth


def test_assumed_times_keep_their_time_of_day() -> None:
    at = datetime(2026, 1, 10, 15, 30)  # noqa: DTZ001  the calendar's zone is meant
    before = datetime(2026, 1, 8, 16, 0)  # noqa: DTZ001
    after = datetime(2026, 1, 12, 9, 0)  # noqa: DTZ001
    items = (act(before), act(at, date(2026, 1, 8), date(2026, 1, 12)), act(after))
    assert days(dated(items, Dates.EARLIEST))[1] == before
    assert days(dated(items, Dates.LATEST))[1] == after
    exact = (act(at, before, after),)
    assert days(dated(exact, Dates.EARLIEST)) == [before]
    assert days(dated(exact, Dates.LATEST)) == [after]


def test_late_entries_in_the_list_do_not_hold_assumed_acts_back() -> None:
    items = (act(date(2026, 1, 20)), act(date(2026, 1, 10), date(2026, 1, 5), date(2026, 1, 25)))
    assert days(dated(items, Dates.EARLIEST)) == [date(2026, 1, 20), date(2026, 1, 5)]
    assert days(dated(items, Dates.LATEST)) == [date(2026, 1, 20), date(2026, 1, 25)]


def test_what_fails_at_one_end_of_a_window_names_it() -> None:
    playback = play(load_cases(FILES / "failing" / "assumed.yaml"), search=[FILES])
    before, after = playback.cases
    assert [play.dates for play in before.plays] == list(Dates)
    assert [play.dates for play in after.plays] == list(Dates)
    assert [check.dates for check in before.failures] == [
        Dates.AS_WRITTEN,
        Dates.AS_WRITTEN,
        Dates.AS_WRITTEN,
        Dates.LATEST,
    ]
    assert Dates.AS_WRITTEN.text("zh") == "按所写日期"


def test_the_host_has_a_method_for_every_rule_but_no_private_names() -> None:
    rules = AllRules(Host({"exhausted": True}))
    assert callable(rules.answers)
    with pytest.raises(AttributeError):
        rules.__wrapped__  # noqa: B018


SHARED = """cases: it
zh: 试
en: Test
given:
  workflow: demo/case
  rules: {exhausted: true, settled: false}
  acts:
    - {at: 2026-01-05, do: file, facts: {owed: 1}, label: filing, expect: {status: {assignment: running}}}
each:
"""


def shared(folder: Path, cases: str) -> Playback:
    path = folder / "it.yaml"
    path.write_text(SHARED + cases, encoding="utf-8")
    return play(load_cases(path), search=[FILES])


def test_a_file_gives_all_its_cases_a_beginning(tmp_path: Path) -> None:
    cases = """  one: {zh: 一, en: One, acts: [{at: 2026-01-06, do: assign}]}
  two: {zh: 二, en: Two, today: 2026-01-13, expect: {status: {assignment: missed}}}
  corrected: {zh: 正, en: Put right, acts: [{correct: filing, at: 2026-01-04, reason: a slip, recorded: 2026-01-06}]}
  other: {zh: 他, en: Other, given: {acts: [{at: 2026-02-02, do: file, facts: {owed: 2}}]}}
  bare: {zh: 无, en: Bare, given: {acts: null}, acts: [{at: 2026-03-02, do: file, facts: {owed: 3}}]}
  later: {zh: 后, en: Later, from: one, at: 2026-04-01}
  later-with-its-own:
    zh: 后
    en: Later, with a beginning of its own
    from: one
    at: 2026-04-01
    given: {acts: [{at: 2026-04-01, do: file, facts: {owed: 4}}]}
    acts: [{at: 2026-04-02, do: assign}]
"""
    playback = shared(tmp_path, cases)
    assert playback.text("en") == ""
    assert [[(one.event, one.at.isoformat()[:7]) for one in case.story.case.reading] for case in playback.cases] == [
        [("file", "2026-01"), ("assign", "2026-01")],
        [("file", "2026-01")],
        [("file", "2026-01")],
        [("file", "2026-02")],
        [("file", "2026-03")],
        [],
        [("file", "2026-04"), ("assign", "2026-04")],
    ]
    assert [case.scenario.shared for case in playback.cases] == [1, 1, 1, 0, 0, 0, 0]
    assert [case.story.today for case in playback.cases][:2] == [date(2026, 1, 6), date(2026, 1, 13)]


def test_what_fails_of_a_shared_beginning_names_the_case(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    cases = """  one: {zh: 一, en: One, acts: [{at: 2026-01-06, do: assign, expect: {state: closed}}]}
  two: {zh: 二, en: Two}
  refused: {zh: 三, en: Three, given: {acts: [{at: 2026-01-05, do: close}]}}
"""
    path.write_text((SHARED + cases).replace("assignment: running", "assignment: missed"), encoding="utf-8")
    playback = play(load_cases(path), search=[FILES])
    assert [check.text("en").partition("it.yaml:")[2] for check in playback.failures] == [
        "8:97: expected status assignment missed, found running (in the case one)",
        "10:77: expected state closed, found filed",
        "8:97: expected status assignment missed, found running (in the case two)",
        "12:46: expected recorded close, found it refused (nothing is opened yet; what opens it: File the case (立案))",
    ]
    assert playback.failures[2].text("zh").endswith("8:97: 应为 期限状态 assignment missed，实为 running（案件“two”）")


def test_what_is_wrong_with_a_shared_beginning_is_told_once(tmp_path: Path) -> None:
    cases = """  one: {zh: 一, en: One, acts: [{at: 2026-01-06, do: assign, label: filing}]}
  two: {zh: 二, en: Two}
"""
    text = SHARED + cases
    assert problems(tmp_path, text) == ["it.yaml:10:68: the label filing is repeated; it first stands on line 8"]
    assert problems(tmp_path, text.replace("do: file", "doo: file")) == [
        "it.yaml:8:24: no key is called doo; did you mean do?"
    ]
    empty = re.sub(r"acts:\n.*\n", "acts: []\n", text, count=1)
    assert problems(tmp_path, empty) == ["it.yaml:7:9: this cannot be empty"]
    nothing = re.sub(r"acts:\n.*\n", "acts: ~\n", text, count=1)
    assert problems(tmp_path, nothing) == ["it.yaml:10:8: acts is missing"]
    dropped = text.replace("en: Two", "en: Two, given: {acts: null}")
    assert "it.yaml:11:8: acts is missing" in problems(tmp_path, dropped)
    item = "    - {at: 2026-01-05, do: assign}\n"
    filled = SHARED.replace("each:\n", item * 500 + "each:\n") + "  one:\n    zh: 一\n    en: One\n    acts:\n"
    assert problems(tmp_path, filled + item * 500) == ["it.yaml:513:5: more than 1000 of them"]
    elsewhere = cases.replace(", label: filing", "").replace("Two", "Two, given: {workflow: demo/preservation}")
    with pytest.raises(ef.DefinitionError) as caught:
        shared(tmp_path, elsewhere)
    assert len(caught.value.problems) == len({(one.line, one.column) for one in caught.value.problems})


def test_only_so_many_problems_are_told() -> None:
    many = [ef.Problem(Title(str(number), str(number)), file="x", line=number) for number in range(300)]
    found = told([*many, *many])
    assert len(found) == 201
    assert str(found[-1]) == "100 more problems are not listed"


def test_a_file_is_bounded(tmp_path: Path) -> None:
    item = "      - {at: 2026-01-05, do: assign}\n"
    assert problems(tmp_path, HEAD + "    acts:\n" + item * 1001) == ["it.yaml:1010:9: more than 1000 of them"]
    case = "  c{}: {{zh: x, en: x, acts: [{{at: 2026-01-05, do: assign}}]}}\n"
    text = HEAD.partition("  one")[0] + "".join(case.format(number) for number in range(201))
    assert problems(tmp_path, text) == ["it.yaml:206:3: more than 200 of them"]
    assert problems(tmp_path, "cases: it\n" + "x" * 1_100_000) == ["it.yaml:1:1: the file is larger than 1048576 bytes"]


TEXTS = [path.read_text(encoding="utf-8") for folder in ("good", "failing", "bad") for path in files(folder)]
SCRAPS = ["{", "}", "[", "]", ": ", "- ", "&a ", "*a", "!t ", "<<: ", "~", "''", "\t", "\n", "9999-12-31", "1900-01-01"]


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(SCRAPS))))
def test_hostile_files_raise_definition_errors_only(text: str, cuts: list[tuple[float, int, str]]) -> None:
    text = text.replace("../demo/case.yaml", "demo/case")
    for at, length, scrap in cuts[:4]:
        place = int(at * len(text))
        text = text[:place] + scrap + text[place + length :]
    with TemporaryDirectory() as folder:
        named = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("cases:")]
        path = Path(folder) / f"{named[0] if named and named[0].isidentifier() else 'it'}.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            plain(play(load_cases(path), search=[FILES]))
        except ef.DefinitionError as error:
            found = error.problems[:200]
        else:
            found = ()
    assert all(problem.file and problem.line for problem in found)


PAGES = [Path(__file__).parents[1] / "docs" / "reference" / f"case-files{lang}.md" for lang in ("", ".zh")]
FENCE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_reference_page_says_what_holds(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = FENCE.findall(page.read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    for language, name, text in blocks:
        if language == "yaml" and name:
            Path(name).write_text(text, encoding="utf-8")
            assert play(load_cases(name)).text("en") == ""
        elif language == "python":
            exec(text, {})  # noqa: S102  our own page
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "2026-01-05",
        "2026-01-06",
        "2027-01-05",
        "2028-01-06",
    ]


def test_both_pages_show_the_same_and_name_every_key() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in PAGES)
    examples = [
        [text for language, _, text in FENCE.findall(page) if language == "yaml"] for page in (english, chinese)
    ]
    assert examples[0] == examples[1]
    keys = {
        *ACT_KEYS,
        *CORRECTION_KEYS,
        *STRIKE_KEYS,
        *CASE_KEYS,
        *ROOT_KEYS,
        *GIVEN_KEYS,
        *map(str, OF_ACTS),
        *map(str, OF_DAYS),
    }
    words = {*keys, *map(str, ef.Status), *map(str, ef.NodeStatus), *map(str, ef.ReasonKind)}
    for page in (english, chinese):
        assert {word for word in words if not re.search(rf"[`{{ ]{word}\b", page)} == set()
