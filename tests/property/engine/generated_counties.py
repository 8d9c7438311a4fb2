"""Hypothesis strategies for small counties with everything that makes measuring hard: every school type, campuses,
attached classes, missing cells, lines split by stage, exceptions claimed, denied and left blank.

Structure is drawn by Hypothesis, so that it shrinks; the figures come from a drawn seed.
"""

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from junheng.common.codes import SPONSORS, STAGES_OF_SCHOOL_TYPE, URBAN_RURAL
from junheng.common.stages import Stage
from junheng.intake.model import Facts, Row
from junheng.tables import Kind, Split, table
from junheng.tables.model import Column
from junheng.tables.school import CLASS_SIZE_BANDS

SCHOOL, COUNTY = table("school"), table("county")
STAGE_LINES = {column.name for column in SCHOOL.columns if column.stage is not None}
SPLITTABLE = sorted({column.base for column in SCHOOL.columns if column.stage and any(c.name == column.base for c in SCHOOL.columns)})
"""Columns a school may report as a whole or by stage."""
FIGURES = sorted(column.name for column in SCHOOL.columns if column.kind in (Kind.COUNT, Kind.AMOUNT))
RESOURCES = ("backbone_teachers", "pe_teachers", "teach_aux_area_m2", "indoor_pe_area_m2", "gym_area_m2", "sport_field_area_m2",
             "equipment_value_yuan", "multimedia_rooms", "full_time_teachers", "classes")  # fmt: skip
COUNTY_FIGURES = sorted(c.name for c in COUNTY.columns if c.kind.is_number or c.kind is Kind.FLAG)
COMPULSORY_TYPES = ("211", "218", "219", "311", "312", "341", "345", "513")
TYPES = st.one_of(st.sampled_from(COMPULSORY_TYPES), st.sampled_from(sorted(STAGES_OF_SCHOOL_TYPE)))
PUPILS = st.one_of(st.integers(1, 60), st.integers(1, 3000), st.sampled_from((0, 49, 50, 99, 100)), st.none())
THREE = st.sampled_from((False, True, None))


@dataclass(frozen=True)
class Sketch:
    """What Hypothesis decides about a school; the rest of its figures follow from `seed`."""

    type: str | None
    pupils: tuple[int | None, int | None, int | None]
    flags: tuple[bool | None, ...]
    sponsor: str | None
    urban_rural: str | None
    founded: int | None
    split: frozenset[str]
    blank: frozenset[str]
    small_classes: bool
    seed: int


FLAGS = ("built_by_2010", "built_by_2016", "is_dense_urban_core", "is_small_rural_50_99", "is_small_rural_class_under_30",
         "is_boarding")  # fmt: skip
SEEDS = st.integers(0, 10_000)


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    kind = draw(st.one_of(TYPES, TYPES, TYPES, st.none()))
    own = STAGES_OF_SCHOOL_TYPE[kind] if kind else tuple(Stage)
    # A stage the type does not have is mostly blank, sometimes 0, sometimes an attached class.
    pupils = tuple(draw(PUPILS if stage in own else st.sampled_from((None, None, None, 0, 30))) for stage in Stage)
    return Sketch(
        type=kind,
        pupils=pupils,
        flags=tuple(draw(THREE) for _ in FLAGS),
        sponsor=draw(st.sampled_from(("7", None, *SPONSORS.labels))),
        urban_rural=draw(st.sampled_from(("220", None, *URBAN_RURAL.labels))),
        founded=draw(st.sampled_from((2000, 2010, 2011, 2016, 2017, None))),
        split=draw(st.frozensets(st.one_of(st.sampled_from(RESOURCES), st.sampled_from(SPLITTABLE)), max_size=6)),
        blank=draw(st.frozensets(st.one_of(st.sampled_from(RESOURCES), st.sampled_from(FIGURES)), max_size=6)),
        small_classes=draw(st.booleans()),
        seed=draw(SEEDS),
    )


