"""What stands against an act: every kind of reason, its words in both languages, all of them at once."""

from __future__ import annotations

from typing import Any

import pytest

from courts import (
    Host,
    Play,
    act,
    closed,
    court_of,
    day,
    fact,
    limit,
    moment,
    play,
    role,
    rule,
    state,
    titled,
    workflow,
)
from enforceflow.definitions import Derived, ExtensionCap
from enforceflow.definitions.periods import Period
from enforceflow.engine.refusals import Reason, ReasonKind, Refusal
from enforceflow.texts import Both, Title

LAW = "民诉法第1条"


def only(refusal: Refusal) -> Reason:
    (reason,) = refusal.reasons
    return reason


def said(refusal: Refusal) -> tuple[str, str]:
    reason = only(refusal)
    return reason.text("en"), reason.text("zh")


def case_with(*transitions: Any, **rest: Any) -> Play:
    return play(workflow(transitions=transitions, **rest), host=rest.get("host"))


def test_the_sample_of_the_design() -> None:
    work = workflow(
        states=[state("filed"), state("investigating", "财产调查", "Asset investigation"), closed("closed_for_now")],
        facts=[fact("unpaid", "money")],
        rules=[rule("inquiry_exhausted", "已穷尽财产调查措施", "Asset inquiry is exhausted")],
        transitions=[
            act("file", "filed", takes="unpaid"),
            act("go_on", "investigating", from_="filed"),
            act("close", "closed_for_now", from_="any"),
            act(
                "close_for_now",
                "closed_for_now",
                from_="investigating",
                title=Title("裁定终本", "Close for now"),
                when="inquiry_exhausted and unpaid > 0",
                local=True,
                source="",
            ),
        ],
        time_limits=[
            limit(
                "no_early_closure",
                "3 months",
                title=Title("终本最短期间", "Three months before closing for now"),
                since="file",
                bars="close_for_now",
                source="法〔2016〕373号第1条",
            )
        ],
    )
    refusal = play(work).do("go_on", "01-06").refused("close_for_now", "03-01")
    assert refusal.text("en") == (
        "cannot close_for_now while investigating:\n"
        "  · not so: Asset inquiry is exhausted (已穷尽财产调查措施)\n"
        "  · barred through 2026-04-05: Three months before closing for now (终本最短期间), 法〔2016〕373号第1条"
    )
    assert refusal.text("zh") == (
        "处于“财产调查”状态时不能“裁定终本”：\n"
        "  · 不成立：已穷尽财产调查措施\n"
        "  · 2026-04-05（含）前不得作出：终本最短期间，法〔2016〕373号第1条"
    )


def test_the_state_must_fit() -> None:
    one = case_with(
        act("serve", from_=["enforcing"], title=Title("送达", "Serve")),
        states=[state("filed", "已立案", "Filed"), state("enforcing", "执行中", "Enforcing"), closed("closed")],
    )
    refusal = one.refused("serve", "01-06")
    assert refusal.text("en") == "cannot serve while filed:\n  · it is open only while Enforcing (执行中)"
    assert refusal.text("zh") == "处于“已立案”状态时不能“送达”：\n  · 此行为只能在下列状态作出：执行中"
    assert (only(refusal).kind, only(refusal).subject) == (ReasonKind.STATE, "filed")


def test_nothing_is_recorded_before_an_opening() -> None:
    one = Play(play(workflow(transitions=[act("file", "filed", title=Title("立案", "File"))])).engine)
    refusal = one.refused("note", "01-06")
    assert (
        refusal.text("en")
        == "cannot note before anything is opened:\n  · nothing is opened yet; what opens it: File (立案)"
    )
    assert refusal.text("zh") == "尚未开启时不能“「note」”：\n  · 尚未开启；可先：立案"


def test_an_opening_opens_once() -> None:
    assert said(play().refused("file", "01-06")) == (
        "it can only open a track, and this one is open already",
        "此行为只能用于开启，而事项已经开启",
    )


def test_a_track_needs_its_case() -> None:
    one = Play(play(court_of(workflow("court/asset"))).engine)
    refusal = one.refused("file", "01-06", "asset/A1")
    assert said(refusal) == ("the case itself is not opened yet", "案件尚未立案")
    assert refusal.text("en").startswith("asset/A1: cannot file before anything is opened:")
    assert refusal.text("zh").startswith("asset/A1: 尚未开启时不能“「file」”：")


