"""Who keeps which accounts, and what is done to them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from accounts.conftest import PASSWORD
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.drafts import Draft
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.keeping import kept_by
from junheng.web.accounts.models import Reach, User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import ROLES, Department, Role
from junheng.web.site.declarations import all_rights


def listed(browser: Client, query: str = "") -> str:
    return browser.get(f"/users/{query}").content.decode()


def test_a_county_admin_keeps_the_clerks_of_the_county_and_nobody_else(person, tree, signed_in):
    clerk, foreign = person(Role.SCHOOL_CLERK), person(Role.SCHOOL_CLERK, tree.other_school)
    reviewer = person(Role.COUNTY_REVIEWER)
    browser = signed_in(Role.COUNTY_ADMIN)
    page = listed(browser)
    assert clerk.username in page
    assert foreign.username not in page
    assert reviewer.username not in page
    assert browser.get(f"/users/{clerk.pk}/").status_code == 200
    for other in (foreign, reviewer, person(Role.COUNTY_ADMIN)):
        assert browser.get(f"/users/{other.pk}/").status_code == 404
        assert browser.post(f"/users/{other.pk}/", {"act": "disable"}).status_code == 404


def test_a_security_admin_keeps_what_lies_in_the_area(person, tree):
    here, there = person(Role.SECURITY_ADMIN, tree.county), person(Role.COUNTY_ADMIN, tree.other_county)
    mine = [person(Role.SCHOOL_CLERK), person(Role.COUNTY_ADMIN), person(Role.COUNTY_REVIEWER)]
    assert set(kept_by(here)) == set(mine)
    above = person(Role.SECURITY_ADMIN)
    assert set(kept_by(above)) == {here, there, *mine}


def test_the_accounts_of_experts_are_kept_by_the_province_alone(person, tree):
    """Else the county that an expert judges could set the expert's password."""
    expert = person(Role.PROVINCE_EXPERT, tree.county)
    assert expert not in kept_by(person(Role.SECURITY_ADMIN, tree.county))
    assert expert in kept_by(person(Role.SECURITY_ADMIN))


def test_nobody_keeps_the_own_account(person, signed_in):
    admin = person(Role.SECURITY_ADMIN)
    assert signed_in(Role.SECURITY_ADMIN).get(f"/users/{admin.pk}/").status_code == 404
    with pytest.raises(UserError, match="不能管理自己的账号"):
        actions.disable(admin, by=admin)


def test_the_three_administrators_have_no_business_rights():
    # of jobs a security administrator reaches the own alone: those that invite (jobs.pages.FollowRight)
    kept_apart = {Role.SECURITY_ADMIN: {"accounts", "jobs"}, Role.AUDITOR: {"audit"}}
    for role, rooms in kept_apart.items():
        held = {room for room, rights in all_rights().items() for each in rights if role in each.roles}
        assert held <= rooms, f"{role.label}：{held}"


def test_the_list_finds_by_name_unit_role_and_state(person, tree, signed_in):
    clerk, admin = person(Role.SCHOOL_CLERK), person(Role.COUNTY_ADMIN)
    User.objects.filter(pk=admin.pk).update(is_active=False)
    browser = signed_in(Role.SECURITY_ADMIN)
    for query, shown, hidden in (
        (f"?q={clerk.name}", clerk, admin), (f"?q={clerk.username}", clerk, admin), ("?role=school_clerk", clerk, admin),
        ("?state=disabled", admin, clerk), ("?state=active", clerk, admin), (f"?unit={tree.school.code}", clerk, admin),
    ):  # fmt: skip
        page = listed(browser, query)
        assert shown.username in page, query
        assert hidden.username not in page, query


def test_the_list_is_paged_and_takes_the_same_queries_for_one_row_and_fifty(person, tree, signed_in):
    person(Role.SCHOOL_CLERK)
    browser = signed_in(Role.SECURITY_ADMIN)
    listed(browser)
    with CaptureQueriesContext(connection) as few:
        listed(browser)
    User.objects.bulk_create(User(username=f"clerk{i:03}", name=f"填报员{i}", role=Role.SCHOOL_CLERK, unit=tree.school) for i in range(60))
    with CaptureQueriesContext(connection) as many:
        page = listed(browser)
    assert len(few) == len(many)
    assert page.count("/users/") >= 50
    assert "clerk059" not in page
    assert "clerk059" in listed(browser, "?page=2")


def test_disabling_ends_every_session_at_once(known, sign_in, signed_in, audited):
    clerk = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(clerk.username)
    admin = signed_in(Role.COUNTY_ADMIN)
    assert admin.post(f"/users/{clerk.pk}/", {"act": "disable"}).status_code == 302
    assert browser.get("/me/").status_code == 302
    assert "停用" in listed(admin)
    admin.post(f"/users/{clerk.pk}/", {"act": "enable"})
    assert sign_in(clerk.username)[1].status_code == 302
    assert [each for each in audited() if each.endswith("abled")] == ["accounts.disabled", "accounts.enabled"]


