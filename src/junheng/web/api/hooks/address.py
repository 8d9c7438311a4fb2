"""Where a message may go: never to this machine or its neighbours, unless the deployment names their networks.

A subscription's URL is entered by a user; without this the site could be made to call whatever stands beside it (SSRF). The name
is looked up at every sending, each address it has must be allowed, and the connection goes to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from junheng.common.errors import UserError
from junheng.web.notices.channels import Unsent

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_CARRIES_V4 = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 that may lead to any IPv4 address behind a gateway."""
_REMEDY = "请填接收系统的 https 网址，如 https://data.example.org/junheng"


@dataclass(frozen=True)
class Target:
    """A URL taken apart. path: with the query."""

    secure: bool
    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """Raises UserError for what is no plain http or https URL, and for an address written in figures that is not allowed."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        raise UserError("网址不对", why="读不出主机和端口", remedy=_REMEDY) from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise UserError("网址不对", why="要以 https:// 开头并有主机名", remedy=_REMEDY)
    if parts.username or parts.password or parts.fragment or any(ord(each) <= 32 or ord(each) > 126 for each in url):
        raise UserError("网址不对", why="不能有账号、密码、“#”、空格或汉字", remedy=_REMEDY)
    target = Target(parts.scheme == "https", host, port or (443 if parts.scheme == "https" else 80), f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if not target.secure and not settings.JUNHENG_WEBHOOK_NETWORKS:
            raise UserError("网址不对", why="要用 https；只有部署时指定的内网可以用 http", remedy=_REMEDY) from None
        return target
    if not may_go_to(literal, secure=target.secure):
        raise UserError("不能推送到这个地址", why="它不是公网地址，部署时也没有把它所在的网段列为可推送", remedy="请填公网网址，或请系统管理员设置 JUNHENG_WEBHOOK_NETWORKS")
    return target


def may_go_to(address: Address, *, secure: bool) -> bool:
    """Public addresses by https; those of the named networks also by http."""
    plain = address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address
    if any(plain.version == network.version and plain in network for network in settings.JUNHENG_WEBHOOK_NETWORKS):
        return True
    hidden = any(plain.version == network.version and plain in network for network in _CARRIES_V4)
    return secure and plain.is_global and not plain.is_multicast and not plain.is_reserved and not hidden


def address_of(target: Target) -> str:
    """An address to connect to. Raises Unsent where the name has none, or any of them is not allowed."""
    try:
        found: Sequence[str] = [str(info[4][0]) for info in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Unsent("查不到接收方主机的地址") from None
    if not found or not all(may_go_to(ipaddress.ip_address(each.partition("%")[0]), secure=target.secure) for each in found):
        raise Unsent("接收方主机的地址不在准许之列（内网地址要由部署时指定）")
    return found[0]
