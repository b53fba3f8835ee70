"""The command line: `enforceflow`, or `python -m enforceflow`."""

from enforceflow.cli.program import Program

__all__ = ["main"]

main = Program()
