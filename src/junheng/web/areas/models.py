"""The tree of units: 省 → 市 → 县（评估单元） → 校."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from junheng.web.rights.levels import UnitKind


def lies_within(*paths: str, unit: str = "unit__") -> models.Q:
    """What belongs to a unit at or below any of these paths; nothing for no path. unit: the way to the unit, "" = itself."""
    below = models.Q(pk__in=())
    for path in paths:
        below |= models.Q(**{f"{unit}path__startswith": path})
    return below


def counts_within(*paths: str, unit: str = "unit__") -> models.Q:
    """The same, and the schools run by a city or the province that count with a county there (Unit.lies_in)."""
    return lies_within(*paths, unit=unit) | lies_within(*paths, unit=f"{unit}lies_in__")


_LEVELS = tuple(UnitKind)


def run_by_in_words(kind: str, path: str) -> str:
    """Of a unit of this kind and path: 市直属 or 省直属 for a school no county runs, "" for everything else."""
    return {UnitKind.CITY: "市直属", UnitKind.PROVINCE: "省直属"}.get(_LEVELS[path.count("/") - 2], "") if kind == UnitKind.SCHOOL else ""


class UnitQuerySet(models.QuerySet["Unit"]):
    def within(self, *paths: str) -> UnitQuerySet:
        """The units at or below any of these paths; none for no path."""
        return self.filter(lies_within(*paths, unit=""))

    def counted_within(self, *paths: str) -> UnitQuerySet:
        """Those, and the schools run by a city or the province that count with a county there."""
        return self.filter(counts_within(*paths, unit=""))

    def of_no_county(self) -> UnitQuerySet:
        """Open schools that a city or the province runs and nobody said in which county they lie: no round asks them."""
        return self.filter(kind=UnitKind.SCHOOL, closed_on=None, lies_in=None).exclude(parent__kind=UnitKind.COUNTY)


class Unit(models.Model):
    """One unit. code: GB/T 2260 or the evaluation unit's own code; a school's 学校标识码.

    path: the codes from the province down, each followed by "/": "210000/210100/210102/2121001719/". A unit lies
    within another exactly when its path starts with the other's. Evaluation units are not GB/T 2260 counties:
    development zones stand here beside counties, and a city-run school hangs under the city.
    lies_in: for a school that a city or the province runs, the evaluation unit in which it lies and with which it is
    counted (rules.md §0); None for every other unit.
    closed_on: a closed school keeps its history and is no longer asked to report.
    """

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=10, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级")
    path = models.CharField("路径", max_length=120, unique=True, editable=False)
    lies_in = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="schools_of_others", verbose_name="所在县（市、区）")
    closed_on = models.DateField("撤并日期", null=True, blank=True)

    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "单位"
        ordering: ClassVar = ["path"]
        indexes: ClassVar = [models.Index(fields=["kind", "path"])]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        """Where it lies; every subject of a right has this attribute."""
        return self.path

    def contains(self, other: Unit) -> bool:
        return other.path.startswith(self.path)

    @property
    def run_by(self) -> UnitKind:
        """The level that runs a school; of any other unit its own."""
        return _LEVELS[self.path.count("/") - 2] if self.kind == UnitKind.SCHOOL else UnitKind(self.kind)

    @property
    def run_by_in_words(self) -> str:
        """市直属 or 省直属 for a school no county runs, "" for everything else."""
        return run_by_in_words(self.kind, self.path)

    @property
    def counted_path(self) -> str:
        """The path of the county a school run by others counts with; of any other unit its own."""
        return self.lies_in.path if self.lies_in is not None else self.path

    @property
    def county_code(self) -> str:
        """The evaluation unit a county or school counts with; "" above the county, and where nobody said with which."""
        if self.lies_in is not None:
            return self.lies_in.code
        codes = self.path.rstrip("/").split("/")
        depth = {UnitKind.COUNTY: 3, UnitKind.SCHOOL: 4}.get(UnitKind(self.kind))
        return codes[2] if len(codes) == depth else ""
