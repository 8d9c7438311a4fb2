"""DESCRIPTION
A number in a register that is an identity number (18 characters, or G and 18 in a 学籍号) is valid under GB 11643.

WHY
Lists of people are joined by this number; one with a wrong check character joins a child to somebody else's record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from junheng.common.identifiers import id_number_fault, mask_id_number
from junheng.intake.checks.model import RegisterBreach, RegisterCheck

_ID_COLUMNS = {"teacher": "teacher_id", "pupil": "pupil_id"}
_LABELS = {"teacher": "教师编号", "pupil": "学籍号"}


def identity_numbers_valid(registers: Mapping[str, pl.DataFrame]) -> Iterator[RegisterBreach]:
    for table, column in _ID_COLUMNS.items():
        frame = registers.get(table)
        if frame is None:
            continue
        for number, school_code in _looking_like_identity_numbers(frame, column).iter_rows():
            identity = number.strip().upper().removeprefix("G")
            fault = id_number_fault(identity)
            if fault:
                message = f"“{_LABELS[table]}”{mask_id_number(identity)} 不是有效的身份证号：{fault}。"
                yield RegisterBreach(table, column, message, "请照身份证逐位核对；核对前不会用它与别的名单自动匹配。", school_code)


def _looking_like_identity_numbers(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    # The length is tested first: it is cheap, and registers of millions mostly hold internal numbers.
    candidates = frame.select(column, "school_code").filter(pl.col(column).str.len_bytes().is_between(18, 19))
    return candidates.filter(pl.col(column).str.contains(r"^[Gg]?[0-9]{17}[0-9Xx]$"))


CHECK = RegisterCheck(
    id="E-identity-number-invalid",
    title="名册中的身份证号符合 GB 11643（校验位、出生日期）",
    why="名单靠身份证号匹配；校验位错的号码会把一个孩子连到别人的记录上。",
    fields=("teacher.teacher_id", "pupil.pupil_id"),
    run=identity_numbers_valid,
)
