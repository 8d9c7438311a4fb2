"""Lockout and the log go by the visitor's address, also behind a proxy."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse

from junheng.web.site.address import VisitorAddress


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [("", "10.0.0.1"), ("203.0.113.7", "203.0.113.7"), ("6.6.6.6, 203.0.113.7", "203.0.113.7"), ("2001:db8::1", "2001:db8::1"), ("nonsense", "10.0.0.1")],
)
def test_the_address_is_the_one_the_proxy_saw(forwarded, address):
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    VisitorAddress(lambda _: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
