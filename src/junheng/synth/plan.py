"""Which schools a county has: type, place, pupils by grade and class. Sizes follow the census, shapes are plausible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from junheng.common.numerals import numeral
from junheng.common.stages import Stage
from junheng.synth.census import CountyPopulation

GRADES = {Stage.PRIMARY: range(1, 7), Stage.JUNIOR: range(7, 10), Stage.SENIOR: range(10, 13)}


class Character(StrEnum):
    """What a county is like: even and well provided; uneven between schools; short of something; not all reported."""

    EVEN = "even"
    UNEVEN = "uneven"
    SHORT = "short"
    INCOMPLETE = "incomplete"


CHARACTER_SHARES = {Character.EVEN: 0.46, Character.UNEVEN: 0.24, Character.SHORT: 0.2, Character.INCOMPLETE: 0.1}


@dataclass(frozen=True)
class PlannedClass:
    stage: Stage
    grade: int
    size: int


@dataclass
class PlannedSchool:
    """A school before it reports anything. urban_rural: code of the list; private: 民办."""

    code: str
    name: str
    school_type: str
    urban_rural: str
    founded_year: int
    private: bool
    boarding: bool
    classes: list[PlannedClass] = field(default_factory=list)

    def pupils(self, stage: Stage) -> int:
        return sum(each.size for each in self.classes if each.stage is stage)

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in Stage if self.pupils(stage) > 0)


@dataclass(frozen=True)
class PlannedCounty:
    population: CountyPopulation
    character: Character
    schools: tuple[PlannedSchool, ...]


@dataclass(frozen=True)
class _Shape:
    """One kind of school: the stages' typical sizes and where it stands."""

    school_type: str
    title: str
    rural: bool
    sizes: dict[Stage, int]
    smallest: int
    largest: int


_P, _J, _S = Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR
_URBAN = (
    (_Shape("211", "小学", False, {_P: 900}, 150, 1900), 0.80),
    (_Shape("312", "九年一贯制学校", False, {_P: 620, _J: 420}, 200, 1150), 0.16),
    (_Shape("345", "十二年一贯制学校", False, {_P: 500, _J: 350, _S: 300}, 200, 800), 0.04),
    (_Shape("311", "初级中学", False, {_J: 850}, 180, 1900), 0.75),
    (_Shape("341", "完全中学", False, {_J: 450, _S: 600}, 200, 900), 0.10),
)
_RURAL = (
    (_Shape("211", "中心小学", True, {_P: 230}, 60, 700), 0.84),
    (_Shape("312", "九年一贯制学校", True, {_P: 170, _J: 110}, 60, 450), 0.16),
    (_Shape("311", "初级中学", True, {_J: 340}, 90, 900), 0.85),
)
_TEACHING_POINT = _Shape("218", "教学点", True, {_P: 45}, 12, 95)

_PLACES = ("青山", "河东", "河西", "向阳", "红旗", "光明", "东风", "新华", "胜利", "民主", "和顺", "长安", "临江", "望海",
           "双塔", "石桥", "柳河", "松林", "白云", "金星", "高台", "平安", "兴业", "永宁", "大屯", "小岭", "三合", "五里")  # fmt: skip


def plan_province(chosen: tuple[CountyPopulation, ...], seed: int, scale: float = 1.0) -> list[PlannedCounty]:
    """One planned county per chosen one. scale multiplies the pupils; the same seed gives the same province."""
    rng = np.random.default_rng(seed)
    characters = rng.permutation(_spread_characters(len(chosen)))
    counter = iter(range(900_001, 1_000_000))
    return [
        PlannedCounty(population, Character(character), tuple(_plan_county(population, Character(character), rng, counter, scale)))
        for population, character in zip(chosen, characters, strict=True)
    ]


def _spread_characters(count: int) -> list[str]:
    """Characters in fixed shares, so that every province of some size has each kind."""
    out: list[str] = []
    for character, share in CHARACTER_SHARES.items():
        out += [character.value] * round(share * count)
    return (out + [Character.EVEN.value] * count)[:count]


def _plan_county(
    population: CountyPopulation, character: Character, rng: np.random.Generator, counter: Iterator[int], scale: float
) -> list[PlannedSchool]:
    schools: list[PlannedSchool] = []
    names: dict[str, int] = {}
    for shapes, share in ((_URBAN, population.urban_share), (_RURAL, 1 - population.urban_share)):
        pupils = {_P: population.primary_age * share * scale, _J: population.junior_age * share * scale}
        for shape, part in shapes:
            stage = next(iter(shape.sizes))
            rest = pupils[stage] * part
            while rest > shape.smallest:
                school = _plan_school(shape, character, rng, next(counter), names)
                schools.append(school)
                rest -= school.pupils(stage)
                for other in tuple(shape.sizes)[1:]:
                    if other in pupils:
                        pupils[other] -= school.pupils(other)
    for _ in range(int(population.rural_population * scale) // 25_000):
        schools.append(_plan_school(_TEACHING_POINT, character, rng, next(counter), names))
    return schools


def _plan_school(shape: _Shape, character: Character, rng: np.random.Generator, number: int, names: dict[str, int]) -> PlannedSchool:
    place = str(rng.choice(_PLACES))
    title = f"{place}{'镇' if shape.rural and shape.school_type != '218' else ''}{shape.title}"
    names[title] = names.get(title, 0) + 1
    name = f"仿真{place}第{numeral(names[title])}{shape.title}" if names[title] > 1 else f"仿真{title}"
    prefix = {"211": "21", "218": "21", "312": "31", "311": "31", "341": "34", "345": "34"}[shape.school_type]
    urban_rural = str(rng.choice(("210", "220", "121") if shape.rural else ("111", "112", "121"), p=(0.35, 0.45, 0.2) if shape.rural else (0.6, 0.2, 0.2)))
    if shape.school_type == "218":
        urban_rural = "220"
    school = PlannedSchool(
        code=f"{prefix}21{number}", name=name, school_type=shape.school_type, urban_rural=urban_rural,
        founded_year=int(rng.choice((1956, 1972, 1985, 1998, 2006, 2012, 2017, 2021))),
        private=not shape.rural and bool(rng.random() < 0.04), boarding=shape.rural and bool(rng.random() < 0.3),
    )  # fmt: skip
    for stage, typical in shape.sizes.items():
        size = int(np.clip(typical * rng.lognormal(0, 0.45), shape.smallest, shape.largest))
        school.classes += _classes(stage, size, character, rng)
    return school


def _classes(stage: Stage, pupils: int, character: Character, rng: np.random.Generator) -> list[PlannedClass]:
    """Pupils spread over the stage's grades, and each grade over classes of nearly equal size."""
    grades = GRADES[stage]
    shares = rng.dirichlet([60] * len(grades))
    in_grade = np.maximum(1, np.round(shares * pupils)).astype(int)
    largest = {Stage.PRIMARY: 44, Stage.JUNIOR: 48, Stage.SENIOR: 50}[stage]
    if character is Character.SHORT and pupils > 600 and rng.random() < 0.15:
        largest += 12
    out: list[PlannedClass] = []
    for grade, count in zip(grades, in_grade, strict=True):
        classes = -(-int(count) // largest)
        base, more = divmod(int(count), classes)
        out += [PlannedClass(stage, grade, base + (index < more)) for index in range(classes)]
    return out
