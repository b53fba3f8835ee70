"""Where each rule of law is encoded: nothing that is said of it is dead, and no rule is forgotten."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import law_coverage as law
from enforceflow.casefiles import Place
from enforceflow.errors import DefinitionError
from enforceflow.reading.shelves import Shelf

COVERAGE = law.read_coverage()
ENCODED = [rule for rule in COVERAGE.rules if rule.encoded]


def test_every_stage_has_as_many_rules_as_it_says() -> None:
    assert dict(Counter(rule.stage for rule in COVERAGE.rules)) == COVERAGE.counts
    assert sum(COVERAGE.counts.values()) == 200
    names = [rule.name for rule in COVERAGE.rules]
    assert len(set(names)) == len(names)


def test_no_rule_is_without_an_answer() -> None:
    assert [rule.name for rule in COVERAGE.rules if not (rule.encoded or rule.later or rule.outside)] == []


def test_what_encodes_a_rule_is_there() -> None:
    dead = [f"{ref.place}: {ref.text}" for rule in ENCODED for ref in rule.encoded if not law.is_there(ref)]
    assert dead == []


def test_every_function_of_law_that_is_named_is_there() -> None:
    functions = [ref.function for rule in ENCODED for ref in rule.encoded if ref.function]
    amounts = import_module("enforceflow.amounts") if functions else None
    assert [name for name in functions if not hasattr(amounts, name)] == []


def test_it_is_not_taken_for_a_workflow() -> None:
    assert "cn/coverage" not in Shelf.of(None, ()).names("workflow")


def test_whoever_proves_a_rule_has_to_do_with_it() -> None:
    wrong = [
        f"{case.place}: {case.name}"
        for rule in COVERAGE.rules
        for case in rule.proved_by
        if case.name not in law.cases() or not any(law.touches(law.cases()[case.name], ref) for ref in rule.encoded)
    ]
    assert wrong == []


def test_every_rule_that_is_encoded_is_proved() -> None:
    assert [rule.name for rule in ENCODED if not rule.proved_by] == []


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "coverage.yaml"
    path.write_text("coverage: cn\nzh: 试\nen: Test\nstages:\n" + text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        law.read_coverage(path)
    return [str(problem) for problem in caught.value.problems]


def test_what_is_wrong_with_the_file_is_told_where_it_stands(tmp_path: Path) -> None:
    text = """  filing:
    zh: 立
    en: Filing
    rules: one
    each:
      one: {encoded: [cn/civil#time_limits.notice, civil.notice], later: {zh: 后, en: Later}}
      two: {outsde: {zh: 外, en: Outside}}
      three: {later: {zh: 后}}
      three: {encoded: [amounts.execution_fee, calendar]}
"""
    assert problems(tmp_path, text.replace("      three: {enc", "      four: {enc")) == [
        "coverage.yaml:8:12: one is not a whole number",
        "coverage.yaml:10:67: write either encoded or later",
        (
            "coverage.yaml:10:52: civil.notice is no reference; "
            "write cn/civil#time_limits.notice, amounts.execution_fee, calendar or periods"
        ),
        "coverage.yaml:11:13: no key is called outsde; did you mean outside?",
        "coverage.yaml:11:12: write either encoded or later",
        "coverage.yaml:12:22: en is missing",
    ]
    assert problems(tmp_path, text) == ["coverage.yaml:13:7: the key three is repeated; it first stands on line 12"]


@pytest.mark.parametrize(
    "text",
    ["cn/civil#time_limits.none", "cn/none#time_limits.notice", "cn/civil#none.notice", "cn/asset#states.frozen"],
)
def test_a_dead_reference_is_found(tmp_path: Path, text: str) -> None:
    path = tmp_path / "coverage.yaml"
    stage = f"  filing: {{zh: 立, en: Filing, rules: 1, each: {{one: {{encoded: [{text}]}}}}}}\n"
    path.write_text("coverage: cn\nzh: 试\nen: Test\nstages:\n" + stage, encoding="utf-8")
    [rule] = law.read_coverage(path).rules
    assert not law.is_there(rule.encoded[0])


def test_a_case_that_has_nothing_to_do_with_a_rule_does_not_prove_it() -> None:
    case = law.cases()["examples/cases/26-two-paid-in-full.yaml#" + first("26-two-paid-in-full")]
    assert law.touches(case, ref("cn/civil#transitions.complete"))
    assert law.touches(case, ref("cn/civil#derived.unpaid"))
    assert law.touches(case, ref("calendar"))
    assert not law.touches(case, ref("cn/detention#transitions.detain"))
    assert not law.touches(case, ref("cn/detention#time_limits.custody"))


def first(name: str) -> str:
    return next(key.partition("#")[2] for key in law.cases() if f"/{name}.yaml#" in key)


def ref(text: str) -> law.Ref:
    match = law._REF.fullmatch(text)  # noqa: SLF001  the form of a reference
    parts = {key: value or "" for key, value in match.groupdict().items()} if match else {}
    place = Place("coverage.yaml", 1, 1)
    return law.Ref(text, place, **{key: parts.get(key, "") for key in ("file", "section", "name")})
