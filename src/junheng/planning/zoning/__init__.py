"""划片: which village or neighbourhood belongs to which school."""
