"""Events pushed to other systems: to whom they are for, signed, tried again, with nobody's data, and never to a neighbour."""

from __future__ import annotations

import ipaddress
import json
from datetime import timedelta

import pytest
from api.receiver import Receiver, receiving
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.planners.model import Planned
from junheng.web.accounts.models import User
from junheng.web.api.actions import (
    end_hook,
    forget_sent,
    make_hook,
    send_hooks,
    send_message_again,
    tell_hooks,
)
from junheng.web.api.hooks.address import address_of, may_go_to, target_of
from junheng.web.api.hooks.sending import signature
from junheng.web.api.models import Hook, HookMessage
from junheng.web.desk.actions import keep_answer
from junheng.web.desk.models import Plan
from junheng.web.jobs.models import Job
from junheng.web.notices.actions.outbox import PAUSES
from junheng.web.notices.channels import Unsent
from junheng.web.notices.models import DeliveryState
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import assign
from junheng.web.rights.roles import Role

TODAY = timezone.localdate()


@pytest.fixture
def receiver(settings):
    settings.JUNHENG_WEBHOOK_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    with receiving() as receiver:
        yield receiver


def _problem(world, unit=None, title="图书不足：王小明反映"):
    return raise_problem(by=None, unit=unit or world.school, round=world.round, title=title, criterion="L7", clause="", current="8",
                         required="25", gap="17", source="manual")  # fmt: skip


@pytest.fixture
def hook(world, receiver: Receiver) -> Hook:
    return make_hook(world.person(Role.COUNTY_ADMIN), "市平台", receiver.url, ["problems:read"], "sm3")


def _push() -> list[int]:
    tell_hooks(TODAY)
    return send_hooks(TODAY)


def test_a_step_is_told_in_seconds_signed_and_without_anybodys_words(world, hook, receiver):
    problem = _problem(world)
    assign(problem, by=world.person(Role.COUNTY_ADMIN), data={"demand": "请王小明同志办理"})
    assert len(_push()) == 2
    headers, body = receiver.received[-1]
    assert headers["Junheng-Signature"] == signature("sm3", hook.secret, headers["Junheng-Timestamp"], body)
    told = json.loads(body)
    assert told.pop("at") is not None
    assert told == {
        "schema": "junheng.event/1", "id": told["id"], "type": "rectification.assign", "unit": world.school.code, "before": "found", "state": "assigned",
        "subject": {"kind": "problem", "id": problem.pk, "url": f"/api/v1/problems/{problem.pk}"}, "due_on": told["due_on"],
    }  # fmt: skip
    everything = b"".join(each for _, each in receiver.received).decode()
    assert "王小明" not in everything
    assert world.person(Role.COUNTY_ADMIN).name not in everything
    assert _push() == []


def test_only_what_the_owner_may_see_and_asked_for_is_told(world, hook, receiver, tree, person):
    make_hook(person(Role.SCHOOL_CLERK, tree.other_school), "别县", receiver.url, ["problems:read"], "sha256")
    world.upload()
    _problem(world, tree.other_school)
    tell_hooks(TODAY)
    assert {(message.hook.name, message.body["unit"]) for message in HookMessage.objects.select_related("hook")} == {("别县", tree.other_school.code)}


def test_what_happened_before_the_subscription_is_not_told(world, receiver):
    _problem(world)
    make_hook(world.person(Role.COUNTY_ADMIN), "市平台", receiver.url, ["problems:read"], "sm3")
    assert tell_hooks(TODAY) == 0


def test_a_receiver_that_fails_is_left_alone_for_a_while_and_then_said_to_have_failed(world, hook, receiver):
    receiver.status = 503
    _problem(world, title="一")
    _problem(world, title="二")
    for attempt, pause in enumerate(PAUSES, 1):
        before = timezone.now()
        assert _push() == []
        assert len(receiver.received) == attempt
        first, second = HookMessage.objects.order_by("pk")
        assert (first.state, first.attempts, first.error) == (DeliveryState.WAITING, attempt, "接收方答复 503")
        assert second.attempts == 0
        assert min(first.next_try_at, second.next_try_at) >= before + pause
        assert _push() == []
        HookMessage.objects.filter(pk=first.pk).update(next_try_at=timezone.now())
    _push()
    first.refresh_from_db()
    assert first.state == DeliveryState.FAILED
    receiver.status = 200
    send_message_again(first, by=hook.user)
    assert _push() == [first.pk]
    with pytest.raises(UserError, match="不用重发"):
        send_message_again(first, by=hook.user)
    HookMessage.objects.update(ended_at=timezone.now() - timedelta(days=31))
    assert forget_sent(TODAY) == 2


