"""Rows of the database as lines of JSON, the same on SQLite and PostgreSQL, and back.

What is encrypted in the database is encrypted in the lines too, so a backup without the keys tells nothing about people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.serializers import sort_dependencies
from django.core.serializers.python import Deserializer, Serializer
from django.db.models import Model

from junheng.web.privacy.fields import SealedBytes, SealedText, encrypted_fields
from junheng.web.privacy.stored import Fields

_LEFT_OUT = {"contenttypes", "auth", "sessions", "django_tasks_db", "usersessions"}
"""What a new site makes itself, and what ends with the old one: sessions, work that was under way."""
_BATCH = 500


def tables() -> list[type[Model]]:
    """The models that are kept, each after those it refers to where there is such an order."""
    kept = [(config, None) for config in apps.get_app_configs() if config.label not in _LEFT_OUT]
    ordered: list[type[Model]] = sort_dependencies(kept, allow_cycles=True)
    return ordered


def label(model: type[Model]) -> str:
    return model._meta.label_lower


def lines(model: type[Model]) -> Iterator[str]:
    """One line of JSON per row, in order of the key. What is encrypted is said as it stands in the database.

    Runs in a transaction that sees one moment.
    """
    encrypted = [field.name for field in encrypted_fields(model)]
    rows = model._base_manager.order_by("pk").defer(*encrypted).iterator(chunk_size=_BATCH)
    for row, sealed in zip(rows, Fields(model).rows(), strict=True) if encrypted else ((row, None) for row in rows):
        vars(row).update(sealed.values if sealed else {})
        (said,) = Serializer().serialize([row])
        yield json.dumps(said, ensure_ascii=False, default=_plain)


def objects(model: type[Model], text: Iterator[str]) -> Iterator[Any]:
    """Deserialised rows, ready to be saved as they are."""
    for line in text:
        for row in Deserializer([json.loads(line)]):
            for field in encrypted_fields(model):
                value = vars(row.object)[field.attname]
                vars(row.object)[field.attname] = _as_sealed(value)
            yield row


def _as_sealed(value: str | memoryview | None) -> SealedText | SealedBytes | None:
    if value is None:
        return None
    return SealedText(value) if isinstance(value, str) else SealedBytes(value)


def _plain(value: object) -> str:
    """Django's own encoder cuts times to milliseconds; a time is part of what the audit log hashes."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"a backup has no form for {type(value).__name__}")
