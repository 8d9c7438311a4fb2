"""A campus that was reported by mistake is removed in the page: asked first, with everything that goes, and audited."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.web.audit.models import AuditEvent
from junheng.web.reporting.models import Version


@pytest.fixture
def two(world):
    """The school hands in two campuses, 本部 and 北校区, each in its own file."""
    world.upload(name="本部.xlsx", campus="本部")
    world.upload(name="北校区.xlsx", campus="北校区", pe_teachers=-1)
    assert [row["campus"] for row in world.submission().latest.rows["school"]] == ["北校区", "本部"]
    return world


def _url(world, number: int = 0) -> str:
    return reverse("submission_campus", args=[world.submission().pk, number])


def _number(world, campus: str) -> int:
    return [row["campus"] for row in world.submission().latest.rows["school"]].index(campus)


def test_the_page_names_the_campus_and_lists_every_figure_that_goes(two):
    number = _number(two, "北校区")
    form = two.client().get(reverse("submission_form", args=[two.submission().pk])).content.decode()
    assert "删除校区“北校区”" in form
    response = two.client().get(_url(two, number))
    page = response.content.decode()
    reported = [name for name, value in two.submission().latest.rows["school"][number].items()
                if name not in ("school_code", "school_name", "county_code", "campus")]  # fmt: skip
    assert len(response.context["found"].figures) == len(reported)
    assert f"删除校区“北校区”的 {len(reported)} 项数据" in page
    assert "学校只剩校区“本部”" in page
    assert "不再提示：" in page
    assert two.submission().latest.number == 2, "nothing is done by looking"


def test_pressing_makes_a_new_version_without_it_and_its_findings_and_says_so_in_the_log(two):
    version = two.submission().latest
    assert version.error_count == 1
    response = two.client().post(_url(two, _number(two, "北校区")), {"base": version.number}, follow=True)
    assert "的 " in response.content.decode()
    now = two.submission().latest
    assert (now.number, now.origin, now.error_count) == (3, "page", 0)
    assert [row["campus"] for row in now.rows["school"]] == ["本部"]
    assert now.rows["school"][0] == next(row for row in version.rows["school"] if row["campus"] == "本部")
    assert {cell[3] for cell in now.cells if cell[0] == "school"} == {"本部"}
    assert [name for name, *_ in now.sources] == [name for name, *_ in version.sources if "本部" in name]
    assert not [each for each in now.read_findings() if each.campus == "北校区"]
    assert Version.objects.get(pk=version.pk).rows == version.rows, "the version before stays"
    event = AuditEvent.objects.filter(action="reporting.version").last()
    assert (event.detail["removed_campus"], event.actor_name) == ("北校区", "学校填报员甲")
    assert "不再上报" in two.client().get(reverse("submission_changes", args=[two.submission().pk])).content.decode()


def test_another_upload_of_the_campus_that_stays_does_not_bring_it_back(two):
    two.client().post(_url(two, _number(two, "北校区")), {"base": 2})
    two.upload(name="本部.xlsx", campus="本部")
    assert [row["campus"] for row in two.submission().latest.rows["school"]] == ["本部"]


def test_what_was_changed_since_the_page_was_opened_is_not_lost(two):
    number = _number(two, "北校区")
    two.upload(name="本部.xlsx", campus="本部", music_teachers=3)
    response = two.client().post(_url(two, number), {"base": 2}, follow=True)
    assert "这次没有保存" in response.content.decode()
    assert len(two.submission().latest.rows["school"]) == 2


def test_the_last_campus_one_that_is_not_there_and_a_submitted_form_are_refused(world, two):
    two.client().post(_url(two, _number(two, "北校区")), {"base": 2})
    assert "只有一个校区，不能删除" in two.client().get(_url(two), follow=True).content.decode()
    assert "没有这个校区" in two.client().get(_url(two, 7), follow=True).content.decode()
    assert "删除校区" not in two.client().get(reverse("submission_form", args=[two.submission().pk])).content.decode()
    submission = two.hand_in(campus="本部")
    assert submission.state == "submitted"
    assert "现在不能改数据" in two.client().get(_url(two), follow=True).content.decode()


def test_the_county_form_has_no_campuses(world):
    world.upload(world.unit)
    url = reverse("submission_campus", args=[world.submission(world.unit).pk, 0])
    assert "没有这个校区" in world.client(world.unit).get(url, follow=True).content.decode()
