"""省级评估验收 from preparation to revocation, each step by the role it belongs to, through the pages."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import ANSWERS, nothing_more_to_say, press, release_of, sample_and_visit, up_to

from junheng.web.evaluation.actions import start
from junheng.web.evaluation.actions.transitions import return_to_county
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.flow.errors import Moved
from junheng.web.flow.models import Step
from junheng.web.publicity.models import Announcement
from junheng.web.rights.roles import Role


def test_the_whole_way_from_self_assessment_to_revocation(evaluation, release, signed_in, person):
    up_to(evaluation, "publicised", signed_in, person)
    province = signed_in(Role.PROVINCE_ADMIN)
    Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert press(province, evaluation, "accept").status_code == 302
    national = NationalRecognition.objects.get(unit=evaluation.unit)
    for move, data in (("submit", {"document": "辽教督〔2026〕1号"}), ("review", {"on": "2026-11-01"}), ("recognise", {"document": "教督函〔2026〕9号", "on": "2026-12-01"})):
        assert press(province, national, move, data).status_code == 302, move
    assert press(province, evaluation, "monitor").status_code == 302
    assert press(province, evaluation, "revoke", {"reason": "连续两年监测不合格", "approval": "辽政〔2027〕3号"}).status_code == 302
    evaluation.refresh_from_db()
    national.refresh_from_db()
    assert (evaluation.state, national.state) == ("revoked", "nat_recognised")


def test_a_decision_carries_the_hashes_it_rests_on(evaluation, release, signed_in, person):
    up_to(evaluation, "city_review", signed_in, person)
    frozen = Step.objects.get(subject=evaluation.reference, transition="submit_self").frozen
    assert frozen["数据版本"] == release.hash
    assert frozen["软件版本"] == "0.1.0"
    assert frozen["测算结论"] == "达标"


def test_without_a_formal_release_nothing_is_signed(evaluation, round, tree, signed_in):
    county, reviewer = signed_in(Role.COUNTY_ADMIN), signed_in(Role.COUNTY_REVIEWER)
    press(county, evaluation, "begin")
    said = press(reviewer, evaluation, "submit_self", {"opinion": "符合", "sure": "on"})
    assert (said.status_code, "还没有冻结数据版本" in said.content.decode()) == (422, True)
    release_of(round, tree.county, is_formal=False)
    assert "不是正式版本" in press(reviewer, evaluation, "submit_self", {"opinion": "符合", "sure": "on"}).content.decode()


def test_data_that_changed_after_sign_off_shows_and_stops_the_city(evaluation, release, round, tree, signed_in, person):
    up_to(evaluation, "city_review", signed_in, person)
    release_of(round, tree.county, number=2)
    city = signed_in(Role.CITY_REVIEWER)
    assert "后来又冻结了第 2 版" in city.get(reverse("evaluation", args=[evaluation.pk])).content.decode()
    said = press(city, evaluation, "pass_review", {"opinion": "同意"})
    assert (said.status_code, "又冻结了新的数据版本" in said.content.decode()) == (422, True)


def test_basic_balance_must_be_three_years_old(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_qualification", signed_in, person)
    recent = (timezone.localdate() - timedelta(days=700)).isoformat()
    said = press(signed_in(Role.PROVINCE_ADMIN), evaluation, "qualify", {"recognised_on": recent, "opinion": "可"})
    assert "不满三年" in said.content.decode()


@pytest.mark.parametrize(("valid", "satisfied", "passes"), [("200", 170, True), ("200", 169, False)])
def test_a_public_that_is_not_satisfied_cannot_be_publicised_as_passed(evaluation, release, signed_in, person, valid, satisfied, passes):
    up_to(evaluation, "prov_recognition", signed_in, person)
    province = signed_in(Role.PROVINCE_ADMIN)
    press(province, evaluation, "record_recognition", ANSWERS | {"valid": valid, "satisfied": str(satisfied), "others_satisfied": str(80 - 200 + satisfied)})
    sample_and_visit(evaluation, signed_in, person)
    press(province, evaluation, "finish_visits", {"opinion": "已核查"})
    nothing_more_to_say(evaluation, signed_in)
    said = press(province, evaluation, "publicise", {"conclusion": "pass", "text": "现予公示。"})
    assert (said.status_code == 302) is passes
    assert passes or "没有达到 85%" in said.content.decode()


def test_a_verdict_that_does_not_pass_cannot_be_publicised_as_passed(evaluation, round, tree, signed_in, person):
    release_of(round, tree.county, verdict="insufficient")
    up_to(evaluation, "prov_conclusion", signed_in, person)
    nothing_more_to_say(evaluation, signed_in)
    said = press(signed_in(Role.PROVINCE_ADMIN), evaluation, "publicise", {"conclusion": "pass", "text": "现予公示。"})
    assert "测算结论不是达标" in said.content.decode()


def test_nothing_is_proclaimed_before_the_window_has_closed(evaluation, release, signed_in, person):
    up_to(evaluation, "publicised", signed_in, person)
    said = press(signed_in(Role.PROVINCE_ADMIN), evaluation, "accept")
    assert (said.status_code, "公示期还没有满" in said.content.decode()) == (422, True)


def test_a_text_for_the_public_holds_no_personal_data(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_conclusion", signed_in, person)
    nothing_more_to_say(evaluation, signed_in)
    said = press(signed_in(Role.PROVINCE_ADMIN), evaluation, "publicise", {"conclusion": "pass", "text": "联系人电话 15400000000"})
    assert "手机号" in said.content.decode()
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(("role", "move"), [(Role.COUNTY_ADMIN, "submit_self"), (Role.CITY_REVIEWER, "qualify"), (Role.DEPARTMENT, "begin"), (Role.AUDITOR, "begin")])
def test_a_step_is_taken_by_its_own_role_alone(evaluation, release, signed_in, role, move):
    assert press(signed_in(role), evaluation, move).status_code in (403, 404)
    evaluation.refresh_from_db()
    assert evaluation.state == "draft"


def test_another_city_sees_nothing_of_it(evaluation, release, tree, signed_in):
    stranger = signed_in(Role.CITY_REVIEWER, tree.other_city)
    assert stranger.get(reverse("evaluation", args=[evaluation.pk])).status_code == 404
    assert evaluation.unit.name not in stranger.get(reverse("evaluations")).content.decode()


def test_evaluations_are_made_once(evaluation, round, person):
    assert start(round, by=person(Role.PROVINCE_ADMIN)).made == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_wins_and_the_other_is_told(evaluation, release, signed_in, person, tree):
    up_to(evaluation, "city_review", signed_in, person)
    evaluation.refresh_from_db()
    reviewer, seen, outcomes = person(Role.CITY_REVIEWER), evaluation.moves, []
    gate = threading.Barrier(2)

    def go(number: int) -> None:
        mine = Evaluation.objects.get(pk=evaluation.pk)
        gate.wait()
        try:
            return_to_county(mine, by=reviewer, data={"reason": f"理由 {number}"}, seen_moves=seen)
            outcomes.append("won")
        except Moved as told:
            outcomes.append(str(told))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("won") == 1
    told = next(each for each in outcomes if each != "won")
    assert "市级复核员甲" in told
    assert "退回县里" in told
    assert Step.objects.filter(subject=evaluation.reference, transition="return_to_county").count() == 1


def test_the_list_asks_as_often_for_fifty_counties_as_for_one(round, tree, person, signed_in, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    from junheng.web.areas.actions import ensure_unit
    from junheng.web.rights.levels import UnitKind
    from junheng.web.rounds.models import Participation

    start(round, by=person(Role.PROVINCE_ADMIN))
    client = signed_in(Role.PROVINCE_ADMIN)
    client.get(reverse("evaluations"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("evaluations"))
    for number in range(49):
        unit = ensure_unit(f"2101{number + 20}" if number < 10 else f"2102{number + 20}", f"区{number}", UnitKind.COUNTY, tree.city)
        Participation.objects.get_or_create(round=round, unit=unit)
    start(round, by=person(Role.PROVINCE_ADMIN))
    with django_assert_num_queries(len(one)):
        client.get(reverse("evaluations"))
