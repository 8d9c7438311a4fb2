"""方案版本: a hash over everything a plan was asked with and what it answered."""

from __future__ import annotations

import hashlib
import json

from junheng.web.desk.models import Plan
from junheng.web.reporting.models import CountyRelease


def hash_of(plan: Plan) -> str:
    """SHA-256, in hexadecimal. What was solved is never changed, and neither is this."""
    releases = CountyRelease.objects.filter(pk__in=plan.releases).order_by("hash").values_list("hash", flat=True)
    tables = plan.files.exclude(table="").order_by("table").values_list("table", "sha256")
    said = [plan.unit.code, plan.planner, list(releases), dict(plan.values), [list(each) for each in tables], plan.version, plan.result]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
