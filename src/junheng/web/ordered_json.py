"""JSON columns whose keys stay in the order they were written, on PostgreSQL too.

Django keeps JSON as `jsonb` there, which sorts the keys of an object by length; what people read (criteria in the order of the
clauses, what a decision rests on) would come out shuffled. `json` keeps the text. It cannot be indexed or compared, which
nothing here asks of it.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class OrderedJSONField(models.JSONField):
    """Like JSONField. No lookups into it."""

    def db_type(self, connection: Any) -> str | None:
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if connection.vendor != "postgresql" or value is None:
            return super().get_db_prep_value(value, connection, prepared)
        from psycopg.types.json import Json

        return Json(value, dumps=lambda each: json.dumps(each, ensure_ascii=False))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """psycopg hands `json` over as it is meant already."""
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value
