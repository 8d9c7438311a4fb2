"""One whole round in the browser: from the schools' uploads to 销号, with every role, at three widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from browser import WIDTHS, PageAt
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page
from whole.walk import Walk, fill, lead

from junheng.intake.official_forms import write_county_form, write_school_form
from junheng.synth.province import synthesise
from junheng.web.accounts.models import User
from junheng.web.areas.actions import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.evaluation.materials import lines_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.flow.actions import take_overdue
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.rectification.models import Problem
from junheng.web.reporting.models import CountyRelease, Submission
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round

pytestmark = pytest.mark.xdist_group("whole round")


@pytest.fixture
def forms(transactional_db, tree, tmp_path: Path) -> dict[str, Path]:
    """Unit code → its filled official form. 和平区 at a twentieth: four schools; it passes."""
    (county,) = synthesise(1, scale=0.05)
    Unit.objects.filter(pk__in=(tree.school.pk, tree.school_beside.pk)).update(closed_on="2020-01-01")
    out = {}
    for row in county.facts.school:
        ensure_unit(row["school_code"], row["school_name"], UnitKind.SCHOOL, tree.county)
        out[row["school_code"]] = tmp_path / f"{row['school_code']}.xlsx"
        write_school_form(out[row["school_code"]], row)
    out[tree.county.code] = tmp_path / "县级.xlsx"
    write_county_form(out[tree.county.code], county.facts.county[0], county.facts.judgement)
    return out


@pytest.fixture
def walk(page_at: PageAt, run_jobs) -> Walk:
    return Walk(page_at, run_jobs)


def test_a_round_from_the_uploads_to_the_closing_of_a_problem_with_every_role(
    forms: dict[str, Path], tree, person: Callable[..., User], walk: Walk, run_jobs: Callable[[], list[Any]], tmp_path: Path
) -> None:
    width = cycle(WIDTHS)
    schools = [Unit.objects.get(code=code) for code in forms if len(code) > 6]
    province = person(Role.PROVINCE_ADMIN)

    _people_are_invited(walk, person, schools[0], next(width))
    round = _the_province_opens_a_round(walk, province, tree.county, run_jobs, next(width))
    for school in schools[:3]:
        _a_school_reports(walk, _clerk_of(school, person), round, school, forms[school.code], next(width))
    _the_county_reports_the_rest_and_freezes(walk, person, run_jobs, round, tree.county, [forms[schools[3].code], forms[tree.county.code]], next(width))

    evaluation = _county_and_city_assess(walk, person, province, next(width))
    _the_province_accepts(walk, person, evaluation, next(width))
    _an_expert_visits(walk, person, evaluation, 360, tmp_path)
    _the_county_states_its_case(walk, person, evaluation, next(width))
    _the_public_is_told_and_objects(walk, province, evaluation, next(width))
    _in_force_and_reported_to_the_state(walk, province, evaluation, next(width))

    for problem in Problem.objects.order_by("pk"):
        _a_problem_is_mended(walk, person, problem, next(width), tmp_path)
    assert {each.state for each in Problem.objects.all()} == {"closed"}
    _others_look_on(walk, person, evaluation, next(width))
    assert walk.wrong == {}


def _clerk_of(school: Unit, person: Callable[..., User]) -> User:
    return User.objects.filter(unit=school, role=Role.SCHOOL_CLERK).first() or person(Role.SCHOOL_CLERK, school)


def _people_are_invited(walk: Walk, person: Callable[..., User], school: Unit, width: int) -> None:
    """安全管理员 invites a clerk, who opens the link and sets a password; 系统管理员 looks the school up."""
    page = walk.open(person(Role.SECURITY_ADMIN), width, reverse("invite"))
    fill(page, name="填报员丙", role=Role.SCHOOL_CLERK.value, unit=school.code)
    page.get_by_role("button", name="邀请").click()
    link = page.locator("code").inner_text()
    walk.look(page)
    joining = walk.open(None, width, "/" + link.split("/", 3)[3])
    fill(joining, username="bing2026", password="Chunfeng-Huayu-9", again="Chunfeng-Huayu-9")
    joining.get_by_role("button", name="开立账号").click()
    joining.wait_for_load_state()
    walk.look(joining)
    User.objects.filter(username="bing2026").update(must_change_password=False)
    units = walk.open(person(Role.SYSTEM_ADMIN), width, reverse("units"))
    fill(units, q=school.name)
    units.get_by_role("button", name="查找").click()
    units.get_by_role("link", name=school.name).wait_for()


def _the_province_opens_a_round(walk: Walk, province: User, county: Unit, run_jobs: Callable[[], list[Any]], width: int) -> Round:
    today = timezone.localdate()
    page = walk.open(province, width, reverse("round_new"))
    fill(page, name="2025 年督导评估", school_year="2025", opens_on=str(today), reports_due_on=str(today + timedelta(days=20)))
    page.get_by_role("button", name="设立").click()
    page.get_by_role("link", name="参加单位").click()
    for box in page.get_by_role("checkbox").all():
        box.set_checked(False)
    page.get_by_label(county.name).check()
    walk.look(page)
    page.get_by_role("button", name="保存参加单位").click()
    walk.press(page, "开始填报")
    run_jobs()
    return Round.objects.get()


def _a_school_reports(walk: Walk, clerk: User, round: Round, school: Unit, form: Path, width: int) -> None:
    page = walk.open(clerk, width, reverse("submission", args=[Submission.objects.get(round=round, unit=school).pk]))
    page.locator("input[type=file]").set_input_files(form)
    walk.job(page, "上传并校核")
    lead(page, "可以提交")
    walk.press(page, "提交")
    assert Submission.objects.get(round=round, unit=school).state == "submitted"


def _the_county_reports_the_rest_and_freezes(
    walk: Walk, person: Callable[..., User], run_jobs: Callable[[], list[Any]], round: Round, county: Unit, files: list[Path], width: int
) -> None:
    """The county uploads its own form and that of a school in one go; accepts; freezes."""
    admin = person(Role.COUNTY_ADMIN)
    board = reverse("reporting_unit", args=[round.pk, county.code])
    page = walk.open(admin, width, reverse("reporting_upload", args=[round.pk, county.code]))
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="上传并校核").click()
    page.wait_for_url(re.compile(r"/upload/[0-9a-f-]{36}/"))
    run_jobs()
    lead(page, "2 个单位的数据已读入")
    walk.look(page)
    for submission in Submission.objects.filter(round=round, state="draft"):
        by = admin if submission.is_county else _clerk_of(submission.unit, person)
        walk.press(walk.open(by, width, reverse("submission", args=[submission.pk])), "提交")
    page = walk.open(person(Role.COUNTY_REVIEWER), width, board)
    lead(page, "报了 4 所")
    walk.job(page, "接收全部已提交的")
    walk.job(walk.open(admin, width, board), "冻结")
    assert CountyRelease.objects.get().is_formal


def _county_and_city_assess(walk: Walk, person: Callable[..., User], province: User, width: int) -> Evaluation:
    page = walk.open(province, width, reverse("evaluations"))
    page.get_by_role("button", name="为参加的县建立评估").click()
    evaluation = Evaluation.objects.get()
    url = reverse("evaluation", args=[evaluation.pk])
    walk.press(walk.open(person(Role.COUNTY_ADMIN), width, url), "开始自评")
    walk.press(walk.open(person(Role.COUNTY_REVIEWER), width, url), "提交自评", opinion="经自评，符合要求。", sure=True)
    walk.press(walk.open(person(Role.CITY_REVIEWER), width, url), "复核通过，报省", opinion="同意上报。")
    return evaluation


_BY_GROUP = {f"{group}_{part}": str(count - (20 if (group, part) == ("parents", "satisfied") else 0)) for group, count in (
    ("students", 120), ("parents", 160), ("teachers", 60), ("principals", 12), ("deputies", 14), ("advisers", 12), ("others", 22)) for part in ("valid", "satisfied")}  # fmt: skip


def _the_province_accepts(walk: Walk, person: Callable[..., User], evaluation: Evaluation, width: int) -> None:
    province, expert = person(Role.PROVINCE_ADMIN), person(Role.PROVINCE_EXPERT)
    page = walk.open(province, width, reverse("evaluation", args=[evaluation.pk]))
    walk.press(page, "资格审查通过", recognised_on="2017-12-01", opinion="符合。")
    _every_material_is_judged(walk, page, evaluation)
    walk.press(page, "材料审核通过", opinion="材料齐全。")
    walk.press(page, "登记社会认可度", valid="400", satisfied="380", **_BY_GROUP)
    page.get_by_role("link", name="专家和抽样").click()
    page.get_by_role("button", name=re.compile(rf"^安排\s*{expert.name}")).click()
    fill(page, size="2")
    page.get_by_role("button", name=re.compile("抽取学校")).click()
    page.get_by_text("抽中 2 所").wait_for()
    walk.look(page)


def _every_material_is_judged(walk: Walk, page: Page, evaluation: Evaluation) -> None:
    """What no number shows: one after another, until none waits."""
    evaluation.refresh_from_db()
    waiting = [each.item.id for each in lines_of(evaluation) if each.waits]
    page.goto(reverse("materials", args=[evaluation.pk]))
    walk.look(page)
    page.goto(reverse("material", args=[evaluation.pk, waiting[0]]))
    for _ in waiting:
        walk.look(page)
        page.get_by_label("达标", exact=True).check()
        fill(page, reason="材料齐全，与评定表相符。")
        page.get_by_role("button", name=re.compile("下一条")).click()
        page.get_by_text("已记下").wait_for()
    lead(page, "必须由人审核的都已审完")
    page.get_by_role("link", name="返回评估").click()


def _an_expert_visits(walk: Walk, person: Callable[..., User], evaluation: Evaluation, width: int, folder: Path) -> None:
    """On a phone: the first school has nothing wrong, the second has."""
    expert, picture = person(Role.PROVINCE_EXPERT), folder / "实验室.png"
    Image.new("RGB", (640, 480), (200, 180, 120)).save(picture)
    page = walk.open(expert, width, reverse("my_visits"))
    drawn = evaluation.sample.drawn
    for code, outcome, reason in ((drawn[0], "达标", "功能室齐全，台账相符。"), (drawn[1], "未达标", "实验室没有药品柜，现场不能做实验。")):
        page.goto(reverse("visit", args=[evaluation.pk, code]))
        page.locator("[name=criterion]").select_option(index=1)
        page.get_by_label(outcome, exact=True).check()
        fill(page, reason=reason)
        page.locator("#photos").set_input_files(picture)
        page.get_by_role("button", name="记下这一条").click()
        page.get_by_text("已记 1 条").wait_for()
        walk.look(page)
    assert Problem.objects.count() == 1


def _the_county_states_its_case(walk: Walk, person: Callable[..., User], evaluation: Evaluation, width: int) -> None:
    url = reverse("evaluation", args=[evaluation.pk])
    province = walk.open(person(Role.PROVINCE_ADMIN), width, url)
    walk.press(province, "结束实地核查", opinion="已核查。")
    page = walk.open(person(Role.COUNTY_ADMIN), width, url)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载督导意见书").click()
    assert waiting.value.suggested_filename.endswith(".docx")
    fill(page, text="药品柜已订购，下周到货，请予核实。")
    page.get_by_role("button", name="提交申辩").click()
    page.get_by_text("药品柜已订购").wait_for()
    province.goto(url)
    province.get_by_label("申辩不成立").check()
    fill(province, answer="不影响结论；到货后复查。")
    province.get_by_role("button", name="答复这条申辩").click()
    province.get_by_text("不影响结论").wait_for()
    walk.look(province)
    page.goto(url)
    page.get_by_role("button", name="对督导意见没有其他意见").click()
    page.get_by_text("已告知省里").wait_for()


def _the_public_is_told_and_objects(walk: Walk, province: User, evaluation: Evaluation, width: int) -> None:
    page = walk.open(province, width, reverse("evaluation", args=[evaluation.pk]))
    walk.press(page, "公示结论", conclusion="pass", weighed="已列为问题，限期整改，到货后复查。", text="经评估，该区符合国家标准，现予公示。")
    announcement = Announcement.objects.get()
    public = walk.open(None, 360, reverse("announcement", args=[announcement.pk]))
    fill(public, text="第三小学操场不够用，学生只能分批上体育课。")
    public.get_by_role("button", name="提交异议").click()
    objection = Objection.objects.get()
    public.get_by_text(objection.receipt).first.wait_for()
    walk.look(public)
    page.goto(reverse("objection", args=[objection.pk]))
    walk.press(page, "受理核查")
    walk.press(page, "异议成立", answer="经核查属实，已责令整改。", problem="操场面积不足，学生分批上体育课")
    public.goto(reverse("receipt") + f"?number={objection.receipt}")
    public.get_by_text("经核查属实").wait_for()
    walk.look(public)
    Announcement.objects.update(opens_on=date(2026, 1, 1), closes_on=date(2026, 1, 10))
    assert len(take_overdue(Announcement, timezone.localdate())) <= 1


def _in_force_and_reported_to_the_state(walk: Walk, province: User, evaluation: Evaluation, width: int) -> None:
    page = walk.open(province, width, reverse("evaluation", args=[evaluation.pk]))
    walk.press(page, "公告：通过验收")
    walk.press(page, "报送国家", document="辽教督〔2026〕1号")
    walk.press(page, "登记：进入国家审核", on=str(timezone.localdate()))
    walk.press(page, "登记：国家认定", document="国教督办〔2026〕9号", on=str(timezone.localdate()))
    walk.press(page, "转入年度监测")
    public = walk.open(None, width, reverse("announcements"))
    public.get_by_text("已公告").first.wait_for()


def _a_problem_is_mended(walk: Walk, person: Callable[..., User], problem: Problem, width: int, folder: Path) -> None:
    """分派 → 措施与时限 → 提交 → 核查 → 复查 → 销号: a school's and a county's problem each have their own people."""
    url = reverse("problem", args=[problem.pk])
    if problem.unit.kind == UnitKind.SCHOOL:
        assigns, mends, verifies, closes = person(Role.COUNTY_ADMIN), _clerk_of(problem.unit, person), person(Role.COUNTY_REVIEWER), person(Role.CITY_REVIEWER)
    else:
        assigns, mends, verifies, closes = person(Role.CITY_REVIEWER), person(Role.COUNTY_ADMIN), person(Role.CITY_REVIEWER), person(Role.PROVINCE_ADMIN)
    walk.press(walk.open(assigns, width, url), "分派", demand="本学期完成")
    page = walk.open(mends, width, url)
    finish_on = str(timezone.localdate() + timedelta(days=30))
    walk.press(page, "报送措施与时限", measures="购置药品柜；增租场地。", responsible="校长", finish_on=finish_on)
    picture = folder / "现场.png"
    Image.new("RGB", (640, 480), (120, 160, 200)).save(picture)
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="上传佐证").click()
    page.get_by_text("已上传佐证").wait_for()
    walk.press(page, "报送整改结果", result="已购置到位。")
    walk.press(walk.open(verifies, width, url), "核查通过", opinion="属实")
    closing = walk.open(closes, width, url)
    closing.get_by_role("link", name="复查合格，销号", exact=True).click()
    fill(closing, opinion="复查合格", on_site=True)
    closing.get_by_role("button", name="复查合格，销号", exact=True).click()
    lead(closing, "已销号")
    walk.look(closing)


def _others_look_on(walk: Walk, person: Callable[..., User], evaluation: Evaluation, width: int) -> None:
    """部门用户 sees the county's standing; 审计员 verifies that the log of all this is whole."""
    walk.open(person(Role.DEPARTMENT), width, reverse("evaluations"))
    page = walk.open(person(Role.AUDITOR), width, reverse("audit_verify"))
    page.get_by_role("button", name="现在核验").click()
    lead(page, "审计链完整")
    walk.look(page)
    walk.open(person(Role.AUDITOR), width, reverse("audit_events"))
