"""Workflows and calendars by name and from files, and files that are wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from enforceflow.definitions import ActRef, ByAct, ByEnd, ByFact, ByParameter, NameRef
from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Dated, Period, Unit
from enforceflow.errors import DefinitionError
from enforceflow.reading import calendar, load, loading, shelves

FILES = Path(__file__).parent / "files"
GOOD = FILES / "good"
BAD = sorted((FILES / "bad").glob("*.yaml"))
ROOT = """
edition: 2026-01
zh: 试
en: Test
states: {open: {zh: 开, en: Open}, done: {zh: 完, en: Done, closed: true}}
transitions: {file: {zh: 立案, en: File, to: open}}
"""


def told(error: DefinitionError, lang: str = "en") -> str:
    text = error.text("zh" if lang == "zh" else "en")
    return text.replace(f"{FILES.as_posix()}/", "") + "\n"


def write(root: Path, name: str, text: str) -> Path:
    path = root / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(root: Path, name: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load(name, search=[root])
    return [str(problem).replace(f"{root.as_posix()}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_wrong_file_is_told_all_that_is_wrong_with_it(path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(path, search=[GOOD])
    assert told(caught.value) == path.with_suffix(".en").read_text(encoding="utf-8")
    chinese = path.with_suffix(".zh")
    if chinese.exists():
        assert told(caught.value, "zh") == chinese.read_text(encoding="utf-8")


def test_every_expected_text_has_its_file() -> None:
    expected = {path.stem for path in (FILES / "bad").iterdir() if path.suffix != ".yaml"}
    assert expected == {path.stem for path in BAD}


def test_a_workflow_is_read_whole() -> None:
    case = load(GOOD / "cn" / "civil.yaml")
    assert (case.name, case.edition, case.title.zh) == ("cn/civil", "2026-01", "民事执行案件")
    assert {track: list(kinds) for track, kinds in case.tracks.items()} == {
        "asset": ["deposit", "movable"],
        "receipt": ["receipt"],
    }
    file = case.transitions["file"]
    assert file.opens
    assert (file.takes, file.by, file.event) == (("owed",), ("registrar",), "file")
    assert case.transitions["close_for_now"].when == "inquiry_exhausted\nand unpaid > 0\n"
    assert case.facts["procedure"].type.choices["simple"].zh == "简易"
    items = case.facts["assets"].type
    assert items.item is not None
    assert (items.kind, items.item.kind, items.item.track) == (FactKind.LIST, FactKind.TRACK, "asset")
    assert case.facts["debtor"].personal
    quality = case.nodes["assign"].quality
    assert quality is not None
    assert quality.en == "In time"
    assert case.nodes["control"].limits == (NameRef("seizure", "asset"),)


def test_parameters_are_typed_by_their_look() -> None:
    parameters = load(GOOD / "cn" / "civil.yaml").parameters
    assert parameters["simple_case_amount"].values == Dated.always(Decimal(20000))
    assert parameters["interest"].values == Dated(
        ((date(2014, 8, 1), Decimal("0.0175")), (date(2020, 1, 1), Decimal("0.02")))
    )
    assert parameters["review"].values == Dated.always(Period(10, Unit.DAY))


def test_time_limits_are_read_in_every_form() -> None:
    limits = load(GOOD / "cn" / "civil.yaml").time_limits
    assert limits["grace"].since == (ByAct(ActRef("file"), "performance_ended"),)
    assert limits["grace"].lasts == Dated(
        ((date(2015, 2, 4), Period(1, Unit.YEAR)), (date(2020, 1, 1), Period(2, Unit.YEAR)))
    )
    assert limits["after_grace"].since == (ByEnd(NameRef("grace")), ByEnd(NameRef("grace"), next_day=True))
    assert limits["after_grace"].lasts == ByParameter("review")
    assert not limits["after_grace"].verified
    conclusion = limits["conclusion"]
    assert conclusion.extended_by == {"extend": ByFact("extend", "days")}
    assert (conclusion.extensions.times, conclusion.extensions.total) == (2, Period(90, Unit.DAY))
    assert conclusion.paused_while == (NameRef("suspended"), NameRef("valuing", "asset"))
    assert limits["query"].until == (Period(5, Unit.YEAR), ActRef("restore"))


def test_a_kind_is_laid_on_what_it_extends() -> None:
    deposit = load(GOOD / "cn" / "civil.yaml").tracks["asset"]["deposit"]
    assert deposit.name == "cn/asset/deposit"
    assert "begin_valuation" not in deposit.transitions
    assert "valuing" not in deposit.states
    assert deposit.transitions["seize"].title.en == "Freeze"
    assert deposit.transitions["seize"].to == "controlled"
    assert deposit.time_limits["seizure"].lasts == Dated.always(Period(1, Unit.YEAR))


def test_an_overlay_may_be_stricter() -> None:
    case = load("cn-gd/civil", search=[GOOD])
    assert case.time_limits["assignment"].lasts == Dated.always(Period(5, Unit.DAY))
    assert case.edition == "2026-01"


def test_a_path_is_read_from_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOOD / "cn")
    assert load("civil.yaml") == load(Path("../cn/civil.yaml")) == load(GOOD / "cn" / "civil.yaml")


def test_search_comes_before_what_is_shipped(tmp_path: Path) -> None:
    write(tmp_path, "cn/civil", "workflow: cn/civil" + ROOT)
    assert load(Path("cn/civil"), search=[tmp_path]).title.en == "Test"


def test_a_file_is_looked_up_beside_the_first_one(tmp_path: Path) -> None:
    write(tmp_path, "cn/receipt", "workflow: cn/receipt" + ROOT)
    path = write(tmp_path, "x/case", "workflow: x/case\ntracks: {receipt: cn/receipt}" + ROOT)
    assert load(path, search=[GOOD]).tracks["receipt"]["receipt"].title.en == "Test"


def test_each_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    really_open = Path.open

    def counting(self: Path, mode: str = "r") -> object:
        opened.append(self)
        return really_open(self, mode)

    monkeypatch.setattr(Path, "open", counting)
    load("cn-gd/civil", search=[GOOD])
    assert len(opened) == len(set(opened)) == 6


def test_a_name_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match=r"^no workflow is called cn/cvil; did you mean cn/civil\?$"):
        load("cn/cvil", search=[GOOD])
    with pytest.raises(DefinitionError, match=r"^no calendar is called cm; known: cn$"):
        calendar("cm")


@pytest.mark.parametrize(
    "name", ["../secret", "cn/../../x", "/etc/passwd", "cn//civil", "", "cn/civil.yml", "a" * 5000]
)
def test_a_name_cannot_lead_out_of_its_directory(name: str) -> None:
    with pytest.raises(DefinitionError, match="cannot be the name of a workflow"):
        load(name, search=[GOOD])


def test_a_reference_cannot_lead_out_either(tmp_path: Path) -> None:
    write(tmp_path, "x/case", "workflow: x/case\nextends: ../secret" + ROOT)
    assert problems(tmp_path, "x/case") == [
        "x/case.yaml:2:10: ../secret cannot be the name of a workflow; write it as cn/civil or cn-gd/asset/deposit"
    ]
    write(tmp_path, "x/other", "workflow: x/other\ntracks: {a: /etc/passwd}" + ROOT)
    assert problems(tmp_path, "x/other") == [
        "x/other.yaml:2:13: /etc/passwd cannot be the name of a workflow; write it as cn/civil or cn-gd/asset/deposit"
    ]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="the file cannot be read: No such file or directory"):
        load(tmp_path / "none.yaml")
    (tmp_path / "cn.yaml").mkdir()
    with pytest.raises(DefinitionError, match="the file cannot be read: Is a directory"):
        load(str(tmp_path / "cn.yaml"))


def test_the_name_in_the_file_must_be_text_and_fit_its_place(tmp_path: Path) -> None:
    write(tmp_path, "x/case", "workflow: [x]\n")
    assert problems(tmp_path, "x/case") == ["x/case.yaml:1:11: this should be text, not a list"]
    with pytest.raises(DefinitionError, match="this should be text, not a list"):
        load(tmp_path / "x" / "case.yaml")
    write(tmp_path, "x/case", "workflow: x/other" + ROOT)
    assert problems(tmp_path, "x/case") == [
        "x/case.yaml:1:11: the file of x/other must be stored as x/other.yaml; this one is x/case.yaml"
    ]


def test_extends_must_name_a_workflow(tmp_path: Path) -> None:
    write(tmp_path, "x/case", "workflow: x/case\nextends: [y]" + ROOT)
    assert problems(tmp_path, "x/case") == ["x/case.yaml:2:10: this should be text, not a list"]
    write(tmp_path, "x/case", "workflow: x/case\nextends: x/cases" + ROOT)
    assert problems(tmp_path, "x/case") == ["x/case.yaml:2:10: no workflow is called x/cases; did you mean x/case?"]


def test_extends_goes_sixteen_files_deep_and_no_deeper(tmp_path: Path) -> None:
    write(tmp_path, "x/n0", "workflow: x/n0" + ROOT)
    for depth in range(1, 17):
        write(tmp_path, f"x/n{depth}", f"workflow: x/n{depth}\nextends: x/n{depth - 1}\n")
    assert load("x/n15", search=[tmp_path]).name == "x/n15"
    assert problems(tmp_path, "x/n16") == ["x/n1.yaml:2:10: extends goes deeper than 16 files"]


def test_a_broken_file_that_is_referred_to_is_told_at_its_own_place(tmp_path: Path) -> None:
    write(tmp_path, "x/t", "workflow: x/t\nzh: 'a\n")
    write(tmp_path, "x/case", "workflow: x/case\ntracks: {a: x/t}" + ROOT.replace("to: open", "to: opn"))
    assert problems(tmp_path, "x/case") == [
        "x/case.yaml:7:44: no state is called opn; did you mean open?",
        "x/t.yaml:2:5: the quotation mark is never closed",
    ]


def test_a_missing_base_does_not_hide_the_rest(tmp_path: Path) -> None:
    write(
        tmp_path,
        "x/case",
        "workflow: x/case\ntracks: {a: {b: x/cases, c: x/cases}, d: x/t}" + ROOT.replace("to: open", "to: opn"),
    )
    write(tmp_path, "x/t", "workflow: x/t" + ROOT.replace("zh: 试", "zh: ''"))
    assert problems(tmp_path, "x/case") == [
        "x/case.yaml:2:17: no workflow is called x/cases; did you mean x/case?",
        "x/case.yaml:7:44: no state is called opn; did you mean open?",
        "x/t.yaml:3:5: this cannot be empty",
    ]


def test_what_is_wrong_in_a_shared_base_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, "x/asset", "workflow: x/asset" + ROOT.replace("to: open", "to: opn"))
    for kind in ("a", "b"):
        write(tmp_path, f"x/{kind}", f"workflow: x/{kind}\nextends: x/asset\n")
    write(tmp_path, "x/case", "workflow: x/case\ntracks: {asset: {a: x/a, b: x/b}}" + ROOT)
    assert problems(tmp_path, "x/case") == ["x/asset.yaml:6:44: no state is called opn; did you mean open?"]


def test_very_many_problems_are_cut_short(tmp_path: Path) -> None:
    states = "".join(f"  s{number}: {{}}\n" for number in range(150))
    write(tmp_path, "x/case", f"workflow: x/case{ROOT.replace('states', 'roles')}states:\n{states}")
    found = problems(tmp_path, "x/case")
    assert len(found) == 201
    assert found[-1] == "101 more problems are not listed"


def test_an_overlay_of_a_track_is_held_to_its_own_base(tmp_path: Path) -> None:
    write(
        tmp_path,
        "gd/deposit",
        "workflow: gd/deposit\nextends: cn/asset/deposit\ntime_limits: {seizure: {lasts: 3 years}}\n",
    )
    text = "workflow: gd/civil\nextends: cn/civil\ntracks: {asset: {deposit: gd/deposit}}\n"
    write(tmp_path, "gd/civil", text)
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path / "gd" / "civil.yaml", search=[GOOD])
    [problem] = caught.value.problems
    assert (Path(problem.file).name, problem.line, problem.column) == ("deposit.yaml", 3, 32)
    assert problem.message.text("en") == "in cn/asset/deposit it is 1 year; 3 years can end later"


def test_the_shipped_calendar_is_read() -> None:
    national = calendar()
    assert national.name == "cn"
    assert national.weekend == {5, 6}
    assert not national.is_workday(date(2026, 2, 17))
    assert national.announced(2026)


def test_a_calendar_may_be_a_file_of_its_own_and_extend_another(tmp_path: Path) -> None:
    text = (
        "calendar: court\nextends: cn\nsubstitutes: false\nholidays: null\n"
        "notices: {本院〔2026〕1号: {announced: 2026-01-01, covers: [], off: 2026-03-05..2026-03-06}}\n"
    )
    path = write(tmp_path, "court", text)
    local = calendar(path)
    assert local == calendar("court", search=[tmp_path])
    assert not local.is_workday(date(2026, 3, 6))
    assert not local.substitutes
    assert local.holidays == ()


def test_a_wrong_calendar_is_told_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    text = """calendar: court
zh: 历
en: Court
weekend: [saturday, sundy, [x]]
zoone: Asia/Shanghai
holidays:
  new_year: {zh: 元旦, en: New Year, days: [1-1, 01-02], since: soon}
  odd: [x]
