"""Plans side by side: what is better said in words, what was asked differently, what is done elsewhere."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.planners.model import Figure, Planned, Task
from junheng.web.desk.answer import as_text, gap_in_words
from junheng.web.desk.models import Plan
from junheng.web.rights.roles import Role


def _task(school: int, amount: int, what: str = "建设网络多媒体教室") -> Task:
    return Task(f"21210{school:05d}", f"第{school}小学", what, Decimal(amount), "间", 2026, "L7", Decimal(35000 * amount))


@pytest.fixture
def answered(tree):
    """answered(cost, tasks, …): a plan with this answer."""

    def make(name: str, cost: str | None, tasks: list[Task] = (), *, planner: str = "improvement", values: dict[str, str] | None = None, unit=None) -> Plan:  # type: ignore[assignment]
        figures = (Figure("cost", "费用", None if cost is None else Decimal(cost), "元", 2, "less"), Figure("schools", "学校", Decimal(3), "所"))
        planned = Planned(f"{name}的结论", ("单价待核。",), figures, 0.0123, tasks=tuple(tasks))
        return Plan.objects.create(unit=unit or tree.county, planner=planner, name=name, values=values or {}, by_id=1, by_name="试", possible=True, gap=planned.gap,
                                   headline=planned.headline, result=as_text(planned))  # fmt: skip

    return make


def _url(*plans: Plan, name: str = "plans_compared") -> str:
    return f"{reverse(name)}?{'&'.join(f'p={each.pk}' for each in plans)}"


def test_the_better_figure_is_named_and_a_missing_one_is_not_zero(answered, signed_in):
    plans = answered("甲", "100.5", values={"years": "2"}), answered("乙", "90"), answered("丙", None)
    page = signed_in(Role.COUNTY_ADMIN).get(_url(*plans)).content.decode()
    assert "<strong>90.00 元</strong> 较好" in page
    assert page.count("</strong> 较好") == 1
    assert "没有数" in page
    assert "2 年" in page
    assert "待核" in page


def test_only_measures_that_differ_are_listed_and_what_a_plan_leaves_out_is_said(answered, signed_in):
    plans = answered("甲", "1", [_task(1, 3), _task(2, 5)]), answered("乙", "1", [_task(1, 3), _task(3, 2)])
    page = signed_in(Role.COUNTY_ADMIN).get(_url(*plans)).content.decode()
    assert "第1小学" not in page
    assert "第2小学" in page
    assert "第3小学" in page
    assert page.count("不做") == 2
    assert "1 项措施各方案相同" in page


def test_two_to_four_plans_of_one_planner_of_the_own_area_and_no_others(answered, tree, signed_in):
    mine = [answered(str(number), "1") for number in range(5)]
    client = signed_in(Role.COUNTY_ADMIN)
    for plans in ([mine[0]], mine, [mine[0], answered("布局", "1", planner="siting")], [mine[0], answered("外区", "1", unit=tree.other_county)]):
        assert client.get(_url(*plans)).status_code == 302
        assert client.get(_url(*plans, name="plans_compared_book")).status_code == 404


def test_the_workbook_says_what_the_page_says(answered, signed_in):
    plans = answered("甲", "100", [_task(1, 3)]), answered("乙", "90")
    book = openpyxl.load_workbook(io.BytesIO(signed_in(Role.COUNTY_ADMIN).get(_url(*plans, name="plans_compared_book")).content))
    said = "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None)
    assert "90.00 元（较好）" in said
    assert "第1小学" in said
    assert "不做" in said


def test_comparing_takes_as_many_queries_for_one_measure_as_for_fifty(answered, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)

    def asked(count: int) -> int:
        url = _url(answered("甲", "1", [_task(number, 1) for number in range(count)]), answered("乙", "1"))
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    assert asked(60) <= asked(1)


@pytest.mark.parametrize(("gap", "possible", "words"), [(0.0, True, "已证明是最好的"), (0.01234, True, "已证明离最好不超过 1.24%"), (0.00001, True, "已证明离最好不超过 0.01%"),
                                                        (None, True, ""), (None, False, "")])  # fmt: skip
def test_the_gap_is_said_in_words_and_never_rounded_down(gap, possible, words):
    assert gap_in_words(gap, possible) == words
