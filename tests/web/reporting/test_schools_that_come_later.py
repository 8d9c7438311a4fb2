"""A school that comes while a round is open is asked at once, in the act that makes it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.areas.actions import add_unit, ensure_unit, place_school
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.reporting.models import Submission
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round


@pytest.fixture
def admin(person):
    return person(Role.SYSTEM_ADMIN).actor


def _asked(unit) -> list[str]:
    return list(Submission.objects.filter(unit=unit).values_list("round__name", flat=True))


def test_a_new_school_of_a_county_that_takes_part_is_asked_with_the_rounds_deadline(world, tree, signed_in):
    signed_in(Role.SYSTEM_ADMIN).post(reverse("unit", args=[tree.county.code]), {"act": "add", "code": "2121077777", "name": "和平区新校"})
    new = Unit.objects.get(code="2121077777")
    submission = Submission.objects.get(unit=new)
    assert (submission.round, submission.state, submission.due_on) == (world.round, "waiting", world.round.reports_due_on)
    event = AuditEvent.objects.filter(action="reporting.asked").last()
    assert (event.unit_path, event.detail["new"]) == (tree.county.path, 1)
    assert "和平区新校" in signed_in(Role.COUNTY_ADMIN).get(reverse("reporting_unit", args=[world.round.pk, tree.county.code])).content.decode()
    assert signed_in(Role.SCHOOL_CLERK, new).get(reverse("submission", args=[submission.pk])).status_code == 200


def test_a_school_run_by_the_city_is_asked_when_it_is_said_where_it_lies(world, tree, admin):
    new = add_unit("2121077778", "沈阳市新校", UnitKind.SCHOOL, tree.city, by=admin, lies_in=tree.county)
    assert _asked(new) == [world.round.name]
    assert AuditEvent.objects.filter(action="reporting.asked").last().unit_path == new.path
    known = ensure_unit("2121077779", "沈阳市老校", UnitKind.SCHOOL, tree.city)
    assert _asked(known) == []
    place_school(known, tree.county, by=admin)
    place_school(known, tree.county, by=admin)
    assert _asked(known) == [world.round.name]


def test_only_open_rounds_in_which_its_county_takes_part_ask_it(world, tree, admin):
    for name, state, county in (("筹备", "planned", tree.county), ("结束", "closed", tree.county), ("别的县", "open", tree.other_county)):
        round = Round.objects.create(unit=tree.province, name=name, school_year=2025, state=state)
        Participation.objects.create(round=round, unit=county)
    assert _asked(add_unit("2121077780", "和平区又一校", UnitKind.SCHOOL, tree.county, by=admin)) == [world.round.name]


def test_a_school_that_cannot_be_added_is_not_asked(world, tree, admin):
    before = Submission.objects.count()
    with pytest.raises(UserError, match="没有指明"):
        add_unit("2121077781", "沈阳市无处校", UnitKind.SCHOOL, tree.city, by=admin)
    with pytest.raises(UserError, match="不在沈阳市"):
        add_unit("2121077782", "沈阳市远处校", UnitKind.SCHOOL, tree.city, by=admin, lies_in=tree.other_county)
    assert Submission.objects.count() == before
