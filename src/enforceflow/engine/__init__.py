"""The engine: open, record, options, deadlines, nodes. Pure: no clock, no I/O."""

from enforceflow.engine.engine import Engine, Outcome

__all__ = ["Engine", "Outcome"]
