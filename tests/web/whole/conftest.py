"""The whole site, small, for whoever goes through all of it."""

from __future__ import annotations

import pytest
from whole.whole_site import ORDER, PUBLIC, RunJobs, Site, whole_site


@pytest.fixture
def site(transactional_db: None, tmp_path, settings, run_jobs: RunJobs, request: pytest.FixtureRequest) -> Site:
    """Who there is → the account, whoever sees most of a county first. Parametrised: the scale of the counties."""
    settings.JUNHENG_DEMO = True
    users = whole_site(tmp_path, run_jobs, counties=12, scale=getattr(request, "param", 0.05))
    return {PUBLIC: None, **{who: users[who] for who in sorted(users, key=lambda who: ORDER.index(who) if who in ORDER else len(ORDER))}}
