"""轮岗与走教 together: rotation closes whole gaps, circuits serve the parts that small schools are left short of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

from junheng.planning.rotation.circuits import Circuit, circuits
from junheng.planning.rotation.model import RotationPlan, RotationRequest
from junheng.planning.rotation.plan import plan_rotation
from junheng.planning.staffing.subjects import Need, curriculum


@dataclass(frozen=True)
class Together:
    rotation: RotationPlan
    circuits: Sequence[Circuit]


def plan_together(request: RotationRequest, small: set[str]) -> Together:
    """small: codes of small schools, to which no teacher is sent for a part of a post. Circuits are those of the first year."""
    needs = [_whole_only(each) if each.school in small else each for each in request.needs]
    rotation = plan_rotation(replace(request, needs=needs))
    change: Counter[tuple[str, str]] = Counter()
    for move in rotation.first_year:
        change[move.to_school, move.subject] += 1
        change[move.from_school, move.subject] -= 1
    bases = [each for each in request.schools if each.code not in small]
    out: list[Circuit] = []
    for subject in curriculum():
        short = {each.school: max(0.0, each.low - each.have - change[each.school, subject.id])
                 for each in request.needs if each.subject == subject.id and each.school in small and each.low is not None and each.have is not None}  # fmt: skip
        out += circuits(subject.id, short, [each for each in request.schools if each.code in small], bases, request.parameters)
    return Together(rotation, out)


def _whole_only(need: Need) -> Need:
    """The same with the part of a teacher taken off what is missing."""
    if need.low is None or need.have is None or need.low <= need.have:
        return need
    low = need.have + floor(need.low - need.have + 1e-3)
    return replace(need, low=float(low), high=max(float(low), need.high or 0.0))
