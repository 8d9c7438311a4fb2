"""The file a job made is kept for its days and then forgotten: the job says so, the log counts it, nothing else goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.web.audit.models import AuditEvent
from junheng.web.jobs.actions import enqueue, forget_files
from junheng.web.jobs.files import LAST, file_of, made_file
from junheng.web.jobs.handlers import HANDLERS, handles
from junheng.web.jobs.models import Job
from junheng.web.rights.roles import Role
from junheng.web.store import content, has_made, keep_content, keep_made, the_store

DAY = timedelta(days=1)


@pytest.fixture
def made(tree, person, run_jobs):
    """A job that made a file."""
    handles("test.file")(lambda job, progress: {**made_file("和平区清单.xlsx", b"lines"), "lines": 3})
    try:
        enqueue("test.file", "生成清单", by=person(Role.COUNTY_ADMIN), unit=tree.county)
        (job,) = run_jobs()
    finally:
        HANDLERS.pop("test.file")
    return job


def _page(client: Client, job: Job) -> str:
    return client.get(reverse("job", args=[job.pk])).content.decode()


def _file(client: Client, job: Job):
    return client.get(reverse("job_file", args=[job.pk]))


def test_it_is_there_on_its_last_day_and_gone_on_the_next(made, signed_in, person):
    client, ended = signed_in(Role.COUNTY_ADMIN), timezone.localdate(made.ended_at)
    assert forget_files(ended + LAST) == 0
    assert _file(client, made).content == b"lines"
    assert "文件保留 30 天" in _page(client, made)
    assert forget_files(ended + LAST + 2 * DAY) == 1
    made.refresh_from_db()
    assert made.outcome == {"lines": 3, "file_forgotten": "和平区清单.xlsx"}
    assert list(the_store().keys("made")) == []
    assert "《和平区清单.xlsx》只保留 30 天，已经清除" in _page(client, made)
    assert "和平区清单" not in _page(signed_in(Role.CITY_REVIEWER), made)
    assert _file(client, made).status_code == 404
    assert file_of(made, person(Role.COUNTY_ADMIN).pk) is None


def test_the_log_counts_what_was_forgotten_once(made, tree):
    for _ in range(2):
        forget_files(timezone.localdate() + LAST + 2 * DAY)
    (event,) = AuditEvent.objects.filter(action="jobs.files_forgotten")
    assert (event.unit_path, event.detail, event.actor_id) == (tree.province.path, {"files": 1, "days": 30}, None)


def test_other_bytes_of_the_same_content_and_later_files_stay(made):
    sha256, later = keep_content(b"lines"), keep_made(b"lines", timezone.localdate() + 10 * DAY)
    orphan = keep_made(b"a job that died after this", timezone.localdate())
    forget_files(timezone.localdate() + LAST + 2 * DAY)
    assert content(sha256) == b"lines"
    assert has_made(later)
    assert not has_made(orphan)


def test_a_file_that_a_restored_backup_does_not_hold_is_told_in_words(made, signed_in):
    for key in list(the_store().keys("made")):
        the_store().forget(key)
    answer = signed_in(Role.COUNTY_ADMIN).get(reverse("job_file", args=[made.pk]), follow=True)
    assert "《和平区清单.xlsx》不在了。请回到原来的页面重新生成。" in answer.content.decode()
