"""Laws of enforcement that every history must keep, counted from the journal and not by the workflow's expressions.

Each takes the engine, a case and a day, and returns what does not hold. An act that reads as irregular (recorded as
history, or overtaken by a late entry, a correction or a strike) is exempt where its law says so, and nowhere else.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import enforceflow as ef
from enforceflow.definitions import Nature, Transition
from enforceflow.engine.engine import Engine
from enforceflow.engine.irregularities import Irregularity
from enforceflow.engine.refusals import ReasonKind
from enforceflow.engine.replaying import program_of
from enforceflow.testing import Law

ARRIVALS: Final = frozenset({"receive", "receive_deducted", "receive_unidentified", "pay_directly"})
PARTS: Final = frozenset({"split_off", "distribute", "hold"})
GONE: Final = frozenset({"paid", "fees", "deposited", "returned", "rewarded"})
UNDECIDED: Final = frozenset({"received", "calculated", "approved", "deferred"})
STARTS: Final = frozenset({"freeze", "seize", "impound", "renew", "take_effect", "rise", "take_over", "succeed"})
ENDS: Final = frozenset({"release", "lapse", "return_asset", "hand_on", "finish_conversion"})
SALES: Final = frozenset({"sell", "close_sale", "sell_by_debtor", "transfer", "transfer_by_consent"})
AFTER_A_SALE: Final = frozenset({"pay_price", "serve_ruling", "hand_over"})
# What no court does in a case that is closed: new control, disposal, sanctions, the notice.
NEVER_AFTER_CLOSING: Final = frozenset({
    *("freeze", "seize", "impound", "succeed", "convert", "value", "fix_price", "list", "list_again", "relist", "sell_directly"),
    *("sell_off", *SALES, "deduct", "serve_ruling", "hand_over", "search", "serve_notice", "order_report", "confirm_service"),
    *("restrict_consumption", "list_dishonest", "detain", "complete", "close_for_now", "receive", "draw_up", "distribute"),
})  # fmt: skip


def first(case: ef.Case) -> dict[str, ef.Entry]:
    """Return of each track the act that opened it."""
    found: dict[str, ef.Entry] = {}
    for entry in case.reading:
        found.setdefault(entry.track, entry)
    return found


def opened(case: ef.Case, name: str) -> dict[str, ef.Entry]:
    """Return the tracks of a name, each with the act that opened it."""
    return {track: entry for track, entry in first(case).items() if track.startswith(f"{name}/")}


def money_of(entry: ef.Entry, name: str = "amount") -> Decimal:
    """Return an amount that an act carries."""
    value = entry.facts[name]
    assert isinstance(value, Decimal)
    return value


def known_money(case: ef.Case, name: str, track: str) -> Decimal:
    """Return an amount known on a track; none is zero."""
    value = case.fact(name, track)
    return value if isinstance(value, Decimal) else Decimal(0)


def left(case: ef.Case) -> dict[str, Decimal]:
    """Return what is left of each receipt after its parts."""
    receipts = opened(case, "receipt")
    balance = {track: money_of(entry) for track, entry in receipts.items()}
    for track, entry in receipts.items():
        if entry.event in PARTS and case.state_of(track) != "merged":
            balance[str(entry.facts["part_of"])] -= money_of(entry)
    return balance


def irregular(engine: Engine, case: ef.Case) -> list[Irregularity]:
    """Return the acts that read as irregular."""
    return list(engine.irregularities(case))


# --- money -------------------------------------------------------------------------------------------------------------


def money_is_not_paid_twice(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Of a receipt no more goes than came in. Exempt: a receipt of which a part was split off irregularly."""
    receipts, balance = opened(case, "receipt"), left(case)
    exempt = {
        str(one.entry.facts.get("part_of")) for one in irregular(engine, case) if one.entry.event in PARTS
    }
    for track, money in balance.items():
        if track not in exempt and case.state_of(track) != "merged":
            if money < 0:
                return f"more was split off {track} than came in: {money} is left"
            if case.state_of(track) == "spread" and money != 0:
                return f"{track} reads as split up wholly, and {money} is left"
    standing = {track: money for track, money in balance.items() if case.state_of(track) != "merged"}
    came_in = sum((money_of(entry) for entry in receipts.values() if entry.event in ARRIVALS), Decimal(0))
    if sum(standing.values(), Decimal(0)) != came_in:
        return f"the receipts add up to {sum(standing.values())}, and {came_in} came in"
    out = sum((money for track, money in standing.items() if case.state_of(track) in GONE), Decimal(0))
    return f"{out} was paid of {came_in}" if out > came_in and not exempt else None


