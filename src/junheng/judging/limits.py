"""The limit of every row: by stage or school form, replaced where a dated exception applies."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from junheng.common.errors import PolicyError
from junheng.engine.result import Floats, Texts
from junheng.judging.compare import RowLimits
from junheng.policy.in_force import ANY, Cited, Compare, Limit, PolicyInForce


def limit_at(limit: Limit, *keys: str) -> Cited:
    """The limit under the first key it has, else under ANY; a PolicyError that names the limit when there is none."""
    for key in (*keys, ANY):
        if key in limit.values:
            return limit.values[key]
    raise PolicyError(
        f"限值“{limit.title}”（{limit.id}）没有适用于“{'、'.join(key for key in keys if key) or '全部'}”的数值",
        why=f"该限值只写了 {'、'.join(limit.values)}",
        remedy="请在政策包中补上该数值及其出处",
    )


def limit_of(policy: PolicyInForce, limit_id: str, *keys: str) -> Cited:
    """A policy's limit by id and key."""
    if limit_id not in policy.limits:
        raise PolicyError(f"政策“{policy.title}”没有限值 {limit_id}", remedy="请在政策包的 limits 中补上该限值及其出处")
    return limit_at(policy.limits[limit_id], *keys)


def row_limits(
    policy: PolicyInForce, limit_id: str, keys: Texts, exceptions: Mapping[str, Floats], how: Compare, *, stage: str = ""
) -> RowLimits:
    """The limits of rows whose key (stage or school form) is `keys`; `stage` is tried where the key has no limit.

    An exception that applies puts its own value in the place of the limit; of several, the most lenient counts.
    Where it is unknown whether one applies, the strict limit is without it and the lenient one with it.
    """
    present = sorted(set(keys.tolist()))
    base = {key: limit_of(policy, limit_id, key, stage) for key in present}
    replaced: dict[tuple[str, str], Cited] = {}
    for rule in policy.exceptions:
        other = rule.replaces.get(limit_id)
        for key in present if other is not None and rule.id in exceptions else ():
            if other is not None and (key in other.values or ANY in other.values):
                replaced[rule.id, key] = other.at(key)
    table = sorted({*base.values(), *replaced.values()}, key=lambda cited: (cited.value, cited.source.document, cited.source.clause))
    position = {cited: at for at, cited in enumerate(table)}
    strict = np.zeros(len(keys), dtype=np.intp)
    for key, cited in base.items():
        strict[keys == key] = position[cited]
    if not replaced:
        return RowLimits(tuple(table), strict, strict)
    looser = np.minimum if how is Compare.AT_LEAST else np.maximum
    lenient = strict.copy()
    for (rule_id, key), cited in replaced.items():
        here = keys == key
        applies, unknown = here & (exceptions[rule_id] == 1), here & np.isnan(exceptions[rule_id])
        strict[applies] = looser(strict[applies], position[cited])
        lenient[applies | unknown] = looser(lenient[applies | unknown], position[cited])
    return RowLimits(tuple(table), strict, lenient if (lenient != strict).any() else strict)
