"""Laws of enforcement that every history must keep, counted from the journal and not by the workflow's expressions.

Each takes the engine, a case and a day, and returns what does not hold. An act that reads as irregular (recorded as
history, or overtaken by a late entry, a correction or a strike) is exempt where its law says so, and nowhere else.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import attrs

import enforceflow as ef
from enforceflow.definitions import Nature
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
NEVER_AFTER_CLOSING: Final = SALES | {
    *("freeze", "seize", "impound", "succeed", "convert", "value", "fix_price", "list", "list_again", "relist"),
    *("sell_directly", "sell_off", "deduct", "serve_ruling", "hand_over", "search", "serve_notice", "order_report"),
    *("confirm_service", "restrict_consumption", "list_dishonest", "detain", "complete", "close_for_now", "receive"),
    *("draw_up", "distribute"),
}


def first(case: ef.Case) -> dict[str, ef.Entry]:
    """Return of each track the act that opened it."""
    found: dict[str, ef.Entry] = {}
    for entry in case.reading:
        found.setdefault(entry.track, entry)
    return found


def until(case: ef.Case, position: int) -> ef.Case:
    """Return the case with the acts that come before a position of the reading, and no others."""
    entries = [attrs.evolve(entry, link=None) for entry in case.reading.first(position)]
    return ef.Case.of(case.number, case.pin, entries, case.origin)


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
            whole = str(entry.facts["part_of"])
            balance[whole] = balance.get(whole, Decimal(0)) - money_of(entry)
    return {track: balance[track] for track in receipts}


def irregular(engine: Engine, case: ef.Case) -> list[Irregularity]:
    """Return the acts that read as irregular."""
    return list(engine.irregularities(case))


# --- money


def money_is_not_paid_twice(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Tell where more goes of a receipt than came in, or some of it is lost.

    Exempt: a receipt if it, or a part of it, came irregularly, and what was told as merged back though it is no part.
    """
    odd = [one.entry for one in irregular(engine, case)]
    lost = _merged_wholes(case) - {entry.track for entry in odd if entry.event == "merge_back"}
    if lost:
        return f"merged back, and a part of nothing: {', '.join(sorted(lost))}"
    exempt = {str(entry.facts.get("part_of")) for entry in odd if entry.event in PARTS}
    exempt |= {entry.track for entry in odd if entry.event in ARRIVALS}
    for track, money in left(case).items():
        if track not in exempt and case.state_of(track) != "merged":
            if money < 0:
                return f"more was split off {track} than came in: {money} is left"
            if case.state_of(track) == "spread" and money != 0:
                return f"{track} reads as split up wholly, and {money} is left"
    return _sums(case, exempt)


def _merged_wholes(case: ef.Case) -> set[str]:
    """Return the receipts that were merged back though they came in by themselves."""
    receipts = opened(case, "receipt").items()
    return {track for track, entry in receipts if entry.event not in PARTS and case.state_of(track) == "merged"}


def _sums(case: ef.Case, exempt: AbstractSet[str]) -> str | None:
    """Tell if the receipts do not add up to what came in, or more was paid."""
    receipts = opened(case, "receipt")
    parts = {track: str(entry.facts["part_of"]) for track, entry in receipts.items() if entry.event in PARTS}
    # A part of a receipt that is not there (struck, or told as history) came from nowhere, and is irregular.
    orphans = {track for track, whole in parts.items() if whole not in receipts}
    if any(parts[track] not in exempt for track in orphans):
        return f"of no receipt: {', '.join(sorted(orphans))}"
    sources = [entry for track, entry in receipts.items() if entry.event in ARRIVALS or track in orphans]
    came_in = sum(map(money_of, sources), Decimal(0))
    wholes = _merged_wholes(case)
    standing = {
        track: money for track, money in left(case).items() if case.state_of(track) != "merged" or track in wholes
    }
    if sum(standing.values(), Decimal(0)) != came_in:
        return f"the receipts add up to {sum(standing.values())}, and {came_in} came in"
    out = sum((money for track, money in standing.items() if case.state_of(track) in GONE), Decimal(0))
    return f"{out} was paid of {came_in}" if out > came_in and not exempt else None


