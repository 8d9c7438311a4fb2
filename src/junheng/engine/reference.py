"""The oracle: every indicator in plain Python and fractions, written from the rules and not from the declarations.

Slow and readable on purpose. Imported by tests alone; every engine must agree with it on generated data.
Where it and an engine differ, the rules (教督〔2017〕6号 and its forms) decide, not either of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from junheng.common.codes import PRIVATE_SPONSOR, STAGES_OF_SCHOOL_TYPE, TOWN_CODES, URBAN_CODES
from junheng.common.stages import Stage
from junheng.intake.model import Facts, Row
from junheng.policy.in_force import ANY, Condition, ExceptionRule, Exclusion, Limit, PolicyInForce
from junheng.tables.county import MONITORED_SUBJECTS, VETO_ITEMS
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS

Truth = bool | None
"""True, False, or None = it cannot be told from what was reported."""
P, J, S = Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR


class Span(NamedTuple):
    """All values a figure can take. None = unbounded on that side."""

    lo: Fraction | None
    hi: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        return self.lo if self.lo == self.hi else None

    def plus(self, other: Span) -> Span:
        return Span(None if self.lo is None or other.lo is None else self.lo + other.lo,
                    None if self.hi is None or other.hi is None else self.hi + other.hi)  # fmt: skip

    def minus(self, other: Span) -> Span:
        return self.plus(Span(None if other.hi is None else -other.hi, None if other.lo is None else -other.lo))

    def times(self, factor: Fraction) -> Span:
        """factor ≥ 0."""
        if factor == 0:
            return NOTHING
        return Span(None if self.lo is None else self.lo * factor, None if self.hi is None else self.hi * factor)

    def hull(self, other: Span) -> Span:
        return Span(None if self.lo is None or other.lo is None else min(self.lo, other.lo),
                    None if self.hi is None or other.hi is None else max(self.hi, other.hi))  # fmt: skip


NOTHING = Span(Fraction(0), Fraction(0))
ANYTHING = Span(Fraction(0), None)
ONE = Span(Fraction(1), Fraction(1))
HUNDRED = Fraction(100)

Ratio = dict[str, object]
"""{"num": Span, "den": Span, "member": Truth}"""


def measure_reference(facts: Facts, policy_for: Callable[[str], PolicyInForce]) -> dict[str, dict[tuple[str, ...], dict[str, object]]]:
    """Everything, by grain and key.

    "school_stage", "school", "county": key → {students: Fraction | None, included: Truth, exclusion, exceptions,
    indicators: id → Ratio}. "balance": (county, stage) → {n, students, indicators: id → {mean, cv_squared, sd, cv, …}}.
    """
    counties = {str(row["county_code"]): row for row in facts.county}
    schools = [School(row, counties.get(str(row["county_code"])), policy_for(str(row["county_code"]))) for row in facts.school]
    stage_rows: dict[tuple[str, ...], dict[str, object]] = {}
    school_rows: dict[tuple[str, ...], dict[str, object]] = {}
    for school in schools:
        if school.stages:
            school_rows[school.key] = school.school_row()
        for stage in school.stages:
            stage_rows[(*school.key, stage.value)] = school.stage_row(stage)
    county_rows: dict[tuple[str, ...], dict[str, object]] = {
        (code,): {"indicators": county_indicators(row)} for code, row in counties.items()
    }
    return {"school_stage": stage_rows, "school": school_rows, "county": county_rows,
            "balance": balances(stage_rows, policy_for)}  # fmt: skip


def number(value: object) -> Fraction | None:
    """The number as it was written: a float stands for its shortest decimal."""
    if value is None:
        return None
    return Fraction(Decimal(repr(value)) if isinstance(value, float) else str(value))


def span(value: object) -> Span:
    """A reported number is itself; a missing one may be anything from 0."""
    got = number(value)
    return ANYTHING if got is None else Span(got, got)


def total(spans: Iterable[Span]) -> Span:
    out = NOTHING
    for each in spans:
        out = out.plus(each)
    return out


def all_of(parts: Iterable[Truth]) -> Truth:
    """Three-valued "and"."""
    values = list(parts)
    if False in values:
        return False
    return None if None in values else True


def ratio(num: Span, den: Span, member: Truth = True) -> Ratio:
    return {"num": num, "den": den, "member": member}


class School:
    """One row of the school table under one policy."""

    def __init__(self, row: Row, county: Row | None, policy: PolicyInForce) -> None:
        self.row, self.county, self.policy = row, county, policy
        self.key = (str(row["county_code"] or ""), str(row["school_code"] or ""), str(row["campus"] or ""))
        self.type = row["school_type"]
        self.own_stages = tuple(Stage) if self.type is None else STAGES_OF_SCHOOL_TYPE[str(self.type)]
        if self.type in ("371", "511", "512", "513", "514") and any(row[f"students_{stage}"] for stage in (P, J)):
            self.own_stages = tuple(stage for stage in (P, J) if row[f"students_{stage}"])
        self.pupils = {stage: self.pupils_of(stage) for stage in Stage}
        self.stages = [stage for stage in (P, J) if self.pupils[stage] is None or self.pupils[stage] != 0]
        self.exceptions = {rule.id: self.applies(rule) for rule in policy.exceptions}

    def pupils_of(self, stage: Stage) -> Fraction | None:
        """Effective pupils: a blank for a stage the school's type does not have means none. An unknown type has any."""
        reported = number(self.row[f"students_{stage}"])
        return Fraction(0) if reported is None and stage not in self.own_stages else reported

    @property
    def all_pupils(self) -> Fraction | None:
        counts = [count for count in self.pupils.values() if count is not None]
        return sum(counts, Fraction(0)) if len(counts) == len(self.pupils) else None

    def fewer_pupils_than(self, bound: Fraction) -> Truth:
        """Those already reported may be too many, whatever is missing."""
        if sum((count for count in self.pupils.values() if count is not None), Fraction(0)) >= bound:
            return False
        return None if self.all_pupils is None else True

    def policy_number(self, limit: str) -> Fraction:
        return Fraction(self.policy.limits[limit].at(ANY).value)

    # ---- who counts ---------------------------------------------------------------------------------------------

    def excluded_by(self, rule: Exclusion) -> Truth:
        parts: list[Truth] = []
        if rule.school_types:
            parts.append(None if self.type is None else self.type in rule.school_types)
        if rule.sponsors:
            parts.append(None if self.row["sponsor"] is None else self.row["sponsor"] in rule.sponsors)
        if rule.pupils_below is not None:
            parts.append(self.fewer_pupils_than(Fraction(rule.pupils_below)))
        return all_of(parts)

    def inclusion(self) -> tuple[Truth, str]:
        answers = [(self.excluded_by(rule), rule.reason) for rule in self.policy.exclusions]
        for answer, reason in answers:
            if answer:
                return False, reason
        return (None if any(answer is None for answer, _ in answers) else True), ""

    @property
    def form(self) -> str:
        """primary, junior, nine_year or twelve_year; a campus with one compulsory stage has the form of its stage."""
        if len(self.stages) == 1:
            return self.stages[0].value
        return {"312": "nine_year", "345": "twelve_year"}.get(str(self.type), self.own_form)

    @property
    def own_form(self) -> str:
        compulsory = [stage for stage in self.own_stages if stage is not S]
        return "nine_year" if len(compulsory) != 1 else compulsory[0].value

    # ---- exceptions ---------------------------------------------------------------------------------------------

    def applies(self, rule: ExceptionRule) -> Truth:
        as_of = self.policy.as_of
        in_time = (rule.start is None or rule.start <= as_of) and (rule.end is None or as_of <= rule.end)
        parts: list[Truth] = [in_time]
        if rule.flag:
            flag = self.row[rule.flag]
            parts.append(None if flag is None else bool(flag))
        for condition in rule.conditions:
            holds = self.holds(condition)
            parts.append(True if holds is None and rule.flag else holds)
        return all_of(parts)

    def holds(self, condition: Condition) -> Truth:
        value = self.quantity(condition.quantity)
        if value is None:
            return None
        if condition.one_of:
            return value in condition.one_of
        assert isinstance(value, Fraction)
        bounds = ((condition.at_least, value.__ge__), (condition.at_most, value.__le__),
                  (condition.below, value.__lt__), (condition.above, value.__gt__))  # fmt: skip
        return all(holds(Fraction(bound)) for bound, holds in bounds if bound is not None)

    def quantity(self, name: str) -> Fraction | str | None:
        if name == "total_pupils":
            return self.all_pupils
        if name == "founded_year":
            return number(self.row["founded_year"])
        if name == "urban_rural":
            return None if self.row["urban_rural"] is None else str(self.row["urban_rural"])
        if name == "largest_class_at_least":
            return self.largest_class_at_least()
        if name == "migrant_share":
            migrants = self.whole("migrant_pupils").exact
            return migrants / self.all_pupils if migrants is not None and self.all_pupils else None
        raise AssertionError(name)

    def largest_class_at_least(self) -> Fraction | None:
        """The lower end of the largest band known to be in use; None when no band is."""
        in_use = [lower for name, lower, _ in CLASS_SIZE_BANDS
                  if any((number(self.row[column]) or 0) > 0 for column in (name, *(f"{name}_{stage}" for stage in Stage)))]  # fmt: skip
        return Fraction(max(in_use)) if in_use else None

    # ---- figures of a stage -------------------------------------------------------------------------------------

    def has_split(self, column: str) -> bool:
        return any(self.row.get(f"{column}_{stage}") is not None for stage in Stage)

    def weight(self, stage: Stage) -> Fraction | None:
        """The share of whole-school things that falls to a stage; None = somewhere in (0, 1]."""
        others = [self.pupils[other] for other in Stage if other is not stage]
        if all(count == 0 for count in others):
            return Fraction(1)
        if None in self.pupils.values():
            return None
        limit = self.policy.limits["split_weight"]
        parts = {each: Fraction(limit.at(each).value) * (self.pupils[each] or 0) for each in Stage}
        return parts[stage] / sum(parts.values(), Fraction(0))

    def of_stage(self, column: str, stage: Stage, *, blank_is_zero: bool = False) -> Span:
        """A stage's own line where stages are reported apart, else its share of the whole school's.

        A share that is not known may differ from column to column: bounds are of each column by itself.
        """
        split = self.has_split(column)
        value = self.row[f"{column}_{stage}"] if split else self.row[column]
        got = NOTHING if value is None and blank_is_zero else span(value)
        if split:
            return got
        weight = self.weight(stage)
        return got.hull(NOTHING) if weight is None else got.times(weight)

    def with_claims(self, certain: Span, claimed: Span, indicator: str) -> Span:
        """The optional terms an exception lets a school add; both cases where the exception is in doubt."""
        states = [self.exceptions[rule.id] for rule in self.policy.exceptions if indicator in rule.extends]
        if True in states:
            return certain.plus(claimed)
        return certain.hull(certain.plus(claimed)) if None in states else certain

    def stage_row(self, stage: Stage) -> dict[str, object]:
        included, exclusion = self.inclusion()
        return {"students": self.pupils[stage], "included": included, "exclusion": exclusion, "school_form": self.form,
                "exceptions": self.exceptions, "indicators": self.stage_indicators(stage)}  # fmt: skip

    def stage_indicators(self, stage: Stage) -> dict[str, Ratio]:
        def sum_of(*columns: str) -> Span:
            return total(self.of_stage(column, stage) for column in columns)

        def claims(*columns: str) -> Span:
            return total(self.of_stage(column, stage, blank_is_zero=True) for column in columns)

        pupils = span(self.pupils[stage])
        degrees = ["bachelor", "master", "doctor"] + (["junior_college"] if stage is P else [])
        higher_degree = total(span(self.row[f"{degree}_teachers_{stage}"]) for degree in degrees)
        pe_art = self.with_claims(sum_of("pe_teachers", "music_teachers", "fine_art_teachers", "art_teachers"),
                                  claims(*(f"visiting_{each}_teachers" for each in ("pe", "music", "fine_art", "art"))),
                                  "pe_art_teachers_per100")  # fmt: skip
        sport = self.with_claims(sum_of("gym_area_m2", "sport_field_area_m2"),
                                 claims("leased_sport_area_m2", "other_sport_area_m2"), "sport_area_per_pupil")  # fmt: skip
        teaching = self.of_stage("teach_aux_area_m2", stage).minus(self.of_stage("indoor_pe_area_m2", stage))
        sponsor, urban, boarding = self.row["sponsor"], self.row["urban_rural"], self.row["is_boarding"]
        nearby = all_of((None if urban is None else urban in (*URBAN_CODES, *TOWN_CODES),
                         None if sponsor is None else sponsor != PRIVATE_SPONSOR,
                         None if boarding is None else not boarding))  # fmt: skip
        return {
            "higher_degree_teachers_per100": ratio(higher_degree.times(HUNDRED), pupils),
            "backbone_teachers_per100": ratio(sum_of("backbone_teachers").times(HUNDRED), pupils),
            "pe_art_teachers_per100": ratio(pe_art.times(HUNDRED), pupils),
            "teach_area_per_pupil": ratio(teaching, pupils),
            "sport_area_per_pupil": ratio(sport, pupils),
            "equipment_value_per_pupil": ratio(sum_of("equipment_value_yuan"), pupils),
            "multimedia_rooms_per100": ratio(sum_of("multimedia_rooms").times(HUNDRED), pupils),
            "computers_per100": ratio(sum_of("computers").times(HUNDRED), pupils),
            "books_per_pupil": ratio(sum_of("books"), pupils),
            "teachers_per_pupil": ratio(sum_of("full_time_teachers"), pupils),
            "higher_degree_teachers_per_pupil": ratio(higher_degree, pupils),
            "middle_title_teachers_per_pupil": ratio(
                sum_of("middle_title_teachers", "senior_title_teachers", "full_senior_title_teachers"), pupils),
            "nearby_enrolment": ratio(span(self.row[f"catchment_pupils_{stage}"]), pupils, nearby),
        }  # fmt: skip

    # ---- figures of a school ------------------------------------------------------------------------------------

    def school_row(self) -> dict[str, object]:
        included, exclusion = self.inclusion()
        return {"students": self.compulsory_pupils().exact, "included": included, "exclusion": exclusion,
                "school_form": self.form, "exceptions": self.exceptions, "indicators": self.school_indicators()}  # fmt: skip

    def school_indicators(self) -> dict[str, Ratio]:
        def figure(column: str) -> Span:
            return span(self.row[column])

        teachers = self.whole("full_time_teachers")
        graduates, first_year = figure("graduates"), figure("grade7_pupils_3_years_ago")
        came, left, died = figure("transfers_in_3_years"), figure("transfers_out_3_years"), figure("deaths_3_years")
        has_junior = None if self.pupils[J] is None else self.pupils[J] != 0
        out = {
            "school_size": ratio(self.compulsory_pupils(), ONE),
            "training_hours": ratio(figure("trained_360h_teachers"), teachers),
            "teacher_certificates": ratio(figure("certified_teachers"), teachers),
            "training_budget_share": ratio(figure("training_budget_yuan"), figure("running_budget_yuan")),
            "retention": ratio(graduates.minus(came).plus(left), first_year.minus(died), has_junior),
            "retention_b": ratio(graduates, first_year.plus(came).minus(died).minus(left), has_junior),
        }  # fmt: skip
        # What a policy sets no number for cannot be measured under it.
        if "class_size" in self.policy.limits:
            out["oversize_classes"] = ratio(self.oversize_classes(), ONE)
        if "small_school_floor_pupils" in self.policy.limits:
            few = self.fewer_pupils_than(self.policy_number("small_school_floor_pupils"))
            out["small_school_funding"] = ratio(figure("running_budget_yuan"), self.funding_floor(), few)
        for kind, bands in (("music", MUSIC_ROOM_BANDS), ("art", ART_ROOM_BANDS)):
            if {f"{kind}_room_area_m2", "classes_per_special_room"} <= set(self.policy.limits):
                out[f"{kind}_rooms"] = ratio(self.rooms(f"{kind}_rooms", f"{kind}_room_area_m2", bands), self.rooms_needed())
        return out

    def compulsory_pupils(self) -> Span:
        return total(span(self.pupils[stage]) for stage in (P, J))

    def whole(self, column: str) -> Span:
        """The whole school's figure; where only stage lines were reported, their sum over the stages it has."""
        if self.row[column] is not None or not self.has_split(column):
            return span(self.row[column])
        return total(self.line(column, stage) for stage in Stage)

    def line(self, column: str, stage: Stage) -> Span:
        """A stage's own line; a blank one is 0 where the school has no such stage."""
        value = self.row[f"{column}_{stage}"]
        return NOTHING if value is None and self.pupils[stage] == 0 else span(value)

    def rooms_needed(self) -> Span:
        classes = self.compulsory_classes()
        per_room = self.policy_number("classes_per_special_room")
        lo, hi = (None if end is None else Fraction(math.ceil(end / per_room)) for end in classes)
        return Span(lo, hi)

    def compulsory_classes(self) -> Span:
        if self.has_split("classes"):
            return total(self.line("classes", stage) for stage in (P, J))
        whole = span(self.row["classes"])
        if self.pupils[S] == 0 or whole.exact is None:
            return whole
        return Span(min(Fraction(1), whole.exact), whole.exact)

    def area_needed(self, limit: str) -> tuple[Fraction, Fraction]:
        """(the area in ㎡ from which a room certainly counts, the one from which it may), over stages and exceptions."""
        replacing = [rule for rule in self.policy.exceptions if limit in rule.replaces and self.exceptions[rule.id] is not False]
        certain = [rule for rule in replacing if self.exceptions[rule.id]]

        def by_stage(one: Limit) -> list[Fraction]:
            return [Fraction(one.at(stage).value) for stage in self.stages]

        base = by_stage(self.policy.limits[limit])
        # A claimed exception only ever lowers what is asked; of several that apply, the mildest counts.
        sure = min([max(base), *(max(by_stage(rule.replaces[limit])) for rule in certain)])
        possible = min([min(base), *(min(by_stage(rule.replaces[limit])) for rule in replacing)])
        return sure, possible

    def rooms(self, column: str, limit: str, bands: tuple[tuple[str, int], ...]) -> Span:
        """Rooms large enough. Rooms in no band are smaller than the smallest band."""
        strict, mild = self.area_needed(limit)
        uppers = [None, *(lower for _, lower in bands[:-1])]
        sure, possible = Fraction(0), Fraction(0)
        unknown_may_count = mild < bands[-1][1]
        for (name, lower), upper in zip(bands, uppers, strict=True):
            count, may_count = number(self.row[name]), upper is None or upper > mild
            if count is None:
                unknown_may_count = unknown_may_count or may_count
                continue
            sure += count if lower >= strict else 0
            possible += count if may_count else 0
        if not unknown_may_count:
            return Span(sure, possible)
        whole = number(self.row[column])
        if whole is None:
            return Span(sure, None)
        known = sum((number(self.row[name]) or Fraction(0) for name, _ in bands), Fraction(0))
        return Span(sure, possible + max(Fraction(0), whole - known))

    def oversize_classes(self) -> Span:
        limits = {stage: Fraction(self.policy.limits["class_size"].at(stage).value) for stage in self.stages}
        out = NOTHING
        for name, lower, upper in CLASS_SIZE_BANDS:
            over = {stage: lower > limit for stage, limit in limits.items()}
            may = {stage: upper is None or upper > limit for stage, limit in limits.items()}
            if self.has_split(name):
                for stage in self.stages:
                    out = out.plus(count_over(self.line(name, stage), over[stage], may[stage]))
            else:
                out = out.plus(count_over(span(self.row[name]), all(over.values()) and self.pupils[S] == 0, any(may.values())))
        return out

    def funding_floor(self) -> Span:
        """The least running budget: 100 pupils at the quota, weighted by the pupils of each stage."""
        least = self.policy_number("small_school_floor_pupils")
        quotas = {stage: span(self.county[f"{stage}_quota_yuan"] if self.county else None) for stage in self.stages}
        counts = {stage: self.pupils[stage] for stage in self.stages}
        if len(quotas) > 1 and None in counts.values():
            weights = [dict(zip(quotas, corner, strict=True)) for corner in ((1, 0), (0, 1))]
            ends = [total(quotas[stage].times(Fraction(w[stage])) for stage in quotas) for w in weights]
            return ends[0].hull(ends[1]).times(least)
        all_counts = sum((count or Fraction(0) for count in counts.values()), Fraction(0))
        shares = {stage: Fraction(1) if len(quotas) == 1 else (counts[stage] or 0) / all_counts for stage in quotas}
        return total(quotas[stage].times(shares[stage]) for stage in quotas).times(least)


