"""The pages of rectification: what they show to whom, and how many queries they take."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rectification.steps import PLANNED, day, go, until

from junheng.web.jobs.actions import Cancelled
from junheng.web.jobs.models import JobState
from junheng.web.rectification.actions import ask_extension, escalate_overdue
from junheng.web.rectification.lists import AT_ONCE, list_file
from junheng.web.rectification.models import Escalation, ExtensionRequest, Problem
from junheng.web.rectification.queries import board
from junheng.web.rectification.waiting import waiting
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role


def _text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def _asked(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_everybody_sees_the_problems_of_their_own_area(problem, signed_in, tree):
    mine, beside, elsewhere, county = problem(), problem(tree.school_beside), problem(tree.other_school), problem(tree.county)
    seen = {
        Role.SCHOOL_CLERK: {mine}, Role.COUNTY_ADMIN: {mine, beside, county}, Role.CITY_REVIEWER: {mine, beside, county},
        Role.PROVINCE_ADMIN: {mine, beside, elsewhere, county},
    }  # fmt: skip
    for role, expected in seen.items():
        text = _text(signed_in(role).get(reverse("problems")))
        assert {each for each in (mine, beside, elsewhere, county) if reverse("problem", args=[each.pk]) in text} == expected
    for role, other in ((Role.SCHOOL_CLERK, beside), (Role.COUNTY_ADMIN, elsewhere)):
        assert signed_in(role).get(reverse("problem", args=[other.pk])).status_code == 404
    assert signed_in(Role.AUDITOR).get(reverse("problems")).status_code == 404


def test_the_list_is_cut_by_state_unit_indicator_department_delay_and_level(problem, people, signed_in, tree):
    late = until(problem(title="逾期的"), people, "submit")
    Problem.objects.filter(pk=late.pk).update(due_on=day(-1))
    late.escalation.due_on = day(-1)
    late.escalation.save()
    escalate_overdue(day(0))
    waiting = until(problem(tree.county, title="待核查的", criterion="rotation", department=Department.FINANCE), people, "verify")
    client = signed_in(Role.CITY_REVIEWER)

    def shown(query: str) -> set[int]:
        text = _text(client.get(f"{reverse('problems')}?{query}"))
        return {each.pk for each in (late, waiting) if f'href="{reverse("problem", args=[each.pk])}"' in text}

    assert shown("") == {late.pk, waiting.pk}
    for query, one in (
        ("state=planned", late), ("state=submitted", waiting), ("late=1", late), ("escalated=1", late), ("criterion=rotation", waiting),
        (f"department={Department.FINANCE}", waiting), ("unit=第一小学", late),
    ):  # fmt: skip
        assert shown(query) == {one.pk}, query
    assert shown("unit=210102") == {late.pk, waiting.pk}
    assert shown("state=closed") == set()
    assert "整改中 1" in _text(client.get(reverse("problems")))
    assert "aria-current=\"page\">整改中 1" in _text(client.get(f"{reverse('problems')}?state=planned"))


def test_the_page_of_a_problem_says_what_is_short_what_is_done_and_what_i_may_do(problem, people, signed_in):
    found = until(problem(), people, "submit")
    page = reverse("problem", args=[found.pk])
    text = _text(signed_in(Role.SCHOOL_CLERK).get(page))
    for words in ("和平区第一小学：生均体育运动场馆面积（小学），现状 6.20 ㎡，要求 ≥ 7.5 ㎡", "改造操场，增加 600 ㎡", "还差 962.00 ㎡", "校长",
                  reverse("rectification_do", args=[found.pk, "submit"]), reverse("problem_extension", args=[found.pk])):  # fmt: skip
        assert words in text
    assert "/do/" not in _text(signed_in(Role.COUNTY_REVIEWER).get(page))
    assert reverse("escalation_do", args=[found.escalation.pk, "talk"]) in _text(signed_in(Role.PROVINCE_ADMIN).get(page))


def test_the_timeline_says_what_was_entered_in_words(problem, people, signed_in):
    found = go(problem(), "assign", people[UnitKind.SCHOOL]["assign"], department=Department.FINANCE, demand="本学期完成")
    text = _text(signed_in(Role.COUNTY_ADMIN).get(reverse("problem", args=[found.pk])))
    assert "<dt>责任部门</dt><dd>财政</dd>" in text.split("办理过程")[1]
    assert "本学期完成" in text


def test_the_whole_way_through_the_pages(problem, signed_in, people):
    found = problem()
    entered = {"plan": PLANNED | {"finish_on": str(day(30))}, "submit": {"result": "已改"}, "verify": {"opinion": "属实"}, "close": {"opinion": "合格"}}
    for step, by in (("assign", Role.COUNTY_ADMIN), ("plan", Role.SCHOOL_CLERK), ("submit", Role.SCHOOL_CLERK), ("verify", Role.COUNTY_REVIEWER),
                     ("close", Role.CITY_REVIEWER)):  # fmt: skip
        url = reverse("rectification_do", args=[found.pk, step])
        assert _text(signed_in(by).get(url))
        response = signed_in(by).post(url, entered.get(step, {}))
        assert response.status_code == 302, response.content.decode()
        assert response["Location"] == reverse("problem", args=[found.pk])
    found.refresh_from_db()
    assert found.state == "closed"


def test_a_problem_is_entered_by_hand_within_ones_area_only(round, signed_in, tree):
    client = signed_in(Role.COUNTY_ADMIN)
    assert "登记问题" in _text(client.get(reverse("problem_new")))
    entered = {"unit": tree.school.code, "title": "操场有积水", "severity": "serious", "round": str(round.pk), "criterion": "L5"}
    refused = client.post(reverse("problem_new"), entered | {"unit": tree.other_school.code})
    assert refused.status_code == 422
    assert "辖区内没有代码" in refused.content.decode()
    assert client.post(reverse("problem_new"), entered | {"title": ""}).status_code == 422
    raised = client.post(reverse("problem_new"), entered)
    found = Problem.objects.get()
    assert raised["Location"] == reverse("problem", args=[found.pk])
    assert (found.unit, found.severity, found.source, found.criterion) == (tree.school, "serious", "manual", "L5")


def test_an_extension_is_asked_for_and_granted_through_the_pages(problem, people, signed_in):
    found = until(problem(), people, "submit")
    url = reverse("problem_extension", args=[found.pk])
    clerk, admin = signed_in(Role.SCHOOL_CLERK), signed_in(Role.COUNTY_ADMIN)
    assert clerk.post(url, {"wished": str(day(1)), "reason": "一"}).status_code == 422
    assert clerk.post(url, {"wished": str(day(100)), "reason": "雨季停工"}).status_code == 302
    assert admin.get(url).status_code == 404
    request = ExtensionRequest.objects.get()
    grant = reverse("extension_do", args=[request.pk, "grant"])
    assert grant in _text(admin.get(reverse("problem", args=[found.pk])))
    assert clerk.get(grant).status_code == 404
    assert admin.post(grant, {"until": str(day(100))}).status_code == 302
    assert "同意延期" in _text(clerk.get(reverse("problem", args=[found.pk])))


def test_the_board_counts_every_unit_below_with_all_that_lies_in_it(problem, people, signed_in, tree):
    late = until(problem(), people, "submit")
    Problem.objects.filter(pk=late.pk).update(due_on=day(-1))
    problem(tree.county)
    problem(tree.other_school)
    go(problem(tree.school_beside), "withdraw", people[UnitKind.SCHOOL]["assign"])
    province = {each.unit: each.counts for each in board(tree.province, list(tree.province.children.all()), day(0))}
    assert (province[tree.city]["open"], province[tree.city]["late"], province[tree.other_city]["all"]) == (2, 1, 1)
    county = board(tree.county, list(tree.county.children.all()), day(0))
    assert [(each.unit, each["all"]) for each in county] == [(tree.county, 1), (tree.school, 1), (tree.school_beside, 0)]
    client = signed_in(Role.CITY_REVIEWER)
    assert "共 2 个问题，未销号 2 个，其中逾期 1 个" in _text(client.get(reverse("problems_board")))
    assert "和平区第一小学" in _text(client.get(f"{reverse('problems_board')}?unit={tree.county.code}"))
    assert client.get(f"{reverse('problems_board')}?unit={tree.other_county.code}").status_code == 404
    assert client.get(f"{reverse('problems_board')}?unit=nowhere").status_code == 404


def test_the_three_lists_are_workbooks_in_which_no_word_is_a_formula(problem, people, signed_in, tree):
    until(problem(title="=HYPERLINK(\"http://x\")", department=Department.FINANCE), people, "submit")
    problem(tree.county, title="教师交流轮岗", gap="还差 12 人")
    client = signed_in(Role.COUNTY_ADMIN)
    for kind, name, head in (("problems", "问题清单", "还差"), ("tasks", "任务清单", "任务（措施）"), ("duties", "责任清单", "责任人")):
        response = client.get(reverse("problem_list_file", args=[tree.county.code, kind]))
        assert "attachment" in response["Content-Disposition"]
        sheet = openpyxl.load_workbook(BytesIO(response.content)).active
        assert sheet.title == name
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        words = {str(cell.value) for cell in cells}
        assert head in words
        assert {"和平区第一小学", "教师交流轮岗"} <= words
        assert f"和平区义务教育均衡发展{name}" in words
        formula = next(cell for cell in cells if "HYPERLINK" in str(cell.value))
        assert formula.data_type == "s"
        assert formula.quotePrefix
    assert client.get(reverse("problem_list_file", args=[tree.other_county.code, "tasks"])).status_code == 404
    assert client.get(reverse("problem_list_file", args=[tree.county.code, "other"])).status_code == 404


def _many(one: Problem, number: int) -> None:
    """So many more of the same kind, written as they are."""
    same = {field.name: getattr(one, field.name) for field in Problem._meta.concrete_fields if field.name not in ("id", "title")}
    made = Problem.objects.bulk_create([Problem(**same, title=f"问题 {n}") for n in range(number)], batch_size=500)
    Escalation.objects.bulk_create([Escalation(problem=each, unit=each.unit) for each in made], batch_size=500)


def test_a_long_list_is_written_in_the_background_and_fetched_by_whoever_asked(problem, signed_in, run_jobs, tree, person):
    _many(problem(), AT_ONCE)
    client, url = signed_in(Role.COUNTY_ADMIN), reverse("problem_list_file", args=[tree.county.code, "tasks"])
    assert "生成任务清单" in _text(client.get(reverse("problems_board")))
    assert client.get(url).url == f"{reverse('problems_board')}?unit={tree.county.code}"
    page = client.post(url).url
    assert client.post(url).url == page, "pressing twice follows the first"
    assert "下载" not in _text(client.get(page))
    (job,) = run_jobs()
    assert (job.state, job.done, job.total) == (JobState.DONE, 1, 1)
    assert "下载《和平区任务清单" in _text(client.get(page))
    file = client.get(reverse("job_file", args=[job.pk]))
    assert "attachment" in file["Content-Disposition"]
    lines = [row for row in openpyxl.load_workbook(BytesIO(file.content), read_only=True).active.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[0] for row in lines] == list(range(1, AT_ONCE + 2))
    assert {row[3] for row in lines} >= {f"问题 {n}" for n in range(AT_ONCE)}
    for other in (signed_in(Role.CITY_REVIEWER), signed_in(Role.SYSTEM_ADMIN)):
        assert "下载《" not in _text(other.get(page))
        assert other.get(reverse("job_file", args=[job.pk])).status_code == 404


def test_a_long_list_tells_how_far_it_is_and_stops_when_told(problem, tree):
    _many(problem(), 9)
    seen = []
    list_file(tree.county, "duties", day(0), lambda done, total, said: seen.append((done, total, said)))
    assert seen[-1] == (10, 10, "写工作簿")
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)

    def stop(done, total, said):
        raise Cancelled

    with pytest.raises(Cancelled):
        list_file(tree.county, "duties", day(0), stop)


def test_lists_of_an_area_without_problems_say_so(signed_in, tree):
    response = signed_in(Role.COUNTY_ADMIN).get(reverse("problem_list_file", args=[tree.county.code, "tasks"]))
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert "没有需要整改的问题。" in {cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("url", ["problems", "problems_board"])
def test_a_list_takes_as_many_queries_for_fifty_rows_as_for_one(url, problem, people, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)
    problem()
    one = _asked(client, reverse(url))
    for n in range(49):
        until(problem(title=f"问题 {n}", department=Department.FINANCE), people, "submit" if n % 2 else "plan")
    assert _asked(client, reverse(url)) <= one


def test_everything_that_waits_in_ones_area_is_assigned_in_one_act(problem, signed_in, run_jobs, tree, person):
    mine = [problem(title=f"问题 {n}", department=Department.FINANCE if n else "") for n in range(3)]
    county, elsewhere = problem(tree.county), problem(tree.other_school)
    client = signed_in(Role.COUNTY_ADMIN)
    assert "分派筛选出的全部 4 个问题" in _text(client.get(f"{reverse('problems')}?state=found"))
    response = client.post(reverse("problems_assign"), {"department": Department.FINANCE, "demand": "本学期完成"})
    assert response.status_code == 302
    (job,) = run_jobs()
    assert job.outcome == {"assigned": 2}
    client.post(reverse("problems_assign"))
    (job,) = run_jobs()
    assert job.outcome == {"assigned": 1}
    for each in mine:
        each.refresh_from_db()
    assert {each.state for each in mine} == {"assigned"}
    assert mine[1].department == Department.FINANCE
    assert {Problem.objects.get(pk=each.pk).state for each in (county, elsewhere)} == {"found"}
    assert client.post(reverse("problems_assign"), {"unit": tree.other_county.code})["Location"] == reverse("problems")
    assert run_jobs() == []


def test_evidence_is_attached_by_whoever_mends_while_it_is_being_mended(problem, people, signed_in, png):
    found = until(problem(), people, "submit")
    url, page = reverse("problem_evidence", args=[found.pk]), reverse("problem", args=[found.pk])
    clerk = signed_in(Role.SCHOOL_CLERK)
    assert "没有选择文件" in _text(clerk.post(url, follow=True))
    assert "已上传佐证“操场.png”" in _text(clerk.post(url, {"file": png("操场.png")}, follow=True))
    assert "操场" in _text(signed_in(Role.COUNTY_REVIEWER).get(page))
    go(found, "submit", people[UnitKind.SCHOOL]["submit"])
    assert "现在不能上传佐证" in _text(clerk.post(url, {"file": png("再来.png")}, follow=True))
    assert signed_in(Role.COUNTY_REVIEWER).post(url, {"file": png("我的.png")}).status_code == 404


def test_the_first_page_says_what_waits_for_whom(problem, people, person, tree):
    found, of_county = until(problem(), people, "verify"), until(problem(tree.county), people, "plan")
    problem(title="另一个")
    asking = until(problem(title="第三个"), people, "submit")
    ask_extension(asking, by=people[UnitKind.SCHOOL]["plan"], data={"wished": str(day(90)), "reason": "一"})

    def said(role: Role, unit=None) -> dict[str, int]:
        return {line.title: line.count for line in waiting(person(role, unit))}

    assert said(Role.SCHOOL_CLERK) == {"整改中的问题": 1}
    assert said(Role.COUNTY_ADMIN) == {"待分派的问题": 1, "待报送整改措施的问题": 1, "待审批的延期申请": 1}
    assert said(Role.COUNTY_REVIEWER) == {"待核查的整改结果": 1}
    assert said(Role.CITY_REVIEWER) == said(Role.PROVINCE_ADMIN) == said(Role.AUDITOR) == said(Role.COUNTY_ADMIN, tree.other_county) == {}
    Problem.objects.filter(pk__in=(found.pk, of_county.pk)).update(department=Department.FINANCE, state="assigned")
    assert said(Role.DEPARTMENT, tree.county) == {"待报送整改措施的问题": 2}
    line = waiting(person(Role.SCHOOL_CLERK))[1]
    assert (line.title, line.due_on, line.url) == ("整改中的问题", day(60), f"{reverse('problems')}?state=planned")
