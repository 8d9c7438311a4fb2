"""`junheng plan staffing` and `junheng plan rotation`: from the tables of a county to pages and workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from staffing_tables import write_county

from junheng.cli.app import cli
from junheng.common.errors import UserError
from junheng.planning.forecast.pupil_table import PUPIL_FORECAST
from junheng.planning.parameters import built_in
from junheng.planning.staffing.tables import read_classes, read_overrides, read_teachers
from junheng.reports.plans.blank_tables import write_filled_table


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_county(tmp_path_factory.mktemp("师资"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", *map(str, arguments)])


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True))


def texts(folder: Path) -> str:
    """Everything in the workbooks and pages of a folder."""
    out = []
    for path in folder.iterdir():
        if path.suffix == ".xlsx":
            out += [str(cell) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row]
        else:
            out.append(path.read_text("utf-8"))
    return "\n".join(out)


def test_a_county_learns_what_it_is_due_and_what_it_lacks(county: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "师资"
    done = run("staffing", "--posts", county["posts"], "--classes", county["classes"], "--teachers", county["teachers"], "--school-year", 2025, "--out", out)

    assert done.exit_code == 0, done.output
    assert "县应核编制" in done.output
    assert "全县缺：" in done.output
    book = openpyxl.load_workbook(out / "师资方案.xlsx")
    assert book.sheetnames == ["县应核编制", "学科", "逐年", "逐年学科", "逐年各校学科", "各校编制", "各校学科", "心理特教", "任职条件"]
    due = next(row for row in rows(out / "师资方案.xlsx", "县应核编制") if row[0] == "小学")
    assert due[1] == sum(int(str(row[7])) for row in rows(out / "师资方案.xlsx", "各校编制") if row[1] and str(row[0]).startswith("S"))
    assert "有编不补风险" in texts(out)
    assert "仿真甲" not in texts(out)


def test_the_forecast_of_pupils_tells_posts_subjects_and_retirements_of_every_coming_year(county: dict[str, Path], tmp_path: Path) -> None:
    ahead = write_filled_table(tmp_path, PUPIL_FORECAST, [
        {"school_code": f"S{at}", "stage": "小学", "school_year": year, "central": 500, "low": 450, "high": 600} for at in range(6) for year in (2026, 2027)
    ])  # fmt: skip
    out = tmp_path / "师资"
    done = run("staffing", "--posts", county["posts"], "--classes", county["classes"], "--teachers", county["teachers"], "--forecast", ahead,
               "--school-year", 2025, "--years", 2, "--out", out)  # fmt: skip

    assert done.exit_code == 0, done.output
    assert "按学生预测，2027 年应核编制 158 名（区间 143—190）" in done.output
    years = rows(out / "师资方案.xlsx", "逐年")
    assert [row[:3] for row in years[:2]] == [("2026 年", 158, "143—190"), ("2027 年", 158, "143—190")]
    assert len([row for row in rows(out / "师资方案.xlsx", "逐年各校") if row[2]]) == 12
    subjects = [row for row in rows(out / "师资方案.xlsx", "逐年学科") if row[2] is not None]
    assert len(subjects) == 20
    assert "今后各年各学科须补多少" in (out / "index.html").read_text("utf-8")


def test_a_forecast_without_posts_is_a_wrong_command_line(county: dict[str, Path], tmp_path: Path) -> None:
    ahead = write_filled_table(tmp_path, PUPIL_FORECAST, [])
    assert run("staffing", "--classes", county["classes"], "--forecast", ahead, "--school-year", 2025, "--out", tmp_path / "x").exit_code == 2


def test_posts_alone_are_planned_alone(county: dict[str, Path], tmp_path: Path) -> None:
    run("staffing", "--posts", county["posts"], "--school-year", 2025, "--out", tmp_path / "师资")
    assert openpyxl.load_workbook(tmp_path / "师资" / "师资方案.xlsx").sheetnames == ["县应核编制", "各校编制"]


def test_without_teachers_the_balance_is_open_and_not_a_shortage(county: dict[str, Path], tmp_path: Path) -> None:
    done = run("staffing", "--classes", county["classes"], "--school-year", 2025, "--out", tmp_path / "师资")

    assert "学科余缺待定" in done.output
    assert {row[4] for row in rows(tmp_path / "师资" / "师资方案.xlsx", "学科") if row[2] is not None} == {"未交名单"}


def test_a_rotation_plan_reaches_the_shares_and_serves_small_schools(county: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "轮岗"
    done = run("rotation", "--schools", county["schools"], "--classes", county["classes"], "--teachers", county["teachers"], "--school-year", 2026, "--out", out)

    assert done.exit_code == 0, done.output
    moves = [row for row in rows(out / "轮岗方案.xlsx", "轮岗名单") if row[2]]
    assert moves
    assert all(row[3] != row[4] for row in moves)
    circuits = [row for row in rows(out / "轮岗方案.xlsx", "走教线路") if row[2]]
    assert circuits
    assert {school for row in circuits for school in str(row[2]).split("、")} <= {"第4小学", "第5小学"}
    assert "仿真甲" not in texts(out)
    assert "参数待核：符合交流条件：在同一学校连续任教年数 6年" in texts(out)


def test_three_years_are_planned_together_and_each_reaches_its_share(county: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "轮岗"
    done = run("rotation", "--schools", county["schools"], "--classes", county["classes"], "--teachers", county["teachers"], "--school-year", 2026, "--years", 3, "--out", out)

    assert done.exit_code == 0, done.output
    years = [row for row in rows(out / "轮岗方案.xlsx", "各年") if row[1] is not None]
    assert [row[0] for row in years] == ["2026 年", "2027 年", "2028 年"]
    assert "3 年共安排轮岗" in done.output
    assert "每人最多去一次" in (out / "index.html").read_text("utf-8")
    assert "任职条件" in openpyxl.load_workbook(out / "轮岗方案.xlsx").sheetnames


@pytest.mark.parametrize("name", ["staffing", "rotation"])
def test_parameters_are_written_and_read_again_unchanged(name: str, tmp_path: Path) -> None:
    run(name, "--template", "--school-year", 2025, "--out", tmp_path)
    assert dict(read_overrides(tmp_path / "参数表.xlsx", built_in(name))) == dict(built_in(name))


def test_a_blank_grade_is_missing_where_the_school_has_the_stage_and_no_grade_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "班级.csv").write_text("学校编号,学校名称,办学类型,一年级班数,二年级班数,七年级班数\nS1,甲,小学,2,,\nS2,乙,初级中学,,,3\n", "utf-8")
    schools, included = read_classes(tmp_path / "班级.csv")

    assert schools[0].classes == {1: 2, 2: None, 3: None, 4: None, 5: None, 6: None}
    assert schools[1].classes == {7: 3, 8: None, 9: None}
    assert included == {"S1": None, "S2": None}


def test_a_teacher_of_an_unknown_school_is_refused(county: dict[str, Path]) -> None:
    with pytest.raises(UserError, match="教师所在的学校“S0”不在"):
        read_teachers(county["teachers"], ["S1"])


@pytest.mark.parametrize("arguments", [("staffing",), ("rotation",), ("staffing", "--teachers")])
def test_missing_tables_are_a_wrong_command_line(arguments: tuple[str, ...], county: dict[str, Path], tmp_path: Path) -> None:
    more = (county["teachers"],) if "--teachers" in arguments else ()
    assert run(*arguments, *more, "--school-year", 2025, "--out", tmp_path / "x").exit_code == 2
