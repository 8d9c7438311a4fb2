"""What the sign-in page offers besides a password."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse

from junheng.web.accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from junheng.web.accounts.models import User

register = template.Library()


@register.simple_tag
def other_ways_in() -> list[tuple[str, str]]:
    """(what the button says, where it leads): the identity providers of this deployment."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    found = [(app["name"], reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})) for app in apps]
    return [*found, *([("CAS 统一认证", reverse("cas_ng_login"))] if settings.CAS_SERVER_URL else [])]


@register.simple_tag
def demo_accounts() -> list[User]:
    """In the demonstration site: the accounts anybody may try, in the order of the roles."""
    if not settings.JUNHENG_DEMO:
        return []
    found = {account.username: account for account in User.objects.filter(username__in=DEMO_ACCOUNTS.values(), is_active=True).select_related("unit")}
    return [found[username] for username in DEMO_ACCOUNTS.values() if username in found]


@register.simple_tag
def demo_password() -> str:
    return DEMO_PASSWORD


@register.simple_tag
def sends_email() -> bool:
    """Whether e-mails leave the site, so that a forgotten password can be set anew by one."""
    return bool(settings.JUNHENG_SENDS_EMAIL)
