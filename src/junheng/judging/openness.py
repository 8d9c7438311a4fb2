"""What was handed in and not assessed: the county's conclusion must hold whatever stands in it.

Something left out may hold any school, several, or none. So a verdict about a county's schools is taken over the schools
that were read and every set of schools that may be added to them:

* **A school's own verdict** rests on its own row (and the county's form): others do not change it. Of a school with a second
  record (the same code in two files) nobody knows which holds, so its verdict, and every demand on it, is open.
* **Each school must …**: a school may be added that does not, so 达标 is open. None can be added that mends one that fails:
  未达标 stays.
* **Sums over the county** Σ num ≥ c·Σ den: one added school, num ≥ 0 and den ≥ 0 as everywhere, moves the slack Σ(num − c·den) to
  any number above or below 0. Both verdicts are open.
* **A CV** within or above its limit: add a school with p pupils at value X. With X growing, mean and spread are the added
  school's: CV → √((1 − w)/w), w = p/(P + p) its share of the pupils. That is √(P/p): above every limit for p = 1 when
  P is larger than the limit squared, near 0 for p large. So each CV can still pass and can still fail: open.
* **The county's form** is not touched by a school; where there are two county forms, what stands in them is open, and so
  are the schools' demands that are measured against it.
* **The conclusion** is the least of its parts, as in `columns`: it is 未达标 iff a part fails that no addition mends, and
  never 达标, because the demands on each school are open. When a policy makes no demand on schools it is left open too.

`tests/property/judging/test_unassessed.py` enumerates additions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.engine.result import Rows
from junheng.intake.unassessed import Unassessed
from junheng.judging.compare import UNDECIDED, Bools, Three


@dataclass(frozen=True)
class Open:
    """Of counties judged together. schools: by county, schools may be missing; county_form: by county, its own figures
    are in doubt; left_out: position of a county → what was left out there."""

    schools: Bools
    county_form: Bools
    left_out: Mapping[int, Unassessed]

    def doubted(self, rows: Rows, at: NDArray[np.intp], county: NDArray[np.intp]) -> Bools:
        """The rows `at`, of the counties at these positions: those that a second record puts in doubt."""
        out = np.zeros(len(at), dtype=bool)
        for number, what in self.left_out.items():
            here = np.flatnonzero(county == number)
            if rows.grain == "county":
                out[here] = what.county_form
            elif what.every_school or what.county_form:
                out[here] = True
            else:
                keys = zip(rows.school_code[at[here]], rows.campus[at[here]], strict=True)
                out[here] = [(str(code or ""), str(campus or "")) in what.doubted for code, campus in keys]
        return out


def open_counties(codes: Sequence[str], unassessed: Mapping[str, Unassessed]) -> Open:
    """The counties with these codes, in this order."""
    found = {number: unassessed[code] for number, code in enumerate(codes) if code in unassessed}
    schools, form = np.zeros(len(codes), dtype=bool), np.zeros(len(codes), dtype=bool)
    schools[list(found)] = True
    form[[number for number, what in found.items() if what.county_form]] = True
    return Open(schools, form, found)


def at_most_open(verdict: Three, where: Bools) -> Three:
    """未达标 stays, 达标 does not."""
    out: Three = np.where(where, np.minimum(verdict, UNDECIDED), verdict).astype(np.int8)
    return out


def open_where(verdict: Three, where: Bools) -> Three:
    """Neither stays."""
    out: Three = np.where(where, UNDECIDED, verdict).astype(np.int8)
    return out
