"""What changed between two versions of the open data, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.opendata.datasets import DATASETS, RESULTS, Dataset

Rows = Sequence[Mapping[str, Any]]
_NAMED = 12


def changes_between(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> list[str]:
    """Chinese lines; [] = the same to the last figure. before: {} for the first version.

    Counties that came or went are named; of the other tables it is said how many rows differ.
    """
    if not before:
        return [f"第一版：{len(after[RESULTS.id])} 个县的结论。"]
    lines = list(_of_results(before.get(RESULTS.id, ()), after[RESULTS.id]))
    for dataset in DATASETS:
        if dataset is not RESULTS and (line := _of_rows(dataset, before.get(dataset.id), after.get(dataset.id))):
            lines.append(line)
    return lines


def _of_results(before: Rows, after: Rows) -> Sequence[str]:
    old, new = ({each["announcement"]: each for each in rows} for rows in (before, after))
    came = [new[key] for key in new if key not in old]
    went = [old[key] for key in old if key not in new]
    changed = [new[key] for key in new if key in old and dict(new[key]) != dict(old[key])]
    told = (("新增", came), ("撤下（公告已撤回或撤销）", went), ("改动", changed))
    return [f"{word} {len(rows)} 个县的结论：{_names(rows)}。" for word, rows in told if rows]


def _names(rows: Rows) -> str:
    names = [f"{each['county']}（{each['conclusion']}）" for each in rows]
    return "、".join(names[:_NAMED]) + (f"等 {len(names)} 个" if len(names) > _NAMED else "")


def _of_rows(dataset: Dataset, before: Rows | None, after: Rows | None) -> str:
    """"" where nothing differs. None: the version has no such table."""
    if before is None or after is None:
        return f"新增一张表：{dataset.title}，{len(after)} 行。" if after else f"不再有{dataset.title}这张表。" if before else ""
    key = dataset.table.key
    old, new = ({tuple(each[name] for name in key): dict(each) for each in rows} for rows in (before, after))
    came, went = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    changed = sum(new[each] != old[each] for each in new.keys() & old.keys())
    parts = [f"{word} {n} 行" for word, n in (("增加", came), ("减少", went), ("改动", changed)) if n]
    return f"{dataset.title}：{'，'.join(parts)}。" if parts else ""
