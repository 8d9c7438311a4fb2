"""Planted defects: what is wrong on purpose, and what a good reader, check or judge must say about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from junheng.common.stages import Stage
from junheng.intake.model import Row


@dataclass(frozen=True)
class Planted:
    """One planted defect. school_code: "" for a county figure; expect: "finding:<rule>" or "<criterion or Lx>:<verdict>"."""

    kind: str
    county_code: str
    school_code: str
    field: str
    expect: str

    def to_dict(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict(self).items()}


def _blank_equipment(school: Row) -> tuple[str, str]:
    school["equipment_value_yuan"] = None
    return "equipment_value_yuan", "finding:W-not-reported"


def _yuan_written_as_ten_thousand(school: Row) -> tuple[str, str]:
    school["equipment_value_yuan"] = float(school["equipment_value_yuan"] or 0) * 10000  # type: ignore[arg-type]
    return "equipment_value_yuan", "finding:W-equipment-over-50000"


def _more_certified_than_teachers(school: Row) -> tuple[str, str]:
    school["certified_teachers"] = int(school["full_time_teachers"] or 0) + 2  # type: ignore[call-overload]
    return "certified_teachers", "finding:E-certified-exceed-teachers"


def _indoor_above_teaching_area(school: Row) -> tuple[str, str]:
    school["indoor_pe_area_m2"] = float(school["teach_aux_area_m2"] or 0) + 10  # type: ignore[arg-type]
    return "indoor_pe_area_m2", "finding:E-indoor-pe-exceeds-teach-aux"


def _one_class_too_large(school: Row) -> tuple[str, str]:
    stage = Stage.JUNIOR if school["school_type"] == "311" else Stage.PRIMARY
    for column, more in (("classes_56_60", 1), ("classes", 1), (f"students_{stage}", 57), (f"catchment_pupils_{stage}", 57)):
        school[column] = int(school[column] or 0) + more  # type: ignore[call-overload]
    return "classes_56_60", "class_size:fail"


def _untrained_teacher(school: Row) -> tuple[str, str]:
    school["trained_360h_teachers"] = int(school["full_time_teachers"] or 0) - 1  # type: ignore[call-overload]
    return "trained_360h_teachers", "training_hours:fail"


def _veto(county: Row) -> tuple[str, str]:
    county["veto_key_schools"] = True
    return "veto_key_schools", "veto:fail"


def _veto_not_answered(county: Row) -> tuple[str, str]:
    county["veto_school_choice"] = None
    return "veto_school_choice", "veto:insufficient"


def _too_little_rotation(county: Row) -> tuple[str, str]:
    county["rotated_teachers"] = int(county["rotation_eligible"] or 0) // 12  # type: ignore[call-overload]
    county["rotated_backbone_teachers"] = int(county["rotated_teachers"] or 0) // 3  # type: ignore[call-overload]
    return "rotated_teachers", "rotation:fail"


_Spoil = Callable[[Row], tuple[str, str]]
_SCHOOL_DEFECTS: Sequence[_Spoil] = (
    _blank_equipment, _yuan_written_as_ten_thousand, _more_certified_than_teachers, _indoor_above_teaching_area,
    _one_class_too_large, _untrained_teacher,
)  # fmt: skip
_COUNTY_DEFECTS: Sequence[_Spoil] = (_veto, _veto_not_answered, _too_little_rotation)


def plant(county: Row, schools: Sequence[Row], rng: np.random.Generator, *, at_least_one_blank: bool) -> list[Planted]:
    """Spoil a few figures in place and say which. at_least_one_blank: leave a required figure unreported."""
    single_stage = [row for row in schools if row["school_type"] in ("211", "311")]
    out: list[Planted] = []
    chosen: list[_Spoil] = [_blank_equipment] if at_least_one_blank else []
    chosen += [_SCHOOL_DEFECTS[index] for index in rng.choice(len(_SCHOOL_DEFECTS), size=int(rng.integers(0, 3)), replace=False)]
    for spoil, row in zip(chosen, rng.permutation(np.array(single_stage, dtype=object)), strict=False):
        field, expect = spoil(row)
        out.append(Planted(spoil.__name__.strip("_"), str(county["county_code"]), str(row["school_code"]), field, expect))
    if rng.random() < 0.25:
        spoil_county = _COUNTY_DEFECTS[int(rng.integers(len(_COUNTY_DEFECTS)))]
        field, expect = spoil_county(county)
        out.append(Planted(spoil_county.__name__.strip("_"), str(county["county_code"]), "", field, expect))
    return out
