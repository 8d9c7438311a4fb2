"""`junheng plan admission`: from the tables of a county to a page, lists to publish and reasons."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from admission_cases import a_county
from click.testing import CliRunner, Result

from junheng.cli.app import cli
from junheng.common.errors import UserError
from junheng.planning.admission.tables import CHILDREN, SCHOOLS, read_children, read_classes, read_schools
from junheng.reports.plans.blank_tables import write_filled_table


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", "admission", *map(str, arguments)])


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("招生")
    schools, children = a_county(5, children=80, places=0.95)
    words = {True: "是", False: "否"}
    return (
        write_filled_table(folder, SCHOOLS, [vars(each) | {"is_private": words[each.is_private]} for each in schools]),
        write_filled_table(folder, CHILDREN, [
            vars(each) | {"household": words[each.household], "residence": words[each.residence], "zone_schools": "、".join(each.zone_schools)} for each in children
        ]),
    )  # fmt: skip


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """Below the header: title, header, lines."""
    return [row for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True) if row[1] is not None]


def test_tables_read_back_as_they_were_written(tables: tuple[Path, Path]) -> None:
    schools, children = a_county(5, children=80, places=0.95)
    near = [(each.code, each.places, each.is_private, round(each.longitude or 0, 6)) for each in read_schools(tables[0])]

    assert near == [(each.code, each.places, each.is_private, round(each.longitude or 0, 6)) for each in schools]
    assert [(each.number, each.permit_months, each.points, each.zone_schools, each.private_choice, each.siblings) for each in read_children(tables[1])] == \
        [(each.number, each.permit_months, each.points, each.zone_schools, each.private_choice, each.siblings) for each in children]  # fmt: skip


def test_without_a_seed_only_the_lists_to_publish_are_written(tables: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("--schools", tables[0], "--children", tables[1], "--out", tmp_path / "方案")

    assert "请先公示" in done.output
    assert sorted(path.name for path in (tmp_path / "方案").rglob("*.*")) == ["S5公示名单.txt", "全县公办学校公示名单.txt"]


def test_a_county_gets_its_plan_and_every_list(tables: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "方案"
    run("--schools", tables[0], "--children", tables[1], "--out", out)
    done = run("--schools", tables[0], "--children", tables[1], "--out", out, "--seed", "25101 03 11")

    assert done.exit_code == 0, done.output
    admitted = rows(out / "录取名单（公示）.xlsx", "录取名单")
    inside = rows(out / "逐人说明（内部）.xlsx", "逐人说明")
    lost = sum(row[1] == "待安排" for row in inside)
    assert len(admitted) + lost == len(inside) == 80
    assert f"{80 - lost} 名已有学校，{lost} 名待安排" in done.output
    page = (out / "index.html").read_text("utf-8")
    assert f"80 名儿童中 {80 - lost} 名已有学校" in page
    assert "待核" in page


def test_what_is_published_has_masked_names_and_no_class_or_address(tables: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "方案"
    run("--schools", tables[0], "--children", tables[1], "--out", out, "--seed", "7")

    admitted = rows(out / "录取名单（公示）.xlsx", "录取名单")
    assert {row[2] for row in admitted} == {"仿**"}
    for path in out.rglob("*"):
        if path.suffix in (".html", ".txt", ".json"):
            assert "仿真甲" not in path.read_text("utf-8")
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            assert not any("仿真甲" in str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    page = (out / "index.html").read_text("utf-8")
    assert "B000" not in page
    assert "://" not in page


def test_a_published_lottery_is_proven_by_the_verifier(tables: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "方案"
    announced = run("--schools", tables[0], "--children", tables[1], "--out", out).output.split()
    run("--schools", tables[0], "--children", tables[1], "--out", out, "--seed", "7")
    proof = CliRunner().invoke(cli, ["plan", "lottery", "verify", str(out / "摇号" / "S5摇号结果.json"), "--list-hash", announced[-1], "--seed", "7"])

    assert proof.exit_code == 0, proof.output


def test_the_order_of_admission_is_written_and_read_again(tmp_path: Path) -> None:
    run("--template", "--out", tmp_path)
    from junheng.planning.admission.priorities import built_in_classes

    assert read_classes(tmp_path / "录取次序表.xlsx") == built_in_classes()
    assert (tmp_path / "招生儿童名单.xlsx").exists()


def test_missing_tables_are_a_wrong_command_line(tmp_path: Path) -> None:
    done = run("--out", tmp_path)
    assert done.exit_code == 2


def test_a_blank_flag_is_an_error_with_its_cell_and_not_a_no(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("报名号,户籍在学区,居住在学区\nB1,是,\n", "utf-8")
    with pytest.raises(UserError, match="C2 居住在学区：没有填写"):
        read_children(tmp_path / "名单.csv")


def test_a_plan_above_the_class_size_of_the_policy_is_named(tmp_path: Path) -> None:
    (tmp_path / "学校.csv").write_text("学校编号,学校名称,招生计划,是否民办,起始年级班数\nS1,甲小学,91,否,2\nS2,乙小学,90,否,2\nS3,丙小学,500,否,\n", "utf-8")
    (tmp_path / "儿童.csv").write_text("报名号,户籍在学区,居住在学区,划片学校编号,兄姊在读学校编号\nB1,是,是,s1,S9\n", "utf-8")
    run("--schools", tmp_path / "学校.csv", "--children", tmp_path / "儿童.csv", "--seed", "7", "--stage", "小学", "--out", tmp_path / "方案")

    page = (tmp_path / "方案" / "index.html").read_text("utf-8")
    assert "“甲小学”计划 91 人、2 个班，每班 45.5 人，超过班额标准 45 人" in page
    assert page.count("超过班额标准") == 1
    assert "1 名儿童的兄姊在读学校不是招生学校表里的公办学校" in page


def test_a_school_code_is_never_a_way_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "学校.csv").write_text("学校编号,学校名称,招生计划,是否民办\n../../P,甲,1,是\nS,乙,9,否\n", "utf-8")
    (tmp_path / "儿童.csv").write_text("报名号,户籍在学区,居住在学区,划片学校编号,民办志愿编号\nB1,是,是,S,../../P\nB2,是,是,S,../../P\n", "utf-8")
    run("--schools", tmp_path / "学校.csv", "--children", tmp_path / "儿童.csv", "--seed", "7", "--out", tmp_path / "a" / "方案")

    assert {path.parent.name for path in tmp_path.rglob("*公示名单.txt")} == {"摇号"}
    assert {path.parent.name for path in tmp_path.rglob("*.json")} == {"摇号"}
