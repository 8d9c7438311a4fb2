"""The log as a workbook."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable

import xlsxwriter
from django.utils import timezone

from junheng.web.audit.models import AuditEvent

MOST_ROWS = 50_000
"""More is asked for by narrower dates: a person does not read more, and a sheet holds no more than a million."""
_HEADERS = (("序号", 8), ("时间", 20), ("用户", 16), ("角色", 14), ("动作", 26), ("对象", 18), ("单位", 24), ("来源", 18), ("用途", 24),
            ("变更前", 40), ("变更后", 40), ("说明", 40), ("校验值", 24))  # fmt: skip


def workbook(rows: Iterable[tuple[AuditEvent, str, str, str]]) -> bytes:
    """One row per event, as given."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("审计记录")
    head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1})
    for column, (name, width) in enumerate(_HEADERS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for number, (each, action, subject, unit) in enumerate(rows, 1):
        sheet.write_number(number, 0, each.seq)
        cells = (f"{timezone.localtime(each.at):%Y-%m-%d %H:%M:%S}", each.actor_name, each.actor_role, action, subject, unit, each.origin, each.purpose,
                 _json(each.before), _json(each.after), _json(each.detail), each.hash)  # fmt: skip
        for column, text in enumerate(cells, 1):
            sheet.write_string(number, column, text)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, 0, len(_HEADERS) - 1)
    book.close()
    return out.getvalue()


def _json(value: object) -> str:
    return "" if not value else json.dumps(value, ensure_ascii=False)[:32_000]
