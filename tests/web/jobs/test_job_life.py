"""The life of a background job: progress, failure, stop, and a worker that dies in the middle."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.jobs.actions import cancel, enqueue, recover
from junheng.web.jobs.actions.run import run_job
from junheng.web.jobs.handlers import HANDLERS, handles
from junheng.web.jobs.models import Job, JobState
from junheng.web.rights.roles import Role


@pytest.fixture
def handler(request):
    """handler(function): the function as the handler of jobs of kind "test.work" for this test."""
    yield handles("test.work")
    HANDLERS.pop("test.work", None)


def _job(tree, person):
    return enqueue("test.work", "试一试", by=person(Role.COUNTY_ADMIN), unit=tree.county)


def test_a_job_tells_how_far_it_is_and_leaves_its_outcome(handler, tree, person, run_jobs):
    seen = []

    @handler
    def work(job, progress):
        progress(3, 3, "和平区第一小学")
        seen.append(Job.objects.get(pk=job.pk).percent)
        return {"schools": 3}

    job = _job(tree, person)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.outcome, seen) == (JobState.DONE, {"schools": 3}, [100])


def test_a_users_mistake_ends_the_job_with_its_words(handler, tree, person, run_jobs):
    @handler
    def work(job, progress):
        raise UserError("这份文件打不开", where="a.xlsx", remedy="请另存后再传")

    job = _job(tree, person)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message == "a.xlsx：这份文件打不开。请另存后再传。"


def test_a_bug_ends_the_job_without_its_words_in_page_or_log(handler, tree, person, run_jobs, caplog):
    name = "张三"

    @handler
    def work(job, progress):
        raise ValueError(f"{name} 的身份证号写错了")

    job = _job(tree, person)
    with caplog.at_level(logging.ERROR):
        run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert name not in job.message + caplog.text
    assert "ValueError" in caplog.text


def test_a_job_that_is_stopped_ends_at_its_next_step(handler, tree, person, run_jobs):
    reached = []

    @handler
    def work(job, progress):
        cancel(job)
        progress(1, 1)
        reached.append(True)

    job = _job(tree, person)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not reached


def test_a_job_whose_worker_died_is_taken_up_again_and_three_times_at_most(handler, tree, person, run_jobs):
    tries = []

    @handler
    def work(job, progress):
        tries.append(job.attempts)
        raise KeyboardInterrupt  # as near to kill -9 as one process can show: nothing after it runs

    job = _job(tree, person)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            run_job.func(str(job.pk))
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5))
        assert recover() == 1
    job.refresh_from_db()
    assert tries == [1, 2, 3]
    assert job.state == JobState.FAILED
    assert "重新发起" in job.message


def test_a_running_job_with_a_beating_heart_is_left_alone(handler, tree, person):
    handler(lambda job, progress: None)
    job = _job(tree, person)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=timezone.now())
    assert recover() == 0
    run_job.func(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_only_people_of_the_area_see_a_job(handler, tree, person, signed_in):
    handler(lambda job, progress: None)
    job = _job(tree, person)
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(f"/jobs/{job.pk}/").status_code == 404
    assert signed_in(Role.AUDITOR).get(f"/jobs/{job.pk}/").status_code == 404
