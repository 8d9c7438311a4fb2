"""All tables by name, and the version of the contract they form."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.common.errors import DeclarationError
from junheng.tables.county import COUNTY
from junheng.tables.judgement import JUDGEMENT
from junheng.tables.model import Table
from junheng.tables.registers import CLASS, PUPIL, ROOM, TEACHER
from junheng.tables.school import SCHOOL
from junheng.tables.sources import SOURCE_CELL

CONTRACT_VERSION = "junheng.contract/1"
"""Changes whenever a column is added, removed, or changes its meaning; part of every release hash."""

TABLES: Mapping[str, Table] = {
    each.name: each for each in (SCHOOL, COUNTY, JUDGEMENT, PUPIL, TEACHER, CLASS, ROOM, SOURCE_CELL)
}
FACT_TABLES = (SCHOOL, COUNTY, JUDGEMENT)
"""The tables whose rows are the content of a release."""


def table(name: str) -> Table:
    """Raises DeclarationError for an unknown name."""
    try:
        return TABLES[name]
    except KeyError as error:
        raise DeclarationError(f"no table {name}") from error
