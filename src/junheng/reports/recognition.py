"""表Ⅵ 社会认可度调查情况: questionnaires and visits, all and parents."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.reports.grid import Cell, Grid, Line, Look, head_lines, l_boxes


@dataclass(frozen=True)
class Recognition:
    """What one line of the form rests on; None = not reported. sent: questionnaires given out; visited: persons."""

    sent: float | None
    valid: float | None
    satisfied: float | None
    visited: float | None
    visited_satisfied: float | None


def recognition_table(heading: str, everybody: Recognition, parents: Recognition) -> Grid:
    boxes = (
        ("A1:A4", ""), ("B1:D1", "问卷总数"), ("E1:E3", "问卷调查综合满意度（%）"), ("F1:G1", "实地走访人数"),
        ("H1:H3", "实地走访满意度（%）"), ("B2:B3", "计"), ("C2:D2", "其中：回收有效问卷数"), ("F2:F3", "计"),
        ("G2:G3", "其中：满意人数"), ("C3", "计"), ("D3", "其中：满意问卷数"),
    )  # fmt: skip
    return Grid("表Ⅵ", "表Ⅵ　社会认可度调查情况", (14, *(16,) * 7), head_lines(8, *boxes, *l_boxes("BCDEFGH", 4)),
                [_line("计", everybody), _line("其中：家长", parents)], subtitle=heading)  # fmt: skip


def _line(label: str, of: Recognition) -> Line:
    return [
        Cell(label, Look.CENTRE), Cell(of.sent, Look.WHOLE), Cell(of.valid, Look.WHOLE), Cell(of.satisfied, Look.WHOLE),
        _per_cent(of.satisfied, of.valid), Cell(of.visited, Look.WHOLE), Cell(of.visited_satisfied, Look.WHOLE),
        _per_cent(of.visited_satisfied, of.visited),
    ]  # fmt: skip


def _per_cent(part: float | None, whole: float | None) -> Cell:
    return Cell(part / whole * 100 if part is not None and whole else None, Look.ONE)
