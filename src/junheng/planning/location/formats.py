"""The public files location research measures itself on: OR-Library's p-median and Holmberg's facility location."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse.csgraph import shortest_path

from junheng.common.errors import IntakeError
from junheng.planning.location.facilities import Facilities
from junheng.planning.location.located import Floats


def read_pmed(path: Path) -> tuple[Floats, int]:
    """(shortest ways between all vertices, p). An edge given twice has the length given last (Beasley 1990)."""
    numbers = _numbers(path)
    try:
        vertices, edges, p = (int(each) for each in numbers[:3])
        lines = numbers[3 : 3 + 3 * edges].reshape(edges, 3)
        length = np.full((vertices, vertices), np.inf)
        for a, b, value in lines.tolist():
            length[int(a) - 1, int(b) - 1] = length[int(b) - 1, int(a) - 1] = value
    except (ValueError, IndexError) as error:
        raise _malformed(path, "OR-Library pmed：首行为顶点数、边数、p，其后每行一条边") from error
    return np.asarray(shortest_path(np.where(np.isinf(length), 0.0, length), directed=False), dtype=float), p


def read_holmberg(path: Path) -> Facilities:
    """Sites and points; capacities; opening costs; demands; then per point the cost of serving it from every site."""
    numbers = _numbers(path)
    try:
        sites, points = (int(each) for each in numbers[:2])
        capacity, opening, demand, cost = np.split(numbers[2:], np.cumsum([sites, sites, points]))
        return Facilities(demand, capacity, opening, cost[: sites * points].reshape(points, sites))
    except ValueError as error:
        raise _malformed(path, "Holmberg：点数、容量、开办费、需求、费用矩阵") from error


def _numbers(path: Path) -> Floats:
    try:
        return np.array(path.read_text(encoding="ascii").split(), dtype=float)
    except OSError as error:
        raise IntakeError("文件打不开", where=str(path), why=error.strerror or "", remedy="请核对路径和权限") from error
    except ValueError as error:
        raise _malformed(path, "只含数字的文本文件") from error


def _malformed(path: Path, wanted: str) -> IntakeError:
    return IntakeError("文件的格式不对", where=str(path), why=f"应为 {wanted}", remedy="请核对 --format 和文件")
