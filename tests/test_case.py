from __future__ import annotations

from datetime import date

import pytest

from courts import asset, court, court_of, day, engine_of, moment, play, when, workflow
from enforceflow.cases.case import Case, Origin, Pin, in_force
from enforceflow.cases.journal import Entry, Link, LinkKind
from enforceflow.errors import InvalidValue

PIN = Pin("court/case", "1", "0123456789abcdef", frozenset({"a"}))


def entry(event: str, at: str, link: Link | None = None, *, derived: bool = False, track: str = "") -> Entry:
    return Entry(event, when(at), track, event, event, day("02-01"), link=link, derived=derived)


def order(*entries: Entry) -> list[str]:
    return [one.event for one in Case.of("n", PIN, entries).reading]


def test_a_case_reads_what_is_on_its_journal() -> None:
    one = play(court()).do("pay", "01-06", paid="5").do("freeze", "01-07", "asset/A1", kind="land", worth="9 yuan")
    case = one.case
    assert (case.state, case.state_of("asset/A1"), case.state_of("asset/A2")) == ("filed", "frozen", "")
    assert (case.kind_of("asset/A1"), case.kind_of("asset/A2"), case.kind_of("")) == ("land", "", "")
    assert case.tracks() == case.tracks("asset") == ["asset/A1"]
    assert case.tracks("order") == []
    assert str(case.fact("worth", "asset/A1")) == "9"
    assert list(case.facts("asset/A1")) == ["worth"]
    assert list(case.facts()) == ["owed", "paid"]
    assert case.fact("extra") is None


def test_a_case_is_a_value_of_its_number_pin_origin_and_journal() -> None:
    entries = [entry("a", "01-05")]
    case = Case.of("n", PIN, entries)
    assert case == Case.of("n", PIN, entries)
    assert hash(case) == hash(Case.of("n", PIN, entries))
    assert case != Case.of("m", PIN, entries)
    assert case != Case.of("n", PIN, [])
    assert case != Case.of("n", PIN, entries, Origin("m"))
    assert case != "n"
    assert "lapses_from" not in repr(case)


def test_acts_are_read_by_day_then_by_recording() -> None:
    assert order(entry("b", "01-06"), entry("a", "01-05"), entry("c", "01-06")) == ["a", "b", "c"]


def test_times_of_a_day_are_read_in_order_and_a_bare_day_after_what_was_recorded_before_it() -> None:
    bare_first = order(entry("a", "01-05"), entry("b", "01-05T09:00"))
    assert bare_first == ["a", "b"]
    assert order(entry("a", "01-05T10:00"), entry("b", "01-05"), entry("c", "01-05T09:00")) == ["c", "a", "b"]
    assert order(entry("a", "01-05T10:00"), entry("b", "01-05T10:00")) == ["a", "b"]


def test_what_followed_by_itself_comes_first_on_its_day_or_last_at_its_moment() -> None:
    assert order(entry("a", "01-06"), entry("lapse", "01-06", derived=True)) == ["lapse", "a"]
    late = [entry("lapse", "01-06T10:00", derived=True), entry("a", "01-06T10:00"), entry("b", "01-06T10:01")]
    assert order(*late) == ["a", "lapse", "b"]


def test_what_followed_by_itself_on_one_day_is_read_by_track_and_act() -> None:
    two, one = (entry("lapse", "01-06", derived=True, track=f"asset/A{number}") for number in (2, 1))
    read = Case.of("n", PIN, [entry("z", "01-07"), two, one]).reading
    assert [each.track for each in read] == ["asset/A1", "asset/A2", ""]


def test_a_correction_keeps_the_place_of_what_it_corrects() -> None:
    entries = [entry("a", "01-05"), entry("b", "01-05"), entry("c", "01-05T08:00")]
    corrected = entry("a2", "01-05", Link(LinkKind.REPLACES, 0, "笔误"))
    assert order(*entries, corrected) == ["a2", "b", "c"]
    again = entry("a3", "01-05", Link(LinkKind.REPLACES, 3, "笔误"))
    assert order(*entries, corrected, again) == ["a3", "b", "c"]


