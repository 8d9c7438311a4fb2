"""A county whose release is frozen, and looked at."""

from __future__ import annotations

import pytest
from reporting.conftest import synthetic, world  # noqa: F401

from junheng.web.reporting.actions import freeze_county
from junheng.web.rights.roles import Role


@pytest.fixture
def frozen(world):  # noqa: F811
    """The first school has no multimedia rooms and left its equipment blank; all else passes."""
    for unit in (*world.schools[1:], world.unit):
        world.hand_in(unit)
    world.hand_in(world.school, multimedia_rooms=0, equipment_value_yuan=None)
    return freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN), formal=False)