def test_a_reset_password_is_shown_once_and_must_be_changed(known, sign_in, signed_in):
    clerk = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(clerk.username)
    admin = signed_in(Role.COUNTY_ADMIN)
    response = admin.post(f"/users/{clerk.pk}/", {"act": "password"})
    password = re.search(r"\w{4}-\w{4}-\w{4}", response.content.decode()).group()  # type: ignore[union-attr]
    assert response["Cache-Control"] == "no-store"
    assert password not in admin.get(f"/users/{clerk.pk}/").content.decode()
    assert password not in str(list(AuditEvent.objects.values_list()))
    assert browser.get("/me/").status_code == 302
    assert sign_in(clerk.username, PASSWORD)[1].status_code == 200
    again, _ = sign_in(clerk.username, password)
    assert again.get("/me/")["Location"] == "/accounts/password/change/"


def test_unlocking_lets_the_person_in_at_once(known, sign_in, signed_in, audited):
    clerk = known(Role.SCHOOL_CLERK)
    for _ in range(5):
        sign_in(clerk.username, "Cuowu-2026-mima")
    assert sign_in(clerk.username)[1].status_code == 429
    admin = signed_in(Role.COUNTY_ADMIN)
    assert "锁定中" in listed(admin)
    admin.post(f"/users/{clerk.pk}/", {"act": "unlock"})
    assert "锁定中" not in listed(admin)
    assert sign_in(clerk.username)[1].status_code == 302
    assert "accounts.unlocked" in audited()


def test_a_lost_telephone_is_replaced_through_the_security_admin(person, signed_in):
    clerk = person(Role.SCHOOL_CLERK)
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={"secret": "x"})
    county = signed_in(Role.COUNTY_ADMIN)
    county.post(f"/users/{clerk.pk}/", {"act": "second_factor"})
    assert Authenticator.objects.filter(user=clerk).exists(), "a county administrator keeps passwords only"
    signed_in(Role.SECURITY_ADMIN).post(f"/users/{clerk.pk}/", {"act": "second_factor"})
    assert not Authenticator.objects.filter(user=clerk).exists()


def test_a_new_role_takes_back_what_the_old_one_was_granted(person, tree, signed_in):
    expert = person(Role.PROVINCE_EXPERT, tree.county)
    Reach.objects.create(user=expert, unit=tree.other_county, reason="分工", source="evaluation:1", until=date(2099, 1, 1))
    browser = signed_in(Role.SECURITY_ADMIN)
    response = browser.post(f"/users/{expert.pk}/", {"act": "place", "role": "county_reviewer", "unit": tree.county.code})
    assert response.status_code == 302
    moved = User.objects.get(pk=expert.pk)
    assert moved.role == Role.COUNTY_REVIEWER
    assert not moved.reaches(tree.other_county.path)
    event = AuditEvent.objects.get(action="accounts.place_changed")
    assert event.before["role"] == "province_expert"
    assert event.detail == {"taken_back": ["evaluation:1"]}


@pytest.mark.parametrize(
    ("role", "where", "said"),
    [(Role.COUNTY_ADMIN, "school", "应属于县"), (Role.SCHOOL_CLERK, "county", "应属于学校"), (Role.CITY_REVIEWER, "city", "不在您的管理范围内"),
     (Role.SCHOOL_CLERK, "other_school", "不在您的管理范围内"), (Role.PROVINCE_EXPERT, "county", "您不能开立")],
)  # fmt: skip
def test_a_place_that_cannot_be_is_refused_with_the_reason(person, tree, role, where, said):
    draft = Draft("王一", role, getattr(tree, where))
    with pytest.raises(WrongEntries, match=said):
        actions.open_account(draft, "wang1", by=person(Role.SECURITY_ADMIN, tree.county))


def test_a_county_admin_opens_clerks_only(person, tree):
    with pytest.raises(WrongEntries, match="您不能开立“县级审核人”账号"):
        actions.open_account(Draft("王一", Role.COUNTY_REVIEWER, tree.county), "wang1", by=person(Role.COUNTY_ADMIN))


def test_only_department_users_have_a_department(person, tree):
    by = person(Role.SECURITY_ADMIN)
    with pytest.raises(WrongEntries, match="部门用户要选部门"):
        actions.open_account(Draft("王一", Role.DEPARTMENT, tree.county), "wang1", by=by)
    with pytest.raises(WrongEntries, match="不选部门"):
        actions.open_account(Draft("王一", Role.COUNTY_ADMIN, tree.county, Department.FINANCE), "wang1", by=by)


