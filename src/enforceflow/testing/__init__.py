"""Walks through a workflow at random, for test-suites; needs `pip install 'enforceflow[testing]'`.

    import enforceflow as ef
    from enforceflow.testing import PATIENT, check, walk
    from hypothesis import given

    CIVIL, CALENDAR = ef.load("cn/civil"), ef.calendar("cn")

    def test_whatever_holds_for_every_workflow_holds_for_ours():
        check(CIVIL, calendar=CALENDAR)

    @PATIENT
    @given(walk(CIVIL, calendar=CALENDAR))
    def test_no_case_is_concluded_while_money_is_left(story):
        assert story.case.state != "concluded" or story.case.fact("left") == 0

Each story is checked at every step against what holds for every workflow; a test adds what must hold for its own. Where
an empty case would hardly get, stories `start` from a case of a case file; `invariants` are laws checked at every step:

    def nothing_is_paid_twice(engine, case, today):
        return "more was paid than came in" if paid(case) > received(case) else None

    def test_money():
        check(CIVIL, calendar=CALENDAR, start=played, among=["receipt"], invariants=[nothing_is_paid_twice])

`exercised` tells which limits and conditions the case files of a suite try, and which they leave out:

    from enforceflow.casefiles import load_cases, play
    from enforceflow.testing import exercised

    def test_every_limit_has_its_stories():
        playbacks = [play(load_cases(path)) for path in Path("scenarios").glob("*.yaml")]
        assert [str(one) for one in exercised([CIVIL], playbacks) if not one.shown_by] == []
"""

from __future__ import annotations

try:
    import hypothesis as _  # noqa: F401
except ImportError as error:  # pragma: no cover - a machine without the extra
    message = "enforceflow.testing needs Hypothesis: pip install 'enforceflow[testing]'"
    raise ImportError(message) from error

from enforceflow.testing.demands import Demand, Shown
from enforceflow.testing.exercising import exercised
from enforceflow.testing.invariants import Broken
from enforceflow.testing.values import values
from enforceflow.testing.walking import PATIENT, Law, Story, check, walk

__all__ = ["PATIENT", "Broken", "Demand", "Law", "Shown", "Story", "check", "exercised", "values", "walk"]
