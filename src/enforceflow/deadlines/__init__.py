"""Time limits and process nodes read on a case."""
