"""Conditions told in words."""

from __future__ import annotations

import attrs
import pytest

import enforceflow as ef
from enforceflow.definitions.periods import Dated
from enforceflow.expressions import ExpressionError, Told, in_words, scope_of
from enforceflow.texts import Title
from test_expressions import IN_ASSET

T = Title
STATES = {
    "frozen": ef.State("frozen", title=T("已冻结", "Frozen")),
    "released": ef.State("released", title=T("已解除", "Released"), closed=True),
}
DEBTOR = ef.Workflow(
    "wording/debtor",
    edition="2026-01",
    title=T("被执行人", "Judgment debtor"),
    facts=[ef.Fact("located", title=T("已查明下落", "Whereabouts known"), type="bool")],
    states={"named": ef.State("named", title=T("已列明", "Named"))},
    transitions=[ef.Transition("name_debtor", title=T("列明", "Name"), to="named", may_take=["located"])],
)
DEPOSIT = ef.Workflow(
    "wording/deposit",
    edition="2026-01",
    title=T("存款", "Deposit"),
    facts=[
        ef.Fact("value", title=T("价值", "Value"), type="money"),
        ef.Fact("owner", title=T("权利人", "Owner"), type=ef.FactType("track", track="debtor")),
        ef.Fact("ahead", title=T("在先的控制", "Measure ahead"), type=ef.FactType("track", track="asset")),
    ],
    states=STATES,
    transitions=[
        ef.Transition("freeze", title=T("冻结", "Freeze"), to="frozen", may_take=["value", "owner", "ahead"]),
        ef.Transition("deduct", title=T("扣划", "Deduct"), from_=["frozen"]),
        ef.Transition("deduct_part", event="deduct", title=T("部分扣划", "Deduct a part"), from_=["frozen"]),
        ef.Transition("release", title=T("解除", "Release"), from_=["frozen"], to="released"),
    ],
    time_limits=[ef.TimeLimit("term", title=T("冻结期限", "Term"), lasts="1 year", since="freeze", source="例")],
)
HOUSE = attrs.evolve(DEPOSIT, name="wording/house", title=T("房屋", "House"))
CASE = ef.Workflow(
    "wording/case",
    edition="2026-01",
    title=T("案件", "Case"),
    tracks={"asset": {"deposit": DEPOSIT, "house": HOUSE}, "debtor": {"debtor": DEBTOR}},
    facts=[
        ef.Fact("owed", title=T("标的额", "Amount owed"), type="money"),
        ef.Fact("paid", title=T("已付", "Paid"), type="money"),
        ef.Fact("ended", title=T("履行期满日", "End of performance"), type="date"),
        ef.Fact("urgent", title=T("情况紧急", "Urgent"), type="bool"),
        ef.Fact("court", title=T("法院", "Court"), type="text"),
        ef.Fact("courts", title=T("受托法院", "Courts entrusted"), type=ef.FactType("list", item=ef.FactType("text"))),
        ef.Fact(
            "procedure",
            title=T("程序", "Procedure"),
            type=ef.FactType("choice", choices={"simple": T("简易", "Simple"), "full": T("普通", "Full")}),
        ),
    ],
    derived=[ef.Derived("unpaid", title=T("未受偿额", "Unpaid"), value="owed - paid")],
    parameters=[ef.Parameter("ceiling", title=T("上限", "Ceiling"), values=Dated.always(20000), source="例")],
    rules=[ef.Rule("exhausted", title=T("已穷尽调查措施", "Inquiry is exhausted"))],
    states={"filed": ef.State("filed", title=T("已立案", "Filed"))},
    transitions=[
        ef.Transition(
            "file",
            title=T("立案", "File"),
            to="filed",
            may_take=["owed", "paid", "ended", "urgent", "court", "courts", "procedure"],
        )
    ],
    time_limits=[
        ef.TimeLimit("conclusion", title=T("执结期限", "Time to conclude"), lasts="6 months", since="file", source="例")
    ],
)

