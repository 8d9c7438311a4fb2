"""Folders of person-level registers, as Parquet and as the CSV a county exports."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from junheng.intake.model import Facts, school_key
from junheng.intake.register_folder import has_registers, merge_registers, roll_up_folder
from junheng.synth.people import write_registers
from junheng.synth.province import SyntheticCounty, synthesise
from junheng.tables import table


@pytest.fixture(scope="module")
def county() -> SyntheticCounty:
    return synthesise(county_count=1, seed=7, scale=0.2)[0]


@pytest.fixture(scope="module")
def folder(county: SyntheticCounty, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers")
    write_registers([county], folder)
    return folder


COUNTED = (
    "students_primary", "students_junior", "migrant_pupils", "full_time_teachers", "doctor_teachers_primary",
    "backbone_teachers", "certified_teachers", "multimedia_rooms", "music_rooms_from_96_m2", "classes_46_50", "classes",
)  # fmt: skip


def test_registers_of_a_county_roll_up_to_what_its_schools_would_report(county: SyntheticCounty, folder: Path) -> None:
    rolled = roll_up_folder(folder, 2025)
    expected = {school_key(row): row for row in county.facts.school}
    found = {school_key(row): row for row in rolled.facts.school}
    assert found.keys() == expected.keys()
    for key, row in found.items():
        assert {name: row[name] for name in COUNTED if row[name] is not None} == {
            name: expected[key][name] or 0 for name in COUNTED if row[name] is not None
        }
        assert row["teach_aux_area_m2"] == expected[key]["teach_aux_area_m2"]
        assert row["students_primary"] is not None
    assert rolled.facts.county[0]["county_name"] == county.facts.county[0]["county_name"]
    assert {source.name for source in rolled.sources} == {path.name for path in folder.iterdir()}


def test_every_counted_figure_says_which_register_it_comes_from(folder: Path) -> None:
    facts = roll_up_folder(folder, 2025).facts
    row = facts.school[0]
    cell = facts.cells["school", school_key(row), "students_primary"]
    assert (cell.place.file, cell.raw) == ("pupil.parquet", "汇总自名册 学生名册")
    assert facts.cells["school", school_key(row), "teach_aux_area_m2"].place.file == "school.parquet"
    for name, value in row.items():
        assert (value is None) == (("school", school_key(row), name) not in facts.cells)


def test_no_personal_value_leaves_the_registers(folder: Path) -> None:
    rolled = roll_up_folder(folder, 2025)
    people = set(pl.read_parquet(folder / "pupil.parquet")["pupil_id"].to_list())
    assert not any(str(value) in people for row in rolled.facts.school for value in row.values())
    assert not any(cell.raw in people for cell in rolled.facts.cells.values())


PUPILS = """学籍号,学校标识码,校区,学段,年级,班级编号,性别,是否寄宿,是否随迁子女,是否留守儿童,是否住在划片范围内,联系电话
S1,2121000001,,小学,1,一班,男,否,是,否,是,1
S2,2121000001,,小学,1,一班,女,是,否,否,是,2
S2,2121000001,,小学,1,一班,女,是,否,否,是,2
S3,,,小学,1,一班,女,是,否,否,是,3
"""
TEACHERS = """教师编号,区县代码,学校代码,任教学段,学历,任教学科,是否县级及以上骨干教师
T1,210102,2121000001,小学,大学本科,体育与健康,√
T2,210102,2121000001,小学,海外博士,音乐,
"""


@pytest.fixture(params=["utf-8-sig", "gb18030"])
def exported(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "学生名册.csv").write_bytes(PUPILS.encode(request.param))
    (tmp_path / "teachers.csv").write_bytes(TEACHERS.encode(request.param))
    columns = {column.name: None for column in table("county").columns} | {"county_code": "210102", "county_name": "和平区"}
    pl.DataFrame([columns]).write_parquet(tmp_path / "county.parquet")
    return tmp_path


def test_registers_exported_with_chinese_headers_are_read(exported: Path) -> None:
    assert has_registers(exported)
    (row,) = roll_up_folder(exported, 2025).facts.school
    assert (row["county_code"], row["school_code"], row["campus"]) == ("210102", "2121000001", None)
    assert (row["students_primary"], row["migrant_pupils"], row["boarders"], row["male_pupils"]) == (2, 1, 1, 1)
    assert (row["classes_primary"], row["classes_to_25"], row["full_time_teachers"], row["pe_teachers"]) == (1, 1, 2, 1)


def test_what_a_register_does_not_tell_stays_unreported(exported: Path) -> None:
    rolled = roll_up_folder(exported, 2025)
    (row,) = rolled.facts.school
    assert row["bachelor_teachers_primary"] is None
    assert row["backbone_teachers"] is None
    assert row["certified_teachers"] is None
    rules = {finding.rule: finding.message for finding in rolled.findings}
    assert "海外博士" in rules["E-register-value"]
    assert "1 行与别的行是同一条记录" in rules["W-register-row-repeated"]
    assert "1 行没有区县代码或学校代码" in rules["E-register-row-without-school"]
    assert "联系电话" in rules["W-register-column-unknown"]


def test_a_personal_value_that_cannot_be_read_is_never_quoted(exported: Path) -> None:
    path = exported / "学生名册.csv"
    path.write_text(PUPILS.replace("男", "汉子甲"), encoding="utf-8")
    findings = roll_up_folder(exported, 2025).findings
    assert any(finding.field == "sex" for finding in findings)
    assert not any("汉子甲" in finding.message for finding in findings)


@pytest.mark.parametrize("content", [b"PAR1 torn", "学籍号,姓名\nS1,甲\n".encode()])
def test_a_register_that_cannot_be_used_is_a_finding_and_nothing_is_counted(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / ("pupils.parquet" if content.startswith(b"PAR1") else "pupils.csv")
    path.write_bytes(content)
    rolled = roll_up_folder(tmp_path, 2025)
    assert rolled.facts.school == []
    assert {finding.rule for finding in rolled.findings} & {"E-register-unreadable", "E-register-column-missing"}


def test_counted_figures_go_before_those_of_a_table_which_fills_the_gaps(exported: Path) -> None:
    empty = dict.fromkeys(column.name for column in table("school").columns)
    own = {**empty, "county_code": "210102", "school_code": "2121000001", "students_primary": 99, "books": 5}
    facts = Facts(2025, school=[own, {**own, "school_code": "2121000002"}])
    merge_registers(facts, roll_up_folder(exported, 2025))
    assert [(row["students_primary"], row["books"]) for row in facts.school] == [(2, 5), (99, 5)]
    assert facts.place_of("school", school_key(own), "students_primary").file == "学生名册.csv"
    assert facts.county[0]["county_name"] == "和平区"
