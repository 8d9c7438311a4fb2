"""What the sign-in page offers besides a password."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def other_ways_in() -> list[tuple[str, str]]:
    """(what the button says, where it leads): the identity providers of this deployment."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    found = [(app["name"], reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})) for app in apps]
    return [*found, *([("CAS 统一认证", reverse("cas_ng_login"))] if settings.CAS_SERVER_URL else [])]
