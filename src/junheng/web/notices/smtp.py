"""JUNHENG_SMTP as Django's mail settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_TIMEOUT_SECONDS = 10


def mail_settings(url: str, folder: Path) -> dict[str, Any]:
    """smtp://user:password@host:port, smtps:// for TLS from the first byte, ?from=address, ?starttls=1. "" = e-mails
    are written into `folder`."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder),
                "DEFAULT_FROM_EMAIL": "junheng@localhost"}  # fmt: skip
    parts, query = urlsplit(url), parse_qs(urlsplit(url).query)
    host, user = parts.hostname or "localhost", unquote(parts.username or "")
    sender = query.get("from", [user if "@" in user else f"junheng@{host}"])[0]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": query.get("starttls", ["0"])[0] == "1",
        "EMAIL_TIMEOUT": _TIMEOUT_SECONDS,
        "DEFAULT_FROM_EMAIL": sender,
    }
