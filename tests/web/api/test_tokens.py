"""A token: shown once, kept as a hash, narrower than its owner, over when it should be, and not faster than it may."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.actions import change_place, disable, reset_password
from junheng.web.accounts.models import User
from junheng.web.api.actions import count_call, make_token, pace, revoke_token
from junheng.web.api.models import Token
from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import NotAllowed
from junheng.web.rights.roles import Role


def test_the_secret_is_on_the_page_once_and_nowhere_in_the_database(signed_in, person):
    client = signed_in(Role.COUNTY_ADMIN)
    made = client.post("/me/tokens/", {"name": "取数", "scopes": ["units:read"], "days": "30"})
    token, secret = made.context["made"]
    assert secret in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert secret not in client.get("/me/tokens/").content.decode()
    event = AuditEvent.objects.get(action="api.token_made")
    assert secret not in f"{Token.objects.values().get(pk=token.pk)} {event.after} {event.detail}"
    assert event.actor_id == person(Role.COUNTY_ADMIN).pk


def test_the_page_offers_only_what_the_account_may(signed_in):
    def offered(role: Role) -> set[str]:
        return {value for value, _ in signed_in(role).get("/me/tokens/").context["form"].fields["scopes"].choices}

    assert "submissions:write" in offered(Role.SCHOOL_CLERK)
    assert offered(Role.DEPARTMENT) == {"units:read", "rounds:read", "boards:read", "search:read", "evaluations:read", "surveys:read", "problems:read",
                                         "problems:write", "commitments:read"}


@pytest.mark.parametrize(("name", "scopes", "days"), [("", ["units:read"], 30), ("试", [], 30), ("试", ["releases:read"], 30), ("试", ["units:read"], 3650)])
def test_a_token_without_purpose_scope_or_end_is_refused(person, name, scopes, days):
    clerk = person(Role.SCHOOL_CLERK)
    with pytest.raises(UserError):
        make_token(clerk, name, scopes, days, by=clerk)


def _why(asked) -> str:
    answer = asked.get("units")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    return answer.json()["title"]


def test_a_revoked_or_expired_token_opens_nothing(person, program, signed_in):
    admin = person(Role.COUNTY_ADMIN)
    revoked, expired = program(admin), program(admin)
    signed_in(Role.COUNTY_ADMIN).post(f"/me/tokens/{revoked.token.pk}/revoke/")
    Token.objects.filter(pk=expired.token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert _why(revoked) == "令牌不能再用：已作废"
    assert _why(expired) == "令牌不能再用：已过期"
    revoke_token(revoked.token, by=admin)
    assert AuditEvent.objects.filter(action="api.token_revoked").count() == 1


def test_a_token_ends_with_its_owners_place_and_account(person, program, tree):
    keeper = person(Role.SECURITY_ADMIN)
    admin = person(Role.COUNTY_ADMIN)
    asked = program(admin)
    reset_password(admin, by=keeper)
    assert _why(asked) == "令牌不能再用：账号还没有改首次密码"
    User.objects.filter(pk=admin.pk).update(must_change_password=False)
    assert asked.get("units").status_code == 200
    change_place(User.objects.get(pk=admin.pk), Role.COUNTY_REVIEWER, tree.county, "", by=keeper)
    assert _why(asked) == "令牌不能再用：账号的角色或单位已变"
    disable(User.objects.get(pk=admin.pk), by=keeper)
    assert _why(asked) == "令牌不能再用：账号已停用"


def test_a_token_that_is_too_fast_is_told_when_to_come_again(person, program, monkeypatch):
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 3)
    asked = program(person(Role.COUNTY_ADMIN))
    answers = [asked.get("units") for _ in range(4)]
    if answers[-1].status_code == 200:  # the minute ended meanwhile
        answers = [asked.get("units") for _ in range(4)]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1]["Retry-After"]) <= 61
    assert Token.objects.get(pk=asked.token.pk).used_at is not None


@pytest.mark.django_db(transaction=True)
def test_callers_at_the_same_time_share_one_count(person, program, monkeypatch):
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 20)
    monkeypatch.setattr(pace.time, "time", lambda: 6e9)
    token = program(person(Role.COUNTY_ADMIN)).token

    def call(_: int) -> int:
        try:
            return count_call(token)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as callers:
        waits = list(callers.map(call, range(60)))
    assert waits.count(0) == 20


def test_a_departments_system_has_an_account_nobody_signs_in_to_and_a_token_of_its_keeper(signed_in, person, tree, program):
    system = User.objects.create(username="finance-system", name="市财政平台", role=Role.DEPARTMENT, unit=tree.city, department="finance")
    assert system.must_change_password
    keeper = signed_in(Role.SECURITY_ADMIN)
    page = keeper.post(f"/users/{system.pk}/tokens/", {"name": "每晚取整改", "scopes": ["problems:read", "units:read"], "days": "365"})
    asked = program(person(Role.COUNTY_ADMIN))
    asked.secret = page.context["made"][1]
    assert {each["code"] for each in asked.get("units").json()["items"]} >= {tree.county.code, tree.school.code}
    assert asked.get("submissions").status_code == 403
    event = AuditEvent.objects.filter(action="api.token_made").first()
    assert (event.actor_id, event.detail["account"]) == (person(Role.SECURITY_ADMIN).pk, system.pk)
    keeper.post(f"/me/tokens/{Token.objects.get(user=system).pk}/revoke/")
    assert _why(asked) == "令牌不能再用：已作废"


def test_a_keeper_makes_no_token_of_a_person(person):
    with pytest.raises(NotAllowed):
        make_token(person(Role.COUNTY_ADMIN), "试", ["units:read"], 30, by=person(Role.SECURITY_ADMIN))