notices:
  a: {covers: 2026, off: [2026-01-05..2026-01-01, 2026-13-01, [x]]}
"""
    write(tmp_path, "court/calendar", text)
    with pytest.raises(DefinitionError) as caught:
        calendar("court", search=[tmp_path])
    assert [str(problem).rpartition("/")[2] for problem in caught.value.problems] == [
        "calendar.yaml:1:1: zone is missing",
        "calendar.yaml:4:21: no day of the week is called sundy; did you mean sunday?",
        "calendar.yaml:4:28: this should be text, not a list",
        "calendar.yaml:5:1: no key is called zoone; did you mean zone?",
        "calendar.yaml:7:43: 1-1 is not a month and day (such as 01-01)",
        "calendar.yaml:7:63: soon is not a whole number",
        "calendar.yaml:8:8: this should be keys and values, not a list",
        "calendar.yaml:10:6: announced is missing",
        "calendar.yaml:10:27: the range runs backwards or over 366 days",
        "calendar.yaml:10:51: 2026-13-01 is not a date or dates (such as 2026-01-01..2026-01-03)",
        "calendar.yaml:10:63: this should be text, not a list",
    ]


def test_what_a_calendar_itself_refuses_is_located(tmp_path: Path) -> None:
    text = """calendar: court
zh: 历
en: Court
weekend: [saturday, sunday]
zone: Nowhere
notices:
  a: {announced: 2026-01-01, amends: b}
