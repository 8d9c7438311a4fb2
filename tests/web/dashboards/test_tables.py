"""Every table of a page as a workbook."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.urls import reverse

from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round


def _book(answer):
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


@pytest.mark.parametrize(("of", "sheets"), [
    ("unit", ["差异系数", "逐校逐项", "影响校", "缺报", "余量排序", "保障与质量"]), ("school", ["指标", "条目", "上报数据"]), ("province", ["各县", "目标", "县际差异"]),
])  # fmt: skip
def test_every_table_of_a_page_is_a_sheet(of, sheets, world, frozen, signed_in):
    unit = {"unit": world.unit, "school": world.school, "province": world.round.unit}[of]
    book = _book(signed_in(Role.PROVINCE_ADMIN).get(reverse("board_tables", args=[world.round.pk, unit.code])))
    assert book.sheetnames == sheets


def test_what_was_not_reported_is_a_word_and_never_a_nought(world, frozen, signed_in):
    sheet = _book(signed_in(Role.COUNTY_ADMIN).get(reverse("board_tables", args=[world.round.pk, world.unit.code])))["逐校逐项"]
    head = [cell.value for cell in sheet[2]]
    row = next(row for row in sheet.iter_rows(min_row=3, values_only=True) if row[1] == world.school.code)
    told = dict(zip([str(each).split(" ")[0] for each in head], row, strict=True))
    assert told["L6"] == "未报"
    assert told["L7"] == 0


def test_the_cells_behind_a_number_are_a_workbook(world, frozen, signed_in):
    answer = signed_in(Role.COUNTY_ADMIN).get(reverse("board_trace_cells", args=[world.round.pk, world.unit.code, "L1"]), {"stage": "primary"})
    files = {row[3] for row in _book(answer)["单元格"].iter_rows(min_row=3, values_only=True)}
    assert any(str(each).endswith("学校填报表格.xlsx") for each in files)


def test_a_what_if_is_a_workbook_too_whole_and_marked_as_supposed(world, frozen, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)
    url = reverse("whatif_book", args=[world.round.pk, world.unit.code])
    change = json.dumps(["figure", world.school.code, "", "multimedia_rooms", "40"])
    book = _book(client.get(url, {"c": change}))
    assert book.sheetnames == ["改动", "县数", "差异系数", "会变的各项"]
    assert [row[:3] for row in book["改动"].iter_rows(min_row=3, max_row=3, values_only=True)] == [(f"{world.school.name}：网络多媒体教室间数", "0 间", "40 间")]
    assert any("不能作为结论上报" in str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert client.get(url)["Location"] == reverse("whatif", args=[world.round.pk, world.unit.code])


def test_a_county_with_earlier_years_has_them_in_its_workbook(world, frozen, signed_in, tree):
    earlier = Round.objects.create(name="上一年", school_year=world.round.school_year - 1, unit=tree.province, state="open")
    CountyRelease.objects.create(round=earlier, unit=world.unit, number=1, hash="sha256:1", key=frozen.key, policy=frozen.policy, as_of=frozen.as_of, engine="",
                                 engine_version="", verdict="fail", result=frozen.result, detail={}, is_formal=True)  # fmt: skip
    book = _book(signed_in(Role.COUNTY_ADMIN).get(reverse("board_tables", args=[world.round.pk, world.unit.code])))
    assert "历年" in book.sheetnames
