"""A site of its own in a process of its own, whose every act runs in a child that the test may kill at any instant.

Read one JSON line {"act": name, "arguments": {…}, "kill_after_seconds": 0.2 or null} from standard input; fork; kill -9 the
child then, unless it was quicker; say {"ended": how, "said": what it returned, or null, "seconds": how long the act took, or
null}. The parent itself never
touches the database or starts a thread, so every fork is of a clean process.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

FORM = "学校填报表格.xlsx"


def _prepare() -> dict[str, Any]:
    """An open round with 和平区 at a twentieth of its size; everything handed in."""
    from django.core.management import call_command
    from django.utils import timezone

    from junheng.synth.province import synthesise
    from junheng.web.areas.actions import ensure_divisions, ensure_unit
    from junheng.web.areas.models import Unit
    from junheng.web.reporting.actions import make_submissions
    from junheng.web.reporting.models import Submission
    from junheng.web.rights.levels import UnitKind
    from junheng.web.rounds.models import Participation, Round

    call_command("migrate", verbosity=0)
    (synthetic,) = synthesise(1, scale=0.05)
    province = ensure_divisions(["210102"])
    county = Unit.objects.get(code="210102")
    schools = [ensure_unit(row["school_code"], row["school_name"], UnitKind.SCHOOL, county) for row in synthetic.facts.school]
    today = timezone.localdate()
    round = Round.objects.create(unit=province, name="2025 年度监测", school_year=2025, state="open", opens_on=today,
                                 reports_due_on=today + timedelta(days=10))  # fmt: skip
    Participation.objects.create(round=round, unit=county)
    make_submissions(round)
    for unit in (*schools, county):
        job = _queue_upload(unit.code, 0)
        _run(job)
        _submit(unit.code)
    states = list(Submission.objects.values_list("state", flat=True))
    return {"schools": [unit.code for unit in schools], "states": states}


def _person(code: str, role: str) -> Any:
    from junheng.web.accounts.models import User
    from junheng.web.areas.models import Unit

    return User.objects.get_or_create(
        username=f"{role}-{code}", defaults={"name": "某甲", "role": role, "unit": Unit.objects.get(code=code), "must_change_password": False}
    )[0]


def _clerk(code: str) -> Any:
    return _person(code, "county_admin" if len(code) == 6 else "school_clerk")


def _submission(code: str) -> Any:
    from junheng.web.reporting.models import Submission

    return Submission.objects.select_related("unit", "round", "latest").get(unit__code=code)


def _workbook(code: str, change: int) -> bytes:
    """The filled form; `change` more pupils than the synthetic school has."""
    import tempfile

    from junheng.intake.official_forms import write_county_form, write_school_form
    from junheng.synth.province import synthesise

    (synthetic,) = synthesise(1, scale=0.05)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        if len(code) == 6:
            write_county_form(path, synthetic.facts.county[0], synthetic.facts.judgement)
        else:
            row = next(row for row in synthetic.facts.school if row["school_code"] == code)
            write_school_form(path, {**row, "books": int(row["books"] or 0) + change})
        return path.read_bytes()


def _queue_upload(code: str, change: int) -> str:
    from junheng.web.jobs.actions import enqueue
    from junheng.web.store import keep_content

    submission = _submission(code)
    sha256 = keep_content(_workbook(code, change))
    job = enqueue("reporting.read_upload", "校核", by=_clerk(code), unit=submission.unit,
                  arguments={"submission": submission.pk, "name": FORM, "sha256": sha256})  # fmt: skip
    return str(job.pk)


def _post_upload(code: str, change: int) -> dict[str, Any]:
    """As a browser does it; what the person is told comes back."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    client.force_login(_clerk(code), backend="junheng.web.accounts.backend.AccountBackend")
    url = reverse("submission_upload", args=[_submission(code).pk])
    answer = client.post(url, {"file": SimpleUploadedFile(FORM, _workbook(code, change))})
    return {"status": answer.status_code}


def _run(job: str) -> None:
    from junheng.web.jobs.actions.run import run_job

    run_job.func(job)


def _queue_freeze() -> str:
    from junheng.web.jobs.actions import enqueue
    from junheng.web.rounds.models import Round

    round, admin = Round.objects.get(), _person("210102", "county_admin")
    return str(enqueue("reporting.freeze", "冻结", by=admin, unit=admin.unit,
                       arguments={"round": round.pk, "county": admin.unit_id, "formal": False}).pk)  # fmt: skip


