"""参数表: the numbers a planner works with, as data with a source; what is 待核 says so, and a county may put its own.

No planner holds a threshold in its code: it asks for it here, and the plan prints what it was.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from junheng.common.errors import UserError
from junheng.tables import Column, Kind, Table

OVERRIDES = Table("parameters", "参数表", "一行一个参数", ("id",), (
    Column("id", "参数编号", Kind.TEXT, required=True, note="不要改动"),
    Column("title", "参数", Kind.TEXT),
    Column("value", "数值", Kind.AMOUNT, required=True),
    Column("unit", "单位", Kind.TEXT),
    Column("source", "来源", Kind.TEXT, null_means="当地未注明", note="改动数值时请写明依据的文件"),
    Column("unverified", "待核原因", Kind.TEXT, null_means="已核实"),
))  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """unverified: Chinese reason why the number is 待核, "" when it was checked."""

    id: str
    title: str
    value: Decimal
    unit: str
    source: str
    unverified: str


class Parameters(Mapping[str, Parameter]):
    """By id. KeyError for an unknown one: ids come from our own code."""

    def __init__(self, given: Iterable[Parameter]) -> None:
        self._by_id = {each.id: each for each in given}

    def __getitem__(self, id: str) -> Parameter:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def number(self, id: str) -> float:
        return float(self._by_id[id].value)

    def whole(self, id: str) -> int:
        """Raises UserError when a county put a fraction where a number of people, years or months is meant."""
        value = self._by_id[id].value
        if value != value.to_integral_value():
            raise UserError(f"参数“{self._by_id[id].title}”应为整数", why=f"填的是 {value}", remedy="请改正参数表")
        return int(value)

    def with_overrides(self, rows: Iterable[Mapping[str, object]]) -> Parameters:
        """The same with a county's own values. Raises UserError for an id that is not known."""
        out = dict(self._by_id)
        for row in rows:
            id = str(row["id"])
            if id not in out:
                raise UserError(f"参数表里有不认识的参数“{id}”", why=f"可用的有：{'、'.join(out)}", remedy="请用 --template 生成参数表后修改数值")
            value = Decimal(repr(row["value"]) if isinstance(row["value"], float) else str(row["value"]))
            if value != out[id].value:
                out[id] = replace(out[id], value=value, source=str(row["source"] or "县（区）自定"), unverified=str(row["unverified"] or ""))
        return Parameters(out.values())

    def notes(self, used: Iterable[str]) -> tuple[str, ...]:
        """Chinese lines for those of the used that are 待核."""
        return tuple(
            f"参数待核：{each.title} {each.value.normalize():f}{each.unit}（{each.unverified}）。" for each in (self._by_id[id] for id in used) if each.unverified
        )


def built_in(planner: str) -> Parameters:
    """The parameters of one planner: "staffing" → its data/parameters.csv."""
    return parameters_of(f"junheng.planning.{planner}")


@cache
def parameters_of(package: str) -> Parameters:
    """What stands in a package's data/parameters.csv."""
    text = files(package).joinpath("data/parameters.csv").read_text(encoding="utf-8")
    return Parameters(Parameter(**line | {"value": Decimal(line["value"])}) for line in csv.DictReader(text.splitlines()))  # type: ignore[arg-type]
