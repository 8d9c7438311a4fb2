"""预测参数: every number the forecast assumes, from one table with its source; 待核 ones are said in every report."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Parameter:
    """unverified: Chinese reason why it is 待核, "" when checked."""

    name: str
    value: float
    meaning: str
    source: str
    unverified: str


@cache
def parameters() -> Mapping[str, Parameter]:
    """By name."""
    text = files("junheng.planning.forecast").joinpath("data/parameters.csv").read_text(encoding="utf-8")
    return {
        row["parameter"]: Parameter(row["parameter"], float(row["value"]), row["meaning"], row["source"], row["unverified"])
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


def parameter(name: str) -> float:
    """KeyError for an unknown name."""
    return parameters()[name].value