def _withdraw(code: str) -> None:
    from junheng.web.reporting.actions.moves import ACTIONS

    submission = _submission(code)
    ACTIONS["withdraw"](submission, by=_clerk(code), seen_moves=submission.moves)


def _submit(code: str, seen_moves: int | None = None) -> str:
    from junheng.web.flow.errors import Moved
    from junheng.web.reporting.actions.moves import ACTIONS

    submission = _submission(code)
    try:
        ACTIONS["submit"](submission, by=_clerk(code), data={"explanation": "均已核对，数据属实"},
                          seen_moves=submission.moves if seen_moves is None else seen_moves)  # fmt: skip
    except Moved:
        return "moved"
    return "done"


def _after_restart() -> None:
    """What the worker does when the site is up again and the dead job's heart has been still for two minutes."""
    from django.utils import timezone

    from junheng.web.jobs.actions.run import recover
    from junheng.web.jobs.models import Job, JobState

    Job.objects.filter(state=JobState.RUNNING).update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    recover()
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("created_at"):
        _run(str(job.pk))


def _uploads(code: str) -> dict[str, Any]:
    """What stands of a submission's uploads, in the database, in the store and in the log."""
    from junheng.web.audit.models import AuditEvent
    from junheng.web.jobs.models import Job
    from junheng.web.store import content

    submission = _submission(code)
    versions = list(submission.versions.order_by("number"))
    for each in versions:
        content(each.file_sha256)  # raises where bytes are missing or are not what they were
    return {
        "jobs": Job.objects.filter(kind="reporting.read_upload", unit__code=code).count(),
        "jobs_not_done": Job.objects.filter(kind="reporting.read_upload").exclude(state="done").count(),
        "numbers": [each.number for each in versions], "latest": submission.latest.number if submission.latest else 0,
        "events": AuditEvent.objects.filter(action="reporting.version", subject=submission.reference).count(),
    }  # fmt: skip


def _releases() -> dict[str, Any]:
    from junheng.web.audit.models import AuditEvent
    from junheng.web.reporting.frozen import recomputed
    from junheng.web.reporting.models import CountyRelease

    frozen = list(CountyRelease.objects.order_by("number"))
    return {
        "numbers": [each.number for each in frozen], "hashes": len({each.hash for each in frozen}),
        "events": AuditEvent.objects.filter(action="reporting.freeze").count(),
        "recomputed": recomputed(frozen[-1]).is_same if frozen else None,
    }  # fmt: skip


def _moves(code: str) -> dict[str, Any]:
    from junheng.web.audit.models import AuditEvent
    from junheng.web.flow.models import Step

    submission = _submission(code)
    return {
        "state": submission.state, "moves": submission.moves, "steps": Step.objects.filter(subject=submission.reference).count(),
        "last": Step.objects.filter(subject=submission.reference).last().to_state,
        "events": AuditEvent.objects.filter(action__startswith="submission.", subject=submission.reference).count(),
    }  # fmt: skip


def _breaks() -> list[str]:
    from junheng.web.audit.verify import verify

    return [each.why for each in verify()]


def _tables() -> dict[str, Any]:
    """What the migrations made out of nothing, and whether the models ask for more."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    names = connection.introspection.table_names()
    columns: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for name in names:
            columns[name] = sorted(each.name for each in connection.introspection.get_table_description(cursor, name))
    return {"vendor": connection.vendor, "columns": columns, "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())}


def _edit_the_log() -> list[str]:
    """What the database says to each edit."""
    from django.db import DatabaseError, connection, transaction

    said = []
    for statement in ("UPDATE audit_auditevent SET actor_name = 'x' WHERE seq = 1", "DELETE FROM audit_auditevent WHERE seq = 1"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            said.append("done")
        except DatabaseError as error:
            said.append("refused" if "audit events are never changed" in str(error) else str(error))
    return said


def _log() -> list[Any]:
    """What stands in the log, in order, without times and hashes of times; keys in the order they were written."""
    from junheng.web.audit.models import AuditEvent

    rows = AuditEvent.objects.order_by("seq").values_list("seq", "action", "subject", "unit_path", "actor_name", "before", "after", "detail")
    return [[*row[:5], *(json.dumps(each, ensure_ascii=False) for each in row[5:])] for row in rows]


def _undone() -> dict[str, int]:
    """An act that fails after its event was written: neither stands, and the next event takes the number."""
    from django.db import transaction

    from junheng.web.audit.actions import record
    from junheng.web.audit.actions.record import SYSTEM
    from junheng.web.audit.models import AuditEvent

    before = AuditEvent.objects.count()
    try:
        with transaction.atomic():
            record(by=SYSTEM, action="test.undone", subject="test:1", unit_path="210000/")
            raise LookupError
    except LookupError:
        pass
    with transaction.atomic():
        record(by=SYSTEM, action="test.done", subject="test:1", unit_path="210000/")
    return {"new": AuditEvent.objects.count() - before, "gap": AuditEvent.objects.latest("seq").seq - AuditEvent.objects.count()}


def _at_once(what: Any, times: int) -> list[Any]:
    """The same by so many people at the same moment, each with a connection of their own."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connections

    ready = Barrier(times)

    def one(_: int) -> Any:
        try:
            ready.wait()
            return what()
        finally:
            connections.close_all()

    connections.close_all()
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def _race_submit(code: str, times: int) -> list[str]:
    seen = _submission(code).moves
    return sorted(_at_once(lambda: _submit(code, seen), times))


