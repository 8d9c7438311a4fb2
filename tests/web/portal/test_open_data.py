"""Versions of the open data: only what is in force, never changed, told against the one before."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse

from junheng.web.flow.errors import Refused
from junheng.web.portal.making import make_release
from junheng.web.portal.models import DataRelease
from junheng.web.publicity.actions import revoke
from junheng.web.rights.roles import Role


@pytest.fixture
def published(person):
    return lambda: make_release(by=person(Role.PROVINCE_ADMIN))


def _file(number: int, dataset: str, format: str) -> bytes:
    answer = Client().get(reverse("open_data_file", args=[number, dataset, format]))
    assert answer.status_code == 200
    return answer.content


def test_the_three_formats_say_the_same(announced, tree, published):
    announced(tree.county)
    published()
    for dataset in ("results", "criteria", "balance", "pupils"):
        as_json = json.loads(_file(1, dataset, "json"))
        lines = list(csv.reader(io.StringIO(_file(1, dataset, "csv").decode("utf-8-sig"))))
        frame = pl.read_parquet(io.BytesIO(_file(1, dataset, "parquet")))
        assert [field["label"] for field in as_json["fields"]] == lines[0]
        assert frame.to_dicts() == as_json["rows"]
        assert [["" if value is None else str(value) for value in row.values()] for row in as_json["rows"]] == lines[1:]


def test_the_csv_opens_in_a_spreadsheet_with_chinese_headers(announced, tree, published):
    announced(tree.county)
    published()
    data = _file(1, "results", "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert "省级评估验收结论" in data.decode("utf-8-sig").splitlines()[0]


def test_a_cv_that_is_not_known_is_a_blank_and_no_zero(announced, tree, published):
    announced(tree.county)
    published()
    rows = json.loads(_file(1, "balance", "json"))["rows"]
    assert [(row["indicator"], row["cv"], row["verdict"]) for row in rows] == [("L1", 0.29790000000000005, "达标"), ("L2", None, "待定")]


def test_drafts_and_open_windows_are_not_in_it(announced, tree, published):
    announced(tree.county)
    announced(tree.other_county, in_force=False)
    published()
    assert [row["county"] for row in json.loads(_file(1, "results", "json"))["rows"]] == ["和平区"]


def test_without_anything_in_force_there_is_nothing_to_publish(announced, tree, published):
    announced(tree.county, in_force=False)
    with pytest.raises(Refused, match="没有可以发布的结论"):
        published()


def test_a_version_that_says_nothing_new_is_refused(announced, tree, published):
    announced(tree.county)
    published()
    with pytest.raises(Refused, match="没有新的内容"):
        published()


def test_a_later_version_says_what_came_and_what_was_revoked_and_leaves_the_earlier_one_alone(announced, tree, published, person):
    first = announced(tree.county)
    published()
    before = _file(1, "results", "csv")
    revoke(first, by=person(Role.PROVINCE_ADMIN), data={"reason": "数据造假", "document": "某号"})
    announced(tree.other_county, "fail")
    made = published()
    assert made.changes[:2] == ["新增 1 个县的结论：甘井子区（未通过）。", "撤下（公告已撤回或撤销） 1 个县的结论：和平区（通过）。"]
    assert _file(1, "results", "csv") == before
    page = Client().get(reverse("open_data_version", args=[1])).content.decode()
    assert "已有更新的版本" in page


def test_every_file_has_its_hash_on_the_page_of_its_version(announced, tree, published):
    announced(tree.county)
    made = published()
    page = Client().get(reverse("open_data_version", args=[1])).content.decode()
    for each in made.files:
        data = _file(1, each["dataset"], each["format"])
        assert hashlib.sha256(data).hexdigest() == each["sha256"]
        assert each["sha256"] in page


def test_a_file_that_the_version_does_not_have_is_not_there(announced, tree, published):
    announced(tree.county)
    published()
    assert Client().get(reverse("open_data_file", args=[1, "pupils_by_name", "csv"])).status_code == 404
    assert Client().get(reverse("open_data_file", args=[1, "results", "xlsx"])).status_code == 404


def test_the_province_sees_what_would_change_and_publishes_it_as_a_job(announced, tree, signed_in, run_jobs):
    announced(tree.county)
    client = signed_in(Role.PROVINCE_ADMIN)
    url = reverse("open_data_publish")
    assert "第一版：1 个县的结论" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    run_jobs()
    assert DataRelease.objects.get().number == 1
    assert "没有新的内容可以发布" in client.get(url).content.decode()


def test_a_job_that_runs_again_makes_no_second_version(announced, tree, signed_in, run_jobs):
    from junheng.web.jobs.models import Job
    from junheng.web.portal.jobs import publish

    announced(tree.county)
    signed_in(Role.PROVINCE_ADMIN).post(reverse("open_data_publish"))
    run_jobs()
    publish(Job.objects.get(), lambda done, total, message="": None)
    assert DataRelease.objects.count() == 1


def _pupils(number: int) -> dict[tuple[str, str, str], tuple[int | None, str]]:
    rows = json.loads(_file(number, "pupils", "json"))["rows"]
    return {(row["code"], row["area"], row["group"]): (row["count"], row["status"]) for row in rows}


def test_a_few_migrant_children_in_the_villages_are_not_published_nor_worked_out(announced, tree, published):
    announced(tree.county)
    announced(tree.other_county, schools=[("111", 700, 60), ("121", 300, 40), ("220", 120, 50)])
    published()
    found = _pupils(1)
    assert found[tree.county.code, "乡村", "随迁子女"] == (None, "不公布")
    assert found[tree.other_county.code, "城区", "随迁子女"] == (60, "公布")
    assert found["total", "合计", "合计"] == (2500, "公布")
    held = [key for key, (_, status) in found.items() if status == "不公布"]
    assert len(held) > 1


def test_the_county_that_joins_is_not_found_by_taking_one_version_from_the_other(announced, tree, published):
    announced(tree.county, schools=[("111", 900, 120), ("220", 80, 30)])
    published()
    announced(tree.other_county, schools=[("111", 700, 60), ("220", 120, 4)])
    made = published()
    before, after = _pupils(1), _pupils(2)
    assert before["total", "乡村", "随迁子女"] == (30, "公布")
    assert after["total", "乡村", "随迁子女"] == (None, "不公布")
    assert "4" not in {str(count) for count, _ in after.values()}
    assert made.counted["held"]


def test_what_a_school_did_not_report_is_not_zero(announced, tree, published):
    announced(tree.county, schools=[("111", 900, 120), ("220", 80, None)])
    published()
    found = _pupils(1)
    assert found[tree.county.code, "乡村", "随迁子女"] == (None, "未报全")
    assert found[tree.county.code, "镇区", "随迁子女"] == (0, "公布")
    assert found["total", "合计", "合计"] == (None, "未报全")


def test_the_rule_stands_on_every_page_of_the_table(announced, tree, published):
    announced(tree.county)
    published()
    for page in (reverse("open_data_version", args=[1]), reverse("open_data_dictionary")):
        said = Client().get(page).content.decode()
        assert "1 人以上、少于 10 人的数不公布" in said
        assert "下限 10 人待核" in said
    assert '<td class="num">*</td>' in Client().get(reverse("open_data_version", args=[1])).content.decode()