@pytest.mark.parametrize("username", ["ab", "王老师", "-wang", "has space", "a" * 51])
def test_a_name_nobody_could_type_is_refused(person, tree, username):
    with pytest.raises(WrongEntries, match="小写字母"):
        actions.open_account(Draft("王一", Role.COUNTY_ADMIN, tree.county), username, by=None)


def test_a_name_is_taken_once_whatever_its_case(person, tree):
    actions.open_account(Draft("王一", Role.COUNTY_ADMIN, tree.county), "wang1", by=None)
    with pytest.raises(WrongEntries, match="已有人用"):
        actions.open_account(Draft("王二", Role.COUNTY_ADMIN, tree.county), "WANG1", by=None)


SEPARATE = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


@pytest.mark.parametrize(("first", "second"), [(a, b) for a in SEPARATE for b in SEPARATE if a is not b])
@pytest.mark.parametrize("known_by", ["phone", "email"])
def test_no_person_holds_two_of_the_three_separate_roles(tree, db, first, second, known_by):
    who = {"phone": "15400000001"} if known_by == "phone" else {"email": "wang@example.org"}
    actions.open_account(Draft("王一", first, tree.province, **who), "wang1", by=None)
    with pytest.raises(WrongEntries, match="必须由不同的人担任"):
        actions.open_account(Draft("王一", second, tree.province, **who), "wang2", by=None)


def test_the_separate_roles_cannot_be_opened_without_a_way_to_know_the_person(tree, db):
    with pytest.raises(WrongEntries, match="要填手机或电子邮箱"):
        actions.open_account(Draft("王一", Role.AUDITOR, tree.province), "wang1", by=None)


def test_separation_holds_when_roles_change_contacts_change_or_accounts_come_back(tree, person):
    by = person(Role.SECURITY_ADMIN)
    auditor, _ = actions.open_account(Draft("王一", Role.AUDITOR, tree.province, phone="15400000001"), "wang1", by=None)
    other, _ = actions.open_account(Draft("李二", Role.PROVINCE_ADMIN, tree.province, phone="154-0000-0001"), "li2", by=None)
    with pytest.raises(WrongEntries, match="必须由不同的人担任"):
        actions.change_place(other, Role.SYSTEM_ADMIN, tree.province, "", by=by)
    third, _ = actions.open_account(Draft("张三", Role.SYSTEM_ADMIN, tree.province, phone="15400000003"), "zhang3", by=None)
    with pytest.raises(WrongEntries, match="必须由不同的人担任"):
        actions.change_contact(third, phone="15400000001", email="")
    actions.disable(auditor, by=by)
    third.refresh_from_db()
    actions.change_contact(third, phone="15400000001", email="")
    auditor.refresh_from_db()
    with pytest.raises(WrongEntries, match="必须由不同的人担任"):
        actions.enable(auditor, by=by)


def test_a_phone_is_in_no_audit_event_and_masked_on_the_page(tree, person, signed_in):
    by = person(Role.SECURITY_ADMIN)
    account, _ = actions.open_account(Draft("王一", Role.COUNTY_ADMIN, tree.county, phone="15412345678"), "wang1", by=by)
    assert "15412345678" not in str(list(AuditEvent.objects.values_list()))
    page = signed_in(Role.SECURITY_ADMIN).get(f"/users/{account.pk}/").content.decode()
    assert "15412345678" not in page
    assert "5678" in page


def test_every_role_says_where_its_accounts_belong():
    assert set(ROLES) == set(Role)
    assert all(declared.levels and declared.purpose for declared in ROLES.values())


def test_a_contact_is_masked_until_the_keeper_says_what_for_and_the_log_keeps_that(person, signed_in):
    clerk = person(Role.SCHOOL_CLERK)
    phone = "15400001234"
    User.objects.filter(pk=clerk.pk).update(email="tianbao@example.org")
    clerk.refresh_from_db()
    clerk.phone = phone
    clerk.save()
    browser = signed_in(Role.COUNTY_ADMIN)
    url = f"/users/{clerk.pk}/"
    page = browser.get(url).content.decode()
    assert phone not in page
    assert "tianbao@example.org" not in page
    assert "*******1234" in page
    refused = browser.post(url, {"act": "contact", "purpose": " 看 "}, follow=True).content.decode()
    assert "没有写明用途" in refused
    assert phone not in refused
    assert not AuditEvent.objects.filter(action="accounts.contact_shown").exists()
    shown = browser.post(url, {"act": "contact", "purpose": "催报前核实联系方式"}).content.decode()
    assert phone in shown
    assert "tianbao@example.org" in shown
    event = AuditEvent.objects.get(action="accounts.contact_shown")
    assert (event.purpose, event.actor_role, event.subject) == ("催报前核实联系方式", Role.COUNTY_ADMIN.label, f"user:{clerk.pk}")
    assert phone not in str((event.before, event.after, event.detail))
