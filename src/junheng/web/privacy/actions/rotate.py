"""Change the key: a new one, everything sealed again with it, and the old one out of use.

What tells how far it is stands in the rows themselves, so a run that was killed is taken up by the next, and the site
can be in use meanwhile: both keys open, the new one seals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.privacy.cipher import the_cipher
from junheng.web.privacy.sealing import active_key
from junheng.web.privacy.stored import Fields, Json, Row, sealed_tables

_BATCH = 200
Step = Callable[[str, int, int], None]


def rotate(on_step: Step = lambda what, done, of: None) -> str:
    """Everything sealed with the newest key; returns its id. Makes a new key, or ends the change that was begun.

    on_step: called after each batch with the table's Chinese name, rows done and rows to do in it.
    """
    if len(the_cipher().key_ids()) == 1 or not rows_by_key().keys() - {active_key()}:
        the_cipher().new_key()
    return seal_all_again(on_step)


def seal_all_again(on_step: Step = lambda what, done, of: None) -> str:
    """Whatever another key than the newest sealed, sealed with that one; returns its id."""
    active = active_key()
    for table in sealed_tables():
        behind = [row.pk for row in table.rows() if row.keys - {active}]
        for start in range(0, len(behind), _BATCH):
            _seal_again(table, behind[start : start + _BATCH], active)
            on_step(table.label, min(start + _BATCH, len(behind)), len(behind))
    return active


@transaction.atomic
def _seal_again(table: Fields | Json, pks: Sequence[object], active: str) -> None:
    """Under lock, and read again: a row changed meanwhile keeps its change."""
    list(table.model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
    rows: list[Row] = [row for row in table.rows(pk__in=pks) if row.keys - {active}]
    for row in rows:
        table.model._base_manager.filter(pk=row.pk).update(**table.resealed(row))


def rows_by_key() -> Counter[str]:
    """Key id → how many rows need it."""
    return Counter(key for table in sealed_tables() for row in table.rows() for key in row.keys)


def retire_unused() -> list[str]:
    """Take every key but the newest out of use; returns their ids. Raises UserError while a row needs one of them."""
    cipher = the_cipher()
    old = cipher.key_ids()[:-1]
    if needed := rows_by_key().keys() & set(old):
        raise UserError(f"旧密钥 {'、'.join(sorted(needed))} 还有数据在用", remedy="请先运行 junheng keys rotate，全部换完再停用")
    for key_id in old:
        cipher.retire(key_id)
    return list(old)