def test_a_closed_case_refuses_every_act_but_those_that_lead_out_or_outlive_it() -> None:
    kind = workflow("court/asset", transitions=[act("renew", from_="filed", outlives=True)])
    work = court_of(
        kind,
        states=[state("filed"), state("enforcing"), closed("closed", "已结案", "Closed")],
        transitions=[
            act("restore", "filed", from_="closed"),
            act("reopen", "previous", from_="closed"),
            act("query", from_=["filed", "closed"], outlives=True),
            act("stay", "closed", from_="closed"),
            act("stand", from_="closed"),
        ],
    )
    one = play(work).do("file", "01-06", "asset/A1").do("close", "01-07")
    for event, track in (("note", "asset/A1"), ("close", "asset/A1"), ("stay", ""), ("stand", "")):
        reason = only(one.refused(event, "01-08", track))
        assert (reason.kind, reason.subject) == (ReasonKind.CLOSED, "closed")
        assert (reason.text("en"), reason.text("zh")) == (
            "the case is closed (Closed (已结案))",
            "案件已终结（已结案）",
        )
    assert [str(each.kind) for each in one.refused("go_on", "01-08").reasons] == ["state", "closed"]
    assert only(one.refused("file", "01-08", "asset/A2")).kind == "closed"
    one.do("renew", "01-08", "asset/A1").do("query", "01-09").do("reopen", "01-10")
    assert one.state() == "filed"
    one.do("close", "01-11").do("restore", "01-12").do("note", "01-13", "asset/A1")


def test_a_guard_must_hold_part_by_part() -> None:
    one = case_with(
        act("finish", from_="filed", when="exhausted and owed > 5 and done(go_on)", may_take="owed"),
        rules=[rule("exhausted", "已穷尽", "Exhausted")],
        facts=[fact("owed", "money")],
    )
    refusal = one.refused("finish", "01-06", owed=4)
    assert [(str(each.kind), each.subject) for each in refusal.reasons] == [
        ("guard", "exhausted"),
        ("guard", "owed > 5"),
        ("guard", "done(go_on)"),
    ]
    first = refusal.reasons[0]
    assert (first.text("en"), first.text("zh")) == (
        "not so: Exhausted (已穷尽), 甲法第1条",
        "不成立：已穷尽，甲法第1条",
    )


def test_what_is_not_known_refuses_too_and_names_what_is_missing() -> None:
    one = case_with(
        act("finish", from_="filed", when="unpaid > 0"),
        facts=[fact("owed", "money"), fact("paid", "money")],
        derived=[Derived("unpaid", title=titled("unpaid", "未付", "Unpaid"), value="owed - paid")],
    )
    reason = only(one.refused("finish", "01-06"))
    assert (reason.kind, reason.subject) == (ReasonKind.UNKNOWN, "unpaid > 0")
    assert reason.needs == ("owed", "paid", "unpaid")
    assert "cannot be decided" in reason.text("en")
    assert "（缺少 「owed」、「paid」）" in reason.text("zh")


def test_what_is_not_known_without_a_fact_is_told_by_its_words() -> None:
    one = case_with(act("finish", from_="filed", when="on(go_on) < 2026-01-01"))
    reason = only(one.refused("finish", "01-06"))
    assert (reason.kind, reason.needs) == (ReasonKind.UNKNOWN, ())


@pytest.mark.parametrize(
    ("after", "en", "zh"),
    [
        ("serve", "must come first: Serve (送达)", "须先：送达"),
        ("case.serve", "must come first: Serve (送达)", "须先：送达"),
        ("asset.sell", "must come first: Sell (拍卖)", "须先：拍卖"),
    ],
)
def test_what_must_come_first_is_named(after: str, en: str, zh: str) -> None:
    kind = workflow("court/asset", transitions=[act("sell", from_="filed", title=Title("拍卖", "Sell"))])
    other = workflow("court/land")
    work = court_of(
        other,
        kind,
        transitions=[
            act("serve", from_="filed", title=Title("送达", "Serve")),
            act("finish", from_="filed", after=after),
        ],
    )
    one = play(work)
    assert said(one.refused("finish", "01-06")) == (en, zh)
    assert only(one.refused("finish", "01-06")).kind is ReasonKind.PREREQUISITE
    one.do("serve", "01-07").do("file", "01-07", "asset/A1", kind="asset").do("sell", "01-07", "asset/A1")
    one.do("finish", "01-08")


def test_tracks_must_be_done() -> None:
    one = play(
        court_of(
            workflow("court/asset"), transitions=[act("finish", "closed", from_="filed", awaits="asset", source=LAW)]
        )
    )
    one.do("file", "01-06", "asset/A1").do("file", "01-06", "asset/A2").do("close", "01-07", "asset/A2")
    refusal = one.refused("finish", "01-08")
    assert said(refusal) == (f"not done yet: asset/A1, {LAW}", f"尚未终结：asset/A1，{LAW}")
    assert (only(refusal).kind, only(refusal).subject) == (ReasonKind.TRACK, "asset")
    one.do("close", "01-07", "asset/A1").do("finish", "01-08")


