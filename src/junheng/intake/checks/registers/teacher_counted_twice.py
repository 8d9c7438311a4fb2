"""DESCRIPTION
A full-time teacher is on the roll of one school (and one campus) only.

WHY
A teacher lent to a second school to pass L1–L3 is counted in both; only the register shows it, and only across schools.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from junheng.common.identifiers import mask_id_number
from junheng.intake.checks.model import RegisterBreach, RegisterCheck

_PLACE = ("county_code", "school_code", "campus")


def teachers_counted_once(registers: Mapping[str, pl.DataFrame]) -> Iterator[RegisterBreach]:
    teachers = registers.get("teacher")
    if teachers is None:
        return
    places = [column for column in _PLACE if column in teachers.columns]
    twice = (
        teachers.filter(pl.col("teacher_id").is_not_null() & pl.col("teacher_id").is_duplicated())
        .select("teacher_id", *(pl.col(column).fill_null("") for column in places))
        .unique()
        .sort("teacher_id", *places)
        .group_by("teacher_id", maintain_order=True)
        .agg(pl.struct(places).alias("places"))
        .filter(pl.col("places").list.len() > 1)
    )
    for teacher_id, schools in twice.iter_rows():
        names = [school["school_code"] + (f"（{school['campus']}）" if school.get("campus") else "") for school in schools]
        message = f"教师编号“{mask_id_number(teacher_id)}”在 {len(names)} 处各计为一名专任教师：{'、'.join(names)}。"
        yield RegisterBreach(
            "teacher", "teacher_id", message, "一人只计一校：请保留人事关系所在的学校，其余改报交流轮岗、兼职、走教。",
            schools[-1]["school_code"], schools[-1].get("campus", ""),
        )  # fmt: skip


CHECK = RegisterCheck(
    id="E-teacher-counted-twice",
    title="一名专任教师只计入一所学校",
    why="为达标而在两校各计一次的教师，只有把名册放在一起比对才能发现。",
    fields=("teacher.teacher_id", "teacher.school_code", "teacher.campus"),
    run=teachers_counted_once,
)
