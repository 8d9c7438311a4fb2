"""One function for every transition a person takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.actions.monitoring import keep_monitoring
from junheng.web.evaluation.actions.opinions import keep_issued, withdraw_issued
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.flow.actions import take
from junheng.web.flow.pages import Action

Data = Mapping[str, Any] | None


def begin(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    return take(evaluation, "begin", by=by, data=data, seen_moves=seen_moves)


def submit_self(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """县级自评: the county signs the release it froze last."""
    return take(evaluation, "submit_self", by=by, data=data, seen_moves=seen_moves)


def pass_review(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """市级复核."""
    return take(evaluation, "pass_review", by=by, data=data, seen_moves=seen_moves)


def return_to_county(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    return take(evaluation, "return_to_county", by=by, data=data, seen_moves=seen_moves)


def qualify(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """资格审查."""
    return take(evaluation, "qualify", by=by, data=data, seen_moves=seen_moves)


def approve_materials(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """材料审核."""
    return take(evaluation, "approve_materials", by=by, data=data, seen_moves=seen_moves)


def record_recognition(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """社会认可度."""
    return take(evaluation, "record_recognition", by=by, data=data, seen_moves=seen_moves)


def complete_recognition(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """社会认可度 that was open, with the groups that were missing."""
    return take(evaluation, "complete_recognition", by=by, data=data, seen_moves=seen_moves)


def finish_visits(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """实地核查 ends: the draft opinion goes to the county, which may state its case within its time."""
    with transaction.atomic():
        moved = take(evaluation, "finish_visits", by=by, data=data, seen_moves=seen_moves)
        record(by=by.actor, action="evaluation.draft_opinion", subject=moved.reference, unit_path=moved.unit_path,
               detail={"due_on": str(moved.statement_due_on)})  # fmt: skip
    return moved


def publicise(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """公示, and the 督导意见书 with it, which is kept as issued."""
    with transaction.atomic():
        moved = take(evaluation, "publicise", by=by, data=data, seen_moves=seen_moves)
        keep_issued(moved, by=by)
    return moved


def accept(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """公告."""
    return take(evaluation, "accept", by=by, data=data, seen_moves=seen_moves)


def not_accept(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    return take(evaluation, "not_accept", by=by, data=data, seen_moves=seen_moves)


def reopen(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """The 公示 is withdrawn, and the opinion issued with it."""
    with transaction.atomic():
        moved = take(evaluation, "reopen", by=by, data=data, seen_moves=seen_moves)
        withdraw_issued(moved)
    return moved


def return_to_draft(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    return take(evaluation, "return_to_draft", by=by, data=data, seen_moves=seen_moves)


def apply_again(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    return take(evaluation, "apply_again", by=by, data=data, seen_moves=seen_moves)


def monitor(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """年度监测."""
    return take(evaluation, "monitor", by=by, data=data, seen_moves=seen_moves)


def monitor_again(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """年度监测 passed."""
    with transaction.atomic():
        moved = take(evaluation, "monitor_again", by=by, data=data, seen_moves=seen_moves)
        keep_monitoring(moved, passed=True, by=by)
    return moved


def warn(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    """年度监测 not passed: a warning, and a problem to be mended."""
    with transaction.atomic():
        moved = take(evaluation, "warn", by=by, data=data, seen_moves=seen_moves)
        keep_monitoring(moved, passed=False, by=by)
    return moved


def revoke(evaluation: Evaluation, *, by: User, data: Data = None, seen_moves: int | None = None) -> Evaluation:
    return take(evaluation, "revoke", by=by, data=data, seen_moves=seen_moves)


ACCEPTANCE_ACTIONS: Mapping[str, Action] = {
    each.__name__: each
    for each in (
        begin, submit_self, pass_review, return_to_county, qualify, approve_materials, record_recognition, complete_recognition, finish_visits,
        publicise, accept, not_accept, reopen, return_to_draft, apply_again, monitor, monitor_again, warn, revoke,
    )
}  # fmt: skip


def report_to_state(recognition: NationalRecognition, *, by: User, data: Data = None, seen_moves: int | None = None) -> NationalRecognition:
    """报国家."""
    return take(recognition, "submit", by=by, data=data, seen_moves=seen_moves)


def enter_state_review(recognition: NationalRecognition, *, by: User, data: Data = None, seen_moves: int | None = None) -> NationalRecognition:
    return take(recognition, "review", by=by, data=data, seen_moves=seen_moves)


def recognise(recognition: NationalRecognition, *, by: User, data: Data = None, seen_moves: int | None = None) -> NationalRecognition:
    """国家认定."""
    return take(recognition, "recognise", by=by, data=data, seen_moves=seen_moves)


def reject(recognition: NationalRecognition, *, by: User, data: Data = None, seen_moves: int | None = None) -> NationalRecognition:
    return take(recognition, "reject", by=by, data=data, seen_moves=seen_moves)


def revoke_recognition(recognition: NationalRecognition, *, by: User, data: Data = None, seen_moves: int | None = None) -> NationalRecognition:
    return take(recognition, "revoke", by=by, data=data, seen_moves=seen_moves)


RECOGNITION_ACTIONS: Mapping[str, Action] = {
    "submit": report_to_state, "review": enter_state_review, "recognise": recognise, "reject": reject, "revoke": revoke_recognition,
}  # fmt: skip