def test_only_some_may_do_it() -> None:
    one = case_with(
        act("approve", from_="filed", by=["judge", "president"]),
        roles=[role("judge", "法官", "Judge"), role("president", "院长", "President")],
    )
    assert said(one.refused("approve", "01-06", role="clerk")) == (
        "clerk may not; it is for Judge (法官), President (院长)",
        "“clerk”无权作出，应由：法官、院长",
    )
    assert only(one.refused("approve", "01-06", role="")).text("en").startswith("— may not")
    one.do("approve", "01-06").do("approve", "01-06", role="judge")


def test_facts_that_an_act_must_carry_or_does_not() -> None:
    one = case_with(act("pay", from_="filed", takes="paid"), facts=[fact("paid", "money"), fact("owed", "money")])
    assert said(one.refused("pay", "01-06")) == ("must carry: Paid (「paid」)", "须载明：「paid」")
    assert said(one.refused("pay", "01-06", paid=1, owed=2)) == (
        "it does not carry: Owed (「owed」)",
        "此行为不载明：「owed」",
    )


def test_a_bar_names_its_last_day_and_the_first_day_after_it() -> None:
    def barred(**rest: Any) -> Play:
        one = limit("cooling", "10 days", title=Title("冷静期", "Cooling off"), since="file", bars="finish", **rest)
        return case_with(act("finish", "closed", from_="filed"), time_limits=[one])

    reason = only(barred().refused("finish", "01-15"))
    assert (reason.kind, reason.subject, reason.opens) == (ReasonKind.BAR, "cooling", day("01-16"))
    assert reason.text("en") == "barred through 2026-01-15: Cooling off (冷静期), 乙法第2条"
    assert reason.text("zh") == "2026-01-15（含）前不得作出：冷静期，乙法第2条"
    barred().do("finish", "01-16")
    on = barred(earliest="on")
    assert only(on.refused("finish", "01-14")).opens == day("01-15")
    assert only(on.refused("finish", "01-14")).text("en").startswith("barred through 2026-01-14:")
    on.do("finish", "01-15")


def test_a_bar_in_hours_lifts_at_its_moment() -> None:
    def barred(**rest: Any) -> Play:
        one = limit("cooling", "24 hours", since="start", bars="finish", hours_from="minute", **rest)
        work = case_with(act("start", from_="filed"), act("finish", "closed", from_="filed"), time_limits=[one])
        return work.do("start", "01-06T10:30")

    reason = only(barred().refused("finish", "01-07T10:30"))
    assert reason.opens == moment("01-07T10:30")
    assert reason.text("en").startswith("barred through 2026-01-07 10:30: ")
    barred().do("finish", "01-07T10:31")
    assert only(barred(earliest="on").refused("finish", "01-07T10:29")).opens == moment("01-07T10:30")
    barred(earliest="on").do("finish", "01-07T10:30")
    assert only(barred().refused("finish", "01-07")).kind is ReasonKind.BAR
    barred().do("finish", "01-08")


def test_out_of_time_names_the_last_day() -> None:
    right = limit("objecting", "10 days", title=Title("异议期限", "Time to object"), since="file", closes="object")
    one = case_with(act("object", from_="filed"), time_limits=[right])
    reason = only(one.refused("object", "01-16"))
    assert (reason.kind, reason.subject) == (ReasonKind.OUT_OF_TIME, "objecting")
    assert reason.text("en") == "out of time since 2026-01-15: Time to object (异议期限), 乙法第2条"
    assert reason.text("zh") == "已于2026-01-15届满：异议期限，乙法第2条"


def test_a_limit_extended_as_far_as_it_may_be() -> None:
    cap = ExtensionCap(1, Period.parse("2 months"))
    capped = limit(
        "conclusion",
        "6 months",
        title=Title("执结期限", "Time to conclude"),
        since="file",
        met_by="close",
        extended_by={"extend": "2 months"},
        extensions=cap,
    )
    one = case_with(act("extend", from_="filed"), time_limits=[capped]).do("extend", "01-06")
    reason = only(one.refused("extend", "01-07"))
    assert (reason.kind, reason.subject) == (ReasonKind.EXTENSION, "conclusion")
    assert (
        reason.text("en")
        == "extended as far as it may be (1 time, 2 months in all): Time to conclude (执结期限), 乙法第2条"
    )
    assert reason.text("zh") == "延长已达上限（1次、共2个月）：执结期限，乙法第2条"


def test_what_follows_by_itself_is_not_recorded_by_hand() -> None:
    term = limit("seizure", "1 year", title=Title("冻结期限", "Term of freezing"), since="file", if_missed="lapse")
    one = case_with(act("lapse", from_="filed"), time_limits=[term])
    reason = only(one.refused("lapse", "01-06"))
    assert (reason.kind, reason.subject) == (ReasonKind.AUTOMATIC, "seizure")
    assert reason.text("en") == "follows by itself at the end of: Term of freezing (冻结期限), 乙法第2条"
    assert reason.text("zh") == "期限届满时自动发生，不另行记录：冻结期限，乙法第2条"


