"""A workflow written in several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforceflow.cases.pins import pin_of
from enforceflow.definitions.periods import Period
from enforceflow.errors import DefinitionError
from enforceflow.reading import load
from enforceflow.reading.shelves import Shelf
from enforceflow.texts import Title
from test_loading import problems, write

BODY = """\
workflow: x/case
parts: [x/case/filing, x/case/closing]
edition: 2026-01
zh: 案
en: Case
roles: {judge: {zh: 法官, en: Judge}}
transitions: {note: {zh: 记, en: Note, from: any, by: judge}}
"""
FILING = """\
part: x/case/filing
zh: 立案
en: Filing
roles: {clerk: {zh: 书记员, en: Clerk}}
facts: {owed: {zh: 标的, en: Owed, type: money}}
states: {open: {zh: 开, en: Open}}
transitions: {file: {zh: 立案, en: File, to: open, takes: owed, by: clerk}}
time_limits: {term: {zh: 期限, en: Term, lasts: 1 month, since: file, met_by: close, source: 甲第1条}}
"""
CLOSING = """\
part: x/case/closing
zh: 结案
en: Closing
states: {done: {zh: 完, en: Done, closed: true}}
transitions: {close: {zh: 结, en: Close, from: open, to: done}}
tracks: {asset: x/asset}
"""
ASSET = """\
workflow: x/asset
edition: 2026-01
zh: 财产
en: Asset
states: {held: {zh: 已控制, en: Held, closed: true}}
transitions: {seize: {zh: 查封, en: Seize, to: held}}
"""
WHOLE = """\
workflow: x/case
edition: 2026-01
zh: 案
en: Case
tracks: {asset: x/asset}
roles: {clerk: {zh: 书记员, en: Clerk}, judge: {zh: 法官, en: Judge}}
facts: {owed: {zh: 标的, en: Owed, type: money}}
states: {open: {zh: 开, en: Open}, done: {zh: 完, en: Done, closed: true}}
transitions:
  file: {zh: 立案, en: File, to: open, takes: owed, by: clerk}
  close: {zh: 结, en: Close, from: open, to: done}
  note: {zh: 记, en: Note, from: any, by: judge}
