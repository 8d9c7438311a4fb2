"""The levels of the tree of units."""

from __future__ import annotations

from django.db import models


class UnitKind(models.TextChoices):
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县（市、区）"
    SCHOOL = "school", "学校"