def test_a_limit_in_hours_needs_a_time_of_day() -> None:
    hours = limit("reply", "24 hours", title=Title("答复时限", "Time to reply"), since="ask", met_by="note")
    one = case_with(act("ask", from_="filed"), time_limits=[hours])
    reason = only(one.refused("ask", "01-06"))
    assert (reason.kind, reason.subject) == (ReasonKind.FACT, "at")
    assert (
        reason.text("en") == "needs a time of day (2026-01-05T10:30): Time to reply (答复时限) runs in hours, 乙法第2条"
    )
    assert reason.text("zh") == "须写明时刻（如 2026-01-05T10:30）：答复时限 按小时计算，乙法第2条"
    assert one.do("ask", "01-06T10:10").deadline("reply", "01-07").due == moment("01-07T11:00")


def test_a_later_act_that_would_no_longer_follow_is_named() -> None:
    one = (
        play(court_of(workflow("court/asset")))
        .do("file", "01-06", "asset/A1")
        .do("go_on", "01-07", "asset/A1")
        .do("go_on", "01-08")
    )
    assert [each.kind for each in one.refused("close", "01-05", "asset/A1").reasons] == [ReasonKind.STATE]
    own = one.refused("close", "01-06", "asset/A1")
    assert (only(own).kind, only(own).subject) == (ReasonKind.LATER_ACT, "go_on")
    assert own.text("en") == (
        "asset/A1: cannot close while enforcing:\n"
        "  · a later act would no longer follow: Go on (「go_on」) of 2026-01-07 (asset/A1)"
    )
    assert own.text("zh") == (
        "asset/A1: 处于“「enforcing」”状态时不能“「close」”：\n"
        "  · 其后已记录的行为将失去依据：2026-01-07 「go_on」 (asset/A1)"
    )
    assert only(one.refused("close", "01-06")).text("zh") == "其后已记录的行为将失去依据：2026-01-08 「go_on」"


def test_the_reasons_against_a_raised_act_name_its_track() -> None:
    kind = workflow("court/asset", transitions=[act("sell", from_="filed", raises="case.hand_over")])
    work = court_of(
        kind, facts=[fact("price", "money")], transitions=[act("hand_over", from_="enforcing", takes="price")]
    )
    one = play(work).do("file", "01-06", "asset/A1")
    refusal = one.refused("sell", "01-07", "asset/A1")
    assert refusal.text("en") == (
        "asset/A1: cannot sell while filed:\n"
        "  · case: it is open only while Enforcing (「enforcing」)\n"
        "  · case: must carry: Price (「price」)"
    )
    assert refusal.text("zh").startswith("asset/A1: 处于“「filed」”状态时不能“「sell」”：\n  · case: 此行为")


def test_all_reasons_are_told_at_once_and_each_once() -> None:
    kind = workflow("court/asset")
    work = court_of(
        kind,
        facts=[fact("owed", "money"), fact("paid", "money")],
        roles=[role("judge")],
        rules=[rule("exhausted")],
        transitions=[
            act("hear", from_="enforcing"),
            act(
                "finish_poor",
                "closed",
                event="finish",
                from_="enforcing",
                by="judge",
                takes="owed",
                after="hear",
                awaits="asset",
                when="exhausted and paid > 0",
                source=LAW,
            ),
            act(
                "finish_rich",
                "closed",
                event="finish",
                from_="enforcing",
                by="judge",
                takes="owed",
                after="hear",
                when="paid > 5",
                source=LAW,
            ),
        ],
        time_limits=[
            limit("cooling", "10 days", since="file", bars="finish"),
            limit("window", "1 day", since="file", closes="finish"),
        ],
    )
    refusal = play(work, host=Host()).do("file", "01-06", "asset/A1").refused("finish", "01-08", role="clerk")
    assert [str(reason.kind) for reason in refusal.reasons] == [
        "state",
        "role",
        "fact",
        "prerequisite",
        "track",
        "guard",
        "unknown",
        "bar",
        "out_of_time",
        "unknown",
    ]
    assert len(set(refusal.reasons)) == len(refusal.reasons)
    assert len(refusal.text("zh").splitlines()) == len(refusal.reasons) + 1


def test_a_title_is_shown_with_the_chinese_beside_it() -> None:
    both = Both(Title("立案", "File"))
    assert (both.text("en"), both.text("zh")) == ("File (立案)", "立案")
    assert Both(Title("same", "same")).text("en") == "same"


def test_a_refusal_without_titles_falls_back_on_names() -> None:
    bare = Refusal("close", "asset/A1", "filed", day("01-06"), ())
    assert bare.text("en") == "asset/A1: cannot close while filed:"
    assert bare.text("zh") == "asset/A1: 处于“filed”状态时不能“close”："
