"""Accounts from a workbook: real workbooks up and down."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.models import PasswordSheet, User
from junheng.web.accounts.workbook.reading import drafted, read_lines, wrong_cells
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role

HEADER = ("单位代码*", "单位名称", "姓名*", "角色*", "部门", "手机", "邮箱")
GOOD = ("2121001719", "和平区第一小学", "王一", "学校填报员", "", "15412345678", "wang@example.org")


def workbook(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER, sheet: str = "账号") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in (header, *rows):
        page.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def upload(browser: Client, data: bytes, name: str = "accounts.xlsx"):
    return browser.post("/users/bulk/", {"workbook": SimpleUploadedFile(name, data)})


def rows_of(data: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True))


def test_the_template_has_the_schools_without_an_account_ready_and_dropdowns(signed_in, person, tree):
    person(Role.SCHOOL_CLERK)
    data = signed_in(Role.COUNTY_ADMIN).get("/users/bulk/template/").content
    rows = rows_of(data, "账号")
    assert rows[0] == HEADER
    assert rows[1][:4] == (tree.school_beside.code, tree.school_beside.name, None, "学校填报员")
    assert not any(rows[2])
    book = openpyxl.load_workbook(BytesIO(data))
    validations = {str(each.sqref): each.formula1 for each in book["账号"].data_validations.dataValidation}
    assert validations["D2:D201"] == "选项!$D$1:$D$1"
    assert "A2:A201" in validations
    assert book["选项"].sheet_state == "hidden"
    assert tree.other_school.code not in str(rows_of(data, "选项"))


def test_the_template_filled_in_and_sent_back_opens_the_accounts(signed_in, sign_in, tree, audited):
    browser = signed_in(Role.COUNTY_ADMIN)
    book = openpyxl.load_workbook(BytesIO(browser.get("/users/bulk/template/").content))
    book["账号"]["C2"] = "王一"
    out = BytesIO()
    book.save(out)
    response = upload(browser, out.getvalue())
    assert response.status_code == 302
    page = browser.get("/users/bulk/").content.decode()
    assert "已开立 1 个账号。另有 1 行没有姓名" in page
    sheet = PasswordSheet.objects.get()
    fetched = browser.post("/users/bulk/", {"sheet": str(sheet.pk)})
    assert fetched["Cache-Control"] == "no-store"
    head, row = rows_of(fetched.content, "首次密码")[1:]
    assert head == ("单位代码", "单位名称", "姓名", "角色", "部门", "账号", "首次密码")
    assert row[:6] == (tree.school.code, tree.school.name, "王一", "学校填报员", None, f"{tree.school.code}-01")
    clerk, _ = sign_in(row[5], row[6])
    assert clerk.get("/me/")["Location"] == "/accounts/password/change/"
    assert audited()[:3] == ["accounts.opened", "accounts.opened_in_bulk", "accounts.first_passwords_fetched"]


def test_first_passwords_are_fetched_once_by_their_maker_within_a_day(signed_in, person, tree):
    browser = signed_in(Role.COUNTY_ADMIN)
    upload(browser, workbook(GOOD))
    sheet = PasswordSheet.objects.get()
    assert signed_in(Role.SECURITY_ADMIN).post("/users/bulk/", {"sheet": str(sheet.pk)}).status_code == 404
    with pytest.raises(UserError, match="已经取走"):
        actions.fetch_sheet(sheet, by=person(Role.SECURITY_ADMIN))
    assert browser.post("/users/bulk/", {"sheet": str(sheet.pk)})["Content-Disposition"].endswith('"first-passwords.xlsx"')
    again = browser.post("/users/bulk/", {"sheet": str(sheet.pk)})
    assert "已经取走或过期" in again.content.decode()
    assert PasswordSheet.objects.get().sealed is None


def test_first_passwords_nobody_fetched_are_gone_after_a_day(signed_in, tree):
    browser = signed_in(Role.COUNTY_ADMIN)
    upload(browser, workbook(GOOD))
    PasswordSheet.objects.update(made_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert "下载首次密码单</button>" not in browser.get("/users/bulk/").content.decode()
    assert "已经取走或过期" in browser.post("/users/bulk/", {"sheet": str(PasswordSheet.objects.get().pk)}).content.decode()
    assert actions.forget_expired() == 1
    assert PasswordSheet.objects.get().sealed is None


def test_first_passwords_are_encrypted_while_they_wait(signed_in, tree):
    upload(signed_in(Role.COUNTY_ADMIN), workbook(GOOD))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM accounts_passwordsheet")
        sealed = bytes(cursor.fetchone()[0])
    assert b"PK\x03\x04" not in sealed
    assert PasswordSheet.objects.get().sealed.startswith(b"PK\x03\x04")


def test_one_wrong_cell_opens_nothing_and_every_wrong_cell_is_named(signed_in, person, tree):
    person(Role.SCHOOL_CLERK)
    bad = workbook(
        GOOD,
        ("2121001719", "第一小学", "李二", "学校填报员", "", "", ""),
        ("9999999999", "", "张三", "学校填报员", "", "", ""),
        ("2121009001", "", "赵四", "学校填报员", "", "", ""),
        ("3121001720", "", "孙五", "县级管理员", "财政", "123", "not-an-address"),
        ("3121001720", "", "周六", "校长", "", "", ""),
        ("3121001720", "", "吴七", "学校填报员", "", "", ""),
        ("3121001720", "", "吴七", "学校填报员", "", "", ""),
        ("2121001719", "", "学校填报员甲", "学校填报员", "", "", ""),
    )
    before = User.objects.count()
    page = upload(signed_in(Role.COUNTY_ADMIN), bad).content.decode()
    assert User.objects.count() - before <= 1, "only the person who is signed in was added"
    wrong = {each.cell: each.why for each in wrong_cells(drafted(read_lines(bad, "a.xlsx")), by=person(Role.COUNTY_ADMIN))}
    assert set(wrong) == {"B3", "A4", "A5", "D6", "E6", "F6", "G6", "D7", "C9", "C10"}
    assert "代码 2121001719 是“和平区第一小学”" in wrong["B3"]
    assert "没有代码是“9999999999”的单位" in wrong["A4"]
    assert "不在您的管理范围内" in wrong["A5"]
    assert "没有“校长”这个角色" in wrong["D7"]
    assert "与前面的行重复" in wrong["C9"]
    assert "已有“学校填报员甲”" in wrong["C10"]
    for cell, why in wrong.items():
        assert f">{cell}<" in page
        assert why.split("“")[0] in page


def test_the_same_workbook_twice_opens_the_accounts_once(signed_in, tree):
    browser = signed_in(Role.COUNTY_ADMIN)
    upload(browser, workbook(GOOD))
    assert "这个单位已有“王一”" in upload(browser, workbook(GOOD)).content.decode()
    assert User.objects.filter(name="王一").count() == 1


def test_the_same_workbook_at_the_same_moment_opens_the_accounts_once(person, tree):
    """Both uploads were found right before either wrote."""
    by = person(Role.COUNTY_ADMIN)
    first, second = drafted(read_lines(workbook(GOOD), "a.xlsx")), drafted(read_lines(workbook(GOOD), "a.xlsx"))
    assert wrong_cells(second, by=by) == []
    actions.open_in_bulk(first, by=by)
    with pytest.raises(UserError, match="刚刚已经开立"):
        actions.open_in_bulk(second, by=by)
    assert User.objects.filter(name="王一").count() == 1


def test_numbers_typed_as_numbers_are_read_as_codes(signed_in, tree):
    upload(signed_in(Role.COUNTY_ADMIN), workbook((2121001719, "", "王一", "学校填报员", "", 15412345678, "")))
    account = User.objects.get(name="王一")
    assert account.unit == tree.school
    assert account.phone == "15412345678"


def test_two_people_at_one_school_get_two_names(signed_in, tree):
    upload(signed_in(Role.COUNTY_ADMIN), workbook(GOOD, ("2121001719", "", "李二", "学校填报员", "", "", "")))
    assert set(User.objects.filter(unit=tree.school).values_list("username", flat=True)) == {"2121001719-01", "2121001719-02"}


def test_a_name_that_is_a_formula_stays_text_in_what_goes_out(signed_in, tree):
    browser = signed_in(Role.COUNTY_ADMIN)
    upload(browser, workbook(("2121001719", "", "@SUM(A1)", "学校填报员", "", "", "")))
    fetched = browser.post("/users/bulk/", {"sheet": str(PasswordSheet.objects.latest("made_at").pk)}).content
    cell = openpyxl.load_workbook(BytesIO(fetched))["首次密码"]["C3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("@SUM(A1)", "s", True)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.xlsx", "0 字节"), (b"not a workbook", "a.xlsx", "不是 Excel 工作簿"), (workbook(), "a.xlsx", "没有填了姓名的行"),
        (workbook(GOOD, header=("代码", "名称", "人")), "a.xlsx", "没有“单位代码”“姓名”“角色”列"),
        (workbook(*([GOOD] * 10_001)), "a.xlsx", "每次最多 10,000 行"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_the_workbook_says_what_to_do(signed_in, tree, data, name, said):
    browser = signed_in(Role.COUNTY_ADMIN)
    if not data:
        with pytest.raises(UserError, match=said):
            read_lines(data, name)
        return
    assert said in upload(browser, data, name).content.decode()


def test_no_file_says_so(signed_in, tree):
    assert "没有选文件" in signed_in(Role.COUNTY_ADMIN).post("/users/bulk/").content.decode()


def test_the_three_separate_roles_are_looked_at_within_the_workbook(person, tree):
    rows = (("210000", "", "王一", "系统管理员", "", "15412345678", ""), ("210000", "", "王一", "审计员", "", "15412345678", ""))
    wrong = wrong_cells(drafted(read_lines(workbook(*rows), "a.xlsx")), by=person(Role.SECURITY_ADMIN))
    assert [each.cell for each in wrong] == ["F3"]
    assert "必须由不同的人担任" in wrong[0].why


def test_no_password_and_no_phone_is_in_the_log(signed_in, tree):
    browser = signed_in(Role.COUNTY_ADMIN)
    upload(browser, workbook(GOOD))
    fetched = rows_of(browser.post("/users/bulk/", {"sheet": str(PasswordSheet.objects.get().pk)}).content, "首次密码")
    log = str(list(AuditEvent.objects.values_list()))
    assert str(fetched[-1][6]) not in log
    assert "15412345678" not in log
