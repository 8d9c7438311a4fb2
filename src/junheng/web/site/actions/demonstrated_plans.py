"""A layout plan in preparation, so that the desk and its map have something to try."""

from __future__ import annotations

import tempfile
from pathlib import Path

from junheng.planners.siting import SITING
from junheng.reports.plans.siting_tables import write_county_tables
from junheng.synth.siting import draw_county
from junheng.web.accounts.models import User
from junheng.web.desk.actions import Draft, make_plan
from junheng.web.desk.contents import kept
from junheng.web.desk.models import Plan

_SEED, _VILLAGES, _ESTATES, _TOWNSHIPS, _SECONDS = 3, 48, 10, 5, 30
"""Small enough to be solved while somebody looks on."""


def prepare_a_layout(*, by: User) -> Plan:
    """A draft for the account's county: villages and schools that are made up, one school that must stay."""
    with tempfile.TemporaryDirectory() as folder:
        county = draw_county(_SEED, villages=_VILLAGES, estates=_ESTATES, townships=_TOWNSHIPS)
        files = {name: kept(path.name, path.read_bytes(), personal=False) for name, path in write_county_tables(Path(folder), county).items()}
    return make_plan(by.unit, SITING, Draft("学校布局，三期（演示）", {"seconds": str(_SECONDS)}, (), files), by=by)
