"""A criterion that is asked of every school: a mended school is told and closed by itself, whatever the others do."""

from __future__ import annotations

import json

import pytest
from rectification.county_facts import COUNTY, GOOD, JUNIOR, SMALL, county
from rectification.steps import go, until

from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.rectification.causes import Standing, look_up, standing_in
from junheng.web.rectification.models import Problem
from junheng.web.rectification.rechecks import counted, rechecks_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.reporting.judged import judged

LARGE = {"classes_36_40": 12, "classes_46_50": 2}
CAUSE = "criterion/class_size/oversize_classes//"


def _county(**schools):
    """_county(GOOD=…, SMALL=…): figures of the schools, which have two classes too large where nothing is said."""
    made = county()
    for row in made.facts.school:
        name = {GOOD: "good", SMALL: "small", JUNIOR: "junior"}[row["school_code"]]
        row.update(schools.get(name, {}))
    made.sources[0] = made.sources[0].__class__("和平区.xlsx", json.dumps(schools, sort_keys=True).encode().hex()[:64].ljust(64, "0"), 10, made.sources[0].kind)
    return made
