"""Everything that changes problems."""

from junheng.web.rectification.actions.raise_problem import raise_problem

__all__ = ["raise_problem"]
