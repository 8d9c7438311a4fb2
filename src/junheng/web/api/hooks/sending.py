"""One message to one receiver, signed."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac

from junheng.web.api.hooks.address import Target, address_of, target_of
from junheng.web.api.models import Algorithm, HookMessage
from junheng.web.notices.channels import Unsent

SECONDS = 10.0
"""The longest a receiver may take in all."""
_HASHES: Mapping[str, type[hashes.HashAlgorithm]] = {Algorithm.SM3: hashes.SM3, Algorithm.SHA256: hashes.SHA256}


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever the name says by now; the name is what TLS and Host are about."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target, self._address = target, address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self._target.port), SECONDS)
        if self._target.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._target.host)

    def cut(self) -> None:
        """A receiver that drips its answer holds nobody up."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def signature(algorithm: str, secret: str, timestamp: str, body: bytes) -> str:
    """"sm3=<hex>" or "sha256=<hex>": HMAC over the time, a full stop and the body."""
    mac = hmac.HMAC(secret.encode(), _HASHES[algorithm]())
    mac.update(timestamp.encode() + b"." + body)
    return f"{algorithm}={mac.finalize().hex()}"


def send(message: HookMessage) -> None:
    """Raises Unsent, or whatever went wrong on the way."""
    hook = message.hook
    if hook.over:
        raise Unsent(f"订阅已停：{hook.over}")
    body = json.dumps(message.body, ensure_ascii=False).encode()
    timestamp = str(int(time.time()))
    status = _post(target_of(hook.url), body, {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "junheng-webhook/1", "Junheng-Delivery": message.key,
        "Junheng-Event": str(message.body["type"]), "Junheng-Timestamp": timestamp,
        "Junheng-Signature": signature(hook.algorithm, hook.secret, timestamp, body),
    })  # fmt: skip
    if not 200 <= status < 300:
        raise Unsent(f"接收方答复 {status}" + ("，推送不跟随转向" if 300 <= status < 400 else ""))


def _post(target: Target, body: bytes, headers: Mapping[str, Any]) -> int:
    connection = _Pinned(target, address_of(target))
    watch = threading.Timer(SECONDS, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    finally:
        watch.cancel()
        connection.close()
