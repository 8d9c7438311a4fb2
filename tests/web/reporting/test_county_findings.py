"""The county's list of findings: everything found in everything handed in, each one click from its field."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from junheng.web.rights.roles import Role


@pytest.fixture
def board(world, signed_in):
    """board(query): the page as the county's administrator sees it."""
    client = signed_in(Role.COUNTY_ADMIN)
    url = reverse("reporting_findings", kwargs={"round_id": world.round.pk, "code": world.unit.code})
    return lambda query="": client.get(url + query)


@pytest.fixture
def handed_in(world):
    """Two schools with a negative number each, one of them with more multimedia rooms than classrooms besides."""
    rooms = world.rows[world.school.code]["multimedia_rooms"]
    world.upload(world.schools[0], pe_teachers=-1, classrooms=rooms - 3)
    world.upload(world.schools[1], pe_teachers=-1)
    return world


def _found(response):
    return [(each.submission.unit, each.finding.rule) for each in response.context["lines"]]


def test_it_lists_every_finding_of_every_school_and_leads_to_the_field(handed_in, board):
    response = board()
    page = response.content.decode()
    stored = [finding for unit in handed_in.schools[:2] for finding in handed_in.submission(unit).latest.read_findings()]
    assert len(_found(response)) == len(stored)
    assert f"2 个单位有 {response.context['errors']} 处错误" in page
    first = handed_in.submission(handed_in.schools[0])
    assert f'{reverse("submission_form", args=[first.pk])}?at=school-0-pe_teachers#school-0-pe_teachers' in page
    form = handed_in.client(handed_in.schools[0]).get(reverse("submission_form", args=[first.pk])).content.decode()
    assert 'id="school-0-pe_teachers"' in form


def test_it_is_cut_by_rule_school_level_and_what_is_still_open(handed_in, board):
    schools = handed_in.schools
    assert {rule for _, rule in _found(board("?rule=E-negative"))} == {"E-negative"}
    assert {unit for unit, _ in _found(board("?rule=E-negative"))} == set(schools[:2])
    assert {unit for unit, _ in _found(board(f"?q={schools[1].code}"))} == {schools[1]}
    assert {unit for unit, _ in _found(board(f"?q={schools[1].name}&level=error"))} == {schools[1]}
    assert not _found(board("?level=warning&rule=E-negative"))
    warned = [each for each in board().context["lines"] if each.finding.level == "warning"]
    if warned:
        url = reverse("submission_explain", args=[warned[0].submission.pk])
        page = handed_in.client(warned[0].submission.unit).get(reverse("submission", args=[warned[0].submission.pk]))
        key = next(each.key for each in page.context["warnings"])
        handed_in.client(warned[0].submission.unit).post(url, {"key": key, "words": "属实"})
        assert len(_found(board("?open=1"))) == len(_found(board())) - 1
    counts = {rule: n for rule, _, n in board().context["rules"]}
    assert counts["E-negative"] == 2


def test_a_mended_finding_is_gone_and_silent_schools_are_not_among_them(handed_in, board):
    handed_in.upload(handed_in.schools[1])
    assert {unit for unit, rule in _found(board()) if rule == "E-negative"} == {handed_in.schools[0]}
    assert handed_in.schools[2] not in {unit for unit, _ in _found(board())}


def test_the_workbook_has_the_same_lines_with_file_sheet_and_cell(handed_in, board, signed_in):
    url = reverse("reporting_findings_file", kwargs={"round_id": handed_in.round.pk, "code": handed_in.unit.code})
    data = signed_in(Role.COUNTY_ADMIN).get(f"{url}?rule=E-negative").content
    rows = [row for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[1] for row in rows] == sorted((each.name for each in handed_in.schools[:2]), key=[row[1] for row in rows].index)
    assert {row[3] for row in rows} == {"▲ 错误"}
    assert {row[5] for row in rows} == {"学校填报表格.xlsx"}
    assert all(row[7].startswith("E") for row in rows)


def test_another_county_and_a_city_have_no_such_page(handed_in, board, signed_in, tree):
    url = reverse("reporting_findings", kwargs={"round_id": handed_in.round.pk, "code": handed_in.unit.code})
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(url).status_code == 404
    assert signed_in(Role.SCHOOL_CLERK).get(url).status_code == 404
    assert signed_in(Role.CITY_REVIEWER).get(url.replace(tree.county.code, tree.city.code)).status_code == 404
    assert "还没有校核发现" not in board().content.decode()
