"""Model fields whose text is encrypted in the database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from junheng.web.privacy.keys import seal_text, unseal_text


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Read and written as plain text; kept by SM4-GCM. It cannot be searched: keep a blind index beside it for that."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal_text(text) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return unseal_text(value) if value else value
