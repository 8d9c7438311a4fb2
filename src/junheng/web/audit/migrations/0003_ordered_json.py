"""On PostgreSQL `jsonb` becomes `json`. On SQLite nothing changes, and must not: Django would make the table anew, and with it
the triggers that refuse edits (0002) would be gone."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from junheng.web.ordered_json import OrderedJSONField

_COLUMNS = ("before", "after", "detail")


def _turn(kind: str):
    def turn(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            changes = ", ".join(f'ALTER COLUMN "{each}" TYPE {kind} USING "{each}"::{kind}' for each in _COLUMNS)
            editor.execute(f"ALTER TABLE audit_auditevent {changes}")

    return turn


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_refuse_edits")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(_turn("json"), _turn("jsonb"))],
            state_operations=[
                migrations.AlterField("auditevent", "after", OrderedJSONField(null=True, verbose_name="变更后")),
                migrations.AlterField("auditevent", "before", OrderedJSONField(null=True, verbose_name="变更前")),
                migrations.AlterField("auditevent", "detail", OrderedJSONField(default=dict, verbose_name="说明")),
            ],
        )
    ]