def _race_upload(code: str, times: int) -> int:
    """The same job taken up by several workers: how many versions come of it."""
    job, before = _queue_upload(code, 7), _submission(code).versions.count()
    _at_once(lambda: _run(job), times)
    return int(_submission(code).versions.count() - before)


def _race_freeze(times: int) -> dict[str, Any]:
    """Several freezes of the same figures at once: one release."""
    jobs = iter([_queue_freeze() for _ in range(times)])
    _at_once(lambda: _run(next(jobs)), times)
    return _releases()


def _frozen() -> dict[str, Any]:
    """The newest release: its hash, and its verdict to the last digit."""
    from junheng.web.reporting.models import CountyRelease

    newest = CountyRelease.objects.latest("number")
    return {"hash": newest.hash, "verdict": newest.verdict, "result": json.dumps(newest.result, ensure_ascii=False), "detail": sorted(newest.detail)}


def _found(words: str) -> list[str]:
    """Schools whose name holds the words, in the order of the tree: both databases compare and sort Chinese alike."""
    from junheng.web.areas.models import Unit

    return list(Unit.objects.filter(name__contains=words).values_list("name", flat=True))


def _round(code: str) -> dict[str, Any]:
    """From a corrected workbook to the frozen release: what each step said, and what stands in the end."""
    _withdraw(code)
    said = {"posted": _post_upload(code, 3)}
    _after_restart()
    said["submitted"] = _submit(code)
    _run(_queue_freeze())
    return {**said, "uploads": _uploads(code), "moves": _moves(code), "releases": _releases(), "frozen": _frozen(), "log": _log(), "found": _found("学"),
            "breaks": _breaks()}  # fmt: skip


def _edits() -> dict[str, Any]:
    return {"edited": _edit_the_log(), "undone": _undone(), "breaks": _breaks()}


def _races(code: str, times: int) -> dict[str, Any]:
    _withdraw(code)
    said = {"versions": _race_upload(code, times), "submitted": _race_submit(code, times)}
    before = len(_releases()["numbers"])
    after = _race_freeze(2)
    return {**said, "new_releases": len(after["numbers"]) - before, "releases": after, "breaks": _breaks()}


ACTS = {
    "prepare": _prepare, "queue_upload": _queue_upload, "post_upload": _post_upload, "run": _run, "queue_freeze": _queue_freeze, "withdraw": _withdraw,
    "submit": _submit, "after_restart": _after_restart, "uploads": _uploads, "releases": _releases, "moves": _moves, "breaks": _breaks,
    "tables": _tables, "round": _round, "edits": _edits, "races": _races,
}  # fmt: skip


def _ended(pid: int, kill_after_seconds: float | None) -> int:
    """The child's status. It is not reaped before it is killed, so the number cannot mean another process."""
    if kill_after_seconds is not None:
        time.sleep(kill_after_seconds)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def main() -> None:
    import django

    django.setup()
    answers = Path(os.environ["JUNHENG_DATA"]) / "answers"
    answers.mkdir(parents=True, exist_ok=True)
    for number, line in enumerate(sys.stdin):
        asked, answer = json.loads(line), answers / f"{number}.json"
        pid = os.fork()
        if pid == 0:
            start = time.monotonic()
            said = ACTS[asked["act"]](**asked["arguments"])
            answer.write_text(json.dumps({"said": said, "seconds": time.monotonic() - start}))
            os._exit(0)
        status = _ended(pid, asked["kill_after_seconds"])
        whole = json.loads(answer.read_text()) if status == 0 else {"said": None, "seconds": None}
        print(json.dumps({"ended": os.waitstatus_to_exitcode(status), **whole}), flush=True)


if __name__ == "__main__":
    main()