def parts_are_of_receipts(engine: Engine, case: ef.Case, _: date) -> str | None:
    """A part is not split again. Exempt: a part that was itself split off irregularly."""
    receipts = opened(case, "receipt")
    odd = {one.entry.track for one in irregular(engine, case)}
    for track, entry in receipts.items():
        whole = str(entry.facts.get("part_of", ""))
        if entry.event in PARTS and track not in odd and receipts[whole].event in PARTS:
            return f"{track} is a part of the part {whole}"
    return None


def plans_add_up(engine: Engine, case: ef.Case, _: date) -> str | None:
    """A plan gives what it has and each claim what it was awarded.

    Exempt: a plan if an act on it, on a claim in it, or on a receipt shared out by it reads as irregular.
    """
    odd = {one.entry.track for one in irregular(engine, case)}
    balance, receipts = left(case), opened(case, "receipt")
    shares: Counter[str] = Counter()
    for track, entry in receipts.items():
        if entry.event == "distribute" and case.state_of(track) != "merged":
            shares[str(entry.facts["claim"])] += balance[track]  # type: ignore[assignment]
    for plan in opened(case, "plan"):
        claims = [claim for claim in opened(case, "claim") if case.fact("plan", claim) == plan]
        parts = {track for track, entry in receipts.items() if entry.facts.get("claim") in claims}
        wholes = {str(receipts[track].facts["part_of"]) for track in parts}
        if not odd & {plan, *claims, *parts, *wholes}:
            told = _unbalanced(case, plan, claims, shares)
            if told:
                return told
    return None


def _unbalanced(case: ef.Case, plan: str, claims: list[str], shares: Mapping[str, Decimal]) -> str | None:
    amount, state = known_money(case, "amount", plan), case.state_of(plan)
    in_plan = [claim for claim in claims if case.state_of(claim) not in ("rejected", "withdrawn")]
    awarded = {claim: known_money(case, "awarded", claim) + known_money(case, "awarded_interest", claim) for claim in in_plan}
    given = sum((Decimal(shares.get(claim, 0)) for claim in claims), Decimal(0))
    if given > amount:
        return f"{plan} gave {given} of {amount}"
    for claim, award in awarded.items():
        if shares.get(claim, 0) > award:
            return f"{claim} got {shares[claim]}, and {award} was awarded"
    if state in ("issued", "confirmed", "carried_out") and sum(awarded.values()) != amount:
        return f"{plan} is {state}, and awards {sum(awarded.values())} of {amount}"
    if state == "carried_out" and given != amount:
        return f"{plan} is carried out, and gave {given} of {amount}"
    return None


def unpaid(case: ef.Case) -> Decimal:
    """Return what is owed less the money and the assets that pay the debt."""
    balance, receipts = left(case), opened(case, "receipt")
    paid = Decimal(0)
    for track, entry in receipts.items():
        state = case.state_of(track)
        other = entry.event == "distribute" and first(case)[str(entry.facts["claim"])].event != "enter"
        if state in UNDECIDED or (state in ("paid", "deposited", "rewarded") and entry.event != "hold"):
            paid += Decimal(0) if other else balance[track]
    given = [
        entry for entry in case.reading if entry.track.startswith("asset/") and entry.event in ("transfer", "transfer_by_consent")
    ]
    prices = {entry.track: known_money(case, "price", entry.track) for entry in given}
    return known_money(case, "owed", "") - paid - sum(prices.values(), Decimal(0))


# --- assets ------------------------------------------------------------------------------------------------------------

CEILINGS: Final[Mapping[str, tuple[int, int]]] = {
    "deposit": (6, 12),
    "movable": (12, 24),
    "vehicle": (12, 24),
    "immovable": (24, 36),
    "equity": (24, 36),
    "receivable": (24, 36),
}
"""Months of the longest term by kind: until 2015-02-03, and since."""


