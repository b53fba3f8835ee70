"""Files made to break a reader: whatever they hold, the answer is a DefinitionError, and soon."""

from __future__ import annotations

import random
import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforceflow.errors import DefinitionError
from enforceflow.reading import calendar, load

GOOD = Path(__file__).parent / "files" / "good"
CASE = (GOOD / "cn" / "civil.yaml").read_text(encoding="utf-8")
HEAD = "workflow: x/case\nedition: 2026-01\nzh: 试\nen: Test\n"
AT_MOST = 20.0


def tried(root: Path, data: bytes) -> str:
    """Return what is said of a workflow file that holds `data`; empty if it loads."""
    path = root / "x" / "case.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    began = time.monotonic()
    said = refusal(lambda: load(path, search=[GOOD]))
    assert time.monotonic() - began < AT_MOST
    return said.replace(f"{root.as_posix()}/", "")


def refusal(read: Callable[[], object]) -> str:
    """Return what is said against what `read` reads, in both languages; empty if it is fine."""
    try:
        read()
    except DefinitionError as error:
        return f"{error.text('zh')}\n{error.text('en')}"
    return ""


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines)


def merge_bomb() -> str:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 10)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (bomb, "anchors such as &a0 are not used here"),
        (merge_bomb, "merge keys << are not used here"),
        (lambda: "a: " + "[" * 100_000, "nested more than 64 deep"),
        (lambda: "a: " + "{a: " * 100_000, "nested more than 64 deep"),
        (lambda: "- " * 10_000, "nested more than 64 deep"),
        (lambda: "? " * 10_000, "a key must be text"),
        (lambda: "a: " + "x" * 50_000_000, "larger than 1048576 bytes"),
        (lambda: "\n".join(f"k{n}: 1" for n in range(500_000)), "larger than 1048576 bytes"),
        (lambda: "a: [" + "1," * 250_000 + "]", "more than 200000 values"),
        (lambda: "\n".join(f"{n}:" for n in range(120_000)), "more than 200000 values"),
        (lambda: f"workflow: x/case\nedition: {'9' * 1_000_000}", "zh is missing"),
        (lambda: f"{HEAD}parameters: {{a: {{zh: 甲, en: A, value: {'9' * 1_000_000}}}}}", "is not a value"),
        (lambda: f"{HEAD}parameters: {{a: {{zh: 甲, en: A, value: {'1:59' * 200_000}}}}}", "is not a value"),
        (lambda: "a: !!python/object/apply:os.system [id]", "tags such as !!python/object/apply:os.system"),
        (lambda: "a: !!binary aGk=", "tags such as !!binary"),
        (lambda: "a: &a [*a]", "anchors such as &a are not used here"),
        (lambda: "a: b\0c", "U+0000 is not allowed"),
        (lambda: "%TAG !a! b\n" * 90_000, "directives are not used"),
        (lambda: "!" * 1_000_000, "tags"),
        (lambda: "'" * 1_000_001, "the quotation mark is never closed"),
        (lambda: '"' + "\\u4e00" * 170_000, "the quotation mark is never closed"),
        (lambda: "# " * 500_000, "the file is empty"),
        (lambda: "\n" * 1_000_000, "the file is empty"),
        (lambda: " " * 1_000_000 + "a: 1", "first key"),
        (lambda: "x" * 1_000_000 + ": 1", ""),
    ],
)
def test_hostile_files_are_refused_soon(made: Callable[[], str], said: str, tmp_path: Path) -> None:
    assert said in tried(tmp_path, made().encode())


def test_lone_surrogates_and_broken_utf_8_are_refused(tmp_path: Path) -> None:
    assert "not UTF-8" in tried(tmp_path, b"a: \xed\xa0\x80")
    assert "not UTF-8" in tried(tmp_path, b"a: \xff\xfe")


def test_tens_of_thousands_of_wrong_names_are_told_soon(tmp_path: Path) -> None:
    states = "".join(f"  s{number}: {{zh: 甲, en: A}}\n" for number in range(8_000))
    acts = "".join(f"  t{number}: {{zh: 甲, en: A, from: r{number}, to: q{number}}}\n" for number in range(8_000))
    said = tried(tmp_path, f"{HEAD}states:\n{states}transitions:\n{acts}".encode())
    assert said.endswith("more problems are not listed")


def test_a_long_chain_of_acts_is_no_circle_and_no_recursion(tmp_path: Path) -> None:
    acts = "".join(f"  t{n}: {{zh: 甲, en: A, from: open, raises: t{n + 1}}}\n" for n in range(8_000))
    text = f"{HEAD}states: {{open: {{zh: 开, en: Open}}}}\ntransitions:\n  f: {{zh: 甲, en: A, to: open}}\n{acts}"
    assert tried(tmp_path, f"{text}  t8000: {{zh: 甲, en: A, from: open}}\n".encode()) == ""