IN_THE_CASE = [
    ("owed <= paid", "标的额 ≤ 已付", "Amount owed ≤ Paid"),
    ("unpaid > 1000.50 yuan", "未受偿额 > 1,000.50元", "Unpaid > 1,000.50 yuan"),
    ("owed * 0.5 >= -ceiling", "标的额 × 0.5 ≥ -上限", "Amount owed × 0.5 ≥ -Ceiling"),
    (
        "(owed + paid) * 2 - (paid - owed) > 0",
        "（标的额 + 已付） × 2 - （已付 - 标的额） > 0",
        "(Amount owed + Paid) × 2 - (Paid - Amount owed) > 0",
    ),
    (
        "at - on(file) > 30 days",
        "行为之日 - “立案”之日 > 30日",
        "the day of the act - the day of “File” > 30 days",
    ),
    ("at > ended + 2 years", "行为之日 > 履行期满日 + 2年", "the day of the act > End of performance + 2 years"),
    ("ended != 2026-01-05", "履行期满日 ≠ 2026-01-05", "End of performance ≠ 2026-01-05"),
    ("urgent == true", "情况紧急 = 是", "Urgent = yes"),
    ("false", "否", "no"),
    ("not exhausted", "并非“已穷尽调查措施”", "not “Inquiry is exhausted”"),
    ("not (urgent or exhausted)", "并非（情况紧急 或 已穷尽调查措施）", "not (Urgent or Inquiry is exhausted)"),
    (
        "urgent and exhausted or not done(file)",
        "（情况紧急 且 已穷尽调查措施） 或 尚无“立案”",
        "(Urgent and Inquiry is exhausted) or “File” is not on record",
    ),
    ("not owed < paid", "并非标的额 < 已付", "not Amount owed < Paid"),
    ("done(file)", "已有“立案”", "“File” is on record"),
    ("by(file) == 'judge'", "作出“立案”的人 = “judge”", "who did “File” = “judge”"),
    ("times(file) < 3", "“立案”的次数 < 3", "how often “File” < 3"),
    (
        "status(conclusion) in ('missed', 'due_soon')",
        "“执结期限”的状态为“逾期未完成”、“即将届满”之一",
        "the status of “Time to conclude” is one of “Missed”, “Due soon”",
    ),
    ("state == 'filed'", "状态 = “已立案”", "state = “Filed”"),
    ("'simple' != procedure", "“简易” ≠ 程序", "“Simple” ≠ Procedure"),
    ("procedure in ('simple')", "程序 = “简易”", "Procedure = “Simple”"),
    (
        "not procedure in ('simple', 'full')",
        "并非（程序为“简易”、“普通”之一）",
        "not (Procedure is one of “Simple”, “Full”)",
    ),
    (
        "procedure not in ('simple', 'full')",
        "程序不是“简易”、“普通”之一",
        "Procedure is none of “Simple”, “Full”",
    ),
    ("court in courts", "法院在“受托法院”之中", "Court is among “Courts entrusted”"),
    ("'甲' not in courts", "“甲”不在“受托法院”之中", "“甲” is not among “Courts entrusted”"),
    (
        "owed >= pro_rata(unpaid, owed, paid)",
        "标的额 ≥ 按比例受偿额（未受偿额，标的额，已付）",
        "Amount owed ≥ Share pro rata(Unpaid, Amount owed, Paid)",
    ),
    (
        "any(debtor where not located)",
        "有被执行人符合（并非“已查明下落”）",
        "some judgment debtor where (not “Whereabouts known”)",
    ),
    ("all(debtor where located)", "每项被执行人都符合（已查明下落）", "every judgment debtor: (Whereabouts known)"),
    ("count(debtor) > 1", "被执行人数 > 1", "the number of judgment debtor records > 1"),
    (
        "count(asset where kind == 'house') == 1",
        "符合（种类 = “房屋”）的asset事项数 = 1",
        "the number of asset records where (kind = “House”) = 1",
    ),
    ("sum(asset.value)", "各项asset事项的价值合计", "the sum of Value over every asset"),
    (
        "sum(asset.value where state == 'frozen') >= this_is_unknown",
        "符合（状态 = “已冻结”）的asset事项的价值合计 ≥ this_is_unknown",
        "the sum of Value over every asset where (state = “Frozen”) ≥ this_is_unknown",
    ),
    (
        "any(asset where this.owed < value and asset.done(release))",
        "有asset事项符合（本案的标的额 < 价值 且 已有该asset事项的“解除”）",
        "some asset where (Amount owed of this case < Value and “Release” of the asset is on record)",
    ),
]
IN_AN_ASSET = [
    ("case.owed > value", "案件的标的额 > 价值", "Amount owed of the case > Value"),
    ("case.exhausted", "已穷尽调查措施（案件）", "Inquiry is exhausted (the case)"),
    ("not case.urgent", "并非“情况紧急”（案件）", "not “Urgent” (the case)"),
    ("case.done(file)", "已有案件的“立案”", "“File” of the case is on record"),
    ("owner.located", "已查明下落（“权利人”）", "Whereabouts known (“Owner”)"),
    (
        "ahead.owner.state == 'named'",
        "“在先的控制”的“权利人”的状态 = “已列明”",
        "state of “Owner” of “Measure ahead” = “Named”",
    ),
    (
        "ahead.on(deduct) > at",
        "“在先的控制”的“扣划”或“部分扣划”之日 > 行为之日",
        "the day of “Deduct” or “Deduct a part” of “Measure ahead” > the day of the act",
    ),
    ("done(carry_over)", "已有“移入他案”", "“Carry over” is on record"),
    ("kind != 'deposit'", "种类 ≠ “存款”", "kind ≠ “Deposit”"),
    (
        "any(asset where owner == this.owner and address != this.address)",
        "有asset事项符合（权利人 = 本项的权利人 且 该项 ≠ 本项）",
        "some asset where (Owner = Owner of this one and that one ≠ this one)",
    ),
    ("ahead != address", "在先的控制 ≠ 本项", "Measure ahead ≠ this one"),
]


@pytest.mark.parametrize(("text", "chinese", "english"), IN_THE_CASE)
def test_a_condition_of_a_case(text: str, chinese: str, english: str) -> None:
    told = in_words(text, scope_of(CASE)[0])
    assert (told.text("zh"), told.text("en")) == (chinese, english)


@pytest.mark.parametrize(("text", "chinese", "english"), IN_AN_ASSET)
def test_a_condition_of_a_track(text: str, chinese: str, english: str) -> None:
    told = in_words(text, scope_of(DEPOSIT, CASE)[0])
    assert (told.text("zh"), told.text("en")) == (chinese, english)


def test_what_has_no_title_keeps_its_name() -> None:
    told = in_words("debtor.located and done(seize) and status(life) == 'met' and case.amount > worth", IN_ASSET)
    assert told.text("zh") == "located（“debtor”） 且 已有“seize” 且 “life”的状态 = “按期完成” 且 案件的amount > worth"


def test_words_are_read_when_they_are_asked_for() -> None:
    told = in_words("owed <", scope_of(CASE)[0])
    assert isinstance(told, Told)
    with pytest.raises(ExpressionError, match="a value is wanted here"):
        told.text("en")
