"""`junheng plan zones`: from the tables of a county to a page and a workbook."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner, Result
from test_zones import on_a_grid

from junheng.cli.app import cli
from junheng.common.errors import UserError
from junheng.planning.zoning.model import ZonePlan, ZoneRequest
from junheng.planning.zoning.tables import BLOCKS, SCHOOLS, WAYS, read_blocks, read_schools, read_ways
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.reports.plans.zones import zones_report


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", "zones", *map(str, arguments)])


def tables(folder: Path, request: ZoneRequest) -> tuple[Path, Path]:
    blocks = [vars(each) | {"neighbours": "、".join(each.neighbours)} for each in request.blocks]
    return write_filled_table(folder, BLOCKS, blocks), write_filled_table(folder, SCHOOLS, [vars(each) for each in request.schools])


def dashed(request: ZoneRequest) -> ZoneRequest:
    """Ids as counties write them: without a comma, which parts neighbours."""
    import dataclasses

    blocks = [dataclasses.replace(each, id=each.id.replace(",", "-"), neighbours=tuple(other.replace(",", "-") for other in each.neighbours)) for each in request.blocks]
    schools = [dataclasses.replace(each, block=each.block.replace(",", "-")) for each in request.schools]
    return dataclasses.replace(request, blocks=blocks, schools=schools)


def test_a_county_gets_its_zones(tmp_path: Path) -> None:
    request = dashed(on_a_grid(4, 5, 4, 3, room=1.3))
    blocks, schools = tables(tmp_path, request)
    assert read_blocks(blocks) == request.blocks
    assert read_schools(schools) == request.schools

    done = run("--blocks", blocks, "--schools", schools, "--out", tmp_path / "划片", "--seconds", 10)

    assert "20 个片区划给 3 所学校，都在招生计划以内" in done.output, done.output
    rows = list(openpyxl.load_workbook(tmp_path / "划片" / "划片方案.xlsx")["全部片区"].iter_rows(min_row=3, values_only=True))
    assert len(rows) == 20
    page = (tmp_path / "划片" / "index.html").read_text("utf-8")
    assert page.count("<circle") == 20
    assert "片区全部连片" in page
    assert "://" not in page


def test_without_places_the_shortage_is_the_answer(tmp_path: Path) -> None:
    blocks, schools = tables(tmp_path, dashed(on_a_grid(4, 4, 3, 2, room=0.8)))
    done = run("--blocks", blocks, "--schools", schools, "--out", tmp_path / "划片", "--seconds", 10)

    assert "仍超计划" in done.output
    assert "学位不够，没有完全容得下的方案" in (tmp_path / "划片" / "index.html").read_text("utf-8")


def test_ways_by_road_are_read_and_a_missing_one_is_not_nought(tmp_path: Path) -> None:
    request = dashed(on_a_grid(4, 2, 2, 2))
    pairs = [{"block": b.id, "school": s.code, "distance_m": 100 * at + 7} for at, (b, s) in enumerate((b, s) for b in request.blocks for s in request.schools)]

    assert (read_ways(write_filled_table(tmp_path, WAYS, pairs), request.blocks, request.schools) == np.arange(8).reshape(4, 2) * 100 + 7).all()
    with pytest.raises(UserError, match="路程表缺少 1 对"):
        read_ways(write_filled_table(tmp_path, WAYS, pairs[1:]), request.blocks, request.schools)


def test_the_names_of_villages_cannot_act_as_markup(tmp_path: Path) -> None:
    import dataclasses

    request = dashed(on_a_grid(4, 2, 2, 1, room=2))
    request = dataclasses.replace(request, blocks=[dataclasses.replace(request.blocks[0], name="<script>x</script>"), *request.blocks[1:]])
    blocks, schools = tables(tmp_path, request)
    run("--blocks", blocks, "--schools", schools, "--out", tmp_path / "划片", "--seconds", 5)

    assert "<script>" not in (tmp_path / "划片" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("excess", "proven", "said"), [
    (10, 10, "已证明不能再少"), (10, 4, "已证明至少超出 4 人"), (10, 0, "没有证明不存在"),
])  # fmt: skip
def test_what_does_not_fit_is_called_proven_only_where_it_is(excess: int, proven: int, said: str) -> None:
    request = on_a_grid(1, 2, 2, 1)
    plan = ZonePlan(request, {each.id: "S0" for each in request.blocks}, 0, 0, {"S0": excess}, proven, [], {each.id: "" for each in request.blocks})
    answer = zones_report(plan).answer
    assert said in answer
    assert ("没有完全容得下的方案：" in answer) == bool(proven)
