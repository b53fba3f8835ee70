"""Reading a case back from its entries, checked against the workflow, as against recording it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from measuring import Batch, Effort, Figure, at_most, clocked, ratios, repeated
from wheel import drive, engine, opened, steps

from enforceflow import Case, Entry, from_plain, to_plain

STATES = 12


def figures(effort: Effort) -> Iterator[Figure]:
    runner = engine(STATES)
    events = steps(STATES) * effort.of(16, 1)
    times = effort.of(20, 1)
    recorded = drive(runner, opened(runner), events)
    entries: list[Entry] = list(recorded.journal)
    saved = json.dumps(to_plain(recorded))

    def record() -> Case:
        return drive(runner, opened(runner, recorded.number), events)

    def read() -> Case:
        return runner.fit(Case.of(recorded.number, recorded.pin, entries))

    def restore() -> Case:
        return from_plain(json.loads(saved), runner)

    assert record() == read() == restore() == recorded
    recording = _again(record, times)
    what = f"replay of {len(entries)} entries (Case.of, fit) / recording"
    yield Figure(what, ratios(_again(read, times), recording, effort), at_most(0.5))
    yield Figure("(the same from JSON text)", ratios(_again(restore, times), recording, effort))


def _again(work: Callable[[], Case], times: int) -> Batch:
    again = repeated(work, times)
    return lambda: clocked(again)
