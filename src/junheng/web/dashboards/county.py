"""What the county's page shows beside what the offline page of the same county says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.common.stages import Stage
from junheng.judging.result import SchoolVerdict, Verdict
from junheng.reports.grid import round_half_up
from junheng.web.dashboards.opened import Opened

_WORST_FIRST = {Verdict.FAIL: 0, Verdict.INSUFFICIENT: 1, Verdict.PASS: 2}


@dataclass(frozen=True)
class Line:
    """A school's stage in the matrix. shown: name, students, verdict and cells as printed; binding: "L4", margin: its own."""

    school: SchoolVerdict
    stage_label: str
    shown: Mapping[str, Any]
    margin: float | None

    @property
    def margin_words(self) -> str:
        if self.margin is None:
            return "—"
        return f"{self.school.binding} {'余' if self.margin >= 0 else '差'} {round_half_up(abs(self.margin) * 100, 1)}%"

    @property
    def worst(self) -> tuple[int, float, str]:
        return (_WORST_FIRST[self.school.verdict], 0.0 if self.margin is None else self.margin, self.school.code)


def lines_of(found: Opened, stage: str = "", indicator: str = "") -> Sequence[Line]:
    """The matrix, the worst school first. stage: of one stage; indicator: only schools that miss it or may miss it."""
    lines = [
        Line(school, Stage(id).label, shown, _binding_margin(school))
        for (id, judged), drawn in zip(found.verdict.stages.items(), found.view["stages"], strict=True)
        if stage in ("", id)
        for school, shown in zip(judged.schools, drawn["schools"], strict=True)
        if not indicator or any(each.code == indicator and not each.met for each in school.indicators)
    ]
    return sorted(lines, key=lambda line: line.worst)


def _binding_margin(school: SchoolVerdict) -> float | None:
    return next((each.margin for each in school.indicators if each.code == school.binding), None)
