"""Files that must not, or cannot, be read: each a finding of its own, and the rest is read all the same."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_cases import change_zip, county_folder, part, read_folder, rules, school, write_grid

from junheng.intake import guards
from junheng.intake.model import Intake, SourceKind
from junheng.intake.official_forms import write_school_form

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _form(folder: Path) -> Path:
    path = folder / "坏.xlsx"
    write_school_form(path, school("2121009999"))
    return path


def _truncated(folder: Path) -> None:
    path = _form(folder)
    path.write_bytes(path.read_bytes()[:4000])


def _garbled_inside(folder: Path) -> None:
    change_zip(_form(folder), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r="})


def _encrypted(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(_OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000)


def _old_format(folder: Path) -> bytearray:
    xlwt = pytest.importorskip("xlwt", reason="xlwt is not installed; nothing else writes .xls")
    book = xlwt.Workbook()
    book.add_sheet("学校填报数据").write(0, 0, "填报项目")
    book.save(str(folder / "坏.xls"))
    return bytearray((folder / "坏.xls").read_bytes())


def _encrypted_old_format(folder: Path) -> None:
    data = _old_format(folder)
    at = data.find(b"\x09\x08\x10\x00") + 20
    data[at : at + 2] = b"\x2f\x00"  # the record after the first becomes FILEPASS
    (folder / "坏.xls").write_bytes(data)


def _truncated_old_format(folder: Path) -> None:
    data = _old_format(folder)
    (folder / "坏.xls").write_bytes(data[:3000])


def _word_named_xls(folder: Path) -> None:
    (folder / "坏.xls").write_bytes(_OLE + b"\0" * 504 + "WordDocument".encode("utf-16-le") + b"\0" * 2000)


def _macros_by_name(folder: Path) -> None:
    _form(folder).rename(folder / "坏.xlsm")


def _macros_inside(folder: Path) -> None:
    change_zip(_form(folder), {"xl/vbaProject.bin": b"\0" * 10})


def _macros_in_old_format(folder: Path) -> None:
    names = "Workbook".encode("utf-16-le") + "_VBA_PROJECT_CUR".encode("utf-16-le")
    (folder / "坏.xls").write_bytes(_OLE + b"\0" * 504 + names + b"\0" * 2000)


def _too_large(folder: Path) -> None:
    with (folder / "坏.xlsx").open("wb") as stream:
        stream.truncate(guards.MAX_BYTES + 1)


def _bomb(folder: Path) -> None:
    path = _form(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("xl/media/a.bin", "w") as stream:
        for _ in range(501):
            stream.write(b"\0" * 1024 * 1024)


def _bomb_that_lies(folder: Path) -> None:
    _bomb(folder)
    path = folder / "坏.xlsx"
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(signature + b"") if signature == b"PK\x01\x02" else data.find(b"xl/media/a.bin") - 30
        struct.pack_into("<I", data, at + offset, 1000)
    path.write_bytes(data)


def _too_many_columns(folder: Path) -> None:
    path = _form(folder)
    change_zip(path, {"xl/worksheets/sheet1.xml": part(path).replace(b'<c r="G9"', b'<c r="EQXE9"')})


def _too_many_columns_unnamed(folder: Path) -> None:
    cells = b"<c><v>1</v></c>" * 100_001
    text = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>' + cells + b"</row></sheetData></worksheet>"
    change_zip(_form(folder), {"xl/worksheets/sheet1.xml": text})


def _too_many_columns_in_csv(folder: Path) -> None:
    (folder / "坏.csv").write_text("学校代码" + "," * 100_001, "utf-8")


def _far_cell(folder: Path) -> None:
    path = _form(folder)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    change_zip(path, {"xl/worksheets/sheet1.xml": part(path).replace(b"</sheetData>", far)})


def _text_named_xlsx(folder: Path) -> None:
    (folder / "坏.xlsx").write_text("这不是工作簿", "utf-8")


def _zip_named_xlsx(folder: Path) -> None:
    with zipfile.ZipFile(folder / "坏.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")


def _binary_named_csv(folder: Path) -> None:
    (folder / "坏.csv").write_bytes(bytes(range(256)) * 10)


def _empty(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"")


def _blank_csv(folder: Path) -> None:
    (folder / "坏.csv").write_text(",,\n\n,,\n", "utf-8")


def _no_form_sheet(folder: Path) -> None:
    write_grid(folder / "坏.xlsx", [["指标名称", "计算公式"], ["甲", "乙"]], sheet="指标计算说明")


CASES: dict[Callable[[Path], None], str] = {
    _truncated: "E-unreadable", _garbled_inside: "E-unreadable", _encrypted: "E-encrypted", _macros_by_name: "E-macro-workbook",
    _macros_inside: "E-macro-workbook", _macros_in_old_format: "E-macro-workbook", _too_large: "E-file-too-large",
    _bomb: "E-unpacks-too-large", _bomb_that_lies: "E-unreadable", _too_many_columns: "E-too-many-columns",
    _too_many_columns_unnamed: "E-too-many-columns", _too_many_columns_in_csv: "E-too-many-columns", _far_cell: "E-far-cell",
    _encrypted_old_format: "E-encrypted", _truncated_old_format: "E-unreadable", _word_named_xls: "E-not-a-spreadsheet",
    _text_named_xlsx: "E-not-a-spreadsheet", _zip_named_xlsx: "E-not-a-spreadsheet", _binary_named_csv: "E-not-a-spreadsheet",
    _empty: "E-empty-file", _blank_csv: "E-empty-file", _no_form_sheet: "E-unknown-sheet",
}  # fmt: skip


@pytest.mark.parametrize("spoil", CASES, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_bad_file_is_one_finding_and_the_rest_is_read(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    county_folder(tmp_path, school())
    spoil(tmp_path)
    intake = read_folder([tmp_path])
    assert rules(intake) == [CASES[spoil]]
    assert intake.findings[0].place.file.startswith("坏")
    assert intake.findings[0].remedy
    assert any("坏" in line for line in intake.left_out)
    assert [row["school_code"] for row in intake.facts.school] == ["2121001719"]
    assert len(intake.facts.county) == 1
    assert _kind_of_bad(intake) is SourceKind.UNREADABLE


def _kind_of_bad(intake: Intake) -> SourceKind:
    return next(each.kind for each in intake.sources if each.name.startswith("坏"))


def test_formatted_but_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    county_folder(tmp_path)
    path = _form(tmp_path)
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    text = part(path).replace(b"</sheetData>", far).replace(b'ref="A1:G69"', b'ref="A1:XFD1048576"')
    change_zip(path, {"xl/worksheets/sheet1.xml": text})
    intake = read_folder([tmp_path])
    assert (rules(intake), len(intake.facts.school)) == ([], 1)


def test_lock_files_and_system_files_are_passed_over_and_others_are_listed(tmp_path: Path) -> None:
    county_folder(tmp_path, school())
    for name in ("~$学校1.xlsx", ".~学校1.xlsx", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "布局图.pdf").write_bytes(b"x")
    intake = read_folder([tmp_path])
    assert (rules(intake), intake.left_out) == ([], ["《布局图.pdf》：不是表格文件，未读取。"])


def test_the_same_school_in_two_files_is_an_error_and_the_first_is_kept(tmp_path: Path) -> None:
    intake = read_folder([county_folder(tmp_path, school(multimedia_rooms=7), school(multimedia_rooms=9))])
    assert rules(intake) == ["E-duplicate-school"]
    assert [row["multimedia_rooms"] for row in intake.facts.school] == [7]
    assert "学校2.xlsx" in intake.left_out[0]


def test_a_school_without_a_code_is_kept_once_and_only_once(tmp_path: Path) -> None:
    intake = read_folder([county_folder(tmp_path, school(""), school("", school_name="二小"))])
    assert sorted(rules(intake)) == ["E-duplicate-school", "E-missing-school-code", "E-missing-school-code"]
    assert [row["school_name"] for row in intake.facts.school] == ["沈阳市第一学校"]


def test_a_form_of_another_school_year_is_left_out(tmp_path: Path) -> None:
    folder = county_folder(tmp_path, school())
    intake = read_folder([folder], 2024)
    assert sorted(rules(intake)) == ["E-no-county-form", "E-other-school-year"]
    assert intake.facts.county == []


def test_a_school_form_that_names_another_year_is_left_out(tmp_path: Path) -> None:
    folder = county_folder(tmp_path, school())
    write_grid(folder / "旧.xlsx", [["填报项目", "填报值"], ["学校代码", "2121000001"], ["学校名称", "旧校"], ["填报年度", 2023.0], ["专任教师总人数", 3.0]])
    intake = read_folder([folder])
    assert rules(intake) == ["E-other-school-year"]
    assert len(intake.facts.school) == 1