def test_a_redirect_is_not_followed(world, hook, receiver):
    receiver.status, receiver.location = 302, "http://127.0.0.1:1/"
    _problem(world)
    _push()
    assert HookMessage.objects.get().error == "接收方答复 302，推送不跟随转向"


def test_an_ended_subscription_or_account_is_told_nothing(world, hook, receiver):
    _problem(world)
    tell_hooks(TODAY)
    User.objects.filter(pk=hook.user_id).update(is_active=False)
    assert send_hooks(TODAY) == []
    assert HookMessage.objects.get().error == "订阅已停：账号已停用"
    User.objects.filter(pk=hook.user_id).update(is_active=True)
    end_hook(hook, by=hook.user)
    _problem(world, title="二")
    assert tell_hooks(TODAY) == 0
    assert not HookMessage.objects.exists()
    assert receiver.received == []


@pytest.mark.parametrize("url", [
    "http://example.org/", "https://127.0.0.1/", "https://10.1.2.3/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest",
    "https://user:secret@example.org/", "ftp://example.org/", "https:///x", "https://exa mple.org/", "https://example.org/#x", "https://100.64.0.1/",
    "https://[64:ff9b::a00:1]/", "https://0.0.0.0/", "https://224.0.0.1/", "file:///etc/passwd", "https://example.org:99999/",
])  # fmt: skip
def test_a_neighbours_address_or_no_plain_url_is_refused(url):
    with pytest.raises(UserError):
        target_of(url)


def test_a_name_that_leads_to_a_neighbour_is_refused_when_it_is_used(settings):
    with pytest.raises(Unsent, match="不在准许之列"):
        address_of(target_of("https://localhost/"))
    settings.JUNHENG_WEBHOOK_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
    assert address_of(target_of("http://localhost/")) in ("127.0.0.1", "::1")


_NETWORKS = ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4")
_INSIDE = st.sampled_from(_NETWORKS).flatmap(lambda network: st.ip_addresses(v=4, network=network))


@given(_INSIDE)
def test_no_address_inside_is_ever_gone_to_not_even_dressed_as_ipv6(address):
    for dressed in (address, ipaddress.ip_address(f"::ffff:{address}"), ipaddress.ip_address(f"64:ff9b::{address}")):
        assert not may_go_to(dressed, secure=True)
        assert not may_go_to(dressed, secure=False)


def test_the_page_shows_the_secret_once_and_the_messages_with_what_failed(world, receiver, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)
    page = client.post("/me/hooks/", {"name": "市平台", "url": receiver.url, "scopes": ["problems:read"], "algorithm": "sm3"})
    hook = Hook.objects.get()
    assert hook.secret in page.content.decode()
    assert hook.secret not in client.get("/me/hooks/").content.decode()
    _problem(world)
    tell_hooks(TODAY)
    message = HookMessage.objects.get()
    HookMessage.objects.update(state="failed", error="接收方答复 500")
    assert "接收方答复 500" in client.get(f"/me/hooks/{hook.pk}/").content.decode()
    client.post(f"/me/hooks/{hook.pk}/", {"message": message.pk})
    assert send_hooks(TODAY) == [message.pk]
    client.post(f"/me/hooks/{hook.pk}/")
    assert Hook.objects.get().over == "已停止"
    refused = client.post("/me/hooks/", {"name": "邻居", "url": "https://10.0.0.1/", "scopes": ["problems:read"], "algorithm": "sm3"})
    assert (refused.status_code, Hook.objects.count()) == (422, 1)
    assert "不能推送到这个地址" in refused.content.decode()


def test_a_plan_is_told_when_it_is_solved_and_one_about_people_never(world, receiver):
    admin = world.person(Role.COUNTY_ADMIN)
    make_hook(admin, "市平台", receiver.url, ["plans:read"], "sm3")
    for personal in (False, True):
        plan = Plan.objects.create(unit=world.unit, planner="classes" if personal else "improvement", name="王小明", personal=personal, by_id=1, by_name="试")
        plan.job = Job.objects.create(kind="desk.solve", label="试", unit=world.unit)
        plan.save()
        assert keep_answer(plan, Planned("王小明编入一班"), (), job=plan.job.pk)
    _push()
    (told,) = [json.loads(body) for _, body in receiver.received]
    assert (told["type"], told["subject"]["kind"], told["subject"]["id"]) == ("desk.answered", "plan", Plan.objects.get(personal=False).pk)
    assert "王小明" not in json.dumps(told, ensure_ascii=False)
