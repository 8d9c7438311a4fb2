"""邀请链接单: who is invited to what, each with the link that works once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from junheng.web.accounts.workbook.writing import TextBook
from junheng.web.areas.models import Unit
from junheng.web.rights.roles import Department, Role

_COLUMNS = (("市", 12), ("县（市、区）", 16), ("单位代码", 14), ("单位名称", 28), ("姓名", 12), ("角色", 14), ("部门", 16), ("邀请链接", 68), ("有效期至", 18))


@dataclass(frozen=True)
class Invited:
    """names: code → name of every unit above schools; until: last moment of the link."""

    unit: Unit
    names: Mapping[str, str]
    name: str
    role: Role
    department: str
    link: str
    until: datetime

    @property
    def texts(self) -> tuple[str, ...]:
        _, city, county = (*(self.names.get(code, "") for code in self.unit.path.split("/")[:3]), "", "")[:3]
        department = Department(self.department).label if self.department else ""
        until = f"{timezone.localtime(self.until):%Y-%m-%d %H:%M}"
        return (city, county, self.unit.code, self.unit.name, self.name, self.role.label, department, self.link, until)


def links(invited: Sequence[Invited]) -> bytes:
    """One row per person, in the order of the upload, to be cut up by city and county; a note on what to do with them."""
    book = TextBook()
    note = "请分别交给本人，由本人打开链接，自己设账号和密码。链接只能用一次，请勿转发到群里。可按市、县筛选后分发；发完请删除本文件。"
    sheet = book.handed_out("邀请链接", note, _COLUMNS, (each.texts for each in invited))
    sheet.autofilter(1, 0, len(invited) + 1, len(_COLUMNS) - 1)
    return book.finish()