def test_what_was_raised_stands_behind_its_cause_even_when_that_is_corrected() -> None:
    entries = [
        entry("a", "01-05"),
        entry("raised", "01-05", Link(LinkKind.RAISED_BY, 0)),
        entry("b", "01-05"),
        entry("a2", "01-05", Link(LinkKind.REPLACES, 0)),
        entry("raised2", "01-05", Link(LinkKind.RAISED_BY, 3)),
    ]
    assert order(*entries) == ["a2", "raised2", "b"]


def test_struck_withdrawn_and_replaced_entries_are_not_in_force_nor_what_they_raised() -> None:
    entries = [
        entry("a", "01-05"),
        entry("raised", "01-05", Link(LinkKind.RAISED_BY, 0)),
        entry("raised_again", "01-05", Link(LinkKind.RAISED_BY, 1)),
        entry("corrected", "01-05", Link(LinkKind.REPLACES, 1)),
        entry("b", "01-06", derived=True),
        entry("b", "01-06", Link(LinkKind.WITHDRAWS, 4), derived=True),
        entry("c", "01-06"),
    ]
    assert [position for position, _ in in_force(entries)] == [0, 3, 6]
    struck = [*entries, entry("a", "01-05", Link(LinkKind.STRIKES, 0))]
    assert [position for position, _ in in_force(struck)] == [6]


def test_a_case_is_known_as_it_stood_on_the_journal() -> None:
    one = play(workflow()).do("note", "01-06", recorded_at="01-06")
    before = one.case
    one.do("note", "01-05", recorded_at="01-20").do("close", "01-21")
    after = one.case
    assert after.as_known(day("01-19")) == before
    assert after.as_known(day("01-19")).reading == before.reading
    assert after.as_known(day("01-20")).state == "filed"
    assert after.as_known(day("01-21")) == after
    assert len(after.as_known(day("01-04")).journal) == 0


def test_a_case_is_known_at_a_moment() -> None:
    one = play(workflow()).do("note", "01-06T09:00").do("close", "01-06T11:00")
    assert one.case.as_known(moment("01-06T10:00")).state == "filed"
    assert one.case.as_known(moment("01-06T11:00")).state == "closed"


def test_as_known_undoes_a_correction_recorded_later() -> None:
    one = play(workflow()).do("go_on", "01-06")
    one.strike(1, recorded_at="01-10")
    assert one.case.state == "filed"
    assert one.case.as_known(day("01-09")).state == "enforcing"


@pytest.mark.parametrize(
    ("newer", "admitted"),
    [
        (Pin("court/case", "2", PIN.digest, frozenset({"a", "b"})), True),
        (Pin("court/case", "2", PIN.digest, frozenset()), False),
        (Pin("court/case", "2", "other", frozenset({"a"})), False),
        (Pin("court/other", "1", PIN.digest, frozenset({"a"})), False),
    ],
)
def test_an_edition_is_admitted_if_it_only_adds_values(newer: Pin, admitted: bool) -> None:  # noqa: FBT001
    assert PIN.admits(newer) is admitted


def test_reading_on_a_day_leaves_later_acts_out_and_applies_what_followed_by_then() -> None:
    one = play(court_of(asset(term="10 days"))).do("freeze", "01-06", "asset/A1")
    assert one.state("01-16", "asset/A1") == "frozen"
    assert one.state("01-17", "asset/A1") == "lapsed"
    assert one.state("01-05", "asset/A1") == ""
    assert one.case.state_of("asset/A1") == "frozen"


def test_a_new_case_is_empty() -> None:
    case = engine_of(workflow()).open("n")
    assert (case.state, case.tracks(), case.facts(), len(case.journal)) == ("", [], {}, 0)
    assert case.as_known(date(2026, 1, 1)) == case


@pytest.mark.parametrize("target", [1, 2, -1])
def test_an_entry_refers_only_to_one_before_it(target: int) -> None:
    lost = entry("b", "01-06", Link(LinkKind.RAISED_BY, target))
    with pytest.raises(InvalidValue) as caught:
        Case.of("n", PIN, [entry("a", "01-05"), lost])
    assert str(caught.value) == f"entry 1: it refers to entry {target}, which does not come before it"
