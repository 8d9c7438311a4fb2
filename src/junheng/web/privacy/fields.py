"""Model fields that are encrypted in the database, and the field that lets one be found all the same."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact, In

from junheng.web.privacy.sealing import blind_index, blind_indexes, seal, seal_text, unseal, unseal_text


class SealedText(str):
    """What stands in the database already: written as it is (backup and restore)."""


class SealedBytes(bytes):
    """The same of bytes."""


class _Encrypted(models.Field):  # type: ignore[type-arg]
    """place: associated data, so that a value moved to another column does not open there."""

    @property
    def place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value: each sealing of a text is another one, so that no other question has an answer."""
        return {"isnull": super().get_lookup("isnull"), "exact": _IsEmpty}.get(lookup_name)


class _IsEmpty(Exact):
    def get_prep_lookup(self) -> Any:
        if self.rhs:
            raise TypeError("an encrypted field cannot be searched: keep a BlindIndexField beside it")
        return self.rhs


class EncryptedTextField(_Encrypted, models.TextField):  # type: ignore[type-arg]
    """Read and written as plain text; kept by SM4-GCM. Null and "" stay what they are."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return text if not text or isinstance(text, SealedText) else seal_text(text, self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return unseal_text(value, self.place) if value else value


class EncryptedBinaryField(_Encrypted, models.BinaryField):  # type: ignore[type-arg]
    """Bytes, kept by SM4-GCM. Null stays null."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, SealedBytes) else SealedBytes(seal(bytes(value), self.place))

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> bytes | None:
        return None if value is None else unseal(bytes(value), self.place)


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """HMAC-SM3 of an encrypted field of the same row, kept up by itself: `filter(phone_index__of="15412345678")`.

    of: the name of the field it indexes.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        fixed: dict[str, Any] = {"max_length": 64, "blank": True, "db_index": True, "editable": False, "default": ""}
        super().__init__(*args, **fixed | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        index = blind_index(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, index)
        return index


@BlindIndexField.register_lookup
class _Of(In):
    lookup_name = "of"

    def __init__(self, lhs: Any, rhs: str) -> None:
        super().__init__(lhs, blind_indexes(rhs))


def encrypted_fields(model: type[models.Model]) -> tuple[EncryptedTextField | EncryptedBinaryField, ...]:
    return tuple(each for each in model._meta.concrete_fields if isinstance(each, EncryptedTextField | EncryptedBinaryField))


def indexes_of(model: type[models.Model]) -> tuple[BlindIndexField, ...]:
    return tuple(each for each in model._meta.concrete_fields if isinstance(each, BlindIndexField))
