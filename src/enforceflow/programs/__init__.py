"""Workflows made ready to run: guards compiled, the transition table, what a guard sees."""
