"""A county with a frozen, passing release in an open round, and its evaluation."""

from __future__ import annotations

from datetime import date

import pytest
from evaluation_steps import release_of

from junheng.web.evaluation.actions import start
from junheng.web.evaluation.models import Evaluation
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round


@pytest.fixture
def round(tree):
    made = Round.objects.create(name="2025 年评估", school_year=2025, unit=tree.province, state="open", opens_on=date(2025, 9, 1))
    Participation.objects.create(round=made, unit=tree.county)
    return made


@pytest.fixture
def release(round, tree):
    return release_of(round, tree.county)


@pytest.fixture
def evaluation(round, tree, person):
    start(round, by=person(Role.PROVINCE_ADMIN))
    return Evaluation.objects.get(unit=tree.county)