def count_over(count: Span, over: bool, may: bool) -> Span:
    if over:
        return count
    return Span(Fraction(0), count.hi) if may else NOTHING


def county_indicators(row: Mapping[str, object]) -> dict[str, Ratio]:
    def share(num: str | tuple[str, ...], den: str) -> Ratio:
        parts = (num,) if isinstance(num, str) else num
        return ratio(total(span(row[part]) for part in parts), span(row[den]))

    def alone(column: str) -> Ratio:
        return ratio(span(row[column]), ONE)

    def flag(column: str) -> Ratio:
        value = row[column]
        return ratio(Span(Fraction(0), Fraction(1)) if value is None else span(int(bool(value))), ONE)

    out = {
        "primary_quota": alone("primary_quota_yuan"),
        "junior_quota": alone("junior_quota_yuan"),
        "special_education_funding": share("special_school_funds_yuan", "special_school_pupils"),
        "inclusive_education_funding": share("inclusive_funds_yuan", "inclusive_pupils"),
        "teacher_pay": share("teacher_pay_yuan", "civil_servant_pay_yuan"),
        "rotation_share": share("rotated_teachers", "rotation_eligible"),
        "rotation_backbone_share": share("rotated_backbone_teachers", "rotated_teachers"),
        "senior_high_share": share("senior_high_allocated", "senior_high_places"),
        "migrant_share": share(("migrant_in_public", "migrant_in_purchased"), "migrant_eligible"),
        "disabled_share": share("disabled_enrolled", "disabled_children"),
        "questionnaire_satisfaction": share("questionnaires_satisfied", "questionnaires_valid"),
        "interview_satisfaction": share("interviews_satisfied", "interviews"),
    }
    for subject, _ in MONITORED_SUBJECTS:
        out[f"level_{subject}"] = alone(f"level_{subject}")
        out[f"difference_{subject}"] = alone(f"difference_{subject}")
    return out | {name: flag(name) for name, _, _ in VETO_ITEMS}