def test_deep_but_allowed_nesting_in_the_wrong_place_is_told(tmp_path: Path) -> None:
    assert "this should be text" in tried(tmp_path, (HEAD + "states: {a: {zh: " + "[" * 60 + "]" * 60 + "}}").encode())


def mutated(text: str, seed: int) -> str:
    """Return `text` with a few lines or characters deleted, doubled, exchanged or moved."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        line = lines[place]
        at = chance.randint(0, len(line))
        lines[place : place + 1] = chance.choice(
            [
                [],
                [line, line],
                [lines[chance.randrange(len(lines))]],
                [" " + line],
                [line[1:]],
                [line[:at] + line[at + 1 :]],
                [line[:at] + chance.choice("{}[]:,'\"#&*!|>%@-?~ \t\n0a案.<=\\") + line[at:]],
                [line[:at] + line[at:][::-1]],
                [line.replace(*chance.choice([("file", "flie"), ("days", "moons"), (": ", ": ["), ("cn/", "../")]))],
            ]
        ) or [""]
    return "\n".join(lines)


common = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@common
@given(seed=st.integers(0, 2**32))
def test_a_mutated_workflow_loads_or_is_refused(seed: int, tmp_path: Path) -> None:
    tried(tmp_path, mutated(CASE, seed).replace("workflow: cn/civil", "workflow: x/case").encode())


@common
@given(text=st.text(max_size=300))
def test_random_text_is_refused(text: str, tmp_path: Path) -> None:
    tried(tmp_path, text.encode("utf-8", "surrogatepass"))
    assert tried(tmp_path, f"workflow: x/case\n{text}".encode("utf-8", "surrogatepass"))


@common
@given(data=st.binary(max_size=300))
def test_random_bytes_are_refused(data: bytes, tmp_path: Path) -> None:
    assert tried(tmp_path, data)


@common
@given(value=st.text(alphabet="{}[]:,'\"#&*!|>%@-?~ \n0a案.<=and or not()", max_size=60))
def test_random_guards_and_lengths_are_refused_or_fine(value: str, tmp_path: Path) -> None:
    text = CASE.replace("workflow: cn/civil", "workflow: x/case")
    tried(tmp_path, text.replace("owed > simple_case_amount", value).encode())
    tried(tmp_path, text.replace("6 months", value).encode())


@common
@given(seed=st.integers(0, 2**32))
def test_a_mutated_calendar_loads_or_is_refused(seed: int, tmp_path: Path) -> None:
    text = (
        "calendar: court\nzh: 历\nen: Court\nzone: Asia/Shanghai\nweekend: [saturday, sunday]\nholidays:\n"
        "  new_year: {zh: 元旦, en: New Year, days: [01-01], since: 1949}\nnotices:\n"
        "  一号: {announced: 2025-11-04, covers: 2026, off: [2026-01-01..2026-01-03], work: [2026-01-04]}\n"
    )
    path = tmp_path / "court.yaml"
    path.write_text(mutated(text, seed), encoding="utf-8")
    refusal(lambda: calendar(path))


def large_case() -> str:
    """Return a workflow of about five thousand lines."""
    n = 240
    facts = "".join(f"  fact_{i}: {{zh: 事实, en: Fact, type: money}}\n" for i in range(n))
    states = "".join(f"  state_{i}: {{zh: 状态, en: State, stage: filing}}\n" for i in range(n))
    acts = "".join(
        f"  act_{i}:\n    zh: 行为\n    en: Act\n    from: [state_{i}, state_{(i + 1) % n}]\n"
        f"    to: state_{(i + 1) % n}\n"
        f"    takes: [fact_{i}]\n    when: fact_{i} > 20000 and done(file)\n    source: 民事诉讼法(2023)第251条\n"
        "    after: file\n"
        for i in range(n)
    )
    limits = "".join(
        f"  limit_{i}:\n    zh: 期限\n    en: Limit\n    lasts: 15 days\n    since: [file, act_{i}]\n"
        "    warns: 3 days\n"
        f"    met_by: act_{(i + 1) % n}\n    paused_while: [state_{i}]\n    source: 法释〔2000〕29号第5、9条\n"
        for i in range(n)
    )
    file = "  file: {zh: 立案, en: File, to: state_0}\n"
    return f"{HEAD}facts:\n{facts}states:\n{states}transitions:\n{file}{acts}time_limits:\n{limits}"


@pytest.mark.slow
@pytest.mark.skipif(sys.gettrace() is not None, reason="tracing slows Python and not libyaml")
def test_a_large_workflow_loads_in_five_times_what_libyaml_needs_to_compose_it(tmp_path: Path) -> None:
    data = large_case().encode()
    assert tried(tmp_path, data) == ""
    path = tmp_path / "x" / "case.yaml"
    composing = min(timeit.repeat(lambda: yaml.compose(data, Loader=yaml.CLoader), number=1, repeat=5))
    loading = min(timeit.repeat(lambda: load(path), number=1, repeat=5))
    assert loading < 5 * composing
