"""A case as plain JSON and back."""

from __future__ import annotations

import contextlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courts import SHANGHAI, Host, asset, court, court_of, day, engine_of, play
from enforceflow import saving
from enforceflow.cases.case import Case, Origin, Pin
from enforceflow.cases.journal import Entry, Frozen, Link, LinkKind
from enforceflow.definitions.facts import FactValue
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import SavedFormError
from enforceflow.saving import FORM, from_plain, read_plain, to_plain
from enforceflow.testing import PATIENT, Story, walk

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
moments = st.integers(-600_000_000, 5_000_000_000).map(lambda second: datetime.fromtimestamp(second, SHANGHAI))
values: st.SearchStrategy[FactValue] = st.one_of(
    words,
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False),
    days,
    moments,
    st.builds(Period, st.integers(0, 100), st.sampled_from(list(Unit))),
)
facts = st.dictionaries(words, st.one_of(values, st.lists(values, max_size=3).map(tuple)), max_size=4)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw any case at all, sensible or not: saving asks nothing of a workflow."""
    entries: list[Entry] = []
    for position in range(draw(st.integers(0, 8))):
        link = None
        if position and draw(st.booleans()):
            link = Link(draw(st.sampled_from(list(LinkKind))), draw(st.integers(0, position - 1)), draw(words))
        at = draw(st.one_of(days, moments))
        entries.append(
            Entry(
                draw(words),
                at,
                draw(words),
                draw(words),
                draw(words),
                draw(st.one_of(st.just(at), days, moments)),
                draw(words),
                draw(words),
                draw(words),
                Frozen(draw(facts)),
                Frozen(draw(st.dictionaries(words, st.booleans(), max_size=2))),
                draw(st.booleans()),
                link,
            )
        )
    origin = draw(st.none() | st.builds(Origin, words, st.lists(words, max_size=2).map(tuple)))
    pin = Pin(draw(words), draw(words), draw(words), frozenset(draw(st.sets(words, max_size=2))))
    return Case.of(draw(words), pin, entries, origin)


@given(cases())
def test_every_case_comes_back_as_it_was(case: Case) -> None:
    plain = json.loads(json.dumps(to_plain(case), ensure_ascii=False))
    read = read_plain(plain)
    assert read == case
    assert list(read.journal) == list(case.journal)
    assert [dict(entry.facts) for entry in read.journal] == [dict(entry.facts) for entry in case.journal]
    assert read.reading == case.reading
    assert to_plain(read) == plain


@settings(PATIENT, max_examples=20)
@given(walk(court(), max_acts=8))
def test_every_case_that_an_engine_made_fits_it_again(story: Story) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(story.case))), story.engine) == story.case


def sample() -> Case:
    one = play(court(), host=Host("exhausted", "unencumbered")).do(
        "assign", "01-06", by="王", role="registrar", recorded_at="01-07"
    )
    one.do("freeze", "01-08", "asset/A1", kind="land", worth="5.50")
    return one.do("note", "01-05", recorded_at="01-10").strike(4, recorded_at="01-11", reason="误录").case


def test_the_saved_form_is_lean_and_readable() -> None:
    plain = to_plain(sample())
    assert list(plain) == ["form", "number", "workflow", "entries"]
    assert plain["entries"] == [
        {"event": "file", "at": "2026-01-05", "state": "filed", "facts": {"owed": {"number": "500000"}}},
        {
            "event": "assign",
            "at": "2026-01-06",
            "state": "filed",
            "recorded_at": "2026-01-07",
            "by": "王",
            "role": "registrar",
        },
        {
            "event": "freeze",
            "at": "2026-01-08",
            "state": "frozen",
            "track": "asset/A1",
            "kind": "land",
            "facts": {"worth": {"number": "5.50"}},
        },
        {
            "event": "note",
            "at": "2026-01-08",
            "state": "filed",
            "link": {"kind": "raised_by", "entry": 2, "reason": ""},
        },
        {"event": "note", "at": "2026-01-05", "state": "filed", "recorded_at": "2026-01-10"},
        {
            "event": "note",
            "at": "2026-01-05",
            "state": "filed",
            "recorded_at": "2026-01-11",
            "link": {"kind": "strikes", "entry": 4, "reason": "误录"},
        },
    ]


def test_what_was_derived_and_answered_is_saved() -> None:
    one = play(court_of(asset(term="10 days")), host=Host("unencumbered")).do("freeze", "01-06", "asset/A1", worth=5)
    one.do("start_valuing", "01-07", "asset/A1").do("end_valuing", "01-08", "asset/A1", worth=6)
    one.do("sell", "01-09", "asset/A1", buyer="某").do("freeze", "01-10", "asset/A2").sweep("03-01")
    read = from_plain(to_plain(one.case), one.engine)
    assert read == one.case
    assert [entry.answers for entry in read.journal if entry.answers] == [{"unencumbered": True}]
    assert [entry.event for entry in read.journal if entry.derived] == ["lapse", "note_lapse"]
    opened = one.engine.open("m", from_=one.case, carry=(), at=day("03-02")).case
    assert to_plain(opened)["origin"] == {"number": one.case.number, "tracks": []}


def problems(plain: object) -> list[str]:
    with pytest.raises(SavedFormError) as caught:
        read_plain(plain)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("plain", [None, [], "case", 5])
def test_what_is_no_case_is_refused(plain: object) -> None:
    assert problems(plain) == ["it is no saved case"]


@pytest.mark.parametrize("form", [None, "1", 0, -1, True, 1.0])
def test_a_case_says_which_form_it_is_in(form: object) -> None:
    assert problems({**to_plain(sample()), "form": form}) == ["it does not say which form it is saved in (form)"]


def test_a_newer_form_is_refused() -> None:
    newer = {**to_plain(sample()), "form": FORM + 1}
    assert problems(newer) == [
        f"the case is saved in form {FORM + 1}, this library reads up to {FORM}; upgrade enforceflow"
    ]


def test_an_older_form_is_stepped_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_first(plain: saving.Plain) -> saving.Plain:
        return {**plain, "number": plain["case_number"]}

    def from_second(plain: saving.Plain) -> saving.Plain:
        return {**plain, "entries": plain["acts"]}

    case = sample()
    newest = to_plain(case)
    monkeypatch.setattr(saving, "FORM", 3)
    monkeypatch.setattr(saving, "_UPGRADES", {1: from_first, 2: from_second})
    oldest = {name: value for name, value in newest.items() if name not in ("number", "entries")}
    oldest |= {"form": 1, "case_number": newest["number"], "acts": newest["entries"]}
    assert read_plain(oldest) == case
    assert read_plain({**newest, "form": 2, "acts": newest["entries"]}) == case
    assert to_plain(case)["form"] == 3


def test_all_that_is_damaged_is_told_at_once() -> None:
    entry = {"event": "note", "at": "2026-01-05", "state": "filed"}
    damaged = [
        {**entry, "event": 5},
        {**entry, "at": "2026-13-05"},
        {**entry, "at": "2026-01-05T10:00+08:00[Nowhere/Land]"},
        {**entry, "at": None},
        {**entry, "facts": []},
        {**entry, "facts": {"owed": {"number": "NaN"}}},
        {**entry, "facts": {"owed": {"number": "9" * 50}}},
        {**entry, "facts": {"owed": {"number": 5}}},
        {**entry, "facts": {"owed": {"sum": "5"}}},
        {**entry, "facts": {"owed": 0.5}},
        {**entry, "facts": {"seen": {"datetime": "2026-01-05T10:00"}}},
        {**entry, "answers": {"exhausted": "yes"}},
        {**entry, "answers": []},
        {**entry, "link": {"kind": "undoes", "entry": 0, "reason": ""}},
        {**entry, "link": {"kind": "strikes", "entry": "0", "reason": ""}},
        {**entry, "link": {"kind": "strikes", "entry": 0, "reason": None}},
        {**entry, "link": "strikes"},
        {**entry, "link": {"kind": "strikes", "entry": 17, "reason": ""}},
        {**entry, "recorded_at": "tomorrow"},
        "note",
    ]
    told = problems(
        {
            "form": 1,
            "workflow": {"name": "x", "values": [5]},
            "origin": {"number": 5, "tracks": "a"},
            "entries": damaged,
        }
    )
    assert told == [
        "number is missing or cannot be read",
        "workflow: edition is missing or cannot be read",
        "workflow: digest is missing or cannot be read",
        "workflow: values is missing or cannot be read",
        "origin: number is missing or cannot be read",
        "origin: tracks is missing or cannot be read",
        "entries.0: event is missing or cannot be read",
        "entries.1: at is missing or cannot be read",
        "entries.2: at is missing or cannot be read",
        "entries.3: at is missing or cannot be read",
        *(f"entries.{n}: facts is missing or cannot be read" for n in range(4, 11)),
        *(f"entries.{n}: answers is missing or cannot be read" for n in (11, 12)),
        *(f"entries.{n}: link is missing or cannot be read" for n in (13, 14, 15, 16)),
        "entries.17: it refers to entry 17, which does not come before it",
        "entries.18: recorded_at is missing or cannot be read",
        "entries.19: event is missing or cannot be read",
        "entries.19: at is missing or cannot be read",
        "entries.19: state is missing or cannot be read",
    ]
    assert (
        problems({"form": 1, "number": "n", "workflow": None, "entries": {}})[-1]
        == "entries is missing or cannot be read"
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_whatever_is_damaged_is_refused_or_read_but_never_crashes(data: st.DataObject) -> None:
    plain: Any = json.loads(json.dumps(to_plain(sample())))
    place = plain
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if data.draw(st.booleans()):
            place[key] = data.draw(json_values)
            break
        place = place[key]
    engine = engine_of(court())
    with contextlib.suppress(SavedFormError):
        engine.deadlines(from_plain(plain, engine), today=day("02-01"))


def test_reading_for_an_engine_checks_edition_and_every_entry() -> None:
    plain = to_plain(sample())
    entries: Any = plain["entries"]
    entries[0] = {**entries[0], "facts": {"owed": {"date": "2026-01-05"}, "owd": "5"}}
    entries[1] = {**entries[1], "state": "filled"}
    entries[2] = {**entries[2], "kind": "lnd"}
    with pytest.raises(SavedFormError) as caught:
        from_plain(plain, engine_of(court()))
    told = [str(problem) for problem in caught.value.problems]
    assert told[0].startswith(
        "entries.0: entry 0 (file of 2026-01-05): datetime.date(2026, 1, 5) is not an amount of money"
    )
    assert told[1:] == [
        "entries.0: entry 0 (file of 2026-01-05): there is no fact owd",
        "entries.1: entry 1 (assign of 2026-01-06): no such act leads from unopened to filled",
        "entries.2: entry 2 (freeze of 2026-01-08 asset/A1): there is no such track or kind",
        "entries.3: entry 3 (note of 2026-01-08): no such act leads from unopened to filed",
    ]
    with pytest.raises(SavedFormError, match=r"move it with engine\.migrate"):
        from_plain(to_plain(sample()), engine_of())
    assert Decimal("5.50") == sample().fact("worth", "asset/A1")


@pytest.mark.parametrize("at", ["1899-12-31", "2200-01-01", "9999-12-31T00:00+08:00"])
def test_a_saved_year_that_must_be_a_slip_is_refused(at: str) -> None:
    plain = to_plain(sample())
    entries: Any = plain["entries"]
    entries[0] = {**entries[0], "at": at}
    assert problems(plain) == ["entries.0: at is missing or cannot be read"]
