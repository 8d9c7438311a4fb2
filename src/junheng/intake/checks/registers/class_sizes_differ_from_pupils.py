"""DESCRIPTION
The class sizes of the class register add up to the pupils of the pupil register, by school and stage. Where a class has
no size it is counted from the pupils anyway, and the school is not compared.

WHY
Class size is judged class by class; the two registers together show a class that was made smaller on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from junheng.common.stages import Stage
from junheng.intake.checks.model import RegisterBreach, RegisterCheck

_KEY = ("county_code", "school_code", "campus", "stage")


def class_sizes_make_pupils(registers: Mapping[str, pl.DataFrame]) -> Iterator[RegisterBreach]:
    classes, pupils = registers.get("class"), registers.get("pupil")
    if classes is None or pupils is None or "class_size" not in classes.columns:
        return
    key = [column for column in _KEY if column in classes.columns and column in pupils.columns]
    sized = (
        _keyed(classes, key).group_by(key)
        .agg(pl.col("class_size").sum(), pl.col("class_size").is_null().any().alias("unknown"))
        .filter(~pl.col("unknown"))
    )  # fmt: skip
    counted = _keyed(pupils, key).group_by(key).agg(pl.len().alias("pupils"))
    for row in sized.join(counted, on=key).filter(pl.col("class_size") != pl.col("pupils")).sort(key).iter_rows(named=True):
        message = (
            f"{row['school_code']} {Stage(row['stage']).label}班级名册的班额之和为 {row['class_size']:,}，"
            f"学生名册共有 {row['pupils']:,} 人。"
        )
        yield RegisterBreach(
            "class", "class_size", message, "请逐班核对两份名册。", row["school_code"], row.get("campus", "")
        )


def _keyed(frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return frame.with_columns(pl.col(column).fill_null("") for column in key)


CHECK = RegisterCheck(
    id="E-class-sizes-differ-from-pupils",
    title="班级名册的班额之和等于学生名册的人数",
    why="班额逐班判定；两份名册相互印证，才看得出纸面上变小的班。",
    fields=("class.class_size", "pupil.class_id"),
    run=class_sizes_make_pupils,
)
