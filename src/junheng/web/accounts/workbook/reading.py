"""What was uploaded: rows as drafts, and everything wrong with them, by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.utils import timezone

from junheng.common.errors import UserError
from junheng.intake.cells import raw_text
from junheng.intake.workbook import Sheet, cell_address, read_sheets
from junheng.web.accounts.drafts import Contact, Draft, contact_cleaned, wrong_in
from junheng.web.accounts.models import Invitation, User
from junheng.web.accounts.workbook.columns import COLUMNS, FIELDS, MOST_ROWS, SHEET
from junheng.web.areas.models import Unit
from junheng.web.rights.roles import SEPARATE_PERSONS, Department, Role

_ROLES = {role.label: role for role in Role}
_DEPARTMENTS = {department.label: department.value for department in Department}
_FIELD_OF_WRONG = {"unit": "code"}


@dataclass(frozen=True)
class CellProblem:
    """cell: "D5"; label: of its column; text: what stands there; why: what is wrong, Chinese."""

    cell: str
    label: str
    text: str
    why: str


@dataclass(frozen=True)
class Row:
    """number: as the spreadsheet counts; texts: field → what stands in the cell."""

    number: int
    texts: Mapping[str, str]
    draft: Draft
    contact: Contact


@dataclass(frozen=True)
class Lines:
    """What was typed, not looked at yet. places: field → column index in the sheet; named: row number → field → text;
    nameless: rows left out because nobody is named in them."""

    places: Mapping[str, int]
    named: Mapping[int, Mapping[str, str]]
    nameless: int


@dataclass(frozen=True)
class Upload:
    """The same as drafts of accounts. places: field → column index in the sheet."""

    places: Mapping[str, int]
    rows: tuple[Row, ...]

    def cell(self, row: Row, field: str) -> str:
        return cell_address(row.number - 1, self.places.get(field, 0))


def read_lines(data: bytes, file_name: str) -> Lines:
    """Raises UserError when it is not this workbook, or has nothing in it."""
    sheet = _sheet(read_sheets(data, PurePath(file_name).suffix.lower()))
    header = [raw_text(cell).rstrip("*＊").strip() for cell in sheet.rows[0]] if sheet.rows else []
    places = {column.field: header.index(column.label) for column in COLUMNS if column.label in header}
    missing = [column.label for column in COLUMNS if column.required and column.field not in places]
    if missing:
        raise UserError(f"工作表“{sheet.name}”第一行没有“{'”“'.join(missing)}”列", remedy="请下载模板，填在模板里再上传")
    filled = [(number, texts) for number, texts in _lines(sheet, places) if any(texts.values())]
    named = {number: texts for number, texts in filled if texts["name"]}
    if not named:
        raise UserError("没有填了姓名的行", remedy="请在模板中填上使用人的姓名再上传")
    if len(named) > MOST_ROWS:
        raise UserError(f"有 {len(named):,} 行，每次最多 {MOST_ROWS:,} 行", remedy="请分成几份上传")
    return Lines(places, named, len(filled) - len(named))


def drafted(lines: Lines) -> Upload:
    """The lines as drafts, each at the unit its code names today."""
    units = Unit.objects.in_bulk({texts["code"] for texts in lines.named.values()}, field_name="code")
    return Upload(lines.places, tuple(_row(number, texts, units.get(texts["code"])) for number, texts in lines.named.items()))


def _sheet(sheets: list[Sheet]) -> Sheet:
    return next((each for each in sheets if each.name == SHEET), sheets[0])


def _lines(sheet: Sheet, places: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(sheet.rows[1:], 2):
        yield number, {field: raw_text(cells[places[field]]) if field in places and places[field] < len(cells) else "" for field in FIELDS}


def _row(number: int, texts: Mapping[str, str], unit: Unit | None) -> Row:
    role = _ROLES.get(texts["role"], Role.SCHOOL_CLERK)
    draft = Draft(texts["name"], role, unit, _DEPARTMENTS.get(texts["department"], ""), texts["phone"], texts["email"])
    contact, _ = contact_cleaned(phone=texts["phone"], email=texts["email"])
    return Row(number, texts, draft, contact)


def wrong_cells(upload: Upload, *, by: User, on_row: Callable[[int], None] = lambda done: None) -> list[CellProblem]:
    """Everything wrong in the workbook, cell by cell, in its order. on_row: told how many rows were looked at."""
    seen: Counter[tuple[str, str, str]] = Counter()
    duties: dict[str, Role] = {}
    found = []
    existing, invited = _existing(upload), _invited(upload)
    for done, row in enumerate(upload.rows):
        on_row(done)
        wrong = {_FIELD_OF_WRONG.get(field, field): why for field, why in (_wrong(row, by, existing, invited, seen) | _second_duty(row, duties)).items()}
        found += [CellProblem(upload.cell(row, each.field), each.label, row.texts[each.field], wrong[each.field]) for each in COLUMNS if each.field in wrong]
    return found


def _existing(upload: Upload) -> set[tuple[str, str, str]]:
    units = [row.draft.unit for row in upload.rows if row.draft.unit is not None]
    return set(User.objects.filter(unit__in=units, is_active=True).values_list("unit__code", "role", "name"))


def _invited(upload: Upload) -> set[tuple[str, str, str]]:
    units = [row.draft.unit for row in upload.rows if row.draft.unit is not None]
    open_ones = Invitation.objects.filter(unit__in=units, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    return set(open_ones.values_list("unit__code", "role", "name"))


def _wrong(row: Row, by: User, existing: set[tuple[str, str, str]], invited: set[tuple[str, str, str]], seen: Counter[tuple[str, str, str]]) -> dict[str, str]:
    texts, draft = row.texts, row.draft
    _, wrong = wrong_in(draft, by=by)
    if not texts["role"]:
        wrong["role"] = "没有选角色"
    elif texts["role"] not in _ROLES:
        wrong["role"] = f"没有“{texts['role']}”这个角色"
    if texts["department"] and texts["department"] not in _DEPARTMENTS:
        wrong["department"] = f"没有“{texts['department']}”这个部门"
    if draft.unit is None:
        wrong["unit"] = f"没有代码是“{texts['code']}”的单位" if texts["code"] else "没有填写单位代码"
    elif texts["unit_name"] and texts["unit_name"] != draft.unit.name:
        wrong["unit_name"] = f"代码 {draft.unit.code} 是“{draft.unit.name}”，与填写的名称不符"
    who = (texts["code"], draft.role.value, draft.name)
    seen[who] += 1
    if seen[who] > 1:
        wrong.setdefault("name", f"与前面的行重复：同一单位、同一角色的“{draft.name}”")
    elif who in existing:
        wrong.setdefault("name", f"这个单位已有“{draft.name}”的{draft.role.label}账号")
    elif who in invited:
        wrong.setdefault("name", f"已经邀请过“{draft.name}”担任{draft.role.label}，链接还有效；要重发请先撤回原邀请")
    return wrong


def _second_duty(row: Row, duties: dict[str, Role]) -> dict[str, str]:
    """三员分立 among the rows themselves. duties: phone index or e-mail → the separate role it was met in."""
    role = row.draft.role
    if role not in SEPARATE_PERSONS:
        return {}
    for field, known in (("phone", row.contact.phone_index), ("email", row.contact.email)):
        if known and (other := duties.setdefault(known, role)) is not role:
            return {field: f"这个人在前面的行是“{other.label}”。系统管理员、安全管理员、审计员必须由不同的人担任"}
    return {}
