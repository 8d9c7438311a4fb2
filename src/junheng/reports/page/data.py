"""The compact data behind a county's page: figures, cells and clauses, from which the script builds every trace."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from junheng.common.codes import SCHOOL_TYPES
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.indicators import REGISTRY
from junheng.intake.model import Row, RowKey, county_key, school_key
from junheng.judging.result import (
    BalanceVerdict,
    CriterionVerdict,
    DemandVerdict,
    IndicatorVerdict,
    SchoolVerdict,
)
from junheng.policy.in_force import Cited
from junheng.reports.context import CountyReport
from junheng.reports.figures import number, stages_of
from junheng.reports.measured_words import (
    demand_limit,
    demand_title,
    demand_value,
    gap_words,
    school_gap_words,
)
from junheng.reports.page.formula import columns_of, tokens
from junheng.reports.text import clean
from junheng.reports.words import school_label
from junheng.tables import table

_MOST_INFLUENT = 12


def page_data(report: CountyReport) -> dict[str, Any]:
    """Plain JSON values. Schools carry their cells once; stages refer to them."""
    book = _Cells(report)
    wanted = _columns_wanted(report)
    return {
        "resources": [_resource(report, index) for index in range(len(report.policy.resources))],
        "weights": {str(stage): float(report.policy.limits["split_weight"].at(stage).value) for stage in Stage}
        if "split_weight" in report.policy.limits else {},
        "splitClause": _split_clause(report),
        "schools": _schools(report, book, wanted["school"]),
        "county": {"name": report.county_name, "cells": book.cells("county", county_key(report.figures.county_row), report.figures.county_row, wanted["county"])
                   if report.figures.county_row else {}},
        "balance": {stage: {each.code: _balance(report, each) for each in verdict.balance} for stage, verdict in report.verdict.stages.items()},
        "criteria": {each.id: _criterion(report, each) for each in report.verdict.criteria.values()},
        "exceptions": {each.id: [each.title, report.clause(each.source), each.unverified] for each in report.policy.exceptions},
        "columns": {name: [column.label, column.unit.symbol] for key in ("school", "county")
                    for name in wanted[key] for column in (table(key).column(name),)},
        "files": book.files, "sheets": book.sheets,
    }  # fmt: skip


def as_script(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a <script> element whatever people wrote in their names."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class _Cells:
    """Cells by row, with file and sheet names kept once."""

    def __init__(self, report: CountyReport) -> None:
        self.files: list[str] = []
        self.sheets: list[str] = []
        self._file_ids: dict[str, int] = {}
        self._sheet_ids: dict[str, int] = {}
        self._cells = report.facts.cells

    def cells(self, table_name: str, key: RowKey, row: Row, columns: Iterable[str]) -> dict[str, list[Any]]:
        """column → [value, file, sheet, cell, raw]; raw is left out where it is the value itself."""
        out: dict[str, list[Any]] = {}
        for column in columns:
            value = row.get(column)
            if value is None:
                continue
            source = self._cells.get((table_name, key, column))
            shown = int(value) if isinstance(value, bool) else value
            if source is None:
                out[column] = [shown]
                continue
            place = source.place
            out[column] = [shown, self._id(place.file, self.files, self._file_ids), self._id(place.sheet, self.sheets, self._sheet_ids), place.cell]
            if source.raw != str(value):
                out[column].append(clean(source.raw))
        return out

    @staticmethod
    def _id(name: str, names: list[str], ids: dict[str, int]) -> int:
        if name not in ids:
            ids[name] = len(names)
            names.append(clean(name))
        return ids[name]


def _columns_wanted(report: CountyReport) -> dict[str, tuple[str, ...]]:
    ids = [each.indicator for each in report.policy.resources]
    ids += [demand.indicator for criterion in report.verdict.criteria.values() for demand in criterion.demands]
    wanted: dict[str, dict[str, None]] = {"school": {f"students_{stage}": None for stage in Stage}, "county": {}}
    for id in ids:
        for term in REGISTRY[id].terms if id in REGISTRY else ():
            for table_name, column in columns_of(term):
                wanted[table_name][column] = None
    return {name: tuple(columns) for name, columns in wanted.items()}


def _split_clause(report: CountyReport) -> str:
    limit = report.policy.limits.get("split_weight")
    return report.clause(limit.at(Stage.JUNIOR).source) if limit else ""


def _cited(report: CountyReport, cited: Cited) -> list[str]:
    return [f"{cited.value}", report.clause(cited.source), cited.unverified]


def _resource(report: CountyReport, index: int) -> dict[str, Any]:
    resource = report.policy.resources[index]
    declared = REGISTRY[resource.indicator]
    limits = report.policy.limits.get(resource.limit)
    return {
        "code": resource.code, "title": resource.title, "unit": declared.unit.symbol, "scale": declared.scale,
        "clause": report.clause(resource.source),
        "formula": {str(stage): tokens(declared.numerator, stage) for stage in COMPULSORY_STAGES},
        "extra": {key: {str(stage): tokens(term, stage) for stage in COMPULSORY_STAGES} for key, term in declared.extra.items()},
        "limits": {str(stage): _cited(report, limits.at(stage)) for stage in COMPULSORY_STAGES} if limits else {},
    }  # fmt: skip


def _schools(report: CountyReport, book: _Cells, columns: tuple[str, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for (code, campus), row in report.school_rows.items():
        out[f"{code}@{campus}" if campus else code] = {
            "name": school_label(str(row["school_name"] or code), campus), "code": code,
            "type": SCHOOL_TYPES.labels.get(str(row["school_type"] or ""), ""),
            "cells": book.cells("school", school_key(row), row, columns), "stages": {}, "split": _split(report, row),
        }  # fmt: skip
    for stage in report.verdict.stages.values():
        for school in stage.schools:
            key = f"{school.code}@{school.campus}" if school.campus else school.code
            entry = out.setdefault(key, {"name": school_label(school.name, school.campus), "code": school.code, "type": "", "cells": {}, "stages": {}, "split": []})
            entry["stages"][stage.stage] = _stage(school)
    return out


def _split(report: CountyReport, row: Row) -> list[list[Any]]:
    """[stage label, weight, pupils or null] of every stage the school has."""
    limit = report.policy.limits.get("split_weight")
    if limit is None:
        return []
    return [[str(stage), float(limit.at(stage).value), number(row, f"students_{stage}")] for stage in stages_of(row)]


def _stage(school: SchoolVerdict) -> dict[str, Any]:
    return {"n": school.students, "v": str(school.verdict), "i": [_indicator(school, each) for each in school.indicators]}


def _indicator(school: SchoolVerdict, each: IndicatorVerdict) -> list[Any]:
    """[value, met, near, margin, gap, exception, converted, lo, hi], the last two only where the value is not known."""
    head = [_finite(each.value), each.met, each.near, _finite(each.margin), school_gap_words(school, each), each.exception, each.converted]
    return head if each.value is not None else [*head, _finite(each.lo), _finite(each.hi)]


def _finite(value: float | None) -> float | None:
    return float(f"{value:.12g}") if value is not None and math.isfinite(value) else None


def _balance(report: CountyReport, each: BalanceVerdict) -> dict[str, Any]:
    return {
        "mean": _finite(each.mean), "sd": _finite(each.sd), "cv": _finite(each.cv), "known": _finite(each.known_cv),
        "lo": _finite(each.cv_lo), "hi": _finite(each.cv_hi), "limit": _cited(report, each.limit), "v": str(each.verdict),
        "margin": _finite(each.margin), "n": each.n, "note": each.note,
        "influence": [[f"{i.code}@{i.campus}" if i.campus else i.code, school_label(i.name, i.campus), _finite(i.cv_if_brought_to_limit),
                       _finite(i.cv_if_left_out), i.flips_if_brought_to_limit, i.flips_if_left_out] for i in each.influence[:_MOST_INFLUENT]],
    }  # fmt: skip


def _criterion(report: CountyReport, criterion: CriterionVerdict) -> dict[str, Any]:
    return {
        "title": criterion.title, "clause": criterion.clause, "v": str(criterion.conclusion),
        "text": next((c.text for c in report.policy.criteria if c.id == criterion.id), ""),
        "demands": [_demand(report, each) for each in criterion.demands], "unverified": list(criterion.unverified),
        "evidence": [list(criterion.evidence.needed), str(criterion.evidence.verdict)] if criterion.evidence else None,
        "judged": _judged(report, criterion.id),
    }  # fmt: skip


def _judged(report: CountyReport, criterion_id: str) -> list[str]:
    row = report.figures.judgements.get(criterion_id, {})
    return [clean(row.get(name)) for name in ("evidence", "judged_by", "judged_on")] if row else []


def _demand(report: CountyReport, demand: DemandVerdict) -> dict[str, Any]:
    declared = REGISTRY.get(demand.indicator)
    sides = (declared.numerator, declared.denominator) if declared else ()
    columns = [list(dict.fromkeys(column for _, column in columns_of(term))) for term in sides]
    return {
        "title": demand_title(demand), "value": demand_value(demand), "limit": demand_limit(demand), "v": str(demand.verdict),
        "clause": _cited(report, demand.limit) if demand.limit else None, "num": _finite(demand.numerator), "den": _finite(demand.denominator),
        "grain": str(declared.grain) if declared else "", "columns": columns, "gap": gap_words(demand.gap, demand.indicator),
        "failing": list(demand.failing), "undecided": list(demand.undecided),
        "byException": {key: list(keys) for key, keys in demand.by_exception.items()},
    }  # fmt: skip