def school_row(sketch: Sketch, county: str, number: int, campus: str = "") -> Row:
    """The whole row of a sketched school."""
    random = Random(sketch.seed)
    row: Row = {column.name: None for column in SCHOOL.columns}
    for column in SCHOOL.columns:
        if column.kind in (Kind.COUNT, Kind.AMOUNT) and column.name not in STAGE_LINES:
            row[column.name] = figure(column, random)
        elif column.stage and (column.base in sketch.split or column.base not in SPLITTABLE):
            row[column.name] = figure(column, random) if random.random() < 0.85 else None
    if sketch.small_classes:
        for name, lower, _ in CLASS_SIZE_BANDS:
            if lower > 30:
                row[name] = 0
    row |= dict.fromkeys(sketch.blank)
    row |= dict(zip(FLAGS, sketch.flags, strict=True))
    row |= {f"students_{stage}": count for stage, count in zip(Stage, sketch.pupils, strict=True)}
    return row | {
        "county_code": county, "school_code": f"{number:010}", "campus": campus, "school_name": f"第{number}学校",
        "school_type": sketch.type, "sponsor": sketch.sponsor, "urban_rural": sketch.urban_rural, "founded_year": sketch.founded,
    }  # fmt: skip


def figure(column: Column, random: Random) -> int | float:
    """A plausible figure, often 0; money and areas with two decimals."""
    if random.random() < 0.1:
        return 0
    if column.kind is Kind.AMOUNT:
        return round(random.uniform(0, 9_000_000 if column.unit.dimension == "yuan" else 20_000), 2)
    if column.name.startswith(("classes_", "music_rooms", "art_rooms")):
        return random.randint(0, 4)
    return random.randint(0, 200)


@st.composite
def county_rows(draw: st.DrawFn, code: str) -> Row:
    random = Random(draw(SEEDS))
    row: Row = {column.name: None for column in COUNTY.columns}
    for column in COUNTY.columns:
        if column.kind is Kind.FLAG:
            row[column.name] = random.random() < 0.3
        elif column.kind is Kind.LEVEL:
            row[column.name] = random.randint(1, 4)
        elif column.kind is Kind.FRACTION:
            row[column.name] = round(random.uniform(0, 0.3), 4)
        elif column.kind in (Kind.COUNT, Kind.AMOUNT):
            row[column.name] = figure(column, random)
    row |= dict.fromkeys(draw(st.frozensets(st.sampled_from(COUNTY_FIGURES), max_size=8)))
    return row | {"county_code": code, "county_name": f"{code}县", "school_year": 2025}


class GeneratedFacts(Facts):
    """Facts that print in a few lines; a failure names the row and figure itself."""

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        printer.text(repr(self))  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        told = ("county_code", "school_type", "students_primary", "students_junior", "students_senior")
        return repr([{name: row[name] for name in told} for row in self.school])


@st.composite
def counties(draw: st.DrawFn, max_counties: int = 2, max_schools: int = 5) -> Facts:
    """A few counties, their rows in any order; a county's own form may be missing, a school may have two campuses."""
    facts = GeneratedFacts(2025)
    for code in ("210102", "210203", "211302")[: draw(st.integers(1, max_counties))]:
        for number, sketch in enumerate(draw(st.lists(sketches(), min_size=1, max_size=max_schools)), start=1):
            facts.school.append(school_row(sketch, code, number))
        if draw(st.booleans()):
            facts.school.append(school_row(draw(sketches()), code, 1, "东校区"))
        if draw(st.integers(0, 4)):
            facts.county.append(draw(county_rows(code)))
    return facts


def sample_counties(seed: int, schools: int) -> Facts:
    """Two counties of many schools, the same for the same seed: for engines too slow to start anew for every example."""
    random = Random(seed)
    facts = GeneratedFacts(2025)
    for number in range(schools):
        sketch = Sketch(
            type=random.choice(COMPULSORY_TYPES),
            pupils=tuple(random.choice((None, 0, random.randint(1, 99), random.randint(1, 3000))) for _ in Stage),
            flags=tuple(random.choice((False, True, None)) for _ in FLAGS),
            sponsor=random.choice(("7", "10", None)),
            urban_rural=random.choice(("111", "121", "220", None)),
            founded=random.choice((2000, 2016, 2020, None)),
            split=frozenset(random.sample(SPLITTABLE, 3)),
            blank=frozenset(random.sample(FIGURES, 3)),
            small_classes=random.random() < 0.5,
            seed=number,
        )  # fmt: skip
        facts.school.append(school_row(sketch, ("210102", "210203")[number % 2], number))
    facts.county = [
        {column.name: None for column in COUNTY.columns} | {"county_code": "210203", "rotated_teachers": 3, "rotation_eligible": 20}
    ]
    return facts


assert {column.name for column in SCHOOL.columns if column.split is Split.OPTIONAL} == set(SPLITTABLE)