def parts_are_of_receipts(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Tell of a part that was split again. Exempt: a part that was itself split off irregularly."""
    receipts = opened(case, "receipt")
    odd = {one.entry.track for one in irregular(engine, case)}
    for track, entry in receipts.items():
        whole = str(entry.facts.get("part_of", ""))
        if entry.event in PARTS and track not in odd and (whole not in receipts or receipts[whole].event in PARTS):
            return f"{track} is a part of the part {whole}"
    return None


def plans_add_up(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Tell of a plan that gives more than it has, or a claim other than it was awarded.

    Exempt: a plan if an act on it, on a claim in it, or on a receipt shared out by it reads as irregular.
    """
    odd = {one.entry.track for one in irregular(engine, case)}
    balance, receipts = left(case), opened(case, "receipt")
    shares: dict[str, Decimal] = {}
    for track, entry in receipts.items():
        if entry.event == "distribute" and case.state_of(track) != "merged":
            claim = str(entry.facts["claim"])
            shares[claim] = shares.get(claim, Decimal(0)) + balance[track]
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
    awarded = {
        claim: known_money(case, "awarded", claim) + known_money(case, "awarded_interest", claim) for claim in in_plan
    }
    given = sum((shares.get(claim, Decimal(0)) for claim in claims), Decimal(0))
    if given > amount:
        return f"{plan} gave {given} of {amount}"
    for claim, award in awarded.items():
        if shares.get(claim, 0) > award:
            return f"{claim} got {shares[claim]}, and {award} was awarded"
    if state in ("confirmed", "carried_out") and sum(awarded.values()) != amount:
        return f"{plan} is {state}, and awards {sum(awarded.values())} of {amount}"
    if state == "carried_out" and given != amount:
        return f"{plan} is carried out, and gave {given} of {amount}"
    return None


def filed(entry: ef.Entry) -> bool:
    """Return whether an act files the case; what was given in satisfaction before it counted in another case."""
    return entry.track == "" and entry.event in ("file", "accept")


def unpaid(case: ef.Case) -> Decimal:
    """Return what is owed less the money and the assets that pay the debt."""
    balance, receipts = left(case), opened(case, "receipt")
    paid = Decimal(0)
    for track, entry in receipts.items():
        state = case.state_of(track)
        claim = first(case).get(str(entry.facts.get("claim")))
        other = entry.event == "distribute" and (claim is None or claim.event != "enter")
        if state in UNDECIDED or (state in ("paid", "deposited", "rewarded") and entry.event != "hold"):
            paid += Decimal(0) if other else balance[track]
    given = [
        entry
        for entry in case.reading
        if entry.track.startswith("asset/")
        and entry.event in ("transfer", "transfer_by_consent")
        and entry.day >= max((one.day for one in case.reading if filed(one)), default=entry.day)
    ]
    prices = {entry.track: known_money(case, "price", entry.track) for entry in given}
    return known_money(case, "owed", "") - paid - sum(prices.values(), Decimal(0))


# --- assets

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
    """Tell of an asset sold twice, or on a day on which no measure held it; nothing is exempt."""
    for track, opening in opened(case, "asset").items():
        term: object = None
        last: date | None = None
        sold = False
        for entry in (one for one in case.reading if one.track == track):
            term = entry.facts.get("term", term)
            where = f"{entry.event} of {track} on {entry.day}"
            if entry.event in STARTS and case.kind_of(track) in CEILINGS:
                last = end_of_term(entry, opening.kind, term)
            elif entry.event in ENDS:
                last = None
            elif entry.event == "default":
                sold = False
            elif entry.event in SALES:
                if sold:
                    return f"{where}: it was sold before"
                if last is None or entry.day > last:
                    return f"{where}: it was controlled until {last}"
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
    twice = [
        f"{track}: {count} terms run that end in {event}" for (track, event), count in running.items() if count > 1
    ]
    return twice[0] if twice else None


def conversion_conserves_units(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Tell of units lost or won. Exempt: an origin if an act on it or a succession to it is irregular."""
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


# --- the case


def a_closed_case_rests(engine: Engine, case: ef.Case, _: date) -> str | None:
    """On a closed case nothing happens but what outlives closure or leads on from there.

    Exempt: an act irregular for that very reason, and what such an act raised.
    """
    closed = {
        one.entry for one in irregular(engine, case) if any(reason.kind is ReasonKind.CLOSED for reason in one.reasons)
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
            if not raised and (not (act.definition.outlives or leads) or entry.event in NEVER_AFTER_CLOSING):
                return f"{entry.event} on {entry.track or 'the case'} happened on {entry.day} in a case that is {state}"
        if entry.track == "":
            state = entry.state
            is_closed = state in engine.programs.root.closed
    return None


class Closing:
    """The case as it stood before an act, to see whether it could be closed for now; every answer counted here."""

    def __init__(self, case: ef.Case, at: date) -> None:
        self.entries = list(case.reading)
        self.case = case
        self.at = at

    def of(self, track: str, *events: str) -> list[ef.Entry]:
        return [entry for entry in self.entries if entry.track == track and (not events or entry.event in events)]

    def after(self, track: str, earlier: str, *later: str) -> bool:
        """Return whether one of the later acts came on or after the last of the earlier ones, if there was one."""
        last = max((entry.day for entry in self.of(track, earlier)), default=None)
        return last is None or any(entry.day >= last for entry in self.of(track, *later))

    def lacks(self) -> Iterator[str]:
        """Yield what the law asks and the case did not have."""
        case = self.case
        ended = ("ceased", "discharged")
        debtors = [track for track in opened(case, "debtor") if case.state_of(track) not in ended]
        asked: list[tuple[str, bool]] = [
            ("a notice", bool(self.of("", "serve_notice"))),
            ("an order to report", bool(self.of("", "order_report"))),
            ("a debt", unpaid(case) > 0),
            ("a debtor", bool(debtors)),
            ("a claim for money or delivery", case.fact("claim") != "act"),
            ("an inquiry beyond the network", self.went_beyond()),
            ("an answer to a clue", all(case.state_of(clue) != "given" for clue in opened(case, "clue"))),
            *((f"an end of {asset}", self.is_settled(asset)) for asset in opened(case, "asset")),
            ("three months", any(self.at > months_on(entry.day, 3) for entry in self.of("", "file", "accept")[-1:])),
            *self.hearing(),
        ]
        yield from (what for what, there in asked if not there)
        for debtor in debtors:
            yield from self.of_debtor(debtor)
        if any(case.fact("nature", debtor) not in ("committee", "branch") for debtor in debtors):
            yield from self.query()

    def went_beyond(self) -> bool:
        case = self.case
        searched = any(self.of(track, "search") for track in opened(case, "debtor"))
        states = ("published", "rewarded", "auditing", "reported")
        asked = any(case.state_of(track) in states for track in opened(case, "inquiry"))
        return bool(self.of("", "investigate_on_site")) or searched or asked

    def hearing(self) -> Iterator[tuple[str, bool]]:
        interviews = self.of("", "interview_creditor")
        requested = bool(self.of("", "request_closing"))
        consent = bool(interviews) and interviews[-1].facts.get("consents") is True
        yield "the creditor's views", bool(interviews) or requested or bool(self.of("", "excuse_interview"))
        yield "approval", consent or requested or bool(self.of("", "approve_closing"))

    def of_debtor(self, track: str) -> Iterator[str]:
        case = self.case
        person = case.fact("nature", track) == "person"
        if not self.of(track, "verify_report", "punish_report"):
            yield f"a report of {track} verified or punished"
        limits = self.of(track, "restrict_consumption", "lift_restriction")
        if (
            not limits
            or limits[-1].event != "restrict_consumption"
            or not (person or known_money(case, "persons", track) >= 1)
        ):
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
        elif queries[-1].day < months_on(self.at, -3) - timedelta(days=1):
            yield "a query within three months"

    def is_settled(self, asset: str) -> bool:
        state = self.case.state_of(asset)
        balance, owed = self.case.fact("balance", asset), known_money(self.case, "owed", "")
        small = isinstance(balance, Decimal) and balance < 1000 and balance <= owed / 20
        small = small and self.case.kind_of(asset) == "deposit"
        ended = state in (
            *(
                "released",
                "deducted",
                "sold",
                "paid",
                "transferred",
                "passed",
                "handed_over",
                "returned",
                "converted",
                "handed_on",
            ),
            *("denied", "collected"),
        )
        unsaleable = bool(self.of(asset, "find_unsaleable"))
        waited = self.case.fact("unsaleable", asset) == "waiting" and state != "waiting"
        return ended or small or (unsaleable and not waited)


def closing_for_now_met_every_condition(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Tell what a case lacked, closed for now since 2016-12-01. Exempt: a closing that reads as irregular."""
    odd = [one.entry for one in irregular(engine, case) if one.entry.event == "close_for_now"]
    for position, entry in enumerate(case.reading):
        if entry.event == "close_for_now" and entry.track == "" and entry not in odd and entry.day >= date(2016, 12, 1):
            wanting = list(Closing(until(case, position), entry.day).lacks())
            if wanting or entry.answers.get("inquiry_exhausted") is not True:
                return f"closed for now on {entry.day} without {', '.join(wanting) or 'an exhausted inquiry'}"
    return None


def a_completed_case_was_paid(engine: Engine, case: ef.Case, _: date) -> str | None:
    """Tell of a case completed with money unpaid. Exempt: a completion that reads as irregular."""
    odd = [one.entry for one in irregular(engine, case) if one.entry.event == "complete"]
    for position, entry in enumerate(case.reading):
        if entry.event == "complete" and entry.track == "" and entry not in odd:
            owed = unpaid(until(case, position))
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
