"""The columns of the workbook of accounts."""

from __future__ import annotations

from dataclasses import dataclass

SHEET = "账号"
AT_ONCE = 200
"""Up to so many are opened with a first password while the person waits: each takes a tenth of a second to hash. More are
invited by link, in the background."""
MOST_ROWS = 10_000
"""A province's school clerks, and then some."""


@dataclass(frozen=True)
class Column:
    """field: the draft's field its errors belong to; width: in Latin characters."""

    field: str
    label: str
    required: bool
    width: int
    help: str


COLUMNS = (
    Column("code", "单位代码", True, 16, "学校填 10 位学校标识码，县（市、区）、市、省填 6 位代码"),
    Column("unit_name", "单位名称", False, 28, "可以不填；填了就与代码核对"),
    Column("name", "姓名", True, 14, "使用人的姓名；空着的行不开立"),
    Column("role", "角色", True, 16, "从下拉列表中选"),
    Column("department", "部门", False, 18, "只有部门用户要选"),
    Column("phone", "手机", False, 16, "11 位；系统管理员、安全管理员、审计员的手机和邮箱至少填一项"),
    Column("email", "邮箱", False, 28, "用来收通知"),
)
FIELDS = tuple(column.field for column in COLUMNS)
