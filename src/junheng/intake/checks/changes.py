"""Numbers beside their last year's value: what the two year-on-year rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.intake.checks.model import Reported, row_key
from junheng.intake.checks.reading import number
from junheng.intake.model import Row

COMPARED: dict[str, tuple[str, ...]] = {
    "school": (
        "students_primary", "students_junior", "classes", "full_time_teachers", "backbone_teachers", "pe_teachers", "music_teachers",
        "fine_art_teachers", "teach_aux_area_m2", "indoor_pe_area_m2", "gym_area_m2", "sport_field_area_m2",
        "equipment_value_yuan", "multimedia_rooms", "running_budget_yuan", "training_budget_yuan",
    ),
    "county": (
        "primary_quota_yuan", "junior_quota_yuan", "special_school_funds_yuan", "special_school_pupils",
        "teacher_pay_yuan", "civil_servant_pay_yuan", "rotation_eligible", "senior_high_places", "migrant_eligible",
        "disabled_children", "resident_population",
    ),
}  # fmt: skip
"""Table → the numbers behind the indicators that change slowly from year to year."""

COMPARED_FIELDS = tuple(f"{table}.{column}" for table, columns in COMPARED.items() for column in columns)


@dataclass(frozen=True)
class Change:
    table: str
    row: Row
    column: str
    before: float
    now: float

    @property
    def share(self) -> float:
        """The change as a share of last year's value."""
        return (self.now - self.before) / self.before

    def is_jump(self, factor: float) -> bool:
        """The value is at least `factor` times last year's, or at most one `factor`-th of it."""
        return self.now >= factor * self.before or self.now * factor <= self.before


def changes(reported: Reported) -> Iterator[Change]:
    """Every compared number that was reported in both years and was not nought last year."""
    if reported.previous is None:
        return
    for table, columns in COMPARED.items():
        last_year = {row_key(table, row): row for row in reported.previous.rows(table)}
        for row in reported.facts.rows(table):
            earlier = last_year.get(row_key(table, row))
            for column in columns if earlier is not None else ():
                before, now = number(earlier or {}, column), number(row, column)
                if before and now is not None:
                    yield Change(table, row, column, before, now)
