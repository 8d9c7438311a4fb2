"""对账: forecasts of a tree of units made to add up — school → township → county → city → province.

Base forecasts ŷ are made at every node separately. With S the matrix that sums leaves into nodes, the reconciled ones are
S·P·ŷ. Bottom-up: P takes the leaves. Proportional: every parent's value is handed down in proportion to its children's. Weighted:
P = (SᵀW⁻¹S)⁻¹SᵀW⁻¹, the trace-minimising projection (MinT; Wickramasuriya, Athanasopoulos, Hyndman 2019, JASA 114) with a diagonal W of
the nodes' error variances — "MinT-like": covariances between nodes are left out. On a tree with diagonal W the projection needs no
matrix: going up, each node's children are summed and combined with its own forecast by inverse variance; going down, each
parent's difference is shared among its children in proportion to their variances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np

from junheng.planning.forecast.ages import Floats, whole

Tree = Mapping[str, str]
"""Node → its parent; the root is nobody's child's key."""


class Method(StrEnum):
    BOTTOM_UP = "bottom_up"
    PROPORTIONAL = "proportional"
    WEIGHTED = "weighted"

    @property
    def label(self) -> str:
        return {"bottom_up": "自下而上", "proportional": "按比例分配", "weighted": "按误差加权"}[self.value]


def children_of(tree: Tree) -> dict[str, list[str]]:
    """Parent → children, in the order given."""
    out: dict[str, list[str]] = {}
    for child, parent in tree.items():
        out.setdefault(parent, []).append(child)
    return out


def reconciled(base: Mapping[str, Floats], tree: Tree, method: Method, variances: Mapping[str, float] | None = None) -> dict[str, Floats]:
    """Forecasts that add up. base: node → values (any shape, the same for all); variances: by node, for WEIGHTED (default: one
    per leaf below, the structural weights). Values below 0 that sharing produces are set to 0 and what that adds is taken from
    the parent's other children."""
    children = children_of(tree)
    roots = [node for node in children if node not in tree]
    if method is Method.BOTTOM_UP:
        return _summed({node: base[node] for node in tree if node not in children}, children, roots)
    out: dict[str, Floats] = {}
    if method is Method.PROPORTIONAL:
        for root in roots:
            out[root] = base[root].astype(float)
            _handed_down(root, children, out, lambda node: base[node])
        return out
    variance = variances or {node: float(_leaves(node, children)) for node in base}
    upward: dict[str, tuple[Floats, float]] = {}
    for root in roots:
        _combine(root, children, base, variance, upward)
        out[root] = upward[root][0]
        _share(root, children, upward, out)
    return out


def _leaves(node: str, children: Mapping[str, Sequence[str]]) -> int:
    return sum(_leaves(each, children) for each in children[node]) if node in children else 1


def _summed(leaves: Mapping[str, Floats], children: Mapping[str, Sequence[str]], roots: Sequence[str]) -> dict[str, Floats]:
    out = {node: value.astype(float) for node, value in leaves.items()}

    def total(node: str) -> Floats:
        if node not in out:
            out[node] = np.sum([total(each) for each in children[node]], axis=0)
        return out[node]

    for root in roots:
        total(root)
    return out


def _handed_down(node: str, children: Mapping[str, Sequence[str]], out: dict[str, Floats], base) -> None:  # type: ignore[no-untyped-def]
    if node not in children:
        return
    below = np.array([base(each) for each in children[node]], dtype=float)
    total = below.sum(axis=0)
    shares = np.where(total > 0, below / np.where(total > 0, total, 1.0), 1.0 / len(below))
    for each, share in zip(children[node], shares, strict=True):
        out[each] = out[node] * share
        _handed_down(each, children, out, base)


def _combine(node: str, children: Mapping[str, Sequence[str]], base: Mapping[str, Floats], variance: Mapping[str, float], upward: dict[str, tuple[Floats, float]]) -> None:
    """Best estimate of a node from itself and everything below it, and that estimate's variance."""
    own = base[node].astype(float), variance[node]
    if node not in children:
        upward[node] = own
        return
    for each in children[node]:
        _combine(each, children, base, variance, upward)
    summed = np.sum([upward[each][0] for each in children[node]], axis=0)
    below = sum(upward[each][1] for each in children[node])
    if own[1] + below == 0:
        upward[node] = summed, 0.0
        return
    weight = below / (own[1] + below)
    upward[node] = summed + weight * (own[0] - summed), own[1] * weight


def _share(node: str, children: Mapping[str, Sequence[str]], upward: Mapping[str, tuple[Floats, float]], out: dict[str, Floats]) -> None:
    if node not in children:
        return
    values = np.array([upward[each][0] for each in children[node]])
    variances = np.array([upward[each][1] for each in children[node]])
    shape = (-1,) + (1,) * (values.ndim - 1)
    shares = (variances / variances.sum() if variances.sum() > 0 else np.full(len(values), 1 / len(values))).reshape(shape)
    shared = values + shares * (out[node] - values.sum(axis=0))
    shared = np.maximum(shared, 0.0)
    total = shared.sum(axis=0)
    shared = np.where(total > 0, shared * (out[node] / np.where(total > 0, total, 1.0)), out[node] / len(values))
    for each, value in zip(children[node], shared, strict=True):
        out[each] = value
        _share(each, children, upward, out)


def in_whole_pupils(values: Mapping[str, Floats], tree: Tree) -> dict[str, np.ndarray]:
    """Whole numbers that still add up: the root is rounded, then every parent's total is handed down by largest remainders."""
    children = children_of(tree)
    out: dict[str, np.ndarray] = {}

    def down(node: str) -> None:
        if node not in children:
            return
        below = np.array([values[each] for each in children[node]], dtype=float)
        flat, totals = below.reshape(len(below), -1), out[node].reshape(-1)
        parts = np.column_stack([whole(flat[:, k], int(totals[k])) for k in range(flat.shape[1])])
        for each, part in zip(children[node], parts, strict=True):
            out[each] = part.reshape(out[node].shape)
            down(each)

    for root in (node for node in children if node not in tree):
        out[root] = np.rint(values[root]).astype(np.int64)
        down(root)
    return out