# ---- balance ------------------------------------------------------------------------------------------------------

Pair = tuple[Fraction, Fraction]
"""(numerator, pupils) of one school."""


def spread(pairs: list[Pair]) -> dict[str, Fraction | float | None]:
    """学生数加权、总体标准差 of known schools; nulls where there are none, cv null where the mean is 0."""
    pupils = sum((p for _, p in pairs), Fraction(0))
    if not pupils:
        return {"mean": None, "sd": None, "cv": None, "cv_squared": None}
    mean = sum((x for x, _ in pairs), Fraction(0)) / pupils
    variance = sum((p / pupils * (x / p - mean) ** 2 for x, p in pairs), Fraction(0))
    squared = variance / mean**2 if mean else None
    return {"mean": mean, "sd": math.sqrt(variance), "cv_squared": squared,
            "cv": None if squared is None else math.sqrt(squared)}  # fmt: skip


def balances(stage_rows: Mapping[tuple[str, ...], Mapping[str, object]],
             policy_for: Callable[[str], PolicyInForce]) -> dict[tuple[str, ...], dict[str, object]]:  # fmt: skip
    out: dict[tuple[str, ...], dict[str, object]] = {}
    counted = {key: row for key, row in stage_rows.items() if row["included"] is not False}
    for county, stage in sorted({(key[0], key[3]) for key in counted}):
        rows = [row for key, row in counted.items() if (key[0], key[3]) == (county, stage)]
        sure = [row for row in rows if row["included"]]
        counts = [row["students"] for row in sure]
        out[(county, stage)] = {
            "n": len(sure),
            "students": None if None in counts else sum((number(count) or Fraction(0) for count in counts), Fraction(0)),
            "indicators": {each.indicator: balance(each.indicator, rows) for each in policy_for(county).resources},
        }
    return out


def balance(indicator: str, rows: list[Mapping[str, object]]) -> dict[str, object]:
    """rows: those included and those of which it cannot be told; one of the latter leaves the CV undecided."""
    pairs: list[Pair] = []
    missing, doubtful = 0, False
    for row in rows:
        figure = row["indicators"][indicator]  # type: ignore[index]
        num, den = figure["num"].exact, figure["den"].exact
        if row["included"] is None:
            doubtful = True
        elif num is None or not den:
            missing += 1
        else:
            pairs.append((num, den))
    known = spread(pairs)
    judged = known if not missing and not doubtful else dict.fromkeys(known)
    return {**judged, "known_mean": known["mean"], "known_cv": known["cv"], "n_missing": missing}


