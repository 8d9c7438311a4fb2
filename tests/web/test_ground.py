from __future__ import annotations

from junheng.web.rights.roles import Role


def test_the_health_page_answers_when_the_database_is_ready(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_county_admin_reaches_its_schools_and_no_other_county(person, tree):
    admin = person(Role.COUNTY_ADMIN)
    assert admin.reaches(tree.school.path)
    assert not admin.reaches(tree.other_school.path)
    assert not admin.reaches(tree.city.path)
