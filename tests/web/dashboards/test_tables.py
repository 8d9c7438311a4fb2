"""Every table of a page as a workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from junheng.web.rights.roles import Role


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
