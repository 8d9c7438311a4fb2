"""What a session remembers of its sign-in."""

from __future__ import annotations

import time

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

SIGNED_IN_AT = "accounts.signed_in_at"
SEEN_AT = "accounts.seen_at"
SECOND_FACTOR = "accounts.second_factor"
"""The account that gave a second factor in this session: its id, so that it can never count for another's."""
BY_PROVIDER = "accounts.by_provider"
"""Which identity provider vouched, when one did: the password here was not used."""
PASSWORD, OIDC, CAS = "密码", "统一身份认证", "CAS"
"""The ways in, in words."""


def begin(request: HttpRequest) -> None:
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


def gave_second_factor(request: HttpRequest) -> bool:
    return request.session.get(SECOND_FACTOR) == request.user.pk


def way_in(request: HttpRequest) -> str:
    """How the person came in, in words: the first thing they showed."""
    methods = [each["method"] for each in get_authentication_records(request, request.user)]
    if "cas" in methods:
        return CAS
    return OIDC if "socialaccount" in methods else PASSWORD
