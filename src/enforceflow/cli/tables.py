"""Tables: the deadlines of a case, and one deadline explained step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from enforceflow.calendars.moments import Day, day_of, written
from enforceflow.cases.journal import Moment
from enforceflow.cli.screen import Flow
from enforceflow.cli.wording import Names, settled_on, time_left
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.texts import Phrase, Title

COLUMNS: Final = {
    "limit": Title("期限", "Limit"),
    "since": Title("起算", "Since"),
    "due": Title("届满", "Due"),
    "status": Title("状态", "Status"),
    "left": Title("剩余/逾期", "Left/late"),
    "source": Title("依据", "Source"),
}
STYLES: Final = {
    Status.RUNNING: "cyan",
    Status.DUE_SOON: "bold yellow",
    Status.PAUSED: "blue",
    Status.MET: "green",
    Status.MET_LATE: "yellow",
    Status.MISSED: "bold red",
    Status.LAPSED: "magenta",
}
EXPLAINED: Final = Phrase(zh="{limit}：{due}届满", en="{limit}: due {due}")
CALENDAR: Final = Phrase(zh="日历 {edition}", en="calendar {edition}")
PROVISIONAL: Final = "≈"
SOURCE_APART: Final = 120
ROOMY: Final = 96
_WEIGHT: Final = (Status.MET, Status.LAPSED, Status.DUE_SOON, Status.MET_LATE, Status.MISSED)
_NARROW: Final[dict[str, int]] = {"status": 10, "left": 10}
_HANG: Final = 2
_PLAIN: Final = frozenset({"start", "period"})


def deadlines_table(deadlines: Sequence[Deadline], names: Names, today: Moment, width: int) -> Table:
    """Return the deadlines by the day on which they end; the source in a column of its own if there is room."""
    apart, most = width >= SOURCE_APART, _NARROW if width < ROOMY else {}
    table = framed()
    for key, title in COLUMNS.items():
        if key != "source" or apart:
            table.add_column(title.text(names.lang), no_wrap=key in ("since", "due"), max_width=most.get(key))
    for deadline in sorted(deadlines, key=lambda one: (day_of(one.due), one.name)):
        table.add_row(*_row(deadline, names, today, apart=apart))
    return table


def framed() -> Table:
    """Return an empty table with a line under its heading."""
    return Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")


def _row(deadline: Deadline, names: Names, today: Moment, *, apart: bool) -> list[RenderableType]:
    lang, style = names.lang, STYLES.get(deadline.status, "dim")
    title, source = Text(titled(deadline, names)), Text(deadline.limit.source, "dim")
    status = f"{deadline.status.text(lang)} {settled_on(deadline)}".rstrip()
    return [
        Flow(title, _HANG) if apart else Group(Flow(title, _HANG), Flow(Text(" " * _HANG).append_text(source), _HANG)),
        Text(written(deadline.since)),
        Text(written(deadline.due) + (PROVISIONAL if deadline.provisional else "")),
        Flow(Text(status, style)),
        Flow(Text(time_left(deadline, today, lang), style)),
        *([Flow(source)] if apart else []),
    ]


def titled(deadline: Deadline, names: Names) -> str:
    """Return a deadline's title, with its track."""
    track = names.track(deadline.track)
    return f"{track} · {names.limit(deadline)}" if track else names.limit(deadline)


def most_telling(deadlines: Sequence[Deadline]) -> Deadline | None:
    """Return the deadline whose computation has most to tell; of several one that was missed or met late."""

    def weight(deadline: Deadline) -> tuple[int, int]:
        status = _WEIGHT.index(deadline.status) if deadline.status in _WEIGHT else -1
        return len([step for step in deadline.steps if step.kind not in _PLAIN]), status

    return max(deadlines, key=weight, default=None)


def explained(deadline: Deadline, names: Names) -> Group:
    """Return how a deadline was computed, step by step."""
    lang = names.lang
    heading = Text(EXPLAINED(limit=titled(deadline, names), due=Day(deadline.due)).text(lang), "bold")
    steps = Table.grid(padding=(0, 2, 0, 0))
    steps.add_column(no_wrap=True)
    for step in deadline.steps:
        day = "" if step.day is None else Day(step.day).text(lang)
        steps.add_row(Text(f"  {day}"), Flow(Text(step.message.text(lang)), _HANG))
    closing = Text(f"  {deadline.limit.source} · {CALENDAR(edition=deadline.edition).text(lang)}", "dim")
    return Group(Flow(heading), steps, Flow(closing, _HANG))
