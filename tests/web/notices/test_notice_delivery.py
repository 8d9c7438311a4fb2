"""E-mail through a real server: it goes, it is tried again, it fails and says so; it names nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from notices.conftest import TODAY
from notices.smtp_server import mail_server

from junheng.common.errors import UserError
from junheng.web.notices.actions import choose_ways, deliver, dispatch, send_again
from junheng.web.notices.actions.outbox import PAUSES
from junheng.web.notices.channels import Email
from junheng.web.notices.models import Delivery, DeliveryState
from junheng.web.notices.smtp import mail_settings
from junheng.web.rights.roles import Role


@pytest.fixture
def server(settings, tmp_path):
    with mail_server() as server:
        for name, value in mail_settings(server.url, tmp_path).items():
            setattr(settings, name, value)
        yield server


@pytest.fixture
def waiting(said, clerk) -> Delivery:
    said("rectification.send_back", reason="王小明同学的材料不清楚")
    dispatch(TODAY)
    return Delivery.objects.get()


def _hurry() -> None:
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(minutes=11))


def test_the_mail_says_that_there_is_something_and_names_nobody(server, waiting, clerk):
    assert deliver(TODAY) == [waiting.pk]
    (mail,) = server.received
    assert mail["To"] == clerk.email
    assert mail["From"] == "junheng@example.org"
    text = str(mail["Subject"]) + mail.get_content()
    assert "您有 1 条新通知" in text
    assert "整改结果被退回" in text
    assert "请登录平台查看" in text
    assert "王小明" not in text
    assert clerk.name not in text
    assert "第一小学" not in text
    assert deliver(TODAY) == []


def test_many_messages_go_through_one_conversation(server, said, person, tree):
    for unit in (tree.school, tree.school_beside):
        someone = person(Role.SCHOOL_CLERK, unit)
        someone.email = f"{unit.code}@example.org"
        someone.save()
        said("rectification.send_back", unit=unit, reason="一")
    dispatch(TODAY)
    assert len(deliver(TODAY)) == 2
    assert server.conversations == 1


def test_a_refused_message_is_tried_again_later_and_later_and_then_said_to_have_failed(server, waiting):
    server.refuse = "451 later, clerk@example.org"
    for attempt, pause in enumerate(PAUSES, 1):
        before = timezone.now()
        assert deliver(TODAY) == []
        waiting.refresh_from_db()
        assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, attempt)
        assert before + pause <= waiting.next_try_at <= timezone.now() + pause
        assert deliver(TODAY) == []
        _hurry()
    deliver(TODAY)
    waiting.refresh_from_db()
    assert waiting.state == DeliveryState.FAILED
    assert "SMTPRecipientsRefused" in waiting.error
    assert "clerk" not in waiting.error


def test_a_failed_message_can_be_sent_again_and_only_a_failed_one(server, waiting, person):
    admin = person(Role.SYSTEM_ADMIN)
    with pytest.raises(UserError, match="不用重发"):
        send_again(waiting, by=admin)
    Delivery.objects.update(state=DeliveryState.FAILED)
    send_again(waiting, by=admin)
    assert deliver(TODAY) == [waiting.pk]


def test_a_server_that_is_down_holds_nobody_up_and_loses_nothing(settings, waiting, tmp_path):
    for name, value in mail_settings("smtp://127.0.0.1:9", tmp_path).items():
        setattr(settings, name, value)
    assert deliver(TODAY) == []
    waiting.refresh_from_db()
    assert waiting.error.startswith("ConnectionRefusedError")


def test_killed_between_sending_and_noting_it_the_message_goes_again_and_can_be_told_for_the_same(server, waiting, monkeypatch):
    class Killed(BaseException):
        pass

    real = Email.send

    def dies_after_sending(self, delivery):
        real(self, delivery)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Email, "send", dies_after_sending)
        with pytest.raises(Killed):
            deliver(TODAY)
    assert deliver(TODAY) == []
    _hurry()
    assert deliver(TODAY) == [waiting.pk]
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"]


def test_who_does_not_want_mail_gets_none(said, clerk):
    choose_ways(by=clerk, email=False, sms=False)
    said("rectification.send_back", reason="一")
    dispatch(TODAY)
    assert not Delivery.objects.exists()


def test_an_address_that_is_gone_is_said_in_words(server, waiting, clerk):
    clerk.email = ""
    clerk.save()
    assert deliver(TODAY) == []
    waiting.refresh_from_db()
    assert waiting.error == "账号没有登记电子邮箱"


class Down:
    """A gateway that takes nothing."""

    def send(self, phone: str, text: str, key: str) -> None:
        raise TimeoutError(110, f"no answer for {phone}")


@pytest.fixture
def by_phone(said, clerk, settings, tmp_path) -> Delivery:
    settings.SMS_CLASS, settings.SMS_FOLDER = "junheng.web.notices.channels.FileTextMessages", tmp_path
    clerk.phone = "15400000001"
    clerk.save()
    choose_ways(by=clerk, email=False, sms=True)
    said("rectification.send_back", reason="王小明同学的材料不清楚")
    dispatch(TODAY)
    return Delivery.objects.get()


def test_a_text_message_says_that_there_is_something_and_no_more(by_phone, tmp_path):
    assert deliver(TODAY) == [by_phone.pk]
    (file,) = tmp_path.glob("*.txt")
    assert file.read_text("utf-8") == "15400000001\n【均衡】您有 1 条新通知，请登录平台查看。\n"


def test_the_gateway_is_a_class_named_in_the_settings_and_its_words_are_not_kept(by_phone, settings):
    settings.SMS_CLASS = f"{__name__}.Down"
    assert deliver(TODAY) == []
    by_phone.refresh_from_db()
    assert by_phone.error == "TimeoutError（110）"


def test_without_a_gateway_text_messages_wait(by_phone, settings):
    settings.SMS_CLASS = ""
    assert deliver(TODAY) == []
    by_phone.refresh_from_db()
    assert (by_phone.state, by_phone.attempts) == (DeliveryState.WAITING, 0)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("smtp://mail.example.org", {"EMAIL_PORT": 25, "EMAIL_USE_SSL": False, "EMAIL_USE_TLS": False, "EMAIL_HOST_USER": ""}),
        ("smtps://a%40b.example:p%3Aw@mail.example.org", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_HOST_USER": "a@b.example", "EMAIL_HOST_PASSWORD": "p:w",
                                                      "DEFAULT_FROM_EMAIL": "a@b.example"}),
        ("smtp://u@mail.example.org:587?starttls=1&from=x@y.example", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "DEFAULT_FROM_EMAIL": "x@y.example"}),
    ],
)  # fmt: skip
def test_the_mail_server_is_one_setting(url, wanted, tmp_path):
    assert wanted.items() <= mail_settings(url, tmp_path).items()
