"""Every planner is declared once: it runs from its declaration, and the command line does the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from planner_cases import CASES, options, release, siting_without_a_way_out

from junheng.cli.app import cli
from junheng.common.errors import UserError
from junheng.intake.release import open_release
from junheng.planners.county_facts import CountyFacts, facts_of_release
from junheng.planners.model import Asked, BadInput, Planned, Planner, TableInput
from junheng.planners.registry import BY_ID, PLANNERS
from junheng.planning.improvement.tables import UNIT_COSTS
from junheng.reports.plans.blank_tables import write_filled_table

WRITTEN_BY_PLANS = {"学校预测表.xlsx", "安排表.xlsx"}
"""By `plan forecast`, and by a layout for the next one."""
EVERY = pytest.mark.parametrize("planner", PLANNERS, ids=lambda each: each.id)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(tmp_path_factory.mktemp("县"))


@pytest.fixture(scope="module")
def facts(county: Path) -> list[CountyFacts]:
    return list(facts_of_release(open_release(county)))


def planned_by(planner: Planner, facts: list[CountyFacts], folder: Path, out: Path) -> Planned:
    case = CASES[planner.id]
    folder.mkdir()
    return planner.run(Asked(facts if planner.needs_facts else [], case.tables(folder), planner.values(case.values), out))


def told(path: Path) -> object:
    """What a file says, whatever the time at which it was written."""
    if path.suffix != ".xlsx":
        return path.read_text("utf-8")
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in openpyxl.load_workbook(path)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", *map(str, arguments)])


@EVERY
def test_a_planner_runs_to_its_end_and_the_command_writes_and_says_the_same(planner: Planner, county: Path, facts: list[CountyFacts], tmp_path: Path) -> None:
    if planner.id == "lottery":
        pytest.skip("its commands are four, each on a file of its own: tests/planning/admission/test_lottery_command.py")
    mine, out = tmp_path / "run", tmp_path / "cli"
    planned = planned_by(planner, facts, tmp_path / "表", mine)
    source = [county] if planner.needs_facts else [] if planner.tables[0].option else [tmp_path / "表"]
    tables = {each.id: path for each in planner.tables for path in (tmp_path / "表").glob(each.file_name) if each.option}
    done = run(planner.id, *source, *options(planner, tables, CASES[planner.id].values), "--out", out)

    assert done.exit_code == 0, done.output
    assert planned.possible
    assert set(planned.files) == {path for path in mine.rglob("*") if path.is_file()}
    assert {path.relative_to(mine) for path in planned.files} == {path.relative_to(out) for path in out.rglob("*") if path.is_file()}
    assert all(told(path) == told(out / path.relative_to(mine)) for path in planned.files)
    assert planned.headline in done.output


@EVERY
def test_what_a_planner_answers_can_be_compared_and_taken_up(planner: Planner, facts: list[CountyFacts], tmp_path: Path) -> None:
    planned = planned_by(planner, facts, tmp_path / "表", tmp_path / "out")

    assert planned.figures
    assert len({each.id for each in planned.figures}) == len(planned.figures)
    assert all(each.value is None or isinstance(each.value, Decimal) for each in planned.figures)
    assert all(each.better in ("less", "more", None) and "仿真" not in each.label for each in planned.figures)
    assert all(each.what and "仿真甲" not in each.what for each in planned.tasks)
    assert planned.gap is None or 0 <= planned.gap < 1
    assert str(tmp_path) not in planned.headline + "".join((*planned.lines, *planned.reasons))


def test_measures_and_decisions_become_tasks_of_their_schools(facts: list[CountyFacts], tmp_path: Path) -> None:
    codes = {str(row["school_code"]) for row in facts[0].facts.school}
    improved = planned_by(BY_ID["improvement"], facts, tmp_path / "a", tmp_path / "x")
    cost = next(each.value for each in improved.figures if each.id == "dated_cost")
    assert {each.school_code for each in improved.tasks} <= codes
    assert sum(each.cost_yuan or 0 for each in improved.tasks) == cost
    assert {each.criterion for each in improved.tasks} - {None}
    laid_out = planned_by(BY_ID["siting"], facts, tmp_path / "b", tmp_path / "y")
    assert [each.what.startswith("并入") for each in laid_out.tasks].count(True) == next(int(each.value or 0) for each in laid_out.figures if each.id == "merge")


@EVERY
def test_every_default_is_within_its_bounds_and_every_name_is_used_once(planner: Planner) -> None:
    for each in planner.parameters:
        each.check(each.default)
        assert each.option.startswith("--")
    ids, named = [each.id for each in planner.inputs], [each.option for each in planner.inputs if each.option]
    assert len(set(ids)) == len(ids)
    assert len(set(named)) == len(named)
    assert {id for each in planner.inputs for id in each.beside} | set(planner.any_of) <= set(ids)


@EVERY
def test_the_templates_are_those_of_the_tables(planner: Planner, facts: list[CountyFacts], tmp_path: Path) -> None:
    written = {path.name for path in planner.write_templates(tmp_path, facts if planner.prefilled else ())}
    assert written == {path.name for path in tmp_path.iterdir()}
    assert written == {each.file_name for each in planner.tables} - WRITTEN_BY_PLANS


@EVERY
def test_the_command_writes_the_same_templates(planner: Planner, county: Path, tmp_path: Path) -> None:
    asked = ["template", tmp_path] if planner.id == "lottery" else [*([county] if planner.needs_facts else []), "--template", "--out", tmp_path]
    assert run(planner.id, *asked).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {each.file_name for each in planner.tables} - WRITTEN_BY_PLANS


def test_what_is_missing_is_said_by_its_name() -> None:
    def said(id: str, *given: str) -> list[str]:
        return list(BY_ID[id].missing(set(given), lambda each: f"《{each.label}》"))

    assert said("zones") == ["缺少《片区表》、《划片学校表》"]
    assert said("zones", "blocks", "schools") == []
    assert said("staffing", "school_year") == ["缺少《学校编制表》或《班级数表》"]
    assert said("staffing", "school_year", "posts", "teachers") == ["有《教师表》时还须有《班级数表》"]
    assert said("improvement", "forecast") == ["《学校预测表》和《预测学年》要一起写"]


@pytest.mark.parametrize(("arguments", "words"), [
    (("zones", "--out", "x"), "缺少 --blocks、--schools（空白表用 --template 生成）"),
    (("siting", "--out", "x"), "缺少文件夹（空白表用 --template 生成）"),
    (("improvement", ".", "--out", "x", "--forecast-year", "2030"), "--forecast 和 --forecast-year 要一起写"),
    (("rotation", "--out", "x"), "--school-year"),
])  # fmt: skip
def test_an_incomplete_command_line_is_refused_before_anything_is_read(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.output


@pytest.mark.parametrize(("id", "parameter", "text", "value"), [
    ("improvement", "budget", "1,2.5， 3", (Decimal(1), Decimal("2.5"), Decimal(3))), ("improvement", "years", " 4 ", 4), ("improvement", "seconds", "", 60.0),
    ("siting", "sweep", "on", True), ("siting", "datum", "gcj02", "gcj02"), ("zones", "seconds", "2.5", 2.5),
])  # fmt: skip
def test_what_is_written_is_read_as_a_value(id: str, parameter: str, text: str, value: object) -> None:
    assert next(each for each in BY_ID[id].parameters if each.id == parameter).read(text) == value


@pytest.mark.parametrize(("id", "parameter", "text", "words"), [
    ("improvement", "budget", "十", "“每年预算”的“十”不是数字（万元，用逗号分开）"), ("improvement", "budget", "-1", "应为不小于 0 万元"), ("improvement", "budget", "nan", "不是数字"),
    ("improvement", "years", "1.5", "“年数”的“1.5”不是整数（年）"), ("improvement", "years", "16", "“年数”应为1—15 年"), ("siting", "datum", "mars", "“坐标系”应为"),
    ("zones", "seconds", "nan", "不是数字"), ("zones", "seconds", "inf", "应为1—86400 秒"),
])  # fmt: skip
def test_what_cannot_be_a_value_is_said_with_its_bounds(id: str, parameter: str, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        next(each for each in BY_ID[id].parameters if each.id == parameter).read(text)


def test_budgets_of_the_wrong_number_are_a_wrong_command_line(county: Path, tmp_path: Path) -> None:
    done = run("improvement", county, "--out", tmp_path / "x", "--budget", "1,2", "--years", 3)
    assert done.exit_code == 2
    assert "--budget 要写 1 个或 3 个不小于 0 的数（每年一个）" in done.output
    assert run("improvement", county, "--out", tmp_path / "x", "--budget", "十").exit_code == 2


def test_where_no_layout_is_lawful_the_reasons_are_the_answer(tmp_path: Path) -> None:
    folder = tmp_path / "试验县"
    folder.mkdir()
    siting = BY_ID["siting"]
    planned = siting.run(Asked((), siting_without_a_way_out(folder), siting.values({"seconds": 5.0, "name": "试验县"}), tmp_path / "out"))

    assert not planned.possible
    assert planned.headline == "没有任何方案能同时满足全部约束"
    assert "必须停办的学校" in planned.reasons[0]
    assert any("停办" in each for each in planned.reasons[1:])
    assert not (tmp_path / "out").exists()
    done = run("siting", folder, "--seconds", 5, "--out", tmp_path / "cli")
    assert done.exit_code == 1
    assert isinstance(done.exception, UserError)
    assert "没有任何方案能同时满足全部约束" in str(done.exception)


def test_where_no_measure_reaches_the_limit_the_reasons_are_the_answer(facts: list[CountyFacts], tmp_path: Path) -> None:
    costs = write_filled_table(tmp_path, UNIT_COSTS, [{"measure": "建设网络多媒体教室", "low_yuan": 1, "usual_yuan": 2, "high_yuan": 3, "yearly": "否"}])
    improvement = BY_ID["improvement"]
    planned = improvement.run(Asked(facts, {"costs": costs}, improvement.values({"seconds": 5.0}), tmp_path / "out"))

    assert not planned.possible
    assert planned.reasons
    assert any("没有能提高它的措施" in each for each in planned.reasons)


def test_a_lottery_is_drawn_only_from_the_list_that_was_published(tmp_path: Path) -> None:
    case, lottery = CASES["lottery"], BY_ID["lottery"]
    tables = case.tables(tmp_path)
    listed = lottery.run(Asked((), tables, lottery.values({"school": "光明学校", "places": 5}), tmp_path / "名单"))
    (stamp,) = listed.stamps
    assert "须摇号" in listed.headline
    drawn = lottery.run(Asked((), tables, lottery.values(case.values | {"list_hash": stamp.hash.upper()}), tmp_path / "结果"))
    assert drawn.stamps[0].hash == stamp.hash
    proof = run("lottery", "verify", next(path for path in drawn.files if path.suffix == ".json"), "--list-hash", stamp.hash, "--seed", "7", "--list", stamp.file)
    assert proof.exit_code == 0, proof.output
    with pytest.raises(UserError, match="名单与公示的不一致"):
        lottery.run(Asked((), tables, lottery.values(case.values | {"list_hash": stamp.hash, "places": 6}), tmp_path / "改"))
    assert not (tmp_path / "改").exists()


def test_lists_of_persons_are_marked() -> None:
    marked = {(planner.id, each.id) for planner in PLANNERS for each in planner.tables if isinstance(each, TableInput) and each.people}
    assert marked == {("admission", "children"), ("lottery", "applicants"), ("classes", "pupils"), ("staffing", "teachers"), ("rotation", "teachers")}
