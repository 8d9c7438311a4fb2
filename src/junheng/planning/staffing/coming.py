"""逐年师资: posts, subjects and retirements of every coming year, under the forecast of pupils and both ends of its interval.

Data       N_jst pupils of the forecast, by school j, stage s, year t; N_js0, k_js0 pupils and classes now; b_s most pupils a
           class should have; g_js grades the school has of the stage now; R_t teachers who retire until year t
Classes    K_jst = max(g_js, ⌈N_jst/b_s⌉, k_js0 + ⌈N_jst/b_s⌉ − ⌈N_js0/b_s⌉),  0 where N_jst = 0                        (1)
           a school keeps the room its classes have now, and opens and closes as many as the standard would
           by grade in proportion to today's, whole, by largest remainders, each at least one                          (2)
Posts      (1)–(4) of `posts` with N_jst, K_jst; the quota as it is                                                    (3)
Subjects   (1)–(4) of `subjects` with (2); teachers: those of now without R_t, nobody hired                            (4)
Without a forecast pupils and classes stay, and only retirements change the balance. At the ends of the interval every school
is at its own end at once, which is wider than the county's interval. What is not known now is not known later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.planning.forecast.pupil_table import CASES, PupilsAhead
from junheng.planning.parameters import Parameters
from junheng.planning.staffing.posts import PostPlan, StaffRow, plan_posts, share_out
from junheng.planning.staffing.retirement import Leaving, leaving
from junheng.planning.staffing.subjects import (
    LAST_PRIMARY,
    Need,
    SchoolClasses,
    county_needs,
    plan_subjects,
    subject_of,
)
from junheng.planning.staffing.tables import TeacherLine


@dataclass(frozen=True)
class Now:
    """What the county handed in of the year it plans from."""

    posts: Sequence[StaffRow]
    classes: Sequence[SchoolClasses]
    teachers: Sequence[TeacherLine]
    school_year: int


@dataclass(frozen=True)
class ComingYear:
    """One school year under one case. rows, posts: None where no posts were handed in or nothing was forecast; county, schools: needs
    of (4), empty where no classes were handed in."""

    posts: PostPlan | None
    county: Sequence[Need]
    schools: Sequence[Need]


@dataclass(frozen=True)
class Coming:
    """by: (school year, case) → what it needs; cases: "central" alone without a forecast. retiring: school year → subject id
    ("" = other or not told) → teachers who leave before it, counted from the year before. unknown: teachers whose
    retirement is not known. notes: Chinese."""

    years: Sequence[int]
    cases: Sequence[str]
    by: Mapping[tuple[int, str], ComingYear]
    retiring: Mapping[int, Mapping[str, int]]
    unknown: int
    notes: tuple[str, ...]

    def retired(self, until: int) -> int:
        """How many leave until that school year begins."""
        return sum(sum(each.values()) for year, each in self.retiring.items() if year <= until)


def look_forward(now: Now, ahead: Sequence[PupilsAhead], years: int, parameters: Parameters) -> Coming:
    """ahead: the forecast of pupils, may be empty. Years the forecast does not reach are left out and named."""
    told = {each.school_year for each in ahead}
    wanted = list(range(now.school_year + 1, now.school_year + years + 1))
    kept = [year for year in wanted if year in told] if ahead else wanted
    cases = tuple(CASES) if ahead else ("central",)
    going = leaving(((each.born, each.sex) for each in now.teachers), now.school_year, years, parameters)
    by = {(year, case): _year(now, _pupils(ahead, year, case), _gone(now, going, year), parameters) for year in kept for case in cases}
    retiring = {year: dict(Counter(subject_of(now.teachers[at].subject) or "" for at in going.when[year])) for year in wanted}
    return Coming(kept, cases, by, retiring, going.unknown, tuple(_notes(now, ahead, wanted, kept)))


def _pupils(ahead: Sequence[PupilsAhead], year: int, case: str) -> Mapping[tuple[str, Stage], int] | None:
    """Of a school's campuses together; None without a forecast."""
    if not ahead:
        return None
    out: dict[tuple[str, Stage], int] = defaultdict(int)
    for each in ahead:
        if each.school_year == year:
            out[each.school_code, each.stage] += each.pupils[case]
    return out


