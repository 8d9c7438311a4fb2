"""学科教师: how many teachers of every subject the curriculum asks for, school by school, and how many there are.

Data       grades g = 1…9 with weekly periods w_g; subjects s with a share [ℓ_s, h_s] of the periods of nine years and the
           grades G_s that have it; k_jg classes of school j; v weekly periods a teacher of the stage gives; t_js teachers
Hours      W = Σ_g w_g. A class of grade g ∈ G_s has between ℓ_s W w_g/Σ_{G_s} w and h_s W w_g/Σ_{G_s} w periods of s a week:
           a subject that starts later has its nine-year share in fewer grades                                         (1)
Need       [n⁻_js, n⁺_js] = Σ_g k_jg · (1) / v, in full-time teachers, not rounded                                      (2)
Verdict    t < n⁻: short by n⁻ − t;  t > n⁺: t − n⁺ over;  else enough; nothing known of t or k: open                   (3)
County     sums over schools before comparing: schools may share (走教); whole teachers to find = ⌈n⁻ − t⌉              (4)
Source: 义务教育课程方案（2022 年版） as in rules.md §3 (待核): periods, shares; v is a county's own parameter.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil

from junheng.common.stages import Stage
from junheng.planning.parameters import Parameters

LAST_PRIMARY = 6
UNVERIFIED = "周课时和各科课时占比取自《义务教育课程方案（2022 年版）》，未与原文逐项核对，待核。"


@cache
def weekly_periods() -> Mapping[int, int]:
    """Weekly periods of all subjects together, by grade."""
    text = files("junheng.planning.staffing").joinpath("data/weekly_periods.csv").read_text(encoding="utf-8")
    return {int(line["grade"]): int(line["periods"]) for line in csv.DictReader(text.splitlines())}


@dataclass(frozen=True)
class Subject:
    """low, high: share of all periods of nine years. taught_as: what a teacher's subject may be called. named: 种子 names it
    as one to be strengthened (思政、体育、美育、劳动、科学、信息)."""

    id: str
    title: str
    low: float
    high: float
    grades: range
    taught_as: tuple[str, ...]
    named: bool

    def periods(self, grade: int) -> tuple[float, float]:
        """(1), for one class of a grade."""
        if grade not in self.grades:
            return 0.0, 0.0
        periods = weekly_periods()
        part = sum(periods.values()) * periods[grade] / sum(periods[each] for each in self.grades)
        return self.low * part, self.high * part


@cache
def curriculum() -> tuple[Subject, ...]:
    """The subjects of the nine years; their shares add up to less than one at the low and more than one at the high end."""
    text = files("junheng.planning.staffing").joinpath("data/curriculum.csv").read_text(encoding="utf-8")
    return tuple(
        Subject(line["id"], line["title"], float(line["low"]), float(line["high"]), range(int(line["first_grade"]), int(line["last_grade"]) + 1),
                tuple(line["taught_as"].split("、")), line["named"] == "是")
        for line in csv.DictReader(text.splitlines())
    )  # fmt: skip


def subject_of(taught: str) -> str | None:
    """The curriculum's subject for what a teacher teaches, "" for another one, None when it is not told."""
    if not taught:
        return None
    return next((subject.id for subject in curriculum() if taught in subject.taught_as), "")


@dataclass(frozen=True)
class SchoolClasses:
    """classes: by grade 1–9; a grade the school has not is left out; None = it has it and did not report."""

    school: str
    name: str
    classes: Mapping[int, int | None]


@dataclass(frozen=True)
class Need:
    """One subject at one school, or of the county (school ""). low, high: full-time teachers, None where classes are open.
    have: teachers, None when the school's teachers were not handed in. short, over: (3), None when open."""

    school: str
    subject: str
    low: float | None
    high: float | None
    have: int | None

    @property
    def short(self) -> float | None:
        return None if self.low is None or self.have is None else max(0.0, self.low - self.have)

    @property
    def over(self) -> float | None:
        return None if self.high is None or self.have is None else max(0.0, self.have - self.high)

    @property
    def to_find(self) -> int | None:
        """Whole teachers to find. A thousandth of a teacher is rounding."""
        return None if self.short is None else ceil(self.short - 1e-3)


@dataclass(frozen=True)
class SubjectPlan:
    """schools: every school and subject; county: by subject. untold: teachers whose subject is not told; other: of none of
    the curriculum's subjects."""

    schools: Sequence[Need]
    county: Sequence[Need]
    untold: int
    other: int
    notes: tuple[str, ...]


def plan_subjects(schools: Sequence[SchoolClasses], teachers: Iterable[tuple[str, str]], parameters: Parameters) -> SubjectPlan:
    """teachers: (school, subject as called) of every full-time teacher; a school without any has not handed in its list."""
    have: Counter[tuple[str, str]] = Counter()
    listed: set[str] = set()
    untold = other = 0
    for school, taught in teachers:
        listed.add(school)
        match subject_of(taught):
            case None:
                untold += 1
            case "":
                other += 1
            case subject:
                have[school, subject] += 1
    rows = [
        Need(school.school, subject.id, *_need(school, subject, parameters), have[school.school, subject.id] if school.school in listed else None)
        for school in schools for subject in curriculum()
    ]  # fmt: skip
    return SubjectPlan(rows, county_needs(rows), untold, other, tuple(_notes(schools, listed, untold, parameters)))


def _need(school: SchoolClasses, subject: Subject, parameters: Parameters) -> tuple[float | None, float | None]:
    low = high = 0.0
    for grade, classes in school.classes.items():
        periods = subject.periods(grade)
        if periods[1] and classes is None:
            return None, None
        stage = Stage.PRIMARY if grade <= LAST_PRIMARY else Stage.JUNIOR
        given = parameters.number(f"weekly_periods_{stage}")
        low += (classes or 0) * periods[0] / given
        high += (classes or 0) * periods[1] / given
    return low, high


def county_needs(rows: Sequence[Need]) -> list[Need]:
    """(4), by subject. rows: every school and subject."""
    return [_county(rows, subject) for subject in curriculum()]


def _county(rows: Sequence[Need], subject: Subject) -> Need:
    own = [each for each in rows if each.subject == subject.id]
    lows, highs, have = [each.low for each in own], [each.high for each in own], [each.have for each in own]
    return Need("", subject.id, _sum(lows), _sum(highs), None if None in have else sum(each or 0 for each in have))


def _sum(values: Sequence[float | None]) -> float | None:
    return None if None in values else sum(each or 0.0 for each in values)


def _notes(schools: Sequence[SchoolClasses], listed: set[str], untold: int, parameters: Parameters) -> Iterable[str]:
    yield UNVERIFIED
    if without := [each.name for each in schools if each.school not in listed]:
        yield f"没有教师名单的学校，余缺待定：{'、'.join(without[:10])}" + (f"等 {len(without)} 所" if len(without) > 10 else "") + "。"
    if untold:
        yield f"{untold} 名教师未填任教学科，没有计入任何学科；缺口可能因此偏大。"
    yield from parameters.notes(("weekly_periods_primary", "weekly_periods_junior"))