def months_on(day: date, months: int) -> date:
    """Return the day so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_term(entry: ef.Entry, kind: str, term: object) -> date:
    """Return the last day of a measure: the term of the ruling, never beyond the ceiling."""
    ceiling = months_on(entry.day, CEILINGS[kind][entry.day >= date(2015, 2, 4)])
    if not isinstance(term, ef.Period):
        return ceiling
    count = {"day": 0, "month": 1, "year": 12}.get(term.unit.value)
    if count is None:
        return ceiling
    own = months_on(entry.day, count * term.amount) if count else entry.day + timedelta(days=term.amount)
    return min(own, ceiling)


def assets_are_sold_once_and_under_control(_: Engine, case: ef.Case, __: date) -> str | None:
    """An asset is sold once, on a day on which a measure holds it; nobody is exempt: only the state allows a sale."""
    for track, opening in opened(case, "asset").items():
        term: object = None
        until: date | None = None
        sold = False
        for entry in (one for one in case.reading if one.track == track):
            term = entry.facts.get("term", term)
            where = f"{entry.event} of {track} on {entry.day}"
            if entry.event in STARTS and case.kind_of(track) in CEILINGS:
                until = end_of_term(entry, opening.kind, term)
            elif entry.event in ENDS:
                until = None
            elif entry.event == "default":
                sold = False
            elif entry.event in SALES:
                if sold:
                    return f"{where}: it was sold before"
                if until is None or entry.day > until:
                    return f"{where}: it was controlled until {until}"
                sold = True
            elif entry.event in AFTER_A_SALE and not sold:
                return f"{where}: it was not sold"
    return None


def one_term_runs_per_asset_and_cause(engine: Engine, case: ef.Case, today: date) -> str | None:
    """Of what ends in one way by itself one term runs on a track; nobody is exempt."""
    running = Counter(
        (deadline.track, deadline.limit.if_missed)
        for deadline in engine.deadlines(case, today=today, earlier=True)
        if deadline.limit.nature is Nature.VALIDITY and deadline.status in ("running", "due_soon", "paused")
    )
    twice = [f"{track}: {count} terms run that end in {event}" for (track, event), count in running.items() if count > 1]
    return twice[0] if twice else None


def conversion_conserves_units(engine: Engine, case: ef.Case, _: date) -> str | None:
    """What an asset is converted into adds up. Exempt: an origin if an act on it or a succession to it is irregular."""
    odd = {one.entry.track for one in irregular(engine, case)}
    for track in opened(case, "asset"):
        whole = next((entry for entry in case.reading if entry.track == track and entry.event == "convert"), None)
        heirs = [entry for entry in case.reading if entry.event == "succeed" and entry.facts["origin"] == track]
        if whole is None or odd & {track, *(entry.track for entry in heirs)}:
            continue
        units = sum((money_of(entry, "units") for entry in heirs), Decimal(0))
        total = known_money(case, "into", track)
        if units > total or (case.state_of(track) == "converted" and units != total):
            return f"{track} was to become {total} units and became {units}"
    return None


# --- the case ----------------------------------------------------------------------------------------------------------


def a_closed_case_rests(engine: Engine, case: ef.Case, _: date) -> str | None:
    """On a closed case nothing happens but what outlives closure or leads on from there.

    Exempt: an act irregular for that very reason, and what such an act raised.
    """
    closed = {
        one.entry
        for one in irregular(engine, case)
        if any(reason.kind is ReasonKind.CLOSED for reason in one.reasons) or one.entry.track == ""
    }
    spared = {(entry.event, entry.track, entry.at) for entry in closed}
    days = {entry.at for entry in closed}
    state, is_closed = "", False
    for position, entry in enumerate(case.reading):
        program = program_of(engine.programs, case.reading.first(position), entry)
        assert program is not None
        act = program.transitions.get(entry.transition)
        if is_closed and act is not None and (entry.event, entry.track, entry.at) not in spared:
            leads = entry.track == "" and state in act.definition.from_
            raised = entry.derived and entry.at in days
            if not raised and (not (act.definition.outlives or leads) or _is_never(entry, act.definition)):
                return f"{entry.event} on {entry.track or 'the case'} happened on {entry.day} in a case that is {state}"
        if entry.track == "":
            state = entry.state
            is_closed = state in engine.programs.root.closed
    return None


def _is_never(entry: ef.Entry, act: Transition) -> bool:
    return entry.event in NEVER_AFTER_CLOSING and not (entry.derived or act.to == "")


class Closing:
    """The case as it stood before an act, to see whether it could be closed for now; every answer counted here."""

    def __init__(self, case: ef.Case, before: Iterable[ef.Entry], at: date) -> None:
        self.entries = list(before)
        self.case = ef.Case.of(case.number, case.pin, self.entries, case.origin)
        self.at = at

    def of(self, track: str, *events: str) -> list[ef.Entry]:
        return [entry for entry in self.entries if entry.track == track and (not events or entry.event in events)]

    def after(self, track: str, earlier: str, *later: str) -> bool:
        """Return whether one of the later acts came on or after the last of the earlier ones, if there was one."""
        last = max((entry.day for entry in self.of(track, earlier)), default=None)
        return last is None or any(entry.day >= last for entry in self.of(track, *later))

    def lacks(self) -> Iterator[str]:
        debtors = [track for track in opened(self.case, "debtor") if self.case.state_of(track) not in ("ceased", "discharged")]
        if not self.of("", "serve_notice") or not self.of("", "order_report"):
            yield "the notice and the order to report"
        if unpaid(self.case) <= 0:
            yield "a debt"
        if not debtors:
            yield "a debtor"
        if self.case.fact("claim") == "act":
            yield "a claim for money or delivery"
        for debtor in debtors:
            yield from self.of_debtor(debtor)
        if any(self.case.fact("nature", debtor) not in ("committee", "branch") for debtor in debtors):
            yield from self.query()
        if not self.of("", "investigate_on_site") and not any(self.of(track, "search") for track in opened(self.case, "debtor")):
            if not any(self.case.state_of(track) in ("published", "rewarded", "auditing", "reported") for track in opened(self.case, "inquiry")):
                yield "an inquiry on the spot"
        if any(self.case.state_of(clue) == "given" for clue in opened(self.case, "clue")):
            yield "an answer to a clue"
        for asset in opened(self.case, "asset"):
            if not self.is_settled(asset):
                yield f"an end of {asset}"
        interviews = self.of("", "interview_creditor")
        if not interviews and not self.of("", "request_closing", "excuse_interview"):
            yield "the creditor's views"
        consent = bool(interviews) and interviews[-1].facts.get("consents") is True
        if not consent and not self.of("", "approve_closing", "request_closing"):
            yield "approval"
        filed = self.of("", "file", "accept")
        if not filed or self.at <= months_on(filed[-1].day, 3):
            yield "three months"

    def of_debtor(self, track: str) -> Iterator[str]:
        case = self.case
        person = case.fact("nature", track) == "person"
        if not self.of(track, "verify_report", "punish_report"):
            yield f"a report of {track} verified or punished"
        limits = self.of(track, "restrict_consumption", "lift_restriction")
        if not limits or limits[-1].event != "restrict_consumption" or not (person or known_money(case, "persons", track) >= 1):
            yield f"a limit on the consumption of {track}"
        if not self.of(track, "list_dishonest", "find_not_dishonest"):
            yield f"a finding whether {track} is dishonest"
        checks = self.of(track, "check_holdings")
        names = ("financial_products", "insurance", "dividends", *(("provident_fund",) if person else ()))
        if not checks or not all(case.fact(name, track) for name in names):
            yield f"a check of the holdings of {track}"
        if case.state_of(track) == "missing" and not self.after(track, "lose_sight", "seek"):
            yield f"a search for {track}"
        if not self.after(track, "obstruct", "punish", "refer_to_police"):
            yield f"an answer to the obstruction of {track}"

    def query(self) -> Iterator[str]:
        queries = self.of("", "query_assets")
        if not queries or queries[-1].facts.get("every_channel") is not True:
            yield "a query of every channel"
        elif months_on(queries[-1].day, 3) + timedelta(days=1) < self.at - timedelta(days=3):
            yield "a query within three months"

    def is_settled(self, asset: str) -> bool:
        state = self.case.state_of(asset)
        small = (
            self.case.kind_of(asset) == "deposit"
            and self.case.fact("balance", asset) is not None
            and known_money(self.case, "balance", asset) < min(Decimal(1000), known_money(self.case, "owed", "") / 20 + 1)
        )
        ended = state in (
            *("released", "deducted", "sold", "paid", "transferred", "passed", "handed_over", "returned", "converted", "handed_on"),
            *("denied", "collected"),
        )
        return ended or small or bool(self.of(asset, "find_unsaleable"))


def closing_for_now_met_every_condition(engine: Engine, case: ef.Case, _: date) -> str | None:
    """A case closed for now, since 2016-12-01, had all that the law asks. Exempt: a closing that reads as irregular."""
    odd = [one.entry for one in irregular(engine, case) if one.entry.event == "close_for_now"]
    entries = list(case.reading)
    for position, entry in enumerate(entries):
        if entry.event == "close_for_now" and entry.track == "" and entry not in odd and entry.day >= date(2016, 12, 1):
            wanting = list(Closing(case, entries[:position], entry.day).lacks())
            if wanting or entry.answers.get("inquiry_exhausted") is not True:
                return f"closed for now on {entry.day} without {', '.join(wanting) or 'an exhausted inquiry'}"
    return None


def a_completed_case_was_paid(engine: Engine, case: ef.Case, _: date) -> str | None:
    """A case for money that is fully enforced was paid. Exempt: a completion that reads as irregular."""
    odd = [one.entry for one in irregular(engine, case) if one.entry.event == "complete"]
    entries = list(case.reading)
    for position, entry in enumerate(entries):
        if entry.event == "complete" and entry.track == "" and entry not in odd:
            owed = unpaid(ef.Case.of(case.number, case.pin, entries[:position], case.origin))
            if owed > 0:
                return f"completed on {entry.day} with {owed} unpaid"
    return None


LAWS: Final[tuple[Law, ...]] = (
    money_is_not_paid_twice,
    parts_are_of_receipts,
    plans_add_up,
    assets_are_sold_once_and_under_control,
    one_term_runs_per_asset_and_cause,
    conversion_conserves_units,
    a_closed_case_rests,
    closing_for_now_met_every_condition,
    a_completed_case_was_paid,
)
