"""Junheng (均衡): from a county's workbooks to a verdict anyone can recompute."""

__version__ = "0.1.0"
