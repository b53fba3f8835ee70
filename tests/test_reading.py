"""YAML as nodes with places: what is read, what is refused, how files are laid on one another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from enforceflow.definitions import ActRef, ByEnd, Fact, NameRef, Parameter, State, TimeLimit, Transition
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated, Period, Unit
from enforceflow.reading import parsing
from enforceflow.reading.marked import Mapping, Node, Null, Scalar, Sequence, Source
from enforceflow.reading.merging import merged, report_idle_removals
from enforceflow.reading.parsing import parse
from enforceflow.reading.report import Report
from enforceflow.reading.sources import read_source, source_of
from enforceflow.reading.structuring import structure
from enforceflow.reading.syntax import explain, guard_hint

PARSERS: list[type[yaml.CLoader | yaml.Loader]] = [yaml.CLoader, yaml.Loader]
QUOTE = "put the whole text in quotation marks"
INDENT = "check the indentation, or put the whole text in quotation marks"
WRITE_NOT = "in a guard write not; put other text in quotation marks"
WRITE_OUT = "write the values out, or use extends"
MISFIT = "this does not fit what stands before it"
GOOD = Path(__file__).parent / "files" / "good"


def read(
    text: str | bytes, parser: type[yaml.CLoader | yaml.Loader] = yaml.CLoader
) -> tuple[Mapping | None, list[str]]:
    report = Report()
    source = source_of(text, "f", report)
    node = None if source is None else parse(source, report, parser)
    return node, [str(problem) for problem in report.problems]


def mapping(text: str) -> Mapping:
    node, problems = read(text)
    assert problems == []
    assert node is not None
    return node


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if isinstance(node, Null) else node.text


def refused(text: str | bytes) -> list[str]:
    node, problems = read(text)
    assert node is None
    return problems


@pytest.mark.parametrize("parser", PARSERS)
def test_every_value_is_text_at_its_place(parser: type[yaml.CLoader | yaml.Loader]) -> None:
    node, problems = read(
        "on: submit\n时间: [12:30, 010, '2026-02-30']\nno: {a: ~, b: null, c: , d: 'null', e: yes}\n", parser
    )
    assert problems == []
    assert node is not None
    assert plain(node) == {
        "on": "submit",
        "时间": ["12:30", "010", "2026-02-30"],
        "no": {"a": None, "b": None, "c": None, "d": "null", "e": "yes"},
    }
    times = node.values["时间"]
    assert isinstance(times, Sequence)
    assert [(item.line, item.column) for item in times.items] == [(2, 6), (2, 13), (2, 18)]
    assert (node.keys["no"].line, node.keys["no"].column, node.file) == (3, 1, "f")


@pytest.mark.parametrize("path", sorted(GOOD.rglob("*.yaml")), ids=lambda path: path.stem)
def test_both_parsers_of_pyyaml_give_the_same_nodes(path: Path) -> None:
    fast, slow = (read(path.read_bytes(), parser) for parser in PARSERS)
    assert fast == slow
    assert fast[0] is not None


def test_the_c_parser_is_taken_where_there_is_one() -> None:
    assert parsing.PARSER is yaml.CLoader


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c", f"1:5: a colon is not allowed here; {INDENT}"),
        ("a: 'x\nb: 1", "1:4: the quotation mark is never closed"),
        ("a: && x", "1:4: text cannot start with & or *; in a guard write and, or"),
        ("a: &", f"1:4: text cannot start with & or *; {QUOTE}"),
        ("a: !x", f"1:4: tags such as !x are not used here; {WRITE_NOT}"),
        ("a: !foo!bar x", f"1:4: tags that start with ! are not used here; {WRITE_NOT}"),
        ("a: !!str x", f"1:4: tags such as !!str are not used here; {QUOTE}"),
        ("a: !<tag:x> {b: c}", f"1:4: tags such as tag:x are not used here; {WRITE_NOT}"),
        ("a: @x", f"1:4: text cannot start with @; {QUOTE}"),
        ("a:\n\tb: 1", "2:1: a tab is not allowed here; indent with spaces"),
        ("a: 1\nb\nc: 2", f"2:1: this line has no colon; {INDENT}"),
        ("a: >= 3", f"1:4: text cannot start with > or |; {QUOTE}"),
        ("a: - b", "1:4: a list starts on a line of its own"),
        ("a: [1, 2\nb: 3", "1:4: the bracket is not closed"),
        ("a: [1, 'x' y]", "1:12: a comma or the closing bracket is expected here"),
        ("a: 'x' == y", f"1:8: {MISFIT}; {QUOTE}"),
        ('a: "x" == y', f"1:8: {MISFIT}; put the whole text in single quotation marks: '\"x\" == y'"),
        ("- !x", f"1:3: tags such as !x are not used here; {WRITE_NOT}"),
        ("a: {b: !x y, c: d}", f"1:8: tags such as !x are not used here; {WRITE_NOT}"),
        ("a: &x {b: c}", f"1:4: anchors such as &x are not used here; {WRITE_OUT}"),
        ("a: 1\na: 2", "2:1: the key a is repeated; it first stands on line 1"),
        ("<<: {a: 1}", f"1:1: merge keys << are not used here; {WRITE_OUT}"),
        ("[a]: 1", "1:1: a key must be text"),
        ("~: 1", "1:1: a key must be text"),
        ("a: 1\n---\nb: 1", "2:1: a file holds one document; a second --- is not allowed"),
        ("", "1:1: the file is empty"),
        ("~", "1:1: the file is empty"),
        ("- a", "1:1: the file must consist of keys and values"),
        ("%YAML 1.2\n---\na: 1", "1:1: % directives are not used here"),
        ('a: "\\0"', "1:4: the character U+0000 is not allowed; delete it and type this place anew"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    text: str, problem: str, parser: type[yaml.CLoader | yaml.Loader]
) -> None:
    node, problems = read(text, parser)
    assert node is None
    assert problems == [f"f:{problem}"]


def test_the_two_parsers_find_a_wrong_escape_in_places_of_their_own() -> None:
    said = (
        "the escape inside the quotation marks is not valid; write \\\\ for a backslash, or use single quotation marks"
    )
    assert read('a: "\\q"', yaml.CLoader)[1] == [f"f:1:5: {said}"]
    assert read('a: "\\q"', yaml.Loader)[1] == [f"f:1:6: {said}"]
    hidden = "is not allowed; delete it and type this place anew"
    assert read('a: "\\UFFFFFFFF"', yaml.Loader)[1] == [f"f:1:1: the character \\U {hidden}"]
    assert read('a: "\\ud800"', yaml.Loader)[1] == [f"f:1:4: the character U+D800 {hidden}"]


def test_a_fault_that_nobody_thought_of_is_told_as_pyyaml_tells_it() -> None:
    report = Report()
    explain(yaml.MarkedYAMLError(problem="the moon is full"), Source("f", "a"), report)
    assert [str(problem) for problem in report.problems] == ["f:1:1: not valid YAML: the moon is full"]


def test_text_that_is_no_guard_gets_no_hint() -> None:
    assert guard_hint("zh: 案件", 5) is None


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a: \xff", "1:4: the file is not UTF-8; save it as UTF-8 in your editor"),
        ("一\n二: ".encode() + b"\xff", "2:4: the file is not UTF-8; save it as UTF-8 in your editor"),
        ("a: 1".encode("utf-16"), "1:1: the file is not UTF-8; save it as UTF-8 in your editor"),
        ("a: \x00b", "1:4: the character U+0000 is not allowed; delete it and type this place anew"),
        ("a:\r\n  b: \u2028", "2:6: the character U+2028 is not allowed; delete it and type this place anew"),
        ("a: \ud800", "1:4: the character U+D800 is not allowed; delete it and type this place anew"),
        ("a: \ufeffb", "1:4: the character U+FEFF is not allowed; delete it and type this place anew"),
        (b"a" * 1_048_577, "1:1: the file is larger than 1048576 bytes"),
    ],
)
def test_a_file_that_is_no_plain_text_is_refused(data: str | bytes, problem: str) -> None:
    assert refused(data) == [f"f:{problem}"]


def test_a_mark_of_byte_order_at_the_start_is_passed_over() -> None:
    node, _ = read("\ufeffa: 1".encode())
    assert node is not None
    assert node.keys["a"].column == 1


def test_a_file_is_read_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"a: 1")
    source = read_source(path, "f", Report())
    assert source is not None
    assert source.line(1) == "a: 1"
    assert (source.line(0), source.line(2)) == ("", "")
    report = Report()
    assert read_source(Path("a\0b"), "f", report) is None
    assert str(report.problems[0]) == "f:1:1: the file cannot be read: embedded null byte"


def test_problems_are_not_listed_without_end() -> None:
    problems = refused("a:\n" + "  b: 1\n" * 1_000)
    assert len(problems) == 201
    assert problems[-1].endswith("too much is wrong; the rest is not listed")


def test_a_refused_key_drops_its_value_and_reading_goes_on() -> None:
    problems = refused("? [a, {b: c}]\n: {d: e}\n~: [f]\na: *x\n")
    assert [problem.split(": ")[0] for problem in problems] == ["f:1:3", "f:3:1", "f:4:4"]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("a: one two", 4, (1, 8)),
        ("a: 'one two'", 4, (1, 9)),
        ('a: "案件 two"', 3, (1, 8)),
        ("a: 'it''s two'", 5, (1, 4)),
        ('a: "\\x41 two"', 2, (1, 4)),
        ("a: |\n  one\n\n    two\n", 3 + 2 + 3, (4, 6)),
        ("a: |2\n    one\n", 3, (2, 6)),
        ("a: |-\n  one", 3, (2, 6)),
        ("a: >\n  one\n  two\n", 5, (1, 4)),
        ("a: one\n  two", 4, (1, 4)),
        ("a: |\n  one\n", 4, (3, 1)),
    ],
)
def test_a_character_of_a_text_has_its_place(text: str, offset: int, place: tuple[int, int]) -> None:
    value = mapping(text).values["a"]
    assert isinstance(value, Scalar)
    assert value.place(offset) == place


def test_a_block_that_is_not_as_written_is_placed_at_its_start() -> None:
    assert Scalar(Source("f", "a: |\n  x"), 1, 4, "other", plain=False).place(1) == (1, 4)


# The examples of RFC 7396, appendix A, as far as they are mappings.
@pytest.mark.parametrize(
    ("base", "overlay", "result"),
    [
        ("a: b", "a: c", {"a": "c"}),
        ("a: b", "b: c", {"a": "b", "b": "c"}),
        ("a: b", "a: null", {}),
        ("{a: b, b: c}", "a: null", {"b": "c"}),
        ("a: [b]", "a: c", {"a": "c"}),
        ("a: c", "a: [b]", {"a": ["b"]}),
        ("a: {b: c}", "a: {b: d, c: null}", {"a": {"b": "d"}}),
        ("a: [{b: c}]", "a: [1]", {"a": ["1"]}),
        ("e: null", "a: 1", {"a": "1"}),
        ("{}", "a: {bb: {ccc: null}}", {"a": {"bb": {}}}),
        ("a: foo", "a: {b: null, c: d}", {"a": {"c": "d"}}),
    ],
)
def test_files_merge_as_rfc_7396_says(base: str, overlay: str, result: object) -> None:
    below = merged(None, mapping(base))
    assert plain(merged(below, mapping(overlay))) == result


def test_a_merged_value_keeps_its_file() -> None:
    base = attrs.evolve(mapping("a: {b: 1, c: 2}"))
    source = Source("g", "a: {c: 3}")
    overlay = parse(source, Report())
    assert overlay is not None
    inner = merged(base, overlay).values["a"]
    assert isinstance(inner, Mapping)
    assert (inner.file, inner.values["b"].file, inner.values["c"].file) == ("g", "f", "g")
    assert plain(base) == {"a": {"b": "1", "c": "2"}}


def test_a_null_that_removes_nothing_is_a_slip() -> None:
    report = Report()
    report_idle_removals(mapping("a: {bread: 1}\nc: 2"), mapping("a: {bred: ~}\nc: {d: ~}\ne: ~"), report)
    assert [str(problem) for problem in report.problems] == [
        "f:1:5: no key is called bred; did you mean bread?",
        "f:2:5: d has no value, and there is nothing beneath to remove; put a text that has a comma in quotation marks",
        "f:3:1: no key is called e; known: a, c",
    ]


def test_a_comma_in_a_text_without_quotation_marks_is_told() -> None:
    report = Report()
    report_idle_removals(None, mapping("a: {zh: 法官, en: Judge, of the court}"), report)
    assert [problem.text("zh") for problem in report.problems] == [
        "f:1:24: “of the court”没有值，也没有可删去的内容；含逗号的文字请加引号"
    ]


def thing(cls: type[Any], text: str) -> tuple[Any, list[str]]:
    report = Report()
    found = structure(cls, "x", mapping(text), report)
    return found, [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("20000 yuan", Decimal(20000)),
        ("20,000.50", Decimal("20000.50")),
        ("-3", Decimal(-3)),
        ("70%", Decimal("0.7")),
        ("2.50 %", Decimal("0.0250")),
        ("15 days", Period(15, Unit.DAY)),
        ("2026-01-05", date(2026, 1, 5)),
        ("true", True),
        ("false", False),
    ],
)
def test_a_parameter_is_typed_by_its_look(written: str, value: object) -> None:
    found, problems = thing(Parameter, f"{{zh: 甲, en: A, value: '{written}'}}")
    assert problems == []
    assert found.values == Dated.always(value)


@pytest.mark.parametrize("written", ["ten", "1e5", "2026-02-30", "1_000", "5 moons", "9" * 30, "yes", "NaN"])
def test_what_has_no_look_of_a_value_is_refused(written: str) -> None:
    _, problems = thing(Parameter, f"{{zh: 甲, en: A, value: {written}}}")
    assert len(problems) == 1
    assert "is not a value; write 20000 yuan" in problems[0]


def test_values_by_date_stand_in_order_and_must_be_keys_and_values() -> None:
    found, problems = thing(Parameter, "{zh: 甲, en: A, values: {2020-01-01: 2, 2015-01-01: 1}}")
    assert problems == []
    assert [value for _, value in found.values.values] == [1, 2]
    assert thing(Parameter, "{zh: 甲, en: A, values: 3}")[1] == ["f:1:24: this should be keys and values, not text"]
    assert thing(Parameter, "{zh: 甲, en: A, values: {2020-01-01: [1]}}")[1] == [
        "f:1:37: this should be text, not a list"
    ]
    assert thing(Parameter, "{zh: 甲, en: A, value: [1]}")[1] == ["f:1:23: this should be text, not a list"]


def test_a_name_or_a_list_of_names_are_both_fine() -> None:
    one, _ = thing(Transition, "{zh: 甲, en: A, from: open, after: file, takes: [], outlives: false}")
    assert (one.from_, one.after, one.takes, one.outlives) == (("open",), (ActRef("file"),), (), False)
    two, _ = thing(Transition, "{zh: 甲, en: A, from: [open, shut], after: [file, asset.seize]}")
    assert (two.from_, two.after) == (("open", "shut"), (ActRef("file"), ActRef("seize", "asset")))


def test_anchors_read_in_every_form() -> None:
    limit, problems = thing(TimeLimit, "{zh: 甲, en: A, source: s, lasts: 7 days, since: {end_of: asset.grace}}")
    assert problems == []
    assert limit.since == (ByEnd(NameRef("grace", "asset")),)
    limit, problems = thing(TimeLimit, "{zh: 甲, en: A, source: s, lasts: 7 days, since: {end_of: [a]}}")
    assert problems == ["f:1:58: this should be text, not a list"]
    assert limit.since == ()


def test_lengths_read_in_every_form() -> None:
    limit, problems = thing(
        TimeLimit,
        "{zh: 甲, en: A, source: s, lasts: {2020-01-01: 1 year}, extended_by: {a: b.days, c: {2020-01-01: x}}}",
    )
    assert problems == ["f:1:97: x is not a period; write 7 days, 3 workdays, 6 months, 2 years or 48 hours"]
    assert limit.lasts == Dated(((date(2020, 1, 1), Period(1, Unit.YEAR)),))
    assert list(limit.extended_by) == ["a"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("True", "True is not true or false; write true"),
        ("on", "on is not true or false; write true"),
        ("No", "No is not true or false; write false"),
        ("maybe", "maybe is not true or false"),
        ("'false'", "false is not true or false; write it without quotation marks"),
        ("[true]", "this should be text, not a list"),
    ],
)
def test_a_flag_is_true_or_false_and_nothing_else(written: str, problem: str) -> None:
    _, problems = thing(State, f"{{zh: 甲, en: A, closed: {written}}}")
    assert problems == [f"f:1:24: {problem}"]


def test_types_of_facts_read_with_their_siblings() -> None:
    head = "zh: 甲, en: A, type"
    assert thing(Fact, f"{{{head}: money}}")[0].type == FactType(FactKind.MONEY)
    assert thing(Fact, f"{{{head}: track, track: asset}}")[0].type == FactType(FactKind.TRACK, track="asset")
    assert thing(Fact, f"{{{head}: track, track: [asset]}}")[1] == ["f:1:36: this should be text, not a list"]
    assert thing(Fact, f"{{{head}: list, item: money}}")[0].type.item == FactType(FactKind.MONEY)
    assert thing(Fact, f"{{{head}: list}}")[1] == ["f:1:1: item is missing"]
    assert thing(Fact, f"{{{head}: [list]}}")[1] == ["f:1:22: this should be text, not a list"]
    found, problems = thing(Fact, f"{{{head}: list, item: choice, choices: {{a: {{zh: 子, en: B}}, c: d}}}}")
    assert problems == ["f:1:74: this should be keys and values, not text"]
    assert list(found.type.item.choices) == ["a", "c"]


def test_a_title_is_text() -> None:
    assert thing(State, "{zh: [甲], en: A}")[1] == ["f:1:6: this should be text, not a list"]


def test_among_very_many_names_the_nearest_is_still_found() -> None:
    report = Report()
    node = mapping("a: 1")
    report.unknown(node, Parameter, "name_1234x", [f"name_{number}" for number in range(2_000)])  # type: ignore[arg-type]
    assert str(report.problems[0]).endswith("did you mean name_1234?")
    report.unknown(node, Parameter, "zzz", [f"name_{number}" for number in range(2_000)])  # type: ignore[arg-type]
    assert "did you mean" not in str(report.problems[1])


def test_after_a_hundred_problems_no_more_suggestions_are_sought() -> None:
    report = Report()
    node = mapping("a: 1")
    for _ in range(101):
        report.unknown(node, Parameter, "nam", ["name"])  # type: ignore[arg-type]
    assert report.problems[99].suggestion is not None
    assert report.problems[100].suggestion is None
