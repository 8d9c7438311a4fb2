"""A one-time code opens one time, whichever process is asked."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.crypto import salted_hmac

_REMEMBERED_SECONDS = 120
"""Longer than a code is good for: three half minutes."""


@transaction.atomic
def spend_code(authenticator: Authenticator, code: str) -> bool:
    """False when this TOTP code was used before. Recovery codes are struck off by the library itself."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    now = time.time()
    used = {each: at for each, at in locked.data.get("used", {}).items() if now - at < _REMEMBERED_SECONDS}
    mark = salted_hmac("junheng.accounts.totp", code.strip(), algorithm="sha256").hexdigest()
    if mark in used:
        return False
    locked.data["used"] = {**used, mark: now}
    locked.save(update_fields=["data"])
    return True
