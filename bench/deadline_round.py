"""Prepare a demonstration site for the deadline hour: a second round, still empty, and a clerk for each of so many schools.

`python bench/deadline_round.py SITE FORMS SCHOOLS` writes the schools' filled official forms to FORMS and prints one JSON
line: [{"username": …, "submission": …, "form": …}, …].
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from junheng.cli.site import open_site
from junheng.intake.official_forms import write_school_form
from junheng.synth.province import synthesise


def prepare(forms: Path, schools: int) -> list[dict[str, object]]:
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from junheng.web.accounts.demo import DEMO_PASSWORD
    from junheng.web.accounts.models import User
    from junheng.web.areas.models import Unit
    from junheng.web.reporting.actions import make_submissions
    from junheng.web.reporting.models import Submission
    from junheng.web.rights.levels import UnitKind
    from junheng.web.rights.roles import Role
    from junheng.web.rounds.models import Participation, Round

    rows = {str(row["school_code"]): row for county in synthesise(100) for row in county.facts.school}
    today, first = timezone.localdate(), Round.objects.earliest("pk")
    round = Round.objects.create(name="截止当日", school_year=first.school_year, unit=first.unit, state="open", opens_on=today,
                                 reports_due_on=today + timedelta(days=1))  # fmt: skip
    Participation.objects.bulk_create(Participation(round=round, unit=unit) for unit in Unit.objects.filter(kind=UnitKind.COUNTY, closed_on=None))
    make_submissions(round)
    chosen = [each for each in Submission.objects.filter(round=round, unit__kind=UnitKind.SCHOOL).select_related("unit") if each.unit.code in rows][:schools]
    hashed = make_password(DEMO_PASSWORD)
    User.objects.bulk_create(
        User(username=f"clerk{each.unit.code}", name="填报员", role=Role.SCHOOL_CLERK, unit=each.unit, password=hashed, must_change_password=False)
        for each in chosen
    )
    out = []
    for each in chosen:
        path = forms / f"{each.unit.code}.xlsx"
        write_school_form(path, rows[each.unit.code])
        out.append({"username": f"clerk{each.unit.code}", "submission": each.pk, "form": str(path)})
    return out


def standing(submissions: list[int]) -> dict[str, int]:
    """Of the submissions asked for: how many are handed in with their figures, and how many versions they hold."""
    from junheng.web.reporting.models import Submission, Version

    of_them = Submission.objects.filter(pk__in=submissions)
    return {"submitted": of_them.filter(state="submitted", latest__isnull=False).count(),
            "versions": Version.objects.filter(submission__in=of_them).count()}  # fmt: skip


if __name__ == "__main__":
    site, forms = Path(sys.argv[1]), Path(sys.argv[2])
    open_site(site)
    if sys.argv[3] == "standing":
        print(json.dumps(standing(json.loads(sys.stdin.read()))))
    else:
        forms.mkdir(parents=True, exist_ok=True)
        print(json.dumps(prepare(forms, int(sys.argv[3]))))
