"""A small tree of units and one person per role: everything the site's tests stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.usersessions.models import UserSession
from browser import browser, page_at  # noqa: F401  # once for all rooms: two drivers in one process refuse each other
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from junheng.web.accounts.models import User
from junheng.web.accounts.session import SECOND_FACTOR
from junheng.web.areas.actions import ensure_divisions, ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.jobs.actions.run import run_job
from junheng.web.jobs.models import Job, JobState
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import ROLES, Department, Role

HOME, OTHER = "210102", "210211"
"""和平区 of Shenyang, and 甘井子区 of Dalian: an own area and one outside of it, in another city."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """SQLite empties tables between tests with DELETE, which the audit log refuses: here, and only here, it may be."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_no_delete")


@dataclass(frozen=True)
class Tree:
    """The units the tests use. schools: two of each county."""

    province: Unit
    city: Unit
    county: Unit
    school: Unit
    school_beside: Unit
    other_city: Unit
    other_county: Unit
    other_school: Unit


@pytest.fixture
def tree(db: None) -> Tree:
    province = ensure_divisions([HOME, OTHER])
    county, other = Unit.objects.get(code=HOME), Unit.objects.get(code=OTHER)
    schools = [
        ensure_unit(code, name, UnitKind.SCHOOL, parent)
        for code, name, parent in (
            ("2121001719", "和平区第一小学", county), ("3121001720", "和平区第一中学", county), ("2121009001", "甘井子区第一小学", other),
        )
    ]  # fmt: skip
    assert county.parent is not None
    assert other.parent is not None
    return Tree(province, county.parent, county, schools[0], schools[1], other.parent, other, schools[2])


@pytest.fixture
def person(tree: Tree) -> Callable[..., User]:
    """person(Role.COUNTY_ADMIN) or person(role, unit): an active account, made once per role and unit."""
    homes = {UnitKind.PROVINCE: tree.province, UnitKind.CITY: tree.city, UnitKind.COUNTY: tree.county, UnitKind.SCHOOL: tree.school}

    def make(role: Role, unit: Unit | None = None) -> User:
        unit = unit or homes[ROLES[role].levels[0]]
        user, _ = User.objects.get_or_create(
            username=f"{role}-{unit.code}",
            defaults={"name": f"{role.label}甲", "role": role, "unit": unit, "must_change_password": False,
                      "department": Department.FINANCE if role is Role.DEPARTMENT else ""},
        )  # fmt: skip
        return user

    return make


@pytest.fixture
def signed_in(person: Callable[..., User]) -> Callable[..., Client]:
    """signed_in(Role.COUNTY_ADMIN[, unit]): a client with that person's session, second factor given."""

    def sign_in(role: Role, unit: Unit | None = None) -> Client:
        client = Client()
        user = person(role, unit)
        client.force_login(user, backend="junheng.web.accounts.backend.AccountBackend")
        session = client.session
        session[SECOND_FACTOR] = user.pk
        session.save()
        UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="")  # as a real sign-in does
        return client

    return sign_in


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[Job]]:
    """run_jobs(): do all queued background work here and now, jobs that jobs queue included; returns the jobs done."""

    def run() -> list[Job]:
        done = []
        while (job := Job.objects.filter(state=JobState.QUEUED).order_by("created_at").first()) is not None:
            run_job.func(str(job.pk))
            job.refresh_from_db()
            done.append(job)
        return done

    return run
