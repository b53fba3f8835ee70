"""Workflows in plain Python, small enough to know by heart, for the tests of the engine."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chinese import chinese_calendar
from enforceflow.calendars.calendar import Calendar
from enforceflow.cases.case import Case
from enforceflow.deadlines.deadline import Deadline
from enforceflow.definitions import (
    ByEnd,
    ExtensionCap,
    Fact,
    NameRef,
    Node,
    Parameter,
    Role,
    Rule,
    State,
    TimeLimit,
    Transition,
    Workflow,
)
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated, Period
from enforceflow.engine.engine import Engine, Outcome
from enforceflow.engine.refusals import Refusal, Refused
from enforceflow.programs.scenes import Question
from enforceflow.texts import Title

SHANGHAI = ZoneInfo("Asia/Shanghai")
CN = chinese_calendar().as_known(date(2026, 11, 21))
PLAIN = Calendar("plain", Title("平日", "Plain"), "Asia/Shanghai", frozenset({5, 6}))
"""Weekends and nothing else, so that dates can be worked out by hand."""

JAN_5 = date(2026, 1, 5)
"""A Monday."""


def day(text: str) -> date:
    """Return a day of 2026 written `03-15`, or any day written in full."""
    return date.fromisoformat(text if len(text) == len("2026-03-15") else f"2026-{text}")


def moment(text: str) -> datetime:
    """Return a moment of 2026 in Shanghai, written `03-15T10:30`, or any moment written in full."""
    return datetime.fromisoformat(text if text.count("-") > 1 else f"2026-{text}").replace(tzinfo=SHANGHAI)


def titled(name: str, zh: str = "", en: str = "") -> Title:
    """Return a title made from a name, unless it is given."""
    return Title(zh or f"「{name}」", en or name.replace("_", " ").capitalize())


def state(name: str, zh: str = "", en: str = "", **rest: Any) -> State:
    return State(name, title=titled(name, zh, en), **rest)


def closed(name: str, zh: str = "", en: str = "") -> State:
    return State(name, title=titled(name, zh, en), closed=True)


def act(name: str, to: str = "", *, title: Title | None = None, **rest: Any) -> Transition:
    rest.setdefault("source", "甲法第1条" if rest.get("when") else "")
    return Transition(name, title=title or titled(name), to=to, **rest)


def limit(name: str, lasts: Any = None, *, title: Title | None = None, **rest: Any) -> TimeLimit:
    rest.setdefault("source", "乙法第2条")
    return TimeLimit(name, title=title or titled(name), lasts=lasts, **rest)


def fact(name: str, kind: str | FactType, **rest: Any) -> Fact:
    return Fact(name, title=titled(name), type=kind, **rest)


def rule(name: str, zh: str = "", en: str = "") -> Rule:
    return Rule(name, title=titled(name, zh, en))


def role(name: str, zh: str = "", en: str = "") -> Role:
    return Role(name, title=titled(name, zh, en))


def node(name: str, **rest: Any) -> Node:
    return Node(name, title=titled(name), **rest)


def parameter(name: str, values: Dated[Any], **rest: Any) -> Parameter:
    return Parameter(name, title=titled(name), values=values, source="丙法第3条", **rest)


def track_fact(name: str, track: str, *, many: bool = False) -> Fact:
    one = FactType(FactKind.TRACK, track=track)
    return fact(name, FactType(FactKind.LIST, item=one) if many else one)


def workflow(name: str = "court/case", **rest: Any) -> Workflow:
    """Return a case workflow: filed, then closed or not, with whatever else is asked for."""
    rest.setdefault("edition", "1")
    rest.setdefault("title", titled(name))
    rest.setdefault("states", [state("filed"), state("enforcing"), closed("closed")])
    acts = [
        act("file", "filed"),
        act("go_on", "enforcing", from_="filed"),
        act("note", from_="any"),
        act("close", "closed", from_="any"),
    ]
    named = {each.name for each in rest.get("transitions", ())}
    rest["transitions"] = [*(each for each in acts if each.name not in named), *rest.get("transitions", ())]
    return Workflow(name, **rest)


class Host:
    """Answers every rule: yes if it is among `yes`; counts how often it is asked."""

    def __init__(self, *yes: str) -> None:
        self.yes = set(yes)
        self.asked: list[Question] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        def answer(ask: Question) -> bool:
            self.asked.append(ask)
            return name in self.yes or f"{ask.track}.{name}" in self.yes

        return answer


def engine_of(work: Workflow | None = None, *, host: object = None, calendar: Calendar = PLAIN) -> Engine:
    return Engine(work or workflow(), calendar=calendar, rules=host or Host())


class Play:
    """A case played step by step; each step is one call of the engine."""

    def __init__(self, engine: Engine, number: str = "（2026）示0000执1号") -> None:
        self.engine = engine
        self.case: Case = engine.open(number)
        self._outcome: Outcome | None = None

    @property
    def last(self) -> Outcome:
        """What the last step came to."""
        assert self._outcome is not None
        return self._outcome

    def _take(self, outcome: Outcome) -> Play:
        self._outcome, self.case = outcome, outcome.case
        return self

    def do(self, event: str, at: str | date, track: str = "", **rest: Any) -> Play:
        """Record an act: `play.do("file", "01-05", owed="5")`; other names than those of `record` are facts."""
        keywords = {name: rest.pop(name) for name in ("kind", "by", "role", "recorded_at", "history") if name in rest}
        if "recorded_at" in keywords:
            keywords["recorded_at"] = when(keywords["recorded_at"])
        return self._take(self.engine.record(self.case, event, at=when(at), track=track, facts=rest, **keywords))

    def refused(self, event: str, at: str | date, track: str = "", **rest: Any) -> Refusal:
        """Return the refusal of an act that must be refused."""
        before = self.case
        try:
            self.do(event, at, track, **rest)
        except Refused as refused:
            assert self.case is before
            return refused.refusal
        raise AssertionError(f"{event} was recorded")

    def correct(self, position: int, *, recorded_at: str, **rest: Any) -> Play:
        if "at" in rest:
            rest["at"] = when(rest["at"])
        rest.setdefault("reason", "笔误")
        return self._take(self.engine.correct(self.case, position, recorded_at=when(recorded_at), **rest))

    def strike(self, position: int, *, recorded_at: str, reason: str = "误录") -> Play:
        return self._take(self.engine.strike(self.case, position, reason=reason, recorded_at=when(recorded_at)))

    def sweep(self, today: str) -> Play:
        return self._take(self.engine.sweep(self.case, today=when(today)))

    def state(self, today: str | None = None, track: str = "") -> str:
        case = self.case if today is None else self.engine.as_of(self.case, when(today))
        return case.state_of(track)

    def deadline(self, name: str, today: str) -> Deadline:
        """Return the present run of a limit on a day."""
        return self.deadlines(today)[name]

    def deadlines(self, today: str) -> dict[str, Deadline]:
        return {one.name: one for one in self.engine.deadlines(self.case, today=when(today))}

    def runs(self, name: str, today: str) -> list[Deadline]:
        """Return every run of a limit."""
        read = self.engine.deadlines(self.case, today=when(today), earlier=True)
        return [one for one in read if one.name == name]

    def events(self) -> list[str]:
        """Return the acts in force, in reading order."""
        return [entry.event for entry in self.case.reading]


def when(at: str | date) -> date:
    """Return a day or a moment as `day` and `moment` read them."""
    if isinstance(at, date):
        return at
    return moment(at) if "T" in at else day(at)


def play(work: Workflow | None = None, *, host: object = None, calendar: Calendar = PLAIN) -> Play:
    """Return a play of a workflow, its case filed on Monday 2026-01-05."""
    one = Play(engine_of(work, host=host, calendar=calendar))
    takes = one.engine.workflow.transitions["file"].takes
    return one.do("file", JAN_5, **dict.fromkeys(takes, "500000 yuan"))


# a court with everything


def asset(name: str = "court/asset/deposit", term: str = "1 year", **rest: Any) -> Workflow:
    """Return an asset that is frozen, valued, sold; the freezing lapses unless it is renewed or released."""
    return Workflow(
        name,
        edition="1",
        title=titled("asset"),
        facts=[fact("worth", "money"), fact("buyer", "text", personal=True), fact("valid_until", "date")],
        rules=[rule("unencumbered")],
        states=[
            state("frozen"),
            state("valuing"),
            state("valued"),
            closed("lapsed"),
            closed("released"),
            closed("sold"),
        ],
        transitions=[
            act("freeze", "frozen", may_take="worth", then="notify_registry", raises="case.note"),
            act("renew", from_=["frozen", "valuing", "valued"], outlives=True, then="notify_registry"),
            act("start_valuing", "valuing", from_="frozen"),
            act("end_valuing", "valued", from_="valuing", takes="worth", may_take="valid_until"),
            act("break_off", "previous", from_="valuing"),
            act(
                "sell",
                "sold",
                from_="valued",
                takes="buyer",
                when="unencumbered and worth > 0",
                raises="case.note_sale",
            ),
            act(
                "lapse", "lapsed", from_=["frozen", "valuing", "valued"], then="warn_of_lapse", raises="case.note_lapse"
            ),
            act("refreeze", "frozen", from_="lapsed"),
            act("release", "released", from_="any", outlives=True),
        ],
        time_limits=[
            limit(
                "seizure", term, since=["freeze", "renew"], if_missed="lapse", warns="30 days", outlives=True, **rest
            ),
            limit(
                "valuation", "10 workdays", since="start_valuing", met_by="end_valuing", paused_while="order.running"
            ),
            limit("use_by", "30 days", since="end_valuing.valid_until", met_by="sell", warns="1 month"),
        ],
    )


def court_of(*kinds: Workflow, **rest: Any) -> Workflow:
    """Return a small case with assets of these kinds, and the acts that they raise."""
    noted = [act("note_sale", from_="any"), act("note_lapse", from_=["any", "closed"], outlives=True)]
    own = {each.name.rpartition("/")[2]: each for each in kinds}
    tracks = {"asset": own, "order": order(), **rest.pop("tracks", {})}
    return workflow(tracks=tracks, transitions=[*noted, *rest.pop("transitions", ())], **rest)


def order() -> Workflow:
    """Return a stop: suspension of the case, or of one asset that a fact names."""
    return Workflow(
        "court/order",
        edition="1",
        title=titled("order"),
        facts=[track_fact("target", "asset"), fact("days", "days")],
        states=[state("running"), closed("over")],
        transitions=[
            act("suspend", "running", may_take=["target", "days"]),
            act("aim", from_="running", takes="target"),
            act("resume", "over", from_="running"),
            act("run_out", "over", from_="running"),
        ],
        time_limits=[
            limit("stay", "suspend.days", at_most="60 days", since="suspend", if_missed="run_out", met_by="resume")
        ],
    )


def court() -> Workflow:
    """Return a case with assets of two kinds and orders; nearly everything that a workflow can say is in it."""
    return Workflow(
        "court/civil",
        edition="2026",
        title=titled("civil"),
        tracks={
            "asset": {"deposit": asset(), "land": asset("court/asset/land", "3 years", renew_from="old_end")},
            "order": order(),
        },
        roles=[role("registrar"), role("judge")],
        rules=[rule("exhausted", "已穷尽财产调查措施", "Asset inquiry is exhausted")],
        facts=[
            fact("owed", "money"),
            fact("paid", "money"),
            fact("performance_ended", "date"),
            fact("hearing", "datetime"),
            fact("extra", "days"),
            fact("urgent", "bool"),
            fact(
                "ground",
                FactType(FactKind.CHOICE, choices={"poor": Title("无财产", "Poor"), "dead": Title("死亡", "Dead")}),
            ),
        ],
        derived=[],
        parameters=[
            parameter(
                "notice_period",
                Dated(((date.min, Period.parse("10 days")), (day("2026-03-01"), Period.parse("5 days")))),
            )
        ],
        states=[
            state("filed"),
            state("investigating"),
            state("suspended"),
            closed("closed_for_now"),
            closed("concluded"),
        ],
        transitions=[
            act("file", "filed", takes="owed", may_take=["performance_ended", "urgent"], by="registrar"),
            act("assign", from_="filed", by="registrar"),
            act("serve", "investigating", from_="filed", after="assign", then=["issue_notice", "tell_applicant"]),
            act("call_hearing", from_="investigating", takes="hearing"),
            act("hold_hearing", from_="investigating", after="call_hearing"),
            act("pay", from_="any", takes="paid", outlives=True),
            act("note_sale", from_="any"),
            act("note", from_="any"),
            act("note_lapse", from_=["any", "closed_for_now", "concluded"], outlives=True),
            act("extend", from_="any", by="judge", takes="extra"),
            act("suspend_all", "suspended", from_="investigating"),
            act("resume_all", "previous", from_="suspended"),
            act("query", from_=["investigating", "closed_for_now"], outlives=True),
            act("object", from_=["filed", "investigating"]),
            act("admit_late", from_="any"),
            act(
                "close_poor",
                "closed_for_now",
                event="close",
                from_="investigating",
                takes="ground",
                when="ground == 'poor' and exhausted and owed > 0",
                after="serve",
                then="publish",
            ),
            act(
                "close_done",
                "concluded",
                event="close",
                from_=["filed", "investigating"],
                when="paid >= owed",
                awaits="asset",
            ),
            act("restore", "investigating", from_="closed_for_now", outlives=True),
        ],
        time_limits=[
            limit("assignment", "7 days", since="file", met_by="assign"),
            limit(
                "conclusion",
                "6 months",
                since=["file", "restore"],
                met_by="close",
                extended_by={"extend": "extend.extra"},
                extensions=ExtensionCap(2, Period.parse("90 days")),
                warns="15 days",
                at_most="1 year",
                paused_while=["order.running", "asset.valuing", "suspended"],
            ),
            limit("no_early_closure", "3 months", since="serve", bars="close"),
            limit("objection", "10 workdays", since="serve", closes="object", restored_by="admit_late"),
            limit(
                "queries", since="close", every="6 months", until=["5 years", "restore"], met_by="query", outlives=True
            ),
            limit("limitation", "2 years", since="file.performance_ended", met_by="pay", first_day="counted"),
            limit("summons", "3 days", before="call_hearing.hearing", met_by="note"),
            limit("notice", "notice_period", since="assign", met_by="serve", when="urgent"),
            limit("hour", "48 hours", since="call_hearing.hearing", met_by="hold_hearing", warns="6 hours"),
            limit("report", "15 days", since=ByEnd(NameRef("conclusion")), met_by="note"),
            limit("account", "1 month", since=ByEnd(NameRef("seizure", "asset"), next_day=True), met_by="pay"),
        ],
        nodes=[
            node("assigning", done_by="assign", limits="assignment", role="registrar", key=True),
            node("enforcing", done_by="close", limits=["conclusion", "asset.seizure"]),
        ],
    )
