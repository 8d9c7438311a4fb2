"""规划参数: limits, prices and sizes, each with its source; what is 待核 says so on every page that uses it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from junheng.common.errors import UserError
from junheng.planning.siting.bands import Band, Mode


@dataclass(frozen=True)
class Parameter:
    """unverified: Chinese reason why the value is 待核, "" when it is not."""

    name: str
    title: str
    unit: str
    value: Decimal
    source: str
    unverified: str


@dataclass(frozen=True)
class Parameters:
    """All parameters of a plan, by name."""

    table: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Decimal:
        return self.table[name].value

    def class_size(self, band: Band) -> int:
        return int(self[f"class_size_{band}"])

    def target_size(self, band: Band) -> int:
        return int(self[f"target_size_{band}"])

    def limit_km(self, mode: Mode, band: Band, urban: bool) -> float:
        """The longest lawful way, one way; 0 where the mode is not for this band."""
        place = ("_urban" if urban else "_rural") if mode is Mode.WALK else ""
        name = {Mode.WALK: "walk", Mode.BUS: "bus", Mode.BOARD: "boarding"}[mode]
        return float(self[f"{name}_km_{band}{place}"])

    def changed(self, values: Mapping[str, Decimal], source: str) -> Parameters:
        """With these values, from this source. A value is checked when its source is another than the built-in one."""
        table = dict(self.table)
        for name, value in values.items():
            old = table[name]
            table[name] = Parameter(name, old.title, old.unit, value, source, old.unverified if source == old.source and value == old.value else "")
        return Parameters(table)


@cache
def built_in_parameters() -> Parameters:
    """The built-in values: national rules where there are any, else examples that are 待核."""
    text = files("junheng.planning.siting").joinpath("data/parameters.csv").read_text(encoding="utf-8")
    return parameters_from(csv.DictReader(text.splitlines()), "自带参数表")


def parameters_from(records: Iterable[Mapping[str, object]], where: str) -> Parameters:
    """A table's records. Raises UserError for a value that is no number ≥ 0."""
    out = {}
    for number, record in enumerate(records, 2):
        name, text = str(record["name"]), str(record["value"]).strip().replace(",", "")
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise _bad(f"{where}第 {number} 行", record) from error
        if not value.is_finite() or value < 0:
            raise _bad(f"{where}第 {number} 行", record)
        out[name] = Parameter(
            name, str(record["title"]), str(record["unit"]), value, str(record.get("source") or ""), str(record.get("unverified") or "")
        )
    return Parameters(out)


def _bad(place: str, record: Mapping[str, object]) -> UserError:
    return UserError(f"参数“{record.get('title')}”的数值不能用", where=place, why=f"填的是“{record.get('value')}”", remedy="请填写不小于 0 的数字")