def _gone(now: Now, going: Leaving, year: int) -> Counter[tuple[str, str]]:
    """(school, subject) → teachers who have left until the year begins."""
    return Counter((now.teachers[at].school, subject_of(now.teachers[at].subject) or "") for until, who in going.when.items() if until <= year for at in who)


def _year(now: Now, pupils: Mapping[tuple[str, Stage], int] | None, gone: Counter[tuple[str, str]], parameters: Parameters) -> ComingYear:
    rows, classes = list(now.posts), list(now.classes)
    if pupils is not None:
        grades = {each.school: each.classes for each in classes}
        rows = [_row(each, pupils.get((each.school, each.stage)), grades.get(each.school, {}), parameters) for each in rows]
        before, after = ({(each.school, each.stage): each for each in table} for table in (now.posts, rows))
        classes = [_school(each, before, after) for each in classes]
    posts = plan_posts(rows, parameters) if rows and pupils is not None else None
    taught = [(each.school, each.subject) for each in now.teachers]
    needs = [
        each if each.have is None else replace(each, have=each.have - gone[each.school, each.subject])
        for each in (plan_subjects(classes, taught, parameters).schools if classes else ())
    ]  # fmt: skip
    return ComingYear(posts, county_needs(needs) if needs else [], needs)


def _row(row: StaffRow, pupils: int | None, grades: Mapping[int, int | None], parameters: Parameters) -> StaffRow:
    """(1). A stage that is not in the forecast, or reported no pupils now, is open."""
    if pupils is None or row.pupils is None:
        return replace(row, pupils=None, classes=None)
    if row.classes is None:
        return replace(row, pupils=pupils)
    most = parameters.whole(f"class_size_{row.stage}")
    by_standard, now = -(-pupils // most), -(-row.pupils // most)
    have = sum(bool(grades.get(grade)) for grade in grades_of(row.stage))
    return replace(row, pupils=pupils, classes=max(have, by_standard, row.classes + by_standard - now) if pupils else 0)


def grades_of(stage: Stage) -> range:
    return range(1, LAST_PRIMARY + 1) if stage is Stage.PRIMARY else range(LAST_PRIMARY + 1, 10)


def _school(school: SchoolClasses, before: Mapping[tuple[str, Stage], StaffRow], after: Mapping[tuple[str, Stage], StaffRow]) -> SchoolClasses:
    """(2). The class table counts what is now; the change of (1) is spread over it."""
    out = dict(school.classes)
    for stage in COMPULSORY_STAGES:
        own = {grade: school.classes[grade] for grade in grades_of(stage) if grade in school.classes}
        now, later = before.get((school.school, stage)), after.get((school.school, stage))
        if not own:
            continue
        if now is None or later is None or now.classes is None or later.classes is None or None in own.values():
            out.update(dict.fromkeys(own))
            continue
        counts = {grade: count for grade, count in own.items() if count}
        total = max(len(counts), sum(counts.values()) + later.classes - now.classes) if later.pupils else 0
        out.update(zip(counts, _spread(list(counts.values()), total), strict=True))
    return SchoolClasses(school.school, school.name, out)


def _spread(now: Sequence[int], total: int) -> list[int]:
    """Whole classes in proportion to today's, each at least one, unless there are none."""
    if total == 0:
        return [0] * len(now)
    return [1 + more for more in share_out([Fraction(each) for each in now], total - len(now))]


def _notes(now: Now, ahead: Sequence[PupilsAhead], wanted: Sequence[int], kept: Sequence[int]) -> Iterator[str]:
    if not ahead:
        return
    if left := [str(year) for year in wanted if year not in kept]:
        yield f"学校预测表没有 {'、'.join(left)} 学年，这些年没有推算。"
    known = {(each.school_code, each.stage) for each in ahead}
    if without := [each.label for each in now.posts if (each.school, each.stage) not in known]:
        yield f"学校预测表里没有，今后的编制和学科待定：{_some(without)}。"
    listed = {each.school for each in now.posts}
    if extra := sorted({each.school_code for each in ahead} - listed):
        yield f"学校预测表里有、学校编制表里没有，没有计入：{_some(extra)}。"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:10]) + (f"等 {len(names)} 个" if len(names) > 10 else "")
