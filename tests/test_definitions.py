from __future__ import annotations

from datetime import date

import attrs
import pytest

from courts import PLAIN, act, court, day, engine_of, fact, limit, state, titled, workflow
from enforceflow.checking import problems_of
from enforceflow.definitions import (
    ActRef,
    ByAct,
    ByEnd,
    ByFact,
    ByParameter,
    ExtensionCap,
    NameRef,
    Nature,
    TimeLimit,
    Transition,
    Workflow,
    by_name,
)
from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Dated, Period
from enforceflow.engine.engine import Engine
from enforceflow.errors import DefinitionError, InvalidValue

SIX_MONTHS = Dated.always(Period.parse("6 months"))


def test_a_workflow_built_in_python_is_sound_and_runs() -> None:
    assert problems_of(court()) == []
    engine = engine_of(court())
    case = engine.record(engine.open("n"), "file", at=date(2026, 1, 5), facts={"owed": 5}).case
    assert case.state == "filed"
    assert repr(engine) == "<Engine court/civil 2026>"
    assert engine.calendar is PLAIN


def test_an_engine_refuses_an_unsound_workflow_with_all_that_is_wrong() -> None:
    work = workflow(
        transitions=[act("pay", "payed", from_="filed", takes="sum")],
        time_limits=[limit("conclusion", "6 months", since="fiel", met_by="close")],
    )
    with pytest.raises(DefinitionError) as caught:
        Engine(work, calendar=PLAIN)
    told = [str(problem) for problem in caught.value.problems]
    assert [one.partition(":")[0] for one in told] == [
        "transitions.pay.to",
        "transitions.pay.takes",
        "time_limits.conclusion.since",
    ]
    assert "did you mean file?" in told[2]


def test_definitions_are_values() -> None:
    assert workflow() == workflow()
    assert attrs.evolve(workflow(), edition="2") != workflow()
    hash(workflow())
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        workflow().edition = "2"  # type: ignore[misc]


def test_things_are_given_by_name_or_as_they_are() -> None:
    states = [state("a"), state("b")]
    assert by_name(states) == by_name({"a": states[0], "b": states[1]}) == dict(zip("ab", states, strict=True))
    assert list(workflow(states=states).states) == ["a", "b"]


def test_one_kind_of_a_track_is_called_as_the_track() -> None:
    inner = workflow("court/asset")
    assert workflow(tracks={"asset": inner}).tracks == {"asset": {"asset": inner}}
    assert workflow(tracks={"asset": {"land": inner}}).tracks == {"asset": {"land": inner}}


def test_references_read_as_they_are_written() -> None:
    for text in ("file", "receipt.pay", "case.file"):
        assert str(ActRef.parse(text)) == text
        assert str(NameRef.parse(text)) == text
        assert str(ByAct(ActRef.parse(text))) == text
    assert ActRef.parse(ActRef("file")) == ActRef("file")
    assert NameRef.parse(NameRef("filed")) == NameRef("filed")
    assert str(ByAct(ActRef("file"), "ended")) == "file.ended"
    assert str(ByEnd(NameRef("grace"))) == "end_of: grace"
    assert str(ByEnd(NameRef("grace"), next_day=True)) == "day_after: grace"
    assert str(ByFact("detain", "days")) == "detain.days"
    assert str(ByParameter("notice_period")) == "notice_period"
    assert ActRef("a") < ActRef("b")


def test_lengths_are_read_as_periods_facts_or_parameters() -> None:
    assert limit("x", "6 months").lasts == SIX_MONTHS
    assert limit("x", Period.parse("6 months")).lasts == SIX_MONTHS
    assert limit("x", SIX_MONTHS).lasts == SIX_MONTHS
    assert limit("x", "detain.days").lasts == ByFact("detain", "days")
    assert limit("x", "notice_period").lasts == ByParameter("notice_period")
    assert limit("x").lasts is None
    assert limit("x", "1 day", at_most="15 days").at_most == Dated.always(Period.parse("15 days"))
    assert limit("x", "1 day", extended_by={"extend": "3 months"}).extended_by == {
        "extend": Dated.always(Period.parse("3 months"))
    }
    assert limit("x", every="6 months", warns="3 days").every == Period.parse("6 months")
    with pytest.raises(InvalidValue):
        limit("x", "half a year")


