"""A school's figures without one of its campuses: what goes, and the version that would stand after."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from junheng.common.findings import Finding
from junheng.intake.checks import run_checks
from junheng.intake.checks.model import row_key
from junheng.intake.model import sorted_findings
from junheng.intake.reading_rules import READING_RULES
from junheng.intake.release_diff import spoken
from junheng.tables import table
from junheng.web.flow.errors import Refused
from junheng.web.reporting.actions.versions import Draft
from junheng.web.reporting.entered import Base, missing_in
from junheng.web.reporting.form import FIXED
from junheng.web.reporting.models import Origin, Submission


@dataclass(frozen=True)
class Removal:
    """figures: label and value of everything that goes, in the form's order; left: the campuses that stay, "" = the one
    without a name; gone, came: findings that go with it, and that only then appear."""

    campus: str
    figures: list[tuple[str, str]]
    left: list[str]
    gone: list[Finding]
    came: list[Finding]
    draft: Draft


def removal(submission: Submission, base: Base, number: int) -> Removal:
    """number: of the campus's row in the form. Raises Refused where there is none, or it is the only one left."""
    rows = base.facts.school
    if submission.is_county or not 0 <= number < len(rows):
        raise Refused("没有这个校区", remedy="请刷新页面，再看有哪些校区")
    if len(rows) == 1:
        raise Refused("只有一个校区，不能删除", why="删了就没有数据了", remedy="要更正的，请直接改数；学校撤并的，请系统管理员在“单位”里办理")
    row, key = rows[number], row_key("school", rows[number])
    draft = _without(submission, base, number)
    before, after = set(base.findings), set(draft.findings)
    return Removal(
        str(row["campus"] or ""),
        [(column.label, spoken(column, row[column.name])) for column in table("school").columns
         if row[column.name] not in (None, "") and column.name not in FIXED],
        [str(each["campus"] or "") for each in rows if row_key("school", each) != key],
        [each for each in base.findings if each not in after], [each for each in draft.findings if each not in before], draft,
    )  # fmt: skip


def _without(submission: Submission, base: Base, number: int) -> Draft:
    """Its row, the places of its figures, what reading found about it, and the files in which nothing else stood."""
    facts = deepcopy(base.facts)
    gone = facts.school.pop(number)
    key, campus = row_key("school", gone), str(gone["campus"] or "")
    its_files = {cell.place.file for (name, row, _), cell in facts.cells.items() if (name, row) == ("school", key)}
    facts.cells = {place: cell for place, cell in facts.cells.items() if place[:2] != ("school", key)}
    dropped = its_files - {cell.place.file for cell in facts.cells.values()}
    carried = [each for each in base.findings if each.rule in READING_RULES and each.rule != "W-not-reported"
               and each.campus != campus and each.place.file not in dropped]  # fmt: skip
    missing = missing_in(submission, facts, [each for each in base.findings if each.campus != campus])
    return Draft(
        Origin.PAGE, facts, sorted_findings([*carried, *missing, *run_checks(facts, base.last_year)]),
        [each for each in base.sources if each.name not in dropped], [line for line in base.left_out if not any(file in line for file in dropped)],
        base=base.number, removed_campus=campus or "（没有名称的校区）",
    )  # fmt: skip
