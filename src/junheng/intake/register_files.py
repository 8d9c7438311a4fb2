"""名册文件: person-level registers from Parquet or CSV into the names, codes and types of the contract.

No finding of this module quotes a value of a personal column; it says how many rows are concerned.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from junheng.common.findings import Finding, Level, Place
from junheng.common.identifiers import county_of_long_code
from junheng.intake.cells import read_cell
from junheng.intake.labels import label_index
from junheng.intake.release_frames import dtype_of
from junheng.tables import Column, Kind, Table, table

REGISTER_RULES: Mapping[str, str] = {
    "E-register-unreadable": "名册文件打不开，其中的人、班、教室一个也没有计入",
    "E-register-column-missing": "名册缺少必需的列，无法汇总到学校",
    "E-register-row-without-school": "这些行没有区县代码或学校代码，不知道该计入哪所学校",
    "E-register-value": "名册里有不能识别的值，涉及它的计数按未报处理",
    "W-register-row-repeated": "同一人（班、教室）在同一学校出现多行，只计一次",
    "W-register-column-unknown": "名册里有不认识的列，没有采用",
}
"""Rule id → one Chinese line on what it means; the rules register files add to the reading rules."""

_STEMS: Mapping[str, str] = {
    "pupil": "pupil", "pupils": "pupil", "student": "pupil", "students": "pupil", "学生名册": "pupil", "学生": "pupil",
    "teacher": "teacher", "teachers": "teacher", "专任教师名册": "teacher", "教师名册": "teacher", "教师": "teacher",
    "class": "class", "classes": "class", "班级名册": "class", "班级": "class",
    "room": "room", "rooms": "room", "教室名册": "room", "教室": "room",
}  # fmt: skip
_ATTRIBUTES: Mapping[str, str] = {
    "school": "school", "schools": "school", "学校表": "school", "county": "county", "counties": "county", "区县表": "county",
    "judgement": "judgement", "judgements": "judgement", "评定表": "judgement",
}  # fmt: skip
_PART = re.compile(r"[-_ ]?\d+$")


@dataclass
class RegisterFile:
    """A register as read. frame: contract columns that were found, rows with a school only, unique by key."""

    table: Table
    name: str
    frame: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)


def register_table(path: Path) -> str:
    """The table a file holds by its name: pupil, teacher, class, room (also numbered parts), or — Parquet only —
    school, county and judgement; "" when it is none of them or lies in a release folder."""
    stem, suffix = _PART.sub("", path.stem.lower()), path.suffix.lower()
    if suffix not in (".parquet", ".csv") or os.path.exists(path.parent / "manifest.json"):
        return ""
    return _STEMS.get(stem, "") or (_ATTRIBUTES.get(stem, "") if suffix == ".parquet" else "")


def read_register(table_name: str, parts: Sequence[tuple[Path, str]], *, county_code: str = "") -> RegisterFile:
    """Read the parts (path, name for messages) of one register. A part that cannot be used is left out with a finding;
    when none can, the frame has no columns. county_code: of the rows that name none."""
    of = table(table_name)
    out = RegisterFile(of, parts[0][1], pl.DataFrame())
    frames = []
    for path, name in parts:
        reader = _Reader(of, name, out.findings, county_code)
        if (frame := reader.read(path)) is not None:
            frames.append(frame)
    if not frames:
        return out
    frame = pl.concat(frames, how="diagonal")
    key = [name for name in of.key if name in frame.columns]
    unique = frame.unique(subset=key, keep="first", maintain_order=True)
    if len(unique) < len(frame):
        out.findings.append(_finding(
            "W-register-row-repeated", out.name, f"{of.label}有 {len(frame) - len(unique)} 行与别的行是同一条记录，只计一次。",
            "请核对是否重复登记。",
        ))  # fmt: skip
    out.frame = unique
    return out


class _Reader:
    """One file of a register."""

    def __init__(self, of: Table, name: str, findings: list[Finding], county_code: str) -> None:
        self._table, self._name, self._findings, self._county_code = of, name, findings, county_code

    def read(self, path: Path) -> pl.DataFrame | None:
        try:
            raw = pl.read_parquet(path) if path.suffix.lower() == ".parquet" else _read_csv(path.read_bytes())
        except (OSError, ValueError, pl.exceptions.PolarsError):
            self._find("E-register-unreadable", f"{self._table.label}打不开，没有计入。", "请重新导出为 Parquet 或 CSV（UTF-8 或 GBK）。")
            return None
        raw = self._renamed(raw)
        if self._county_code and "county_code" not in raw.columns:
            raw = raw.with_columns(county_code=pl.lit(self._county_code))
        missing = [c.label for c in self._table.columns if c.required and c.name in _NEEDED and c.name not in raw.columns]
        if missing:
            self._find("E-register-column-missing", f"{self._table.label}缺少“{'”“'.join(missing)}”，没有计入。", "请补上这些列后重新导出。")
            return None
        frame = raw.select(self._column(raw[column.name], column) for column in self._table.columns if column.name in raw.columns)
        if self._county_code:
            frame = frame.with_columns(pl.col("county_code").fill_null(self._county_code))
        attributed = frame.drop_nulls([name for name in ("county_code", "school_code") if name in frame.columns])
        if len(attributed) < len(frame):
            self._find("E-register-row-without-school",
                       f"{self._table.label}有 {len(frame) - len(attributed)} 行没有区县代码或学校代码，没有计入。", "请补填后重新导出。")  # fmt: skip
        return attributed

    def _renamed(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Headers to column names: an English name, or a label as people write it."""
        own = {column.name for column in self._table.columns}
        taken: dict[str, str] = {}
        unknown = []
        for header in raw.columns:
            match = label_index(self._table.name).find(header, keywords=False)
            name = header if header in own else match.column.name if match else ""
            if name and name not in taken:
                taken[name] = header
            else:
                unknown.append(header)
        if unknown:
            self._find("W-register-column-unknown", f"{self._table.label}的列“{'”“'.join(unknown)}”没有采用。", "若是本表以外的项目可不理会。")
        return raw.select(pl.col(header).alias(name) for name, header in taken.items())

    def _column(self, values: pl.Series, column: Column) -> pl.Series:
        dtype = dtype_of(column)
        if _is_stored(values, column):
            return values.cast(dtype)
        if column.kind in (Kind.ID, Kind.TEXT) and not values.dtype.is_float():
            text = values.cast(pl.String).str.strip_chars().replace("", None)
            return self._counties(text) if column.name == "county_code" else text
        written = values.unique()
        read = [read_cell(column, each) for each in written.to_list()]
        stored = pl.Series(column.name, [reading.value for reading in read], dtype=dtype, strict=True)
        refused = [reading.raw for reading in read if reading.value is None and not reading.blank]
        out = values.replace_strict(written, stored, return_dtype=dtype)
        if refused:
            rows = out.null_count() - values.null_count()
            shown = "" if column.personal else f"（{'、'.join(refused[:5])}）"
            self._find("E-register-value", f"{self._table.label}“{column.label}”有 {rows} 行不能识别{shown}。",
                       "请按数据契约的代码或“是”“否”填写。", column.name)  # fmt: skip
        return out

    def _counties(self, codes: pl.Series) -> pl.Series:
        of_long = {code: county for code in codes.unique().drop_nulls() if (county := county_of_long_code(code))}
        if of_long:
            self._find("W-division-long", f"{self._table.label}的区县代码是统计用区划代码（如 {min(of_long)}），取前 6 位。",
                       "请填 6 位行政区划代码。", "county_code")  # fmt: skip
        return codes.replace(of_long)

    def _find(self, rule: str, message: str, remedy: str, column: str = "") -> None:
        self._findings.append(_finding(rule, self._name, message, remedy, column))


_NEEDED = frozenset({"county_code", "school_code", "stage", "kind", "pupil_id", "teacher_id", "class_id", "room_id"})


def _is_stored(values: pl.Series, column: Column) -> bool:
    """Whether a Parquet column is already in the contract's type and codes."""
    dtype = values.dtype
    if dtype == pl.Null:
        return True
    if column.codes is not None:
        return dtype == pl.String and set(values.drop_nulls().unique()) <= set(column.codes.labels)
    if column.kind is Kind.FLAG:
        return dtype == pl.Boolean
    if column.kind is Kind.AMOUNT:
        return dtype.is_numeric()
    return dtype.is_integer() if column.kind.is_number else False


def _read_csv(content: bytes) -> pl.DataFrame:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return pl.read_csv(io.StringIO(text), infer_schema=False)


def _finding(rule: str, name: str, message: str, remedy: str, column: str = "") -> Finding:
    level = Level.ERROR if rule.startswith("E-") else Level.WARNING
    return Finding(level, rule, Place(name), message, remedy, column)