time_limits: {term: {zh: 期限, en: Term, lasts: 1 month, since: file, met_by: close, source: 甲第1条}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a directory with a workflow in parts."""
    write(tmp_path, "x/case", BODY)
    write(tmp_path, "x/case/filing", FILING)
    write(tmp_path, "x/case/closing", CLOSING)
    write(tmp_path, "x/asset", ASSET)
    return tmp_path


def test_a_workflow_in_parts_is_that_written_in_one_file(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    case = load("x/case", search=[root])
    other = tmp_path_factory.mktemp("whole")
    write(other, "x/case", WHOLE)
    write(other, "x/asset", ASSET)
    whole = load("x/case", search=[other])
    assert (case, pin_of(case)) == (whole, pin_of(whole))
    assert load(root / "x" / "case.yaml") == case
    for section in ("roles", "states", "transitions"):
        assert list(getattr(case, section)) == list(getattr(whole, section))


def test_one_part_may_stand_alone(root: Path) -> None:
    write(root, "x/all", WHOLE.replace("workflow: x/case\nedition: 2026-01", "part: x/all"))
    write(root, "x/one", "workflow: x/one\nparts: x/all\nedition: 2026-01\nzh: 案\nen: Case\n")
    assert load("x/one", search=[root]).transitions == load("x/case", search=[root]).transitions


def test_the_catalogue_of_nodes_may_stand_in_a_part(root: Path) -> None:
    catalogue = "node_catalogue: {zh: 自拟目录, en: A list of our own}\n"
    nodes = "nodes: {closing: {zh: 结案, en: Closing, stage: closure, done_by: close, limits: term, warns: 3 days}}\n"
    write(root, "x/case/closing", CLOSING + catalogue + nodes)
    case = load("x/case", search=[root])
    assert case.node_catalogue == Title("自拟目录", "A list of our own")
    assert (case.nodes["closing"].stage, case.nodes["closing"].warns) == ("closure", Period.parse("3 days"))
    write(root, "x/other", "workflow: x/other\nextends: x/case\nedition: 2026-01\nnode_catalogue: null\n")
    other = load("x/other", search=[root])
    assert other.node_catalogue is None
    write(root, "x/case", BODY + catalogue)
    assert problems(root, "x/case") == [
        "x/case.yaml:8:18: zh stands in x/case/closing.yaml:7 already; a name has one place",
        "x/case.yaml:8:28: en stands in x/case/closing.yaml:7 already; a name has one place",
    ]
    write(root, "x/case", BODY)
    write(root, "x/case/closing", CLOSING + "node_catalogue: ours\n")
    assert problems(root, "x/case")[0] == "x/case/closing.yaml:7:17: this should be keys and values, not text"


def test_a_name_has_one_place(root: Path) -> None:
    write(root, "x/case/closing", CLOSING.replace("states: {", "states: {open: {zh: 开, en: Open}, "))
    write(root, "x/case", BODY.replace("note:", "close:") + "tracks: {asset: x/asset}\n")
    assert problems(root, "x/case") == [
        "x/case.yaml:7:15: close stands in x/case/closing.yaml:5 already; a name has one place",
        "x/case.yaml:8:10: asset stands in x/case/closing.yaml:6 already; a name has one place",
        "x/case/closing.yaml:4:10: open stands in x/case/filing.yaml:6 already; a name has one place",
    ]
    with pytest.raises(DefinitionError) as caught:
        load("x/case", search=[root])
    assert "已见于" in caught.value.text("zh")


def test_a_problem_is_told_where_it_stands_in_its_part(root: Path) -> None:
    write(root, "x/case/closing", CLOSING.replace("from: open", "from: opn"))
    assert problems(root, "x/case") == ["x/case/closing.yaml:5:47: no state is called opn; did you mean open?"]


def test_a_part_that_is_not_there_is_told_with_the_nearest(root: Path) -> None:
    write(root, "x/case", BODY.replace("x/case/filing", "x/case/filling"))
    assert problems(root, "x/case") == [
        "x/case.yaml:2:9: no part is called x/case/filling; did you mean x/case/filing?"
    ]
    write(root, "x/case", BODY.replace("x/case/filing, x/case/closing", "x/asset, x/case/closed, ../asset"))
    assert problems(root, "x/case") == [
        "x/case.yaml:2:18: no part is called x/case/closed; did you mean x/case/closing?",
        "x/case.yaml:2:33: ../asset cannot be the name of a workflow; write it as cn/civil or cn-gd/asset/deposit",
        "x/asset.yaml:1:1: the first key must be part, to say what the file is",
    ]


def test_a_part_is_no_workflow(root: Path) -> None:
    told = "x/case/filing.yaml:1:1: this is a part of a workflow, not a workflow; check the workflow that lists it"
    write(root, "x/over", "workflow: x/over\nextends: x/case/filing\n")
    assert problems(root, "x/over") == problems(root, "x/case/filing") == [told]
    with pytest.raises(DefinitionError, match="not a workflow; check the workflow that lists it"):
        load(root / "x" / "case" / "filing.yaml")


def test_workflows_and_parts_are_listed_apart(root: Path) -> None:
    write(root, "x/case/later", "\ufeff# 分篇\n\npart: x/case/later\n")
    (root / "x" / "odd.yaml").mkdir()
    shelf = Shelf((root,))
    assert shelf.names("workflow") == ["x/asset", "x/case"]
    assert shelf.names("part") == ["x/case/closing", "x/case/filing", "x/case/later"]
    assert shelf.names("calendar") == []
    write(root, "x/over", "workflow: x/over\nextends: x/case/filin\n")
    assert problems(root, "x/over") == ["x/over.yaml:2:10: no workflow is called x/case/filin; did you mean x/case?"]


def test_what_belongs_to_the_workflow_has_no_place_in_a_part(root: Path) -> None:
    text = CLOSING.replace("en: Closing\n", "extends: x/asset\nparts: x/case/filing\nedition: '1'\nroels: {}\nen: ''\n")
    write(root, "x/case/closing", text)
    assert problems(root, "x/case") == [
        f"x/case/closing.yaml:{line}" for line in (
            "3:1: a part has no extends; write it in the workflow that lists the part",
            "4:1: a part has no parts; write it in the workflow that lists the part",
            "5:1: a part has no edition; write it in the workflow that lists the part",
            "6:1: no key is called roels; did you mean roles?",
            "7:5: this cannot be empty",
        )
    ]  # fmt: skip


def test_a_part_has_a_title_and_its_own_place(root: Path) -> None:
    text = CLOSING.replace("zh: 结案\n", "").replace("part: x/case/closing", "part: x/closing")
    write(root, "x/case/closing", text.replace("states: {done", "rules: [a]\nstates: {done"))
    stored = "the file of x/closing must be stored as x/closing.yaml; this one is case/closing.yaml"
    assert problems(root, "x/case") == [
        "x/case/closing.yaml:1:1: zh is missing",
        f"x/case/closing.yaml:1:7: {stored}",
        "x/case/closing.yaml:3:8: this should be keys and values, not a list",
    ]


def test_parts_are_names(root: Path) -> None:
    write(root, "x/case", BODY.replace("[x/case/filing, x/case/closing]", "[x/case/filing, {a: b}, x/case/filing]"))
    assert problems(root, "x/case") == [
        "x/case.yaml:2:24: this should be text, not keys and values",
        "x/case.yaml:2:32: x/case/filing is listed already",
    ]
    for wrong in ("{a: b}", ""):
        write(root, "x/case", BODY.replace("[x/case/filing, x/case/closing]", wrong))
        [problem] = problems(root, "x/case")
        assert problem.startswith("x/case.yaml:2:")


def test_an_overlay_lies_on_the_union(root: Path) -> None:
    write(root, "y/filing", "part: y/filing\nzh: 立\nen: F\ntime_limits: {term: {warns: 3 days}}\n")
    write(
        root,
        "y/case",
        "workflow: y/case\nextends: x/case\nparts: y/filing\nzh: 乙\nen: Y\n"
        "transitions: {note: null}\nroles: {judge: null}\nfacts: {owed: {en: Sum}}\n",
    )
    base, over = load("x/case", search=[root]), load("y/case", search=[root])
    assert list(over.transitions) == ["file", "close"]
    assert (over.facts["owed"].title.en, over.facts["owed"].type) == ("Sum", base.facts["owed"].type)
    assert (str(over.time_limits["term"].warns), over.edition) == ("3 days", base.edition)
    assert over.tracks == base.tracks


def test_a_part_of_an_overlay_is_held_to_the_base(root: Path) -> None:
    write(
        root, "y/filing", "part: y/filing\nzh: 立\nen: F\ntime_limits: {term: {lasts: 2 months}}\nroles: {no: null}\n"
    )
    write(root, "y/case", "workflow: y/case\nextends: x/case\nparts: y/filing\n")
    told = "; a local rule may be stricter, not looser, unless x/case marks it local: true"
    assert problems(root, "y/case") == [
        f"y/filing.yaml:4:29: in x/case it is 1 month; 2 months can end later{told}",
        "y/filing.yaml:5:9: no key is called no; known: clerk, judge",
    ]


def test_tracks_have_parts_too(root: Path) -> None:
    write(
        root,
        "x/asset",
        ASSET.replace("zh: 财产", "parts: x/thing/held\nzh: 财产").replace(
            "states: {held: {zh: 已控制, en: Held, closed: true}}\n", ""
        ),
    )
    write(
        root,
        "x/thing/held",
        "part: x/thing/held\nzh: 控\nen: Held\nstates: {held: {zh: 已控制, en: Held, closed: true}}\n",
    )
    assert list(load("x/case", search=[root]).tracks["asset"]["asset"].states) == ["held"]


def test_very_many_parts_are_refused_unread(root: Path) -> None:
    listed = ", ".join(f"x/case/n{number}" for number in range(10_000))
    write(root, "x/case", BODY.replace("x/case/filing, x/case/closing", listed))
    assert problems(root, "x/case") == ["x/case.yaml:2:8: there are more than 32 parts"]


def test_thirty_two_parts_are_read(root: Path) -> None:
    for number in range(32):
        write(root, f"x/n{number}", f"part: x/n{number}\nzh: 分\nen: Part\nroles: {{r{number}: {{zh: 甲, en: A}}}}\n")
    listed = ", ".join(f"x/n{number}" for number in range(32))
    write(root, "x/case", WHOLE.replace("edition", f"parts: [{listed}]\nedition"))
    assert len(load("x/case", search=[root]).roles) == 34
