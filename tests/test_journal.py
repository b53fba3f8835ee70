from __future__ import annotations

import copy
import gc
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforceflow.cases.journal import NO_FACTS, Entry, Frozen, Journal, Link, LinkKind
from enforceflow.definitions.facts import FactValue

DAY = date(2026, 1, 5)
TRACKS = ("", "asset/A1", "asset/A2", "receipt/R1")
EVENTS = ("file", "freeze", "pay")


def entry(event: str = "file", track: str = "", **facts: FactValue) -> Entry:
    return Entry(event, DAY, track, "filed", event, DAY, facts=Frozen(facts) if facts else NO_FACTS)


entries = st.builds(
    lambda event, track, facts: entry(event, track, **dict.fromkeys(facts, "x")),
    st.sampled_from(EVENTS),
    st.sampled_from(TRACKS),
    st.sets(st.sampled_from(["owed", "paid"])),
)


def check_against(journal: Journal, model: list[Entry]) -> None:
    """Compare every look-up with the plain one in a list."""
    assert list(journal) == model
    assert len(journal) == len(model)
    assert journal.newest == (model[-1] if model else None)
    assert journal.tracks() == list(dict.fromkeys(one.track for one in model))
    for track in TRACKS:
        own = [at for at, one in enumerate(model) if one.track == track]
        assert list(journal.track(track)) == own
        assert journal.opening(track) is (model[own[0]] if own else None)
        assert journal.last(track) is (model[own[-1]] if own else None)
        for event in EVENTS:
            done = [at for at in own if model[at].event == event]
            assert list(journal.acts(track, event)) == done
            assert journal.last_act(track, event) is (model[done[-1]] if done else None)
        for name in ("owed", "paid"):
            told = [at for at in own if name in model[at].facts]
            assert journal.fact_entry(track, name) is (model[told[-1]] if told else None)


@given(st.lists(st.tuples(st.integers(0, 30), entries), max_size=30), st.lists(entries, max_size=12))
def test_every_version_stays_what_it_was_whichever_is_lengthened(
    growing: list[tuple[int, Entry]], first: list[Entry]
) -> None:
    versions = [(Journal(first), first)]
    for which, one in growing:
        journal, model = versions[which % len(versions)]
        versions.append((journal.appended(one), [*model, one]))
    for journal, model in versions:
        check_against(journal, model)


@given(st.lists(entries, max_size=20), st.integers(-1, 25))
def test_the_first_entries_are_a_journal_of_their_own(model: list[Entry], length: int) -> None:
    journal = Journal(model)
    shorter = journal.first(length)
    kept = model[: max(length, 0)]
    check_against(shorter, kept)
    one = entry("pay", "asset/A2")
    check_against(shorter.appended(one), [*kept, one])
    check_against(journal, model)


@given(st.lists(entries, max_size=12))
def test_a_journal_equals_hashes_copies_and_pickles_by_its_entries(model: list[Entry]) -> None:
    journal = Journal(model)
    grown = Journal()
    for one in model:
        grown = grown.appended(one)
    for same in (grown, copy.copy(journal), copy.deepcopy(journal), pickle.loads(pickle.dumps(journal))):  # noqa: S301
        assert same == journal
        assert hash(same) == hash(journal)
        check_against(same, list(same))
    assert journal != Journal([*model, entry()])
    assert journal != model
    assert repr(journal).startswith("Journal([")


def test_a_journal_is_read_like_a_tuple() -> None:
    model = [entry("file"), entry("freeze", "asset/A1"), entry("pay")]
    journal = Journal(model)
    assert journal[0] is model[0]
    assert journal[-1] is model[-1]
    assert journal[1:] == tuple(model[1:])
    assert list(reversed(journal)) == model[::-1]
    assert model[1] in journal
    for beyond in (3, -4):
        with pytest.raises(IndexError):
            journal[beyond]


def test_the_empty_journal_that_cases_share_keeps_none_of_their_acts() -> None:
    empty = Journal()
    one = entry("file", "asset/A1")
    empty.appended(one)
    assert gc.get_referrers(one) == []
    assert list(empty) == []


def test_what_is_recorded_does_not_change() -> None:
    facts: Frozen[str, FactValue] = Frozen({"owed": "5"})
    changes: list[Callable[[], object]] = [
        lambda: facts.__setitem__("owed", "6"),
        lambda: facts.__delitem__("owed"),
        lambda: facts.update(owed="6"),
        lambda: facts.pop("owed"),
        facts.clear,
        lambda: facts.setdefault("paid", "6"),
    ]
    for change in changes:
        with pytest.raises(TypeError, match="does not change"):
            change()
    assert facts == {"owed": "5"}
    assert hash(facts) == hash(Frozen({"owed": "5"}))
    assert pickle.loads(pickle.dumps(facts)) == copy.deepcopy(facts) == facts  # noqa: S301


def test_an_entry_is_a_value() -> None:
    one, same = entry("pay", owed="5"), entry("pay", owed="5")
    assert one == same
    assert hash(one) == hash(same)
    assert one != entry("pay", owed="6")
    assert one.day == DAY
    assert Entry("pay", datetime(2026, 1, 5, 9, tzinfo=UTC), "", "filed", "pay", DAY).day == DAY
    with pytest.raises(AttributeError):
        one.event = "file"  # type: ignore[misc]


def test_a_link_says_how_and_why() -> None:
    assert str(Link(LinkKind.REPLACES, 3, "笔误").kind) == "replaces"
    assert Link(LinkKind.STRIKES, 3) != Link(LinkKind.STRIKES, 4)
