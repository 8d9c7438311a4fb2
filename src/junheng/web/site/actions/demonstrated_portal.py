"""What the demonstration site shows to the public: a version of the open data, a lottery that was drawn, one that waits, and zones."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from junheng.planning.admission.lottery import Applicant, Terms, canonical_list
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.portal.actions import draw_lottery, publish_list, publish_zoning
from junheng.web.portal.in_force import in_force
from junheng.web.portal.making import make_release
from junheng.web.portal.models import Lottery
from junheng.web.rights.levels import UnitKind

_APPLICANTS, _PLACES = 60, 40


def show_to_the_public(*, province: User, county: User, school_year: int) -> None:
    """province, county: the administrators who publish."""
    if in_force().exists():
        make_release(by=province)
    schools = list(Unit.objects.filter(parent=county.unit, kind=UnitKind.SCHOOL).order_by("code")[:4])
    drawn = _listed(county, schools[0])
    for school in schools[1:2]:
        _listed(county, school)
    Lottery.objects.filter(pk=drawn.pk).update(seed_on=timezone.localdate())
    draw_lottery(drawn, by=county, data={"seed": "演示：3 1 4 1 5"})
    lines = [{"place": f"演示小区{number}", "school": school.name, "code": school.code} for number, school in enumerate(schools * 3, 1)]
    publish_zoning(by=county, unit=county.unit, school_year=school_year, document="学区划分（演示）", lines=lines)


def _listed(county: User, school: Unit) -> Lottery:
    """Every tenth applicant has a twin."""
    applicants = [Applicant(f"{school.code[-4:]}{number:03d}", f"双胞胎{number // 10}" if number % 10 in (0, 1) and number >= 10 else "")
                  for number in range(1, _APPLICANTS + 1)]  # fmt: skip
    text = canonical_list(Terms(school.name, _PLACES), applicants)
    return publish_list(by=county, unit=county.unit, list_text=text, seed_from="演示：体育彩票排列五开奖号码", seed_on=timezone.localdate() + timedelta(days=7))
