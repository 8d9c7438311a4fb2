"""Moved to junheng.web.rights.right (temporary; removed when every room imports from there)."""

from junheng.web.rights.right import Holder, Right, Subject, right

__all__ = ["Holder", "Right", "Subject", "right"]
