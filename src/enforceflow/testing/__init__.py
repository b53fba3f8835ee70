"""Walks through a workflow at random, for test-suites; needs `pip install 'enforceflow[testing]'`.

    from hypothesis import given
    from enforceflow.testing import walk

    @given(walk(ef.load("cn/civil"), calendar=ef.calendar("cn")))
    def test_a_case_never_pays_twice(story):
        assert story.case.reading.acts("", "pay_out") ...

Each story has been checked, step by step, against what holds for every workflow; a test that asks nothing more is
`def test_walks(story): pass`.
"""

from __future__ import annotations

try:
    import hypothesis as _  # noqa: F401
except ImportError as error:  # pragma: no cover - a machine without the extra
    message = "enforceflow.testing needs Hypothesis: pip install 'enforceflow[testing]'"
    raise ImportError(message) from error

from enforceflow.testing.invariants import Broken
from enforceflow.testing.values import values
from enforceflow.testing.walking import Story, walk

__all__ = ["Broken", "Story", "values", "walk"]