def test_anchors_are_read_as_acts_or_given() -> None:
    end = ByEnd(NameRef("grace"))
    assert limit("x", since="file").since == (ByAct(ActRef("file")),)
    assert limit("x", since=ActRef("file")).since == (ByAct(ActRef("file")),)
    assert limit("x", since=["file", end]).since == (ByAct(ActRef("file")), end)
    assert limit("x", before=end).before == (end,)


def test_until_is_read_as_periods_and_acts() -> None:
    assert limit("x", until="5 years").until == (Period.parse("5 years"),)
    assert limit("x", until=["5 years", "restore", ActRef("pay", "receipt")]).until == (
        Period.parse("5 years"),
        ActRef("restore"),
        ActRef("pay", "receipt"),
    )


def test_a_fact_of_an_own_act_is_told_from_an_act_on_another_track() -> None:
    work = workflow(
        facts=[fact("ended", "date")],
        transitions=[act("pay", from_="filed", takes="ended")],
        tracks={"asset": workflow("court/asset", facts=[fact("ended", "date")])},
        time_limits=[
            limit("own", "1 day", since="pay.ended"),
            limit("other", "1 day", since="asset.file"),
            limit("far", "1 day", since="asset.file.ended"),
            limit("back", "1 day", before=["pay.ended", ByEnd(NameRef("own"))]),
            limit("plain", "1 day", since=ByAct(ActRef("pay"), "ended")),
        ],
    )
    limits = work.time_limits
    assert limits["own"].since == limits["plain"].since == (ByAct(ActRef("pay"), "ended"),)
    assert limits["other"].since == (ByAct(ActRef("file", "asset")),)
    assert limits["far"].since == (ByAct(ActRef("file", "asset"), "ended"),)
    assert limits["back"].before[0] == ByAct(ActRef("pay"), "ended")


def test_a_transition_serves_its_own_name_unless_it_says_otherwise() -> None:
    assert act("close").event == "close"
    assert act("close_poor", event="close").event == "close"
    assert act("file", "filed").opens
    assert not act("close", from_="filed").opens
    one = Transition("x", title=titled("x"), by="judge", then=["a", "b"], after="file", raises="asset.release")
    assert (one.by, one.then) == (("judge",), ("a", "b"))
    assert (one.after, one.raises) == ((ActRef("file"),), (ActRef("release", "asset"),))


@pytest.mark.parametrize(
    ("one", "nature", "rolls"),
    [
        (limit("x", "1 day", since="file", met_by="note"), Nature.ACT, True),
        (limit("x", "1 day", since="file", closes="note"), Nature.RIGHT, True),
        (limit("x", "1 day", since="file", bars="note"), Nature.BAR, False),
        (limit("x", "1 day", since="file", if_missed="note"), Nature.VALIDITY, False),
        (limit("x", "1 day", before="file", met_by="note"), Nature.ACT, False),
        (limit("x", "1 day", since="file", bars="note", rolls=True), Nature.BAR, True),
        (limit("x", "1 day", since="file", met_by="note", rolls=False), Nature.ACT, False),
    ],
)
def test_a_limit_rolls_by_its_nature_or_as_it_says(one: TimeLimit, nature: Nature, *, rolls: bool) -> None:
    assert one.nature is nature
    assert one.moves_off_rest_days is rolls


def test_a_cap_is_told_in_words() -> None:
    both = ExtensionCap(2, Period.parse("90 days"))
    assert (both.text("en"), both.text("zh")) == ("2 times, 90 days in all", "2次、共90日")
    assert (ExtensionCap(1).text("zh"), ExtensionCap(total=Period.parse("1 year")).text("en")) == (
        "1次",
        "1 year in all",
    )


def test_a_fact_takes_its_type_by_name() -> None:
    assert fact("owed", "money").type.kind is FactKind.MONEY


def test_values_by_date_hold_from_their_day_on() -> None:
    dated = Dated(((day("03-01"), 5), (day("06-01"), 7)))
    assert [dated.on(day(text)) for text in ("02-28", "03-01", "05-31", "06-01")] == [None, 5, 5, 7]


def test_everything_written_tells_its_shape_and_meaning() -> None:
    for kind in (Workflow, Transition, TimeLimit):
        for field in attrs.fields(kind):
            if field.name != "name":
                assert field.metadata["shape"], field.name
                assert field.metadata["about"].zh, field.name
