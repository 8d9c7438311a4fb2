"""Press through an evaluation as the people do it."""

from __future__ import annotations

import json
import uuid
from copy import deepcopy
from datetime import date

from django.urls import reverse

from junheng import __version__
from junheng.synth.province import synthesise
from junheng.synth.write import checked, write_release
from junheng.web.evaluation.actions import Found, assign, judge, judge_material
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.materials import judged as judged_materials
from junheng.web.evaluation.materials import unjudged
from junheng.web.evaluation.models import Sample
from junheng.web.reporting.judged import as_of, judged
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round
from junheng.web.store import keep_release

PAST = date(2020, 1, 1)
RESULT = {
    "schema": "junheng.assessment/1", "verdict": "pass", "criteria": {"class_size": {"clause": "第七条（五）", "value": 0, "failing": [], "verdict": "pass", "evidence": None}},
    "stages": {"primary": {"balance": {"L1": {"cv": 0.3, "limit": 0.5, "verdict": "pass"}}, "schools": []}},
}  # fmt: skip


def release_of(round: Round, unit, number: int = 1, verdict: str = "pass", is_formal: bool = True) -> CountyRelease:
    return CountyRelease.objects.create(
        round=round, unit=unit, number=number, hash=f"sha256:{number:064x}", key=f"releases/{number:064x}", policy="quality_balance_2017",
        as_of=date(2025, 9, 1), engine="duckdb", engine_version="0.1.0", verdict=verdict, result=deepcopy(RESULT) | {"verdict": verdict},
        detail={"policy": {"overlays": []}}, is_formal=is_formal, by_name="县级管理员甲",
    )  # fmt: skip


def press(client, subject, move: str, data: dict[str, str] | None = None):
    """Send the form of a transition as the page has it now."""
    subject.refresh_from_db()
    url = reverse(f"{subject.process.id}_do", kwargs={"pk": subject.pk, "transition_id": move})
    return client.post(url, {**(data or {}), "seen_moves": subject.moves})


def sample_and_visit(evaluation, signed_in, person) -> None:
    """One school drawn, and visited by an expert of another city."""
    school = evaluation.unit.children.order_by("code").first()
    Sample.objects.create(evaluation=evaluation, application=evaluation.application, seed="1", size=1, strata={school.code: "小学·城区"}, drawn=[school.code])
    expert = person(Role.PROVINCE_EXPERT)
    assign(evaluation, expert, by=person(Role.PROVINCE_ADMIN))
    evaluation.refresh_from_db()
    judge(evaluation, school, Found(items_of(evaluation)["class_size"], "pass", ""), uuid.uuid4(), by=expert)


ANSWERS = {"valid": "200", "satisfied": "200"} | {
    f"{group}_{part}": str(80 if group == "others" else 20)
    for group in ("students", "parents", "teachers", "principals", "deputies", "advisers", "others") for part in ("valid", "satisfied")
}  # fmt: skip
"""社会认可度 by its seven groups: everybody content."""

STEPS = (
    ("county_self", Role.COUNTY_ADMIN, "begin", {}),
    ("city_review", Role.COUNTY_REVIEWER, "submit_self", {"opinion": "经自评，符合要求。", "sure": "on"}),
    ("prov_qualification", Role.CITY_REVIEWER, "pass_review", {"opinion": "同意上报。"}),
    ("prov_materials", Role.PROVINCE_ADMIN, "qualify", {"recognised_on": PAST.isoformat(), "opinion": "符合。"}),
    ("prov_recognition", Role.PROVINCE_ADMIN, "approve_materials", {"opinion": "材料齐全。"}),
    ("prov_visit", Role.PROVINCE_ADMIN, "record_recognition", ANSWERS | {"satisfied": "190", "others_satisfied": "70"}),
    ("prov_conclusion", Role.PROVINCE_ADMIN, "finish_visits", {"opinion": "已核查。"}),
    ("publicised", Role.PROVINCE_ADMIN, "publicise", {"conclusion": "pass", "weighed": "所见已列为问题，限期整改。", "text": "经评估，该县符合标准，现予公示。"}),
)


def up_to(evaluation, state: str, signed_in, person) -> None:
    """Every step from where the evaluation is until it is in `state`."""
    evaluation.refresh_from_db()
    passed = [reached for reached, *_ in STEPS]
    done = passed.index(evaluation.state) + 1 if evaluation.state in passed else 0
    for reached, role, move, data in STEPS[done:]:
        if reached == "prov_recognition":
            judge_what_waits(evaluation, person)
        if reached == "prov_conclusion":
            sample_and_visit(evaluation, signed_in, person)
        if reached == "publicised":
            nothing_more_to_say(evaluation, signed_in)
        answer = press(signed_in(role), evaluation, move, data)
        assert answer.status_code == 302, answer.content.decode()
        if reached == state:
            break
    evaluation.refresh_from_db()
    assert evaluation.state == state


def judge_what_waits(evaluation, person) -> None:
    """The province finds everything that no number shows as it should be."""
    evaluation.refresh_from_db()
    for item in unjudged(items_of(evaluation, evaluation.release.result), judged_materials(evaluation)):
        judge_material(evaluation, item, "pass", "材料齐全。", uuid.uuid4(), by=person(Role.PROVINCE_ADMIN))


def nothing_more_to_say(evaluation, signed_in) -> None:
    """The county has nothing (more) to say to the draft opinion."""
    signed_in(Role.COUNTY_ADMIN).post(reverse("evaluation_statement", args=[evaluation.pk]), {"act": "close"})


def measured_release_of(round: Round, unit, folder, number: int = 1) -> CountyRelease:
    """A release that can be opened and measured again: a small synthetic county of the code of the tests' own."""
    (county,) = synthesise(1, scale=0.05)
    written = write_release(checked(county), folder)
    outcome = judged(written.path, written.facts(), unit.code, round.policy, findings=written.findings, sources=written.sources, release=written.hash)
    return CountyRelease.objects.create(
        round=round, unit=unit, number=number, hash=written.hash, key=keep_release(written.path), policy=round.policy, as_of=as_of(round.school_year),
        engine="duckdb", engine_version=__version__, verdict=str(outcome.verdict.verdict), result=json.loads(json.dumps(outcome.result)),
        detail={"policy": {"overlays": []}}, is_formal=True, by_name="县级管理员甲",
    )  # fmt: skip
