from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from courts import act, asset, court, day, engine_of, fact, limit, node, parameter, play, rule, state, titled, workflow
from enforceflow.cases.pins import pin_of
from enforceflow.definitions import Workflow
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated, Period
from enforceflow.errors import InvalidValue
from enforceflow.texts import Title


def poor(title: str) -> FactType:
    return FactType(FactKind.CHOICE, choices={"poor": Title(title, title)})


def base(**rest: Any) -> Workflow:
    return workflow(
        facts=[fact("ground", poor("a"))],
        parameters=[parameter("ceiling", Dated.always(5))],
        time_limits=[limit("conclusion", "6 months", since="file", met_by="close")],
        nodes=[node("end", done_by="close")],
        **rest,
    )


def test_a_pin_names_the_edition() -> None:
    pin = pin_of(base())
    assert (pin.name, pin.edition) == ("court/case", "1")
    assert pin == pin_of(base())
    assert pin.admits(pin)


def reworded() -> Workflow:
    work = base()
    return attrs.evolve(
        work,
        edition="2",
        title=titled("other"),
        facts=[fact("ground", poor("b"))],
        states=[attrs.evolve(one, title=titled("other"), stage="filing") for one in work.states.values()],
        transitions=[attrs.evolve(one, source="另法", verified=False) for one in work.transitions.values()],
        time_limits=[attrs.evolve(one, title=titled("other"), local=True) for one in work.time_limits.values()],
        nodes=[node("end", done_by="close", quality=titled("good"), hands_over=titled("file"))],
    )


def test_words_sources_and_stages_are_no_part_of_it() -> None:
    assert pin_of(base()).digest == pin_of(reworded()).digest
    assert pin_of(base()).values == pin_of(reworded()).values
    assert pin_of(base()).admits(pin_of(reworded()))


def dated(*values: tuple[str, str]) -> Dated[Period]:
    return Dated(tuple((date.fromisoformat(since), Period.parse(lasts)) for since, lasts in values))


def lasting(length: Dated[Period]) -> Workflow:
    return workflow(time_limits=[limit("conclusion", length, since="file", met_by="close")])


def test_an_edition_that_adds_a_value_by_date_admits_running_cases_and_no_other() -> None:
    old, new = (("2020-01-01", "6 months"),), (("2020-01-01", "6 months"), ("2026-03-01", "3 months"))
    before, after = pin_of(lasting(dated(*old))), pin_of(lasting(dated(*new)))
    assert before.admits(after)
    assert not after.admits(before)
    assert not before.admits(pin_of(lasting(dated(("2020-01-01", "5 months")))))


@pytest.mark.parametrize(
    "other",
    [
        base(rules=[rule("exhausted")]),
        base(transitions=[act("close", "closed", from_="filed")]),
        base(states=[state("filed"), state("enforcing"), state("closed")]),
        base(tracks={"asset": workflow("court/asset")}),
        attrs.evolve(base(), facts=[fact("ground", "text")]),
        attrs.evolve(base(), time_limits=[limit("conclusion", "6 months", since="file", met_by="close", rolls=False)]),
        attrs.evolve(base(), name="court/other"),
        attrs.evolve(base(), nodes=[]),
        attrs.evolve(base(), parameters=[]),
    ],
)
def test_anything_else_is_another_edition(other: Workflow) -> None:
    assert not pin_of(base()).admits(pin_of(other))


def test_a_new_extension_is_no_mere_value_by_date() -> None:
    limits = [limit("conclusion", "6 months", since="file", met_by="close", extended_by={"note": "1 month"})]
    assert not pin_of(base()).admits(pin_of(attrs.evolve(base(), time_limits=limits)))


def test_the_order_of_transitions_that_serve_one_act_counts_and_no_other() -> None:
    poor_one, done_one = (
        act(name, "closed", event="finish", from_="filed", when="owed > 0", local=True) for name in ("p", "d")
    )
    facts = [fact("owed", "money")]
    one, two = (workflow(facts=facts, transitions=both) for both in ([poor_one, done_one], [done_one, poor_one]))
    assert pin_of(one).digest != pin_of(two).digest
    turned = attrs.evolve(one, transitions=dict(sorted(one.transitions.items())))
    assert [name for name in turned.transitions if name in "pd"] == ["d", "p"]
    alone = workflow()
    assert pin_of(alone) == pin_of(attrs.evolve(alone, transitions=dict(reversed(list(alone.transitions.items())))))


def test_tracks_are_a_part_of_the_pin() -> None:
    shorter = court()
    tracks = {**shorter.tracks, "asset": {**shorter.tracks["asset"], "deposit": asset(term="6 months")}}
    assert not pin_of(court()).admits(pin_of(attrs.evolve(shorter, tracks=tracks)))


def test_a_running_case_goes_on_under_added_values_at_once() -> None:
    one = play(lasting(dated(("2020-01-01", "6 months"))))
    newer = engine_of(lasting(dated(("2020-01-01", "6 months"), ("2026-01-05", "3 months"))))
    assert [str(each.due) for each in newer.deadlines(one.case, today=day("01-06"))] == ["2026-04-06"]
    assert newer.record(one.case, "close", at=day("01-07")).case.state == "closed"
    assert newer.fit(one.case) == one.case


def test_a_case_of_another_edition_is_neither_read_nor_changed() -> None:
    one = play(base())
    other = engine_of(base(transitions=[act("pay", from_="filed")]))
    told = (
        "the case is pinned to court/case edition 1, this engine runs court/case edition 1; "
        "move it with engine.migrate(case, recorded_at=…)"
    )
    for deed in (
        lambda: other.record(one.case, "note", at=day("01-06")),
        lambda: other.correct(one.case, 0, reason="笔误", recorded_at=day("01-06")),
        lambda: other.strike(one.case, 0, reason="误录", recorded_at=day("01-06")),
        lambda: other.sweep(one.case, today=day("01-06")),
        lambda: other.as_of(one.case, day("01-06")),
        lambda: other.options(one.case, at=day("01-06")),
        lambda: other.deadlines(one.case, today=day("01-06")),
        lambda: other.nodes(one.case, today=day("01-06")),
        lambda: other.irregularities(one.case),
    ):
        with pytest.raises(InvalidValue) as caught:
            deed()
        assert str(caught.value) == told
