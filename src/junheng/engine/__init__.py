"""测算: compile declared indicators to an engine, run them, and keep what every number came from."""
