"""Everything in the database that is sealed, as it stands there: which key each row needs, and the row opened.

Three kinds: encrypted fields, found by themselves; blind indexes beside them; and texts inside the JSON of libraries'
tables (settings.JUNHENG_SEALED_JSON), where one sealed text looks like "20260901-1a2b3c4d:…".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField, Field, Model, TextField
from django.db.models.functions import Cast

from junheng.web.privacy.fields import (
    BlindIndexField,
    EncryptedBinaryField,
    EncryptedTextField,
    encrypted_fields,
    indexes_of,
)
from junheng.web.privacy.sealing import blind_index, key_of, seal_text, unseal, unseal_text

_SEALED = re.compile(r"[0-9A-Za-z-]{1,40}:[0-9A-Za-z+/]{38,}={0,2}")


@dataclass(frozen=True)
class Row:
    """keys: ids of the keys something in it is sealed with."""

    pk: Any
    keys: frozenset[str]
    values: Mapping[str, Any]


class Fields:
    """The encrypted fields of a model. Rows come with their values sealed; `resealed` gives what to write."""

    def __init__(self, model: type[Model]) -> None:
        self.model, self.label = model, str(model._meta.verbose_name)
        self._fields = {field.name: field for field in encrypted_fields(model)}

    def rows(self, **lookups: Any) -> Iterator[Row]:
        raw = {f"sealed_{name}": Cast(name, _plain(field)) for name, field in self._fields.items()}
        found = self.model._base_manager.filter(**lookups).order_by("pk").values_list("pk", *raw.values())
        for pk, *values in found.iterator(chunk_size=1000):
            sealed = {name: _stored(value) for name, value in zip(self._fields, values, strict=True)}
            yield Row(pk, frozenset(key_of(value) for value in sealed.values() if value), sealed)

    def resealed(self, row: Row) -> dict[str, Any]:
        """Values to write, opened: the fields seal them with the key in force."""
        opened = {name: self._opened(name, value) for name, value in row.values.items() if value}
        indexed: dict[str, BlindIndexField] = {each.name: each for each in indexes_of(self.model)}
        return opened | {name: blind_index(opened.get(index.of, "")) for name, index in indexed.items()}

    def _opened(self, name: str, value: Any) -> Any:
        field = self._fields[name]
        return unseal_text(value, field.place) if isinstance(field, EncryptedTextField) else unseal(value, field.place)


class Json:
    """A JSON column of a library's table, some of whose texts are sealed."""

    def __init__(self, model: type[Model], column: str) -> None:
        self.model, self.label = model, str(model._meta.verbose_name)
        self._column, self._place = column, json_place(model, column)

    def rows(self, **lookups: Any) -> Iterator[Row]:
        found = self.model._base_manager.filter(**lookups).order_by("pk").values_list("pk", self._column)
        for pk, value in found.iterator(chunk_size=1000):
            yield Row(pk, frozenset(key_of(text) for text in _texts(value)), {self._column: value})

    def resealed(self, row: Row) -> dict[str, Any]:
        return {self._column: self._again(row.values[self._column])}

    def _again(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._again(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._again(each) for each in value]
        if isinstance(value, str) and _SEALED.fullmatch(value):
            return seal_text(unseal_text(value, self._place), self._place)
        return value


def sealed_tables() -> tuple[Fields | Json, ...]:
    """Every place there is."""
    fields = [Fields(model) for model in apps.get_models() if encrypted_fields(model)]
    columns = [(apps.get_model(name.rpartition(".")[0]), name.rpartition(".")[2]) for name in settings.JUNHENG_SEALED_JSON]
    return (*fields, *(Json(model, column) for model, column in columns))


def json_place(model: type[Model], column: str) -> str:
    return f"{model._meta.label_lower}.{column}"


def _plain(field: EncryptedTextField | EncryptedBinaryField) -> Field[Any, Any]:
    return TextField() if isinstance(field, EncryptedTextField) else BinaryField()


def _stored(value: Any) -> str | bytes | None:
    return value if value is None or isinstance(value, str) else bytes(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif isinstance(value, str) and _SEALED.fullmatch(value):
        yield value