"""
    path = write(tmp_path, "court", text)
    with pytest.raises(DefinitionError) as caught:
        calendar(path)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(5, 7), (7, 38)]
    text = text.replace("Nowhere", "Asia/Shanghai").replace("amends: b", "off: 2026-01-01, work: 2026-01-01")
    path = write(tmp_path, "court", text.replace("2026-01-01,", "2026-01-01,", 1))
    with pytest.raises(DefinitionError) as caught:
        calendar(path)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(7, 53)]


def test_a_workflow_is_no_calendar() -> None:
    with pytest.raises(DefinitionError, match="the first key must be calendar"):
        calendar(GOOD / "cn" / "civil.yaml")


def test_shipped_files_are_found_in_a_wheel_and_in_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "site-packages" / "enforceflow"
    (wheel / "workflows").mkdir(parents=True)
    monkeypatch.setattr(shelves, "_HERE", wheel / "reading" / "shelves.py")
    assert shelves.shipped() == (wheel / "workflows",)
    checkout = tmp_path / "main"
    (checkout / "workflows").mkdir(parents=True)
    monkeypatch.setattr(shelves, "_HERE", checkout / "src" / "enforceflow" / "reading" / "shelves.py")
    assert shelves.shipped() == (checkout / "workflows",)


def test_the_public_functions_are_those_of_the_package() -> None:
    assert (loading.load, loading.calendar) == (load, calendar)


def test_a_local_rule_is_held_against_the_kind_it_lies_on_not_against_what_that_kind_changed(tmp_path: Path) -> None:
    limit = "time_limits: {term: {zh: 期限, en: Term, lasts: 5 days, since: file, met_by: file, source: 示例第1条}}\n"
    write(tmp_path, "x/plain", "workflow: x/plain" + ROOT + limit)
    write(tmp_path, "x/kind", "workflow: x/kind\nextends: x/plain\ntime_limits: {term: {lasts: 9 days}}\n")
    write(tmp_path, "x-one/kind", "workflow: x-one/kind\nextends: x/kind\ntime_limits: {term: {lasts: 8 days}}\n")
    assert load("x-one/kind", search=[tmp_path]).name == "x-one/kind"
    write(tmp_path, "x-one/late", "workflow: x-one/late\nextends: x/kind\ntime_limits: {term: {lasts: 10 days}}\n")
    (told,) = problems(tmp_path, "x-one/late")
    assert told.startswith("x-one/late.yaml:3:29: in x/kind it is 9 days; 10 days can end later")
