"""The ways out of the site. What leaves names no person: it says that there is something new, and to sign in.

A sender raises when the message did not go. The same message may be sent twice when a process was killed between
sending and noting it; it then carries the same key (in e-mail the Message-ID), so that the receiver can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from junheng.web.notices.models import Channel, Delivery


class TextMessages(Protocol):
    """What a class named by JUNHENG_SMS must be: made without arguments, one method. key: for the gateway to tell a
    message it has had already. Raises whatever went wrong."""

    def send(self, phone: str, text: str, key: str) -> None: ...


class FileTextMessages:
    """Writes text messages into <data>/sms, one file each: the demonstration, and a look at what would be sent."""

    def __init__(self) -> None:
        self._folder = Path(settings.SMS_FOLDER)

    def send(self, phone: str, text: str, key: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{key}.txt").write_text(f"{phone}\n{text}\n", "utf-8")


class Unsent(Exception):
    """Why a message did not go, in words that hold no address and no number."""


class Sender(Protocol):
    def send(self, delivery: Delivery) -> None: ...


class Email:
    """By the site's mail server; one connection for all messages of a round."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self._connection = connection

    def send(self, delivery: Delivery) -> None:
        if not delivery.user.email:
            raise Unsent("账号没有登记电子邮箱")
        self._connection.open()  # does nothing when it is open
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
        EmailMessage(
            subject(delivery), body(delivery), to=[delivery.user.email], connection=self._connection,
            headers={"Message-ID": f"<{delivery.key}@{domain}>", "Auto-Submitted": "auto-generated"},
        ).send()  # fmt: skip


class Sms:
    """By the deployment's gateway."""

    def __init__(self, gateway: TextMessages) -> None:
        self._gateway = gateway

    def send(self, delivery: Delivery) -> None:
        if not delivery.user.phone:
            raise Unsent("账号没有登记手机号")
        self._gateway.send(delivery.user.phone, f"{subject(delivery)}，请登录平台查看。", delivery.key)


def subject(delivery: Delivery) -> str:
    return f"【均衡】您有 {delivery.count} 条新通知"


def body(delivery: Delivery) -> str:
    lines = "\n".join(f"· {title}" for title in delivery.titles)
    return f"您在“均衡”平台有 {delivery.count} 条新通知：\n\n{lines}\n\n请登录平台查看。本邮件由系统发出，请勿回复。\n"


def configured() -> tuple[Channel, ...]:
    """The ways out that are set up in this deployment."""
    return (Channel.EMAIL, Channel.SMS) if settings.SMS_CLASS else (Channel.EMAIL,)


@contextmanager
def sender(channel: Channel) -> Iterator[Sender]:
    """For the messages of one round."""
    if channel is Channel.SMS:
        gateway: TextMessages = import_string(settings.SMS_CLASS)()
        yield Sms(gateway)
        return
    connection = get_connection()
    try:
        yield Email(connection)
    finally:
        connection.close()
