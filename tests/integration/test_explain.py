"""`junheng explain` on a real result: from the verdict to the clause and to the cells of the county's own workbooks."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from junheng.cli.app import cli
from junheng.common.errors import UserError


def run(*words: object) -> str:
    """What the command prints; a UserError comes through as itself."""
    outcome = CliRunner().invoke(cli, [str(word) for word in words])
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small synthetic counties, as official forms, assessed."""
    folder = tmp_path_factory.mktemp("explain")
    run("synth", folder / "made", "--counties", 2, "--scale", 0.05, "--forms")
    CliRunner().invoke(cli, ["assess", str(folder / "made" / "forms"), "--out", str(folder / "result")])
    return folder


@pytest.fixture(scope="module")
def result(province: Path) -> Path:
    return province / "result"


def tree(result: Path, *words: object) -> dict:
    (found,) = json.loads(run("explain", result, *words, "--json"))["trees"]
    return found


def walk(node: dict) -> Iterator[dict]:
    yield node
    for child in node["children"]:
        yield from walk(child)


def test_the_cv_in_the_tree_is_the_one_in_the_result_with_its_clause(result: Path) -> None:
    told = json.loads((result / "210102" / "result.json").read_text("utf-8"))
    for code in ("L1", "L4"):
        found = tree(result, "210102", code, "--stage", "primary")
        cv = next(node for node in walk(found) if node["label"] == "差异系数 CV")
        assert float(cv.get("exact") or cv["value"]) == pytest.approx(told["stages"]["primary"]["balance"][code]["cv"], rel=1e-9)
        assert found["value"] in ("达标", "未达标")
        assert "教督〔2017〕6号" in found["source"]["number"]


def test_every_cell_in_the_tree_is_in_the_workbook_that_was_handed_in(province: Path, result: Path) -> None:
    places = [node for node in walk(tree(result, "210102", "L3", "--stage", "junior")) if node.get("raw")]
    assert len(places) > 5
    opened: dict[str, object] = {}
    for node in places:
        place = node["place"]
        book = opened.setdefault(place["file"], load_workbook(province / "made" / "forms" / place["file"]))
        assert str(book[place["sheet"]][place["cell"]].value) == node["raw"]  # type: ignore[index]


def test_the_printed_tree_goes_from_the_verdict_to_the_cell(result: Path) -> None:
    lines = run("explain", result / "210102" / "result.json", "210102", "--stage", "primary", "L2").splitlines()
    assert "校际均衡" in lines[0]
    assert any("限值：校际差异系数（小学）" in line and "第六条" in line for line in lines)
    assert any("县级及以上骨干教师数" in line and ".xlsx》" in line and "“" in line for line in lines)


def test_a_criterion_opens_to_every_schools_cells_and_the_evidence(result: Path) -> None:
    assert "每班46-50人班级个数" in run("explain", result, "210102", "class_size")
    assert "评定表" in run("explain", result, "210102", "layout")
    pay = run("explain", result, "210102", "teacher_pay")
    assert "当地公务员年平均工资收入" in pay
    assert "区县填报数据 E" in pay


def test_one_school_alone(result: Path) -> None:
    told = json.loads((result / "210102" / "result.json").read_text("utf-8"))
    school = told["stages"]["primary"]["schools"][0]
    found = tree(result, "210102", "L5", "--stage", "primary", "--school", school["code"])
    assert school["code"] in found["label"]
    unrounded = found.get("exact") or found["value"].split()[0]
    assert float(unrounded.split("…")[0].replace(",", "")) == pytest.approx(school["values"]["L5"], rel=1e-9)
    assert found["children"][0]["label"].startswith("限值")


def test_both_stages_are_shown_when_none_is_named(result: Path) -> None:
    trees = json.loads(run("explain", result, "210102", "L7", "--json"))["trees"]
    assert [each["label"][:2] for each in trees] == ["小学", "初中"]


def test_a_city_shows_the_spread_between_its_counties(result: Path) -> None:
    found = tree(result, "2101", "L1", "--stage", "primary")
    assert found["label"].startswith("县际差异")
    counties = next(node for node in walk(found) if node["label"] == "各自的值")["children"]
    assert [each["label"][:6] for each in counties] == ["210102", "210103"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("210102", "L9"), "没有“L9”这个项目"),
        (("999999", "L1"), "这个结果里没有 999999"),
        (("210102", "L1", "--school", "0"), "没有标识码为 0 的学校"),
        (("21", "class_size"), "没有县际差异"),
    ],
)
def test_what_cannot_be_opened_is_said_with_what_to_do(result: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UserError, match="请") as told:
        run("explain", result, *words)
    assert said in str(told.value)


def test_a_folder_without_a_result_and_a_changed_release_are_refused(result: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有测算结果"):
        run("explain", tmp_path, "210102", "L1")
    for name in ("result.json", "detail.json"):
        (tmp_path / name).write_bytes((result / "210103" / name).read_bytes())
    with pytest.raises(UserError):
        run("explain", tmp_path, "210103", "L1")
