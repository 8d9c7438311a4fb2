"""走教: one teacher for several small schools that each need a part of one.

Sets       V small schools with a need 0 < f_v ≤ 1 of a subject's teacher; B base schools; G groups of V with Σ f ≤ 1, no more
           than k schools, and a base from which each is within d kilometres; of several bases the nearest in sum
Variables  y_G ∈ {0,1}
Minimise   Σ_G (10⁴ + km_G) y_G               as few circuits as possible, then the shortest ways, one school a day
subject to Σ_{G∋v} y_G = 1  for every v       set partitioning (Balinski and Quandt 1964, Operations Research 12)
A small school no base reaches stands alone in the answer, without a base. Groups are all there are up to 14 schools; beyond,
those of a school with its 7 nearest, and the bound is that of these groups only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from junheng.planning.geography import distances_m
from junheng.planning.highs import Model, minimise
from junheng.planning.parameters import Parameters
from junheng.planning.rotation.model import RotationSchool
from junheng.planning.transport import Floats

_ALL, _NEAREST, _CIRCUIT = 14, 7, 10_000.0


@dataclass(frozen=True)
class Circuit:
    """base: code, "" = none near enough. schools: codes, in the order handed in. need: part of a full-time teacher; km: from
    the base to every school and back, once a week each."""

    subject: str
    base: str
    schools: tuple[str, ...]
    need: float
    km: float


def circuits(subject: str, needs: Mapping[str, float], small: Sequence[RotationSchool], bases: Sequence[RotationSchool], parameters: Parameters,
             seconds: float = 20.0) -> list[Circuit]:  # fmt: skip
    """Circuits for one subject. needs: by code of a small school, in full-time teachers; those of nought need none, whole
    teachers are not for circuits and are taken off."""
    part = {code: need % 1.0 for code, need in needs.items() if need % 1.0 > 1e-6}
    schools = [each for each in small if each.code in part]
    if not schools:
        return []
    spots = [np.array([(each.longitude, each.latitude) for each in table], dtype=float).reshape(-1, 2) for table in (bases, schools)]
    km = distances_m(spots[0], spots[1]) / 1000
    groups = list(_groups(schools, part, km, distances_m(spots[1], spots[1]), parameters))
    columns = len(groups)
    entries = [(row, column) for column, (members, _, _) in enumerate(groups) for row in members]
    matrix = csr_array((np.ones(len(entries)), tuple(np.array(entries).T)), shape=(len(schools), columns))
    cost = np.array([_CIRCUIT + way for _, _, way in groups])
    ones = np.ones(len(schools))
    alone = np.array([float(len(members) == 1) for members, _, _ in groups])  # a partition too
    model = Model(cost, matrix, ones, ones, np.zeros(columns), np.ones(columns), np.ones(columns, dtype=bool))
    values = minimise(model, seconds=seconds, start=alone).values
    out = []
    for column in np.flatnonzero((alone if values is None else values) > 0.5).tolist():
        members, base, way = groups[column]
        codes = tuple(schools[row].code for row in members)
        out.append(Circuit(subject, "" if base < 0 else bases[base].code, codes, sum(part[code] for code in codes), 0.0 if base < 0 else way))
    return out


def _groups(schools: Sequence[RotationSchool], part: Mapping[str, float], km: Floats, between: np.ndarray, parameters: Parameters) -> Iterator[tuple[tuple[int, ...], int, float]]:
    """(schools, base or −1, kilometres a week)."""
    most, stops = parameters.number("circuit_km"), parameters.whole("circuit_stops")
    seen = set[tuple[int, ...]]()
    for first in range(len(schools)):
        near = list(range(len(schools))) if len(schools) <= _ALL else np.argsort(between[first], kind="stable")[: _NEAREST + 1].tolist()
        for size in range(1, stops + 1):
            for members in combinations(sorted(near), size):
                if first not in members or members in seen or sum(part[schools[row].code] for row in members) > 1 + 1e-6:
                    continue
                seen.add(members)
                reach = np.flatnonzero((km[:, list(members)] <= most).all(axis=1))
                if len(reach):
                    ways = 2 * km[np.ix_(reach, list(members))].sum(axis=1)
                    yield members, int(reach[ways.argmin()]), float(ways.min())
                elif size == 1:
                    yield members, -1, _CIRCUIT
