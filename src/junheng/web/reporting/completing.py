"""What a new upload does not speak of stays as it was: another campus's form, the county's form beside a lone 评定表.

A school that is now reported as a whole is no longer reported by campus.
"""

from __future__ import annotations

from junheng.intake.checks.model import row_key
from junheng.intake.reading_rules import READING_RULES
from junheng.web.reporting import stored
from junheng.web.reporting.handed import Handed
from junheng.web.reporting.models import Version


def complete(handed: Handed, before: Version) -> None:
    """Adds to what is handed in the rows of the version before that it does not replace, with their places, what reading
    found about them, and their files."""
    earlier = before.facts(handed.facts.school_year)
    kept_keys = set()
    for table in ("school", "county", "judgement"):
        rows, new = earlier.rows(table), handed.facts.rows(table)
        keys = {row_key(table, row) for row in new}
        if table == "school" and any(not row["campus"] for row in new):
            continue
        if table == "judgement" and new:
            continue  # a 评定表 speaks of all its lines
        for row in rows:
            if row_key(table, row) not in keys:
                new.append(row)
                kept_keys.add((table, row_key(table, row)))
    if not kept_keys:
        return
    files = set()
    for (table, key, column), cell in earlier.cells.items():
        if (table, key) in kept_keys:
            handed.facts.cells[table, key, column] = cell
            files.add(cell.place.file)
    campuses = {key[2] for table, key in kept_keys if table == "school"}
    about_county = any(table == "county" for table, _ in kept_keys)
    handed.findings += [
        each for each in before.read_findings()
        if each.rule in READING_RULES and (each.campus in campuses if campuses else about_county)
    ]  # fmt: skip
    known = {each.sha256 for each in handed.sources}
    handed.sources += [each for each in stored.sources_from(before.sources) if each.name in files and each.sha256 not in known]
