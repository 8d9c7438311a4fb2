"""What anybody reads of one school: its kind and what is asked of it; its figures only by a document of the province, and no small count of people."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from junheng.opendata.rule import the_rule
from junheng.opendata.schools import WITHHELD, too_few_people
from junheng.web.audit.models import AuditEvent
from junheng.web.portal.models import Disclosure
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role

VALUES = {"L1": 6.1, "L2": 0.96, "L3": 0.5, "L4": 4.62, "L5": 7.504, "L6": None, "L7": 3.0}


@pytest.fixture
def school(announced, tree):
    """A school of a county whose result is in force, and its figures as frozen; others in the county have plenty of teachers."""
    announced(tree.county, schools=[("111", 1200, 120), ("220", 900, 3)])
    release = CountyRelease.objects.get()
    code = f"21{tree.county.code[2:]}0001"
    tree.school.code = code
    tree.school.save()
    own = {"code": code, "name": "第1小学", "students": 1200, "values": VALUES, "met": ["L1", "L4", "L5", "L7"], "near": ["L2"], "verdict": "insufficient"}
    other = own | {"code": f"21{tree.county.code[2:]}0002", "students": 1000, "values": dict.fromkeys(VALUES, 9.0)}
    release.result["stages"]["primary"]["schools"] = [own, other]
    release.save()
    return tree.school


def _page(school) -> str:
    return Client().get(reverse("public_school", args=[school.code])).content.decode()


def _rows(page: str) -> dict[str, str]:
    return {re.split(r"</th>", row)[0].split(">")[-1]: re.sub(r"<[^>]+>", " ", row) for row in page.split("<tr>")[1:] if '<th scope="row">' in row}


def _disclose(signed_in, document: str = "辽教发〔2026〕1号"):
    return signed_in(Role.PROVINCE_ADMIN).post(reverse("school_figures"), {"document": document})


def test_a_school_page_says_what_kind_of_school_it_is(school):
    page = _page(school)
    assert "<dt>学校类型</dt><dd>小学</dd>" in page
    assert "<dt>城乡分类</dt><dd>主城区</dd>" in page
    assert "<dt>举办者类型</dt><dd>未报</dd>" in page


def test_without_a_document_of_the_province_it_holds_what_is_asked_of_a_school_and_no_figure_of_its_own(school):
    page = _page(school)
    assert "标准对这样的学校要求什么" in page
    assert "至少 4.5 平方米" in _rows(page)["平均每名学生有教室和教学辅助用房"]
    assert "4.62" not in page
    assert "没有规定公布单独一所学校的数" in page
    assert all(each.what in page and each.why in page for each in WITHHELD)


def test_with_the_document_a_parent_reads_each_figure_beside_the_standard_in_words(school, signed_in):
    assert _disclose(signed_in).status_code == 302
    page = _page(school)
    rows = _rows(page)
    assert "辽教发〔2026〕1号" in page
    assert re.search(r"至少 4\.5 平方米\s+4\.62 平方米\s+● 达标\s+达到标准", rows["平均每名学生有教室和教学辅助用房"])
    assert re.search(r"0\.96 名\s+▲ 未达标\s+还没有达到，不低于标准的 85%", rows["每 100 名学生有县级以上骨干教师"])
    assert "没有报全，不能比较" in rows["平均每名学生有教学仪器设备"]
    assert "待定" in rows["平均每名学生有教学仪器设备"]
    assert "1,200" not in page


def test_one_small_count_of_people_keeps_that_indicator_of_every_school_back(school, signed_in):
    """6 teachers: 0.5 per 100 of 1,200 pupils. The county's CV would give it away if the others were told."""
    _disclose(signed_in)
    rows = _rows(_page(school))
    assert "各校都不公布" in rows["每 100 名学生有体育、音乐、美术教师"]
    assert "0.50" not in rows["每 100 名学生有体育、音乐、美术教师"]
    assert "达标" not in rows["每 100 名学生有体育、音乐、美术教师"]


def test_a_decision_is_named_audited_and_ended_at_once_on_every_page(school, signed_in, person):
    assert _disclose(signed_in, "  ").status_code == 422
    assert _disclose(signed_in).status_code == 302
    assert _disclose(signed_in, "又一份").status_code == 422
    assert "4.62" in _page(school)
    made = Disclosure.objects.get()
    answer = signed_in(Role.PROVINCE_ADMIN).post(reverse("disclosure_do", args=[made.pk, "withdraw"]), {"reason": "文件废止", "moves": "0"})
    assert answer.status_code == 302
    assert "4.62" not in _page(school)
    assert set(AuditEvent.objects.filter(subject=made.reference).values_list("action", flat=True)) == {"disclosure.open", "disclosure.withdraw"}
    assert "文件废止" in signed_in(Role.PROVINCE_ADMIN).get(reverse("school_figures")).content.decode()


def test_a_release_that_cannot_be_read_leaves_the_page_and_the_countys_result(school, tree, caplog):
    CountyRelease.objects.update(key="没有这个")
    page = _page(school)
    assert "暂时读不到" in page
    assert f"{tree.county.name}省级评估验收通过" in page
    assert "cannot be read" in caplog.text


@given(st.lists(st.tuples(st.none() | st.integers(0, 60), st.none() | st.integers(1, 3000)), max_size=12))
def test_an_indicator_of_people_is_told_only_where_no_school_has_one_to_nine(schools):
    """teachers and pupils of each school; a figure is told of all the schools or of none."""
    values = [(None if teachers is None or pupils is None else teachers / pupils * 100, pupils) for teachers, pupils in schools]
    small = any(teachers is not None and pupils is not None and 1 <= teachers < the_rule().least for teachers, pupils in schools)
    assert too_few_people("backbone_teachers_per100", values, the_rule()) is small
    assert not too_few_people("teach_area_per_pupil", values, the_rule())
